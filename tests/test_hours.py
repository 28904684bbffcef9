"""Working time: nights, weekends and the New Year cost nobody a minute of a promise (K3)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.clock import MOSCOW
from services.hours import Hours
from tests.support.calendars import CALENDAR

WORDS = "mon-fri 09:00-21:00; sat-sun 10:00-18:00; holidays closed"
HOURS = Hours.of(WORDS, CALENDAR.rest)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)).map(lambda it: it.replace(tzinfo=MOSCOW))  # noqa: DTZ001 - Moscow's
SPANS = st.integers(0, 3000).map(lambda minutes: timedelta(minutes=minutes))


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=MOSCOW)


@pytest.mark.parametrize(
    ("since", "minutes", "due"),
    [
        ("2026-11-23 10:00", 30, "2026-11-23 10:30"),
        ("2026-11-23 20:45", 30, "2026-11-24 09:15"),
        ("2026-11-23 23:00", 30, "2026-11-24 09:30"),
        ("2026-11-24 03:00", 30, "2026-11-24 09:30"),
        ("2026-11-27 20:45", 30, "2026-11-28 10:15"),
        ("2026-11-29 17:50", 30, "2026-11-30 09:20"),
        ("2026-11-23 09:00", 720, "2026-11-23 21:00"),
        ("2026-11-23 09:00", 721, "2026-11-24 09:01"),
        ("2026-12-30 20:45", 30, "2027-01-09 10:15"),
    ],
    ids=[
        "day",
        "over the night",
        "late evening",
        "night",
        "into Saturday",
        "into Monday",
        "a whole day",
        "a minute more",
        "New Year",
    ],
)
def test_a_promise_ends_in_working_time(since: str, minutes: int, due: str) -> None:
    assert HOURS.add(at(since), timedelta(minutes=minutes)) == at(due)
    assert HOURS.between(at(since), at(due)) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("moment", "is_open", "opens"),
    [
        ("2026-11-23 08:59", False, "2026-11-23 09:00"),
        ("2026-11-23 09:00", True, "2026-11-23 09:00"),
        ("2026-11-23 21:00", False, "2026-11-24 09:00"),
        ("2026-11-28 09:30", False, "2026-11-28 10:00"),
        ("2027-01-02 12:00", False, "2027-01-09 10:00"),
    ],
)
def test_the_door_is_open_or_says_when_it_will_be(moment: str, is_open: bool, opens: str) -> None:
    assert HOURS.is_open(at(moment)) is is_open
    assert HOURS.next_open(at(moment)) == at(opens)


def test_a_holiday_may_have_hours_of_its_own() -> None:
    hours = Hours.of("mon-sun 09:00-21:00; holidays 10:00-12:00", CALENDAR.rest)
    assert hours.add(at("2027-01-01 09:00"), timedelta(hours=3)) == at("2027-01-02 11:00")


@given(MOMENTS, SPANS)
def test_adding_and_measuring_are_inverse(since: datetime, work: timedelta) -> None:
    due = HOURS.add(since, work)
    assert HOURS.between(since, due) == work
    assert due >= since
    assert not work or HOURS.is_open(due - timedelta(microseconds=1)), "a promise ends while somebody is there"


@given(MOMENTS, SPANS, SPANS)
def test_work_adds_up(since: datetime, one: timedelta, other: timedelta) -> None:
    assert HOURS.add(HOURS.add(since, one), other) == HOURS.add(since, one + other)


@given(MOMENTS)
def test_the_next_opening_is_open_and_nothing_was_missed(moment: datetime) -> None:
    opens = HOURS.next_open(moment)
    assert HOURS.is_open(opens)
    assert HOURS.between(moment, opens) == timedelta()


@pytest.mark.parametrize(
    "words", ["", "mon 9-18", "mon-fri 21:00-09:00", "mon-fri closed", "someday 09:00-10:00", "fri-mon 09:00-18:00"]
)
def test_what_cannot_be_read_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r":|open|closes"):
        Hours.of(words)
