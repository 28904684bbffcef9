"""Migrations: there and back, and what they make is exactly what the statements expect."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from bot import migrate
from services.claims.journal import Journal
from services.db.engine import engine_of
from services.db.tables import metadata
from tests.support.stores import VAULT, address


@pytest.fixture(params=["sqlite", "postgres"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    return address("" if request.param == "sqlite" else request.getfixturevalue("postgres_empty"), tmp_path)


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


APPLICATION = """
insert into application
    (id, client_id, account_id, policy_core_id, state, starts, ends, entered_sealed, asked_at)
    values (7, 'cus-x', 42, 'pol-x', 'saved', '2026-12-01', '2027-11-30', '', 1.5)
"""
OLD_PAYMENT = """
insert into payment (id, application_id, client_id, key, amount, state, charge_id, created_at, closed_at)
    values ({id}, 7, 'cus-x', 'key-{id}', 743218, '{state}', 'charge-{id}', 2.5, {closed})
"""
INSTALMENT = """
insert into payment (id, kind, subject_id, part, client_id, account_id, key, amount, state, created_at, closed_at)
    values (3, 'instalment', 9, 2, 'cus-x', 43, 'key-3', 1835050, 'succeeded', 3.5, 3.5)
"""
POLICY = """
insert into policy
    (core_id, client_id, version, product, status, starts, ends, part_paid, number_index, line_sealed, card_sealed)
    values ('pol-x', 'cus-x', 1, 'kasko', 'active', '2026-12-01', '2027-11-30', true, '', '', '')
"""


async def test_money_is_kept_on_the_way_up_and_down(where: str) -> None:
    """Payments that are older than the paying of instalments go up and down whole; younger ones are not given up for an older release."""

    async def written(*statements: str) -> None:
        await look(where, lambda c: ([c.execute(text(it)) for it in statements], c.commit()))

    async def read(columns: str, table: str = "payment") -> list[tuple[Any, ...]]:
        asked = text(f"select {columns} from {table} order by id")  # noqa: S608 - names of this test's own
        return [tuple(row) for row in await look(where, lambda c: c.execute(asked).fetchall())]

    old = "id, application_id, client_id, key, amount, state, charge_id, created_at, closed_at"
    purpose = "id, kind, subject_id, part, account_id, amount, state"
    await migrate.upgrade(where, "0011")
    first, second = (
        OLD_PAYMENT.format(id=id_, state=state, closed=closed)
        for id_, state, closed in ((1, "canceled", 2.75), (2, "link", "null"))
    )
    await written(APPLICATION, first, second)
    before = await read(old)
    await migrate.upgrade(where, "0012")
    new = [(1, "application", 7, 0, 42, 743218, "canceled"), (2, "application", 7, 0, 42, 743218, "link")]
    assert await read(purpose) == new
    await migrate.downgrade(where, "0011")
    assert await read(old) == before
    await migrate.upgrade(where, "0012")
    await written(INSTALMENT)
    with pytest.raises(ValueError, match="1 payments"):
        await migrate.downgrade(where, "0011")
    assert await migrate.current(where) == "0012"
    assert await read(purpose) == [*new, (3, "instalment", 9, 2, 43, 1835050, "succeeded")]
    await written(POLICY)
    await migrate.upgrade(where)
    assert await look(where, differences) == []
    [(looked_into,)] = await read("owed_since", "policy")
    assert str(looked_into) < "2026", "nobody knows what is owed for it: it is opened"
    await migrate.downgrade(where, "0012")
    await migrate.upgrade(where)
    assert [row[0] for row in await read("id")] == [1, 2, 3]


NOTE = """
insert into note (client_id, account_id, draft, subject, day, text_sealed) values ('cus-x', 42, '{draft}', '', '2026-12-01', '')
"""


async def test_a_number_that_was_given_is_not_given_again(where: str) -> None:
    """A message about a row is known by its number for longer than the row is kept: the next one's would never leave."""

    async def number(draft: str) -> int:
        asked = text("select max(id) from note")
        await look(where, lambda c: (c.execute(text(NOTE.format(draft=draft))), c.commit()))
        return int(await look(where, lambda c: c.execute(asked).scalar_one()))

    await migrate.upgrade(where, "0013")
    old = await number("older than this release")
    await migrate.upgrade(where)
    assert await look(where, indexes) == declared()
    await look(where, lambda c: (c.execute(text("delete from note")), c.commit()))
    young = await number("another")
    assert young > old
    await look(where, lambda c: (c.execute(text("delete from note")), c.commit()))
    assert await number("a third") > young
    await migrate.downgrade(where, "0013")
    await migrate.upgrade(where)
    assert await look(where, differences) == []


CLAIM = """
insert into claim (id, client_id, account_id, policy_core_id, state, product, event, happened_on, entries, head, filed_at)
    values (4, 'cus-x', 42, 'pol-x', 'sent', 'osago', 'injured', '2026-11-17', 2, :head, 1.5)
"""


async def test_journals_that_are_there_already_are_sealed(where: str) -> None:
    async def head() -> bytes:
        return bytes((await look(where, lambda c: c.execute(text("select head from claim")).scalar())) or b"")

    mark = b"h" * 32
    await migrate.upgrade(where, "0014")
    await look(where, lambda c: (c.execute(text(CLAIM), {"head": mark}), c.commit()))
    with pytest.raises(LookupError, match="bot migrate"):
        await migrate.upgrade(where)
    await migrate.upgrade(where, vault=VAULT)
    assert Journal(VAULT).head(4, 2, await head()) == mark
    await migrate.downgrade(where, "0014", vault=VAULT)
    assert await head() == mark
