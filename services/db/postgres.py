"""PostgreSQL over asyncpg: the same operations, each one statement for the whole batch. `FOR UPDATE SKIP LOCKED` is the lane's lock.

A locked row is re-read at its newest version, so lock and load are one statement; everything else of a lane must be read in a later
one. Screens are locked in the order of their lanes, everywhere, or two batches deadlock.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from services.db.pipe import Event, LaneRow, Ledger, Marks, Occupied, ParcelRow, ScreenRow, Tx, Written
from services.db.sqlite import parcel_row
from services.db.statement import Kind

LOCK = (
    "select lane.lane, state, message_id, case when version > shown then version else 0 end from lane "
    "left join screen on screen.lane = lane.lane where lane.lane = any($1::text[]) for update of lane skip locked"
)
NEW_LANES = "insert into lane(lane) select unnest($1::text[]) order by 1 on conflict do nothing"
CLAIM = (  # LIMIT counts locked rows only, so that processes do not fight for the same head
    "select lane.lane, state, message_id, case when version > shown then version else 0 end from lane "
    "left join screen on screen.lane = lane.lane where lane.lane in "
    "(select lane from inbox where state = 0 and due_at <= $1 and retry_at <= $2 "
    "and lane not in (select lane from inbox where state = 0 and retry_at > $2) order by due_at, seq limit 512) "
    "limit $3 for update of lane skip locked"
)
KNOWN = "select source, event_id from inbox where (source, event_id) in (select * from unnest($1::text[], $2::text[]))"
PENDING = (
    "select source, event_id, lane, body, due_at, retry_at, seq, attempts from inbox "
    "where lane = any($1::text[]) and state = 0 and (due_at <= $2 or attempts > 0) order by seq"
)
WRITE = """
with st as (insert into lane(lane, state) select * from unnest($1::text[], $2::bytea[])
            on conflict(lane) do update set state = excluded.state),
     born as (insert into inbox(source, event_id, lane, state, at)
              select *, 1, $18::float8 from unnest($3::text[], $4::text[], $5::text[])),
     done as (update inbox set state = 1, body = null where seq = any($6::bigint[])),
     sc as (insert into screen(lane, chat_id, body, anew) select v.lane, v.chat, v.body, 1
            from unnest($7::text[], $8::bigint[], $9::bytea[]) v(lane, chat, body)
            on conflict(lane) do update set body = excluded.body, version = screen.version + 1, due_at = 0,
              anew = case when screen.lane = any($19::text[]) then screen.version + 1 else screen.anew end
            returning lane, chat_id, body, version, shown, anew, message_id, keyboard_id),
     ob as (insert into outbox(dedup, channel, lane, chat_id, body, at_most_once, due_at, expires_at, at)
            select * from unnest($10::text[], $11::text[], $12::text[], $13::bigint[], $14::bytea[],
              $15::bool[], $16::float8[], $17::float8[], $20::float8[])
            on conflict(dedup) do nothing returning id, dedup)
select lane, chat_id, body, version, shown, anew, message_id, keyboard_id, null::bigint, null::text from sc
union all select null, null, null, null, null, null, null, null, id, dedup from ob"""
WAIT = (  # a claim locks rows of `lane`: what waits in a lane nobody knew needs one
    "with l as (insert into lane(lane) select distinct unnest($3::text[]) order by 1 on conflict do nothing) "
    "insert into inbox(source, event_id, lane, body, due_at, at) "
    "select *, $6::float8 from unnest($1::text[], $2::text[], $3::text[], $4::bytea[], $5::float8[]) "
    "on conflict do nothing"
)
SHOWN = (
    "with l as materialized (select lane from screen where lane = any($1::text[]) order by lane for update) "
    "update screen s set shown = greatest(shown, v.version), message_id = v.message, keyboard_id = v.keyboard, "
    "body = case when s.version <= v.version then null else s.body end "
    "from unnest($1::text[], $2::int[], $3::bigint[], $4::bigint[]) v(lane, version, message, keyboard) "
    "join l using(lane) where s.lane = v.lane"
)
SETTLED = (
    "update outbox o set state = v.state, error = v.error, body = case when v.state in (2, 4) then o.body end "
    "from unnest($1::bigint[], $2::int[], $3::text[]) v(id, state, error) where o.id = v.id"
)
SENDING = "update screen set sending = $1 where lane = $2"
PARK_SCREEN = "update screen set due_at = $1, sending = 0 where lane = $2"
PARK_PARCEL = "update outbox set due_at = $1, error = $2, attempts = attempts + 1 where id = $3"
ATTEMPT = (
    "update inbox set attempts = attempts + $1::int, retry_at = $2, state = $3, error = $4 "
    "where source = $5 and event_id = $6"
)
DIRTY_SCREENS = (
    "select lane, chat_id, body, version, shown, anew, message_id, keyboard_id from screen "
    "where version > shown and version > sending and due_at <= $1 order by due_at limit $2"
)
DIRTY_PARCELS = (
    "select id, dedup, channel, lane, chat_id, body, at_most_once, expires_at, attempts from outbox "
    "where state = 0 and due_at <= $1 order by due_at, id limit $2"
)
OWNER = 0x0CAB14E7
"""The advisory lock of the process that works on a database: any number, as long as it stays the same."""
OWNS = "select pg_try_advisory_lock($1)"
ALIVE = {"tcp_keepalives_idle": "30", "tcp_keepalives_interval": "10", "tcp_keepalives_count": "3"}
"""A machine that has vanished frees the lock within a minute."""
SERVER_SETTINGS = {"statement_timeout": "5000", "idle_in_transaction_session_timeout": "15000", "jit": "off"}

PgConnection = Any  # a pool hands out a proxy that is typed apart from Connection but behaves as one


def _columns(rows: Sequence[Sequence[Any]], width: int) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]


class PostgresTx:
    """The statements of the pipe, and a door for those of the services, on one connection."""

    kind: Kind = "postgres"

    def __init__(self, connection: PgConnection) -> None:
        self._db = connection

    async def fetch(self, sql: str, args: Sequence[Any]) -> Sequence[Sequence[Any]]:
        return [tuple(row) for row in await self._db.fetch(sql, *args)]

    async def execute(self, sql: str, args: Sequence[Any]) -> int:
        status: str = await self._db.execute(sql, *args)
        return int(status.rsplit(" ", 1)[-1])

    async def claim(self, now: float, clock: float, limit: int) -> dict[str, LaneRow]:
        return {row[0]: LaneRow(*row[1:]) for row in await self._db.fetch(CLAIM, clock, now, limit)}

    async def lock(self, lanes: Sequence[str]) -> dict[str, LaneRow]:
        held = {row[0]: LaneRow(*row[1:]) for row in await self._db.fetch(LOCK, lanes)}
        missing = [lane for lane in lanes if lane not in held]
        if missing and (await self._db.execute(NEW_LANES, missing)) != "INSERT 0 0":
            held |= {row[0]: LaneRow(*row[1:]) for row in await self._db.fetch(LOCK, missing)}
        return held

    async def known(self, events: Sequence[Event]) -> set[tuple[str, str]]:
        if not events:
            return set()
        sources, ids = _columns([event.key for event in events], 2)
        return {(row[0], row[1]) for row in await self._db.fetch(KNOWN, sources, ids)}

    async def pending(self, lanes: Sequence[str], clock: float) -> list[tuple[Event, bytes]]:
        return [
            (Event(source, event_id, lane, b"", due_at, retry_at, seq, attempts, late=True), body)
            for source, event_id, lane, body, due_at, retry_at, seq, attempts in await self._db.fetch(
                PENDING, lanes, clock
            )
        ]

    async def write(self, ledger: Ledger, now: float) -> Written:
        born = [(e.source, e.event_id, e.lane) for e in ledger.done if not e.seq]
        screens = [(lane, chat, body) for lane, (chat, body, _) in sorted(ledger.screens.items())]
        anew = [lane for lane, (_, _, at_bottom) in ledger.screens.items() if at_bottom]
        once: dict[str, tuple[Any, ...]] = {}
        for parcel, body in ledger.parcels:  # in their order; of two with one key the first counts
            once.setdefault(parcel.dedup, parcel_row(parcel, body, now))
        *parcels, born_at = _columns(list(once.values()), 9)
        rows = await self._db.fetch(
            WRITE,
            *_columns(sorted(ledger.states.items()), 2),
            *_columns(born, 3),
            [e.seq for e in ledger.done if e.seq],
            *_columns(screens, 3),
            *parcels,
            now,
            anew,
            born_at,
        )
        if ledger.waiting:
            waiting = [(e.source, e.event_id, e.lane, body, e.due_at) for e, body in ledger.waiting]
            await self._db.execute(WAIT, *_columns(waiting, 5), now)
        shown = {row[0]: ScreenRow(*row[:8]) for row in rows if row[0] is not None}
        return Written(shown, {row[9]: row[8] for row in rows if row[0] is None})

    async def mark(self, marks: Marks) -> None:
        if marks.shown:
            in_order = sorted(marks.shown, key=lambda mark: mark.lane)
            await self._db.execute(SHOWN, *_columns(in_order, 4))
        for about in sorted(marks.sending):
            await self._db.execute(SENDING, about.version, about.lane)
        if marks.settled:
            await self._db.execute(SETTLED, *_columns(marks.settled, 3))
        for m in marks.parked:
            if m.what == "screen":
                await self._db.execute(PARK_SCREEN, m.until, m.key)
            else:
                await self._db.execute(PARK_PARCEL, m.until, m.error, m.key)

    async def attempt(self, event: Event, retry_at: float, state: int, error: str | None, count: int) -> None:
        await self._db.execute(ATTEMPT, count, retry_at, state, error, *event.key)

    async def dirty(self, now: float, limit: int) -> tuple[list[ScreenRow], list[ParcelRow]]:
        screens = await self._db.fetch(DIRTY_SCREENS, now, limit)
        parcels = await self._db.fetch(DIRTY_PARCELS, now, limit)
        return [ScreenRow(*row) for row in screens], [ParcelRow(*row) for row in parcels]


class PostgresStore:
    """The engine when one machine is not enough. In this release one process works on it, and `open` refuses a second one."""

    single = False
    transient: tuple[type[Exception], ...] = (
        asyncpg.PostgresConnectionError,
        asyncpg.InterfaceError,
        asyncpg.CannotConnectNowError,
        asyncpg.AdminShutdownError,
        asyncpg.CrashShutdownError,
        asyncpg.DeadlockDetectedError,
        asyncpg.SerializationError,
        asyncpg.QueryCanceledError,
        asyncpg.TooManyConnectionsError,
        OSError,
    )

    def __init__(self, dsn: str, size: int = 4) -> None:
        self._dsn, self._size = dsn, size
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None
        self._owner: PgConnection = None

    async def open(self) -> None:
        self._owner = await asyncpg.connect(self._dsn, server_settings=ALIVE)
        if not await self._owner.fetchval(OWNS, OWNER):
            base = await self._owner.fetchval("select current_database()")
            await self._owner.close()
            raise Occupied(base)
        self._pool = await asyncpg.create_pool(
            self._dsn,
            min_size=1,
            max_size=self._size,
            max_inactive_connection_lifetime=0,
            server_settings=SERVER_SETTINGS,
            reset=_keep,
        )

    async def close(self) -> None:
        if self._pool:
            await self._pool.close()
        if self._owner:
            await self._owner.close()

    @asynccontextmanager
    async def tx(self) -> AsyncIterator[Tx]:
        if self._pool is None:
            raise ConnectionError("the store is not open")
        async with self._pool.acquire() as connection, connection.transaction():
            yield PostgresTx(connection)


async def _keep(_: PgConnection) -> None:
    """These connections set nothing, so the pool's reset query would be a round trip for nothing."""
