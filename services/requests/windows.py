"""When an agent may come or call: two hours of one of the next working days, within the hours staff work (I1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from services.clock import MOSCOW
from services.deadlines.calendar import Calendar, CalendarMissing
from services.hours import HORIZON, Hours, Span

DAYS = 7
"""Working days that are offered."""
LENGTH = timedelta(hours=2)
NOTICE = timedelta(hours=1)
"""An agent needs so long to be found."""
FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Window:
    """Two hours of a Moscow day, from the whole hour `hour` on."""

    day: date
    hour: int

    @property
    def starts(self) -> datetime:
        return datetime.combine(self.day, time(self.hour), MOSCOW)

    @property
    def ends(self) -> datetime:
        return self.starts + LENGTH


class Windows:
    """`hours` are Moscow's; the calendar says which days are worked."""

    def __init__(self, hours: Hours, calendar: Calendar) -> None:
        self._hours, self._calendar = hours, calendar

    def days(self, now: datetime) -> dict[date, list[Window]]:
        """The next working days, today too if there is time left, each with its windows."""
        found: dict[date, list[Window]] = {}
        day = now.astimezone(MOSCOW).date()
        last = day + timedelta(days=HORIZON)
        while len(found) < DAYS and day < last:
            if self._works(day) and (windows := [it for it in self._of(day) if it.starts >= now + NOTICE]):
                found[day] = windows
            day += timedelta(days=1)
        return found

    def open(self, now: datetime, window: Window) -> bool:
        """May it be chosen (still)?"""
        return window in self.days(now).get(window.day, ())

    def _works(self, day: date) -> bool:
        """A year that is not in the calendar yet is one of ordinary weeks."""
        try:
            return self._calendar.works(day)
        except CalendarMissing:
            return day.weekday() <= FRIDAY

    def _of(self, day: date) -> Iterator[Window]:
        opens, closes = self._span(day)
        starts = datetime.combine(day, time(opens.hour + bool(opens.minute)), MOSCOW)
        while starts + LENGTH <= datetime.combine(day, closes, MOSCOW):
            yield Window(day, starts.hour)
            starts += LENGTH

    def _span(self, day: date) -> Span:
        """A working day on which the week has none, as a Saturday worked by decree, has the hours of another one."""
        return self._hours.week[day.weekday()] or next(span for span in self._hours.week if span)
