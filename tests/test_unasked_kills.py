"""The bot is killed while twenty people are told what they have not asked for: an offer comes at most once, a deadline at least once."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing

import pytest

from bot.adapters import make_vault
from tests.support.scene import Nursery, Scene, scene

SEED = 20261122
OFFERED = range(900_001, 900_011)
REMINDED = range(900_011, 900_021)


@pytest.fixture(scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery) -> AsyncIterator[Scene]:
    async with scene(tmp_path_factory.mktemp("unasked"), nursery) as made:
        yield made


def told(stage: Scene) -> None:
    """While the bot is down: each chat has its event waiting."""
    vault = make_vault(stage.settings)
    with closing(sqlite3.connect(stage.database)) as database, database:
        for user in (*OFFERED, *REMINDED):
            body = json.dumps({"type": "test.reminder", "once": user in OFFERED}).encode()
            sealed = vault.seal("inbox.body", f"test:{user}", body)
            database.execute(
                "insert into inbox(source, event_id, lane, body) values('test', ?, ?, ?)", (user, f"tg:{user}", sealed)
            )


async def seen(stage: Scene, user: int) -> int:
    """How many reminders stand in the chat, or stood there."""
    chat = await stage.call("GET", f"/client/{user}/chat?since=0")
    return sum(message["from"] == "bot" and "/support" in (message["text"] or "") for message in chat["messages"])


async def test_at_most_once_and_at_least_once_whenever_the_bot_dies(stage: Scene) -> None:
    await stage.renew(bold=True, before=True, papers=False)
    for user in (*OFFERED, *REMINDED):
        await stage.call("POST", "/client/users", {"id": user, "first_name": "Ирина", "language_code": "ru"})
        await stage.call("POST", f"/client/{user}/text", {"text": "/start"})
    assert await stage.calm()
    assert await stage.stop() == 0
    told(stage)
    luck = random.Random(SEED)
    while True:
        stage.fuse.set(luck.randint(6, 24) if len(stage.deaths) < 8 else 0)
        await stage.start()
        if not stage.victim.dead and await stage.calm():
            break
        stage.deaths.append(stage.fuse.name)
    assert len(stage.deaths) >= 5
    with closing(sqlite3.connect(f"file:{stage.database}?mode=ro", uri=True)) as database:
        unknown = {row[0] for row in database.execute("select lane from inbox where event_id like 'unknown:%'")}
        dirty = database.execute("select lane from screen where version > shown").fetchall()
        undone = database.execute("select event_id from inbox where source = 'test' and state <> 1").fetchall()
    assert (dirty, undone) == ([], [])
    for user in OFFERED:
        count = await seen(stage, user)
        assert count <= 1, stage.deaths
        assert count or f"tg:{user}" in unknown, "what nobody knows is written down"
    for user in REMINDED:
        assert await seen(stage, user) >= 1, stage.deaths
        assert f"tg:{user}" not in unknown
