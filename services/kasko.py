"""KASKO by the edition of the rules: what is paid after a deductible, how the insured sum wears, when a car is beyond repair, and what
is paid without certificates (E5, G8). Editions are those of `services.deadlines`; money is roubles, Decimal.

2021: a public article on the insurer's earlier rules. 2025: the rules of 27.12.2024, in force from 03.02.2025.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import count
from typing import Literal

from dateutil.relativedelta import relativedelta

from services.money import KOPECK

Edition = Literal["2021", "2025"]
Part = Literal["glass", "element"]

NOTHING = Decimal(0)
MONTHS = 12
TRUCK_SHARE, TRUCK_MOST = Decimal(3), Decimal(45_000)
"""Percent of the initial insured sum, and roubles (rules of 2025, other than passenger cars)."""


def payout(damage: Decimal, deductible: Decimal, *, conditional: bool = False) -> Decimal:
    """What the insurer pays of a damage (4015-1, 10.9). Unconditional: what is over the deductible; conditional: all or nothing.

    A contract that is silent means an unconditional deductible, at every event.
    """
    if damage <= deductible:
        return NOTHING
    return damage if conditional else damage - deductible


def wear(year: int, months: int) -> Decimal:
    """Percent the insured sum has lost after so many begun months (0–12) of a contract year, which is the car's `year` of use, from 1.

    The same in both editions. First year: 3, 2, then 1.5 a month, 20 in all; second 1.25 a month, 15; later 1 a month, 12.
    """
    if year < 1 or not 0 <= months <= MONTHS:
        raise ValueError("a year from 1, months from 0 to 12")
    if year > 1:
        return months * (Decimal("1.25") if year == 2 else Decimal(1))
    first = Decimal(3) if months else NOTHING
    second = Decimal(2) if months > 1 else NOTHING
    return first + second + Decimal("1.5") * max(0, months - 2)


def months_begun(start: date, day: date) -> int:
    """Months of a contract that have begun by this day; one that is not over counts as a whole one."""
    if day < start:
        raise ValueError("before the contract")
    return next(months for months in count(1) if start + relativedelta(months=months) > day)


def reduced_sum(insured: Decimal, year: int, months: int) -> Decimal:
    """The insured sum after so many begun months. `year` is the car's year of use when the contract began. Each year of a longer
    contract wears what the year before has left (rules of 2025).
    """
    left = insured
    while months > 0:
        left *= 1 - wear(year, min(months, MONTHS)) / 100
        year, months = year + 1, months - MONTHS
    return left.quantize(KOPECK, ROUND_HALF_UP)


def total_loss_over(edition: Edition, insured: Decimal, reduced: Decimal) -> Decimal:
    """A repair that costs more is a constructive total loss: 80 % of the insured sum (2021), 75 % of the reduced sum (2025)."""
    share = insured * 80 if edition == "2021" else reduced * 75
    return (share / 100).quantize(KOPECK, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Uncertified:
    """May it be paid without certificates of the police, and up to which sum; `limit` None: without one of its own."""

    allowed: bool
    limit: Decimal | None = None


def without_certificates(
    edition: Edition, part: Part, value: Decimal, *, used: bool = False, passenger: bool = True
) -> Uncertified:
    """Glass: always. One element of the body: once a contract year (`used`: it was this year), by the edition.

    `value` is the insured sum at the beginning. 2021: up to 5 % of it. 2025: no limit for a passenger car. Hidden damage is never paid
    this way.
    """
    if part == "glass":
        return Uncertified(True)
    if used:
        return Uncertified(False)
    if edition == "2021":
        return Uncertified(True, (value * 5 / 100).quantize(KOPECK, ROUND_HALF_UP))
    if passenger:
        return Uncertified(True)
    return Uncertified(True, min((value * TRUCK_SHARE / 100).quantize(KOPECK, ROUND_HALF_UP), TRUCK_MOST))
