"""A day that lies ahead, as people say it: `5 декабря`, `через 2 недели`, `в пятницу`, `tomorrow`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from services.formats.dates import to_date
from services.formats.day_names import weekday_of
from services.formats.letters import dashed

NEAR = {
    "сегодня": 0,
    "today": 0,
    "завтра": 1,
    "tomorrow": 1,
    "послезавтра": 2,
    "day after tomorrow": 2,
    "the day after tomorrow": 2,
}
COUNTS = {
    "пару": 2,
    "a couple of": 2,
    "a": 1,
    "an": 1,
    "один": 1,
    "одну": 1,
    "one": 1,
    "два": 2,
    "две": 2,
    "two": 2,
    "три": 3,
    "three": 3,
    "четыре": 4,
    "four": 4,
    "пять": 5,
    "five": 5,
    "шесть": 6,
    "six": 6,
    "семь": 7,
    "seven": 7,
    "десять": 10,
    "ten": 10,
}
UNITS = {
    "день дня дней сутки суток day days": relativedelta(days=1),
    "неделю недели недель week weeks": relativedelta(weeks=1),
    "месяц месяца месяцев month months": relativedelta(months=1),
    "полгода": relativedelta(months=6),
    "год года лет year years": relativedelta(years=1),
}
AFTER = re.compile(rf"(?:через|in)\s+(?:(?P<count>[0-9]{{1,4}}|{'|'.join(COUNTS)})\s+)?(?P<unit>[а-яa-z]+)")
WEEKDAY = re.compile(r"(?:(?:в|во|on|next)\s+)?(?P<name>[а-яa-z]+)")
NO_YEAR = re.compile(r"[0-9]{1,2}(?:[./\-][0-9]{1,2}|[ .\-]*[а-яa-z]{3,})\.?")
MONTH_FIRST = re.compile(r"([a-z]{3,})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?(?:,?\s+([0-9]{4}))?")
SHORT_YEAR = re.compile(r"([0-9]{1,2}[.,\-/ ]+[0-9]{1,2}[.,\-/ ]+|[0-9]{1,2}[. -]*[а-яa-z]{3,}[. -]*)([0-9]{2})")
LONGEST = 4
"""Words a day may have: `the day after tomorrow`."""
SPOKEN = re.compile(r"[^\W\d_]{2}|^\d{1,2}\.\d{1,2}(\.\d{2,4})?$")
"""What is a day among other words: one with a name in it, or with dots; `5-12` is a house."""
BESIDE = re.compile(
    r"до|по|с|после|во?|улиц[аеыу]|ул\.?|until|till|before|by|from|since|after|at|street|st\.?", re.IGNORECASE
)
"""A day after one of these is not when to act: a limit, an hour, a street."""


def apart_from_day(raw: str, today: date) -> tuple[str, date | None]:
    """The words, and the day they begin or end with: `завтра забрать справку`. Words without one come back as they are."""
    words = raw.split()
    for count in range(min(LONGEST, len(words) - 1), 0, -1):
        for said, rest in ((words[:count], words[count:]), (words[-count:], words[:-count])):
            spoken, left = (" ".join(part).strip(" ,.:;-–—") for part in (said, rest))
            day = to_day_ahead(spoken, today) if SPOKEN.search(spoken) else None
            if day and left and not BESIDE.fullmatch(rest[-1]):
                return left, day
    return raw, None


def to_day_ahead(raw: str, today: date) -> date | None:
    """The day, or None for what is none. A day without its year is the next one, a weekday lies within the coming week.

    A whole date may lie in the past: whoever asked says what that means. A two-digit year is one of this century.
    """
    text = re.sub(
        r"^(?:на|к|on|by)\s+(?=[0-9a-z])", "", " ".join(dashed(raw).lower().replace("ё", "е").split()).strip(" .,!?")
    )
    if text in NEAR:
        return today + timedelta(days=NEAR[text])
    if found := AFTER.fullmatch(text):
        return _after(found["count"] or "1", found["unit"], today)
    if (found := WEEKDAY.fullmatch(text)) and (weekday := weekday_of(found["name"])) is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if found := MONTH_FIRST.fullmatch(text):
        text = " ".join(filter(None, (found[2], found[1], found[3])))
    if found := SHORT_YEAR.fullmatch(text):
        text = f"{found[1]}{today.year // 100}{found[2]}"
    if NO_YEAR.fullmatch(text):
        days = (to_date(f"{text.rstrip('.')} {year}", today) for year in range(today.year, today.year + 9))
        return next((day for day in days if day and day >= today), None)
    return to_date(text, today)


def _after(count: str, word: str, today: date) -> date | None:
    """So many units later; None for an unknown unit, or beyond the calendar."""
    unit = next((it for names, it in UNITS.items() if word in names.split()), None)
    try:
        return today + unit * (COUNTS.get(count) or int(count)) if unit else None
    except (ValueError, OverflowError):
        return None
