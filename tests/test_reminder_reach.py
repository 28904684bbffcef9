"""How a client whose chats are shut is reached: which way comes next, and that two chats shut at one moment make one message."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from services.clients import Clients
from services.model import Client, Name
from services.reminders import Choices, Reach, Way
from services.reminders.reach import way_after
from services.reminders.statements import REACHABLE
from tests.support.reminding import World
from tests.support.resources import customer, policy
from tests.support.stores import VAULT, opened, unit

START = datetime(2026, 11, 29, 12, 30, tzinfo=UTC)
PETR = Client("cus-x", Name("Пробный", "Пётр", ""), date(1990, 3, 15), "+79070009999", "confirmed", "p@pochta.example")


@pytest.mark.parametrize(
    ("failed", "choices", "known", "way"),
    [
        (None, Choices(), PETR, Way.MAIL),
        (None, Choices(mail=False), PETR, Way.SMS),
        (None, Choices(), replace(PETR, email=""), Way.SMS),
        (None, Choices(mail=False, sms=False), PETR, Way.STAFF),
        (None, Choices(), None, Way.STAFF),
        (Way.MAIL, Choices(), PETR, Way.SMS),
        (Way.MAIL, Choices(sms=False), PETR, Way.STAFF),
        (Way.SMS, Choices(), PETR, Way.STAFF),
    ],
)
def test_the_next_way_is_the_first_that_is_left(
    failed: Way | None, choices: Choices, known: Client | None, way: Way
) -> None:
    assert way_after(failed, known, choices)[0] is way


async def reached(world: World, account: int, ids: list[int], failed: Way | None = None) -> Reach | None:
    """The step of the client's lane that a chat's word leads to."""
    async with world.step("client:cus-x") as step:
        actor = await world.accounts.find(step, account)
        assert actor
        return await world.reminders.reach(step, actor, ids, failed)


async def test_two_chats_shut_at_one_moment_are_found_shut_by_one_of_them(
    postgres_database: str, tmp_path: Path
) -> None:
    """Neither sees what the other has not committed: so it is decided where the client's steps come one after another."""
    async with opened(postgres_database, tmp_path) as store:
        world = World(store, START)
        async with world.step("client:cus-x") as step:
            await Clients(VAULT, world.sessions).apply(step, customer())
        await world.bind("cus-x", 1, 2)
        await world.hears(policy(termStartDate="2025-12-01", termEndDate="2026-11-30"))
        await world.until(START + timedelta(days=1))
        ids = [it.id for it in world.told[-1].reminders]
        async with store.tx() as tx:
            await tx.lock(["client:cus-x", "tg:1", "tg:2"])  # known lanes, as they are by the time a chat is reminded
        async with store.tx() as one, store.tx() as two:
            for tx, account in ((one, 1), (two, 2)):
                await tx.lock([f"tg:{account}"])
                await world.accounts.unreachable(unit(tx, f"tg:{account}"), account)
            assert [await REACHABLE.first(tx, client="cus-x") for tx in (one, two)] == [1, 1]
            assert "client:cus-x" in await one.lock(["client:cus-x"])
            assert not await two.lock(["client:cus-x"]), "the second has to wait"
        found = [await reached(world, account, ids) for account in (1, 2)]
        assert [it.way if it else None for it in found] == [Way.MAIL, None]


async def test_at_night_nothing_follows_a_letter_and_who_is_back_is_told_in_the_chat(tmp_path: Path) -> None:
    async with opened("", tmp_path) as store:
        world = World(store, START)
        await world.bind("cus-x", 1)
        await world.hears(policy(termStartDate="2025-12-01", termEndDate="2026-11-30"))
        await world.until(START + timedelta(hours=23))
        ids = [it.id for it in world.told[-1].reminders]
        async with world.step("tg:1") as step:
            await world.accounts.unreachable(step, 1)
        world.now = datetime(2026, 11, 30, 20, tzinfo=UTC)
        found = await reached(world, 1, ids, Way.MAIL)
        assert found
        assert found.wait == datetime(2026, 12, 1, 6, tzinfo=UTC)
        async with world.step("tg:1") as step:
            await world.accounts.reachable(step, 1)
        before, world.now = len(world.told), datetime(2026, 11, 30, 14, tzinfo=UTC)
        assert await reached(world, 1, ids, Way.MAIL) is None
        await world.until(world.now + timedelta(minutes=5))
        assert len(world.told) == before + 1
