"""A store of each kind with today's tables, and short words for what is put into it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from services.db.pipe import Event, Ledger, Parcel, Store, Tx, Written
from services.db.postgres import PostgresStore
from services.db.sqlite import SqliteStore
from services.db.unit import Unit
from services.vault import Vault
from tests.support.tables import sqlite_tables

NOW = 1_795_000_000.0
VAULT = Vault({1: b"1" * 32}, b"2" * 32, b"3" * 32)


def address(database: str, folder: Path) -> str:
    """The setting of a database: that of PostgreSQL as it is, SQLite's in this folder."""
    return database or f"sqlite:{folder / 'cabinet.db'}"


def store_of(database: str, folder: Path) -> Store:
    return PostgresStore(database) if database else SqliteStore(folder / "cabinet.db")


@asynccontextmanager
async def opened(database: str, folder: Path) -> AsyncIterator[Store]:
    """A store over fresh tables. A PostgreSQL has them already, see `postgres_database`."""
    if not database:
        sqlite_tables(folder / "cabinet.db", folder.parent / "tables")
    store = store_of(database, folder)
    await store.open()
    try:
        yield store
    finally:
        await store.close()


def event(event_id: str, lane: str = "tg:1", **more: Any) -> Event:
    return Event("test", event_id, lane, b"", **more)


def parcel(dedup: str, **more: Any) -> Parcel:
    return Parcel(dedup, more.pop("channel", "telegram"), {}, lane=more.pop("lane", "tg:1"), **more)


async def write(store: Store, now: float = NOW, **ledger: Any) -> Written:
    """One ledger in a transaction of its own; the lanes are locked first, as the pipe does."""
    written = Ledger(**ledger)
    lanes = sorted({e.lane for e in written.done} | set(written.states) | set(written.screens))
    async with store.tx() as tx:
        await tx.lock(lanes)
        return await tx.write(written, now)


async def rows(store: Store, sql: str) -> list[tuple[Any, ...]]:
    """What stands in the tables."""
    async with store.tx() as tx:
        return [tuple(row) for row in await tx.fetch(sql, ())]


def unit(tx: Tx, lane: str = "tg:1", now: float = NOW, event_id: str = "1") -> Unit:
    """A step's unit of work on this transaction."""
    return Unit(tx, event(event_id, lane), datetime.fromtimestamp(now, UTC))
