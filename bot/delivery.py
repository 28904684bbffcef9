"""From the database to the ways out: what is due is handed over once, and forgotten when its mark is stored.

After a commit rows are handed over in memory; the table is read at the start, when something was parked, and every half second.
A row whose mark is on its way must not be read again as due: it is `unsettled` until a read that began after the mark's commit.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any, Protocol

import structlog

from bot.lanes import Lanes, NotStored
from services.db.pipe import Event, Marks, Parcel, ParcelRow, ScreenRow, Sent, Settled, Shown, Store, Written
from services.db.unit import Unit
from services.vault import Unsealable, Vault

log = structlog.get_logger("delivery")

READ = 500
EVERY = 0.5
UNDER_WAY = (
    "select lane, chat_id, body, version, shown, anew, message_id, keyboard_id from screen "
    "where version > shown and sending > shown"
)
BACKOFF = (1.0, 2.0, 5.0, 15.0, 60.0)


def pause_after(attempts: int) -> float:
    """Seconds until a way out tries again what it has tried so many times."""
    return BACKOFF[min(attempts, len(BACKOFF) - 1)]


class Way(Protocol):
    """A way out: Telegram's sender, the fetcher of files, or the courier for the rest."""

    def give_parcel(self, row: ParcelRow, body: dict[str, object]) -> None: ...


class ScreenWay(Way, Protocol):
    """The way out that also shows screens."""

    def give_screen(self, row: ScreenRow, body: dict[str, object]) -> None: ...

    def give_abandoned(self, row: ScreenRow, body: dict[str, object]) -> None: ...


class Hub:
    """Implements `bot.lanes.Delivery` and takes the marks of the ways out back to the lanes."""

    def __init__(self, store: Store, vault: Vault) -> None:
        self._store, self._vault = store, vault
        self._wake = asyncio.Event()
        self._unsettled: dict[str | int, int] = {}  # lane: version, or parcel id: 0
        self._stored: list[tuple[str | int, int]] = []
        self.telegram: ScreenWay
        self.fetcher: Way
        self.courier: Way
        self.lanes: Lanes

    # -- from the lanes -------------------------------------------------------------------------------------------------

    def committed(self, units: list[Unit], written: Written) -> None:
        """Parcels first: a screen stands below the notices of its step."""
        for unit in units:
            for parcel in unit.parcels:
                if (number := written.parcels.get(parcel.dedup)) and not parcel.delay:
                    self._give(_row(number, parcel), parcel.body)
            if unit.screen is not None and (row := written.screens.get(unit.event.lane)):
                newest = next(u for u in reversed(units) if u.event.lane == row.lane and u.screen is not None)
                if newest is unit:
                    self.telegram.give_screen(row, unit.screen.body)
        for key, card in {key: card for unit in units for key, card in unit.cards.items()}.items():
            self.telegram.give_screen(written.screens[key], card.body)

    def settled(self, marks: Marks) -> None:
        """Stored: a read that begins from now on does not see these rows as due."""
        self._stored += [(mark.lane, mark.version) for mark in marks.shown]
        self._stored += [(mark.id, 0) for mark in marks.settled if mark.state != Sent.SENDING]
        self._stored += [(mark.key, _ANY) for mark in marks.parked]

    # -- from the ways out ----------------------------------------------------------------------------------------------

    def mark(self, marks: Marks, *, lazy: bool = False) -> None:
        """A way out reports. The rows stay unsettled until the marks are stored."""
        self._unsettled.update({mark.lane: mark.version for mark in marks.shown})
        self._unsettled.update({mark.id: 0 for mark in marks.settled})
        self._unsettled.update({mark.key: self._unsettled.get(mark.key, 0) for mark in marks.parked})
        self.lanes.marks.add(marks, lazy=lazy)

    async def marked(self, marks: Marks) -> None:
        """The same, and wait until the marks are stored: before a call that must never be made twice."""
        self._unsettled.update({mark.id: 0 for mark in marks.settled})
        await self.lanes.marks.store(marks)

    async def report(self, source: str, event_id: str, lane: str, facts: dict[str, Any]) -> None:
        """What became of something, as an event of its lane; waits until it is stored, for its mark must not be stored first."""
        event = Event(source, event_id, lane, json.dumps(facts, ensure_ascii=False).encode())
        while True:
            try:
                await self.lanes.submit(event)
                return
            except NotStored:
                await asyncio.sleep(EVERY)

    # -- from the table -------------------------------------------------------------------------------------------------

    def poke(self) -> None:
        """Read the table now."""
        self._wake.set()

    async def run(self) -> None:
        """For ever."""
        await self._abandoned()
        while True:
            try:
                await self._read()
            except self._store.transient as away:
                log.warning("database_away", error=type(away).__name__)
            try:
                async with asyncio.timeout(EVERY):
                    await self._wake.wait()
            except TimeoutError:
                pass
            self._wake.clear()

    async def _read(self) -> None:
        for key, version in self._stored:
            if self._unsettled.get(key, version) <= version:
                self._unsettled.pop(key, None)
        self._stored.clear()
        async with self._store.tx() as tx:
            screens, parcels = await tx.dirty(time.time(), READ)
        for parcel in sorted(parcels, key=lambda row: row.id):  # what was parked is not overtaken
            if parcel.id in self._unsettled:
                continue
            if (body := self._read_body("outbox.body", parcel.dedup, parcel.body)) is not None:
                self._give(parcel, body)
            else:
                self.mark(Marks(settled=[Settled(parcel.id, Sent.DEAD, "unreadable")]))
        for screen in screens:
            if self._unsettled.get(screen.lane, -1) >= screen.version:
                continue
            if (body := self._read_body("screen.body", screen.lane, screen.body)) is not None:
                self.telegram.give_screen(screen, body)
            else:
                self.mark(Marks(shown=[Shown(screen.lane, screen.version, screen.message_id, screen.keyboard_id)]))

    def _read_body(self, place: str, row: str, sealed: bytes) -> dict[str, object] | None:
        """None when no key opens it: that row is lost and said so, the others are not."""
        try:
            body: dict[str, object] = json.loads(self._vault.open(place, row, sealed))
        except Unsealable:
            log.error("unreadable", place=place)
            return None
        return body

    def _give(self, row: ParcelRow, body: dict[str, object]) -> None:
        ways: dict[str, Way] = {"telegram": self.telegram, "file": self.fetcher}
        ways.get(row.channel, self.courier).give_parcel(row, body)

    async def _abandoned(self) -> None:
        """At-most-once rows found in `sending`: the process died in the call, so nobody knows. They are not sent again."""
        async with self._store.tx() as tx:
            screens = [ScreenRow(*row) for row in await tx.fetch(UNDER_WAY, ())]
        for screen in screens:
            body = self._read_body("screen.body", screen.lane, screen.body) or {}
            if body.get("unasked"):  # else a person has acted since: that answer is due
                self._unsettled[screen.lane] = screen.version
                self.telegram.give_abandoned(screen, body)
        async with self._store.tx() as tx:
            sql = f"update outbox set state = {Sent.UNKNOWN:d}, body = null, error = 'crash' where state = {Sent.SENDING:d}"  # noqa: S608 - two numbers of our own
            if count := await tx.execute(sql, ()):
                log.error("outcome_unknown", parcels=count)


_ANY = 2**31


def _row(number: int, parcel: Parcel) -> ParcelRow:
    expires = None if parcel.lives is None else time.time() + parcel.lives
    return ParcelRow(
        number, parcel.dedup, parcel.channel, parcel.lane, parcel.chat_id, b"", parcel.at_most_once, expires, 0
    )
