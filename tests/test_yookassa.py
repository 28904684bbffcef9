"""The payment provider's adapter: what it asks, what it reads, and that an answer which says nothing is an unknown outcome."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import aiohttp
import pytest
import structlog
from yookassa.domain.request.payment_request import PaymentRequest
from yookassa.domain.request.refund_request import RefundRequest

from services.adapters.yookassa import YooKassa, payment_body
from services.adapters.yookassa_answers import Links
from services.ports.payments import Charge, ProviderRefused, ProviderTrouble, Refund, Wanted
from tests.support.payments import (
    FISCAL,
    ID,
    LINK,
    LINKS,
    REFUND_ID,
    WANTED,
    Reply,
    error,
    half,
    hang,
    payment,
    refund,
    reply,
    reset,
    scripted,
)

CALLS: dict[str, Callable[[YooKassa], Awaitable[Any]]] = {
    "create": lambda provider: provider.create("key-1", WANTED),
    "charge": lambda provider: provider.charge(ID),
    "find": lambda provider: provider.find(WANTED.reference, datetime(2026, 11, 21, 12, tzinfo=UTC)),
    "refund": lambda provider: provider.refund("key-2", ID, Decimal("7432.18"), "Возврат"),
    "refund_by": lambda provider: provider.refund_by(REFUND_ID),
}


def wish(**changed: Any) -> Wanted:
    names = ("reference", "amount", "description", "return_url", "email", "phone")
    return Wanted(**{name: getattr(WANTED, name) for name in names} | changed)


# -- what is asked ----------------------------------------------------------------------------------------------------


async def test_a_payment_is_asked_for_under_its_key_and_read_back() -> None:
    async with scripted(reply(payment())) as script:
        charge = await script.provider.create("key-1", WANTED)
    assert charge == Charge(
        id=ID,
        status="pending",
        amount=Decimal("7432.18"),
        currency="RUB",
        shop="100500",
        reference=WANTED.reference,
        test=True,
        link=LINK,
        reason="",
        method="",
        created_at=datetime(2026, 11, 21, 14, 30, 45, 129000, UTC),
    )
    [asked] = script.asked
    assert (asked.method, asked.path) == ("POST", "/v3/payments")
    assert asked.headers["Authorization"] == aiohttp.encode_basic_auth("100500", "test_PLAYGROUND")
    assert asked.headers["Idempotence-Key"] == "key-1"
    assert asked.body == {
        "amount": {"value": "7432.18", "currency": "RUB"},
        "capture": True,
        "confirmation": {"type": "redirect", "return_url": WANTED.return_url},
        "description": WANTED.description,
        "metadata": {"payment_ref": WANTED.reference},
        "receipt": {
            "customer": {"email": "irina@pochta.example"},
            "tax_system_code": 1,
            "items": [
                {
                    "description": WANTED.description,
                    "quantity": "1.000",
                    "amount": {"value": "7432.18", "currency": "RUB"},
                    "vat_code": 1,
                    "payment_mode": "full_prepayment",
                    "payment_subject": "service",
                }
            ],
        },
    }


@pytest.mark.parametrize(
    "wanted",
    [
        WANTED,
        wish(email=""),
        wish(description="Очень длинное назначение платежа " * 10),
        wish(amount=Decimal("0.01")),
        wish(amount=Decimal("700000")),
        wish(amount=Decimal("1E+3")),
        wish(description="Знак \U0001f698 " * 30),
    ],
)
def test_the_official_client_finds_no_fault_in_the_request(wanted: Wanted) -> None:
    body = payment_body(wanted, FISCAL)
    request = PaymentRequest(body)
    request.validate()
    assert dict(request)["receipt"]["items"][0]["amount"]["value"] == body["amount"]["value"]
    assert len(body["description"]) <= 128
    assert Decimal(body["amount"]["value"]) == wanted.amount


def test_the_official_client_finds_no_fault_in_a_refund() -> None:
    RefundRequest({"payment_id": ID, "amount": {"value": "7432.18", "currency": "RUB"}}).validate()


def test_without_mail_the_receipt_goes_to_the_phone() -> None:
    assert payment_body(wish(email=""), FISCAL)["receipt"]["customer"] == {"phone": "79070000001"}


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "7432.185", "NaN", "Infinity", "1E+40"])
async def test_an_amount_that_is_none_is_not_sent(amount: str) -> None:
    async with scripted(reply(payment())) as script:
        with pytest.raises(ProviderRefused):
            await script.provider.create("key-1", wish(amount=Decimal(amount)))
        with pytest.raises(ProviderRefused):
            await script.provider.refund("key-1", ID, Decimal(amount), "")
    assert script.asked == []


async def test_without_mail_and_phone_there_is_no_receipt_and_no_payment() -> None:
    async with scripted(reply(payment())) as script:
        with pytest.raises(ProviderRefused, match="no_contact"):
            await script.provider.create("key-1", wish(email="", phone=""))
    assert script.asked == []


@pytest.mark.parametrize("number", ["", "../refunds", "a/b", "a?b", "a" * 65, "ид", "a%2Fb", "a\nb"])
async def test_an_id_of_a_forger_does_not_reach_the_provider(number: str) -> None:
    async with scripted(reply(payment())) as script:
        for ask in (script.provider.charge, script.provider.refund_by):
            with pytest.raises(ProviderRefused, match="not_found"):
                await ask(number)
    assert script.asked == []


# -- what is read -----------------------------------------------------------------------------------------------------


async def test_a_paid_payment_is_read() -> None:
    paid = payment(status="succeeded", paid=True, payment_method={"type": "sbp", "id": ID}, confirmation=None)
    async with scripted(reply(paid)) as script:
        charge = await script.provider.charge(ID)
    assert (charge.status, charge.method, charge.link) == ("succeeded", "sbp", "")
    assert (script.asked[0].method, script.asked[0].path) == ("GET", f"/v3/payments/{ID}")
    assert "Idempotence-Key" not in script.asked[0].headers


async def test_a_declined_payment_says_why() -> None:
    details = {"party": "payment_network", "reason": "insufficient_funds"}
    async with scripted(reply(payment(status="canceled", cancellation_details=details))) as script:
        charge = await script.provider.charge(ID)
    assert (charge.status, charge.reason, charge.link) == ("canceled", "insufficient_funds", "")


async def test_a_payment_of_other_software_is_no_ones() -> None:
    async with scripted(reply(payment(metadata={}))) as script:
        assert (await script.provider.charge(ID)).reference == ""


@pytest.mark.parametrize("status", ["pending", "succeeded", "canceled"])
async def test_a_refund_is_asked_for_and_read(status: str) -> None:
    details = {"cancellation_details": {"party": "yoo_money", "reason": "insufficient_funds"}}
    async with scripted(reply(refund(status=status, **(details if status == "canceled" else {})))) as script:
        made = await script.provider.refund("key-2", ID, Decimal("7432.18"), "Возврат " * 40)
        assert await script.provider.refund_by(REFUND_ID) == made
    reason = "insufficient_funds" if status == "canceled" else ""
    assert made == Refund(REFUND_ID, ID, made.status, Decimal("7432.18"), reason)
    assert made.status == status
    post, get = script.asked
    assert (post.path, post.headers["Idempotence-Key"], get.path) == (
        "/v3/refunds",
        "key-2",
        f"/v3/refunds/{REFUND_ID}",
    )
    assert post.body["payment_id"] == ID
    assert post.body["amount"] == {"value": "7432.18", "currency": "RUB"}
    assert len(post.body["description"]) == 128


def page(*items: Any, cursor: str | None = None) -> Reply:
    return reply({"type": "list", "items": list(items)} | ({"next_cursor": cursor} if cursor else {}))


async def test_a_lost_payment_is_found_by_its_reference_over_pages() -> None:
    others = [payment(id=f"other-{number}", metadata={"payment_ref": str(number)}) for number in range(3)]
    strange: list[Any] = [payment(metadata=None), {"id": 5}, None, payment(metadata=[])]
    async with scripted(page(*others, cursor="next"), page(*strange, payment())) as script:
        charge = await script.provider.find(WANTED.reference, datetime(2026, 11, 21, 14, 30, 45, tzinfo=UTC))
    assert charge is not None
    assert charge.id == ID
    first, second = (asked.path for asked in script.asked)
    assert first == "/v3/payments?limit=100&created_at.gte=2026-11-21T14:20:45.000Z", "clocks may differ"
    assert second == first + "&cursor=next"


async def test_what_was_never_made_is_not_found() -> None:
    async with scripted(page(payment(metadata={"payment_ref": "other"}))) as script:
        assert await script.provider.find(WANTED.reference, datetime(2026, 11, 21, tzinfo=UTC)) is None


async def test_of_two_payments_the_paid_one_is_found() -> None:
    declined, paid = payment(id="later", status="canceled"), payment(id="earlier", status="succeeded")
    async with scripted(page(declined, cursor="next"), page(paid)) as script:
        charge = await script.provider.find(WANTED.reference, datetime(2026, 11, 21, tzinfo=UTC))
    assert charge is not None
    assert charge.id == "earlier"


async def test_a_list_without_an_end_is_trouble() -> None:
    async with scripted(page(cursor="again")) as script:
        with pytest.raises(ProviderTrouble):
            await script.provider.find(WANTED.reference, datetime(2026, 11, 21, tzinfo=UTC))
    assert len(script.asked) == 100


# -- answers that say nothing -----------------------------------------------------------------------------------------

NOTHING: dict[str, Reply] = {
    "502 of a balancer": reply(b"<html><h1>502 Bad Gateway</h1></html>", 502),
    "400 of a balancer": reply(b"<html><h1>400 Bad Request</h1></html>", 400),
    "200 of a captive portal": reply(b"<html>Welcome</html>"),
    "500": reply(error("internal_server_error"), 500),
    "a reset": reset,
    "a redirect": reply(b"", 302, Location="http://127.0.0.1:9/"),
    "nothing": reply(b""),
    "a list": reply([]),
    "null": reply(None),
    "half of it": reply(json.dumps(payment()).encode()[:-10]),
    "very deep": reply(b"[" * 100_000),
    "not UTF-8": reply(b'{"id": "\xff"}'),
    "huge": reply(b'{"id": "' + b"x" * (5 << 20) + b'"}'),
    "201": reply(payment(), 201),
    "418": reply(error("teapot"), 418),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
@pytest.mark.parametrize("answer", NOTHING.values(), ids=NOTHING.keys())
async def test_an_answer_that_says_nothing_is_an_unknown_outcome(
    answer: Reply, call: Callable[[YooKassa], Awaitable[Any]]
) -> None:
    async with scripted(answer) as script:
        with pytest.raises(ProviderTrouble) as trouble:
            await call(script.provider)
        assert trouble.value.retry_after is None


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
@pytest.mark.parametrize("answer", [hang, half])
async def test_a_provider_that_hangs_is_left_in_time(answer: Reply, call: Callable[[YooKassa], Awaitable[Any]]) -> None:
    async with scripted(answer, seconds=0.1) as script:
        with pytest.raises(ProviderTrouble, match="Timeout"):
            await call(script.provider)


async def test_nobody_at_home_is_trouble() -> None:
    async with scripted(reply(payment())) as script:
        provider = script.provider
        provider._url = "http://127.0.0.1:9/v3"
        with pytest.raises(ProviderTrouble):
            await provider.charge(ID)


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        (reply({"type": "processing", "description": "Wait", "retry_after": 1800}, 202), 1.8),
        (reply(error("too_many_requests"), 429), None),
        (reply(error("too_many_requests"), 429, **{"Retry-After": "7"}), 7.0),
        (reply(error("too_many_requests", retry_after=500), 429), 0.5),
        (reply(error("too_many_requests", retry_after=-5), 429), None),
        (reply(error("too_many_requests", retry_after="soon"), 429, **{"Retry-After": "Wed, 21 Oct"}), None),
    ],
)
async def test_the_provider_may_say_when_to_come_again(answer: Reply, seconds: float | None) -> None:
    async with scripted(answer) as script:
        with pytest.raises(ProviderTrouble) as trouble:
            await script.provider.create("key-1", WANTED)
    assert trouble.value.retry_after == seconds


WRONG: dict[str, dict[str, Any]] = {
    "no id": {"id": None},
    "a long id": {"id": "x" * 65},
    "an id with a path": {"id": "../me"},
    "an id with a line": {"id": "abc\n"},
    "an unknown status": {"status": "paid"},
    "no status": {"status": None},
    "a number for an amount": {"amount": {"value": 7432.18, "currency": "RUB"}},
    "an amount without kopecks": {"amount": {"value": "7432", "currency": "RUB"}},
    "an amount with a comma": {"amount": {"value": "7432,18", "currency": "RUB"}},
    "an amount in other digits": {"amount": {"value": "٧٤٣٢.١٨", "currency": "RUB"}},
    "an amount below zero": {"amount": {"value": "-7432.18", "currency": "RUB"}},
    "an endless amount": {"amount": {"value": "1e999", "currency": "RUB"}},
    "no currency": {"amount": {"value": "7432.18"}},
    "no shop": {"recipient": {}},
    "a number for a shop": {"recipient": {"account_id": 100500}},
    "words for truth": {"test": "false"},
    "nobody knows if a test": {"test": None},
    "no time": {"created_at": None},
    "a time without a zone": {"created_at": "2026-11-21T14:30:45"},
    "a number for a time": {"created_at": 1795300000},
    "a number for a reference": {"metadata": {"payment_ref": 5}},
    "a list for metadata": {"metadata": []},
    "a number for a link": {"confirmation": {"confirmation_url": 5}},
}


@pytest.mark.parametrize("changed", WRONG.values(), ids=WRONG.keys())
async def test_a_payment_of_another_shape_is_an_unknown_outcome(changed: dict[str, Any]) -> None:
    async with scripted(reply(payment(**changed))) as script:
        with pytest.raises(ProviderTrouble, match="unreadable") as trouble:
            await script.provider.create("key-1", WANTED)
    assert WANTED.reference not in str(trouble.value)


async def test_a_new_payment_without_a_link_is_an_unknown_outcome() -> None:
    async with scripted(reply(payment(confirmation=None))) as script:
        with pytest.raises(ProviderTrouble):
            await script.provider.create("key-1", WANTED)
        assert (await script.provider.charge(ID)).link == ""


@pytest.mark.parametrize(
    "changed",
    [{"payment_id": None}, {"status": "done"}, {"amount": {"value": "7432.18", "currency": "USD"}}, {"amount": None}],
)
async def test_a_refund_of_another_shape_is_an_unknown_outcome(changed: dict[str, Any]) -> None:
    async with scripted(reply(refund(**changed))) as script:
        with pytest.raises(ProviderTrouble, match="unreadable"):
            await script.provider.refund_by(REFUND_ID)


# -- refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
@pytest.mark.parametrize(("status", "code"), [(400, "invalid_request"), (403, "forbidden"), (404, "not_found")])
async def test_a_refusal_is_for_good_and_says_why(
    status: int, code: str, call: Callable[[YooKassa], Awaitable[Any]]
) -> None:
    async with scripted(reply(error(code, parameter="amount.value"), status)) as script:
        with pytest.raises(ProviderRefused) as refused:
            await call(script.provider)
    assert (refused.value.code, refused.value.parameter, refused.value.words) == (code, "amount.value", "No.")


@pytest.mark.parametrize("status", [405, 415])
async def test_a_request_that_cannot_be_right_is_refused_though_nothing_is_said(status: int) -> None:
    async with scripted(reply(b"", status)) as script:
        with pytest.raises(ProviderRefused, match=f"http_{status}"):
            await script.provider.charge(ID)


async def test_wrong_keys_are_loud_and_wait_for_an_operator(capsys: pytest.CaptureFixture[str]) -> None:
    with structlog.testing.capture_logs() as logs:
        async with scripted(reply(error("invalid_credentials"), 401)) as script:
            with pytest.raises(ProviderTrouble):
                await script.provider.create("key-1", WANTED)
    [line] = [line for line in logs if line["event"] == "credentials_refused"]
    assert line["log_level"] == "error"


async def test_no_key_no_link_and_no_person_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answers = [
        reply(error("invalid_credentials"), 401),
        reply(error("invalid_request", description=f"Incorrect {WANTED.email}", parameter="receipt.customer"), 400),
        reply(payment(confirmation={"confirmation_url": "https://evil.example/pay?secret=1"})),
        reply(payment(status="odd")),
        reply(payment()),
    ]
    with structlog.testing.capture_logs() as logs:
        async with scripted(*answers) as script:
            for _ in answers:
                try:
                    await script.provider.create("key-1", WANTED)
                except (ProviderTrouble, ProviderRefused) as said:
                    logs.append({"event": str(said), "log_level": "error"})
    written = json.dumps(logs, ensure_ascii=False) + caplog.text
    for private in ("test_PLAYGROUND", WANTED.email, "9070000001", "secret=1", LINK, "key-1", WANTED.description):
        assert private not in written


# -- links ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "link", [LINK, "https://yookassa.ru/pay", "https://pay.yookassa.ru:443/x?a=b%20c&d=[1]", "https://YooMoney.ru/x"]
)
def test_a_link_of_the_provider_is_taken(link: str) -> None:
    assert LINKS.check(link) == link


@pytest.mark.parametrize(
    "link",
    [
        "http://yoomoney.ru/pay",
        "https://evil.example/pay",
        "https://yoomoney.ru.evil.example/pay",
        "https://evilyoomoney.ru/pay",
        "https://yoomoney.ru@evil.example/pay",
        "https://evil.example@yoomoney.ru/pay",
        "https://evil.example\\@yoomoney.ru/pay",
        "https://evil.example\\.yoomoney.ru/pay",
        "https://yoomoney.ru:8443/pay",
        "https://yoomoney.ru:port/pay",
        "https://yoomoney.ru./pay",
        "https://уооmоnеу.ru/pay",
        "https://[yoomoney.ru/pay",
        "https://yoomoney.ru/pay me",
        "https://yoomoney.ru/pay\n",
        "https://yoomoney.ru/" + "x" * 2048,
        "javascript:alert(1)//yoomoney.ru/",
        "//yoomoney.ru/pay",
        "yoomoney.ru/pay",
        "http://127.0.0.1/pay",
        "tg://resolve?domain=yoomoney.ru",
    ],
)
async def test_a_link_that_leads_elsewhere_is_never_shown(link: str) -> None:
    async with scripted(reply(payment(confirmation={"type": "redirect", "confirmation_url": link}))) as script:
        with pytest.raises(ProviderRefused) as refused:
            await script.provider.create("key-1", WANTED)
        assert refused.value.code == "link_host"


async def test_money_that_has_come_is_seen_whatever_the_link_was() -> None:
    paid = payment(status="succeeded", confirmation={"confirmation_url": "https://evil.example/"})
    async with scripted(reply(paid)) as script:
        assert (await script.provider.charge(ID)).status == "succeeded"


def test_on_this_very_machine_http_is_enough() -> None:
    here = Links(("127.0.0.1", "localhost"))
    for link in ("http://127.0.0.1:8080/pay/1", "http://localhost:8080/pay/1"):
        assert here.check(link) == link
    with pytest.raises(ProviderRefused):
        here.check("http://127.0.0.1.evil.example/pay")
