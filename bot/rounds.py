"""Who is due is looked at, no faster than they can be told: wakes are claimed at a pace of their own, and never far ahead of the sender.

A claim is one transaction, so that a kill loses no wake and doubles none. `pause` is a row of the database: the run stops within a
second, and what was claimed already still leaves.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, cast

import structlog
from sqlalchemy import Integer, bindparam, delete, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.lanes import Lanes
from services.clock import MOSCOW
from services.db.engine import Plain
from services.db.pipe import Event, Ledger, Tx
from services.db.statement import Command, Query, upsert
from services.db.tables import inbox, meta, reminder, screen
from services.db.unit import Unit

log = structlog.get_logger("rounds")

EVERY = 1.0
"""Seconds between two looks; a pace is so many a look."""
PAUSED = "reminders.paused"
"""The row of `meta`: since when, in the words of ISO 8601."""

SET = upsert(meta, key=["key"])
GET = Query(select(meta.c.value).where(meta.c.key == bindparam("key")), str)
FORGET = Command(delete(meta).where(meta.c.key == bindparam("key")))
_clock, _now = bindparam("clock", type_=inbox.c.due_at.type), bindparam("now", type_=inbox.c.due_at.type)
_most = bindparam("most", type_=Integer)
_waiting = select(inbox.c.seq).where(inbox.c.state == 0, inbox.c.due_at <= _clock).limit(_most).subquery()
_dirty = select(screen.c.lane).where(screen.c.version > screen.c.shown, screen.c.due_at <= _now).limit(_most).subquery()
UNSENT = Query(
    select(
        select(func.count()).select_from(_waiting).scalar_subquery()
        + select(func.count()).select_from(_dirty).scalar_subquery()
    ),
    int,
)
SENT = Query(select(func.count()).where(reminder.c.said_at >= bindparam("since", type_=reminder.c.said_at.type)), int)


class Progress(Protocol):
    """How a run stands: wakes that wait, and those claimed since the moment asked for."""

    @property
    def waiting(self) -> int: ...

    @property
    def done(self) -> int: ...


class Wakes(Protocol):
    """`services.reminders.wakes`, as the rounds see it."""

    async def claim(self, unit: Unit, now: datetime, limit: int) -> int: ...

    async def progress(self, unit: Unit, since: datetime) -> Progress: ...


class Rounds:
    """`rate` wakes a second at most, and none while `backlog` events and screens have not left yet."""

    def __init__(self, lanes: Lanes, wakes: Wakes, rate: int, backlog: int) -> None:
        self._lanes, self._wakes = lanes, wakes
        self._rate, self._backlog = rate, backlog
        self._now = asyncio.Event()

    def poke(self) -> None:
        """Look now: the clock has jumped."""
        self._now.set()

    async def run(self) -> None:
        """For ever. A cancel loses nothing."""
        while True:
            try:
                await self.look()
            except self._lanes.pipe.store.transient as away:
                log.warning("database_away", error=type(away).__name__)
            try:
                async with asyncio.timeout(EVERY):
                    await self._now.wait()
            except TimeoutError:
                pass
            self._now.clear()

    async def look(self) -> int:
        """Claim what there is room for; returns how many wakes."""
        pipe = self._lanes.pipe
        async with pipe.store.tx() as tx:
            room = await self._room(tx)
            if room <= 0:
                return 0
            unit = unit_of(tx, pipe.clock.now())
            taken = await self._wakes.claim(unit, unit.now, room)
            if unit.events:
                await tx.write(Ledger(waiting=[pipe.seal_event(event) for event in unit.events]), time.time())
        if taken:
            self._lanes.poke()
        return taken

    async def waiting(self, tx: Tx) -> int:
        """Wakes that will be claimed by and by: none while the run is paused."""
        if await GET.first(tx, key=PAUSED) is not None:
            return 0
        unit = unit_of(tx, self._lanes.pipe.clock.now())
        return (await self._wakes.progress(unit, unit.now)).waiting

    async def _room(self, tx: Tx) -> int:
        if await GET.first(tx, key=PAUSED) is not None:
            return 0
        clock, now = self._lanes.pipe.clock.time(), time.time()
        unsent = await UNSENT.first(tx, clock=clock, now=now, most=self._backlog) or 0
        return min(self._rate, self._backlog - unsent)


def unit_of(tx: Tx, now: datetime) -> Unit:
    """For what is done in no lane."""
    return Unit(tx, Event("cabinet", "rounds", "rounds", b""), now)


# -- from the command line --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """Wakes that wait; clients looked at and reminders sent since midnight in Moscow; when the last leaves; since when it is paused."""

    waiting: int
    looked_at: int
    sent: int
    until: datetime | None
    paused: str


async def standing(engine: AsyncEngine, wakes: Wakes, now: datetime, rate: int) -> Standing:
    """How the run of today stands."""
    midnight = now.astimezone(MOSCOW).replace(hour=0, minute=0, second=0, microsecond=0)
    async with engine.connect() as connection:
        tx = cast("Tx", Plain(connection))  # statements only: nothing of the pipe is asked for
        progress = await wakes.progress(unit_of(tx, now), midnight)
        sent = await SENT.first(tx, since=midnight) or 0
        paused = await GET.first(tx, key=PAUSED) or ""
    until = now + timedelta(seconds=progress.waiting / rate) if progress.waiting and not paused else None
    return Standing(progress.waiting, progress.done, sent, until, paused)


async def pause(engine: AsyncEngine, now: datetime) -> None:
    """Claim no more; the first pause counts."""
    async with engine.begin() as connection:
        if await GET.first(Plain(connection), key=PAUSED) is None:
            await SET.run(Plain(connection), key=PAUSED, value=now.astimezone(MOSCOW).isoformat(timespec="minutes"))


async def resume(engine: AsyncEngine) -> None:
    """Go on with what waits."""
    async with engine.begin() as connection:
        await FORGET.run(Plain(connection), key=PAUSED)
