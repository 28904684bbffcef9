"""Notifications of the payment provider: hints from anybody who knows the address, believed in nothing but whom to ask about."""

from __future__ import annotations

import asyncio
import io
import json
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_network
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.config import YOOKASSA
from bot.lanes import NotStored
from bot.web.payments import KINDS, LARGEST, NOTIFICATIONS, Networks, Notifications, source_of
from services.db.pipe import Event
from services.db.unit import Unit
from tests.support.ops import rows
from tests.support.payments import ID, payment
from tests.support.town import Town

SECRET = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
PROVIDER = "77.75.153.12"
HERE = (ip_network("127.0.0.1"), ip_network("::1"))
NETS = tuple(ip_network(net) for net in YOOKASSA)


class Inbox:
    """Takes events, or is away."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.away = False

    async def submit(self, event: Event) -> Unit | None:
        if self.away:
            raise NotStored
        self.events.append(event)
        return None


class Door:
    """The listener of notifications alone, over real HTTP."""

    def __init__(self, client: TestClient[web.Request, web.Application], inbox: Inbox) -> None:
        self.client, self.inbox = client, inbox

    async def knock(self, body: bytes, secret: str = SECRET, *forwarded: str) -> int:
        headers = [("X-Forwarded-For", hops) for hops in forwarded]
        async with self.client.post(f"/yookassa/{secret}", data=io.BytesIO(body), headers=headers) as response:
            assert await response.read() in (b"", b"404: Not Found")
            return response.status


@asynccontextmanager
async def opened(networks: Networks = (), proxies: Networks = ()) -> AsyncIterator[Door]:
    inbox = Inbox()
    app = web.Application(client_max_size=1 << 20)
    app.router.add_post(NOTIFICATIONS, Notifications(inbox, SECRET, networks, proxies).handle)
    async with TestClient(TestServer(app)) as client:
        yield Door(client, inbox)


def notice(event: str = "payment.succeeded", **changed: Any) -> bytes:
    return json.dumps({"type": "notification", "event": event, "object": payment(**changed)}).encode()


# -- what is taken ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
async def test_a_notification_is_a_hint_and_nothing_of_it_is_kept_but_whom_to_ask_about(kind: str) -> None:
    async with opened() as door:
        assert await door.knock(notice(kind)) == 200
        [event] = door.inbox.events
    assert (event.source, event.event_id, event.lane) == ("pay", f"{ID}:{kind}", f"pay:{ID}")
    assert json.loads(event.body) == {"type": "payment.hint", "provider_id": ID, "event": kind}


async def test_what_is_not_stored_is_to_be_repeated() -> None:
    async with opened() as door:
        door.inbox.away = True
        assert await door.knock(notice()) == 503
        door.inbox.away = False
        assert await door.knock(notice()) == 200
        assert len(door.inbox.events) == 1


NONE = {
    "nothing": b"",
    "no JSON": b"<html>",
    "no text": b"\xff\xfe",
    "half": notice()[:-5],
    "a list": b"[]",
    "null": b"null",
    "no type": b'{"event": "payment.succeeded", "object": {"id": "1"}}',
    "another type": b'{"type": "error", "event": "payment.succeeded", "object": {"id": "1"}}',
    "an event nobody asked for": notice("payout.succeeded"),
    "no event": b'{"type": "notification", "object": {"id": "1"}}',
    "a list for an event": b'{"type": "notification", "event": ["payment.succeeded"], "object": {"id": "1"}}',
    "no object": b'{"type": "notification", "event": "payment.succeeded"}',
    "a list for an object": b'{"type": "notification", "event": "payment.succeeded", "object": []}',
    "no id": notice(id=None),
    "a number for an id": notice(id=5),
    "an empty id": notice(id=""),
    "a long id": notice(id="a" * 65),
    "an id with a path": notice(id="../refunds"),
    "an id in other letters": notice(id="ид"),
    "an id with a line": notice(id="a\n"),
    "very deep": b"[" * 30_000,
}


@pytest.mark.parametrize("body", NONE.values(), ids=NONE.keys())
async def test_what_no_repeat_could_mend_is_taken_and_forgotten(body: bytes) -> None:
    async with opened() as door:
        assert await door.knock(body) == 200
        assert door.inbox.events == []


@pytest.mark.parametrize("size", [LARGEST + 1, 4 << 20])
async def test_what_is_too_large_is_not_read(size: int) -> None:
    async with opened() as door:
        assert await door.knock(notice(description="x" * size)) == 413
        assert door.inbox.events == []


# -- who may knock ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "secret", ["wrong", SECRET[:-1], SECRET + "0", SECRET.upper(), "%D1%81%D0%B5", "%FF", "%00", SECRET + "/x", ""]
)
async def test_without_the_secret_there_is_no_such_page(secret: str) -> None:
    async with opened() as door:
        assert await door.knock(notice(), secret) == 404
        assert door.inbox.events == []


async def test_only_post_is_taken() -> None:
    async with opened() as door, door.client.get(f"/yookassa/{SECRET}") as response:
        assert response.status == 405


@pytest.mark.parametrize(
    ("forwarded", "status"),
    [
        ([PROVIDER], 200),
        (["185.71.76.31"], 200),
        (["2a02:5180:0:1509::1"], 200),
        (["[2a02:5180:0:1509::1]:443"], 200),
        ([f"{PROVIDER}:5123"], 200),
        (["::ffff:77.75.153.12"], 200),
        (["8.8.8.8, 77.75.153.12"], 200),
        (["8.8.8.8", PROVIDER], 200),
        ([f"{PROVIDER}, 127.0.0.1"], 200),
        (["8.8.8.8"], 403),
        ([f"{PROVIDER}, 8.8.8.8"], 403),
        ([PROVIDER, "8.8.8.8"], 403),
        (["185.71.76.32"], 403),
        (["2a03:5180::1"], 403),
        ([f"{PROVIDER}, unknown"], 403),
        ([f"{PROVIDER}, "], 403),
        ([""], 403),
        ([], 403),
    ],
)
async def test_the_nearest_hop_that_is_no_proxy_of_ours_is_the_source(forwarded: list[str], status: int) -> None:
    async with opened(NETS, HERE) as door:
        assert await door.knock(notice(), SECRET, *forwarded) == status
        assert len(door.inbox.events) == (status == 200)


async def test_without_a_proxy_of_ours_nobody_is_believed() -> None:
    async with opened(NETS, ()) as door:
        assert await door.knock(notice(), SECRET, PROVIDER) == 403
        assert door.inbox.events == []


async def test_a_proxy_of_another_machine() -> None:
    inner = [ip_network("10.0.0.0/8")]
    assert str(source_of("10.0.0.1", [f"8.8.8.8, {PROVIDER}, 10.9.9.9"], inner)) == PROVIDER
    assert str(source_of("8.8.8.8", [PROVIDER], inner)) == "8.8.8.8"
    assert source_of("", [PROVIDER], inner) is None
    assert str(source_of("10.0.0.1", ["10.0.0.2, 10.0.0.3"], inner)) == "10.0.0.2"


# -- in the cabinet ---------------------------------------------------------------------------------------------------


async def knock(city: Town, body: bytes, secret: str = "") -> int:
    secret = secret or city.settings.payments.secret.get_secret_value()
    async with city.http.post(f"{city.bot_url}/yookassa/{secret}", data=io.BytesIO(body)) as response:
        return response.status


async def test_repeats_are_stored_once(city: Town) -> None:
    body = notice(id="repeated-1")
    assert set(await asyncio.gather(*(knock(city, body) for _ in range(20)))) == {200}
    await city.settle()
    assert await rows(city, "select event_id, state from inbox where lane = 'pay:repeated-1'") == [
        ("repeated-1:payment.succeeded", 1)
    ]


async def test_a_thousand_forged_notifications_change_nothing(city: Town) -> None:
    """Whoever has even learnt the address tells of payments that nobody has made: no payment, no application, no call."""
    tables = ("payment", "application", "outbox", "screen")
    before = [await rows(city, f"select count(*) from {table}") for table in tables]  # noqa: S608 - our own words
    dice = random.Random(3)
    for start in range(0, 1000, 50):
        forged = [notice(dice.choice(KINDS), id=f"forged-{number}") for number in range(start, start + 50)]
        assert set(await asyncio.gather(*(knock(city, body) for body in forged))) == {200}
    await city.settle()
    after = [await rows(city, f"select count(*) from {table}") for table in tables]  # noqa: S608 - our own words
    assert after == before
    assert await rows(city, "select count(*) from inbox where lane like 'pay:forged-%' and state <> 1") == [(0,)]


async def test_a_stranger_without_the_secret(city: Town) -> None:
    assert await knock(city, notice(id="stranger-1"), "0" * 32) == 404
    assert await rows(city, "select 1 from inbox where lane = 'pay:stranger-1'") == []
