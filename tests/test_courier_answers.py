"""What the core and the payment provider answer comes back to the lane of the parcel that asked, and so does why they refuse."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from decimal import Decimal
from itertools import count
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

import bot.delivery
from bot.cashier import Cashier
from services.adapters.core_http import HttpCore
from services.db.pipe import Event, Parcel, Sent
from services.db.unit import Unit
from services.ports.core import CoreRefused, CoreTrouble
from services.ports.payments import Charge, ProviderRefused, ProviderTrouble, Refund, Wanted
from tests.support.ops import rows, stepping, unparked
from tests.support.payments import Reply, half, reply, reset
from tests.support.town import Town, town

AT = datetime(2026, 11, 21, 14, 30, tzinfo=UTC)
CHARGE = Charge("pay-1", "pending", Decimal("7432.10"), "RUB", "100500", "ref-1", True, "https://x/", "", "", AT)
REFUND = Refund("refund-1", "pay-1", "succeeded", Decimal("7432.10"), "")
CHARGE_FACTS = {
    "id": "pay-1",
    "status": "pending",
    "amount": "7432.10",
    "currency": "RUB",
    "shop": "100500",
    "reference": "ref-1",
    "test": True,
    "link": "https://x/",
    "reason": "",
    "method": "",
    "created_at": "2026-11-21T14:30:00+00:00",
}
REFUND_FACTS = {"id": "refund-1", "charge_id": "pay-1", "status": "succeeded", "amount": "7432.10", "reason": ""}
CREATE = {
    "op": "create",
    "key": "key-1",
    "reference": "ref-1",
    "amount": "7432.10",
    "description": "ОСАГО",
    "return_url": "https://t.me/cabinet_bot",
    "email": "irina@pochta.example",
    "phone": "+79070000001",
}
_numbers = count(1)


class Provider:
    """Answers, after the troubles it was told to have."""

    def __init__(self, *troubles: Exception) -> None:
        self.troubles = list(troubles)
        self.asked: list[tuple[Any, ...]] = []

    def _ask(self, *what: Any) -> None:
        self.asked.append(what)
        if self.troubles:
            raise self.troubles.pop(0)

    async def create(self, key: str, wanted: Wanted) -> Charge:
        self._ask(key, wanted)
        return CHARGE

    async def charge(self, charge_id: str) -> Charge:
        self._ask(charge_id)
        return CHARGE

    async def find(self, reference: str, since: datetime) -> Charge | None:
        self._ask(reference, since)
        return CHARGE if reference == "ref-1" else None

    async def refund(self, key: str, charge_id: str, amount: Decimal, description: str) -> Refund:
        self._ask(key, charge_id, amount, description)
        return REFUND

    async def refund_by(self, refund_id: str) -> Refund:
        self._ask(refund_id)
        return REFUND


@pytest.fixture(scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A town whose letters to the core and the provider are read."""
    async with town(tmp_path_factory.mktemp("office")) as own:
        yield own


@pytest.fixture(autouse=True)
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.delivery, "BACKOFF", (0.05,) * 5)


async def carried(office: Town, channel: str, body: dict[str, Any], **how: Any) -> tuple[list[dict[str, Any]], int]:
    """Let this parcel go, and return what its lane was told, and what became of it."""
    number = next(_numbers)
    lane, heard = f"client:answers-{number}", list[dict[str, Any]]()

    async def step(unit: Unit) -> bool:
        if unit.event.source == "ask":
            unit.send(Parcel(f"ask:{number}", channel, body, **how))
        elif unit.event.lane == lane:
            heard.append(json.loads(unit.event.body))
        return unit.event.lane == lane

    async with stepping(office, step):
        await office.process.parts.lanes.submit(Event("ask", str(number), lane, b""))
        await unparked(office)
    [(state,)] = await rows(office, "select state from outbox where dedup = :dedup", dedup=f"ask:{number}")
    return heard, state


def seat(office: Town, provider: Provider) -> Provider:
    office.process.parts.courier._cashier = Cashier(provider)
    return provider


# -- the payment provider ---------------------------------------------------------------------------------------------

ASKED: dict[str, tuple[dict[str, Any], tuple[Any, ...], dict[str, Any]]] = {
    "create": (
        CREATE,
        (
            "key-1",
            Wanted(
                "ref-1",
                Decimal("7432.10"),
                "ОСАГО",
                "https://t.me/cabinet_bot",
                "irina@pochta.example",
                "+79070000001",
            ),
        ),
        CHARGE_FACTS,
    ),
    "charge": ({"op": "charge", "id": "pay-1"}, ("pay-1",), CHARGE_FACTS),
    "find": ({"op": "find", "reference": "ref-1", "since": AT.isoformat()}, ("ref-1", AT), CHARGE_FACTS),
    "find none": (
        {"op": "find", "reference": "ref-2", "since": AT.isoformat()},
        ("ref-2", AT),
        {"id": None, "reference": "ref-2"},
    ),
    "refund": (
        {"op": "refund", "key": "key-2", "charge_id": "pay-1", "amount": "7432.10", "description": "Возврат"},
        ("key-2", "pay-1", Decimal("7432.10"), "Возврат"),
        REFUND_FACTS,
    ),
    "refund_by": ({"op": "refund_by", "id": "refund-1"}, ("refund-1",), REFUND_FACTS),
}


@pytest.mark.parametrize(("body", "asked", "facts"), ASKED.values(), ids=ASKED.keys())
async def test_the_providers_answer_comes_back_as_facts(
    office: Town, body: dict[str, Any], asked: tuple[Any, ...], facts: dict[str, Any]
) -> None:
    provider = seat(office, Provider())
    heard, state = await carried(office, "provider", {**body, "answer": "seen", "context": {"payment": 7}})
    assert heard == [{**facts, "payment": 7, "type": "seen"}]
    assert state == Sent.SENT
    assert provider.asked == [asked]


async def test_trouble_is_repeated_under_the_same_key(office: Town) -> None:
    provider = seat(office, Provider(ProviderTrouble("HTTP 500"), ProviderTrouble("processing", 0.02)))
    heard, state = await carried(office, "provider", {**CREATE, "answer": "seen"})
    assert [facts["type"] for facts in heard] == ["seen"]
    assert state == Sent.SENT
    assert len(provider.asked) == 3
    assert len(set(provider.asked)) == 1


async def test_the_provider_may_say_when_to_come_again(office: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.delivery, "BACKOFF", (3600.0,) * 5)
    provider = seat(office, Provider(ProviderTrouble("HTTP 429", 0.05)))
    _, state = await carried(office, "provider", {"op": "charge", "id": "pay-1", "answer": "seen"})
    assert (state, len(provider.asked)) == (Sent.SENT, 2)


async def test_a_refusal_of_the_provider_is_told_with_its_code(office: Town) -> None:
    provider = seat(office, Provider(ProviderRefused("invalid_request", "amount.value", "Слишком много")))
    failed = {"type": "payment.unmade", "payment": 7}
    heard, state = await carried(office, "provider", {**CREATE, "answer": "seen", "on_dead": failed})
    assert heard == [{**failed, "code": "invalid_request", "words": "Слишком много"}]
    assert (state, len(provider.asked)) == (Sent.DEAD, 1)


async def test_a_creation_that_is_too_old_is_not_sent(office: Town) -> None:
    """The provider has forgotten its key: it might be a second payment."""
    provider = seat(office, Provider())
    failed = {"type": "payment.unmade", "payment": 7}
    heard, state = await carried(office, "provider", {**CREATE, "answer": "seen", "on_dead": failed}, lives=-1.0)
    assert heard == [{**failed, "code": "expired"}]
    assert (state, provider.asked) == (Sent.STOPPED, [])


# -- the core ---------------------------------------------------------------------------------------------------------


@pytest.fixture
async def core(office: Town) -> AsyncIterator[list[tuple[str, str, Any]]]:
    """A core that repeats what it was told; the numbers of applications say what it answers."""
    asked: list[tuple[str, str, Any]] = []

    async def handle(request: web.Request) -> web.Response:
        asked.append((request.method, request.path, await request.json()))
        if "000422" in request.path:
            errors = [{"pointer": "/drivers/0/licence", "detail": "no such licence"}]
            problem = {"type": "urn:core:problem:unacceptable", "status": 422, "title": "No", "errors": errors}
            return web.json_response(problem, status=422, content_type="application/problem+json")
        return web.json_response({"data": {"number": request.path.split("/")[2], "version": 3, "status": "checking"}})

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", handle)
    courier = office.process.parts.courier
    real = courier._core
    async with TestServer(app) as server, aiohttp.ClientSession() as http:
        courier._core = HttpCore(str(server.make_url("")), "key", http)
        yield asked
    courier._core = real


@pytest.mark.parametrize(
    ("op", "path"),
    [
        ("application", "/applications/З-000012"),
        ("acceptance", "/applications/З-000012/acceptance"),
        ("cancellation", "/applications/З-000012/cancellation"),
        ("payment", "/applications/З-000012/payment"),
    ],
)
async def test_an_application_is_put_to_the_core_and_comes_back(
    office: Town, core: list[tuple[str, str, Any]], op: str, path: str
) -> None:
    body = {"op": op, "number": "З-000012", "body": {"revision": 1}, "answer": "application.answered"}
    heard, state = await carried(office, "core", body)
    resource = {"number": "З-000012", "version": 3, "status": "checking"}
    assert heard == [{"type": "application.answered", "resource": resource}]
    assert core == [("PUT", path, {"revision": 1})]
    assert state == Sent.SENT


async def test_a_refusal_of_the_core_is_told_with_its_code_and_errors(office: Town, core: list[Any]) -> None:
    failed = {"type": "application.undelivered", "op": "application", "application": 422, "revision": 1}
    body = {"op": "application", "number": "З-000422", "body": {}, "answer": "application.answered", "on_dead": failed}
    heard, state = await carried(office, "core", body)
    errors = [{"pointer": "/drivers/0/licence", "detail": "no such licence"}]
    assert heard == [{**failed, "code": "unacceptable", "errors": errors}]
    assert (state, len(core)) == (Sent.DEAD, 1)


NOTHING: dict[str, Reply] = {
    "500": reply({"type": "about:blank"}, 500),
    "429": reply(b"", 429),
    "401": reply({}, 401),
    "HTML": reply(b"<html>"),
    "a list": reply([]),
    "no application": reply({"data": None}),
    "a reset": reset,
}
REFUSALS: dict[str, tuple[Reply, str, list[Any]]] = {
    "409": (reply({"type": "urn:core:problem:price-changed", "status": 409}, 409), "price-changed", []),
    "404": (reply({"type": "https://core.example/problems/not-found"}, 404), "not-found", []),
    "no type": (reply({"title": "Conflict"}, 409), "", []),
    "about nothing": (reply({"type": "about:blank"}, 409), "", []),
    "a list": (reply([1], status=422), "", []),
    "HTML": (reply(b"<html>", 409), "", []),
    "odd errors": (reply({"type": "urn:x:y", "errors": "no"}, 422), "y", []),
    "a type that is none": (reply({"type": 5}, 422), "", []),
    "a type with words": (reply({"type": "urn:x:кое что"}, 422), "", []),
    "huge": (reply({"type": "urn:x:y", "detail": "x" * (1 << 20)}, 422), "", []),
}


async def put(answer: Reply) -> dict[str, Any]:
    async def handle(request: web.Request) -> web.StreamResponse:
        said = answer(request)
        made: web.StreamResponse = await said if not isinstance(said, web.Response) else said
        return made

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", handle)
    async with TestServer(app, shutdown_timeout=0.1) as server, aiohttp.ClientSession() as http:
        return await HttpCore(str(server.make_url("")), "key", http).put("payment", "З-000012", {})


@pytest.mark.parametrize("answer", NOTHING.values(), ids=NOTHING.keys())
async def test_an_answer_of_the_core_that_says_nothing_is_for_later(answer: Reply) -> None:
    with pytest.raises(CoreTrouble):
        await put(answer)


@pytest.mark.parametrize("case", REFUSALS.values(), ids=REFUSALS.keys())
async def test_a_refusal_of_the_core_is_read_as_far_as_it_can_be(case: tuple[Reply, str, list[Any]]) -> None:
    answer, code, errors = case
    with pytest.raises(CoreRefused) as refused:
        await put(answer)
    assert (refused.value.code, refused.value.errors) == (code, errors)


async def test_a_core_that_hangs_half_way_is_for_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.adapters.core_http.TIMEOUT", aiohttp.ClientTimeout(total=0.1))
    with pytest.raises(CoreTrouble):
        await put(half)
