"""SQLAlchemy's own engine, for what runs off the lanes: migrations, the command line, exports. Never the hot path."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool


def engine_of(database: str) -> AsyncEngine:
    """`sqlite:PATH` by aiosqlite, `postgresql://…` by asyncpg. Connections are not kept."""
    if database.startswith("sqlite:"):
        path = Path(database.removeprefix("sqlite:"))
        path.parent.mkdir(parents=True, exist_ok=True)
        return create_async_engine(f"sqlite+aiosqlite:///{path}", poolclass=NullPool, connect_args={"timeout": 5})
    return create_async_engine(database.replace("postgresql://", "postgresql+asyncpg://", 1), poolclass=NullPool)
