"""The core's events: only signed ones, each once, the newest word wins; and the first reading of its lists."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import random
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.lanes import NotStored
from bot.web.public import CORE_EVENTS, CoreEvents
from services.clock import Clock
from services.db.pipe import Event
from services.db.unit import Unit
from tests.support.ops import rows
from tests.support.resources import customer, policy
from tests.support.town import Town, town

KEYS = {"core-1": b"the first key", "core-2": b"the second key"}


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
    """The listener of events alone, over real HTTP."""

    def __init__(self, client: TestClient[web.Request, web.Application], inbox: Inbox, clock: Clock) -> None:
        self.client, self.inbox, self.clock = client, inbox, clock

    async def knock(self, body: bytes, headers: dict[str, str]) -> int:
        async with self.client.post(CORE_EVENTS, data=io.BytesIO(body), headers=headers) as response:
            return response.status

    def signed(self, body: bytes, *, key_id: str = "core-1", skew: float = 0, key: bytes = b"") -> dict[str, str]:
        return headers(body, self.clock.time() + skew, key_id, key or KEYS.get(key_id, b"?"))


def headers(body: bytes, at: float, key_id: str, key: bytes) -> dict[str, str]:
    stamp = str(int(at))
    right = hmac.new(key, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {"X-Cabinet-Timestamp": stamp, "X-Cabinet-Key-Id": key_id, "X-Cabinet-Signature": f"v1={right}"}


def event(event_id: str = "evt_1", kind: str = "customer.changed", **resource: Any) -> bytes:
    facts = resource or customer()
    return json.dumps({"id": event_id, "type": kind, "occurredAt": "2026-11-21T09:00:00Z", "resource": facts}).encode()


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    inbox, clock = Inbox(), Clock()
    app = web.Application(client_max_size=1 << 20)
    app.router.add_post(CORE_EVENTS, CoreEvents(inbox, KEYS, clock).handle)
    async with TestClient(TestServer(app)) as client:
        yield Door(client, inbox, clock)


# -- the signature ----------------------------------------------------------------------------------------------------


async def test_a_signed_event_is_taken_into_its_clients_lane(door: Door) -> None:
    body = event()
    assert await door.knock(body, door.signed(body)) == 200
    [taken] = door.inbox.events
    assert (taken.source, taken.event_id, taken.lane) == ("core", "evt_1", "client:cus-x")
    assert json.loads(taken.body) == {"type": "customer.changed", "resource": customer()}


async def test_an_answer_to_a_stranger_has_a_lane_of_its_own(door: Door) -> None:
    body = event(kind="question.answered", number="В-000001", version=1, customerId=None, answer="Да")
    assert await door.knock(body, door.signed(body)) == 200
    assert door.inbox.events[0].lane == "question:В-000001"


async def test_one_flipped_bit_anywhere_is_refused(door: Door) -> None:
    body = event()
    right, dice = door.signed(body), random.Random(7)
    for _ in range(60):
        changed = bytearray(body)
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
        assert await door.knock(bytes(changed), right) == 401
        name = dice.choice(["X-Cabinet-Timestamp", "X-Cabinet-Signature"])
        value = right[name]
        at = dice.randrange(len(value))
        other = dice.choice([c for c in "0123456789abcdef" if c != value[at]])
        assert await door.knock(body, right | {name: value[:at] + other + value[at + 1 :]}) == 401
    assert door.inbox.events == []


@pytest.mark.parametrize(("skew", "status"), [(-299, 200), (298, 200), (-302, 401), (302, 401), (-86400, 401)])
async def test_an_event_may_be_five_minutes_early_or_late(door: Door, skew: int, status: int) -> None:
    door.clock.offset = 86_400 * 400.0
    body = event()
    assert await door.knock(body, door.signed(body, skew=skew)) == status


async def test_during_a_change_of_keys_both_sign_and_no_third(door: Door) -> None:
    for number, key_id in enumerate(KEYS):
        body = event(f"evt_{number}")
        assert await door.knock(body, door.signed(body, key_id=key_id)) == 200
    body = event("evt_9")
    assert await door.knock(body, door.signed(body, key_id="core-3")) == 401
    assert await door.knock(body, door.signed(body, key_id="core-1", key=KEYS["core-2"])) == 401
    assert len(door.inbox.events) == 2


@pytest.mark.parametrize(
    "changed",
    [
        {"X-Cabinet-Timestamp": ""},
        {"X-Cabinet-Timestamp": "now"},
        {"X-Cabinet-Timestamp": "١٢٣"},
        {"X-Cabinet-Timestamp": "9" * 400},
        {"X-Cabinet-Timestamp": "-1"},
        {"X-Cabinet-Key-Id": ""},
        {"X-Cabinet-Signature": ""},
        {"X-Cabinet-Signature": "подпись"},
        {"X-Cabinet-Signature": "v2=00"},
    ],
)
async def test_odd_headers_are_refused(door: Door, changed: dict[str, str]) -> None:
    body = event()
    assert await door.knock(body, door.signed(body) | changed) == 401


async def test_without_headers_nothing_is_taken(door: Door) -> None:
    assert await door.knock(event(), {}) == 401


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{}", b"null", b"\xff", b"[" * 100_000,
        b'{"id": "e", "type": "t"}',
        b'{"id": "e", "type": "t", "resource": []}',
        b'{"id": "e", "type": "t", "resource": {}}',
        b'{"id": "e", "type": "t", "resource": {"customerId": "c"}}',
        b'{"id": "e", "type": "t", "resource": {"customerId": "c", "version": "new"}}',
        b'{"id": "e", "type": "t", "resource": {"customerId": "c", "version": 1e999}}',
        b'{"type": "t", "resource": {"customerId": "c", "version": 1}}',
    ],
)  # fmt: skip
async def test_a_signed_body_that_is_no_event_is_named_as_such(door: Door, body: bytes) -> None:
    assert await door.knock(body, door.signed(body)) == 422
    assert door.inbox.events == []


async def test_too_large_is_too_large(door: Door) -> None:
    body = b"x" * (1 << 20) + b"y"
    assert await door.knock(body, door.signed(body)) == 413


async def test_while_the_database_is_away_the_core_is_asked_to_come_again(door: Door) -> None:
    door.inbox.away = True
    body = event()
    assert await door.knock(body, door.signed(body)) == 503
    door.inbox.away = False
    assert await door.knock(body, door.signed(body)) == 200


# -- what becomes of it -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A town whose first fill came three rows a page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("services.adapters.core_http.PAGE", 3)
        async with town(tmp_path_factory.mktemp("office")) as own:
            yield own


async def tell(office: Town, body: bytes) -> int:
    key = office.settings.core.key.get_secret_value().encode()
    signed = headers(body, office.process.parts.clock.time(), "core-1", key)
    async with office.http.post(office.bot_url + CORE_EVENTS, data=body, headers=signed) as response:
        status = response.status
    await office.settle()
    return status


async def test_the_first_fill_reads_every_page_of_every_list(office: Town) -> None:
    desk = await office.call("GET", "/desk")
    known = {row[0] for row in await rows(office, "select id from client")}
    assert known >= {row["customerId"] for row in desk["customers"]}
    contracts = {row[0] for row in await rows(office, "select core_id from policy")}
    assert contracts >= {row["policyId"] for row in desk["policies"]}
    assert (await rows(office, "select count(*) from document"))[0][0] > 3
    pages = await rows(
        office, "select count(*) from outbox where channel = 'core' and state = 1 and dedup like 'list:%'"
    )
    assert pages[0][0] >= len(known) / 3 + len(contracts) / 3


async def test_the_next_reading_is_at_three_in_the_night(office: Town) -> None:
    due = await rows(office, "select due_at from inbox where lane = 'core:fill' and state = 0")
    assert len(due) == 1
    assert due[0][0] % 86_400 == 0, "midnight UTC is three o'clock in Moscow"


async def test_a_replayed_event_is_one_event(office: Town) -> None:
    body = event("evt_replayed", **customer("cus-replayed", version=1))
    assert [await tell(office, body) for _ in range(3)] == [200] * 3
    assert await rows(office, "select count(*) from inbox where event_id = 'evt_replayed'") == [(1,)]


@pytest.mark.parametrize("version", [3, 2, 1])
async def test_an_equal_or_lower_version_is_ignored_and_the_event_is_done(office: Town, version: int) -> None:
    await tell(office, event("evt_first", "policy.changed", **policy("pol-versions", version=3)))
    late = event(
        f"evt_late_{version}", "policy.changed", **policy("pol-versions", version=version, status="terminated")
    )
    assert await tell(office, late) == 200
    found = await rows(office, "select version, status from policy where core_id = 'pol-versions'")
    assert found == [(3, "active")]
    done = "select state from inbox where event_id = :id"
    assert await rows(office, done, id=f"evt_late_{version}") == [(1,)]


async def test_an_event_of_a_newer_core_is_done_without_effect(office: Town) -> None:
    assert await tell(office, event("evt_future", "policy.painted", **policy("pol-future"))) == 200
    assert await rows(office, "select state from inbox where event_id = 'evt_future'") == [(1,)]
    assert await rows(office, "select 1 from policy where core_id = 'pol-future'") == []


async def test_unknown_fields_of_a_resource_are_ignored(office: Town) -> None:
    body = event("evt_fields", **customer("cus-fields", colour="red", shoes={"size": 42}))
    assert await tell(office, body) == 200
    assert await rows(office, "select version from client where id = 'cus-fields'") == [(1,)]


async def test_a_change_at_the_desk_is_on_the_next_screen(office: Town) -> None:
    anna = office.seeded(100001)
    await anna.log_in()
    await office.call("POST", "/desk/customers/cus-0001", {"name": {"first": "Жанна"}})
    await office.settle()
    await anna.say("/menu")
    await anna.sees("Жанна")
