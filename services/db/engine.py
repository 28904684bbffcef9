"""SQLAlchemy's own engine, for what runs off the lanes: migrations, the command line, exports. Never the hot path."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from services.db.statement import Kind


def engine_of(database: str) -> AsyncEngine:
    """`sqlite:PATH` by aiosqlite, `postgresql://…` by asyncpg. Connections are not kept."""
    if database.startswith("sqlite:"):
        path = Path(database.removeprefix("sqlite:"))
        path.parent.mkdir(parents=True, exist_ok=True)
        return create_async_engine(f"sqlite+aiosqlite:///{path}", poolclass=NullPool, connect_args={"timeout": 5})
    return create_async_engine(database.replace("postgresql://", "postgresql+asyncpg://", 1), poolclass=NullPool)


class Plain:
    """An engine's connection as our statements see one (`services.db.statement.Connection`)."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    @property
    def kind(self) -> Kind:
        return "sqlite" if self._db.dialect.name == "sqlite" else "postgres"

    async def fetch(self, sql: str, args: Sequence[Any]) -> Sequence[Sequence[Any]]:
        return (await self._db.exec_driver_sql(sql, tuple(args))).fetchall()

    async def execute(self, sql: str, args: Sequence[Any]) -> int:
        return (await self._db.exec_driver_sql(sql, tuple(args))).rowcount
