"""Statements written once in SQLAlchemy Core, compiled once for both databases, run by the driver itself.

A step runs two to five statements; through SQLAlchemy's execution each would cost eight times as much as the driver asks for
(`docs/decisions/0003-statements.md`). Names and types still come from the tables, so a statement cannot drift from the schema.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, Protocol, TypeVar, cast

from sqlalchemy import ClauseElement, ColumnElement, Executable, Select, UpdateBase, bindparam, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql.asyncpg import dialect as AsyncpgDialect  # noqa: N812 - a class under a module's name
from sqlalchemy.dialects.sqlite.aiosqlite import dialect as AiosqliteDialect  # noqa: N812 - a class under a module's name
from sqlalchemy.sql.compiler import SQLCompiler

T = TypeVar("T")
Kind = Literal["sqlite", "postgres"]
Convert = Callable[[Any], Any]
_FLOAT8 = 701  # the only numeric type of our tables in PostgreSQL's own numbering; other types do not look at it
_DIALECTS: dict[Kind, Any] = {
    "sqlite": AiosqliteDialect(),
    "postgres": AsyncpgDialect(),  # type: ignore[no-untyped-call] # SQLAlchemy leaves this constructor untyped
}


class Connection(Protocol):
    """What a statement needs of a transaction: which database it is, and a way to run a text."""

    @property
    def kind(self) -> Kind: ...

    async def fetch(self, sql: str, args: Sequence[Any]) -> Sequence[Sequence[Any]]:
        """Run and return all rows."""
        ...

    async def execute(self, sql: str, args: Sequence[Any]) -> int:
        """Run and return the number of rows touched."""
        ...


@dataclass(frozen=True, slots=True)
class _Form:
    """One statement in one dialect: its text, how to bind by name, how to read each column."""

    sql: str
    binds: Sequence[tuple[str, Any, Convert | None]]
    reads: Sequence[tuple[int, Convert]]

    def args(self, values: dict[str, Any]) -> list[Any]:
        return [
            convert(value) if convert and value is not None else value
            for name, default, convert in self.binds
            for value in (values.get(name, default),)
        ]

    def read(self, row: Sequence[Any]) -> Sequence[Any]:
        if not self.reads:
            return row
        cells = list(row)
        for position, convert in self.reads:
            cells[position] = convert(cells[position])
        return cells


def _compile(statement: Executable, kind: Kind) -> _Form:
    """Raises ValueError for what SQLAlchemy writes out at every execution only."""
    dialect = _DIALECTS[kind]
    compiled = cast(SQLCompiler, cast(ClauseElement, statement).compile(dialect=dialect))
    if "POSTCOMPILE" in compiled.string:
        raise ValueError("`in_` is written out at every execution by SQLAlchemy, which we do without: use `among`")
    order = compiled.positiontup or []
    binds = [
        (name, compiled.binds[name].value, compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
        for name in order
    ]
    columns = statement.exported_columns if isinstance(statement, (Select, UpdateBase)) else ()
    reads = [
        (position, convert)
        for position, column in enumerate(columns)
        if (convert := column.type.dialect_impl(dialect).result_processor(dialect, _FLOAT8))
    ]
    return _Form(compiled.string, binds, reads)


def _both(statement: Executable, postgres: Executable | None) -> dict[Kind, _Form]:
    return {
        "sqlite": _compile(statement, "sqlite"),
        "postgres": _compile(statement if postgres is None else postgres, "postgres"),
    }


def as_it_comes(*columns: Any) -> tuple[Any, ...]:
    """A row that its reader takes apart itself."""
    return columns


class Command:
    """A statement whose rows nobody reads. `run` returns how many rows it touched."""

    def __init__(self, statement: Executable, postgres: Executable | None = None) -> None:
        self._forms = {
            "sqlite": _compile(statement, "sqlite"),
            "postgres": _compile(statement if postgres is None else postgres, "postgres"),
        }

    async def run(self, db: Connection, /, **values: Any) -> int:
        form = self._forms[db.kind]
        return await db.execute(form.sql, form.args(values))

    async def explained(self, db: Connection, /, **values: Any) -> str:
        """How the database means to run it."""
        return await _explained(db, self._forms[db.kind], values)


class Query(Generic[T]):
    """A statement that returns rows, each made into a `T` by `into(*columns)`."""

    def __init__(self, statement: Executable, into: Callable[..., T], postgres: Executable | None = None) -> None:
        self._forms = {
            "sqlite": _compile(statement, "sqlite"),
            "postgres": _compile(statement if postgres is None else postgres, "postgres"),
        }
        self._into = into

    async def all(self, db: Connection, /, **values: Any) -> list[T]:
        form = self._forms[db.kind]
        return [self._into(*form.read(row)) for row in await db.fetch(form.sql, form.args(values))]

    async def first(self, db: Connection, /, **values: Any) -> T | None:
        """The first row, or None."""
        form = self._forms[db.kind]
        rows = await db.fetch(form.sql, form.args(values))
        return self._into(*form.read(rows[0])) if rows else None

    async def explained(self, db: Connection, /, **values: Any) -> str:
        """How the database means to run it."""
        return await _explained(db, self._forms[db.kind], values)


async def _explained(db: Connection, form: _Form, values: dict[str, Any]) -> str:
    plan = await db.fetch(("explain query plan " if db.kind == "sqlite" else "explain ") + form.sql, form.args(values))
    return "\n".join(str(row[-1]) for row in plan)


def among(column: ColumnElement[Any], values: Sequence[Any]) -> ColumnElement[bool]:
    """`column IN values`, with the values known when the statement is compiled."""
    return or_(*(column == value for value in values))


def upsert(table: Any, key: Sequence[str], keep: Sequence[str] = (), *, newer: bool = False) -> Command:
    """Insert a row, or replace every column but `key` and `keep` where it exists.

    `newer`: only when the stored `version` is lower, so that a repeated or older resource changes nothing (L1).
    """
    forms = []
    for insert in (sqlite.insert, postgresql.insert):
        statement = insert(table).values(
            {c.name: bindparam(c.name, type_=c.type) for c in table.columns if not _numbered(c)}
        )
        changed = {
            c.name: statement.excluded[c.name]
            for c in table.columns
            if c.name not in (*key, *keep) and not _numbered(c)
        }
        forms.append(
            statement.on_conflict_do_update(
                index_elements=list(key),
                set_=changed,
                where=table.c.version < statement.excluded.version if newer else None,
            )
        )
    return Command(forms[0], postgres=forms[1])


def _numbered(column: Any) -> bool:
    return bool(column.primary_key and column.autoincrement is True)
