"""Migrations: bring the database to the head of `migrations/`, or say how far it is."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from services.db.engine import engine_of
from services.vault import Vault

FOLDER = Path(__file__).parent.parent / "migrations"


def _config(connection: Connection | None = None, vault: Vault | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"], config.attributes["vault"] = connection, vault
    return config


def head() -> str:
    """The newest revision this release knows."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


async def current(database: str) -> str:
    """The revision the database is at; empty for an empty database."""
    engine = engine_of(database)
    async with engine.connect() as connection:
        found = await connection.run_sync(lambda c: MigrationContext.configure(c).get_current_revision())
    await engine.dispose()
    return found or ""


async def upgrade(database: str, revision: str = "head", vault: Vault | None = None) -> None:
    """Run the migrations up to `revision`. `vault` is for those that seal what is there already."""
    engine = engine_of(database)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda c: command.upgrade(_config(c, vault), revision))
    finally:
        await engine.dispose()


async def downgrade(database: str, revision: str, vault: Vault | None = None) -> None:
    """Run the migrations down to `revision` (`base` empties the database)."""
    engine = engine_of(database)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(lambda c: command.downgrade(_config(c, vault), revision))
    finally:
        await engine.dispose()
