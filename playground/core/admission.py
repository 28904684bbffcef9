"""What the insurer insures: the rules an application has to keep. The core decides by itself, whatever the cabinet has checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from playground.core.applications import Wish
from playground.core.deeds import Fault
from playground.core.drafts import year_later
from playground.core.resources import Driver, Period, Policy, Product, Status
from playground.core.tariff import full_years, three_months

WINDOW = timedelta(days=60)
"""A contract may be prolonged from that long before its last day until the last day itself."""
LEAD = timedelta(days=4)
"""Three full days lie between the day of the application and the first day of cover."""
ADULT = 18
LICENSED_FROM = 16
"""The age of the earliest licence (motorcycles); the KVS table begins there, too."""
MOST_PERIODS = 3
_LICENCE = re.compile(r"\d{2}(?:\d{2}|[АВЕКМНОРСТУХ]{2})\d{6}", re.ASCII)
_FOREIGN = re.compile(r"[\w /.-]{1,30}")


def earliest_start(policy: Policy, day: date) -> date:
    """The first day a contract applied for on `day` may begin."""
    return max(policy.term_end_date + timedelta(days=1), day + LEAD)


def policy_faults(policy: Policy | None, customer_id: str, today: date, window: timedelta = WINDOW) -> Iterator[Fault]:
    """Why this contract cannot be prolonged today; nothing if it can. A quote may look further ahead: its `window` is longer."""
    if policy is None or policy.customer_id != customer_id:
        yield Fault("/policyId", "the customer has no such policy")
    elif policy.product is not Product.OSAGO:
        yield Fault("/policyId", "only OSAGO is prolonged here")
    elif policy.status is Status.TERMINATED:
        yield Fault("/policyId", "the policy is terminated")
    elif today > policy.term_end_date:
        yield Fault("/policyId", f"the policy ended on {policy.term_end_date}")
    elif today < policy.term_end_date - window:
        yield Fault("/policyId", f"the policy can be prolonged from {policy.term_end_date - window}")


def faults(request: Wish, policy: Policy, today: date, submitted: date) -> list[Fault]:
    """Everything wrong with the wish itself; `submitted` is the day of the application in Moscow."""
    found = [*_term(request, policy, submitted), *_usage(request)]
    if request.unlimited_drivers == bool(request.drivers):
        found.append(Fault("/drivers", "either drivers or unlimitedDrivers, and not both"))
    for place, driver in enumerate(request.drivers):
        found += _driver(f"/drivers/{place}", driver, request.term_start_date, today)
    found += _repeats(request.drivers)
    if (card := request.diagnostic_card) and not card.issued <= card.valid_until:
        found.append(Fault("/diagnosticCard/validUntil", "the card ends before it is issued"))
    if card and card.issued > today:
        found.append(Fault("/diagnosticCard/issued", "the day lies ahead"))
    return found


def _term(request: Wish, policy: Policy, submitted: date) -> Iterator[Fault]:
    earliest = earliest_start(policy, submitted)
    if request.term_start_date < earliest:
        yield Fault("/termStartDate", f"not before {earliest}")
    elif request.term_start_date > earliest + WINDOW:
        yield Fault("/termStartDate", f"not after {earliest + WINDOW}")
    if request.term_end_date != year_later(request.term_start_date):
        yield Fault("/termEndDate", "the term is one year")


def _usage(request: Wish) -> Iterator[Fault]:
    periods = request.usage_periods
    if not 1 <= len(periods) <= MOST_PERIODS:
        yield Fault("/usagePeriods", f"one to {MOST_PERIODS} periods")
        return
    for place, period in enumerate(periods):
        if not request.term_start_date <= period.start <= period.end <= request.term_end_date:
            yield Fault(f"/usagePeriods/{place}", "the period is not inside the term")
    ordered: list[Period] = sorted(periods, key=lambda it: it.start)
    if any(later.start <= before.end for before, later in pairwise(ordered)):
        yield Fault("/usagePeriods", "the periods overlap")
    elif not three_months(periods):
        yield Fault("/usagePeriods", "together at least three months")


def _driver(at: str, driver: Driver, start: date, today: date) -> Iterator[Fault]:
    for part in ("last", "first"):
        if not getattr(driver.name, part).strip():
            yield Fault(f"{at}/name/{part}", "empty")
    if full_years(driver.birth_date, start) < ADULT:
        yield Fault(f"{at}/birthDate", f"a driver is {ADULT} on the first day of the term")
    if driver.licensed_since > today:
        yield Fault(f"{at}/licensedSince", "the day lies ahead")
    elif full_years(driver.birth_date, driver.licensed_since) < LICENSED_FROM:
        yield Fault(f"{at}/licensedSince", f"nobody has a licence before the age of {LICENSED_FROM}")
    if not (_FOREIGN if driver.foreign_licence else _LICENCE).fullmatch(driver.licence):
        yield Fault(f"{at}/licence", "not the number of a licence")


def _repeats(drivers: Iterable[Driver]) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, driver in enumerate(drivers):
        plain = re.sub(r"[\W_]", "", driver.licence).upper()
        if plain in seen:
            yield Fault(f"/drivers/{place}/licence", "another driver has this licence")
        seen.add(plain)
