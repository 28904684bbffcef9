"""Until when a refusal is answered and taken to the ombudsman, counted by hand from the calendar (123-ФЗ 15, 16)."""

from __future__ import annotations

from datetime import date

from services.claims.complaint import Path, path
from services.deadlines import Deadlines
from services.deadlines.calendar import Calendar

RULES = Deadlines(Calendar.known())


def test_fifteen_working_days_over_the_new_year() -> None:
    """From 22.12.2025: 23, 24, 25, 26, 29, 30 are six; 31.12–11.01 are off; 12–16 make eleven, 19–22 fifteen."""
    assert path(RULES, date(2025, 12, 20), date(2025, 12, 22)) == Path(
        electronic=date(2026, 1, 22), otherwise=date(2026, 1, 21), until=date(2028, 12, 20)
    )


def test_fifteen_working_days_of_an_ordinary_month() -> None:
    """From Tuesday 01.12.2026: 2–4 are three, 7–11 eight, 14–18 thirteen, 21 and 22 fifteen."""
    found = path(RULES, date(2026, 11, 30), date(2026, 12, 1))
    assert (found.electronic, found.otherwise) == (date(2026, 12, 22), date(2026, 12, 31))


def test_after_half_a_year_only_the_longer_way_is_left() -> None:
    last = date(2026, 3, 1)
    assert path(RULES, last, date(2026, 8, 28)).electronic is not None, "the 180th day"
    assert path(RULES, last, date(2026, 8, 29)).electronic is None


def test_without_a_calendar_the_date_that_needs_it_is_left_out() -> None:
    assert path(RULES, date(2027, 12, 20), date(2027, 12, 20)).electronic is None


def test_three_years_from_a_leap_day() -> None:
    assert path(RULES, date(2028, 2, 29), date(2028, 3, 1)).until == date(2031, 2, 28)
