"""Lenient input, strict data: every spelling people use, and nothing that only looks like one (rule 8)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.formats import (
    apart_from_day,
    contact_phone,
    policy_number,
    to_date,
    to_day_ahead,
    to_e164,
    to_moment,
    to_time,
)

TODAY = date(2026, 11, 21)
MARCH = date(1990, 3, 15)
MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()  # noqa: SIM905 - a list of words


@pytest.mark.parametrize(
    "typed",
    [
        "15.03.1990", "15.3.1990", "15/3/90", "15-03-1990", "15 03 1990", "15031990", "1990-03-15", "15 марта 1990",
        "15 мар 90", "15 МАРТА 1990 г.", " 15.03.1990 ", "15 March 1990", "15 mar. 1990", "15.03.90", "15.03.1990г",
    ],
)  # fmt: skip
def test_a_date_in_every_usual_spelling(typed: str) -> None:
    assert to_date(typed, TODAY) == MARCH


@pytest.mark.parametrize(
    "typed",
    [
        "", "вчера", "31.02.1990", "00.01.1990", "15.13.1990", "15.03", "1990", "15 брюмера 1990", "15.03.19900",
        "15.03.0000", "1.2.3.4", "²5.03.1990", "15 1990 марта", "15..1990",
    ],
)  # fmt: skip
def test_what_is_no_date(typed: str) -> None:
    assert to_date(typed, TODAY) is None


@given(day=st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_any_day_is_read_back(day: date) -> None:
    assert to_date(f"{day:%d.%m.%Y}", TODAY) == day
    assert to_date(f"{day.day} {MONTHS[day.month - 1]} {day.year}", TODAY) == day
    assert to_date(day.isoformat(), TODAY) == day


@given(day=st.dates(TODAY - timedelta(days=99 * 365), TODAY))
def test_a_short_year_is_the_latest_that_is_not_in_the_future(day: date) -> None:
    assert to_date(f"{day:%d.%m.%y}", TODAY) == day


def test_a_short_year_after_this_one_is_of_the_last_century() -> None:
    assert to_date("21.11.26", TODAY) == TODAY
    assert to_date("01.01.27", TODAY) == date(1927, 1, 1)


@given(text=st.text())
def test_no_text_is_too_strange_for_a_date(text: str) -> None:
    found = to_date(text, TODAY)
    assert found is None or isinstance(found, date)


@pytest.mark.parametrize(
    "typed",
    ["+79161234567", "79161234567", "8 (916) 123-45-67", "8-916-123-45-67", "+7 916 123 45 67", "89161234567"],
)
def test_a_phone_in_every_usual_spelling(typed: str) -> None:
    assert to_e164(typed) == "+79161234567"


def test_phones_of_other_countries() -> None:
    assert to_e164("+375 29 123-45-67") == "+375291234567"
    assert to_e164("+49 151 12345678") == "+4915112345678"


@pytest.mark.parametrize("typed", ["", "12", "телефон", "+7916123456789012", "+"])
def test_what_is_no_phone(typed: str) -> None:
    assert to_e164(typed) is None


@given(text=st.text())
def test_no_text_is_too_strange_for_a_phone(text: str) -> None:
    found = to_e164(text)
    assert found is None or (found.startswith("+") and found[1:].isdigit())


@pytest.mark.parametrize("raw", ["79161234567", "+79161234567"])
def test_a_contact_is_digits(raw: str) -> None:
    assert contact_phone(raw) == "+79161234567"


@pytest.mark.parametrize(
    "raw", ["٧٩١٦١٢٣٤٥٦٧", "+7 916 123-45-67", "7916", "", "79161234567x", "７９１６１２３４５６７"]
)
def test_a_contact_that_is_not_ascii_digits_is_no_phone(raw: str) -> None:
    assert contact_phone(raw) is None


@pytest.mark.parametrize(
    "typed", ["ХХХ 0166171796", "XXX0166171796", "ххх 016 617 1796", "xxx № 0166171796", "XXX-0166171796"]
)
def test_a_policys_number_in_every_usual_spelling(typed: str) -> None:
    assert policy_number(typed) == "ХХХ0166171796"


@pytest.mark.parametrize("typed", ["", "полис", "1", "ХХХ", "15.03.1990!", "x" * 40])
def test_what_is_no_policys_number(typed: str) -> None:
    assert policy_number(typed) is None


@given(text=st.text())
def test_a_number_read_twice_is_the_same(text: str) -> None:
    found = policy_number(text)
    assert found is None or policy_number(found) == found


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("14:30", "14:30"), ("14.30", "14:30"), ("1430", "14:30"), ("8:05", "08:05"), ("в 8:15", "08:15"), ("8 вечера", "20:00"),
        ("8 утра", "08:00"), ("12 ночи", "00:00"), ("12 дня", "12:00"), ("2:30 pm", "14:30"), ("полдень", "12:00"), ("7", "07:00"),
        ("около 19 часов", "19:00"), ("00:00", "00:00"), ("23:59", "23:59"),
    ],
)  # fmt: skip
def test_a_time_of_the_day_in_every_usual_spelling(typed: str, time: str) -> None:
    assert to_time(typed) == time
    assert to_time(time) == time


@pytest.mark.parametrize(
    "typed", ["", "25:00", "8:60", "24:00", "вечером", "13 вечера", "0 утра", "²:30", "1:2:3", "-5"]
)
def test_what_is_no_time(typed: str) -> None:
    assert to_time(typed) is None


@pytest.mark.parametrize(
    ("typed", "day", "time"),
    [
        ("сегодня", TODAY, ""), ("вчера 14:30", date(2026, 11, 20), "14:30"), ("позавчера около 7", date(2026, 11, 19), "07:00"),
        ("21.11 в 8:15", TODAY, "08:15"), ("20 ноября", date(2026, 11, 20), ""), ("20.11.2026, 9 утра", date(2026, 11, 20), "09:00"),
        ("14:30", TODAY, "14:30"), ("yesterday at 2:30 pm", date(2026, 11, 20), "14:30"), ("Вчера!", date(2026, 11, 20), ""),
        ("25.11", date(2026, 11, 25), ""), ("05.02", date(2027, 2, 5), ""), ("05.06", date(2026, 6, 5), ""),
    ],
)  # fmt: skip
def test_a_moment_as_people_say_it(typed: str, day: date, time: str) -> None:
    assert to_moment(typed, TODAY) == (day, time)


@pytest.mark.parametrize("typed", ["", "завтра", "5", "31.11", "вчера в 25:00", "когда-то", "1.1.1.1", "²"])
def test_what_is_no_moment(typed: str) -> None:
    assert to_moment(typed, TODAY) is None


@given(text=st.text())
def test_no_text_is_too_strange_for_a_moment(text: str) -> None:
    to_time(text)
    to_moment(text, TODAY)


@given(day=st.dates(date(1990, 1, 1), TODAY), time=st.times())
def test_any_moment_is_read_back(day: date, time: Any) -> None:
    assert to_moment(f"{day:%d.%m.%Y} {time:%H:%M}", TODAY) == (day, f"{time:%H:%M}")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("завтра", date(2026, 11, 22)), ("Послезавтра!", date(2026, 11, 23)), ("через неделю", date(2026, 11, 28)),
        ("через 2 недели", date(2026, 12, 5)), ("через две недели", date(2026, 12, 5)), ("через пару дней", date(2026, 11, 23)),
        ("через полгода", date(2027, 5, 21)), ("in 3 days", date(2026, 11, 24)), ("in a month", date(2026, 12, 21)),
        ("5 декабря", date(2026, 12, 5)), ("на 5 декабря", date(2026, 12, 5)), ("05.12", date(2026, 12, 5)), ("1 января", date(2027, 1, 1)),
        ("21.11", TODAY), ("05.12.27", date(2027, 12, 5)), ("5 декабря 2027", date(2027, 12, 5)), ("2027-03-01", date(2027, 3, 1)),
        ("в пятницу", date(2026, 11, 27)), ("пт", date(2026, 11, 27)), ("в субботу", date(2026, 11, 28)),
        ("next monday", date(2026, 11, 23)), ("December 5", date(2026, 12, 5)), ("Dec 5th, 2027", date(2027, 12, 5)),
        ("29 февраля", date(2028, 2, 29)), ("01.01.2020", date(2020, 1, 1)), ("сегодня", TODAY),
    ],
)  # fmt: skip
def test_a_day_ahead_as_people_say_it(typed: str, day: date) -> None:
    assert to_day_ahead(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed", ["", "вчера", "12", "31.02", "через", "через 9999 лет", "через сто", "в среду утром", "²"]
)
def test_what_is_no_day_ahead(typed: str) -> None:
    assert to_day_ahead(typed, TODAY) is None


@given(text=st.text())
def test_no_text_is_too_strange_for_a_day_ahead(text: str) -> None:
    to_day_ahead(text, TODAY)
    apart_from_day(text, TODAY)


@pytest.mark.parametrize(
    ("typed", "words", "day"),
    [
        ("завтра забрать справку", "забрать справку", date(2026, 11, 22)),
        ("Забрать справку послезавтра!", "Забрать справку", date(2026, 11, 23)),
        ("через 2 недели: позвонить в сервис", "позвонить в сервис", date(2026, 12, 5)),
        ("оплатить взнос 5 декабря", "оплатить взнос", date(2026, 12, 5)),
        ("оплатить взнос 05.12", "оплатить взнос", date(2026, 12, 5)),
        ("в пятницу отвезти бумаги", "отвезти бумаги", date(2026, 11, 27)),
        ("call the garage next monday", "call the garage", date(2026, 11, 23)),
        ("забрать справку", "забрать справку", None),
        ("сдать бумаги до 5 декабря", "сдать бумаги до 5 декабря", None),
        ("осмотр на улице 8 Марта", "осмотр на улице 8 Марта", None),
        ("встреча на Мира 5-12", "встреча на Мира 5-12", None),
        ("позвонить в 10.12", "позвонить в 10.12", None),
        ("завтра", "завтра", None),
    ],
)
def test_a_day_among_other_words(typed: str, words: str, day: date | None) -> None:
    assert apart_from_day(typed, TODAY) == (words, day)
