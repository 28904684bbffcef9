"""A playground on free ports in the test's own process, and short words to talk to it as a bot and as a person."""

from __future__ import annotations

import asyncio
import io
import json
import random
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from PIL import Image

from playground.app import Running, serve
from playground.telegram.hub import CABINET
from playground.world import Settings

ANNA, DMITRY = 100001, 100002
_STEPS = (0, 1, 2, 9, 10)


@dataclass(slots=True)
class Playground:
    """A running world with an HTTP client."""

    running: Running
    http: aiohttp.ClientSession
    token: str = CABINET.token

    async def raw(self, method: str, **params: Any) -> tuple[int, dict[str, Any]]:
        """A Bot API call with a JSON body: HTTP status and envelope."""
        async with self.http.post(f"{self.running.url}/bot{self.token}/{method}", json=params) as answer:
            return answer.status, await answer.json()

    async def bot(self, method: str, **params: Any) -> Any:
        """A Bot API call that must succeed: its result."""
        status, envelope = await self.raw(method, **params)
        assert status == 200, envelope
        assert envelope["ok"], envelope
        return envelope["result"]

    async def refused(self, method: str, **params: Any) -> str:
        """A Bot API call that must be refused: `"400 Bad Request: ..."`."""
        status, envelope = await self.raw(method, **params)
        assert envelope["ok"] is False, envelope
        assert envelope["error_code"] == status
        return f"{status} {envelope['description']}"

    async def upload(self, method: str, files: dict[str, tuple[str, bytes]], **params: Any) -> Any:
        """A Bot API call as multipart form: `files` are part name -> (file name, bytes)."""
        fields = {name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()}
        form = aiohttp.FormData(fields, quote_fields=False)  # as aiogram does: names of files are UTF-8
        for part, (name, data) in files.items():
            form.add_field(part, io.BytesIO(data), filename=name, content_type="application/octet-stream")
        async with self.http.post(f"{self.running.url}/bot{self.token}/{method}", data=form) as answer:
            return await answer.json()

    async def does(self, user: int, deed: str, **body: Any) -> dict[str, Any]:
        """A person's deed that must succeed."""
        status, answer = await self.tries(user, deed, **body)
        assert status == 200, answer
        return answer

    async def tries(self, user: int, deed: str, **body: Any) -> tuple[int, dict[str, Any]]:
        """A person's deed: HTTP status and body."""
        return await self.post(f"/client/{user}/{deed}", **body)

    async def sends(self, user: int, *pictures: bytes, name: str = "scene.jpg", **fields: str) -> dict[str, Any]:
        """A person's photo, album or file."""
        form = aiohttp.FormData(fields, quote_fields=False)
        for picture in pictures:
            form.add_field("file", io.BytesIO(picture), filename=name, content_type="application/octet-stream")
        async with self.http.post(f"{self.running.url}/client/{user}/photo", data=form) as answer:
            assert answer.status == 200, await answer.text()
            return dict(await answer.json())

    async def chat(self, user: int, since: int = 0) -> dict[str, Any]:
        """What the person sees."""
        return dict((await self.get(f"/client/{user}/chat?since={since}"))[1])

    async def get(self, path: str) -> tuple[int, Any]:
        """A GET of the playground's own."""
        async with self.http.get(self.running.url + path) as answer:
            return answer.status, await answer.json()

    async def post(self, path: str, **body: Any) -> tuple[int, Any]:
        """A POST of the playground's own."""
        async with self.http.post(self.running.url + path, json=body) as answer:
            return answer.status, await answer.json()

    async def bytes_of(self, path: str) -> bytes:
        """A download."""
        async with self.http.get(self.running.url + path) as answer:
            assert answer.status == 200
            return await answer.read()


@asynccontextmanager
async def playground(data: Path, port: int | None = None) -> AsyncIterator[Playground]:
    """A world without a bot, its memory in `data`."""
    running = await serve(Settings(port=port or free_ports(), data=data), bot=False)
    try:
        async with aiohttp.ClientSession() as http:
            yield Playground(running, http)
    finally:
        await running.close()


async def eventually(condition: Callable[[], bool]) -> None:
    """Wait until it holds, at most ten seconds."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 -- what happens inside the server has no event for a test
            await asyncio.sleep(0.002)


def free_ports() -> int:
    """A port such that it and those the playground derives from it are free."""
    for base in random.SystemRandom().sample(range(20_000, 32_000), 200):
        with ExitStack() as stack:
            try:
                for step in _STEPS:
                    probe = stack.enter_context(socket.socket())
                    probe.bind(("127.0.0.1", base + step))
            except OSError:
                continue
            return base
    raise RuntimeError("no free ports")


def picture(width: int = 1600, height: int = 1200) -> bytes:
    """A JPEG of that size."""
    output = io.BytesIO()
    Image.new("RGB", (width, height), "seagreen").save(output, "JPEG")
    return output.getvalue()
