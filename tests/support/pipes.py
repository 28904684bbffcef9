"""A pipe without Telegram: lanes over a store, with a step of the test's own and somebody who notes what would leave."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.careful import CarefulReplay
from bot.lanes import Lanes
from bot.pipe import Pipe
from services.clock import Clock
from services.db.pipe import Event, Marks, Store, Tx, Written
from services.db.unit import Unit
from tests.support.stores import VAULT

Handle = Callable[[Unit], Awaitable[None]]


@dataclass
class Notes:
    """Implements `bot.lanes.Delivery`: what was committed, in order."""

    units: list[Unit] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    marks: list[Marks] = field(default_factory=list)

    def committed(self, units: list[Unit], written: Written) -> None:
        self.units += units
        self.written.append(written)

    def settled(self, marks: Marks) -> None:
        self.marks.append(marks)


@dataclass
class Pipework:
    """`handled` are the events whose step ran to its end, `sorry` the numbers told to people by lane."""

    lanes: Lanes
    clock: Clock
    notes: Notes
    runs: list[str]
    sorry: list[tuple[str, int]]

    @property
    def handled(self) -> list[str]:
        return [unit.event.event_id for unit in self.notes.units if unit.event.event_id]


@asynccontextmanager
async def pipework(
    store: Store, handle: Handle | None = None, *, unclean: bool = False, sorry: Handle | None = None
) -> AsyncIterator[Pipework]:
    """Lanes that run for the length of a block. `handle` is the step; `sorry` may fail in the telling."""
    clock, notes = Clock(), Notes()
    runs: list[str] = []
    told: list[tuple[str, int]] = []

    async def step(unit: Unit) -> None:
        runs.append(unit.event.event_id)
        if handle:
            await handle(unit)

    async def tell(unit: Unit, number: int) -> None:
        told.append((unit.event.lane, number))
        if sorry:
            await sorry(unit)

    pipe = Pipe(store, VAULT, clock, step)
    lanes = Lanes(pipe, notes, CarefulReplay(pipe, notes, tell, unclean=unclean))
    task = asyncio.ensure_future(lanes.run())
    try:
        yield Pipework(lanes, clock, notes, runs, told)
        assert not task.done(), task.exception()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


class Trying:
    """A store around a store: counts transactions, and is away, or fails at the commit, on request."""

    single = True

    def __init__(self, store: Store) -> None:
        self._store = store
        self.begun = 0
        self.away = 0
        self.failing_commits = 0
        self.before_commit: asyncio.Event | None = None
        self.single = store.single

    @property
    def transient(self) -> tuple[type[Exception], ...]:
        return self._store.transient

    async def open(self) -> None:
        await self._store.open()

    async def close(self) -> None:
        await self._store.close()

    @asynccontextmanager
    async def tx(self) -> AsyncIterator[Tx]:
        if self.away:
            self.away -= 1
            raise self.transient[0]("away")
        self.begun += 1
        async with self._store.tx() as tx:
            yield tx
            if self.before_commit:
                await self.before_commit.wait()
            if self.failing_commits:
                self.failing_commits -= 1
                raise self.transient[0]("lost at the commit")


async def until(condition: Callable[[], object], seconds: float = 10.0) -> None:
    """Give the loop its turns until something holds; fails if it never does."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - what is waited for has no event of its own
            await asyncio.sleep(0.005)


def said(event_id: str, lane: str = "tg:1") -> Event:
    """Something a person did."""
    return Event("tg", event_id, lane, event_id.encode())
