"""Intake and lanes in one: whatever queued while the last transaction committed is the next batch.

A batch is ONE transaction: lock the lanes, drop what is known, run the steps, write, commit. An event that arrives at an idle lane is
born done, with its effects, in one commit; the outer party hears 200 only afterwards. Before the commit nothing exists and the event
is sent again; after it a repeat meets the key. If anything in a batch raises, all of it is rolled back and `bot.careful` replays it.

So a handler may run twice in one process: no side effects in memory, no network.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from typing import Protocol

import structlog

from bot.marks import MarkBook
from bot.metrics import LANES
from bot.pipe import Pipe
from services.db.pipe import Event, LaneRow, Marks, Tx, Written
from services.db.unit import Unit

log = structlog.get_logger("lanes")

BATCH = 32
IDLE_POLL = 0.5
RECENT = 10_000
"""How many stored events are known by heart: a quick repeat needs no transaction. The database knows all of them."""


class NotStored(Exception):
    """The database is away: the outer party must send the event again."""


class Delivery(Protocol):
    """Who is told after a commit: the sender."""

    def committed(self, units: list[Unit], written: Written) -> None:
        """Screens and parcels of these units are stored: let them leave."""

    def settled(self, marks: Marks) -> None:
        """These marks are stored."""


class Lanes:
    """One task, `run`, works through the queue; `submit` waits for its event's commit."""

    def __init__(self, pipe: Pipe, delivery: Delivery, replay: Careful) -> None:
        self.pipe, self.delivery, self._careful = pipe, delivery, replay
        self._queue: list[tuple[Event, asyncio.Future[Unit | None]]] = []
        self._recent: dict[tuple[str, str], None] = {}
        self._wake = asyncio.Event()
        self.marks = MarkBook(self._wake.set, delivery.settled)
        self._backlog = True  # after a start there may be waiting events
        self._poll = 0.0
        self._retries = False  # events whose next attempt is due: the careful replay's
        self.working = 0

    # -- in -----------------------------------------------------------------------------------------------------------

    async def submit(self, event: Event) -> Unit | None:
        """Store and handle. Returns the unit if it ran in this very batch, None if it was known or has to wait.

        Raises NotStored when the database is away.
        """
        if event.key in self._recent:
            LANES.batch(0, 1, 0)
            return None
        future: asyncio.Future[Unit | None] = asyncio.get_running_loop().create_future()
        self._queue.append((event, future))
        self._wake.set()
        return await future

    async def drained(self) -> None:
        """Wait until nothing is queued and every mark is stored."""
        self.marks.flush()
        while self._queue or self.marks or self.working:
            self._wake.set()
            await asyncio.sleep(0.01)

    def poke(self) -> None:
        """Something may be due: look now (the clock jumped, a dead event is retried)."""
        self._backlog = True
        self._wake.set()

    # -- through ------------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """For ever. A cancel between batches loses nothing."""
        pause = 0.01
        while True:
            await self._wait()
            taken, self._queue = self._queue[:BATCH], self._queue[BATCH:]
            self.working = len(taken) or 1
            try:
                units = await self._once([event for event, _ in taken])
                for event, future in taken:
                    if not future.done():
                        future.set_result(units.get(event.key))
                pause = 0.01
            except self.pipe.store.transient as away:
                log.warning("database_away", error=type(away).__name__, waiting=len(taken))
                for _, future in taken:
                    if not future.done():
                        future.set_exception(NotStored())
                await asyncio.sleep(pause)
                pause, self._backlog = min(pause * 2, 1.0), True
            except asyncio.CancelledError:
                for _, future in taken:
                    future.cancel()
                raise
            finally:
                self.working = 0

    async def _wait(self) -> None:
        if not (self._queue or self.marks or self._backlog):
            try:
                async with asyncio.timeout(max(0.005, min(self._poll - time.time(), IDLE_POLL))):
                    await self._wake.wait()
            except TimeoutError:
                self._backlog = True
        self._wake.clear()

    async def _once(self, incoming: list[Event]) -> dict[tuple[str, str], Unit]:
        await self._store_marks(bool(incoming or self._backlog))
        if not incoming and not self._backlog:
            return {}
        if not self._careful.on:
            try:
                units = await self._batch(incoming)
                if self._retries:  # each is counted, and runs alone
                    self._poll = min(self._poll, await self._careful.replay([]))
                return units
            except self.pipe.store.transient:
                raise
            except Exception as problem:
                log.exception("batch_failed", events=len(incoming), error=type(problem).__name__)
        again = await self._careful.replay(incoming)
        self._poll, self._backlog = min(again, time.time() + IDLE_POLL), False
        return {}

    async def _store_marks(self, batch_follows: bool) -> None:
        """On PostgreSQL marks are a transaction of their own: beside another process's screens they would deadlock."""
        if not self.marks or (self.pipe.store.single and batch_follows):
            return
        with self.marks.taken() as marks:
            async with self.pipe.store.tx() as tx:
                await tx.mark(marks)

    async def _batch(self, incoming: list[Event]) -> dict[tuple[str, str], Unit]:
        now, clock = time.time(), self.pipe.clock.time()
        with self.marks.taken() as marks:
            async with self.pipe.store.tx() as tx:
                if marks:
                    await tx.mark(marks)
                held = await tx.claim(now, clock, BATCH) if self._backlog else {}
                full = len(held) >= BATCH
                missing = sorted({event.lane for event in incoming} - set(held))
                held |= await tx.lock(missing) if missing else {}
                line = await self._line(tx, incoming, held, clock)
                units, left = await self._steps(tx, line, held, now, clock)
                ledger = self.pipe.ledger(units)
                ledger.waiting += [self.pipe.seal_event(event) for event in left]
                written = await tx.write(ledger, now) if units or left else Written({}, {})
        self._backlog = full or any(event.due_at <= clock for unit in units for event in unit.events)
        self._poll = min(
            [now + IDLE_POLL, *(now + e.due_at - clock for u in units for e in u.events if e.due_at > clock)]
        )
        LANES.batch(len(units), len(incoming) - len(left) - sum(not unit.event.seq for unit in units), len(left))
        self.delivery.committed(units, written)
        ran = {unit.event.key: unit for unit in units}
        self._remember(ran)
        return ran

    def _remember(self, keys: Iterable[tuple[str, str]]) -> None:
        self._recent.update(dict.fromkeys(keys))
        while len(self._recent) > RECENT:
            del self._recent[next(iter(self._recent))]

    async def _line(
        self, tx: Tx, incoming: list[Event], held: dict[str, LaneRow], clock: float
    ) -> dict[str, list[Event]]:
        """Each lane's events in order: what waits, then what is new. Known ones are dropped. Asked after the lock."""
        known = await tx.known(incoming)
        line: dict[str, list[Event]] = {}
        for event, sealed in await tx.pending(list(held), clock):
            line.setdefault(event.lane, []).append(self.pipe.open_event(event, sealed))
        for event in incoming:
            if event.key not in known:
                known.add(event.key)
                line.setdefault(event.lane, []).append(event)
        return line

    async def _steps(
        self, tx: Tx, line: dict[str, list[Event]], held: dict[str, LaneRow], now: float, clock: float
    ) -> tuple[list[Unit], list[Event]]:
        """Run what can run; what must wait is returned. A retry holds its lane, a timer in the future does not."""
        self._retries = False
        units: list[Unit] = []
        left: list[Event] = []
        for lane, events in line.items():
            if lane not in held:
                left += events
                continue
            state, blocked = self.pipe.state(lane, held[lane]), False
            waits = held[lane].waits
            for event in events:
                blocked = blocked or event.attempts > 0
                self._retries = self._retries or (event.attempts > 0 and event.retry_at <= now)
                if blocked or event.due_at > clock:
                    left += [] if event.seq else [event]
                    continue
                unit = Unit(tx, event, self.pipe.clock.now(), state, held[lane].message_id, waits)
                await self.pipe.run(unit)
                state = unit.state
                units.append(unit)
                waits += unit.screen is not None  # to be written with this very batch
        return units, left


class Careful(Protocol):
    """`bot.careful`, as the lanes see it."""

    @property
    def on(self) -> bool:
        """Store first and run alone, always: the process died uncleanly a moment ago."""
        ...

    async def replay(self, incoming: list[Event]) -> float:
        """Store the events, then run each waiting one alone. Returns when to look again (machine time)."""
        ...
