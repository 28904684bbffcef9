"""The production calendar: that of the decrees, with years of one's own over it, and loud when a year is missing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.process import running
from services.clock import Clock
from services.deadlines import Deadlines
from services.deadlines.calendar import PUBLISHED, BadCalendar, Calendar, CalendarMissing, read
from tests.support.calendars import (
    CALENDAR,
    DEADLINES,
    EVERY_DAY,
    LABOUR_CODE_112,
    RUSSIA,
    d,
    of_2028,
    until_next_year,
    year,
)
from tests.support.town import town


def test_the_calendar_is_that_of_the_decrees() -> None:
    assert [day for day in EVERY_DAY if CALENDAR.works(day)] == [day for day in EVERY_DAY if RUSSIA.is_working_day(day)]
    assert [day for day in EVERY_DAY if CALENDAR.holiday(day)] == [
        day for day in EVERY_DAY if (day.month, day.day) in LABOUR_CODE_112
    ]


@pytest.mark.parametrize(
    ("today", "missing"),
    [("2026-12-31", None), ("2027-11-30", None), ("2027-12-01", 2028), ("2028-01-01", 2028), ("2024-06-01", 2024)],
)
def test_a_missing_year_is_noticed_in_december(today: str, missing: int | None) -> None:
    assert CALENDAR.gap(d(today)) == missing


def test_a_day_of_an_unknown_year_is_not_guessed() -> None:
    with pytest.raises(CalendarMissing) as missing:
        DEADLINES.due("osago", "file_claim", d("2027-12-29"))
    assert missing.value.year == 2028
    with pytest.raises(CalendarMissing):
        DEADLINES.due("osago", "decision", d("2024-12-20"))


def test_a_year_is_added_by_a_file(tmp_path: Path) -> None:
    more = Deadlines(Calendar.known(of_2028(tmp_path)))
    # 30 and 31 Dec 2027: Thu is worked, Fri is off (moved); 3–7 and 10 Jan off; 11, 12, 13, 14 Jan
    assert more.due("osago", "file_claim", d("2027-12-29")).due == d("2028-01-14")
    assert more.calendar.gap(d("2027-12-01")) is None
    assert more.due("osago", "file_claim", d("2026-12-29")).due == d("2027-01-14"), "the published years stay"


def test_a_year_of_the_file_takes_the_place_of_the_published_one(tmp_path: Path) -> None:
    days = json.loads(PUBLISHED.read_text())["years"]["2026"]
    days["weekday_days_off"].append("2026-01-12")
    days["working_days"] -= 1
    path = tmp_path / "calendar.json"
    path.write_text(json.dumps({"years": {"2026": days}}))
    assert Deadlines(Calendar.known(path)).due("osago", "file_claim", d("2025-12-29")).due == d("2026-01-16")


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ({"2026": year(2026, weekday_days_off=["2026-01-03"])}, "2026-01-03 — выходной и так"),
        ({"2026": year(2026, working_weekends=["2026-01-05"])}, "2026-01-05 — будний день"),
        ({"2026": year(2026, statutory_holidays=["2026-01-05"])}, "2026-01-05 выходит рабочим днём"),
        ({"2026": year(2026, weekday_days_off=["2027-01-05"])}, "2027-01-05 не в 2026 году"),
        ({"2026": year(2026, working_days=247)}, "working_days: 247, а по дням выходит 261"),
        ({"0": year(0)}, "такого года нет"),
        ({"2026": year(2026, weekday_days_off=["05.01.2026"])}, "years.2026.weekday_days_off.0"),
        ({"2026": year(2026, days_off=[])}, "years.2026.days_off"),
        ({}, "years"),
    ],
)
def test_a_file_that_cannot_be_true_is_refused_with_every_fault(tmp_path: Path, years: object, said: str) -> None:
    path = tmp_path / "calendar.json"
    path.write_text(json.dumps({"years": years}))
    with pytest.raises(BadCalendar) as refused:
        read(path)
    assert said in str(refused.value)
    assert "Образец: services/deadlines/data/production_calendar.json" in str(refused.value)


def test_a_file_that_is_not_there_or_no_json_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadCalendar, match="не читается"):
        read(tmp_path / "nothing.json")
    (tmp_path / "text.json").write_bytes(b"\xff\xfe{")
    with pytest.raises(BadCalendar, match=r"text\.json: файл"):
        read(tmp_path / "text.json")


async def test_a_missing_calendar_is_loud(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, missing = until_next_year(tmp_path, Clock().today())
    async with town(tmp_path, CABINET_CALENDAR=str(path)) as village:

        async def shown() -> str:
            port = village.settings.web.internal_port
            async with village.http.get(f"http://127.0.0.1:{port}/metrics") as answer:
                return await answer.text()

        assert "cabinet_calendar_missing 0.0" in await shown()
        await village.call("POST", "/clock", {"set": f"{missing - 1}-12-01T12:00:00+03:00"})
        await village.settle()  # the night has passed, with its check
        assert f"cabinet_calendar_missing {missing}.0" in await shown()
        assert "calendar_missing" in capsys.readouterr().out
        await village.stop_bot()
        clock = village.process.parts.clock
        async with running(village.settings, clock=clock):
            assert "calendar_missing" in capsys.readouterr().out, "at a start too, on a day whose night is over"
