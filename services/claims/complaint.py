"""What a client can do about a refusal, and by when: the insurer first, then the financial ombudsman, then the court.

The order and the terms are of 123-ФЗ (articles 15–16, 20, 25) and, for OSAGO, of 40-ФЗ (article 16.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from services.deadlines import Deadlines
from services.deadlines.calendar import CalendarMissing
from services.deadlines.table import Unit

ELECTRONIC, OTHERWISE = 15, 30
"""The insurer's time: working days for the standard electronic form within 180 days, else calendar days (123-ФЗ 16(2))."""
FRESH = 180
"""Days after the refusal within which the standard electronic form is answered sooner."""
YEARS = 3
"""Within which the ombudsman takes a complaint (123-ФЗ 15(1))."""
DECIDES = 15
"""Working days the ombudsman has (123-ФЗ 20(8))."""
COURT = 30
"""Days after the ombudsman's decision is in force in which a client who does not agree goes to court (123-ФЗ 25(3))."""
MOST = Decimal(500_000)
"""Roubles: above it only OSAGO is the ombudsman's business (123-ФЗ 15(1))."""


@dataclass(frozen=True, slots=True)
class Path:
    """`electronic` and `otherwise`: until when the insurer answers a complaint sent today; None where the calendar does not reach, or
    where that way is not open any more. `until`: the last day the ombudsman takes it.
    """

    electronic: date | None
    otherwise: date
    until: date


def path(deadlines: Deadlines, refused_on: date, today: date) -> Path:
    """The ways that are open today."""
    otherwise = deadlines.count(today, OTHERWISE, Unit.CALENDAR)
    until = refused_on + relativedelta(years=YEARS)
    if (today - refused_on).days > FRESH:
        return Path(None, otherwise, until)
    try:
        return Path(deadlines.count(today, ELECTRONIC, Unit.WORKING), otherwise, until)
    except CalendarMissing:
        return Path(None, otherwise, until)
