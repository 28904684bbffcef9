"""The production calendar: two sets of days make two ways of counting.

Working days are all but Saturdays, Sundays and weekdays off (holidays, and days off moved by decree), with the weekends that are worked.
Holidays are those of the Labour Code (art. 112) and nothing else: OSAGO's "calendar days without holidays" count weekends and moved
days off (837-П 7.20). The data has whole years; a day of any other year is unknown, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Self

import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

log = structlog.get_logger("deadlines")

PUBLISHED = Path(__file__).parent / "data" / "production_calendar.json"
SATURDAY, DECEMBER = 5, 12


class CalendarMissing(LookupError):
    """There is no production calendar of this year (yet): the date cannot be told, only its term."""

    def __init__(self, year: int) -> None:
        super().__init__(f"no production calendar of {year}")
        self.year = year


class BadCalendar(ValueError):
    """The file cannot be used; the text says which place of it and what to write."""


class _Year(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    statutory_holidays: frozenset[date]
    weekday_days_off: frozenset[date]
    working_weekends: frozenset[date]
    working_days: int


class _File(BaseModel):
    years: dict[int, _Year] = Field(min_length=1)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if faults := [fault for number, year in self.years.items() for fault in _faults(number, year)]:
            raise ValueError("; ".join(faults))
        return self


@dataclass(frozen=True, slots=True)
class Year:
    """The days of one year that differ: holidays of the Labour Code, and days that are not worked, weekends included."""

    holidays: frozenset[date]
    rest: frozenset[date]


def read(path: Path) -> dict[int, Year]:
    """The years of a file. Raises BadCalendar with every fault in it."""
    try:
        file = _File.model_validate_json(path.read_bytes())
    except OSError as error:
        raise BadCalendar(f"файл {path} не читается ({error.strerror}). Напишите путь к файлу JSON") from None
    except ValidationError as wrong:
        said = "; ".join(
            f"{'.'.join(map(str, error['loc'])) or 'файл'}: {error['msg'].removeprefix('Value error, ')}"
            for error in wrong.errors()
        )
        sample = PUBLISHED.relative_to(PUBLISHED.parents[3])
        raise BadCalendar(f"{path.name}: {said}. Образец: {sample}") from None
    return {number: Year(year.statutory_holidays, _rest(number, year)) for number, year in file.years.items()}


class Calendar:
    """All years that are known: those that came with this release, over them those of the insurer's own file."""

    def __init__(self, years: Mapping[int, Year]) -> None:
        self._years = dict(years)

    @classmethod
    def known(cls, override: Path | None = None) -> Calendar:
        """The published years; a year in the file `override` is taken from there whole. Raises BadCalendar."""
        return cls(read(PUBLISHED) | (read(override) if override else {}))

    def works(self, day: date) -> bool:
        """Is it a working day? Raises CalendarMissing."""
        return day not in self._of(day).rest

    def holiday(self, day: date) -> bool:
        """Is it a non-working holiday of the Labour Code? Raises CalendarMissing."""
        return day in self._of(day).holidays

    def rest(self, day: date) -> bool:
        """Is it a holiday, or a weekday that is off in exchange for another day, as far as is known? For opening hours, which cannot
        wait for a calendar."""
        try:
            return self.holiday(day) or (day.weekday() < SATURDAY and not self.works(day))
        except CalendarMissing:
            return False

    def gap(self, today: date) -> int | None:
        """The year that must be added now: this one, or in December the next one; None when all is well."""
        needed = (today.year, today.year + 1) if today.month == DECEMBER else (today.year,)
        return next((year for year in needed if year not in self._years), None)

    def watch(self, today: date) -> None:
        """Say it loudly when a year must be added."""
        if year := self.gap(today):
            log.error("calendar_missing", year=year, mend="CABINET_CALENDAR, docs/deadlines.md")

    def _of(self, day: date) -> Year:
        if (year := self._years.get(day.year)) is None:
            raise CalendarMissing(day.year)
        return year


def _rest(number: int, year: _Year) -> frozenset[date]:
    return frozenset(_weekends(number)) - year.working_weekends | year.weekday_days_off


def _weekends(number: int) -> list[date]:
    return [day for day in _days(number) if day.weekday() >= SATURDAY]


def _days(number: int) -> list[date]:
    first = date(number, 1, 1)
    return [first + timedelta(days=n) for n in range((date(number, 12, 31) - first).days + 1)]


def _faults(number: int, year: _Year) -> list[str]:
    """What cannot be true of a year. The count of working days is printed in every published calendar: it catches a forgotten day."""
    if not date.min.year < number < date.max.year:
        return [f"{number}: такого года нет"]
    rest = _rest(number, year)
    working = len(_days(number)) - len(rest)
    found = [
        *(f"{day} не в {number} году" for day in sorted(_all(year)) if day.year != number),
        *(f"weekday_days_off: {day} — выходной и так" for day in sorted(year.weekday_days_off) if _weekend(day)),
        *(f"working_weekends: {day} — будний день" for day in sorted(year.working_weekends) if not _weekend(day)),
        *(f"statutory_holidays: {day} выходит рабочим днём" for day in sorted(year.statutory_holidays - rest)),
    ]
    if not found and working != year.working_days:
        found = [f"working_days: {year.working_days}, а по дням выходит {working}"]
    return [f"{number}: {fault}" for fault in found]


def _all(year: _Year) -> frozenset[date]:
    return year.statutory_holidays | year.weekday_days_off | year.working_weekends


def _weekend(day: date) -> bool:
    return day.weekday() >= SATURDAY
