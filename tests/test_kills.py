"""The bot is killed at every commit and every call of a whole visit: nothing lost, nothing twice, order kept, no edit wrong."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator

import pytest

from tests.support.audit import Tally, audit
from tests.support.kills import live_once, live_together
from tests.support.scene import Nursery, Scene, scene

SEED = 20261121


@pytest.fixture(scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Scene]:
    nursery = await Nursery.open()
    async with scene(tmp_path_factory.mktemp("kills"), nursery) as made:
        yield made
    await nursery.close()


async def test_a_life_without_death(stage: Scene) -> None:
    """The audit finds nothing when nothing has happened: what it counts below is the deaths'."""
    await stage.renew(bold=False)
    tally = await audit(stage, [await live_once(stage, 0)])
    assert tally == Tally()


@pytest.mark.parametrize("bold", [False, True], ids=["careful", "bold"])
async def test_death_after_every_commit_and_every_call(stage: Scene, bold: bool) -> None:
    total, point = Tally(), 0
    while not point or stage.deaths:
        point += 1
        await stage.renew(bold=bold)
        total.add(await audit(stage, [await live_once(stage, point)]))
    print(total)
    assert not total.wrong, total.why
    assert total.repeated_deeds == 0
    assert total.kills > 60
