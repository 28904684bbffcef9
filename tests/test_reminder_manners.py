"""The manners of reminders as laws: whatever stands, whenever it is looked at."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from services.reminders import manners
from services.reminders.values import STEPS, Cause, Choices, Hush, Kind, Said
from services.reminders.zones import ZONES, zone_of, zone_of_city

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
MOMENTS = st.floats(1_767_225_600, 1_798_675_200).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
HOURS = st.integers(0, 23)
CHOICES = st.builds(
    Choices,
    zone=st.sampled_from(ZONES),
    quiet_from=HOURS,
    quiet_to=HOURS,
    off=st.frozensets(st.sampled_from([kind for kind in Kind if kind is not Kind.GRACE]), max_size=2),
)


@st.composite
def causes(draw: st.DrawFn) -> list[Cause]:
    kinds = draw(st.lists(st.tuples(st.sampled_from(Kind), st.integers(1, 3), DAYS), max_size=6))
    found = {}
    for kind, row, day in kinds:
        until = datetime(day.year, day.month, day.day, 15, tzinfo=UTC) if kind is Kind.APPLICATION else None
        found[kind, str(row)] = Cause(kind, str(row), day, f"policy:{row}", until=until)
    return list(found.values())


def journal(verdict: manners.Verdict, now: datetime) -> list[Said]:
    return [
        Said(it.cause.kind, it.cause.subject, it.cause.thing, it.cause.day, it.moment, now, it.urgent)
        for it in verdict.say
    ]


@given(causes(), CHOICES, MOMENTS)
def test_nothing_is_said_in_the_quiet_hours_nor_of_what_is_off(
    standing: list[Cause], choices: Choices, now: datetime
) -> None:
    verdict = manners.decide(standing, [], [], choices, now)
    hour = now.astimezone(ZoneInfo(choices.zone)).hour
    quiet = {(choices.quiet_from + n) % 24 for n in range((choices.quiet_to - choices.quiet_from) % 24)}
    assert not verdict.say or hour not in quiet
    assert not {it.cause.family[0] for it in verdict.say} & choices.off, "days of grace go with their instalment"
    assert all(it.moment <= now for it in verdict.say)
    assert verdict.again is None or now < verdict.again <= now + timedelta(hours=36)


@given(causes(), CHOICES, MOMENTS, st.integers(0, 70))
def test_what_was_said_is_not_said_again_and_routine_is_once_a_day(
    standing: list[Cause], choices: Choices, now: datetime, minutes: int
) -> None:
    first = manners.decide(standing, [], [], choices, now)
    soon = now + timedelta(minutes=minutes)
    said = journal(first, now)
    second = manners.decide(standing, said, [], choices, soon)
    assert not {it.key for it in first.say} & {it.key for it in second.say}
    same_day = manners.local_day(now, choices) == manners.local_day(soon, choices)
    if same_day and any(not it.urgent for it in first.say):
        assert all(it.urgent for it in second.say)


@given(causes(), CHOICES, MOMENTS)
def test_one_of_each_series_and_advertising_alone(standing: list[Cause], choices: Choices, now: datetime) -> None:
    say = manners.decide(standing, [], [], choices, now).say
    assert len({it.cause.series for it in say}) == len(say)
    kinds = {it.cause.kind for it in say}
    assert Kind.OFFER not in kinds or kinds == {Kind.OFFER}
    pressing = {it.cause.thing for it in say if it.urgent}
    assert all(it.urgent or it.cause.thing not in pressing for it in say)
    assert [it.urgent for it in say] == sorted((it.urgent for it in say), reverse=True)


@given(causes(), CHOICES, MOMENTS)
def test_what_was_stopped_is_never_said_and_what_rests_only_afterwards(
    standing: list[Cause], choices: Choices, now: datetime
) -> None:
    stopped = [Hush(*it.family, None, now) for it in standing]
    assert manners.decide(standing, [], stopped, choices, now).say == ()
    resting = [Hush(it.kind, it.subject, now + timedelta(hours=1), now) for it in standing]
    assert manners.decide(standing, [], resting, choices, now).say == ()


@given(st.sampled_from(Kind), DAYS, CHOICES)
def test_every_step_is_due_in_calm_hours_by_its_morning_and_that_a_day_is_over_not_before(
    kind: Kind, day: date, choices: Choices
) -> None:
    cause = Cause(kind, "1", day, "thing")
    for step in STEPS[kind]:
        moment = manners.moment_of(cause, step, choices)
        morning = datetime.combine(day - timedelta(days=step), datetime.min.time(), ZoneInfo(choices.zone))
        earliest, latest = (10, 34) if step < 0 else (-14, 10)
        assert morning + timedelta(hours=earliest) <= moment <= morning + timedelta(hours=latest)
        assert not manners.is_quiet(moment, choices)


@given(causes(), CHOICES, MOMENTS, st.sampled_from((1, 3)))
def test_putting_off_leads_to_a_later_moment_but_not_past_the_next_urgent_step(
    standing: list[Cause], choices: Choices, now: datetime, days: int
) -> None:
    for cause in standing:
        if back := manners.later(cause, days, choices, now):
            assert now < back <= now + timedelta(days=days + 1)
            urgent = [manners.moment_of(cause, it, choices) for it in STEPS[cause.kind] if manners.urgent(cause, it)]
            assert all(back <= it for it in urgent if it > now)


def test_every_city_has_the_time_of_its_zone_all_year() -> None:
    """By the IANA database, where it knows the city or another that has the same time by law."""
    places = {
        "Волгоград": "Europe/Volgograd", "Саратов": "Europe/Saratov", "Ульяновск": "Europe/Ulyanovsk", "Астрахань": "Europe/Astrakhan",
        "Новосибирск": "Asia/Novosibirsk", "Барнаул": "Asia/Barnaul", "Томск": "Asia/Tomsk", "Новокузнецк": "Asia/Novokuznetsk",
        "Чита": "Asia/Chita", "Сахалин": "Asia/Sakhalin", "Анадырь": "Asia/Anadyr", "Киров": "Europe/Kirov", "Минск": "Europe/Minsk",
        "Tbilisi": "Asia/Tbilisi", "Ереван": "Asia/Yerevan", "Баку": "Asia/Baku", "Дубай": "Asia/Dubai", "Ташкент": "Asia/Tashkent",
        "Алматы": "Asia/Almaty", "Бишкек": "Asia/Bishkek", "Бангкок": "Asia/Bangkok", "Пекин": "Asia/Shanghai", "Токио": "Asia/Tokyo",
        "Стамбул": "Europe/Istanbul", "Улан-Батор": "Asia/Ulaanbaatar", "Душанбе": "Asia/Dushanbe",
    }  # fmt: skip
    for city, place in places.items():
        zone = zone_of_city(city)
        assert zone, city
        for month in (1, 7):
            moment = datetime(2026, month, 1, tzinfo=UTC)
            assert moment.astimezone(ZoneInfo(zone)).utcoffset() == moment.astimezone(ZoneInfo(place)).utcoffset(), city


def test_a_city_is_known_however_it_is_typed() -> None:
    typed = {
        "екатеренбург": "Asia/Yekaterinburg", "г. Орёл": "Europe/Moscow", "орел": "Europe/Moscow", "в Казани": "Europe/Moscow",
        "Yekaterinburg": "Asia/Yekaterinburg", "novosibirsk": "Asia/Krasnoyarsk", "Питер": "Europe/Moscow",
        "ЮЖНО-САХАЛИНСК": "Asia/Magadan",
        "мск +4": "Asia/Krasnoyarsk", "MSK-1": "Europe/Kaliningrad", "МСК−1": "Europe/Kaliningrad", "Рязань": "Europe/Moscow",
        "Khabarovsk": "Asia/Vladivostok", "Камчатка": "Asia/Kamchatka", "Пермь": "Asia/Yekaterinburg", "St. Petersburg": "Europe/Moscow",
    }  # fmt: skip
    assert {words: zone_of_city(words) for words in typed} == typed
    unknown = ("ново", "Берлин", "", "!", "мск+40", "мск-3", "я живу", "Вальпараисо")
    assert {words: zone_of_city(words) for words in unknown} == dict.fromkeys(unknown)


def test_the_zone_is_read_from_the_plate() -> None:
    plates = {"А123ВС77": "Europe/Moscow", "А123ВС725": "Asia/Vladivostok", "АА12341": "Asia/Kamchatka"}
    more = {"АА123466": "Asia/Yekaterinburg", "1234АА39": "Europe/Kaliningrad", "": "Europe/Moscow"}
    assert {plate: zone_of(plate) for plate in plates | more} == plates | more
