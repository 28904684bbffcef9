"""What cannot be true of a driver on an application (D5). Pure functions: each datum alone as it is entered, then all together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Protocol

from services.model import Name

ADULT = 18
"""Full years on the first day of cover."""
LICENSED_FROM = 16
"""Full years at the earliest licence, of light motorcycles (196-ФЗ, 26): the category is not asked."""
OLDEST = 100


class Problem(StrEnum):
    """Why it cannot be. The value names the text that says it: `error-<value>`."""

    BORN_AHEAD = "driver-born-ahead"
    NOT_ADULT = "driver-not-adult"
    TOO_OLD = "driver-too-old"
    LICENSED_AHEAD = "driver-licensed-ahead"
    LICENSED_TOO_EARLY = "driver-licensed-too-early"
    LICENSED_AFTER_START = "driver-licensed-after-start"
    SAME_LICENCE = "driver-same-licence"
    SAME_PERSON = "driver-same-person"


class Admitted(Protocol):
    """Whoever is named as a driver: dates are calendar dates, `licence` is canonical, `since` the day of the first licence."""

    @property
    def name(self) -> Name: ...
    @property
    def birth(self) -> date: ...
    @property
    def licence(self) -> str: ...
    @property
    def since(self) -> date: ...


def age_on(birth: date, day: date) -> int:
    """Full years on this day; who is born on 29 February becomes older on 1 March of other years. Negative before birth."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def birth_problem(birth: date, start: date, today: date) -> Problem | None:
    """What is wrong with a birth date; `start` is the first day of cover."""
    if birth > today:
        return Problem.BORN_AHEAD
    if age_on(birth, start) < ADULT:
        return Problem.NOT_ADULT
    if age_on(birth, today) > OLDEST:
        return Problem.TOO_OLD
    return None


def since_problem(since: date, birth: date, start: date, today: date) -> Problem | None:
    """What is wrong with the date of the first licence."""
    if since > start:
        return Problem.LICENSED_AFTER_START
    if since > today:
        return Problem.LICENSED_AHEAD
    if age_on(birth, since) < LICENSED_FROM:
        return Problem.LICENSED_TOO_EARLY
    return None


def twin_problem(driver: Admitted, others: Iterable[Admitted]) -> Problem | None:
    """Is this driver one of the others: by licence, or by name and birth date? Case, spaces, dashes and `ё` make no difference."""
    for other in others:
        if _plain(driver.licence) == _plain(other.licence):
            return Problem.SAME_LICENCE
        if driver.birth == other.birth and _plain(driver.name.full) == _plain(other.name.full):
            return Problem.SAME_PERSON
    return None


def problems(driver: Admitted, others: Iterable[Admitted], start: date, today: date) -> Iterator[Problem]:
    """All that is wrong with a driver; at most one of each kind of datum."""
    found = (
        birth_problem(driver.birth, start, today),
        since_problem(driver.since, driver.birth, start, today),
        twin_problem(driver, others),
    )
    return (problem for problem in found if problem)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold().replace("ё", "е")
