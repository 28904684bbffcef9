"""Two hundred people at once: each effect once, order kept, one screen for everybody; a stop in the middle of it loses nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.crowd import Crowd, audit_crowd
from tests.support.scene import Nursery, Scene, scene
from tests.support.town import town

PEOPLE = 200
STOPPED = 40
GRACE = 25.0


@pytest.fixture
async def square(tmp_path: Path) -> AsyncIterator[Scene]:
    """A playground here, a bot in a process of its own."""
    nursery = await Nursery.open()
    try:
        async with scene(tmp_path, nursery) as made:
            await made.renew(bold=False)
            yield made
    finally:
        await nursery.close()


async def test_two_hundred_people_at_once(square: Scene) -> None:
    """The same button five times at once, ten messages in a row, a tap and a message in the same moment."""
    crowd = Crowd(square, PEOPLE)
    await crowd.come()
    await crowd.tap_once("enter")
    await crowd.tap_five_times("yes")
    await crowd.tap_once("human")
    await crowd.type_quickly()
    await crowd.tap_and_type("send")
    await crowd.tap_five_times("send")
    tally = await audit_crowd(crowd)
    assert not tally.wrong, tally.why
    assert not crowd.sent_again
