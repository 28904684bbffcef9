"""What cannot be true of a driver (D5)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.drivers import Problem, age_on, birth_problem, problems, since_problem, twin_problem
from services.model import Driver, Name

TODAY, START = date(2026, 11, 21), date(2026, 11, 27)
IRINA = Driver(Name("Семёнова", "Ирина", "Павловна"), date(1990, 3, 15), "9912345678", date(2010, 5, 20))


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2008, 11, 27), date(2026, 11, 27), 18), (date(2008, 11, 28), date(2026, 11, 27), 17),
        (date(2008, 2, 29), date(2026, 2, 28), 17), (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20), (TODAY, TODAY, 0), (TODAY + timedelta(1), TODAY, -1),
    ],
)  # fmt: skip
def test_full_years(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age


@given(birth=st.dates(date(1900, 1, 1), date(2099, 1, 1)), day=st.dates(date(1900, 1, 1), date(2099, 1, 1)))
def test_a_birthday_adds_one_year_and_no_other_day_does(birth: date, day: date) -> None:
    step = age_on(birth, day + timedelta(1)) - age_on(birth, day)
    tomorrow = day + timedelta(1)
    leaps = (birth.month, birth.day) == (2, 29) and (tomorrow.month, tomorrow.day) == (3, 1) and day.day == 28
    assert step == int((tomorrow.month, tomorrow.day) == (birth.month, birth.day) or leaps)


@pytest.mark.parametrize(
    ("birth", "problem"),
    [
        (date(2008, 11, 27), None), (date(2008, 11, 28), Problem.NOT_ADULT), (TODAY, Problem.NOT_ADULT),
        (TODAY + timedelta(1), Problem.BORN_AHEAD), (date(1926, 11, 21), None), (date(1925, 11, 22), None),
        (date(1925, 11, 21), Problem.TOO_OLD), (date(1, 1, 1), Problem.TOO_OLD),
    ],
)  # fmt: skip
def test_birth_dates(birth: date, problem: Problem | None) -> None:
    assert birth_problem(birth, START, TODAY) == problem


@pytest.mark.parametrize(
    ("since", "problem"),
    [
        (date(2006, 3, 15), None), (date(2006, 3, 14), Problem.LICENSED_TOO_EARLY), (TODAY, None),
        (date(1980, 1, 1), Problem.LICENSED_TOO_EARLY), (TODAY + timedelta(1), Problem.LICENSED_AHEAD),
        (START, Problem.LICENSED_AHEAD), (START + timedelta(1), Problem.LICENSED_AFTER_START),
        (date(2026, 12, 31), Problem.LICENSED_AFTER_START),
    ],
)  # fmt: skip
def test_dates_of_the_first_licence(since: date, problem: Problem | None) -> None:
    assert since_problem(since, IRINA.birth, START, TODAY) == problem


@pytest.mark.parametrize(
    ("name", "birth", "licence", "problem"),
    [
        (Name("Семёнова", "Ирина", "Павловна"), IRINA.birth, "99 12-345678", Problem.SAME_LICENCE),
        (Name("СЕМЕНОВА", "Ирина", "Павловна"), IRINA.birth, "9900000000", Problem.SAME_PERSON),
        (Name("Семёнова", "Ирина", "Павловна"), date(1991, 3, 15), "9900000000", None),
        (Name("Семёнова", "Анна", "Павловна"), IRINA.birth, "9900000000", None),
    ],
)
def test_twins(name: Name, birth: date, licence: str, problem: Problem | None) -> None:
    driver = Driver(name, birth, licence, date(2015, 1, 1))
    assert twin_problem(driver, [IRINA]) == problem
    assert twin_problem(driver, []) is None


def test_all_that_is_wrong_at_once() -> None:
    child = Driver(IRINA.name, date(2015, 1, 1), IRINA.licence, date(2026, 12, 31))
    found = [Problem.NOT_ADULT, Problem.LICENSED_AFTER_START, Problem.SAME_LICENCE]
    assert list(problems(child, [IRINA], START, TODAY)) == found
    assert not list(problems(IRINA, [], START, TODAY))
