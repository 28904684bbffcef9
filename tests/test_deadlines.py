"""Deadlines: every rule over New Year and the May holidays, with dates counted by hand from the calendar on the wall."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.deadlines import DAY
from services.deadlines.calendar import CalendarMissing
from services.deadlines.table import TABLE, NoSuchDeadline, Rule, Unit
from tests.support.calendars import CALENDAR, DEADLINES, EVERY_DAY, FIRST, LABOUR_CODE_112, LAST, RUSSIA, d

# -- the table: what each rule says ------------------------------------------------------------------------------------

OSAGO = {
    "notify_insurer": "0 immediately",
    "send_accident_notice": "5 working_days",
    "file_claim": "5 working_days",
    "no_repair_hold_europrotocol": "15 calendar_days_excl_holidays",
    "show_vehicle_on_demand": "5 working_days",
    "inspection": "5 working_days",
    "inspection_remote_area": "10 working_days",
    "missing_docs_notice": "3 working_days",
    "decision": "20 calendar_days_excl_holidays",
    "decision_own_station": "30 calendar_days_excl_holidays",
    "repair": "30 working_days",
    "other_beneficiaries_life": "15 calendar_days_excl_holidays",
    "payout_life_after_window": "5 calendar_days_excl_holidays",
    "tell_plate_number": "3 working_days",
    "insurer_reissues_with_plate": "2 working_days",
    "pay_extra_premium": "5 working_days",
    "refund": "14 calendar_days",
    "premium_calculation_on_request": "3 working_days",
}
KASKO_2021 = {
    "report_damage": "10 calendar_days",
    "report_theft_police": "0 immediately",
    "report_theft": "24 hours",
    "report_theft_written": "3 calendar_days",
    "payout_theft": "30 calendar_days",
    "payout_total_loss": "30 calendar_days",
    "payout_damage": "25 calendar_days",
}
KASKO_2025 = {
    "report_damage": "10 working_days",
    "report_theft_police": "0 immediately",
    "report_theft": "24 hours",
    "report_theft_written": "3 working_days",
    "payout_theft": "30 working_days",
    "payout_theft_with_inquiries": "60 working_days",
    "payout_total_loss": "30 working_days",
    "payout_total_loss_with_inquiries": "60 working_days",
    "payout_damage": "25 working_days",
    "payout_damage_with_inquiries": "60 working_days",
    "payout_one_element": "10 working_days",
    "instalment_grace": "7 calendar_days",
    "cooling_off": "14 calendar_days",
}
SAID = [
    (product, event, edition, term)
    for product, edition, rules in (
        ("osago", "2025", OSAGO),
        ("kasko", "2021", KASKO_2021),
        ("kasko", "2025", KASKO_2025),
    )
    for event, term in rules.items()
]

# -- the dates: counted by hand ----------------------------------------------------------------------------------------

NEW_YEAR_2026, NEW_YEAR_2027 = d("2025-12-29"), d("2026-12-29")
MAY_2025, MAY_2026, MAY_2027 = d("2025-04-29"), d("2026-04-29"), d("2027-04-29")

BY_HAND: dict[date, dict[str, str]] = {
    # Monday 29.12.2025. Worked: Tue 30 Dec is the 1st. Off: Wed 31 (moved), 1–8 Jan, Fri 9 (moved), weekend 10–11.
    # Mon 12 Jan 2nd, 13 3rd, 14 4th, 15 5th, 16 6th; 19–23 Jan 7th–11th; 26–30 Jan 12th–16th; 2–6 Feb 17th–21st; 9–13 Feb 22nd–26th;
    # 16–20 Feb 27th–31st; Mon 23 Feb off, 24–27 Feb 32nd–35th; 2–6 Mar 36th–40th; Mon 9 Mar off (moved), 10–13 Mar 41st–44th;
    # 16–20 Mar 45th–49th; 23–27 Mar 50th–54th; 30 Mar–3 Apr 55th–59th; Mon 6 Apr 60th.
    # Without holidays: 30 and 31 Dec are 1st and 2nd (a moved day off counts), 1–8 Jan do not count, 9 Jan is the 3rd: then day of
    # January less 6. 5th 11 Jan (a Sunday), 15th 21 Jan, 20th 26 Jan, 25th 31 Jan, 30th 5 Feb.
    NEW_YEAR_2026: {
        "2 working_days": "2026-01-12",
        "3 working_days": "2026-01-13",
        "5 working_days": "2026-01-15",
        "10 working_days": "2026-01-22",
        "25 working_days": "2026-02-12",
        "30 working_days": "2026-02-19",
        "60 working_days": "2026-04-06",
        "5 calendar_days_excl_holidays": "2026-01-11",
        "15 calendar_days_excl_holidays": "2026-01-21",
        "20 calendar_days_excl_holidays": "2026-01-26",
        "30 calendar_days_excl_holidays": "2026-02-05",
        "3 calendar_days": "2026-01-01",
        "7 calendar_days": "2026-01-05",
        "10 calendar_days": "2026-01-08",
        "14 calendar_days": "2026-01-12",
        "25 calendar_days": "2026-01-23",
        "30 calendar_days": "2026-01-28",
        "24 hours": "2025-12-30",
        "0 immediately": "2025-12-29",
    },
    # Tuesday 29.12.2026. Worked: Wed 30 Dec is the 1st. Off: Thu 31 (moved), 1–8 Jan, weekend 9–10.
    # 11–15 Jan 2nd–6th; 18–22 Jan 7th–11th; 25–29 Jan 12th–16th; 1–5 Feb 17th–21st; 8–12 Feb 22nd–26th; 15–19 Feb 27th–31st;
    # Sat 20 Feb IS worked: 32nd; Mon 22 (moved) and Tue 23 Feb off, 24–26 Feb 33rd–35th; 1–5 Mar 36th–40th; Mon 8 Mar off,
    # 9–12 Mar 41st–44th; 15–19 Mar 45th–49th; 22–26 Mar 50th–54th; 29 Mar–2 Apr 55th–59th; Mon 5 Apr 60th.
    # Without holidays: as a year before, for 30 and 31 Dec count and 1–8 Jan do not.
    NEW_YEAR_2027: {
        "2 working_days": "2027-01-11",
        "3 working_days": "2027-01-12",
        "5 working_days": "2027-01-14",
        "10 working_days": "2027-01-21",
        "25 working_days": "2027-02-11",
        "30 working_days": "2027-02-18",
        "60 working_days": "2027-04-05",
        "5 calendar_days_excl_holidays": "2027-01-11",
        "15 calendar_days_excl_holidays": "2027-01-21",
        "20 calendar_days_excl_holidays": "2027-01-26",
        "30 calendar_days_excl_holidays": "2027-02-05",
        "3 calendar_days": "2027-01-01",
        "7 calendar_days": "2027-01-05",
        "10 calendar_days": "2027-01-08",
        "14 calendar_days": "2027-01-12",
        "25 calendar_days": "2027-01-23",
        "30 calendar_days": "2027-01-28",
        "24 hours": "2026-12-30",
        "0 immediately": "2026-12-29",
    },
    # Tuesday 29.04.2025. Worked: Wed 30 Apr is the 1st. Thu 1 and Fri 2 May off, weekend; 5–7 May 2nd–4th; Thu 8 and Fri 9 May off,
    # weekend; 12–16 May 5th–9th; 19–23 May 10th–14th; 26–30 May 15th–19th; 2–6 Jun 20th–24th; 9–11 Jun 25th–27th; Thu 12 and Fri 13 Jun
    # off, weekend; 16–20 Jun 28th–32nd; 23–27 Jun 33rd–37th; 30 Jun–4 Jul 38th–42nd; 7–11 Jul 43rd–47th; 14–18 Jul 48th–52nd;
    # 21–25 Jul 53rd–57th; 28, 29, 30 Jul 58th, 59th, 60th.
    # Without holidays: 30 Apr 1st, 1 May skipped, 2–8 May 2nd–8th (2 and 8 May are moved days off: they count), 9 May skipped,
    # 10 May 9th, then day of May less 1: 15th 16 May, 20th 21 May, 30th 31 May.
    MAY_2025: {
        "2 working_days": "2025-05-05",
        "3 working_days": "2025-05-06",
        "5 working_days": "2025-05-12",
        "10 working_days": "2025-05-19",
        "25 working_days": "2025-06-09",
        "30 working_days": "2025-06-18",
        "60 working_days": "2025-07-30",
        "5 calendar_days_excl_holidays": "2025-05-05",
        "15 calendar_days_excl_holidays": "2025-05-16",
        "20 calendar_days_excl_holidays": "2025-05-21",
        "30 calendar_days_excl_holidays": "2025-05-31",
        "3 calendar_days": "2025-05-02",
        "7 calendar_days": "2025-05-06",
        "10 calendar_days": "2025-05-09",
        "14 calendar_days": "2025-05-13",
        "25 calendar_days": "2025-05-24",
        "30 calendar_days": "2025-05-29",
        "24 hours": "2025-04-30",
        "0 immediately": "2025-04-29",
    },
    # Wednesday 29.04.2026. Worked: Thu 30 Apr is the 1st. Fri 1 May off, weekend; 4–8 May 2nd–6th; Sat 9, Sun 10, Mon 11 May off (moved);
    # 12–15 May 7th–10th; 18–22 May 11th–15th; 25–29 May 16th–20th; 1–5 Jun 21st–25th; 8–11 Jun 26th–29th; Fri 12 Jun off, weekend;
    # 15–19 Jun 30th–34th; 22–26 Jun 35th–39th; 29 Jun–3 Jul 40th–44th; 6–10 Jul 45th–49th; 13–17 Jul 50th–54th; 20–24 Jul 55th–59th;
    # Mon 27 Jul 60th.
    # Without holidays: as a year before, 1 and 9 May are skipped.
    MAY_2026: {
        "2 working_days": "2026-05-04",
        "3 working_days": "2026-05-05",
        "5 working_days": "2026-05-07",
        "10 working_days": "2026-05-15",
        "25 working_days": "2026-06-05",
        "30 working_days": "2026-06-15",
        "60 working_days": "2026-07-27",
        "5 calendar_days_excl_holidays": "2026-05-05",
        "15 calendar_days_excl_holidays": "2026-05-16",
        "20 calendar_days_excl_holidays": "2026-05-21",
        "30 calendar_days_excl_holidays": "2026-05-31",
        "3 calendar_days": "2026-05-02",
        "7 calendar_days": "2026-05-06",
        "10 calendar_days": "2026-05-09",
        "14 calendar_days": "2026-05-13",
        "25 calendar_days": "2026-05-24",
        "30 calendar_days": "2026-05-29",
        "24 hours": "2026-04-30",
        "0 immediately": "2026-04-29",
    },
    # Thursday 29.04.2027. Worked: Fri 30 Apr is the 1st. Sat 1, Sun 2, Mon 3 May off (moved); 4–7 May 2nd–5th; weekend with Sun 9,
    # Mon 10 May off (moved); 11–14 May 6th–9th; 17–21 May 10th–14th; 24–28 May 15th–19th; 31 May–4 Jun 20th–24th; 7–11 Jun 25th–29th;
    # Sat 12 Jun, Sun 13, Mon 14 Jun off (moved); 15–18 Jun 30th–33rd; 21–25 Jun 34th–38th; 28 Jun–2 Jul 39th–43rd; 5–9 Jul 44th–48th;
    # 12–16 Jul 49th–53rd; 19–23 Jul 54th–58th; 26, 27 Jul 59th, 60th.
    # Without holidays: as two years before, 1 and 9 May are skipped.
    MAY_2027: {
        "2 working_days": "2027-05-04",
        "3 working_days": "2027-05-05",
        "5 working_days": "2027-05-07",
        "10 working_days": "2027-05-17",
        "25 working_days": "2027-06-07",
        "30 working_days": "2027-06-15",
        "60 working_days": "2027-07-27",
        "5 calendar_days_excl_holidays": "2027-05-05",
        "15 calendar_days_excl_holidays": "2027-05-16",
        "20 calendar_days_excl_holidays": "2027-05-21",
        "30 calendar_days_excl_holidays": "2027-05-31",
        "3 calendar_days": "2027-05-02",
        "7 calendar_days": "2027-05-06",
        "10 calendar_days": "2027-05-09",
        "14 calendar_days": "2027-05-13",
        "25 calendar_days": "2027-05-24",
        "30 calendar_days": "2027-05-29",
        "24 hours": "2027-04-30",
        "0 immediately": "2027-04-29",
    },
}


def first_rows() -> list[Rule]:
    """What each edition says, without what other sources say of it."""
    return [rule for rule in TABLE.rules if TABLE.rule(rule.product, rule.event, rule.edition) is rule]


def test_no_rule_is_left_out() -> None:
    assert {(rule.product, rule.event, rule.edition) for rule in first_rows()} == {said[:3] for said in SAID}


@pytest.mark.parametrize("start", BY_HAND, ids=str)
@pytest.mark.parametrize(("product", "event", "edition", "term"), SAID)
def test_every_rule_over_the_holidays(product: str, event: str, edition: str, term: str, start: date) -> None:
    found = DEADLINES.due(product, event, start, edition)
    assert f"{found.amount} {found.unit}" == term
    assert found.due == d(BY_HAND[start][term])
    assert found.edition == edition
    assert found.source


@pytest.mark.parametrize(
    ("product", "event", "start", "due"),
    [
        ("osago", "file_claim", "2026-01-03", "2026-01-16"),  # on a Saturday among holidays: 12, 13, 14, 15, 16 Jan
        ("osago", "file_claim", "2025-10-29", "2025-11-06"),  # 30, 31 Oct, Sat 1 Nov IS worked; 3, 4 Nov off; 5, 6 Nov
        ("osago", "file_claim", "2027-02-18", "2027-02-26"),  # 19, Sat 20 Feb IS worked; 22, 23 off; 24, 25, 26 Feb
        ("osago", "decision", "2025-01-09", "2025-01-29"),  # no holiday among them: as calendar days
        ("osago", "decision", "2027-10-20", "2027-11-10"),  # 4 Nov does not count, Fri 5 Nov, a moved day off, does
        ("osago", "refund", "2026-12-27", "2027-01-10"),  # a Sunday of the holidays stays: ГК 193 is not applied
        ("kasko", "cooling_off", "2027-12-31", "2028-01-14"),  # calendar days need no calendar
    ],
)
def test_more_by_hand(product: str, event: str, start: str, due: str) -> None:
    assert DEADLINES.due(product, event, d(start)).due == d(due)


# -- what holds for every rule on every day ----------------------------------------------------------------------------

rules = st.sampled_from(TABLE.rules)
LONGEST = 100 * DAY
"""Sixty working days with the holidays among them: what begins later needs a calendar that is not known yet."""
starts = st.dates(FIRST, LAST - LONGEST)


def due(rule: Rule, start: date) -> date:
    return DEADLINES.due(rule.product, rule.event, start, rule.edition).due


@given(rule=rules, start=starts, later=st.integers(0, 40))
def test_a_later_event_is_never_due_earlier(rule: Rule, start: date, later: int) -> None:
    assert due(rule, start) <= due(rule, min(start + later * DAY, LAST - LONGEST))


@given(rule=rules, start=starts)
def test_counting_starts_the_next_day_and_ends_on_a_day_that_counts(rule: Rule, start: date) -> None:
    rule = TABLE.rule(rule.product, rule.event, rule.edition)
    last = due(rule, start)
    counted = [start + n * DAY for n in range(1, (last - start).days + 1)]
    match rule.unit:
        case Unit.WORKING:
            assert CALENDAR.works(last)
            assert sum(map(CALENDAR.works, counted)) == rule.amount
        case Unit.NO_HOLIDAYS:
            assert not CALENDAR.holiday(last)
            assert len(counted) - sum(map(CALENDAR.holiday, counted)) == rule.amount
        case Unit.CALENDAR:
            assert len(counted) == rule.amount
        case Unit.HOURS:
            assert len(counted) == rule.amount / 24
        case Unit.AT_ONCE:
            assert not counted


def test_every_term_of_all_three_years_by_another_hand() -> None:
    """The days are taken from PyPI `holidays` and laid out in a row: the n-th after the start is due."""
    worked = [day for day in EVERY_DAY if RUSSIA.is_working_day(day)]
    plain = [day for day in EVERY_DAY if (day.month, day.day) not in LABOUR_CODE_112]
    for rule in first_rows():
        row = {Unit.WORKING: worked, Unit.NO_HOLIDAYS: plain}.get(rule.unit)
        if row is None:
            continue
        ahead = 0
        for start in EVERY_DAY:
            while ahead < len(row) and row[ahead] <= start:
                ahead += 1
            if ahead + rule.amount <= len(row):
                assert due(rule, start) == row[ahead + rule.amount - 1], (rule, start)
            else:
                with pytest.raises(CalendarMissing, match="2028"):
                    due(rule, start)


# -- editions and sources ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("start", "edition"), [("2025-02-02", "2021"), ("2025-02-03", "2025"), ("2026-11-21", "2025")])
def test_the_edition_in_force_on_the_day_counts(start: str, edition: str) -> None:
    assert DEADLINES.due("kasko", "report_damage", d(start)).edition == edition
    assert DEADLINES.due("kasko", "report_damage", d(start), "2021").edition == "2021"


@pytest.mark.parametrize(
    ("product", "event", "start", "recommended", "last"),
    [
        (
            "kasko",
            "report_damage",
            "2026-12-29",
            "2027-01-08",
            "2027-01-21",
        ),  # 10 days of 2021, 10 working days of 2025
        ("kasko", "report_theft_written", "2026-12-29", "2027-01-01", "2027-01-12"),
        ("kasko", "payout_damage", "2026-11-02", "2026-11-22", "2026-12-08"),  # 20 days in one place of the article
        (
            "kasko",
            "payout_damage",
            "2025-01-15",
            "2025-02-04",
            "2025-02-09",
        ),  # 20 or 25 days: then the article was in force
        ("kasko", "report_theft", "2026-12-29", "2026-12-30", "2026-12-30"),
        ("osago", "decision", "2026-12-29", "2027-01-26", "2027-01-26"),
    ],
)
def test_contradicting_sources_give_an_earlier_and_a_last_date(
    product: str, event: str, start: str, recommended: str, last: str
) -> None:
    first, legal = DEADLINES.both(product, event, d(start))
    assert (first.due, legal.due) == (d(recommended), d(last))
    assert legal == DEADLINES.due(product, event, d(start))


@given(rule=rules, start=starts)
def test_the_recommended_date_is_never_after_the_last(rule: Rule, start: date) -> None:
    first, last = DEADLINES.both(rule.product, rule.event, start, rule.edition)
    assert first.due <= last.due


@pytest.mark.parametrize(
    ("product", "event", "edition", "code", "hint"),
    [
        ("dms", "file_claim", None, "unknown-product", "osago, kasko"),
        ("osago", "report_theft", None, "unknown-event", "file_claim"),
        ("osago", "file_claim", "2021", "unknown-edition", "2025"),
        ("kasko", "payout_one_element", "2021", "not-in-edition", "a term of: 2025"),
    ],
)
def test_what_the_table_lacks_is_said(product: str, event: str, edition: str | None, code: str, hint: str) -> None:
    with pytest.raises(NoSuchDeadline) as refused:
        DEADLINES.due(product, event, d("2026-11-21"), edition)
    assert refused.value.code == code
    assert hint in refused.value.hint


# -- moments and what is left ------------------------------------------------------------------------------------------


def test_hours_run_on_the_clients_clock() -> None:
    vladivostok = ZoneInfo("Asia/Vladivostok")
    stolen = datetime(2026, 12, 31, 23, 30, tzinfo=vladivostok)
    assert DEADLINES.due_at("kasko", "report_theft", stolen) == datetime(2027, 1, 1, 23, 30, tzinfo=vladivostok)
    assert DEADLINES.due_at("kasko", "report_theft_police", stolen) == stolen
    # 11, 12, 13 Jan are worked there; the last of them ends at midnight there, whatever the day is in Moscow
    assert DEADLINES.due_at("kasko", "report_theft_written", stolen) == datetime(2027, 1, 14, tzinfo=vladivostok)
    assert DEADLINES.due_at("kasko", "report_theft", stolen.astimezone(UTC)) == stolen + timedelta(hours=24)


def test_hours_are_hours_where_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    stolen = datetime(2026, 3, 28, 12, tzinfo=berlin)
    assert DEADLINES.due_at("kasko", "report_theft", stolen) == datetime(2026, 3, 29, 13, tzinfo=berlin)


def test_a_moment_of_nobodys_clock_is_refused() -> None:
    with pytest.raises(ValueError, match="clock"):
        DEADLINES.due_at("kasko", "report_theft", datetime(2026, 12, 31, 23, 30))  # noqa: DTZ001 - the very thing refused


@pytest.mark.parametrize(
    ("event", "today", "left"),
    [
        ("file_claim", "2026-12-29", (5, "working_days")),
        ("file_claim", "2026-12-30", (4, "working_days")),
        ("file_claim", "2027-01-09", (4, "working_days")),
        ("file_claim", "2027-01-13", (1, "working_days")),
        ("file_claim", "2027-01-14", (0, "days")),
        ("file_claim", "2027-01-16", (-2, "days")),
        ("decision", "2026-12-29", (28, "days")),
        ("decision", "2027-01-26", (0, "days")),
        ("decision", "2027-01-27", (-1, "days")),
    ],
)
def test_what_is_left_is_said_in_the_terms_own_days(event: str, today: str, left: tuple[int, str]) -> None:
    assert DEADLINES.left(DEADLINES.due("osago", event, NEW_YEAR_2027), d(today)) == left
