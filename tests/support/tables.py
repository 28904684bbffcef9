"""Databases with today's tables: migrations run once for a worker of the tests, and what they have made is copied.

What migrations do is tested by themselves; a process that finds everything there still looks whether it is.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg

from bot import migrate
from services.db.sqlite import SqliteStore
from services.knowledge import knowledge


def sqlite_tables(path: Path, shelf: Path) -> None:
    """A new SQLite at `path`, unless there is one. `shelf` is a folder that the tests of a worker share."""
    _copied(path, shelf / "tables.db", lambda made: apart(migrate.upgrade(f"sqlite:{made}")))


def sqlite_town(path: Path, shelf: Path) -> None:
    """The same with the index of the knowledge base, which a bot would make at its start."""

    def make(made: Path) -> None:
        sqlite_tables(made, shelf)
        apart(_fill(made))

    _copied(path, shelf / "town.db", make)


def _copied(path: Path, ready: Path, make: Callable[[Path], None]) -> None:
    if path.exists():
        return
    if not ready.exists():
        ready.parent.mkdir(exist_ok=True)
        made = ready.with_suffix(".new")
        make(made)
        made.rename(ready)
    shutil.copyfile(ready, path)


async def _fill(made: Path) -> None:
    store = SqliteStore(made)
    await store.open()
    async with store.tx() as tx:
        await knowledge().refresh(tx)
    await store.close()


@contextmanager
def postgres_tables(server: str) -> Iterator[str]:
    """The name of a database that others are copied from."""
    with postgres_database(server) as (name, address):
        apart(migrate.upgrade(address))
        yield name


@contextmanager
def postgres_database(server: str, template: str = "template1") -> Iterator[tuple[str, str]]:
    """A fresh database, by name and address: empty, or like the template."""
    name = f"t{os.urandom(6).hex()}"
    apart(
        _execute(server, f'create database "{name}" template "{template}" strategy file_copy')
    )  # 5 times as fast, without fsync
    yield name, re.sub(r"/postgres(?=\?|$)", f"/{name}", server)
    apart(_execute(server, f'drop database "{name}" with (force)'))


def make_hasty(server: str) -> None:
    """A server that lives as long as a run need not survive the machine: to drop a database waits for the disk otherwise."""
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        apart(_execute(server, f"alter system set {setting} = off"))
    apart(_execute(server, "select pg_reload_conf()"))


async def _execute(url: str, sql: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(sql)
    await connection.close()


def apart(work: Coroutine[Any, Any, None]) -> None:
    """Run it outside of the tests' loop."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()
