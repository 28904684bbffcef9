"""Dates for a calendar of one's own: a file that calendars read, and one entry for one thing whatever its day (H5)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from services.calendars import Calendars
from services.db.pipe import Store
from services.db.unit import Unit
from services.press import PRESSES
from services.press.dates import Date, Dates
from tests.support.stores import NOW, VAULT, event, opened

NOON = datetime.fromtimestamp(NOW, UTC)
LAST_DAY = date(2027, 3, 5)


@pytest.fixture
async def store(database: str, tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(database, tmp_path) as found:
        yield found


def printed(*dates: Date, zone: str = "Asia/Kamchatka") -> bytes:
    return PRESSES["dates-ics"](Dates("Северный берег", zone, NOON.isoformat(), list(dates)).words)


def test_a_calendar_reads_what_was_printed() -> None:
    one = Date("a@cabinet", 3, "2027-03-05", "10:00", "Kia Rio, А***; полис", "Подробности\nв кабинете", [0, 1, 7])
    other = Date("b@cabinet", 0, "2027-04-01", "10:00", "ж" * 300, "", [])
    read = Calendar.from_ical(printed(one, other))
    assert read["METHOD"] == "PUBLISH"
    first, second = read.events
    assert (first["UID"], first["SEQUENCE"], first["SUMMARY"]) == (one.uid, 3, one.title)
    assert first["DESCRIPTION"] == one.about
    starts = first.decoded("DTSTART")
    assert (starts.isoformat(), starts.tzinfo) == ("2027-03-05T10:00:00+12:00", ZoneInfo("Asia/Kamchatka"))
    assert sorted(alarm.decoded("TRIGGER") for alarm in first.walk("VALARM")) == [
        timedelta(days=-7),
        timedelta(days=-1),
        timedelta(),
    ]
    assert second["SUMMARY"] == other.title
    assert not second.walk("VALARM")
    assert [str(it["TZID"]) for it in read.timezones] == ["Asia/Kamchatka"]


def test_the_file_is_as_calendars_want_it() -> None:
    """RFC 5545 3.1: lines end with CR and LF and are at most 75 bytes long."""
    lines = printed(Date("a@cabinet", 0, "2027-03-05", "10:00", "Очень длинное название " * 9, "", [0])).split(b"\r\n")
    assert not any(b"\n" in line or len(line) > 75 for line in lines)


def test_the_same_words_make_the_same_file() -> None:
    it = Date("a@cabinet", 0, "2027-03-05", "10:00", "Полис", "", [0])
    assert printed(it) == printed(it)


async def test_a_changed_day_is_a_later_edition_of_the_same_entry(store: Store) -> None:
    calendars, given = Calendars(VAULT), []
    for client, about, days in (
        ("c-1", "x", 0),
        ("c-1", "x", 0),
        ("c-1", "x", 9),
        ("c-1", "x", 0),
        ("c-2", "x", 0),
        ("c-1", "y", 0),
    ):
        async with store.tx() as tx:
            unit = Unit(tx, event("e"), NOON)
            given.append(await calendars.give(unit, client, about, LAST_DAY + timedelta(days=days)))
    assert [it.sequence for it in given] == [0, 0, 1, 2, 0, 0]
    assert len({it.uid for it in given}) == 3
    assert len({it.uid for it in given[:4]}) == 1
