"""The tables of the OSAGO tariff that this core's price rule needs; each file names its act and the day it is in force from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from playground.core.resources import Driver, Period

UNLIMITED_CLASS = "3"
"""The class of KBM whenever an individual's car may be driven by anybody."""
_DAYS_OF_A_MONTH = 30
_MONTHS = 12


class ImpossibleCell(ValueError):
    """The table has no cell for this driver: such an age and experience cannot be. `place` is the driver's place in the list."""

    def __init__(self, place: int, age: int, experience: int) -> None:
        super().__init__(f"no coefficient for the age of {age} and {experience} years of experience")
        self.place = place


def kbm(bonus_class: str) -> Decimal:
    """KBM of a class (`M`, `0` … `13`)."""
    return Decimal(_class(bonus_class)["kbm"])


def next_class(bonus_class: str) -> str:
    """The class after one more year without a payout."""
    return str(_class(bonus_class)["after_a_quiet_year"])


def kvs(drivers: Sequence[Driver], on: date) -> Decimal:
    """The worst KVS of the drivers by their full years of age and of experience on that day. Raises ImpossibleCell."""
    return max(_kvs(place, driver, on) for place, driver in enumerate(drivers))


def ko(*, unlimited: bool) -> Decimal:
    """KO of an individual's car."""
    drivers = "unrestricted" if unlimited else "restricted"
    fits = (row for row in _table("ko")["rows"] if row["drivers"] == drivers and row["owner"] in ("any", "individual"))
    return Decimal(next(fits)["ko"])


def ks(periods: Iterable[Period]) -> Decimal:
    """KS of the periods together; a month that has only begun counts as a full one."""
    whole, days = _length(periods)
    months = whole + -(-days // _DAYS_OF_A_MONTH)
    return next(
        (Decimal(row["ks"]) for row in _table("ks")["rows"] if row["over_months"] < months <= row["up_to_months"]),
        Decimal(1),
    )


def three_months(periods: Sequence[Period]) -> bool:
    """Whether the periods together are three months at least: in whole months and days, or 90 days (40-ФЗ art. 16 p. 1)."""
    whole, days = _length(periods)
    total = sum((period.end - period.start).days + 1 for period in periods)
    return whole + days // _DAYS_OF_A_MONTH >= 3 or total >= 3 * _DAYS_OF_A_MONTH


def full_years(since: date, on: date) -> int:
    """Full years between two days."""
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))


def _kvs(place: int, driver: Driver, on: date) -> Decimal:
    age, experience = full_years(driver.birth_date, on), full_years(driver.licensed_since, on)
    table = _table("kvs")
    column = next((at for at, (low, high) in enumerate(table["experience"]) if _within(experience, low, high)), None)
    for row in table["ages"]:
        top = None if row["to"] is None else row["to"] + 1
        if column is not None and _within(age, row["from"], top) and column < len(row["kvs"]):
            return Decimal(row["kvs"][column])
    raise ImpossibleCell(place, age, experience)


def _within(value: int, low: int, high: int | None) -> bool:
    return low <= value and (high is None or value < high)


def _length(periods: Iterable[Period]) -> tuple[int, int]:
    """Whole calendar months of the periods, and the days left over, each summed."""
    whole = days = 0
    for period in periods:
        after = period.end + timedelta(days=1)
        months = (after.year - period.start.year) * _MONTHS + after.month - period.start.month
        if _months_later(period.start, months) > after:
            months -= 1
        whole += months
        days += (after - _months_later(period.start, months)).days
    return whole, days


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or the first day after that month if it is too short."""
    year, month = divmod(day.month - 1 + months, _MONTHS)
    try:
        return day.replace(year=day.year + year, month=month + 1)
    except ValueError:
        year, month = divmod(day.month + months, _MONTHS)
        return date(day.year + year, month + 1, 1)


def _class(bonus_class: str) -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in _table("kbm")["classes"] if row["class"] == bonus_class)
    return found


@cache
def _table(name: str) -> dict[str, Any]:
    text = (Path(__file__).parent / f"{name}.json").read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(text, parse_float=Decimal)
    return table
