"""What is watched for a claim: the client's deadlines and the insurer's."""

from __future__ import annotations

from datetime import date

import pytest

from services.deadlines import Deadline
from services.deadlines.claims import to_report, to_wait
from tests.support.calendars import DEADLINES, d

ACCIDENT = d("2026-12-29")
"""Tuesday; the dates below are counted by hand in `test_deadlines.py`."""


def dates(deadline: Deadline | None) -> date | None:
    return deadline.due if deadline else None


@pytest.mark.parametrize(
    ("product", "event", "europrotocol", "watched"),
    [
        ("osago", "guilty", False, {"send-accident-notice": "2027-01-14"}),
        ("osago", "injured", False, {"send-accident-notice": "2027-01-14", "file-claim": "2027-01-14"}),
        (
            "osago",
            "guilty",
            True,
            {"send-accident-notice": "2027-01-14", "no-repair-hold-europrotocol": "2027-01-21"},
        ),
        ("kasko", "damage", False, {"report-damage": "2027-01-21"}),
        ("kasko", "total", False, {"report-damage": "2027-01-21"}),
        ("kasko", "glass", False, {"report-damage": "2027-01-21"}),
        ("kasko", "theft", False, {"report-theft": "2026-12-30", "report-theft-written": "2027-01-12"}),
        ("kasko", "damage", True, {"report-damage": "2027-01-21"}),
        ("property", "damage", False, {}),
        ("dms", "event", False, {}),
    ],
)
def test_what_the_client_has_to_report(product: str, event: str, europrotocol: bool, watched: dict[str, str]) -> None:
    found = to_report(DEADLINES, product, event, ACCIDENT, europrotocol=europrotocol)
    assert {it.key: dates(it.last) for it in found} == {key: d(day) for key, day in watched.items()}
    assert {it.who for it in found} <= {"client"}


@pytest.mark.parametrize(
    ("product", "event", "state", "watched"),
    [
        ("osago", "injured", "received", {"inspection": "2027-01-14", "decision": "2027-01-26"}),
        ("osago", "injured", "review", {"inspection": "2027-01-14", "decision": "2027-01-26"}),
        ("osago", "injured", "inspection", {"decision": "2027-01-26"}),
        ("osago", "injured", "payout", {"decision": "2027-01-26"}),
        ("osago", "injured", "repair", {"repair": "2027-02-18"}),
        ("osago", "injured", "clarification", {}),
        ("osago", "injured", "closed", {}),
        ("osago", "guilty", "received", {}),
        ("kasko", "damage", "review", {"payout-damage": "2027-02-11"}),
        ("kasko", "glass", "review", {"payout-damage": "2027-02-11"}),
        ("kasko", "total", "review", {"payout-total-loss": "2027-02-18"}),
        ("kasko", "theft", "received", {"payout-theft": "2027-02-18"}),
        ("kasko", "theft", "repair", {}),
        ("kasko", "theft", "sent", {}),
        ("travel", "event", "review", {}),
    ],
)
def test_what_the_insurer_has_to_do(product: str, event: str, state: str, watched: dict[str, str]) -> None:
    found = to_wait(DEADLINES, product, event, state, ACCIDENT)
    assert {it.key: dates(it.last) for it in found} == {key: d(day) for key, day in watched.items()}
    assert {it.who for it in found} <= {"insurer"}


def test_one_element_without_certificates_is_paid_sooner_by_the_rules_of_2025() -> None:
    [today] = to_wait(DEADLINES, "kasko", "damage", "review", ACCIDENT, one_element=True)
    [before] = to_wait(DEADLINES, "kasko", "damage", "review", d("2025-01-15"), one_element=True)
    assert (today.key, dates(today.last)) == ("payout-one-element", d("2027-01-21"))
    assert before.key == "payout-damage"


def test_beyond_the_calendar_a_term_is_told_without_a_date() -> None:
    [notice, claim] = to_report(DEADLINES, "osago", "injured", d("2027-12-29"))
    assert (notice.recommended, notice.last, claim.last) == (None, None, None)
    assert (claim.rule.amount, claim.rule.unit) == (5, "working_days")
