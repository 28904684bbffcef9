"""A playground's Telegram alone, for a test of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.playground.staff_room import Room
from tests.playground.telegram_world import ANNA, Playground, playground


@pytest.fixture
async def tg(tmp_path: Path) -> AsyncIterator[Playground]:
    """One where Anna has started the bot."""
    async with playground(tmp_path) as running:
        await running.does(ANNA, "text", text="/start")
        yield running


@pytest.fixture
async def room(tg: Playground) -> Room:
    """The first staff group, all news of it read."""
    room = Room(tg)
    await room.news()
    return room
