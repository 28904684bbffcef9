"""YooKassa's own client as the oracle: what it sends is taken, what it is answered it understands."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
import yookassa
from yookassa.domain.exceptions import BadRequestError, NotFoundError, TooManyRequestsError, UnauthorizedError
from yookassa.domain.notification import WebhookNotificationFactory

from tests.playground.provider_world import HELD, WANTED, Shop, shop

T = TypeVar("T")


@pytest.fixture
async def till(tmp_path: Path) -> AsyncIterator[Shop]:
    async with shop(tmp_path) as opened:
        yield opened


async def sdk(till: Shop, call: Callable[..., T], *args: Any, key: str = "test_PLAYGROUND") -> T:
    """The client is synchronous and knows one shop a process: it runs in a thread."""
    yookassa.Configuration.configure("100500", key, api_url=till.url)
    return await asyncio.to_thread(call, *args)


async def test_a_payment_from_its_creation_to_its_refund(till: Shop) -> None:
    made = await sdk(till, yookassa.Payment.create, WANTED, "key-1")
    assert (made.status, made.paid, made.test, str(made.amount.value)) == ("pending", False, True, "7432.18")
    assert made.confirmation.confirmation_url == f"{till.world.running.url}/pay/{made.id}"
    assert made.recipient.account_id == "100500"
    assert made.metadata["payment_ref"] == "01J"
    await till.hand(f"/payments/{made.id}/succeed", method="bank_card")
    found = await sdk(till, yookassa.Payment.find_one, made.id)
    assert (found.status, found.paid, found.refundable) == ("succeeded", True, True)
    assert found.payment_method.type == "bank_card"
    assert found.payment_method.card.last4 == "4444"
    assert found.captured_at.endswith("Z")
    part = {"payment_id": made.id, "amount": {"value": "432.18", "currency": "RUB"}}
    refund = await sdk(till, yookassa.Refund.create, part, "key-2")
    assert (refund.status, refund.payment_id, str(refund.amount.value)) == ("succeeded", made.id, "432.18")
    assert (await sdk(till, yookassa.Refund.find_one, refund.id)).id == refund.id
    found = await sdk(till, yookassa.Payment.find_one, made.id)
    assert str(found.refunded_amount.value) == "432.18"


async def test_two_stages(till: Shop) -> None:
    first, second = [await sdk(till, yookassa.Payment.create, HELD) for _ in range(2)]
    for held in (first, second):
        await till.hand(f"/payments/{held.id}/succeed")
    waiting = await sdk(till, yookassa.Payment.find_one, first.id)
    assert (waiting.status, waiting.paid) == ("waiting_for_capture", True)
    assert waiting.expires_at > waiting.created_at
    part = {"amount": {"value": "7000.00", "currency": "RUB"}}
    done = await sdk(till, yookassa.Payment.capture, first.id, part, "key-1")
    assert (done.status, str(done.amount.value)) == ("succeeded", "7000.00")
    let_go = await sdk(till, yookassa.Payment.cancel, second.id, "key-2")
    assert (let_go.status, let_go.cancellation_details.reason) == ("canceled", "canceled_by_merchant")
    assert let_go.cancellation_details.party == "merchant"


async def test_lists(till: Shop) -> None:
    made = [await sdk(till, yookassa.Payment.create, WANTED) for _ in range(3)]
    await till.hand(f"/payments/{made[0].id}/succeed")
    page = await sdk(till, yookassa.Payment.list, {"limit": 2, "created_at.gte": made[0].created_at})
    assert [one.id for one in page.items] == [made[2].id, made[1].id]
    rest = await sdk(till, yookassa.Payment.list, {"limit": 2, "cursor": page.next_cursor})
    assert [one.id for one in rest.items] == [made[0].id]
    assert rest.next_cursor is None
    paid = await sdk(till, yookassa.Payment.list, {"status": "succeeded"})
    assert [one.id for one in paid.items] == [made[0].id]
    assert (await sdk(till, yookassa.Payment.list, {"created_at.gt": "2100-01-01T00:00:00.000Z"})).items == []


async def test_the_fast_payment_system(till: Shop) -> None:
    made = await sdk(till, yookassa.Payment.create, WANTED | {"payment_method_data": {"type": "sbp"}})
    await till.hand(f"/payments/{made.id}/succeed")
    found = await sdk(till, yookassa.Payment.find_one, made.id)
    assert (found.status, found.payment_method.type) == ("succeeded", "sbp")
    assert found.payment_method.sbp_operation_id


async def test_refusals_are_its_own_exceptions(till: Shop) -> None:
    with pytest.raises(BadRequestError) as bad:
        await sdk(till, yookassa.Payment.create, WANTED | {"amount": {"value": "1.00", "currency": "USD"}})
    assert bad.value.content["parameter"] == "amount.currency"
    with pytest.raises(NotFoundError):
        await sdk(till, yookassa.Payment.find_one, "nobody")
    with pytest.raises(UnauthorizedError) as stranger:
        await sdk(till, yookassa.Payment.find_one, "nobody", key="test_GUESS")
    assert stranger.value.content["code"] == "invalid_credentials"
    await till.hand("/faults", on="provider", error=429)
    with pytest.raises(TooManyRequestsError) as busy:
        await sdk(till, yookassa.Payment.find_one, "nobody")
    assert busy.value.content["code"] == "too_many_requests"


async def test_the_shop_itself(till: Shop) -> None:
    me = await sdk(till, yookassa.Settings.get_account_settings)
    assert (me.account_id, me.test, me.status) == ("100500", True, "enabled")
    assert me.fiscalization.enabled


async def test_notifications_are_what_it_parses(till: Shop) -> None:
    paid = await till.paid(HELD)
    await till.post(f"/payments/{paid['id']}/capture")
    await till.post("/refunds", {"payment_id": paid["id"], "amount": paid["amount"]})
    lost = await till.payment()
    await till.hand(f"/payments/{lost['id']}/cancel", reason="insufficient_funds")
    said = {one["event"]: WebhookNotificationFactory().create(one) for one in await till.cabinet.until(4)}
    assert said["payment.waiting_for_capture"].object.expires_at
    assert said["payment.succeeded"].object.id == paid["id"]
    assert said["payment.succeeded"].object.payment_method.card.last4 == "4444"
    assert said["refund.succeeded"].object.payment_id == paid["id"]
    assert said["payment.canceled"].object.cancellation_details.reason == "insufficient_funds"
    assert said["payment.canceled"].object.metadata == WANTED["metadata"]
