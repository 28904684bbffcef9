"""The days of three years, and a calendar of a fourth one, for tests of deadlines."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import holidays

from services.deadlines import Deadlines
from services.deadlines.calendar import Calendar

CALENDAR = Calendar.known()
DEADLINES = Deadlines(CALENDAR)
FIRST, LAST = date(2025, 1, 1), date(2027, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
RUSSIA = holidays.country_holidays("RU", years=(2025, 2026, 2027))
LABOUR_CODE_112 = {(1, n) for n in range(1, 9)} | {(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}


def d(said: str) -> date:
    return date.fromisoformat(said)


def year(number: int, **days: object) -> dict[str, object]:
    return {
        "statutory_holidays": [],
        "weekday_days_off": [],
        "working_weekends": [],
        "working_days": 261,
    } | days


def plain(number: int) -> dict[str, object]:
    """A year whose weekdays are all worked."""
    days = ((date(number, 1, 1) + timedelta(days=n)) for n in range((date(number + 1, 1, 1) - date(number, 1, 1)).days))
    return year(number, working_days=sum(day.weekday() < 5 for day in days))


def until_next_year(folder: Path, today: date) -> tuple[Path, int]:
    """A file that knows this year and the next, whatever the year, and the first year that is still missing."""
    path = folder / "calendar.json"
    path.write_text(json.dumps({"years": {str(number): plain(number) for number in (today.year, today.year + 1)}}))
    known = Calendar.known(path)
    return path, next(number for number in count(today.year + 2) if known.gap(date(number - 1, 12, 1)))


def of_2028(folder: Path) -> Path:
    """A file: 2028 with the New Year holidays alone (3–7 Jan on weekdays) and Mon 10 Jan off; 366 days, 106 at weekends."""
    path = folder / "calendar.json"
    new_year = [f"2028-01-0{n}" for n in range(1, 9)]
    off = ["2028-01-03", "2028-01-04", "2028-01-05", "2028-01-06", "2028-01-07", "2028-01-10"]
    days = year(2028, statutory_holidays=new_year, weekday_days_off=off, working_days=366 - 106 - 6)
    path.write_text(json.dumps({"years": {"2028": days}}))
    return path
