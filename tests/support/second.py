"""A second look: the cabinet's database through a connection of one's own, and its front door without Telegram before it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from typing import Any

from tests.support.town import Town

_updates = count(3_000_000_001)  # above any number the playground gives


@contextmanager
def database(town: Town) -> Iterator[sqlite3.Connection]:
    """A connection to the SQLite file; what is written is committed at the end."""
    path = town.settings.sqlite_path
    assert path, "this town keeps its data elsewhere"
    with closing(sqlite3.connect(path, timeout=10)) as connection, connection:
        yield connection


def rows(town: Town, sql: str, *args: Any) -> list[tuple[Any, ...]]:
    """What is stored."""
    with database(town) as connection:
        return connection.execute(sql, args).fetchall()


def on_disk(town: Town) -> bytes:
    """Every byte the database has on disk, its journal too."""
    path = town.settings.sqlite_path
    assert path
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(path.name + "*")))


async def update(town: Town, kind: str, content: dict[str, Any]) -> dict[str, Any]:
    """An update as Telegram would post it, secret and all; returns the answer in the body of the 200."""
    body = {"update_id": next(_updates), kind: content}
    secret = town.settings.telegram.secret.get_secret_value()
    url = f"{town.bot_url}{town.settings.webhook_path}"
    async with town.http.post(url, json=body, headers={"X-Telegram-Bot-Api-Secret-Token": secret}) as response:
        assert response.status == 200, await response.text()
        answer: dict[str, Any] = await response.json() if response.content_length else {}
        return answer


def message(number: int, **content: Any) -> dict[str, Any]:
    """A message of this person in their private chat."""
    sender = {"id": number, "is_bot": False, "first_name": "Ирина", "language_code": "ru"}
    chat = {"id": number, "type": "private", "first_name": "Ирина"}
    return {"message_id": 900_000, "date": 1_790_000_000, "chat": chat, "from": sender, **content}


async def says(town: Town, number: int, **content: Any) -> None:
    """The person sends something the playground's phone would never send."""
    await update(town, "message", message(number, **content))
    await town.settle()
