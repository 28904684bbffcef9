"""When a contract may be prolonged, from when the new one counts, what may be changed: pure rules, no database.

The rules are settings of the insurer's practice, not of the law: "prolongation" is a new contract for a new term (837-П, 4.14).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from dateutil.relativedelta import relativedelta

from services.model import Name, Policy, Standing

OPENS_BEFORE = timedelta(days=60)
"""From so many days before the end until the end date inclusive (D1)."""
PROLONGED = "osago"
"""What the chat prolongs; KASKO and the rest are a person's work."""
MIN_LEAD_DAYS = 3
"""Full days between the application and the first day of cover (D6): applied for on the 12th, it starts on the 16th."""
LEAST_MONTHS = 3
"""All periods of use together last at least this (40-ФЗ, 16.1)."""
MOST_PERIODS = 3

Period = tuple[date, date]
"""First and last day, both inside."""


@dataclass(frozen=True, slots=True)
class AdmittedDriver:
    """A driver as an application names them. `sex` is `male`, `female`, or empty; `licence` canonical; `foreign`: of another country."""

    name: Name
    birth: date
    sex: str
    licence: str
    foreign: bool
    since: date


@dataclass(frozen=True, slots=True)
class DiagnosticCard:
    """A diagnostic card: optional, it matters at a claim (837-П, 7.18). `kind` is `card` or `international`."""

    kind: str
    number: str
    issued: date
    until: date


@dataclass(frozen=True, slots=True)
class Entered:
    """What the client may change in a prolongation (D5, D3, D4). No periods: the whole year. `unlimited` ⇔ no drivers."""

    drivers: tuple[AdmittedDriver, ...]
    unlimited: bool
    periods: tuple[Period, ...] = ()
    card: DiagnosticCard | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """When a contract may be prolonged. `starts` and `ends` are the new term for an application of today; `gap` the days without cover."""

    opens: date
    closes: date
    starts: date
    ends: date
    gap: Period | None

    def open(self, today: date) -> bool:
        """May it be prolonged today?"""
        return self.opens <= today <= self.closes


def start_of(closes: date, today: date) -> date:
    """The first day of the new term: the day after the present one, `closes`, but after `MIN_LEAD_DAYS` full days (D6)."""
    return max(closes + timedelta(days=1), today + timedelta(days=MIN_LEAD_DAYS + 1))


def window_of(policy: Policy, today: date) -> Window:
    """The window and the new term of one year."""
    starts = start_of(policy.ends, today)
    ends = starts + relativedelta(years=1) - timedelta(days=1)
    gap = (policy.ends + timedelta(days=1), starts - timedelta(days=1))
    return Window(policy.ends - OPENS_BEFORE, policy.ends, starts, ends, gap if gap[0] <= gap[1] else None)


def prolongable(policy: Policy, today: date) -> bool:
    """Can the chat prolong it today?"""
    standing = policy.standing(today)
    return policy.product == PROLONGED and standing is Standing.ACTIVE and window_of(policy, today).open(today)


def carried(policy: Policy) -> Entered:
    """What carries over unchanged: the drivers of today, the whole year."""
    return Entered(
        tuple(
            AdmittedDriver(driver.name, driver.birth, driver.sex, driver.licence, driver.foreign, driver.since)
            for driver in policy.drivers
        ),
        policy.unlimited,
    )


class PeriodProblem(StrEnum):
    """Why a period of use cannot be. The value names the text that says it: `error-<value>`."""

    ORDER = "period-order"
    OUTSIDE = "period-outside"
    OVERLAP = "period-overlap"


def period_problem(first: date, last: date, term: Period, others: tuple[Period, ...]) -> PeriodProblem | None:
    """What is wrong with a period of use (D3)."""
    if last < first:
        return PeriodProblem.ORDER
    if first < term[0] or last > term[1]:
        return PeriodProblem.OUTSIDE
    if any(first <= other[1] and other[0] <= last for other in others):
        return PeriodProblem.OVERLAP
    return None


def short_use(periods: tuple[Period, ...]) -> bool:
    """Are all periods together shorter than three months? Whole months count as months, what is left over by 30 days."""
    spans = [relativedelta(last + timedelta(days=1), first) for first, last in periods]
    months = sum(span.years * 12 + span.months for span in spans) + sum(span.days for span in spans) // 30
    days = sum((last - first).days + 1 for first, last in periods)
    return bool(periods) and months < LEAST_MONTHS and days < LEAST_MONTHS * 30


def to_wire(entered: Entered, term: Period) -> dict[str, Any]:
    """In the words of the core's API."""
    periods = entered.periods or (term,)
    card = entered.card
    return {
        "usagePeriods": [{"start": first.isoformat(), "end": last.isoformat()} for first, last in sorted(periods)],
        "unlimitedDrivers": entered.unlimited,
        "drivers": [
            {
                "name": {"last": d.name.last, "first": d.name.first, "middle": d.name.middle or None},
                "birthDate": d.birth.isoformat(),
                "sex": d.sex or None,
                "licence": d.licence,
                "foreignLicence": d.foreign,
                "licensedSince": d.since.isoformat(),
            }
            for d in entered.drivers
        ],
        "diagnosticCard": {
            "kind": card.kind,
            "number": card.number,
            "issued": card.issued.isoformat(),
            "validUntil": card.until.isoformat(),
        }
        if card
        else None,
    }


def of_wire(raw: dict[str, Any], term: Period) -> Entered:
    """The inverse of `to_wire`."""
    periods = tuple((date.fromisoformat(p["start"]), date.fromisoformat(p["end"])) for p in raw["usagePeriods"])
    card = raw["diagnosticCard"]
    return Entered(
        tuple(
            AdmittedDriver(
                Name.of(d["name"]),
                date.fromisoformat(d["birthDate"]),
                d["sex"] or "",
                d["licence"],
                d["foreignLicence"],
                date.fromisoformat(d["licensedSince"]),
            )
            for d in raw["drivers"]
        ),
        raw["unlimitedDrivers"],
        () if periods == (term,) else periods,
        DiagnosticCard(
            card["kind"],
            card["number"],
            date.fromisoformat(card["issued"]),
            date.fromisoformat(card["validUntil"]),
        )
        if card
        else None,
    )
