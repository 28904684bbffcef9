"""Migrations: there and back, and what they make is exactly what the statements expect."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect

from bot import migrate
from services.db.engine import engine_of
from services.db.tables import metadata
from tests.support.stores import address


@pytest.fixture
def where(database: str, tmp_path: Path) -> str:
    return address(database, tmp_path)


async def look(where: str, eye: Any) -> Any:
    engine = engine_of(where)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(eye)
    finally:
        await engine.dispose()


def ours(name: str | None, kind: str, _: Any) -> bool:
    """Not the tables SQLite's full text search keeps for itself."""
    return kind != "table" or name is None or not name.startswith("passage_search")


def tables(connection: Connection) -> set[str]:
    return {name for name in inspect(connection).get_table_names() if ours(name, "table", {})} - {"alembic_version"}


def differences(connection: Connection) -> list[Any]:
    options = {"compare_type": True, "compare_server_default": False, "target_metadata": metadata, "include_name": ours}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def indexes(connection: Connection) -> dict[str, set[tuple[Any, ...]]]:
    """Every index with its columns, whether it is unique, and for which rows."""
    found: dict[str, set[tuple[Any, ...]]] = {}
    for table in tables(connection):
        for index in inspect(connection).get_indexes(table):
            options = index.get("dialect_options", {})
            rows = str(options.get("sqlite_where", options.get("postgresql_where", "")))
            if index.get("duplicates_constraint"):
                continue
            name, columns = index["name"], tuple(index["column_names"])
            found.setdefault(table, set()).add((name, columns, bool(index["unique"]), rows.lower().strip("()")))
    return found


def declared() -> dict[str, set[tuple[Any, ...]]]:
    found: dict[str, set[tuple[Any, ...]]] = {}
    for table in metadata.tables.values():
        for index in table.indexes:
            rows = index.dialect_options["sqlite"]["where"]
            columns = tuple(column.name for column in index.columns)
            found.setdefault(table.name, set()).add(
                (index.name, columns, bool(index.unique), "" if rows is None else str(rows).lower())
            )
    return found


async def test_up_down_up(where: str) -> None:
    assert await migrate.current(where) == ""
    await migrate.upgrade(where)
    assert await migrate.current(where) == migrate.head()
    assert await look(where, tables) == set(metadata.tables)
    await migrate.downgrade(where, "base")
    assert await migrate.current(where) == ""
    assert await look(where, tables) == set()
    await migrate.upgrade(where)
    await migrate.upgrade(where)
    assert await look(where, tables) == set(metadata.tables)


async def test_what_migrations_make_is_what_the_tables_say(where: str) -> None:
    await migrate.upgrade(where)
    assert await look(where, differences) == []
    assert await look(where, indexes) == declared()
