"""A calendar of buttons: days of a month, months of a year, years of a decade. Pure: from what is looked at to rows.

A room takes three actions: `day` (its argument is an ISO date, read it with `chosen`), `month` (another view: keep it and give it
back as `view`), `closed` (a day out of bounds, a weekday's name, an empty place of the grid: answer with `out_of_bounds`).
Views are short, for they travel in buttons: `2027-03`, `2027`, `202x`. Anybody may type the date instead.
"""

from __future__ import annotations

import re
from calendar import Calendar
from collections.abc import Iterable
from datetime import date

from handlers import format as show
from handlers.screen import Button, Row
from handlers.texts import Texts
from handlers.turn import Turn

BLANK = "·"
"""A place of the grid without a day to choose: Telegram has no empty buttons."""
WIDTH = 3
WEEKS = Calendar()
MONTH_VIEW, YEAR_VIEW = re.compile(r"([0-9]{4})-([0-9]{2})"), re.compile(r"([0-9]{3})([0-9x])")


def calendar(t: Texts, view: str, first: date, last: date, today: date) -> list[Row]:
    """The rows of a view; what is no view, or lies out of bounds, shows the nearest month to it, or to today.

    `first` and `last` are the bounds, both may be chosen; raises ValueError when they are in the wrong order.
    """
    if last < first:
        raise ValueError("a calendar without days")
    rows = [row for row in _view(t, view, first, last, today) if row]
    if first <= today <= last:
        rows.append([Button(t.plain("calendar-today", day=show.day(today)), "day", today.isoformat())])
    return rows


def chosen(arg: str, first: date, last: date) -> date | None:
    """The day of a tap; None if it may not be chosen (any more)."""
    try:
        day = date.fromisoformat(arg)
    except ValueError:
        return None
    return day if first <= day <= last else None


def out_of_bounds(turn: Turn, first: date, last: date) -> None:
    """Say from when until when a day can be chosen."""
    turn.toast("calendar-bounds", first=show.day(first), last=show.day(last))


def _view(t: Texts, view: str, first: date, last: date, today: date) -> list[Row]:
    if found := YEAR_VIEW.fullmatch(view):
        if found[2] == "x" and _within(start := int(found[1]) * 10, first.year // 10 * 10, last.year):
            return _decade(start, first, last)
        if found[2] != "x" and _within(int(view), first.year, last.year):
            return _year(t, int(view), first, last)
    found, month = MONTH_VIEW.fullmatch(view), min(max(today, first), last).replace(day=1)
    if found and _within(int(found[2]), 1, 12) and int(found[1]):
        month = min(max(date(int(found[1]), int(found[2]), 1), first.replace(day=1)), last.replace(day=1))
    return _month(t, month, first, last)


def _month(t: Texts, month: date, first: date, last: date) -> list[Row]:
    """A week a row, Monday first; weeks without a day to choose are left out."""
    title = _button(f"{_name(t, month.month)} {month.year}", f"{month.year:04}")
    before, after = _shifted(month, -1), _shifted(month, 1)
    rows: list[Row] = [
        [
            *([_button(f"‹ {_name(t, before[1])}", _key(before))] if _key(before) >= f"{first:%Y-%m}" else []),
            title,
            *([_button(f"{_name(t, after[1])} ›", _key(after))] if _key(after) <= f"{last:%Y-%m}" else []),
        ],
        [Button(name, "closed") for name in t.plain("calendar-weekdays").split()],
    ]
    for week in WEEKS.monthdays2calendar(month.year, month.month):
        days = [month.replace(day=number) if number else None for number, _ in week]
        if any(day and first <= day <= last for day in days):
            rows.append([_day(day if day and first <= day <= last else None) for day in days])
    return rows


def _year(t: Texts, year: int, first: date, last: date) -> list[Row]:
    """Months with a day to choose."""
    months = [number for number in range(1, 13) if f"{first:%Y-%m}" <= _key((year, number)) <= f"{last:%Y-%m}"]
    title = f"{year // 10 * 10}–{year // 10 * 10 + 9}"
    return [
        [
            *([_button(f"‹ {year - 1}", f"{year - 1:04}")] if year > first.year else []),
            *([_button(title, f"{year // 10:03}x")] if last.year - first.year > 2 else []),
            *([_button(f"{year + 1} ›", f"{year + 1:04}")] if year < last.year else []),
        ],
        *_rows(_button(_name(t, number), _key((year, number))) for number in months),
    ]


def _decade(start: int, first: date, last: date) -> list[Row]:
    """Years with a day to choose."""
    years = range(max(start, first.year), min(start + 9, last.year) + 1)
    return [
        [
            *([_button(f"‹ {start - 10}–{start - 1}", f"{start // 10 - 1:03}x")] if start > first.year else []),
            *([_button(f"{start + 10}–{start + 19} ›", f"{start // 10 + 1:03}x")] if start + 9 < last.year else []),
        ],
        *_rows(_button(str(year), f"{year:04}") for year in years),
    ]


def _rows(buttons: Iterable[Button]) -> list[Row]:
    flat = list(buttons)
    return [flat[at : at + WIDTH] for at in range(0, len(flat), WIDTH)]


def _button(label: str, view: str) -> Button:
    return Button(label, "month", view)


def _day(day: date | None) -> Button:
    return Button(str(day.day), "day", day.isoformat()) if day else Button(BLANK, "closed")


def _name(t: Texts, month: int) -> str:
    return t.plain("calendar-month", month=f"m{month}")


def _shifted(month: date, by: int) -> tuple[int, int]:
    """Year and month, `by` months later."""
    count = month.year * 12 + month.month - 1 + by
    return count // 12, count % 12 + 1


def _key(month: tuple[int, int]) -> str:
    return f"{month[0]:04}-{month[1]:02}"


def _within(value: int, low: int, high: int) -> bool:
    return low <= value <= high
