"""Deadlines: until when something is to be done, by the rules' edition, in its own unit (G4).

Pure: a calendar goes in, dates come out. Counting begins on the day after the event (ГК, 191). A last day that is not worked is
NOT moved to the next working one (ГК, 193): of two dates the earlier is the safe one for whoever has to act.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from services.deadlines.calendar import Calendar
from services.deadlines.table import TABLE, Rule, Unit

DAY = timedelta(days=1)

Left = tuple[int, Literal["days", "working_days"]]
"""How much is left, to be said with its plural."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day on which it is still in time, and the rule it comes from."""

    due: date
    unit: Unit
    amount: int
    edition: str
    source: str


class Deadlines:
    """Counts by one calendar. Every method raises NoSuchDeadline for what the table lacks, CalendarMissing beyond the calendar's data
    and OverflowError beyond the year 9999.
    """

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar

    def due(self, product: str, event: str, start: date, edition: str | None = None) -> Deadline:
        """The deadline of an event of the day `start`, by this edition of the rules or else the one in force on that day."""
        return self._of(TABLE.rule(product, event, edition or TABLE.edition_on(product, start)), start)

    def due_at(self, product: str, event: str, moment: datetime, edition: str | None = None) -> datetime:
        """The same to the minute, on the clock of `moment`, which must be aware: hours run from the moment itself, days end with their
        last one at 24:00 (ГК, 194), which is said as 00:00 of the next day.
        """
        if moment.tzinfo is None:
            raise ValueError("whose clock is it?")
        rule = TABLE.rule(product, event, edition or TABLE.edition_on(product, moment.date()))
        if rule.unit is Unit.AT_ONCE:
            return moment
        if rule.unit is Unit.HOURS:
            return (moment.astimezone(UTC) + timedelta(hours=rule.amount)).astimezone(moment.tzinfo)
        return datetime.combine(self._of(rule, moment.date()).due + DAY, time(), moment.tzinfo)

    def both(self, product: str, event: str, start: date, edition: str | None = None) -> tuple[Deadline, Deadline]:
        """Where editions or sources contradict: the earliest date any of them gives, recommended, and the legal one, the last."""
        last = self.due(product, event, start, edition)
        every = [last, *(self._of(rule, start) for rule in TABLE.all_of(product, event))]
        return min(every, key=lambda deadline: deadline.due), last

    def left(self, deadline: Deadline, today: date) -> Left:
        """Days from today to the last one, working days for a term in working days; 0 is today; overdue is negative, in days."""
        days = (deadline.due - today).days
        if deadline.unit is not Unit.WORKING or days <= 0:
            return days, "days"
        return sum(self.calendar.works(today + n * DAY) for n in range(1, days + 1)), "working_days"

    def _of(self, rule: Rule, start: date) -> Deadline:
        return Deadline(self.count(start, rule.amount, rule.unit), rule.unit, rule.amount, rule.edition, rule.source)

    def count(self, start: date, amount: int, unit: Unit) -> date:
        """The last day of a term that the table need not know. Hours from a day run from its beginning, for the hour is not known:
        24 of them end on the next day.
        """
        match unit:
            case Unit.AT_ONCE:
                return start
            case Unit.HOURS:
                return start + timedelta(hours=amount)
            case Unit.CALENDAR:
                return start + amount * DAY
            case Unit.WORKING:
                return _nth(start, amount, self.calendar.works)
            case Unit.NO_HOLIDAYS:
                return _nth(start, amount, lambda day: not self.calendar.holiday(day))


def _nth(start: date, amount: int, counts: Callable[[date], bool]) -> date:
    day = start
    while amount:
        day += DAY
        amount -= counts(day)
    return day
