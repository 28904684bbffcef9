"""Dates in every usual spelling."""

from __future__ import annotations

import re
from datetime import date

from services.formats.day_names import month_of
from services.formats.letters import dashed

NUMERIC = re.compile(r"([0-9]{1,2})[.,\-/ ]+([0-9]{1,2})[.,\-/ ]+([0-9]{4}|[0-9]{2})")
WORDED = re.compile(r"([0-9]{1,2})[. -]*([а-яa-z]{3,})[. -]*([0-9]{4}|[0-9]{2})")
ISO = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})")
COMPACT = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
YEAR_WORD = re.compile(r"\s*(?:года?|г)?\.?\s*$")


def to_date(raw: str, today: date) -> date | None:
    """`15.03.1990`, `15/3/90`, `15 марта 1990`, `1990-03-15`, `15031990`, or None.

    A two-digit year is the latest one that is not in the future (D5). A date without its day, `март 2010`, is none.
    """
    text = _plain(raw)
    if found := ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := (NUMERIC.fullmatch(text) or COMPACT.fullmatch(text)):
        day, month, year = int(found[1]), int(found[2]), _year(found[3], today)
    elif found := WORDED.fullmatch(text):
        day, month, year = int(found[1]), month_of(found[2]), _year(found[3], today)
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def year_or_date(raw: str, today: date) -> date | None:
    """The date of a first licence: of a year alone its last day, so that nobody gets experience they do not have (D5).

    The present year alone is therefore a date in the future, which `services.drivers` refuses: the whole date is needed then.
    """
    text = _plain(raw)
    return date(int(text), 12, 31) if YEAR.fullmatch(text) else to_date(raw, today)


def _plain(raw: str) -> str:
    return YEAR_WORD.sub("", dashed(raw).lower().replace("ё", "е"))


def _year(typed: str, today: date) -> int:
    """A short year has its century chosen by the year alone, so 31.12.26 is 2026 during 2026."""
    if len(typed) == 4:
        return int(typed)
    year = today.year // 100 * 100 + int(typed)
    return year if year <= today.year else year - 100
