"""What the provider's and the insurer's words make of a payment and an application: only forward, and never paid by a mistake."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.applications.values import OF_CORE, OVER, Application, Said, Stage, heard
from services.payments.values import (
    UNDECIDED,
    Kind,
    Payment,
    Purpose,
    State,
    Terms,
    mismatch,
    pause_before_look,
    verdict,
)

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
TERMS = Terms("100500", test=True)
FOR = Purpose(Kind.APPLICATION, 1)
FINAL = tuple(state for state in State if state not in UNDECIDED)
STATUSES = ("pending", "waiting_for_capture", "succeeded", "canceled")
ORDER = {State.NEW: 0, State.LINK: 1}
"""How far an attempt has come; every other state is the end of its way, but for the way of the money back."""


def payment(state: State = State.LINK, amount: Decimal = Decimal("7432.18"), charge_id: str = "c-1") -> Payment:
    return Payment(1, FOR, "cus-x", 1, "key-1", amount, state, charge_id, "", "why", 0, NOW, None)


def charge(status: str = "succeeded", **changed: Any) -> dict[str, Any]:
    """The provider's word on this very payment."""
    return {
        "id": "c-1",
        "status": status,
        "amount": "7432.18",
        "currency": "RUB",
        "shop": "100500",
        "reference": "key-1",
        "test": True,
        "reason": "",
        "link": "",
    } | changed


odd = st.text("cRUBkey-1005 €", max_size=8)
WRONG: dict[str, st.SearchStrategy[Any]] = {
    "id": odd.filter(lambda it: it != "c-1"),
    "amount": st.decimals(0, 10**7, places=2).filter(lambda it: it != Decimal("7432.18")).map(str),
    "currency": odd.filter(lambda it: it != "RUB"),
    "shop": odd.filter(lambda it: it != "100500"),
    "reference": odd.filter(lambda it: it != "key-1"),
    "test": st.sampled_from([False, None, 1, "true"]),
}
"""For every field that must match: what does not."""
mistaken = st.fixed_dictionaries({}, optional=WRONG)
words = st.builds(lambda status, wrong: charge(status, **wrong), st.sampled_from(STATUSES), mistaken)
"""Anything the provider may say, right or wrong."""


# -- a payment --------------------------------------------------------------------------------------------------------


@given(st.lists(words, max_size=8))
def test_a_payment_only_goes_forward(said: list[dict[str, Any]]) -> None:
    at, way = payment(State.NEW, charge_id=""), [State.NEW]
    for word in said:
        state, reason = verdict(at, word, TERMS)
        at = Payment(1, FOR, "cus-x", 1, "key-1", at.amount, state, at.charge_id, "", reason, 0, NOW, None)
        way.append(state)
    ends = [state for state in way if state in FINAL]
    assert len(set(ends)) <= 1, way
    assert [ORDER.get(state, 2) for state in way] == sorted(ORDER.get(state, 2) for state in way)


@given(st.sampled_from(FINAL), words)
def test_the_last_word_stays(state: State, word: dict[str, Any]) -> None:
    assert verdict(payment(state), word, TERMS) == (state, "why")


@given(st.sampled_from(UNDECIDED), st.sampled_from(STATUSES), mistaken.filter(bool))
def test_what_does_not_match_is_never_paid(state: State, status: str, wrong: dict[str, Any]) -> None:
    now, why = verdict(payment(state), charge(status, **wrong), TERMS)
    assert now is State.DISPUTED
    assert set(why.split()) == set(wrong), "the reason names what is wrong, for the people who look"


@given(st.sampled_from(UNDECIDED), st.sampled_from(["7432.18", "7432.180", "07432.18"]))
def test_a_sum_is_compared_as_a_number(state: State, amount: str) -> None:
    assert verdict(payment(state), charge(amount=amount), TERMS) == (State.SUCCEEDED, "")


def test_real_money_is_never_taken_for_a_test_and_the_other_way_round() -> None:
    assert mismatch(payment(), charge(test=False), Terms("100500", test=False)) == ""
    assert mismatch(payment(), charge(test=True), Terms("100500", test=False)) == "test"


@pytest.mark.parametrize(
    ("status", "reason", "state"),
    [
        ("pending", "", (State.LINK, "")),
        ("waiting_for_capture", "", (State.LINK, "")),
        ("canceled", "insufficient_funds", (State.CANCELED, "insufficient_funds")),
        ("canceled", "", (State.CANCELED, "general_decline")),
        ("succeeded", "", (State.SUCCEEDED, "")),
    ],
)
def test_what_the_provider_says(status: str, reason: str, state: tuple[State, str]) -> None:
    assert verdict(payment(State.NEW, charge_id=""), charge(status, reason=reason), TERMS) == state


def test_the_provider_is_asked_often_first_and_never_forgotten() -> None:
    pauses = [pause_before_look(looks) for looks in range(200)]
    assert sum(pauses[:6], timedelta()) == timedelta(minutes=1)
    assert sum(pauses[6:16], timedelta()) == timedelta(minutes=10)
    assert sum(pauses[16:40], timedelta()) == timedelta(hours=2)
    assert set(pauses[40:]) == {timedelta(minutes=30)}


# -- an application ---------------------------------------------------------------------------------------------------


def application(stage: Stage, price: Decimal | None = Decimal("7432.18"), version: int = 3) -> Application:
    return Application(
        12,
        "cus-x",
        1,
        "pol-x",
        2,
        stage,
        version,
        "26-000012",
        date(2026, 12, 1),
        date(2027, 11, 30),
        price,
        None,
        {"drivers": []},
        Said(("drivers/0/licence",), "comment", "client"),
        "",
        NOW,
        NOW + timedelta(hours=24),
    )


def resource(status: str, price: str | None = "7432.18", version: int = 4, **more: Any) -> dict[str, Any]:
    return {"status": status, "version": version, "price": {"amount": price} if price else None} | more


prices = st.sampled_from([None, "7432.18", "7432.19"])
resources = st.builds(resource, st.sampled_from(sorted(OF_CORE)), prices)
stages = st.sampled_from(Stage)


@given(stages, resources)
def test_the_insurers_word_changes_nothing_the_client_has_entered(stage: Stage, word: dict[str, Any]) -> None:
    before = application(stage)
    now = heard(before, word, NOW)
    for name in (
        "id",
        "client_id",
        "account_id",
        "policy_core_id",
        "revision",
        "starts",
        "ends",
        "entered",
        "asked_at",
    ):
        assert getattr(now, name) == getattr(before, name)
    assert now.core_version == 4


@given(resources)
def test_paid_is_left_only_to_issued_or_refused(word: dict[str, Any]) -> None:
    now = heard(application(Stage.PAID), word, NOW)
    assert now.stage is (OF_CORE[word["status"]] if word["status"] in ("issued", "refused") else Stage.PAID)


@given(st.sampled_from(OVER), resources)
def test_what_is_over_comes_back_only_as_a_policy_or_a_refusal(stage: Stage, word: dict[str, Any]) -> None:
    now = heard(application(stage), word, NOW)
    assert now.stage in {stage, Stage.ISSUED, Stage.REFUSED}
    assert now.stage is stage or now.stage is OF_CORE[word["status"]]


@given(st.sampled_from([Stage.SAVING, Stage.SAVED]), prices)
def test_another_price_has_to_be_agreed_to_anew(stage: Stage, price: str | None) -> None:
    now = heard(application(stage), resource("priced", price), NOW)
    same = price == "7432.18"
    assert now.stage is (stage if same else Stage.PRICED)
    assert now.price == (None if price is None else Decimal(price))
    assert now.expires_at is None or same


@given(stages, resources)
def test_only_what_waits_for_money_has_an_end(stage: Stage, word: dict[str, Any]) -> None:
    now = heard(application(stage), word, NOW)
    assert (now.expires_at is not None) == (now.stage in (Stage.SAVING, Stage.SAVED, Stage.PAID))


@given(stages, resources)
def test_why_it_has_ended_here_is_not_unsaid_by_older_news(stage: Stage, word: dict[str, Any]) -> None:
    before = application(stage)
    now = heard(before, word, NOW)
    if now.stage is before.stage and OF_CORE[word["status"]] is not before.stage:
        assert (now.price, now.said) == (before.price, before.said)
