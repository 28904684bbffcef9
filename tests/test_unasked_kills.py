"""The bot is killed all along the way of real reminders, from the wake to the chat: an offer comes at most once, a deadline at least once.

Twenty clients are due at one moment. Ten have a contract that ends in three days, and hear of it; ten had one that ended four days ago and
have agreed to be offered another.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import date
from decimal import Decimal

import pytest

from bot.adapters import make_vault
from bot.insurer import consent_texts
from playground.core.drafts import Drafts, customer, named
from services.accounts import Accounts
from services.consent import MARKETING, PROCESSING, Consents
from services.db.pipe import Event
from services.db.sqlite import SqliteStore
from services.db.unit import Unit
from services.history import History
from services.reminders import Choices, choices, wakes
from services.sessions import Sessions
from tests.support.scene import Nursery, Scene, scene

SEED = 20261122
OFFERED = range(900_001, 900_011)
REMINDED = range(900_011, 900_021)
DEATHS = 8


@pytest.fixture(scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery) -> AsyncIterator[Scene]:
    async with scene(tmp_path_factory.mktemp("unasked"), nursery) as made:
        yield made


async def enrolled(stage: Scene, user: int) -> None:
    """A client of the insurer whose newest reminder was due yesterday, and a chat that has begun."""
    register = stage.world.core.register
    drafts = Drafts(register.today(), random.Random(user))
    client = customer(user, named("Соколова", "Ирина"), date(1990, 3, 15), 30 + user % 100, None)
    register.customers.save(client)
    driver = drafts.driver(client.name, client.birth_date, date(2011, 6, 7), client.sex)
    term = drafts.until(-4 if user in OFFERED else 3)
    policy = drafts.osago(client, drafts.car("Kia Rio", 2019, "Z94", "799"), term, Decimal(7000), [driver])
    register.policies.save(policy.model_copy(update={"policy_id": f"pol-{user}"}))
    await stage.call("POST", "/client/users", {"id": user, "first_name": "Ирина", "language_code": "ru"})
    await stage.call("POST", f"/client/{user}/text", {"text": "/start"})


async def woken(stage: Scene) -> None:
    """While the bot is down: every chat is bound, nobody has quiet hours, and all are to be looked at now."""
    settings, now = stage.settings, stage.world.world.clock.now()
    history = History(vault := make_vault(settings))
    sessions, consents = Sessions(vault, history), Consents(consent_texts(settings.brand), history)
    accounts = Accounts(consents.text(PROCESSING, "ru").version, ("ru", "en"), history)
    store = SqliteStore(stage.database)
    await store.open()
    for user in (*OFFERED, *REMINDED):
        async with store.tx() as tx:
            unit, client = Unit(tx, Event("test", f"woken:{user}", f"tg:{user}", b""), now), f"cus-{user}"
            await consents.answer(unit, await accounts.enter(unit, user, "ru"), PROCESSING, given=True)
            await sessions.bind(unit, await accounts.enter(unit, user, "ru"), client)
            await consents.answer(unit, await accounts.enter(unit, user, "ru"), MARKETING, given=user in OFFERED)
            await choices.write(unit, client, Choices(quiet_from=0, quiet_to=0))
            await wakes.plan(unit, client, now)
    await store.close()


async def seen(stage: Scene, user: int, words: str) -> int:
    """How many messages of the bot say so."""
    chat = await stage.call("GET", f"/client/{user}/chat?since=0")
    return sum(message["from"] == "bot" and words in (message["text"] or "") for message in chat["messages"])


async def test_at_most_once_and_at_least_once_whenever_the_bot_dies(stage: Scene) -> None:
    await stage.renew(bold=True, before=True, papers=False)
    for user in (*OFFERED, *REMINDED):
        await enrolled(stage, user)
    assert await stage.calm()
    assert await stage.stop() == 0
    await woken(stage)
    luck = random.Random(SEED)
    while True:
        stage.fuse.set(luck.randint(6, 40) if len(stage.deaths) < DEATHS else 0)
        await stage.start()
        if not stage.victim.dead and await stage.calm():
            break
        stage.deaths.append(stage.fuse.name)
    assert len(stage.deaths) == DEATHS, stage.deaths
    with closing(sqlite3.connect(f"file:{stage.database}?mode=ro", uri=True)) as database:
        unknown = {row[0] for row in database.execute("select lane from inbox where event_id like 'unknown:%'")}
        dirty = database.execute("select lane from screen where version > shown").fetchall()
        left = database.execute(
            "select client_id from wake where claimed_at is null and client_id like 'cus-900%'"
        ).fetchall()
        keys = database.execute("select client_id, kind, step from reminder order by client_id").fetchall()
        quotes = database.execute("select distinct state from quote").fetchall()
    assert (dirty, left, quotes) == ([], [], [("given",)])
    steps = [(f"cus-{user}", "offer", -3) for user in OFFERED] + [(f"cus-{user}", "renewal", 4) for user in REMINDED]
    assert keys == steps, "each key once in the journal"
    for user in OFFERED:
        count = await seen(stage, user, "полис закончился")
        assert count <= 1, stage.deaths
        assert count or f"tg:{user}" in unknown, "what nobody knows is written down"
    for user in REMINDED:
        assert await seen(stage, user, "полис заканчивается") >= 1, stage.deaths
        assert f"tg:{user}" not in unknown
