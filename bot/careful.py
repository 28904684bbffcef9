"""When a step has failed: events are stored first, then each runs alone, its attempt counted and committed before it runs.

Attempts: at once, after 1 s, after 5 s; then the event is dead: kept sealed for `python -m bot dead retry`, an ERROR line with its
number in the log, and the person is told that number, in the very transaction that buries it. Meanwhile its lane waits, for order
is strict; other lanes do not. What no key opens is dead without an attempt. A refusal (`services.errors`) never comes here: a dialog
turns it into a screen inside its step.

After an unclean exit the process is careful for a minute, so that an event that kills the process is counted to death too.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

import structlog

from bot.lanes import BATCH, IDLE_POLL, Delivery
from bot.metrics import LANES
from bot.pipe import Pipe
from handlers.events import Hopeless
from services.db.pipe import Event, Ledger, Tx, Written
from services.db.unit import Unit
from services.vault import Unsealable

log = structlog.get_logger("careful")

BACKOFF = (0.0, 1.0, 5.0)
DEAD = 2
CAREFUL_SECONDS = 60.0

Sorry = Callable[[Unit, int], Awaitable[None]]
"""Tells the person of a unit's lane that event number N has failed: puts a notice and a screen into the unit."""


class CarefulReplay:
    """See the module. `unclean`: the last process did not end by itself."""

    def __init__(self, pipe: Pipe, delivery: Delivery, sorry: Sorry, *, unclean: bool = False) -> None:
        self._pipe, self._delivery, self._sorry = pipe, delivery, sorry
        self._until = time.monotonic() + CAREFUL_SECONDS if unclean else 0.0

    @property
    def on(self) -> bool:
        return time.monotonic() < self._until

    async def replay(self, incoming: list[Event]) -> float:
        """Store the events (so that 200 is honest), then run what waits. Returns when to look again."""
        now = time.time()
        async with self._pipe.store.tx() as tx:
            if incoming:
                await tx.write(Ledger(waiting=[self._pipe.seal_event(event) for event in incoming]), now)
        async with self._pipe.store.tx() as tx:
            lanes = list(await tx.claim(now, self._pipe.clock.time(), 4 * BATCH))
        again = now + IDLE_POLL
        for lane in lanes:
            try:
                again = min(again, await self._lane(lane))
            except self._pipe.store.transient:
                raise
            except Exception as bug:  # its lane waits for us, the others must not
                log.exception("lane_stuck", error=type(bug).__name__)
        return again

    async def _lane(self, lane: str) -> float:
        """One lane, event by event. Returns when its next attempt is due."""
        while True:
            event = await self._begin(lane)
            if event is None:
                return time.time() + IDLE_POLL
            if event.retry_at > time.time():
                return event.retry_at
            try:
                if not await self._alone(lane, event):
                    return time.time() + IDLE_POLL
            except self._pipe.store.transient:
                raise
            except Exception as problem:
                log.exception("step_failed", source=event.source, attempt=event.attempts, error=type(problem).__name__)
                if event.attempts < len(BACKOFF) and not isinstance(problem, Hopeless):
                    return time.time() + BACKOFF[event.attempts]
                await self._bury(lane, event, type(problem).__name__)

    async def _bury(self, lane: str, event: Event, error: str) -> None:
        """Dead letter, and the person is told. If even the telling fails, the letter is dead all the same."""
        try:
            await self._buried(lane, event, error, tell=True)
        except self._pipe.store.transient:
            raise
        except Exception as bug:
            log.exception("sorry_failed", number=event.seq, error=type(bug).__name__)
            await self._buried(lane, event, error, tell=False)

    async def _begin(self, lane: str) -> Event | None:
        """The oldest waiting event of the lane, its attempt counted: a killer of processes is counted as well."""
        while True:
            async with self._pipe.store.tx() as tx:
                oldest = await self._oldest(tx, lane)
                if oldest is None:
                    return None
                event, sealed = oldest
                if event.retry_at > time.time():
                    return event
                event.attempts += 1
                if not (doom := self._doom(event, sealed)):
                    pause = BACKOFF[event.attempts] if event.attempts < len(BACKOFF) else 0.0
                    await tx.attempt(event, time.time() + pause, 0, "started", 1)
                    return event
            await self._bury(lane, event, doom)

    async def _oldest(self, tx: Tx, lane: str) -> tuple[Event, bytes] | None:
        """With its body still sealed."""
        clock = self._pipe.clock.time()
        if lane not in await tx.lock([lane]):
            return None
        waiting = [pair for pair in await tx.pending([lane], clock) if pair[0].due_at <= clock]
        return waiting[0] if waiting else None

    def _doom(self, event: Event, sealed: bytes) -> str:
        """Why this attempt must not begin; if it may, the event is open now."""
        try:
            self._pipe.open_event(event, sealed)
        except Unsealable:
            return "no key opens it"
        return "the process died in it" if event.attempts > len(BACKOFF) else ""

    async def _alone(self, lane: str, event: Event) -> bool:
        """One event in a transaction of its own. False if the lane is held elsewhere: it comes back."""
        async with self._pipe.store.tx() as tx:
            held = await tx.lock([lane])
            if lane not in held:
                return False
            row = held[lane]
            unit = Unit(tx, event, self._pipe.clock.now(), self._pipe.state(lane, row), row.message_id, row.waits)
            await self._pipe.run(unit)
            written = await tx.write(self._pipe.ledger([unit]), time.time())
        LANES.batch(1, 0, 0)
        self._delivery.committed([unit], written)
        return True

    async def _buried(self, lane: str, event: Event, error: str, *, tell: bool) -> None:
        """Exactly once, for the death and the telling are one commit."""
        units, written = [], Written({}, {})
        async with self._pipe.store.tx() as tx:
            held = await tx.lock([lane])
            if lane not in held:
                return
            await tx.attempt(event, 0.0, DEAD, error, 0)
            if tell:
                row, now = held[lane], self._pipe.clock.now()
                units = [Unit(tx, event, now, self._pipe.state(lane, row), row.message_id, row.waits)]
                await self._sorry(units[0], event.seq)
                ledger = self._pipe.ledger(units)
                ledger.done.clear()
                written = await tx.write(ledger, time.time())
        LANES.dead()
        log.error("event_dead", number=event.seq, source=event.source, error=error)
        self._delivery.committed(units, written)
