"""Who may be admitted to drive: what of a driver's data cannot be (D5). Pure rules; each returns a word, empty if all is well."""

from __future__ import annotations

from datetime import date

from dateutil.relativedelta import relativedelta

from services.model import Name

ADULT = 18
"""The age at the first day of cover from which one may drive a car."""
LICENSED = 16
"""The youngest age of a first licence (categories A1 and M); experience counts from it at the earliest."""
OLDEST = 100


def age_on(birth: date, day: date) -> int:
    """Full years; somebody born on 29 February grows older on 1 March."""
    return relativedelta(day, birth).years if birth <= day else -1


def wrong_birth(birth: date, starts: date) -> str:
    """`driver-young`, `driver-old`: by the age on the first day of cover."""
    age = age_on(birth, starts)
    if age < ADULT:
        return "driver-young"
    return "driver-old" if age > OLDEST else ""


def wrong_since(since: date, birth: date, starts: date) -> str:
    """`since-late`: after the first day of cover; `since-early`: before a licence can be had."""
    if since > starts:
        return "since-late"
    return "since-early" if age_on(birth, since) < LICENSED else ""


def same_driver(name: Name, birth: date, licence: str, other: tuple[Name, date, str]) -> bool:
    """The same licence, or the same person."""
    return licence == other[2] or (name.full_parts.lower(), birth) == (other[0].full_parts.lower(), other[1])
