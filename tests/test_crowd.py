"""Two hundred people at once: each effect once, order kept, one screen for everybody; a stop in the middle of it loses nothing."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.crowd import Crowd, audit_crowd
from tests.support.scene import Nursery, Scene, scene
from tests.support.town import town

SEED = 20261121
PEOPLE = 200
TIMES = 5
STOPPED = 40
GRACE = 25.0


@pytest.fixture
async def square(tmp_path: Path, nursery: Nursery) -> AsyncIterator[Scene]:
    """A playground here, a bot in a process of its own."""
    async with scene(tmp_path, nursery) as made:
        await made.renew(bold=False)
        yield made


@pytest.mark.lengthy
async def test_two_hundred_people_at_once(square: Scene) -> None:
    """The same button five times at once, ten messages in a row, a tap and a message in the same moment."""
    crowd = Crowd(square, PEOPLE, random.Random(SEED))
    await crowd.come()
    await crowd.tap("enter")
    await crowd.tap("yes", TIMES)
    await crowd.tap("human")
    await crowd.type_quickly()
    await crowd.tap_and_type("send")
    await crowd.tap("send", TIMES)
    tally = await audit_crowd(crowd)
    assert not tally.wrong, tally.why
    assert not crowd.sent_again


async def test_a_stop_under_load_loses_nothing(square: Scene) -> None:
    """SIGTERM while everybody types: the bot ends by itself and soon; whatever it has not taken comes again after the start."""
    crowd = Crowd(square, STOPPED, random.Random(SEED))
    await crowd.come()
    for action in ("enter", "yes", "human"):
        await crowd.tap(action)
    typing = asyncio.ensure_future(crowd.type_quickly())
    for _ in range(2):
        await crowd.more(3 * STOPPED)
        began = asyncio.get_running_loop().time()
        assert await square.stop() == 0
        assert asyncio.get_running_loop().time() - began < GRACE
        await square.start()
    await typing
    await crowd.tap("send")
    tally = await audit_crowd(crowd)
    assert not tally.wrong, tally.why
    assert crowd.sent_again, "nobody was typing when it stopped"


async def test_a_second_start_keeps_logins_drafts_and_chats(tmp_path: Path) -> None:
    """The whole world is closed and opened again over the same folder, as `scripts/play` does."""
    async with town(tmp_path) as first:
        anna, igor = first.seeded(100001), first.seeded(100010)
        await anna.log_in()
        await igor.say("/support")
        await igor.say("Как стать вашим клиентом?")
        before = [message["text"] for message in await igor.chat()]
    async with town(tmp_path) as second:
        anna, igor = second.seeded(100001), second.seeded(100010)
        assert [message["text"] for message in await igor.chat()] == before
        await igor.tap("Отправить")
        asked = (await second.call("GET", "/desk"))["questions"]
        assert [question["text"] for question in asked] == ["Как стать вашим клиентом?"]
        await anna.tap("Мои полисы")
        await anna.sees("ОСАГО", "Kia Rio")
