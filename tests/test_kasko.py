"""KASKO by the edition of its rules: deductible, wear, total loss, without certificates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kasko import (
    Edition,
    Part,
    Uncertified,
    months_begun,
    payout,
    reduced_sum,
    total_loss_over,
    wear,
    without_certificates,
)

MILLION = Decimal(1_000_000)


@pytest.mark.parametrize(
    ("damage", "deductible", "conditional", "paid"),
    [
        ("60000", "10000", False, "50000"),
        ("60000", "10000", True, "60000"),
        ("10000", "10000", False, "0"),
        ("10000", "10000", True, "0"),  # not over the deductible: nothing (4015-1, 10.9)
        ("10000.01", "10000", True, "10000.01"),
        ("10000.01", "10000", False, "0.01"),
        ("5000", "10000", False, "0"),
        ("5000", "0", False, "5000"),
    ],
)
def test_what_is_paid_after_the_deductible(damage: str, deductible: str, conditional: bool, paid: str) -> None:
    assert payout(Decimal(damage), Decimal(deductible), conditional=conditional) == Decimal(paid)


@pytest.mark.parametrize(
    ("year", "percents"),
    [
        (1, ["0", "3", "5", "6.5", "8", "9.5", "11", "12.5", "14", "15.5", "17", "18.5", "20"]),
        (2, ["0", "1.25", "2.5", "3.75", "5", "6.25", "7.5", "8.75", "10", "11.25", "12.5", "13.75", "15"]),
        (3, [str(n) for n in range(13)]),
        (9, [str(n) for n in range(13)]),
    ],
)
def test_wear_by_month(year: int, percents: list[str]) -> None:
    assert [wear(year, months) for months in range(13)] == [Decimal(percent) for percent in percents]


@pytest.mark.parametrize(("year", "months"), [(0, 1), (1, 13), (1, -1)])
def test_wear_of_no_such_month_is_refused(year: int, months: int) -> None:
    with pytest.raises(ValueError, match="months"):
        wear(year, months)


@pytest.mark.parametrize(
    ("start", "day", "months"),
    [
        ("2026-01-15", "2026-01-15", 1),
        ("2026-01-15", "2026-02-14", 1),
        ("2026-01-15", "2026-02-15", 2),
        ("2026-01-15", "2027-01-14", 12),
        ("2026-01-15", "2027-01-15", 13),
        ("2024-02-29", "2025-02-27", 12),
    ],
)
def test_a_begun_month_counts_as_a_whole_one(start: str, day: str, months: int) -> None:
    assert months_begun(date.fromisoformat(start), date.fromisoformat(day)) == months


def test_no_month_has_begun_before_the_contract() -> None:
    with pytest.raises(ValueError, match="before the contract"):
        months_begun(date(2026, 1, 15), date(2026, 1, 14))


@pytest.mark.parametrize(
    ("year", "months", "left"),
    [
        (1, 0, "1000000.00"),
        (1, 1, "970000.00"),
        (1, 2, "950000.00"),
        (1, 3, "935000.00"),
        (1, 12, "800000.00"),
        (1, 13, "790000.00"),  # 800 000 less 1.25 %
        (1, 24, "680000.00"),  # 800 000 less 15 %
        (1, 36, "598400.00"),  # 680 000 less 12 %
        (2, 12, "850000.00"),
        (5, 7, "930000.00"),
    ],
)
def test_each_year_wears_what_the_year_before_has_left(year: int, months: int, left: str) -> None:
    assert reduced_sum(MILLION, year, months) == Decimal(left)


@given(year=st.integers(1, 12), months=st.integers(0, 60))
def test_the_sum_only_falls_and_never_to_nothing(year: int, months: int) -> None:
    assert 0 < reduced_sum(MILLION, year, months + 1) < reduced_sum(MILLION, year, months) <= MILLION


@pytest.mark.parametrize(("edition", "over"), [("2021", "800000.00"), ("2025", "600000.00")])
def test_a_dear_repair_is_a_total_loss(edition: Edition, over: str) -> None:
    assert total_loss_over(edition, MILLION, Decimal(800_000)) == Decimal(over)


@pytest.mark.parametrize(
    ("edition", "part", "used", "passenger", "expected"),
    [
        ("2021", "glass", True, True, Uncertified(True)),
        ("2025", "glass", True, False, Uncertified(True)),
        ("2021", "element", False, True, Uncertified(True, Decimal(50_000))),
        ("2021", "element", True, True, Uncertified(False)),
        ("2025", "element", False, True, Uncertified(True)),
        ("2025", "element", True, True, Uncertified(False)),
        ("2025", "element", False, False, Uncertified(True, Decimal(30_000))),
    ],
)
def test_without_certificates(edition: Edition, part: Part, used: bool, passenger: bool, expected: Uncertified) -> None:
    assert without_certificates(edition, part, MILLION, used=used, passenger=passenger) == expected


def test_a_dear_truck_is_paid_up_to_45_000_without_certificates() -> None:
    assert without_certificates("2025", "element", 2 * MILLION, passenger=False).limit == 45_000
