"""The bot is killed at every commit and every call of a whole visit: nothing lost, nothing twice, order kept, no edit wrong.

What was in flight may come twice: a copy of a screen is stale, and goes when it is tapped. `scripts/prove --kills 1000` goes on.
"""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from typing import NamedTuple

import pytest

from tests.support.audit import audit, die_everywhere
from tests.support.kills import (
    ACCIDENT,
    ANNA,
    CLAIM,
    HOME,
    LIFE,
    LOGIN,
    ONE_TAP,
    PAGES,
    PAPERS,
    RENEWAL,
    TALK,
    WANTED,
    Client,
    Deed,
    live_once,
    live_together,
    settle,
    start_anew,
)
from tests.support.scene import Nursery, Scene, scene
from tests.support.tally import Tally

pytestmark = pytest.mark.lengthy

SEED = 20261121


@pytest.fixture(scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery) -> AsyncIterator[Scene]:
    """A playground here, and a bot in a process that may be killed."""
    async with scene(tmp_path_factory.mktemp("kills"), nursery) as made:
        yield made


async def test_the_audit_finds_nothing_when_nobody_dies(stage: Scene) -> None:
    await stage.renew(bold=False)
    assert await audit(stage, [await live_once(stage, 0, (*LIFE, *RENEWAL, *HOME, *CLAIM))]) == Tally()


@pytest.mark.parametrize(
    ("bold", "life", "spared"),
    [(False, LIFE, PAGES | {"mail", "второе"}), (True, LOGIN, {"/start", "enter"})],
    ids=["careful", "bold"],
)
async def test_death_after_every_commit_and_every_call(
    stage: Scene, bold: bool, life: tuple[Deed, ...], spared: set[str]
) -> None:
    """Careful, a victim dies after a commit or a call; bold, also right before it. Every third point; all in `scripts/prove`."""
    total = await die_everywhere(stage, life, spared, stride=3, bold=bold, before=bold, linger=0.01)
    assert not total.wrong, total.why
    assert not total.repeated_deeds, "Telegram brings again what was not taken: a person need not"
    assert total.kills > sum(deed.what not in spared for deed in life)


class Way(NamedTuple):
    """A life after the login, the deeds nobody dies in, how many points are passed over, and more deaths than these there must be."""

    life: tuple[Deed, ...]
    spared: set[str]
    stride: int
    deaths: int


def known(*deeds: Deed) -> set[str]:
    return {deed.what for deed in (*LOGIN, *deeds)}


WAYS = {
    # the check, the agreement, the link, the money, the policy: one application, one payment, one policy
    "renewal": Way(RENEWAL, known(*RENEWAL[:3]), 4, 10),
    # the quote, the price agreed to, the check, the link, the money, the policy: each once
    "one-tap renewal": Way(ONE_TAP, known(*ONE_TAP[:2]), 4, 10),
    # an album and a PDF fetched, made anew, kept, handed over, and one asked for later: each once and intact
    "files to the insurer": Way(CLAIM, known(*ACCIDENT) | {"front", "back", "upload"}, 20, 4),
    # a client and an employee talk: nothing of either is lost, doubled or overtaken
    "talk": Way(TALK, known(*TALK[:3]), 10, 4),
    # papers that staff wait for: each once in the topic below its title, in order, the photo as it came, the file made anew
    "papers for staff": Way(WANTED, known(*TALK[:3]) | {"/take"}, 8, 4),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
async def test_death_on_the_way_of(stage: Scene, way: Way) -> None:
    """All of it at once and once only, whatever dies."""
    total = await die_everywhere(stage, (*LOGIN, *way.life), way.spared, stride=way.stride, linger=0.01, bold=False)
    assert not total.wrong, total.why
    assert not total.repeated_deeds
    assert total.kills > way.deaths


async def test_death_at_every_point_of_a_start(stage: Scene) -> None:
    await stage.renew(bold=False)
    person, point, going = Client(stage, ANNA), 0, True
    for deed in LOGIN:
        await person.do(deed)
        await settle(stage)
        assert await person.answered(deed, (0, person.had))
        person.done(deed)
    while going:
        point += 1
        going = await start_anew(stage, person, (PAPERS[0], HOME[0])[(point - 1) % 2], point)
    tally = await audit(stage, [person])
    assert not tally.wrong, tally.why
    assert point > 3


@pytest.mark.parametrize("bold", [False, True], ids=["careful", "bold"])
async def test_death_at_any_moment_among_eight_busy_people(stage: Scene, bold: bool) -> None:
    await stage.renew(bold=bold)
    tally = await audit(stage, await live_together(stage, 6, random.Random(SEED)))
    assert not tally.wrong, tally.why
    assert tally.kills >= 6
