"""A database that is older than the index of days: the nightly fill makes it up once, whether versions change or not."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from services.clients import Clients
from services.db.pipe import Event
from services.reminders import Backfill
from tests.support.insured import insured
from tests.support.reminding import World
from tests.support.resources import customer, policy
from tests.support.second import database as opened_database
from tests.support.second import rows as found
from tests.support.stores import VAULT, opened, rows
from tests.support.town import Town

START = datetime(2026, 10, 20, 0, 30, tzinfo=UTC)
OLD = ("cus-a", "cus-b", "cus-c")


@pytest.fixture
async def world(database: str, tmp_path: Path) -> AsyncIterator[World]:
    """Three clients with a contract each, of which the index knows nothing."""
    async with opened(database, tmp_path) as store:
        made = World(store, START)
        clients = Clients(VAULT, made.sessions)
        for number, client_id in enumerate(OLD):
            async with made.step(f"client:{client_id}") as unit:
                await clients.apply(unit, customer(client_id))
                resource = policy(f"pol-{number}", client_id=client_id, termEndDate="2026-11-19")
                assert await made.policies.apply(unit, resource)
        yield made


async def night(world: World, run: str) -> list[int]:
    """A night's fill with everything that follows from it. Returns how many events each step of the planner's lane has left."""
    backfill = Backfill(Clients(VAULT, world.sessions), world.policies, world.claims, world.terms)
    pages: list[int] = []
    async with world.step("core:fill", run) as unit:
        await backfill.begin(unit, run)
    ahead = list(unit.events)
    while ahead:
        event = ahead.pop(0)
        facts = json.loads(event.body)
        async with world.step(event.lane, event.event_id) as unit:
            if facts["type"] == "reminders.index":
                await backfill.page(unit, facts)
                pages.append(len(unit.events))
            else:
                await backfill.client(unit, event.lane.removeprefix("client:"))
        ahead += unit.events
    return pages


async def test_it_is_made_up_page_by_page_and_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.reminders.backfill.PAGE", 2)
    await world.bind("cus-c", 1)
    assert await night(world, "2026-10-20") == [3, 1], "two clients and the next page, then the third"
    terms = await rows(world.store, "select client_id, kind, day from term order by client_id, kind")
    assert [(client, kind) for client, kind, _ in terms] == [(c, k) for c in OLD for k in ("offer", "renewal")]
    assert await night(world, "2026-10-21") == [], "all is done"
    await world.until(datetime(2026, 10, 20, 12, tzinfo=UTC))
    (told,) = world.told
    assert (told.words, told.reminders[0].cause.day) == (["renewal:30"], date(2026, 11, 19))


async def test_a_night_that_was_cut_short_is_begun_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.reminders.backfill.PAGE", 2)
    backfill = Backfill(Clients(VAULT, world.sessions), world.policies, world.claims, world.terms)
    async with world.step("reminders", "first") as unit:
        await backfill.page(unit, {"run": "2026-10-20", "after": ""})
    assert await night(world, "2026-10-21") == [3, 1]
    assert len(await rows(world.store, "select 1 from term")) == 2 * len(OLD)


async def test_the_nightly_fill_does_it(village: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.reminders.backfill.PAGE", 10_000)
    irina = await insured(village, ends_in=(20,))
    mine = "select kind, day from term where client_id = ? order by kind"
    before = found(village, mine, irina.client_id)
    assert [kind for kind, _ in before] == ["offer", "renewal"]
    with opened_database(village) as second:
        second.execute("delete from term where client_id = ?", (irina.client_id,))
        second.execute("delete from meta where key = 'reminders.indexed.2'")
        second.execute("delete from inbox where lane = 'reminders' and state = 0")
    body = json.dumps({"type": "fill.begin", "run": "an-old-database"}).encode()
    await village.process.parts.lanes.submit(Event("test", "an-old-database", "core:fill", body))
    await village.settle()
    assert found(village, mine, irina.client_id) == before
    assert found(village, "select count(*) from meta where key = 'reminders.indexed.2'") == [(1,)]
    waiting = "select count(*) from inbox where lane = 'reminders' and state = 0"
    assert found(village, waiting) == [(1,)], "the night asks for the next planning, should that have come to an end"
