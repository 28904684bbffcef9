"""SQLite: one connection used in the loop, one writer; only COMMIT, the one fsync, runs in a thread.

A statement costs 5–30 µs here, a hop to a thread about 80 µs. `BEGIN IMMEDIATE` always: a deferred transaction that turns from
reading to writing fails at once under load, whatever the busy timeout says.
"""

from __future__ import annotations

import asyncio
import fcntl
import sqlite3
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, Any

from services.db.pipe import Event, LaneRow, Ledger, Marks, Occupied, Parcel, ParcelRow, ScreenRow, Tx, Written
from services.db.statement import Kind

PRAGMAS = (
    "pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000;"
    "pragma foreign_keys = on; pragma cache_size = -32000;"
)

STATE = (
    "select l.state, s.message_id, case when s.version > s.shown then s.version else 0 end "
    "from (select 1) left join lane l on l.lane = ?1 left join screen s on s.lane = ?1"
)
READY = (
    "select distinct lane from inbox where state = 0 and due_at <= ?1 and retry_at <= ?2 "
    "and lane not in (select lane from inbox where state = 0 and retry_at > ?2) limit ?3"
)
KNOWN = "select 1 from inbox where source = ? and event_id = ?"
PENDING = (
    "select source, event_id, lane, body, due_at, retry_at, seq, attempts from inbox "
    "where lane = ? and state = 0 and (due_at <= ? or attempts > 0) order by seq"
)
SAVE_LANE = "insert into lane(lane, state) values(?, ?) on conflict(lane) do update set state = excluded.state"
DONE = "update inbox set state = 1, body = null where seq = ?"
BORN = "insert into inbox(source, event_id, lane, state, at) values(?, ?, ?, 1, ?)"
WAIT = (
    "insert into inbox(source, event_id, lane, body, due_at, at) values(?, ?, ?, ?, ?, ?) "
    "on conflict(source, event_id) do nothing"
)
SHOW = (
    "insert into screen(lane, chat_id, body, anew) values(?1, ?2, ?3, 1) on conflict(lane) do update set "
    "body = excluded.body, version = version + 1, due_at = 0, anew = case when ?4 then version + 1 else anew end "
    "returning lane, chat_id, body, version, shown, anew, message_id, keyboard_id"
)
SEND = (
    "insert into outbox(dedup, channel, lane, chat_id, body, at_most_once, due_at, expires_at, at) "
    "values(?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict(dedup) do nothing returning id"
)
SHOWN = (
    "update screen set shown = max(shown, ?1), message_id = ?2, keyboard_id = ?3, "
    "body = case when version <= ?1 then null else body end where lane = ?4"
)
SETTLED = "update outbox set state = ?1, error = ?2, body = case when ?1 in (2, 4) then body end where id = ?3"
SENDING = "update screen set sending = ? where lane = ?"
PARK_SCREEN = "update screen set due_at = ?, sending = 0 where lane = ?"
PARK_PARCEL = "update outbox set due_at = ?, error = ?, attempts = attempts + 1 where id = ?"
ATTEMPT = (
    "update inbox set attempts = attempts + ?, retry_at = ?, state = ?, error = ? where source = ? and event_id = ?"
)
DIRTY_SCREENS = (
    "select lane, chat_id, body, version, shown, anew, message_id, keyboard_id from screen "
    "where version > shown and version > sending and due_at <= ? order by due_at limit ?"
)
DIRTY_PARCELS = (
    "select id, dedup, channel, lane, chat_id, body, at_most_once, expires_at, attempts from outbox "
    "where state = 0 and due_at <= ? order by due_at, id limit ?"
)


def parcel_row(parcel: Parcel, sealed: bytes, now: float) -> tuple[Any, ...]:
    """The columns of `SEND`, in their order, for both databases."""
    expires = None if parcel.lives is None else now + parcel.lives
    return (
        parcel.dedup,
        parcel.channel,
        parcel.lane,
        parcel.chat_id,
        sealed,
        parcel.at_most_once,
        now + parcel.delay if parcel.delay else 0.0,
        expires,
        now,
    )


class SqliteTx:
    """The statements of the pipe, and a door for those of the services, on the one connection."""

    kind: Kind = "sqlite"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._run = connection.execute
        self._many = connection.executemany

    async def fetch(self, sql: str, args: Sequence[Any]) -> Sequence[Sequence[Any]]:
        return self._run(sql, args).fetchall()

    async def execute(self, sql: str, args: Sequence[Any]) -> int:
        return self._run(sql, args).rowcount

    async def claim(self, now: float, clock: float, limit: int) -> dict[str, LaneRow]:
        return await self.lock([row[0] for row in self._run(READY, (clock, now, limit))])

    async def lock(self, lanes: Sequence[str]) -> dict[str, LaneRow]:
        return {lane: LaneRow(*self._run(STATE, (lane,)).fetchone()) for lane in lanes}

    async def known(self, events: Sequence[Event]) -> set[tuple[str, str]]:
        return {event.key for event in events if self._run(KNOWN, event.key).fetchone()}

    async def pending(self, lanes: Sequence[str], clock: float) -> list[tuple[Event, bytes]]:
        found = []
        for lane in lanes:
            for source, event_id, _, body, due_at, retry_at, seq, attempts in self._run(PENDING, (lane, clock)):
                found.append((Event(source, event_id, lane, b"", due_at, retry_at, seq, attempts, late=True), body))
        return found

    async def write(self, ledger: Ledger, now: float) -> Written:
        self._many(SAVE_LANE, ledger.states.items())
        for event in ledger.done:
            if event.seq:
                self._run(DONE, (event.seq,))
            else:
                self._run(BORN, (event.source, event.event_id, event.lane, now))
        for event, body in ledger.waiting:
            self._run(WAIT, (event.source, event.event_id, event.lane, body, event.due_at, now))
        screens = {
            lane: ScreenRow(*self._run(SHOW, (lane, chat, body, anew)).fetchone())
            for lane, (chat, body, anew) in ledger.screens.items()
        }
        parcels = {}
        for parcel, body in ledger.parcels:
            if row := self._run(SEND, parcel_row(parcel, body, now)).fetchone():
                parcels[parcel.dedup] = row[0]
        return Written(screens, parcels)

    async def mark(self, marks: Marks) -> None:
        self._many(SHOWN, [(m.version, m.message_id, m.keyboard_id, m.lane) for m in marks.shown])
        self._many(SENDING, [(m.version, m.lane) for m in marks.sending])
        self._many(SETTLED, [(m.state, m.error, m.id) for m in marks.settled])
        for m in marks.parked:
            if m.what == "screen":
                self._run(PARK_SCREEN, (m.until, m.key))
            else:
                self._run(PARK_PARCEL, (m.until, m.error, m.key))

    async def attempt(self, event: Event, retry_at: float, state: int, error: str | None, count: int) -> None:
        self._run(ATTEMPT, (count, retry_at, state, error, *event.key))

    async def dirty(self, now: float, limit: int) -> tuple[list[ScreenRow], list[ParcelRow]]:
        return (
            [ScreenRow(*row) for row in self._run(DIRTY_SCREENS, (now, limit))],
            [ParcelRow(*row) for row in self._run(DIRTY_PARCELS, (now, limit))],
        )


class SqliteStore:
    """The embedded default: one process, one file, full durability. `open` refuses a second process."""

    single = True
    transient: tuple[type[Exception], ...] = (sqlite3.OperationalError,)

    def __init__(self, path: Path) -> None:
        self.path = path
        self._turn = asyncio.Lock()
        self._fsync = ThreadPoolExecutor(1, thread_name_prefix="commit")
        self._connection = sqlite3.connect(":memory:")  # until `open`
        self._owner: IO[str] | None = None

    async def open(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._owner = self.path.with_name(self.path.name + ".lock").open("w")
        try:
            fcntl.flock(self._owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._owner.close()
            raise Occupied(str(self.path)) from None
        self._connection.close()
        self._connection = sqlite3.connect(
            self.path, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        self._connection.executescript(PRAGMAS)

    async def close(self) -> None:
        async with self._turn:
            self._connection.close()
            self._fsync.shutdown()
            if self._owner:
                self._owner.close()

    @asynccontextmanager
    async def tx(self) -> AsyncIterator[Tx]:
        async with self._turn:
            self._connection.execute("begin immediate")
            before = self._connection.total_changes
            try:
                yield SqliteTx(self._connection)
                if self._connection.total_changes == before:
                    self._connection.execute("commit")  # nothing was written, so nothing waits for the disk
                else:
                    await self._commit(self._connection)
            except BaseException as error:
                if self._connection.in_transaction:
                    self._connection.execute("rollback")
                if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
                    raise sqlite3.ProgrammingError(str(error)) from error  # a wrong statement: no waiting mends it
                raise

    async def _commit(self, connection: sqlite3.Connection) -> None:
        """A cancel waits for the commit: a rollback must never run beside it."""
        done = asyncio.get_running_loop().run_in_executor(self._fsync, connection.execute, "commit")
        try:
            await asyncio.shield(done)
        except asyncio.CancelledError:
            await done
            raise
