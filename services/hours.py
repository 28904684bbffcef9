"""When staff work, and arithmetic in that time: a wait over the night costs nobody a minute (K3).

    Hours.of("mon-fri 09:00-21:00; sat-sun 10:00-18:00; holidays closed")

Hours are Moscow's, as everything of the insurer's. A holiday is whatever `is_holiday` says; its hours take the place of the weekday's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from services.clock import MOSCOW

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOLIDAYS = "holidays"
LINE = re.compile(
    r"([a-z]{3})(?:-([a-z]{3}))? +(?:(\d\d:\d\d)-(\d\d:\d\d)|closed)|holidays +(?:(\d\d:\d\d)-(\d\d:\d\d)|closed)"
)
HORIZON = 60
"""Days that are looked through for an open one: no insurer rests for two months."""

Span = tuple[time, time]


@dataclass(frozen=True, slots=True)
class Hours:
    """`week` has seven entries, Monday first, None for a day off; `holiday` are the hours of a holiday."""

    week: tuple[Span | None, ...]
    holiday: Span | None = None
    is_holiday: Callable[[date], bool] = field(default=lambda _: False, compare=False)

    @classmethod
    def of(cls, words: str, is_holiday: Callable[[date], bool] = lambda _: False) -> Hours:
        """From the words of the setting. Raises ValueError saying what cannot be read, or that no day is open."""
        week: list[Span | None] = [None] * 7
        holiday: Span | None = None
        for part in filter(None, (part.strip().lower() for part in words.split(";"))):
            found = LINE.fullmatch(part)
            if found is None:
                raise ValueError(f"«{part}»: mon-fri 09:00-21:00; sat-sun 10:00-18:00; holidays closed")
            if part.startswith(HOLIDAYS):
                holiday = _span(found[5], found[6])
                continue
            first, last = DAYS.index(found[1]), DAYS.index(found[2] or found[1])
            for day in range(first, last + 1):
                week[day] = _span(found[3], found[4])
        if not any(week):
            raise ValueError("no day is open: mon-fri 09:00-21:00")
        return cls(tuple(week), holiday, is_holiday)

    def is_open(self, at: datetime) -> bool:
        """Is somebody there at this moment?"""
        return any(opens <= at < closes for opens, closes in self._spans(at, days=1))

    def next_open(self, at: datetime) -> datetime:
        """This very moment if somebody is there, else when they come."""
        return next(max(at, opens) for opens, closes in self._spans(at) if at < closes)

    def add(self, at: datetime, work: timedelta) -> datetime:
        """The moment when so much working time has passed."""
        for opens, closes in self._spans(at):
            begins = max(at, opens)
            if begins < closes:
                if begins + work <= closes:
                    return begins + work
                work -= closes - begins
        raise ValueError("more work than two months have")

    def between(self, since: datetime, until: datetime) -> timedelta:
        """The working time between two moments."""
        passed = timedelta()
        for opens, closes in self._spans(since, days=(until - since).days + 2):
            passed += max(timedelta(), min(until, closes) - max(since, opens))
        return passed

    def _spans(self, at: datetime, days: int = HORIZON) -> Iterator[tuple[datetime, datetime]]:
        """The open spans of this day and the following ones."""
        first = at.astimezone(MOSCOW).date()
        for number in range(days):
            day = first + timedelta(days=number)
            if span := self.holiday if self.is_holiday(day) else self.week[day.weekday()]:
                yield datetime.combine(day, span[0], MOSCOW), datetime.combine(day, span[1], MOSCOW)


def _span(opens: str | None, closes: str | None) -> Span | None:
    """Raises ValueError for no time, or for hours that end before they begin."""
    if opens is None or closes is None:
        return None
    span = time.fromisoformat(opens), time.fromisoformat(closes)
    if span[1] <= span[0]:
        raise ValueError(f"{opens}-{closes}: it closes before it opens")
    return span
