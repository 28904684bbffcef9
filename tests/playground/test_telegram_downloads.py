"""What may happen to a file on its way from Telegram."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from playground.photos import sample
from playground.telegram.files import file_id_of
from playground.telegram.hub import CABINET
from tests.playground.telegram_world import ANNA, Playground, playground

PHOTO = sample("sharp").content


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[Playground]:
    async with playground(tmp_path) as own:
        yield own


async def address(world: Playground) -> str:
    """Where the bot may take a photo that Anna has sent as a file."""
    await world.sends(ANNA, PHOTO, as_document="true")
    (file,) = [file for file in world.running.hub.files._files.values() if file.size == len(PHOTO)]
    found = await world.bot("getFile", file_id=file_id_of(CABINET.id, file.unique_id))
    assert found["file_size"] == len(PHOTO)
    return f"{world.running.url}/file/bot{world.token}/{found['file_path']}"


async def fetch(world: Playground, url: str) -> tuple[int, bytes]:
    async with world.http.get(url) as answer:
        return answer.status, await answer.read()


async def fetch_pieces(world: Playground, url: str, came: list[bytes]) -> None:
    async with world.http.get(url) as answer:
        assert answer.content_length == len(PHOTO)
        async for piece in answer.content.iter_any():
            came.append(piece)


async def test_a_file_comes_as_it_was_sent(world: Playground) -> None:
    assert await fetch(world, await address(world)) == (200, PHOTO)


async def test_a_server_in_trouble(world: Playground) -> None:
    url = await address(world)
    await world.post("/faults", on="telegram", method="file", error=500)
    status, body = await fetch(world, url)
    assert (status, b"<html>" in body) == (500, True)
    assert await fetch(world, url) == (200, PHOTO)


async def test_a_file_that_is_cut_in_its_middle(world: Playground) -> None:
    url = await address(world)
    await world.post("/faults", on="telegram", method="file", error="cut")
    came: list[bytes] = []
    with pytest.raises(aiohttp.ClientPayloadError):
        await fetch_pieces(world, url, came)
    assert came
    assert PHOTO.startswith(b"".join(came))
    assert await fetch(world, url) == (200, PHOTO)


async def test_a_file_that_comes_slowly(world: Playground) -> None:
    url = await address(world)
    await world.post("/faults", on="telegram", method="file", error="slow", delay=0.3)
    began = time.monotonic()
    async with world.http.get(url) as answer:
        begun = time.monotonic() - began
        assert await answer.read() == PHOTO
    assert begun < 0.3 <= time.monotonic() - began + 0.05
