"""The adapter against the playground's provider, which the official client takes for YooKassa's own."""

from __future__ import annotations

import uuid
from argparse import Namespace
from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal

import pytest

from bot import commands
from services.adapters.yookassa import YooKassa
from services.adapters.yookassa_answers import Links
from services.ports.payments import ProviderRefused, ProviderTrouble
from tests.support.ops import eventually, fault, rows
from tests.support.outside import moscow
from tests.support.payments import FISCAL, WANTED, adapter
from tests.support.town import Town


def key() -> str:
    return str(uuid.uuid4())


@pytest.fixture
async def provider(city: Town) -> AsyncIterator[YooKassa]:
    yield YooKassa(f"{city.url}/provider/v3", "100500", "test_PLAYGROUND", Links(("127.0.0.1",)), FISCAL, city.http)
    async with city.http.delete(f"{city.url}/faults"):
        pass


async def test_a_payment_is_made_paid_and_given_back(city: Town, provider: YooKassa) -> None:
    made = await provider.create(key(), WANTED)
    assert (made.status, made.amount, made.shop, made.test) == ("pending", WANTED.amount, "100500", True)
    assert (made.currency, made.reference) == ("RUB", WANTED.reference)
    async with city.http.get(made.link) as page:
        assert page.status == 200
    await city.call("POST", f"/payments/{made.id}/succeed", {"method": "sbp"})
    paid = await provider.charge(made.id)
    assert (paid.status, paid.method, paid.link) == ("succeeded", "sbp", "")
    again = key()
    refund = await provider.refund(again, made.id, WANTED.amount, "Договор расторгнут")
    assert (refund.charge_id, refund.status, refund.amount) == (made.id, "succeeded", WANTED.amount)
    assert await provider.refund(again, made.id, WANTED.amount, "Договор расторгнут") == refund
    assert await provider.refund_by(refund.id) == refund
    with pytest.raises(ProviderRefused):
        await provider.refund(key(), made.id, WANTED.amount, "Ещё раз")


async def test_a_declined_payment_says_why(city: Town, provider: YooKassa) -> None:
    made = await provider.create(key(), WANTED)
    await city.call("POST", f"/payments/{made.id}/cancel", {"reason": "insufficient_funds"})
    seen = await provider.charge(made.id)
    assert (seen.status, seen.reason) == ("canceled", "insufficient_funds")


@pytest.mark.parametrize("trouble", [{"drop_answer": True}, {"error": 500}, {"error": 502}, {"error": 429}])
async def test_the_same_key_after_trouble_is_the_same_payment(
    city: Town, provider: YooKassa, trouble: dict[str, object]
) -> None:
    wanted, once = replace(WANTED, reference=key()), key()
    await fault(city, on="provider", **trouble)
    with pytest.raises(ProviderTrouble):
        await provider.create(once, wanted)
    made = await provider.create(once, wanted)
    assert await provider.create(once, wanted) == made
    payments = await city.call("GET", "/payments")
    assert len([one for one in payments if one["metadata"].get("payment_ref") == wanted.reference]) == 1


async def test_one_key_is_not_for_two_payments(provider: YooKassa) -> None:
    once = key()
    await provider.create(once, WANTED)
    with pytest.raises(ProviderRefused, match="invalid_request"):
        await provider.create(once, replace(WANTED, amount=Decimal("1.00")))


async def test_a_payment_whose_answer_was_lost_is_found(city: Town, provider: YooKassa) -> None:
    wanted, since = replace(WANTED, reference=key()), moscow(city)
    await fault(city, on="provider", drop_answer=True)
    with pytest.raises(ProviderTrouble):
        await provider.create(key(), wanted)
    for _ in range(3):
        await provider.create(key(), replace(WANTED, reference=key()))
    found = await provider.find(wanted.reference, since)
    assert found is not None
    assert (found.reference, found.status) == (wanted.reference, "pending")
    assert await provider.find(key(), since) is None


async def test_wrong_keys_and_unknown_ids(city: Town, provider: YooKassa) -> None:
    stranger = adapter(f"{city.url}/provider/v3", city.http, key="test_STRANGER")
    with pytest.raises(ProviderTrouble, match="401"):
        await stranger.create(key(), WANTED)
    with pytest.raises(ProviderRefused, match="not_found"):
        await provider.charge(key())


async def test_its_notifications_are_taken_as_hints(city: Town, provider: YooKassa) -> None:
    made = await provider.create(key(), WANTED)
    await city.call("POST", f"/payments/{made.id}/succeed")

    async def heard() -> list[tuple[str]]:
        return await rows(city, "select event_id from inbox where lane = :lane", lane=f"pay:{made.id}")

    assert await eventually(heard) == [(f"{made.id}:payment.succeeded",)]


async def test_the_doctor_looks_at_the_provider(
    city: Town, provider: YooKassa, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await commands.do(Namespace(command="doctor", verify_journal=False), city.settings) == 0
    said = capsys.readouterr().out
    assert "payments  answers" in said
    assert "antivirus  not set up" in said
    assert f"files  {city.settings.files.folder}" in said
    await fault(city, on="provider", error=502)
    assert await commands.do(Namespace(command="doctor", verify_journal=False), city.settings) == 1
    assert "payments  NO: HTTP 502" in capsys.readouterr().out
