"""What the playground remembers between two starts: small JSON documents in one SQLite file, and files beside it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Store:
    """`put` survives a crash of the process (write-ahead log), but not a power cut.

    Documents are plain JSON objects addressed by (kind, key); iteration keeps the order of first insertion.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.files = folder / "files"
        self.files.mkdir(exist_ok=True)
        self._db = sqlite3.connect(folder / "playground.db", isolation_level=None)
        self._db.executescript(
            "pragma journal_mode=wal; pragma synchronous=off;"
            "create table if not exists doc(id integer primary key, kind text, key text, body text, unique(kind, key));"
        )

    def put(self, kind: str, key: str | int, value: dict[str, Any]) -> None:
        """Insert or replace one document."""
        self._db.execute(
            "insert into doc(kind, key, body) values(?, ?, ?) on conflict do update set body = excluded.body",
            (kind, str(key), json.dumps(value, ensure_ascii=False)),
        )

    def get(self, kind: str, key: str | int) -> dict[str, Any] | None:
        """One document, or None."""
        row = self._db.execute("select body from doc where kind = ? and key = ?", (kind, str(key))).fetchone()
        return json.loads(row[0]) if row else None

    def all(self, kind: str) -> dict[str, dict[str, Any]]:
        """Every document of a kind by its key, oldest first."""
        rows = self._db.execute("select key, body from doc where kind = ? order by id", (kind,))
        return {key: json.loads(body) for key, body in rows}

    def where(self, kind: str, field: str, value: str) -> dict[str, dict[str, Any]]:
        """Those of a kind whose top-level field has this value, oldest first, without reading the others."""
        rows = self._db.execute(
            "select key, body from doc where kind = ? and json_extract(body, ?) = ? order by id",
            (kind, f"$.{field}", value),
        )
        return {key: json.loads(body) for key, body in rows}

    def column(self, kind: str, field: str) -> list[Any]:
        """One top-level field of every document of a kind, oldest first."""
        rows = self._db.execute(
            "select json_extract(body, ?) from doc where kind = ? order by id", (f"$.{field}", kind)
        )
        return [value for (value,) in rows]

    def drop(self, kind: str, key: str | int) -> None:
        """Forget one document; unknown ones are ignored."""
        self._db.execute("delete from doc where kind = ? and key = ?", (kind, str(key)))

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is written inside survives a crash as a whole or not at all; nothing may be awaited meanwhile."""
        self._db.execute("begin")
        try:
            yield
        except BaseException:
            self._db.execute("rollback")
            raise
        self._db.execute("commit")

    def clear(self) -> None:
        """Forget everything, files too: `POST /reset`."""
        self._db.execute("delete from doc")
        shutil.rmtree(self.files)
        self.files.mkdir()

    def close(self) -> None:
        """Flush and close."""
        self._db.close()
