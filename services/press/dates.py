"""Dates for a calendar of one's own: an `.ics` file that a telephone's calendar opens (RFC 5545, H5)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

LASTS = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Date:
    """One entry. `uid` names it for ever, a higher `sequence` replaces what a calendar has of it.

    `day` (ISO) and `at` (`HH:MM`) are of the calendar's zone; `ahead`: how many days before it rings as well.
    """

    uid: str
    sequence: int
    day: str
    at: str
    title: str
    about: str
    ahead: list[int]


@dataclass(frozen=True, slots=True)
class Dates:
    """All entries of one file. `made`: ISO; `zone`: a name of the tz database."""

    brand: str
    zone: str
    made: str
    dates: list[Date]

    @property
    def words(self) -> dict[str, Any]:
        """For a parcel."""
        return asdict(self)

    @classmethod
    def of(cls, words: dict[str, Any]) -> Dates:
        """The inverse of `words`."""
        return cls(**(words | {"dates": [Date(**it) for it in words["dates"]]}))


def dates_ics(words: dict[str, Any]) -> bytes:
    """The file: published, not an invitation; whoever opens it again gets the same entries, not second ones."""
    it = Dates.of(words)
    calendar = Calendar()
    calendar.add("prodid", f"-//{it.brand}//cabinet//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for entry in it.dates:
        calendar.add_component(_event(entry, ZoneInfo(it.zone), datetime.fromisoformat(it.made)))
    calendar.add_missing_timezones(first_date=datetime.fromisoformat(it.made).date())
    return bytes(calendar.to_ical())


def _event(entry: Date, zone: ZoneInfo, made: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", made)
    event.add("dtstart", datetime.combine(date.fromisoformat(entry.day), time.fromisoformat(entry.at), zone))
    event.add("duration", LASTS)
    event.add("summary", entry.title)
    event.add("description", entry.about)
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # it takes nobody's time
    for days in entry.ahead:
        event.add_component(_alarm(entry.title, days))
    return event


def _alarm(title: str, days: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(days=-days))
    return alarm
