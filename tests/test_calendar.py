"""The calendar of buttons: every day of the bounds can be reached by taps, and no other."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.buttons import Buttons, Press
from handlers.menu import LANGUAGES
from handlers.screen import Row
from handlers.texts import Texts
from handlers.widgets.calendar import BLANK, calendar, chosen
from tests.support.lint import faults

TODAY = date(2026, 11, 21)
TEXTS = {language: Texts(language, {}, {}) for language in LANGUAGES}
RU = TEXTS["ru"]
BUTTONS = Buttons(b"k" * 32)


def labels(rows: list[Row]) -> list[list[str]]:
    return [[button.text for button in row] for row in rows]


def days(rows: list[Row]) -> set[date]:
    return {date.fromisoformat(button.arg) for row in rows for button in row if button.action == "day"}


def views(rows: list[Row]) -> set[str]:
    return {button.arg for row in rows for button in row if button.action == "month"}


def reach(first: date, last: date, begin: str = "") -> set[date]:
    """Every day that taps lead to."""
    seen, found, ahead = {begin}, set[date](), [begin]
    while ahead:
        rows = calendar(RU, ahead.pop(), first, last, TODAY)
        found |= days(rows)
        ahead += views(rows) - seen
        seen |= views(rows)
    return found


def span(first: date, last: date) -> set[date]:
    return {first + timedelta(step) for step in range((last - first).days + 1)}


def as_message(rows: list[Row]) -> dict[str, object]:
    """As the chat has it, with the way out that every screen has."""
    rows = [*rows, [type(rows[0][0])("В меню", "menu"), type(rows[0][0])("Человек", "human")]]
    data = [[BUTTONS.make(1, 1, Press("prolong.periods-first", b.action, b.arg, 0xFFFF)) for b in row] for row in rows]
    buttons = [
        [{"text": b.text, "data": d} for b, d in zip(*pair, strict=True)] for pair in zip(rows, data, strict=True)
    ]
    return {"text": "С какого дня?", "buttons": buttons}


def test_a_month_as_people_know_it() -> None:
    rows = calendar(RU, "2027-03", date(2027, 3, 3), date(2028, 3, 2), TODAY)
    assert labels(rows) == [
        ["март 2027", "апрель ›"],
        ["Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс"],
        [BLANK, BLANK, "3", "4", "5", "6", "7"],
        ["8", "9", "10", "11", "12", "13", "14"],
        ["15", "16", "17", "18", "19", "20", "21"],
        ["22", "23", "24", "25", "26", "27", "28"],
        ["29", "30", "31", BLANK, BLANK, BLANK, BLANK],
    ]
    assert {button.action for button in rows[1]} == {"closed"}
    assert labels(calendar(TEXTS["en"], "2027-04", date(2027, 3, 3), date(2028, 3, 2), TODAY))[0] == [
        "‹ March",
        "April 2027",
        "May ›",
    ]


def test_today_is_said_in_words_and_chosen_by_one_tap() -> None:
    rows = calendar(RU, "", date(2026, 1, 1), date(2026, 12, 31), TODAY)
    assert labels(rows)[0] == ["‹ октябрь", "ноябрь 2026", "декабрь ›"]
    assert labels(rows)[-1] == ["Сегодня, 21.11.2026"]
    assert rows[-1][0].arg == "2026-11-21"
    assert "Сегодня" not in str(calendar(RU, "", date(2027, 1, 1), date(2027, 12, 31), TODAY))


def test_years_and_decades_make_long_ranges_short() -> None:
    first, last = date(1926, 11, 22), TODAY
    assert labels(calendar(RU, "2026", first, last, TODAY))[:2] == [
        ["‹ 2025", "2020–2029"],
        ["январь", "февраль", "март"],
    ]
    assert labels(calendar(RU, "199x", first, last, TODAY))[:3] == [
        ["‹ 1980–1989", "2000–2009 ›"],
        ["1990", "1991", "1992"],
        ["1993", "1994", "1995"],
    ]
    assert labels(calendar(RU, "192x", first, last, TODAY))[:2] == [["1930–1939 ›"], ["1926", "1927", "1928"]]
    year = calendar(RU, "2027", date(2026, 11, 27), date(2027, 11, 26), TODAY)
    assert labels(year)[0] == ["‹ 2026"], "a contract's year needs no decades"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_every_month_has_its_days_on_their_weekdays(year: int, language: str) -> None:
    for month in range(1, 13):
        rows = calendar(TEXTS[language], f"{year}-{month:02}", date(2025, 1, 1), date(2029, 12, 31), TODAY)
        assert days(rows) - {TODAY} == span(date(year, month, 1), date(year, month, monthrange(year, month)[1])) - {
            TODAY
        }
        for row in rows[2:-1]:
            assert len(row) == 7
            assert all(b.action == "closed" or date.fromisoformat(b.arg).weekday() == at for at, b in enumerate(row))
        assert not faults(as_message(rows))


def test_the_29th_of_february_is_there_in_leap_years_only() -> None:
    assert date(2028, 2, 29) in days(calendar(RU, "2028-02", date(2026, 1, 1), date(2029, 1, 1), TODAY))
    assert not any(
        b.text == "29" for row in calendar(RU, "2027-02", date(2026, 1, 1), date(2029, 1, 1), TODAY) for b in row
    )


@settings(max_examples=40, deadline=None)
@given(first=st.dates(date(1900, 1, 1), date(2060, 1, 1)), length=st.integers(0, 1500), begin=st.text(max_size=8))
def test_every_day_of_the_bounds_can_be_reached_and_no_other(first: date, length: int, begin: str) -> None:
    last = first + timedelta(length)
    assert reach(first, last, begin) == span(first, last)


def test_a_hundred_years_can_be_reached() -> None:
    first = date(1926, 11, 22)
    assert reach(first, TODAY) == span(first, TODAY)


VIEWS = st.one_of(
    st.text(max_size=10),
    st.from_regex(r"[0-9]{4}-[0-9]{2}", fullmatch=True),
    st.from_regex(r"[0-9]{3}[0-9x]", fullmatch=True),
)


@given(view=VIEWS, first=st.dates(), last=st.dates(), today=st.dates())
def test_any_view_is_a_screen_that_can_be_sent(view: str, first: date, last: date, today: date) -> None:
    first, last = min(first, last), max(first, last)
    rows = calendar(RU, view, first, last, today)
    assert days(rows) | views(rows)
    assert all(first <= day <= last for day in days(rows))
    assert not faults(as_message(rows))


def test_bounds_in_the_wrong_order_are_our_mistake() -> None:
    with pytest.raises(ValueError, match="without days"):
        calendar(RU, "", TODAY, TODAY - timedelta(1), TODAY)


@pytest.mark.parametrize(
    ("arg", "day"),
    [
        ("2026-11-21", TODAY),
        ("2026-11-20", None),
        ("2026-11-23", None),
        ("", None),
        ("21.11.2026", None),
        ("2026-13-01", None),
    ],
)
def test_a_tap_is_a_day_of_the_bounds_or_nothing(arg: str, day: date | None) -> None:
    assert chosen(arg, TODAY, TODAY + timedelta(1)) == day
