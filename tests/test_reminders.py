"""Reminders from the insurer's word to what a chat is shown, on both databases: planned, claimed, looked at, journalled."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from services.errors import NotFound
from services.reminders import Kind
from services.reminders.statements import HUSHES
from tests.support.reminding import Faults, World, explained
from tests.support.resources import ROUBLES, policy
from tests.support.stores import opened

pytestmark = pytest.mark.lengthy

START = datetime(2026, 10, 20, 12, 30, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
async def world(database: str, tmp_path: Path) -> AsyncIterator[World]:
    async with opened(database, tmp_path) as store:
        yield World(store, START)


def osago(ends: str = "2026-11-30", **more: Any) -> dict[str, Any]:
    return policy(termStartDate="2025-12-01", termEndDate=ends, **more)


def seen(world: World, account: int = 1, zone: int = 3) -> list[tuple[str, list[str]]]:
    """What one chat was shown, with its local time."""
    local = timedelta(hours=zone)
    return [(f"{it.at + local:%m-%d %H:%M}", it.words) for it in world.told if it.account == account]


LAST_MONTH = [
    ("10-31 10:00", ["renewal:30"]),
    ("11-16 10:00", ["renewal:14"]),
    ("11-23 10:00", ["renewal:7"]),
    ("11-26 10:00", ["renewal:4"]),
    ("11-29 10:00", ["renewal:1"]),
    ("11-30 10:00", ["renewal:0"]),
]


async def test_the_end_of_a_contract_is_told_at_each_step_to_every_chat(world: World) -> None:
    await world.bind("cus-x", 1, 2)
    await world.hears(osago())
    await world.until(START + 60 * DAY)
    assert seen(world) == seen(world, 2) == LAST_MONTH


async def test_a_renewed_contract_is_not_spoken_of_any_more_nor_is_an_ended_one(world: World) -> None:
    await world.bind("cus-x", 1)
    await world.hears(osago())
    await world.until(datetime(2026, 11, 24, tzinfo=UTC))
    await world.hears(policy("pol-y", termStartDate="2026-12-01", termEndDate="2027-11-30"))
    await world.until(START + 60 * DAY)
    assert seen(world) == LAST_MONTH[:3]


async def test_ten_in_the_morning_is_that_of_the_region_of_the_plate(world: World) -> None:
    await world.bind("cus-x", 1)
    await world.hears(osago(insuredObjects=[{"type": "vehicle", "identification": "Kia", "plate": "А123ВС25"}]))
    await world.until(datetime(2026, 11, 17, tzinfo=UTC))
    assert seen(world, zone=10) == LAST_MONTH[:2]


async def test_after_days_away_only_the_newest_step_is_told(world: World) -> None:
    await world.bind("cus-x", 1)
    await world.hears(osago())
    away = (datetime(2026, 11, 15, tzinfo=UTC), datetime(2026, 11, 27, 8, 20, tzinfo=UTC))
    world.hours = frozenset(range(24))
    world.faults = Faults(away=lambda now: away[0] <= now < away[1])
    await world.until(START + 60 * DAY)
    assert seen(world) == [LAST_MONTH[0], ("11-27 12:00", ["renewal:4"]), *LAST_MONTH[4:]]


async def test_what_the_planner_has_passed_by_is_told_an_hour_later(world: World) -> None:
    """A sum due tomorrow, of somebody who turns out to live where it is afternoon already; and one that is heard of only now."""
    parts = [{"maturityDate": day, "amount": ROUBLES, "paid": False} for day in ("2026-11-30", "2027-02-28")]
    premium = {"amount": ROUBLES, "paid": False, "payments": parts}
    plate = {"type": "vehicle", "identification": "Kia", "plate": "А123ВС25"}
    await world.bind("cus-x", 1)
    await world.hears(policy("pol-y", premium=premium, product="kasko"))
    await world.until(datetime(2026, 11, 29, 6, 30, tzinfo=UTC))
    await world.hears(policy("pol-z", termStartDate="2026-11-29", termEndDate="2027-11-28", insuredObjects=[plate]))
    await world.until(datetime(2026, 11, 29, 8, tzinfo=UTC))
    await world.hears(policy("pol-w", premium=premium, product="kasko"))
    await world.until(datetime(2026, 11, 30, tzinfo=UTC))
    last = ["instalment:1"]
    assert seen(world, zone=10)[-3:] == [
        ("11-27 17:00", ["instalment:3"]),
        ("11-29 18:00", last),
        ("11-29 19:00", last),
    ]


async def test_several_causes_of_a_morning_are_one_message(world: World) -> None:
    await world.bind("cus-x", 1)
    await world.hears(osago(diagnosticCardUntil="2026-11-23"))
    await world.note(1, date(2026, 11, 16))
    await world.until(datetime(2026, 11, 18, tzinfo=UTC))
    assert seen(world) == [
        ("10-24 10:00", ["card:30"]),
        LAST_MONTH[0],
        ("11-16 10:00", ["note:0", "card:7", "renewal:14"]),
    ]


async def test_a_renewal_comes_with_its_price(world: World) -> None:
    """Asked for on the eve; or, where the step was due before anybody could, just before it is said."""
    await world.bind("cus-x", 1)
    await world.hears(osago())
    await world.until(datetime(2026, 10, 31, 6, 59, tzinfo=UTC))
    assert await world.price("pol-x") == Decimal("7432.18")
    await world.until(datetime(2026, 10, 31, 8, tzinfo=UTC))
    assert seen(world) == LAST_MONTH[:1]
    await world.bind("cus-y", 2)
    await world.hears(osago("2026-11-05", policyId="pol-y", customerId="cus-y"))
    await world.look("cus-y")
    assert seen(world, 2) == [("10-31 11:00", ["renewal:7"])]
    assert await world.price("pol-y") == Decimal("7432.18")


async def test_another_look_on_the_same_day_leaves_the_price_that_was_told(world: World) -> None:
    """On the day before the last the new term moves with each day: tomorrow's price is not that of the message that stands there."""
    await world.bind("cus-x", 1)
    await world.hears(osago())
    await world.until(datetime(2026, 11, 29, 8, tzinfo=UTC))
    assert seen(world)[-1] == ("11-29 10:00", ["renewal:1"])
    await world.look("cus-x")
    assert await world.price("pol-x") == Decimal("7432.18")
    world.faults = Faults(silent=lambda: True)
    await world.look("cus-x")
    assert await world.price("pol-x") == Decimal("7432.18")


async def test_a_renewal_without_a_price_comes_half_a_minute_later(world: World) -> None:
    """The insurer is away from before the eve: all that is due then waits for as long as that, and not longer."""
    await world.bind("cus-x", 1)
    await world.hears(osago())
    await world.note(1, date(2026, 10, 31))
    world.faults = Faults(silent=lambda: True)
    await world.until(datetime(2026, 10, 31, 8, tzinfo=UTC))
    assert seen(world) == [("10-31 10:01", ["note:0", "renewal:30"])]
    assert await world.price("pol-x") is None


async def test_an_instalment_is_told_until_it_is_paid(world: World) -> None:
    schedule = [{"maturityDate": "2026-11-10", "amount": ROUBLES, "paid": False}]
    premium = {"amount": ROUBLES, "paid": False, "payments": [*schedule]}
    first = {"maturityDate": "2025-12-01", "amount": ROUBLES, "paid": True}
    premium["payments"] = [first, *schedule]
    await world.bind("cus-x", 1)
    await world.hears(osago("2027-03-01", premium=premium))
    await world.until(datetime(2026, 11, 8, tzinfo=UTC))
    paid = {"amount": ROUBLES, "paid": True, "payments": [first, schedule[0] | {"paid": True}]}
    assert seen(world) == [("11-03 10:00", ["instalment:7"]), ("11-07 10:00", ["instalment:3"])]
    assert world.told[0].reminders[0].cause.amount is not None
    await world.hears(osago("2027-03-01", premium=paid, version=2))
    await world.until(datetime(2026, 11, 12, tzinfo=UTC))
    assert len(world.told) == 2


GRACE = [
    ("11-11 10:00", ["instalment:-1"]),
    ("11-16 10:00", ["grace:1"]),
    ("11-17 10:00", ["grace:0"]),
    ("11-18 10:00", ["grace:-1"]),
]
"""What is said of an instalment of the tenth of November that is not paid, once its day is over, and again in its days of grace."""


def late(version: int = 1, *, paid: bool = False, **more: Any) -> dict[str, Any]:
    """A KASKO by the rules of 2025, whose second instalment is due on the tenth of November."""
    parts = [{"maturityDate": day, "amount": ROUBLES, "paid": True} for day in ("2026-08-11", "2026-11-10")]
    parts[1]["paid"] = paid
    premium = {"amount": ROUBLES, "paid": paid, "payments": parts}
    return osago("2027-08-10", version=version, product="kasko", rulesEdition="2025", premium=premium, **more)


async def test_an_instalment_that_is_late_is_told_the_morning_after_and_as_its_grace_ends(world: World) -> None:
    await world.bind("cus-x", 1)
    await world.hears(late())
    await world.until(datetime(2026, 12, 10, tzinfo=UTC))
    assert seen(world)[3:] == GRACE
    urgent = [it.urgent for message in world.told[3:] for it in message.reminders]
    assert urgent == [False, True, True, False]
    (grace,) = {it.cause for it in world.told[-1].reminders}
    assert (grace.day, grace.ends) == (date(2026, 11, 17), date(2026, 11, 10))


@pytest.mark.parametrize(
    ("word", "told"), [({"paid": True}, 1), ({"status": "terminated"}, 3)], ids=["paid in time", "ended by the insurer"]
)
async def test_what_is_late_is_not_spoken_of_once_it_is_paid_or_over(
    world: World, word: dict[str, Any], told: int
) -> None:
    await world.bind("cus-x", 1)
    await world.hears(late())
    await world.until(datetime(2026, 11, 11 + (told > 1) * 6, 21, tzinfo=UTC))
    await world.hears(late(2, **word))
    await world.until(datetime(2026, 12, 10, tzinfo=UTC))
    assert seen(world)[3:] == GRACE[:told]


async def test_what_is_late_is_put_off_within_its_grace_and_stopped_for_good(world: World) -> None:
    await world.bind("cus-x", 1)
    await world.hears(late())
    await world.until(datetime(2026, 11, 11, 8, tzinfo=UTC))
    for back in (14, 15):
        async with world.step("tg:1") as unit:
            actor = await world.accounts.enter(unit, 1, "ru")
            ids = [it.id for it in world.told[-1].reminders]
            assert await world.reminders.later(unit, actor, ids, 3) == date(2026, 11, back)
        await world.until(datetime(2026, 11, back, 8, tzinfo=UTC))
        assert seen(world)[-1] == (f"11-{back} 10:00", [f"instalment:{10 - back}"])
    async with world.step("tg:1") as unit:
        await world.reminders.stop(unit, actor, ids)
        assert [it.kind for it in await world.reminders.stopped(unit, actor)] == [Kind.INSTALMENT]
    count = len(world.told)
    await world.until(datetime(2026, 12, 10, tzinfo=UTC))
    assert len(world.told) == count, "nor of the end of its grace"


async def test_what_says_that_a_day_is_over_waits_for_the_end_of_the_quiet_hours(world: World) -> None:
    await world.bind("cus-x", 1)
    await world.hears(late())
    async with world.step("tg:1") as unit:
        actor = await world.accounts.enter(unit, 1, "ru")
        wanted = await world.reminders.choices(unit, actor)
        await world.reminders.choose(unit, actor, replace(wanted, quiet_from=20, quiet_to=12))
    await world.until(datetime(2026, 12, 10, tzinfo=UTC))
    assert [at for at, _ in seen(world)[3:]] == ["11-11 12:00", "11-15 19:00", "11-16 19:00", "11-18 12:00"]


@pytest.mark.parametrize(
    ("agreed", "told"),
    [
        ("10-20 18:00", [("10-21 12:00", ["application:6"]), ("10-21 17:00", ["application:1"])]),
        ("10-21 06:00", [("10-21 20:00", ["application:6"])]),
        ("10-21 11:00", [("10-21 20:00", ["application:6"]), ("10-22 10:00", ["application:1"])]),
    ],
    ids=["both by day", "both would be at night", "the first would be at night"],
)
async def test_an_unpaid_application_is_told_six_hours_and_one_before_its_end(
    world: World, agreed: str, told: list[tuple[str, list[str]]]
) -> None:
    """Once each, in Moscow's hours; what would be at night comes the evening before, and both at once are one."""
    await world.bind("cus-x", 1)
    await world.hears(osago())
    moment = datetime.strptime(f"2026-{agreed} +0300", "%Y-%m-%d %H:%M %z").astimezone(UTC)
    await world.until(moment)
    number = await world.agrees(1)
    await world.until(moment + timedelta(hours=23, minutes=59))
    assert seen(world) == told
    (cause,) = {it.cause for message in world.told for it in message.reminders}
    assert (cause.application, cause.amount) == (number, Decimal("7432.18"))


async def test_a_paid_application_is_not_spoken_of(world: World) -> None:
    await world.bind("cus-x", 1)
    await world.hears(osago())
    await world.until(datetime(2026, 10, 20, 15, tzinfo=UTC))
    number = await world.agrees(1)
    await world.until(datetime(2026, 10, 21, 12, tzinfo=UTC))
    async with world.step("client:cus-x") as unit:
        it = await world.applications.by_id(unit, number)
        assert it
        await world.applications.paid(unit, it, "charge-1", Decimal("7432.18"))
    await world.until(START + 3 * DAY)
    assert seen(world) == [("10-21 12:00", ["application:6"])]


async def test_an_offer_is_for_those_alone_who_have_agreed_and_once(world: World) -> None:
    await world.bind("cus-x", 1, offers=True)
    await world.bind("cus-x", 2)
    await world.hears(osago("2026-10-25"))
    await world.until(START + 60 * DAY)
    urgent = [("10-21 10:00", ["renewal:4"]), ("10-24 10:00", ["renewal:1"]), ("10-25 10:00", ["renewal:0"])]
    assert seen(world) == [*urgent, ("10-28 10:00", ["offer:-3"]), ("11-24 10:00", ["offer:-30"])]
    assert seen(world, 2) == urgent


async def test_another_edition_of_the_rules_is_told_the_morning_after(world: World) -> None:
    await world.bind("cus-x", 1)
    await world.hears(osago("2027-03-01", product="kasko", rulesEdition="2021"))
    await world.hears(osago("2027-03-01", product="kasko", rulesEdition="2025", version=2))
    await world.until(START + 5 * DAY)
    assert seen(world) == [("10-21 10:00", ["rules:0"])]
    assert world.told[0].reminders[0].cause.words == "2025"


async def test_a_plate_not_yet_told_and_a_licence_that_ends(world: World) -> None:
    driver = {
        "name": {"last": "Пробный", "first": "Пётр", "middle": None},
        "birthDate": "1990-03-15",
        "licence": "9912345678",
        "licensedSince": "2011-06-07",
        "licenceUntil": "2026-11-04",
    }
    car = {"type": "vehicle", "identification": "Kia Rio", "plate": None, "vin": "XW7BF4FK60S145161"}
    resource = policy(termStartDate="2026-10-22", termEndDate="2027-10-21", insuredObjects=[car], drivers=[driver])
    await world.bind("cus-x", 1)
    await world.hears(resource)
    await world.until(START + 20 * DAY)
    assert seen(world) == [
        ("10-27 10:00", ["plate:0"]),
        ("10-28 10:00", ["licence:7"]),
        ("11-03 10:00", ["licence:1"]),
    ]


async def test_later_and_never_again(world: World) -> None:
    await world.bind("cus-x", 1)
    await world.hears(osago())
    await world.until(datetime(2026, 11, 16, 8, tzinfo=UTC))
    async with world.step("tg:1") as unit:
        actor = await world.accounts.enter(unit, 1, "ru")
        ids = [it.id for it in world.told[-1].reminders]
        assert await world.reminders.later(unit, actor, ids, 3) == date(2026, 11, 19)
    await world.until(datetime(2026, 11, 24, tzinfo=UTC))
    assert seen(world)[2:] == [("11-19 10:00", ["renewal:11"]), LAST_MONTH[2]]
    async with world.step("tg:1") as unit:
        await world.reminders.stop(unit, actor, ids)
        assert [it.kind for it in await world.reminders.stopped(unit, actor)] == [Kind.RENEWAL]
        await world.reminders.resume(unit, replace(actor, client_id="cus-other"))
        assert len(await HUSHES.all(unit, client="cus-x")) == 1
    await world.until(START + 60 * DAY)
    assert len(seen(world)) == 4


async def test_the_day_it_comes_back_is_that_of_the_client(world: World) -> None:
    """Ten in the morning in Kamchatka is still the evening before in Greenwich."""
    await world.bind("cus-x", 1)
    await world.hears(osago(insuredObjects=[{"type": "vehicle", "identification": "Kia", "plate": "А123ВС41"}]))
    await world.until(datetime(2026, 11, 15, 23, tzinfo=UTC))
    async with world.step("tg:1") as unit:
        actor = await world.accounts.enter(unit, 1, "ru")
        ids = [it.id for it in world.told[-1].reminders]
        assert await world.reminders.later(unit, actor, ids, 3) == date(2026, 11, 19)
    await world.until(datetime(2026, 11, 20, tzinfo=UTC))
    assert seen(world, zone=12)[2:] == [("11-19 10:00", ["renewal:11"])]


async def test_what_comes_hours_late_is_not_lost_to_a_day_that_had_its_routine(world: World) -> None:
    """What is urgent is shown now, the rest of the same message tomorrow."""
    await world.bind("cus-x", 1)
    await world.hears(osago())
    for text in ("Справка", "Звонок"):
        await world.note(1, date(2026, 11, 29), text)
    await world.until(datetime(2026, 11, 29, 10, tzinfo=UTC))
    note, _, renewal = sorted(world.told[-1].reminders, key=lambda it: (it.urgent, it.id))
    async with world.step("tg:1") as unit:
        actor = await world.accounts.enter(unit, 1, "ru")
        showing = await world.reminders.present(unit, actor, [note.id, renewal.id])
    assert [it.id for it in showing.reminders] == [renewal.id]
    assert (showing.held, showing.wait) == ([note.id], datetime(2026, 11, 30, 7, tzinfo=UTC))


@pytest.mark.parametrize(("zone", "hours"), [("Asia/Kamchatka", 12), ("Europe/Kaliningrad", 2)])
async def test_what_was_put_off_comes_back_though_the_client_has_moved(world: World, zone: str, hours: int) -> None:
    """At the moment it was put off to, ten in the morning in Moscow, by whatever clock; once."""
    await world.bind("cus-x", 1)
    await world.hears(osago())
    await world.until(datetime(2026, 11, 16, 8, tzinfo=UTC))
    async with world.step("tg:1") as unit:
        actor = await world.accounts.enter(unit, 1, "ru")
        await world.reminders.later(unit, actor, [it.id for it in world.told[-1].reminders], 3)
        moved = replace(await world.reminders.choices(unit, actor), zone=zone, chosen=True)
        await world.reminders.choose(unit, actor, moved)
    await world.until(datetime(2026, 11, 20, tzinfo=UTC))
    assert seen(world, zone=hours)[2:] == [(f"11-19 {7 + hours:02}:00", ["renewal:11"])]


async def test_what_a_client_wants_is_kept_and_moves_the_hour(world: World) -> None:
    await world.bind("cus-x", 1)
    await world.hears(osago())
    async with world.step("tg:1") as unit:
        actor = await world.accounts.enter(unit, 1, "ru")
        wanted = await world.reminders.choices(unit, actor)
        later = replace(wanted, zone="Asia/Omsk", chosen=True, quiet_from=20, quiet_to=12, off=frozenset({Kind.CARD}))
        await world.reminders.choose(unit, actor, later)
        assert await world.reminders.choices(unit, actor) == later
        with pytest.raises(NotFound):
            await world.reminders.choose(unit, replace(actor, client_id=None), later)
    await world.until(START + 60 * DAY)
    assert seen(world, zone=6) == [
        ("10-30 19:00", ["renewal:30"]),
        ("11-15 19:00", ["renewal:14"]),
        ("11-22 19:00", ["renewal:7"]),
        ("11-25 19:00", ["renewal:4"]),
        ("11-28 19:00", ["renewal:1"]),
        ("11-29 19:00", ["renewal:0"]),
    ]


async def test_nobody_else_sees_a_reminder_or_touches_a_note(world: World) -> None:
    await world.bind("cus-x", 1)
    await world.bind("cus-y", 2)
    await world.hears(osago())
    number = await world.note(1, date(2026, 11, 10))
    await world.until(datetime(2026, 11, 1, tzinfo=UTC))
    ids = [it.id for it in world.told[0].reminders]
    async with world.step("tg:2") as unit:
        stranger = await world.accounts.enter(unit, 2, "ru")
        assert await world.reminders.of(unit, stranger, ids) == []
        assert await world.reminders.later(unit, stranger, ids, 1) is None
        assert await world.reminders.past(unit, stranger) == []
        with pytest.raises(NotFound):
            await world.reminders.drop_note(unit, stranger, number)
    async with world.step("tg:1") as unit:
        owner = await world.accounts.enter(unit, 1, "ru")
        assert [it.stands for it in await world.reminders.of(unit, owner, ids)] == [True]
        assert len(await world.reminders.past(unit, owner)) == 1
        await world.reminders.drop_note(unit, owner, number)
        assert await world.reminders.notes(unit, owner) == []


async def test_planning_and_claiming_use_indexes_alone(world: World) -> None:
    await world.bind("cus-x", 1)
    await world.hears(osago())
    for said in await explained(world.store):
        assert not re.search(r"SCAN (term|wake|binding)|Seq Scan", said), said
        assert "ix_term_due" in said or "ix_wake" in said or "pk_wake" in said, said
