"""Planning and claiming of reminders in a small and a large portfolio with the same number due: `python -m bench.reminders [--postgres]`.

Both run in one go and interleaved; only the ratio of the two means something.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import asyncpg
from sqlalchemy import delete, insert

from bench.postgres import postgres
from services.db.engine import engine_of
from services.db.pipe import Event, Store
from services.db.postgres import PostgresStore
from services.db.sqlite import SqliteStore
from services.db.statement import Command
from services.db.tables import account, binding, metadata, term, wake
from services.db.unit import Unit
from services.reminders import wakes
from services.reminders.zones import ZONES

SIZES = (10_000, 1_000_000)
DUE = 500
"""Contracts of the morning, in each portfolio."""
ROUNDS = 7
MORNING = datetime(2026, 11, 1, 7, tzinfo=UTC)
CHUNK = 20_000
SLOT = "Europe/Moscow"


async def portfolio(address: str, size: int) -> None:
    """A database with so many contracts, of which `DUE` end in thirty days in Moscow; every owner has a chat."""
    engine = engine_of(address)
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
        for first in range(0, size, CHUNK):
            numbers = range(first, min(first + CHUNK, size))
            now = MORNING - timedelta(days=100)
            people = [{"id": n, "language": "ru", "created_at": now, "seen_at": now} for n in numbers]
            bound = [{"account_id": n, "client_id": f"cus-{n}", "bound_at": now, "active_at": now} for n in numbers]
            await connection.execute(insert(account), people)
            await connection.execute(insert(binding), bound)
            await connection.execute(insert(term), [_term(n) for n in numbers])
    async with engine.connect() as connection:
        await (await connection.execution_options(isolation_level="AUTOCOMMIT")).exec_driver_sql("analyze")
    await engine.dispose()


def _term(number: int) -> dict[str, object]:
    due = number < DUE
    day = MORNING.date() + timedelta(days=30) if due else date(2027, 2, 1) + timedelta(days=number % 300)
    slot = SLOT if due else ZONES[number % len(ZONES)]
    facts = {"kind": "renewal", "subject": str(number), "day": day, "client_id": f"cus-{number}", "slot": slot}
    return {"owner": f"policy:{number}", **facts}


async def measured(store: Store) -> tuple[float, float]:
    """Seconds of planning one morning, and of claiming all it has found. Everything is undone."""
    forget = Command(delete(wake))
    async with store.tx() as tx:
        await forget.run(tx)
        unit = Unit(tx, Event("bench", "1", wakes.LANE, b""), MORNING)
        await wakes.SET.run(unit, key=wakes.PLANNED, value=str((MORNING - timedelta(hours=1)).timestamp()))
        began = time.perf_counter()
        await wakes.plan_all(unit)
        planned = time.perf_counter()
        taken = 0
        while found := await wakes.claim(unit, MORNING, 20):
            taken += found
        done = time.perf_counter()
    if taken != DUE:
        raise AssertionError(f"{taken} wakes, not {DUE}")
    return planned - began, done - planned


@asynccontextmanager
async def stores(folder: Path, server: str) -> AsyncIterator[list[Store]]:
    """A store for each size."""
    async with AsyncExitStack() as stack:
        made: list[Store] = []
        for size in SIZES:
            if server:
                store: Store = PostgresStore(address := await database(server, f"reminders{size}"))
            else:
                store, address = SqliteStore(folder / f"{size}.db"), f"sqlite:{folder / f'{size}.db'}"
            sys.stderr.write(f"filling {size}\n")
            await portfolio(address, size)
            await store.open()
            stack.push_async_callback(store.close)
            made.append(store)
        yield made


async def database(server: str, name: str) -> str:
    """A new one at this server."""
    connection = await asyncpg.connect(server)
    await connection.execute(f"create database {name}")
    await connection.close()
    return re.sub(r"/bench(?=\?|$)", f"/{name}", server)


async def run(folder: Path, server: str) -> str:
    """The line of the report."""
    async with stores(folder, server) as (small, large):
        figures: dict[Store, list[tuple[float, float]]] = {small: [], large: []}
        for _ in range(ROUNDS):
            for store in (small, large):
                figures[store].append(await measured(store))
    plan = [statistics.median(plan for plan, _ in figures[store]) for store in (small, large)]
    claim = [statistics.median(claim for _, claim in figures[store]) for store in (small, large)]
    name = "PostgreSQL" if server else "SQLite"
    return (
        f"| {name} | {DUE} | {plan[0] * 1000:.1f} ms | {plan[1] * 1000:.1f} ms | **{plan[1] / plan[0]:.2f}** "
        f"| {claim[0] * 1000:.1f} ms | {claim[1] * 1000:.1f} ms | **{claim[1] / claim[0]:.2f}** |"
    )


async def beside(folder: Path) -> str:
    """The same on PostgreSQL."""
    async with postgres() as (server, _):
        return await run(folder, server)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.reminders", description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="PostgreSQL instead of SQLite")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cabinet-bench-") as folder:
        line = asyncio.run(beside(Path(folder)) if options.postgres else run(Path(folder), ""))
    sys.stdout.write(line + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
