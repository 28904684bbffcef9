"""The europrotocol's decision tree and whose insurer a claim goes to: every branch, and the limits by the day of the accident."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest

from services.claims.addressee import Addressee, addressee
from services.claims.protocol import Verdict, verdict

NOW = date(2026, 11, 21)
BEFORE, SINCE = date(2025, 7, 4), date(2025, 7, 5)


@pytest.mark.parametrize(
    ("answers", "question"),
    [
        ((None, None, None, None, None), "vehicles"),
        ((2, None, None, None, None), "injured"),
        ((2, False, None, None, None), "insured"),
        ((2, False, True, None, None), "dispute"),
        ((2, False, True, True, None), "fixation"),
        ((2, False, True, None, True), "dispute"),
    ],
)
def test_one_question_after_the_other(answers: tuple[Any, ...], question: str) -> None:
    assert verdict(NOW, *answers) == Verdict(None, question=question)


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ((1, None, None, None, None), "vehicles"),
        ((3, False, True, False, True), "vehicles"),
        ((2, True, None, None, None), "injured"),
        ((2, False, False, None, None), "insured"),
        ((2, False, True, True, False), "dispute"),
    ],
)
def test_what_needs_the_police_is_said_at_once(answers: tuple[Any, ...], reason: str) -> None:
    assert verdict(NOW, *answers) == Verdict(False, 0, reason)


@pytest.mark.parametrize(
    ("on", "dispute", "fixation", "limit", "reason"),
    [
        (NOW, False, False, 100_000, "unfixed"),
        (NOW, False, True, 400_000, "agreed"),
        (NOW, True, True, 200_000, "disputed"),
        (SINCE, True, True, 200_000, "disputed"),
        (BEFORE, True, True, 100_000, "disputed"),
        (BEFORE, False, True, 400_000, "agreed"),
        (BEFORE, False, False, 100_000, "unfixed"),
    ],
)
def test_the_limit_by_the_day_of_the_accident(on: date, dispute: bool, fixation: bool, limit: int, reason: str) -> None:
    assert verdict(on, 2, False, True, dispute, fixation) == Verdict(True, limit, reason)


def test_every_combination_of_answers_ends_somewhere() -> None:
    """A question is asked only for an answer that is missing, and money is offered only when it may be."""
    answers = ((None, 1, 2, 3), *((None, False, True),) * 4)
    names = ("vehicles", "injured", "insured", "dispute", "fixation")
    for given in product(*answers):
        found = verdict(NOW, *given)
        assert (found.limit > 0) is (found.allowed is True)
        assert (found.allowed is None) is bool(found.question)
        if found.question:
            assert dict(zip(names, given, strict=True))[found.question] is None


@pytest.mark.parametrize(
    ("product", "event", "facts", "whose"),
    [
        ("kasko", "damage", {"injured": True}, Addressee(True, "contract")),
        ("osago", "guilty", {"injured": True, "vehicles": 1}, Addressee(True, "guilty")),
        ("osago", "injured", {"vehicles": 2, "injured": False, "insured": True}, Addressee(True, "direct")),
        ("osago", "injured", {"vehicles": 3, "injured": False, "insured": True}, Addressee(True, "direct")),
        ("osago", "injured", {}, Addressee(True, "direct")),
        ("osago", "injured", {"vehicles": 2, "injured": True, "insured": True}, Addressee(False, "injured")),
        ("osago", "injured", {"vehicles": 2, "injured": False, "insured": False}, Addressee(False, "uninsured")),
        ("osago", "injured", {"vehicles": 1, "injured": False}, Addressee(False, "alone")),
    ],
)
def test_whose_insurer_it_goes_to(product: str, event: str, facts: dict[str, Any], whose: Addressee) -> None:
    assert addressee(product, event, **facts) == whose
