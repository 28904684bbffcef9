"""When something happened, as people say it: a day, a time of the day, or both."""

from __future__ import annotations

import re
from datetime import date, timedelta

from services.formats.dates import to_date
from services.formats.letters import dashed

DAYS_AGO = {
    "сегодня": 0,
    "сейчас": 0,
    "today": 0,
    "вчера": 1,
    "yesterday": 1,
    "позавчера": 2,
    "позапозавчера": 3,
}
PART = r"(?P<part>утра|утром|дня|днем|вечера|вечером|ночи|ночью|am|pm|a\.m\.|p\.m\.)"
CLOCK = re.compile(
    rf"(?:(?:в|около|примерно|at|about)\s+)?(?P<hour>[0-9]{{1,2}})(?:[:.\- ](?P<minute>[0-9]{{2}}))?"
    rf"\s*(?:час(?:а|ов)?|ч\.?)?(?:\s*{PART})?"
)
COMPACT = re.compile(r"(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})")
NAMED = {
    "полночь": "00:00",
    "в полночь": "00:00",
    "midnight": "00:00",
    "полдень": "12:00",
    "в полдень": "12:00",
    "noon": "12:00",
}
NO_YEAR = re.compile(r"(?P<day>[0-9]{1,2})(?:[./\-](?P<number>[0-9]{1,2})|[ .\-]*(?P<word>[а-яa-z]{3,}))\.?")
JOINTS = re.compile(r"\s*,\s*|\s+(?:в|около|примерно|at|about)\s+|\s+")
LATE = ("дня", "днем", "вечера", "вечером", "pm", "p.m.")
EARLY = ("ночи", "ночью", "утра", "утром", "am", "a.m.")


def to_time(raw: str) -> str | None:
    """A time of the day as `HH:MM`: `14:30`, `8.15`, `1430`, `в 8 вечера`, `полдень`, `2:30 pm`, or None."""
    text = _plain(raw)
    if text in NAMED:
        return NAMED[text]
    found = COMPACT.fullmatch(text) or CLOCK.fullmatch(text)
    if found is None:
        return None
    hour, minute, part = int(found["hour"]), int(found["minute"] or 0), found.groupdict().get("part")
    if part and not 1 <= hour <= 12:
        return None
    if part in LATE and hour < 12:
        hour += 12
    elif part in EARLY and hour == 12:
        hour = 0
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def to_moment(raw: str, today: date) -> tuple[date, str] | None:
    """A day, and the time of it as `HH:MM` if it is told, else empty: `вчера`, `вчера 14:30`, `21.11 в 8:15`, `21 ноября`, or None.

    A time alone is today's, but a bare number is none. A day without its year is the one nearest to today: it may lie ahead.
    """
    text = _plain(raw)
    if (day := _day(text, today)) is not None:
        return day, ""
    alone = None if text.isdecimal() else to_time(text)
    if alone and ":" in text:
        return today, alone
    for joint in JOINTS.finditer(text):
        day, time = _day(text[: joint.start()], today), to_time(text[joint.end() :])
        if day is not None and time is not None:
            return day, time
    return (today, alone) if alone else None


def _plain(raw: str) -> str:
    return dashed(raw).lower().replace("ё", "е").strip(" .,!?")


def _day(text: str, today: date) -> date | None:
    if text in DAYS_AGO:
        return today - timedelta(days=DAYS_AGO[text])
    if (whole := to_date(text, today)) is not None:
        return whole
    if NO_YEAR.fullmatch(text) is None:
        return None
    years = range(today.year - 1, today.year + 2)
    dated = (to_date(f"{text.rstrip('.')} {year}", today) for year in years)
    return min((day for day in dated if day), key=lambda day: abs(day - today), default=None)
