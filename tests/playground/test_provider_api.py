"""The provider's API by its documents: who may ask, what is refused and how, what happens once, when links end."""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.playground.provider_world import HELD, LOGIN, WANTED, Shop, shop

RUB = {"currency": "RUB"}


@pytest.fixture(scope="module")
async def till(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Shop]:
    """Shared by all that move no clock."""
    async with shop(tmp_path_factory.mktemp("till")) as opened:
        yield opened


@pytest.fixture
async def own(tmp_path: Path) -> AsyncIterator[Shop]:
    async with shop(tmp_path) as opened:
        yield opened


def changed(path: str, value: Any) -> dict[str, Any]:
    """The usual payment with one field set (or left out: None); a path is `receipt.items.0.vat_code`."""
    body = copy.deepcopy(WANTED)
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place: Any = body
    for part in way:
        place = place[part]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return body


def bearer(shop_id: str, key: str) -> dict[str, str]:
    return {"Authorization": aiohttp.encode_basic_auth(shop_id, key)}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer test_PLAYGROUND"},
        {"Authorization": "Basic ???"},
        bearer("100500", "test_GUESS"),
        bearer("100501", "test_PLAYGROUND"),
    ],
)
async def test_strangers_are_not_served(till: Shop, headers: dict[str, str]) -> None:
    for method, path in (("GET", "/me"), ("POST", "/payments")):
        status, answer = await till.ask(method, path, headers=headers)
        assert (status, answer["code"]) == (401, "invalid_credentials")


async def test_what_is_not_there(till: Shop) -> None:
    for path in ("/payments/23d93cac-000f-5000-8000-126628f15141", "/refunds/nobody", "/invoices"):
        status, answer = await till.ask("GET", path)
        assert (status, answer["type"], answer["code"]) == (404, "error", "not_found")
    status, answer = await till.ask("DELETE", "/payments")
    assert (status, answer["type"]) == (405, "error")
    status, answer = await till.ask("POST", "/payments", json=None, data=b"amount=1", headers=LOGIN)
    assert (status, answer["type"]) == (415, "error")


async def test_what_a_new_payment_looks_like(till: Shop) -> None:
    made = await till.payment()
    assert len(made["id"]) == 36
    assert made["created_at"].endswith("Z")
    assert {name: value for name, value in made.items() if name not in ("id", "created_at")} == {
        "status": "pending",
        "paid": False,
        "amount": {"value": "7432.18", "currency": "RUB"},
        "confirmation": {
            "type": "redirect",
            "return_url": WANTED["confirmation"]["return_url"],
            "confirmation_url": f"{till.world.running.url}/pay/{made['id']}",
        },
        "description": WANTED["description"],
        "metadata": WANTED["metadata"],
        "merchant_customer_id": "cust-8f2c",
        "recipient": {"account_id": "100500", "gateway_id": "100700"},
        "refundable": False,
        "test": True,
    }
    assert await till.get(f"/payments/{made['id']}") == made


@pytest.mark.parametrize(
    ("path", "value", "parameter"),
    [
        ("amount", None, "amount"),
        ("amount.value", "0.00", "amount.value"),
        ("amount.value", "-1.00", "amount.value"),
        ("amount.value", "7432,18", "amount.value"),
        ("amount.value", "7432.1", "amount.value"),
        ("amount.value", 7432.18, "amount.value"),
        ("amount.currency", "USD", "amount.currency"),
        ("capture", "yes", "capture"),
        ("confirmation", None, "confirmation"),
        ("confirmation.type", "telepathy", "confirmation.type"),
        ("confirmation.return_url", None, "confirmation.return_url"),
        ("confirmation.return_url", "the chat", "confirmation.return_url"),
        ("description", "я" * 129, "description"),
        ("metadata", {f"k{n}": "v" for n in range(17)}, "metadata"),
        ("metadata", {"k" * 33: "v"}, "metadata"),
        ("metadata", {"k": "v" * 513}, "metadata"),
        ("metadata", {"k": 1}, "metadata.k"),
        ("merchant_customer_id", "c" * 201, "merchant_customer_id"),
        ("payment_method_data", {"type": "barter"}, "payment_method_data.type"),
        ("payment_method_id", "saved", "payment_method_id"),
        ("payment_token", "eyJ0", "payment_token"),
        ("receipt.customer", {"full_name": "Анна"}, "receipt.customer"),
        ("receipt.customer", None, "receipt.customer"),
        ("receipt.customer.email", "a@b", "receipt.customer.email"),
        ("receipt.customer.phone", "8 900", "receipt.customer.phone"),
        ("receipt.customer.full_name", "я" * 257, "receipt.customer.full_name"),
        ("receipt.customer.inn", "12345", "receipt.customer.inn"),
        ("receipt.tax_system_code", 7, "receipt.tax_system_code"),
        ("receipt.items", [], "receipt.items"),
        ("receipt.items", WANTED["receipt"]["items"] * 81, "receipt.items"),
        ("receipt.items", WANTED["receipt"]["items"] * 2, "receipt"),
        ("receipt.items.0.quantity", "0", "receipt.items[0].quantity"),
        ("receipt.items.0.quantity", "2.000", "receipt"),
        ("receipt.items.0.amount.value", "7432.17", "receipt"),
        ("receipt.items.0.description", "я" * 129, "receipt.items[0].description"),
        ("receipt.items.0.vat_code", 13, "receipt.items[0].vat_code"),
        ("receipt.items.0.payment_mode", "later", "receipt.items[0].payment_mode"),
        ("receipt.items.0.payment_subject", "premium", "receipt.items[0].payment_subject"),
    ],
)
async def test_limits(till: Shop, path: str, value: Any, parameter: str) -> None:
    before = await till.get("/payments")
    status, description, at_fault = await till.refused("/payments", changed(path, value))
    assert (status, at_fault) == (400, parameter), description
    assert await till.get("/payments") == before


async def test_up_to_the_limits_it_is_taken(till: Shop) -> None:
    many = {("k" * 30) + f"{n:02}": "v" * 512 for n in range(16)}
    body = WANTED | {"description": "я" * 128, "metadata": many, "merchant_customer_id": "c" * 200}
    assert (await till.payment(body))["metadata"] == many
    assert await till.payment({"amount": WANTED["amount"], "confirmation": WANTED["confirmation"]})
    unspecified = changed("receipt.tax_system_code", None)
    assert await till.payment(unspecified)
    del unspecified["receipt"]["items"][0]["vat_code"]
    assert (await till.refused("/payments", unspecified))[2] == "receipt.items[0].vat_code"


async def test_the_fast_payment_system_has_limits_of_its_own(till: Shop) -> None:
    plain = {"capture": True, "confirmation": WANTED["confirmation"], "payment_method_data": {"type": "sbp"}}
    for value, taken in (("0.99", False), ("1.00", True), ("700000.00", True), ("700000.01", False)):
        status, _ = await till.ask("POST", "/payments", plain | {"amount": RUB | {"value": value}})
        assert (status == 200) is taken, value
    two_stages = plain | {"capture": False, "amount": WANTED["amount"]}
    assert (await till.refused("/payments", two_stages))[2] == "capture"


async def test_one_source_of_money_at_most(till: Shop) -> None:
    body = WANTED | {"payment_method_data": {"type": "bank_card"}, "payment_token": "eyJ0"}
    status, description, parameter = await till.refused("/payments", body)
    assert description == "Request should contain only one of: payment_method_data, payment_method_id, payment_token"
    assert (status, parameter) == (400, "payment_token")
    status, description, _ = await till.refused("/payments", WANTED | {"save_payment_method": True})
    assert (status, description) == (403, "Forbidden to save payment method")


async def test_no_json(till: Shop) -> None:
    for data in (b"{", b"[]"):
        headers = LOGIN | {"Idempotence-Key": "k", "Content-Type": "application/json"}
        status, answer = await till.ask("POST", "/payments", json=None, data=data, headers=headers)
        assert (status, answer["description"]) == (400, "Failed to parse request body")


async def test_the_key_is_needed_and_not_endless(till: Shop) -> None:
    empty = (400, "Idempotence key is empty", "Idempotence-Key")
    assert await till.refused("/payments", WANTED, key="") == empty
    status, answer = await till.ask("POST", "/payments", WANTED, headers=LOGIN)
    assert (status, answer["description"]) == (400, "Idempotence key is empty")
    status, words, _ = await till.refused("/payments", WANTED, key="k" * 65)
    assert (status, words) == (400, "Idempotence key is too long. Max. length is 64")
    assert await till.payment(key="k" * 64)


async def test_the_same_key_pays_once(own: Shop) -> None:
    made = await own.payment(key="key-1")
    await own.hand(f"/payments/{made['id']}/succeed")
    reordered = dict(reversed(WANTED.items()))
    assert await own.payment(reordered, key="key-1") == made, "the first answer, whatever has happened since"
    other = changed("description", "другое")
    duplicate = (400, "Duplicate idempotence key", "Idempotence-Key")
    assert await own.refused("/payments", other, key="key-1") == duplicate
    refund = {"payment_id": made["id"], "amount": made["amount"]}
    assert await own.refused("/refunds", refund, key="key-1") == duplicate
    assert await own.post("/refunds", refund, key="key-2") == await own.post("/refunds", refund, key="key-2")
    assert len((await own.get("/refunds", payment_id=made["id"]))["items"]) == 1
    assert len((await own.get("/payments"))["items"]) == 1


async def test_a_refused_request_leaves_its_key_free(till: Shop) -> None:
    await till.refused("/payments", changed("amount", None), key="key-free")
    assert await till.payment(key="key-free")


async def test_after_a_day_the_key_makes_a_new_payment(own: Shop) -> None:
    first = await own.payment(key="key-1")
    await own.world.post("/clock", advance="PT23H59M")
    assert await own.payment(key="key-1") == first
    await own.world.post("/clock", advance="PT2M")
    second = await own.payment(key="key-1")
    assert second["id"] != first["id"]
    assert await own.payment(key="key-1") == second


async def test_a_link_lives_an_hour(own: Shop) -> None:
    made = await own.payment()
    await own.world.post("/clock", advance="PT59M")
    assert (await own.get(f"/payments/{made['id']}"))["status"] == "pending"
    await own.world.post("/clock", advance="PT2M")
    over = await own.get(f"/payments/{made['id']}")
    assert (over["status"], over["paid"]) == ("canceled", False)
    assert over["cancellation_details"] == {"party": "yoo_money", "reason": "expired_on_confirmation"}
    assert "confirmation" not in over
    (said,) = await own.cabinet.until(1)
    assert (said["type"], said["event"], said["object"]) == ("notification", "payment.canceled", over)
    status, answer = await own.world.post(f"/payments/{made['id']}/succeed")
    assert (status, answer["error"]) == (409, "it is cancelled")


@pytest.mark.parametrize(("method", "hours"), [("bank_card", 7 * 24), ("sberbank", 6)])
async def test_a_hold_ends_too(own: Shop, method: str, hours: int) -> None:
    made = await own.payment(HELD | {"payment_method_data": {"type": method}})
    await own.hand(f"/payments/{made['id']}/succeed")
    await own.world.post("/clock", advance=f"PT{hours - 1}H")
    assert (await own.get(f"/payments/{made['id']}"))["status"] == "waiting_for_capture"
    await own.world.post("/clock", advance="PT61M")
    over = await own.get(f"/payments/{made['id']}")
    assert over["cancellation_details"]["reason"] == "expired_on_capture"


async def test_stages_in_their_order(till: Shop) -> None:
    at_once, held = await till.paid(), await till.paid(HELD)
    assert (await till.refused(f"/payments/{at_once['id']}/capture"))[:2] == (
        400,
        "You can not capture payment with autocapture",
    )
    assert (await till.refused(f"/payments/{at_once['id']}/cancel"))[0] == 400
    pending = await till.payment(HELD)
    for deed, word in (("capture", "captured"), ("cancel", "canceled")):
        _, description, _ = await till.refused(f"/payments/{pending['id']}/{deed}")
        assert description.startswith(f"Payment can not be {word} in current status")
        assert (await till.refused(f"/payments/nobody/{deed}"))[0] == 404
    more = {"amount": RUB | {"value": "7432.19"}}
    _, description, parameter = await till.refused(f"/payments/{held['id']}/capture", more)
    assert (description, parameter) == ("Illegal amount for capture", "amount.value")
    done = await till.post(f"/payments/{held['id']}/capture", key="capture-1")
    assert (done["status"], done["refundable"], done["receipt_registration"]) == ("succeeded", True, "succeeded")
    assert await till.post(f"/payments/{held['id']}/capture", key="capture-1") == done


async def test_never_more_is_given_back_than_was_paid(till: Shop) -> None:
    paid = await till.paid()

    def back(value: str) -> dict[str, Any]:
        return {"payment_id": paid["id"], "amount": RUB | {"value": value}}

    assert (await till.refused("/refunds", back("7432.19")))[1:] == ("Refund sum exceeded", "amount.value")
    part = await till.post("/refunds", back("432.18") | {"description": "Частично", "metadata": {"a": "b"}})
    assert (part["status"], part["description"], part["metadata"]) == ("succeeded", "Частично", {"a": "b"})
    assert (await till.refused("/refunds", back("7000.01")))[1] == "Refund sum exceeded"
    await till.post("/refunds", back("7000.00"))
    assert (await till.refused("/refunds", back("0.01")))[1] == "Payment is already completely refunded"
    found = await till.get(f"/payments/{paid['id']}")
    assert (found["status"], found["refunded_amount"]["value"], found["refundable"]) == ("succeeded", "7432.18", False)
    mine = await till.get("/refunds", payment_id=paid["id"], limit="1")
    assert [one["amount"]["value"] for one in mine["items"]] == ["7000.00"]
    assert [one["id"] for one in (await till.get("/refunds", cursor=mine["next_cursor"]))["items"]][:1] == [part["id"]]


async def test_only_what_was_paid_is_given_back(till: Shop) -> None:
    pending = await till.payment()
    body = {"payment_id": pending["id"], "amount": pending["amount"]}
    assert (await till.refused("/refunds", body))[1] == "Payment can not be refunded in current status."
    assert (await till.refused("/refunds", body | {"payment_id": "0" * 36}))[2] == "payment_id"
    assert (await till.refused("/refunds", body | {"description": "я" * 251}))[2] == "description"


async def test_a_refund_may_take_its_time(own: Shop) -> None:
    paid = await own.paid()
    body = {"payment_id": paid["id"], "amount": RUB | {"value": "7000.00"}}
    await own.hand("/faults", on="provider", method="refunds.create", error="pending", times=2)
    slow = await own.post("/refunds", body)
    assert slow["status"] == "pending"
    assert (await own.refused("/refunds", body))[1] == "Refund sum exceeded", "what is on its way is spoken for"
    assert (await own.hand(f"/refunds/{slow['id']}/succeed"))["status"] == "succeeded"
    assert (await own.get(f"/payments/{paid['id']}"))["refunded_amount"]["value"] == "7000.00"
    status, _ = await own.world.post(f"/refunds/{slow['id']}/cancel")
    assert status == 409
    await own.hand("/faults", on="provider", method="refunds.create", error="insufficient_funds")
    failed = await own.post("/refunds", body | {"amount": RUB | {"value": "432.18"}})
    assert failed["cancellation_details"] == {"party": "merchant", "reason": "insufficient_funds"}
    assert (await own.get(f"/payments/{paid['id']}"))["refundable"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("limit", "0"), ("limit", "101"), ("limit", "x"), ("status", "lost"), ("created_at.gte", "soon"), ("cursor", "x")],
)
async def test_nonsense_in_a_list(till: Shop, name: str, value: str) -> None:
    status, answer = await till.ask("GET", "/payments", params={name: value})
    assert (status, answer["parameter"]) == (400, name)


async def test_a_restart_and_a_new_world(tmp_path: Path) -> None:
    async with shop(tmp_path) as first:
        made = await first.payment(key="key-1")
        paid = await first.paid()
        refund = await first.post("/refunds", {"payment_id": paid["id"], "amount": paid["amount"]})
    async with shop(tmp_path) as again:
        assert await again.payment(key="key-1") == made
        assert (await again.get(f"/payments/{paid['id']}"))["refunded_amount"] == paid["amount"]
        assert await again.get(f"/refunds/{refund['id']}") == refund
        await again.hand("/reset")
        assert (await again.get("/payments"))["items"] == []
        assert (await again.payment(key="key-1"))["id"] != made["id"]
