"""Many people pay at once: one payment each, however often they tap; whatever the provider suffers, both sides end in the same state."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.payers import LINK, Chaos, Payers, Storm, audit_chaos, audit_orders
from tests.support.scene import Nursery, Scene, scene

pytestmark = pytest.mark.lengthy

SEED = 20261122
PEOPLE = 200
TIMES = 5
PAYMENTS = 40
HANG = 0.5


@pytest.fixture
async def square(tmp_path: Path, nursery: Nursery) -> AsyncIterator[Scene]:
    """A playground here, a bot in a process of its own."""
    async with scene(tmp_path, nursery) as made:
        await made.renew(bold=False, papers=False)
        yield made


async def test_two_hundred_people_agree_five_times_at_once(square: Scene) -> None:
    """«Согласиться и оплатить», and when the link is dead «Получить новую ссылку»: two hundred live payments, one charge for each."""
    payers = Payers(square, PEOPLE, random.Random(SEED))
    await payers.come()
    await payers.order(TIMES)
    tally = await audit_orders(payers, links=1)
    assert not tally.wrong, tally.why
    await payers.forward(LINK)
    await payers.tap("pay", TIMES)
    tally = await audit_orders(payers, links=2)
    assert not tally.wrong, tally.why


async def test_a_storm_at_the_provider_changes_nothing_of_the_end(square: Scene) -> None:
    payers = Payers(square, PAYMENTS, random.Random(SEED))
    await payers.come()
    square.world.world.faults = storm = Storm(random.Random(SEED), HANG)
    await payers.order()
    chaos = Chaos(payers, random.Random(SEED))
    await chaos.play()
    tally = await audit_chaos(chaos)
    assert not tally.wrong, tally.why
    assert storm.suffered.total() > PAYMENTS, storm.suffered
    assert storm.suffered["payments 500 after the work"], "the seed must bring links that are made without an answer"
