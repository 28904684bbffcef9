"""The journal of what happened: once per event, a client's own only, pages both ways, forgotten after three years."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.db.pipe import Store
from services.db.unit import Unit
from services.history import EVER, GROUPS, KEEP, NEWEST, Cursor, Deed, Group, History
from services.model import Actor
from tests.support.stores import NOW, VAULT, event, opened

NOON = datetime.fromtimestamp(NOW, UTC)
ANNA, BORIS = (Actor(number, "ru", 0, NOON, consented=True, client_id=f"C-{number}") for number in (1, 2))
history = History(VAULT)


@pytest.fixture
async def store(database: str, tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(database, tmp_path) as found:
        yield found


async def record(store: Store, whose: Actor, kind: Deed, name: str, subject: str = "", ago: int = 0) -> None:
    async with store.tx() as tx:
        unit = Unit(tx, event(name), NOON - timedelta(days=ago))
        await history.record(unit, whose.client_id, whose.account_id, kind, subject, title="Полис")


async def subjects(store: Store, whose: Actor, group: Group | None = None, since: datetime = EVER) -> list[str]:
    async with store.tx() as tx:
        found = await history.older(Unit(tx, event("look"), NOON), whose, NEWEST, 100, group=group, since=since)
    return [it.subject for it in found]


async def test_a_repeated_step_records_a_thing_once(store: Store) -> None:
    for _ in range(2):
        await record(store, ANNA, Deed.PAPER_SENT, "e1", "ХХХ 1")
        await record(store, ANNA, Deed.PAPER_SENT, "e1", "ХХХ 2")
    assert sorted(await subjects(store, ANNA)) == ["ХХХ 1", "ХХХ 2"]


async def test_everybody_has_their_own(store: Store) -> None:
    await record(store, ANNA, Deed.LOGIN, "e1", "a")
    await record(store, BORIS, Deed.LOGIN, "e1", "b")
    await record(store, replace(ANNA, client_id=None), Deed.LOGIN, "e2", "nobody's")
    assert await subjects(store, ANNA) == ["a"]
    assert await subjects(store, BORIS) == ["b"]


async def test_pages_both_ways_with_a_group_and_a_period(store: Store) -> None:
    for number in range(7):
        await record(store, ANNA, Deed.ASKED, f"e{number}", f"q{number}", ago=10 - number)
        await record(store, ANNA, Deed.LOGIN, f"e{number}", f"l{number}", ago=10 - number)
    async with store.tx() as tx:
        unit = Unit(tx, event("look"), NOON)
        first = await history.older(unit, ANNA, NEWEST, 3, group=Group.REQUESTS)
        second = await history.older(unit, ANNA, Cursor(first[-1].at, first[-1].id), 3, group=Group.REQUESTS)
        back = await history.newer(unit, ANNA, Cursor(second[0].at, second[0].id), 3, group=Group.REQUESTS)
    assert [it.subject for it in first] == ["q6", "q5", "q4"]
    assert [it.subject for it in second] == ["q3", "q2", "q1"]
    assert back == first
    assert await subjects(store, ANNA, Group.REQUESTS, NOON - timedelta(days=6)) == ["q6", "q5", "q4"]
    assert len(await subjects(store, ANNA)) == 14


async def test_what_is_told_is_sealed(store: Store) -> None:
    await record(store, ANNA, Deed.PAPER_SENT, "e1", "ХХХ 1234567890")
    async with store.tx() as tx:
        (row,) = await tx.fetch("select told_sealed, once from deed", ())
    assert b"1234567890" not in bytes(row[0]) + bytes(row[1])


async def test_three_years_are_kept(store: Store) -> None:
    await record(store, ANNA, Deed.LOGIN, "old", "old", ago=KEEP.days + 1)
    await record(store, ANNA, Deed.LOGIN, "new", "new", ago=KEEP.days - 1)
    async with store.tx() as tx:
        await history.sweep(Unit(tx, event("night"), NOON))
    assert await subjects(store, ANNA) == ["new"]


def test_every_kind_is_in_one_group() -> None:
    grouped = [deed for deeds in GROUPS.values() for deed in deeds]
    assert sorted(grouped) == sorted(Deed)
    assert set(GROUPS) == set(Group)
