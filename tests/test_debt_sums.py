"""The sums of what is owed: whatever the schedule and the order of its news, nothing of the premium is lost or asked for twice."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers import format as show
from services.applications import Applications
from services.claims import Claims
from services.db.pipe import Store
from services.db.unit import Unit
from services.deadlines import Deadlines
from services.deadlines.calendar import Calendar
from services.debts import Debts, Kind, Purpose, Reason
from services.debts.values import of_policy
from services.history import History
from services.model import Policy
from services.money import kopecks, roubles, written
from services.payments import Bill, Payments, Terms
from services.policies import OWING, Policies
from services.policies.word import read_policy
from services.uploads import Limits, Uploads
from tests.support.resources import policy
from tests.support.stores import VAULT, opened, unit

TODAY = date(2026, 11, 22)
BEGUN = TODAY - timedelta(days=200)
TERMS = Terms("shop", test=True)
DEADLINES = Deadlines(Calendar.known())
policies, payments = Policies(VAULT), Payments(VAULT, TERMS, "https://bot.example.ru")
history = History(VAULT)
debts = Debts(
    policies,
    Claims(VAULT, Uploads(VAULT, Limits()), "https://bot.example.ru", history),
    Applications(VAULT, history),
    payments,
    DEADLINES,
)
_numbers = count(1)

sums = st.integers(min_value=1, max_value=10**11)
"""Kopecks, up to a billion roubles."""
parts = st.tuples(sums, st.integers(0, 400), st.booleans())
"""An instalment: how much, how many days after the contract's beginning it is due, is it paid?"""
schedules = st.lists(parts, min_size=1, max_size=12)
Schedule = list[tuple[int, int, bool]]


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with opened("", tmp_path) as made:
        yield made


def kasko(schedule: Schedule, **more: Any) -> dict[str, Any]:
    """The insurer's word on a contract with this schedule."""
    premium = sum(amount for amount, _, _ in schedule)
    told = [
        {
            "maturityDate": (BEGUN + timedelta(days=day)).isoformat(),
            "amount": {"amount": written(roubles(amount)), "unit": "RUB"},
            "paid": paid,
        }
        for amount, day, paid in schedule
    ]
    whole = {"amount": {"amount": written(roubles(premium)), "unit": "RUB"}, "paid": all(it[2] for it in schedule)}
    term = {"termStartDate": BEGUN.isoformat(), "termEndDate": (TODAY + timedelta(days=165)).isoformat()}
    return policy(product="kasko", premium=whole | {"payments": told}, **(term | more))


def grace(it: Policy, due: date) -> date | None:
    return debts.last_day(it, due)


@given(schedules, st.integers(-250, 160))
def test_what_is_paid_overdue_and_ahead_is_the_premium(schedule: Schedule, days: int) -> None:
    """On any day; one debt an instalment, the earliest alone can be paid, and no kopeck is lost between."""
    contract, today = read_policy(1, kasko(schedule)), TODAY + timedelta(days=days)
    owed = of_policy(contract, today, grace)
    paid = sum((it.amount for it in contract.payments if it.paid), Decimal(0))
    overdue = sum((it.amount for it in owed if it.overdue), Decimal(0))
    ahead = sum((it.amount for it in owed if not it.overdue), Decimal(0))
    assert paid + overdue + ahead == contract.premium == roubles(sum(amount for amount, _, _ in schedule))
    assert {it.purpose.part for it in owed} == {n for n, (_, _, done) in enumerate(schedule, 1) if not done}
    assert [it.due for it in owed] == sorted(it.due for it in owed)
    assert not any(it.payable for it in owed[1:])
    assert all(it.overdue == max(0, (today - it.due).days) for it in owed)
    assert {it.reason for it in owed} <= (
        {Reason.NEXT} if contract.part_paid else {Reason.PREMIUM} if len(schedule) == 1 else {Reason.FIRST}
    )


@given(sums)
def test_a_sum_is_the_same_in_every_form(amount: int) -> None:
    """As it is stored, sent to a partner, and read by a person."""
    value = roubles(amount)
    assert kopecks(value) == amount
    assert Decimal(written(value)) == value
    shown = re.sub(r"[^\d,]", "", show.money(value))
    assert Decimal(shown.replace(",", ".")) == value


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.data())
async def test_the_order_of_events_changes_nothing(store: Store, data: st.DataObject) -> None:
    """Words on a contract come late, again and in any order, and money of links between them: at every moment each instalment is
    either owed, or with us, or paid as the insurer has it.
    """
    client, number = f"cus-{next(_numbers)}", f"pol-{next(_numbers)}"
    first = data.draw(schedules)
    words = [first]
    for _ in range(
        data.draw(st.integers(0, 4))
    ):  # of each newer one something more is paid, and what is not may cost something else
        words.append([it if it[2] else (data.draw(sums), it[1], data.draw(st.booleans())) for it in words[-1]])
    told = [*range(len(words)), *data.draw(st.lists(st.sampled_from(range(len(words))), max_size=4))]
    by_link = data.draw(st.sets(st.integers(1, len(first))))
    deeds: list[tuple[str, int]] = [("word", it) for it in told] + [("money", it) for it in by_link]
    newest, ours = -1, set[int]()
    for deed, it in data.draw(st.permutations(deeds)):
        async with store.tx() as tx:
            step = unit(tx, f"client:{client}", event_id=f"{next(_numbers)}")
            if deed == "word":
                told_now = kasko(words[it], policy_id=number, client_id=client, version=it + 1)
                assert await policies.apply(step, told_now) == (it > newest)
                newest = max(newest, it)
            elif newest >= 0:
                await pay(step, client, number, it, words[newest][it - 1][0])
                ours.add(it)
        async with store.tx() as tx:
            owed = await debts.of(unit(tx, event_id="look"), client, TODAY)
        if newest >= 0:
            unpaid = {part: amount for part, (amount, _, paid) in enumerate(words[newest], 1) if not paid}
            assert {it.purpose.part: kopecks(it.amount) for it in owed} == {
                part: amount for part, amount in unpaid.items() if part not in ours
            }
        else:
            assert owed == []


async def pay(step: Unit, client: str, number: str, part: int, amount: int) -> None:
    """A link, and its money, told twice; the second link there might be is not made."""
    purpose = Purpose(Kind.INSTALMENT, await policies.row_of(step, client, number), part)
    bill = Bill(roubles(amount), "Договор", "irina@pochta.example", "")
    for _ in range(2):
        await payments.begin(step, purpose, client, 1, bill)
    made = await payments.newest(step, purpose)
    assert made
    word: dict[str, Any] = {
        "id": f"charge-{made.id}",
        "status": "pending",
        "amount": written(made.amount),
        "currency": "RUB",
    }
    word |= {"shop": TERMS.shop, "reference": made.key, "test": TERMS.test, "link": "https://pay.example"}
    for status in ("pending", "succeeded", "pending", "succeeded", "canceled"):
        await payments.seen(step, word | {"payment": made.id, "status": status})
    assert [it.id for it in await payments.succeeded(step, purpose)] == [made.id]


async def test_of_a_fleet_only_what_is_owed_for_is_opened(store: Store) -> None:
    """A menu counts the debts, and a fleet has hundreds of contracts: those with nothing to pay soon stay sealed."""
    async with store.tx() as tx:
        step = unit(tx, "client:cus-f")
        for turn in range(40):
            day, paid = (200 if not turn else 300), turn > 1
            word = kasko([(100, 0, True), (100, day, paid)], policy_id=f"pol-f{turn}", client_id="cus-f")
            assert await policies.apply(step, word)
        with patch.object(policies, "_card", wraps=policies._card) as opened_cards:
            [near] = await debts.of(step, "cus-f", TODAY, TODAY + timedelta(days=30))
            assert (near.due, opened_cards.call_count) == (TODAY, 1)
            assert len(await debts.of(step, "cus-f", TODAY)) == 2
        plan = await OWING.explained(tx, client="cus-f", until=TODAY)
    assert "ix_policy_owed" in plan, plan
