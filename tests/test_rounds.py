"""The round of reminders: who is due is looked at once, at its pace, never far ahead of what leaves; and it can be paused."""

from __future__ import annotations

import asyncio
import time
from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import commands, rounds
from bot.rounds import Rounds
from services.clock import Clock
from services.db.engine import engine_of
from services.db.unit import Unit
from services.reminders import wakes
from tests.support.pipes import Pipework, Trying, pipework
from tests.support.stores import address, opened
from tests.support.stores import rows as found
from tests.support.town import Town

CLOCK = Clock()
LOOKED_AT = "select count(*) from inbox where event_id like 'remind:%'"


@pytest.fixture
async def store(database: str, tmp_path: Path) -> AsyncIterator[Trying]:
    async with opened(database, tmp_path) as made:
        yield Trying(made)


@asynccontextmanager
async def working(store: Trying, rate: int = 20, backlog: int = 60) -> AsyncIterator[tuple[Pipework, Rounds]]:
    async with pipework(store) as pipe:
        yield pipe, Rounds(pipe.lanes, wakes, rate, backlog)


async def plan(store: Trying, count: int, ago: timedelta = timedelta(0), clients: str = "c") -> None:
    """So many clients are to be looked at, since then."""
    now = CLOCK.now()
    async with store.tx() as tx:
        for number in range(count):
            await wakes.plan(rounds.unit_of(tx, now), f"{clients}{number:03}", now - ago)


async def settled(pipe: Pipework, count: int) -> None:
    """So many clients were looked at."""
    async with asyncio.timeout(10):
        while len([it for it in pipe.handled if it.startswith("remind:")]) < count:  # noqa: ASYNC110 - no event of its own
            await asyncio.sleep(0.01)


async def test_every_client_is_looked_at_once_at_the_pace_of_the_round(store: Trying) -> None:
    await plan(store, 50)
    async with working(store) as (pipe, round_):
        taken = []
        while count := await round_.look():
            taken.append(count)
            await settled(pipe, sum(taken))
        assert taken == [20, 20, 10]
        lanes = sorted(unit.event.lane for unit in pipe.notes.units)
    assert lanes == [f"client:c{number:03}" for number in range(50)]


async def test_nobody_is_looked_at_while_what_was_said_has_not_left(store: Trying) -> None:
    """Screens that are due count; those whose chat is parked do not."""
    await plan(store, 5)
    parked = time.time() + 300
    async with store.tx() as tx:
        for number, due in enumerate((0.0, 0.0, 0.0, parked, parked)):
            sql = f"insert into screen(lane, chat_id, due_at) values('tg:{number}', {number}, {due})"
            await tx.execute(sql, ())
    async with working(store, backlog=4) as (_, round_):
        assert await round_.look() == 1, "three screens wait, a fourth may"
    async with working(store, backlog=3) as (_, round_):
        assert await round_.look() == 0


class Away:
    """The database goes away while wakes are being claimed, once."""

    def __init__(self, store: Trying) -> None:
        self._error: Exception | None = store.transient[0]("away")
        self.progress = wakes.progress

    async def claim(self, unit: Unit, now: datetime, limit: int) -> int:
        taken = await wakes.claim(unit, now, limit)
        if self._error:
            error, self._error = self._error, None
            raise error
        return taken


async def test_a_claim_that_is_not_committed_is_no_claim_and_the_loop_goes_on(store: Trying) -> None:
    await plan(store, 3)
    async with working(store) as (pipe, _):
        round_ = Rounds(pipe.lanes, Away(store), 20, 60)
        with pytest.raises(store.transient):
            await round_.look()
        assert await found(store, LOOKED_AT) == [(0,)]
        assert await round_.look() == 3
        await settled(pipe, 3)
        assert await round_.look() == 0
        again = Rounds(pipe.lanes, Away(store), 20, 60)
        loop = asyncio.ensure_future(again.run())
        await plan(store, 2, clients="d")
        for _ in range(2):
            await asyncio.sleep(0.05)
            again.poke()
        await settled(pipe, 5)
        loop.cancel()
        await asyncio.gather(loop, return_exceptions=True)
    assert await found(store, LOOKED_AT) == [(5,)]


async def test_a_pause_holds_what_waits_and_outlives_everything_until_it_is_resumed(
    store: Trying, database: str, tmp_path: Path
) -> None:
    await plan(store, 5)
    engine = engine_of(address(database, tmp_path))
    now = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
    async with working(store) as (pipe, round_):
        await rounds.pause(engine, now)
        await rounds.pause(engine, now + timedelta(hours=1))
        assert await round_.look() == 0
        async with store.tx() as tx:
            assert await round_.waiting(tx) == 0, "nothing will come of itself"
        stands = await rounds.standing(engine, wakes, CLOCK.now(), rate=20)
        assert (stands.waiting, stands.looked_at, stands.sent, stands.until) == (5, 0, 0, None)
        assert stands.paused == "2027-03-01T12:30+03:00", "the first pause counts"
        await rounds.resume(engine)
        async with store.tx() as tx:
            assert await round_.waiting(tx) == 5
        assert await round_.look() == 5
        await settled(pipe, 5)
        stands = await rounds.standing(engine, wakes, CLOCK.now(), rate=20)
    await engine.dispose()
    assert (stands.waiting, stands.looked_at, stands.until, stands.paused) == (0, 5, None, "")


async def test_a_run_says_until_when_it_lasts(store: Trying, database: str, tmp_path: Path) -> None:
    await plan(store, 40, ago=timedelta(minutes=1))
    engine, now = engine_of(address(database, tmp_path)), CLOCK.now()
    stands = await rounds.standing(engine, wakes, now, rate=20)
    await engine.dispose()
    assert stands.until == now + timedelta(seconds=2)


async def test_whoever_is_on_duty_reads_how_it_stands_and_pauses_it(
    village: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    async def order(what: str) -> str:
        capsys.readouterr()
        assert await commands.do(Namespace(command="reminders", what=what), village.settings) == 0
        return capsys.readouterr().out

    assert "идёт / running" in await order("status")

    async def wake(unit: Unit) -> None:
        for number in range(30):
            await wakes.plan(unit, f"nobody-{number}", unit.now)

    assert "приостановлено с" in await order("pause")
    async with village.process.parts.store.tx() as tx:
        await wake(rounds.unit_of(tx, CLOCK.now()))
    paused = await order("status")
    assert "осталось просмотреть / left to look at: 30" in paused
    assert "просмотрено / clients looked at: 0" in paused
    resumed = await order("resume")
    assert "20/с" in resumed or "left to look at: 0" in resumed
    await village.settle()
    assert "clients looked at: 30" in await order("status")
