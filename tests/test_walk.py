"""Every button of every screen, stale ones too, and every kind of message in every place: never silence, never a dead end."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from tests.support.atlas import COMMON, Atlas, Move
from tests.support.stories import LOG_IN, STORIES, Story
from tests.support.town import Town, town
from tests.support.walk import Walker, quiet

SEED = 20261121


@pytest.fixture
async def land(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    """A town of the walkers' own: they move its clock. An edit's mark is stored at once: nobody here waits for company."""
    monkeypatch.setattr("bot.marks.LINGER", 0.0)
    async with town(tmp_path) as own:
        yield own


def rounds(stories: Sequence[Story]) -> list[list[Story]]:
    """So that nobody comes twice into one town."""
    made: list[list[Story]] = []
    for story in stories:
        free = next((one for one in made if story.user not in {it.user for it in one}), None)
        if free is None:
            made.append([story])
        else:
            free.append(story)
    return made


@pytest.mark.lengthy
async def test_everything_can_be_pressed_and_nothing_breaks(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them walk one atlas; `scripts/prove --walks` goes on where this ends."""
    monkeypatch.setattr("bot.marks.LINGER", 0.0)
    atlas, chance = Atlas(thorough=False), random.Random(SEED)
    with quiet() as loud:
        for stories in rounds(STORIES):
            async with town(tmp_path_factory.mktemp("land")) as land:
                for story in stories:
                    walker = Walker(land, story, atlas, chance)
                    await walker.begin()
                    await walker.walk(story.share)
    assert not loud
    assert "; ".join(sorted(atlas.missed())) == ""


async def test_trouble_is_told_with_a_number_and_every_way_is_open(land: Town) -> None:
    """A screen that Telegram refuses for good is a mistake of ours: the only way into `trouble`."""
    atlas, chance = Atlas(thorough=False), random.Random(SEED)
    with quiet() as loud:
        walker = Walker(land, Story("troubled", 100002, 0, first=LOG_IN), atlas, chance)
        await walker.begin()
        await land.call("POST", "/faults", {"on": "telegram", "method": "editMessageText", "error": 400})
        await walker.suffer(walker.button("policies"))
    assert walker.state.place == "trouble"
    assert any("event_dead" in line for line in loud), "whoever is on duty must see it"
    told = [message["text"] for message in walker.chat.values() if "Номер сбоя" in message["text"]]
    assert len(told) == 1
    with quiet() as loud:
        for move in (*COMMON, walker.button("human"), Move("type", "/start")):
            await walker.step(move)
    assert not loud
    assert walker.state.place == "menu"
