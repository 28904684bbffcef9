"""What is kept of applications and payments, on both databases: one alive at a time, whoever acts at once; older words change nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from services.applications import Application, Applications, Stage
from services.db.pipe import Store, Tx
from services.db.unit import Unit
from services.history import History
from services.model import Actor
from services.payments import Bill, Payments, State, Terms
from services.payments import statements as payment_sql
from services.prolongation.course import purpose_of
from tests.support.stores import NOW, VAULT, opened, rows, unit

TERM = (date(2026, 12, 1), date(2027, 11, 30))
BILL = Bill(Decimal("7432.18"), "ОСАГО ХХХ 0166171796, продление", "p@pochta.example", "+79070009999")
LANE = "client:cus-x"
AT_ONCE = 8

applications = Applications(VAULT, History(VAULT))
payments = Payments(VAULT, Terms("100500", test=True), "http://127.0.0.1/")


@pytest.fixture
async def store(database: str, tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(database, tmp_path) as made:
        yield made


def actor(client: str = "cus-x") -> Actor:
    return Actor(1, "ru", 0, datetime.fromtimestamp(NOW, UTC), consented=True, client_id=client)


async def begin(tx: Tx, policy: str = "pol-x", step: Unit | None = None) -> Application | None:
    entered: dict[str, Any] = {"drivers": [], "unlimitedDrivers": True, "usagePeriods": [], "diagnosticCard": None}
    return await applications.begin(step or unit(tx), actor(), policy, TERM, entered)


def resource(number: str, version: int, status: str = "priced", **more: Any) -> dict[str, Any]:
    """The insurer's word on an application."""
    return {
        "number": number,
        "applicationId": "26-000017",
        "customerId": "cus-x",
        "policyId": "pol-x",
        "version": version,
        "revision": 1,
        "status": status,
        "price": {"amount": "7432.18", "unit": "RUB"},
    } | more


async def priced(tx: Tx) -> Application:
    begun = await begin(tx)
    assert begun
    change = await applications.take(unit(tx, LANE), resource(begun.number, 2))
    assert change
    return change.now


def word(payment: int, key: str, status: str = "pending", **more: Any) -> dict[str, Any]:
    """The provider's word on an attempt."""
    return {
        "payment": payment,
        "id": f"charge-{payment}",
        "status": status,
        "amount": "7432.18",
        "currency": "RUB",
        "shop": "100500",
        "reference": key,
        "test": True,
        "link": "https://yoomoney.ru/pay" if status == "pending" else "",
        "reason": "",
    } | more


# -- one alive --------------------------------------------------------------------------------------------------------


async def test_one_application_of_a_policy_is_alive(store: Store) -> None:
    async with store.tx() as tx:
        first = await begin(tx)
        assert first
        again = unit(tx)
        assert await begin(tx, step=again) is None
        assert again.parcels == [], "what was not begun is not sent"
        assert await begin(tx, "pol-y"), "another policy has its own"
        assert await applications.cancel(unit(tx), first, "client")
        assert await begin(tx), "what is over makes room"
    assert await rows(store, "select policy_core_id, state from application where ended_at is null order by id") == [
        ("pol-y", "checking"),
        ("pol-x", "checking"),
    ]


async def test_of_many_who_begin_at_once_one_does(store: Store) -> None:
    async def one() -> bool:
        async with store.tx() as tx:
            return await begin(tx) is not None

    assert sum(await asyncio.gather(*(one() for _ in range(AT_ONCE)))) == 1
    assert await rows(store, "select count(*) from application") == [(1,)]


async def test_of_many_who_agree_at_once_one_does(store: Store) -> None:
    async with store.tx() as tx:
        it = await priced(tx)

    async def one() -> bool:
        async with store.tx() as tx:
            return await applications.save(unit(tx), it)

    assert sum(await asyncio.gather(*(one() for _ in range(AT_ONCE)))) == 1


async def test_of_many_links_asked_for_at_once_one_is_made(store: Store) -> None:
    async with store.tx() as tx:
        it = await priced(tx)

    async def one() -> int:
        async with store.tx() as tx:
            step = unit(tx, LANE)
            await payments.begin(step, purpose_of(it), it.client_id, it.account_id, BILL)
            return len(step.parcels)

    assert sum(await asyncio.gather(*(one() for _ in range(AT_ONCE)))) == 1
    assert await rows(store, "select state, closed_at from payment") == [("new", None)]


async def test_a_closed_attempt_makes_room_for_a_new_one(store: Store) -> None:
    async with store.tx() as tx:
        it = await priced(tx)
        for _ in range(3):
            await payments.begin(unit(tx, LANE), purpose_of(it), it.client_id, it.account_id, BILL)
            await payments.close(unit(tx), purpose_of(it))
        await payments.begin(unit(tx, LANE), purpose_of(it), it.client_id, it.account_id, BILL)
    kept = await rows(store, "select key, closed_at from payment order by id")
    assert len({key for key, _ in kept}) == 4
    assert [closed is None for _, closed in kept] == [False, False, False, True]


async def test_an_attempt_that_was_closed_meanwhile_stays_closed(store: Store) -> None:
    """The chat closes an attempt while the provider's word on it is being taken in."""
    async with store.tx() as tx:
        it = await priced(tx)
        await payments.begin(unit(tx, LANE), purpose_of(it), it.client_id, it.account_id, BILL)
        before = await payments.newest(unit(tx), purpose_of(it))
        assert before
        await payments.close(unit(tx), purpose_of(it))
        seen = {"row": before.id, "before": "new", "state": "link", "charge": "c", "link": None, "reason": None}
        assert await payment_sql.SEEN.run(unit(tx, LANE), **seen, closed=None) == 1
        after = await payments.newest(unit(tx), purpose_of(it))
    assert after
    assert (after.state, after.live) == (State.LINK, False)


# -- whose word counts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "more"),
    [
        (2, {"status": "cancelled"}),
        (1, {"status": "cancelled"}),
        (9, {"status": "cancelled", "revision": 0}),
        (9, {"status": "cancelled", "customerId": "cus-y"}),
        (9, {"status": "cancelled", "number": "З-999999"}),
        (9, {"status": "cancelled", "number": "Z-000001"}),
    ],
)
async def test_a_word_that_is_older_or_about_another_changes_nothing(
    store: Store, version: int, more: dict[str, Any]
) -> None:
    async with store.tx() as tx:
        it = await priced(tx)
        assert await applications.take(unit(tx, LANE), resource(it.number, version) | more) is None
        assert await applications.by_id(unit(tx), it.id) == it


async def test_the_newest_word_wins_however_many_come_at_once(store: Store) -> None:
    async with store.tx() as tx:
        it = await priced(tx)

    async def hear(version: int) -> None:
        async with store.tx() as tx:
            price = {"amount": f"{7000 + version}.00", "unit": "RUB"}
            await applications.take(unit(tx, LANE), resource(it.number, version, price=price))

    await asyncio.gather(*(hear(version) for version in (5, 3, 9, 4, 8, 6, 7)))
    async with store.tx() as tx:
        now = await applications.by_id(unit(tx), it.id)
    assert now
    assert (now.core_version, now.price) == (9, Decimal("7009.00"))


async def test_money_and_a_cancellation_at_once_end_in_money(store: Store) -> None:
    """Whoever is first: the insurer gets the money and decides; it is not lost beside a cancelled application."""
    for _ in range(4):
        async with store.tx() as tx:
            it = await priced(tx)
            assert await applications.save(unit(tx), it)

        async def cancel(it: Application = it) -> None:
            async with store.tx() as tx:
                await applications.cancel(unit(tx), it, "client")

        async def pay(it: Application = it) -> None:
            async with store.tx() as tx:
                await applications.paid(unit(tx, LANE), it, "key", Decimal("7432.18"))

        await asyncio.gather(cancel(), pay())
        async with store.tx() as tx:
            now = await applications.by_id(unit(tx), it.id)
            assert now
            assert now.stage is Stage.PAID
            issued = resource(it.number, 9, "issued", issuedPolicyId=f"pol-{it.id}")
            assert await applications.take(unit(tx, LANE), issued)
    assert await rows(store, "select distinct state from application") == [("issued",)]


async def test_a_policy_is_handed_over_once(store: Store) -> None:
    async with store.tx() as tx:
        it = await priced(tx)

    async def one() -> bool:
        async with store.tx() as tx:
            return await applications.hand_over(unit(tx, LANE), it)

    assert sum(await asyncio.gather(*(one() for _ in range(AT_ONCE)))) == 1


async def test_a_link_leads_to_its_end_whatever_is_said_again(store: Store) -> None:
    """The provider's words repeated and out of order: each attempt moves once, and is asked about until its end."""
    async with store.tx() as tx:
        it = await priced(tx)
        step = unit(tx, LANE)
        await payments.begin(step, purpose_of(it), it.client_id, it.account_id, BILL)
        key, number = step.parcels[0].body["key"], step.parcels[0].body["context"]["payment"]
        turns = []
        for status in ("pending", "pending", "succeeded", "pending", "canceled", "succeeded"):
            turned = await payments.seen(unit(tx, LANE), word(number, key, status))
            turns.append(turned[1].state if turned else None)
    assert turns == [State.LINK, None, State.SUCCEEDED, None, None, None]


async def test_money_goes_back_once(store: Store) -> None:
    async with store.tx() as tx:
        it = await priced(tx)
        step = unit(tx, LANE)
        await payments.begin(step, purpose_of(it), it.client_id, it.account_id, BILL)
        key, number = step.parcels[0].body["key"], step.parcels[0].body["context"]["payment"]
        turned = await payments.seen(unit(tx, LANE), word(number, key, "succeeded"))
        assert turned
        back = unit(tx, LANE)
        for _ in range(3):
            await payments.refund(back, turned[1], "Возврат")
        [parcel] = back.parcels
        assert (parcel.body["charge_id"], parcel.body["amount"]) == (f"charge-{number}", "7432.18")
        facts = {"payment": number, "id": "refund-1", "status": "succeeded", "reason": ""}
        assert [await payments.returned(unit(tx, LANE), facts) is not None for _ in range(3)] == [True, False, False]
    assert await rows(store, "select state, refund_id from payment") == [("refunded", "refund-1")]
