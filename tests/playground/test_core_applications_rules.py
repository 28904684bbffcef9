"""What the reference core does not insure, whatever the cabinet has checked: each rule at its very edge."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from playground.core.register import MOSCOW
from tests.playground.insurer import Insurer, insurer
from tests.playground.renewal import Renewal, at_fault, renewal

Change = Callable[[Renewal], None]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Insurer]:
    async with insurer(tmp_path) as running:
        yield running


def day(made: Renewal, offset: int) -> str:
    """A day of the wished term, 0 its first."""
    return (made.start + timedelta(days=offset)).isoformat()


def driver(**change: Any) -> Change:
    """The first driver, changed."""

    def apply(made: Renewal) -> None:
        made.body["drivers"][0] |= change

    return apply


def born(years: int, days: int = 0) -> Change:
    """The first driver is that old on the first day, `days` younger; licensed at sixteen."""

    def apply(made: Renewal) -> None:
        birth = made.start.replace(year=made.start.year - years) + timedelta(days=days)
        made.body["drivers"][0] |= {
            "birthDate": birth.isoformat(),
            "licensedSince": birth.replace(year=birth.year + 16).isoformat(),
        }

    return apply


def used(*periods: tuple[int, int]) -> Change:
    """Periods by the first and the last day of the term."""

    def apply(made: Renewal) -> None:
        made.body["usagePeriods"] = [{"start": day(made, first), "end": day(made, last)} for first, last in periods]

    return apply


def card(**change: Any) -> Change:
    def apply(made: Renewal) -> None:
        issued = {"issued": "2026-01-10", "validUntil": "2027-01-10"}
        made.body["diagnosticCard"] = {"kind": "Диагностическая карта", "number": "1" * 15} | issued | change

    return apply


def put(**change: Any) -> Change:
    return lambda made: made.body.update(change)


def shifted(days: int) -> Change:
    return lambda made: made.begin(made.start + timedelta(days=days))


def unlimited(made: Renewal) -> None:
    made.body |= {"unlimitedDrivers": True, "drivers": []}


def too_long(made: Renewal) -> None:
    made.body["termEndDate"] = day(made, 400)


def twice(made: Renewal) -> None:
    first, second = made.body["drivers"]
    second["licence"] = first["licence"]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (shifted(-1), "/termStartDate"),
        (shifted(61), "/termStartDate"),
        (too_long, "/termEndDate"),
        (used(), "/usagePeriods"),
        (used((0, 40), (50, 90), (100, 140), (150, 190)), "/usagePeriods"),
        (used((-1, 200)), "/usagePeriods/0"),
        (used((0, 100), (300, 366)), "/usagePeriods/1"),
        (used((0, 100), (100, 200)), "/usagePeriods"),
        (used((100, 200), (0, 100)), "/usagePeriods"),
        (used((0, 40), (100, 140)), "/usagePeriods"),
        (used((10, 5)), "/usagePeriods/0"),
        (put(drivers=[]), "/drivers"),
        (put(unlimitedDrivers=True), "/drivers"),
        (twice, "/drivers/1/licence"),
        (born(18, 1), "/drivers/0/birthDate"),
        (driver(licensedSince="2006-03-14"), "/drivers/0/licensedSince"),
        (driver(licensedSince="2099-01-01"), "/drivers/0/licensedSince"),
        (driver(licence="99AB123456"), "/drivers/0/licence"),
        (driver(licence="123"), "/drivers/0/licence"),
        (driver(licence="", foreignLicence=True), "/drivers/0/licence"),
        (driver(name={"last": " ", "first": "Анна", "middle": None}), "/drivers/0/name/last"),
        (driver(sex="unknown"), "/drivers/0/sex"),
        (card(number="1" * 16), "/diagnosticCard/number"),
        (card(validUntil="2026-01-09"), "/diagnosticCard/validUntil"),
        (card(issued="2098-01-01", validUntil="2099-01-01"), "/diagnosticCard/issued"),
        (put(customerId="cus-9999"), "/customerId"),
        (put(policyId="pol-9999"), "/policyId"),
        (put(policyId="pol-0002"), "/policyId"),
        (put(revision=0), "/revision"),
        (put(colour="red"), "/colour"),
    ],
)
async def test_refused_with_the_place_of_the_fault(house: Insurer, change: Change, pointer: str) -> None:
    made = await renewal(house, change=change)
    status, problem = await made.submit()
    assert (status, at_fault(problem)) == (422, {pointer}), problem
    assert (await house.get("/applications"))["data"] == []


@pytest.mark.parametrize(
    "change",
    [
        shifted(60),
        unlimited,
        born(18),
        used((0, 89)),
        used((0, 29), (100, 129), (200, 229)),
        used((335, 364), (0, 70)),
        driver(licensedSince="2006-03-15"),
        driver(licence="99АВ123456"),
        driver(licence="B-123/456 7", foreignLicence=True, sex=None),
        card(),
        card(number="2" * 21, validUntil="2026-01-10"),
    ],
)
async def test_insured_to_the_very_edge(house: Insurer, change: Change) -> None:
    made = await renewal(house, change=change)
    status, answer = await made.submit()
    assert status == 201, answer
    assert {name: answer["data"][name] for name in made.body} == made.body


@pytest.mark.parametrize(
    ("customer", "days", "expected"),
    [
        ("cus-0003", 0, 201),  # sixty days before the end
        ("cus-0004", 0, 422),  # sixty-one
        ("cus-0004", 1, 201),
        ("cus-0005", 2, 201),  # the last day itself
        ("cus-0005", 3, 422),
        ("cus-0006", 0, 422),  # ended yesterday
        ("cus-0015", 0, 201),  # anybody may drive
    ],
)
async def test_the_window(house: Insurer, customer: str, days: int, expected: int) -> None:
    house.world.clock.advance(timedelta(days=days))
    made = await renewal(house, customer)
    status, problem = await made.submit()
    assert status == expected
    assert status == 201 or at_fault(problem) == {"/policyId"}


async def test_three_full_days_between_application_and_cover(house: Insurer) -> None:
    made = await renewal(house, "cus-0005")
    today = house.world.clock.now().astimezone(MOSCOW).date()
    assert made.start == today + timedelta(days=4)
    made.begin(today + timedelta(days=3))
    assert at_fault((await made.submit())[1]) == {"/termStartDate"}


async def test_the_day_of_the_application_counts_unless_it_is_long_ago(house: Insurer) -> None:
    made, now = await renewal(house, "cus-0005"), house.world.clock.now()
    made.begin(made.start - timedelta(days=1))
    yesterday = now - timedelta(hours=23, minutes=59)
    for submitted, expected in ((now - timedelta(days=2), 422), (now + timedelta(days=2), 422), (yesterday, 201)):
        assert (await made.submit(submittedAt=submitted.isoformat()))[0] == expected


async def test_terminated_and_other_products_are_not_prolonged(house: Insurer) -> None:
    made = await renewal(house)
    await house.tell_desk(f"/policies/{made.body['policyId']}", status="terminated")
    assert at_fault((await made.submit())[1]) == {"/policyId"}
    policies = (await house.get("/policies?limit=500"))["data"]
    kasko = next(row for row in policies if row["product"] == "kasko")
    made.body |= {"customerId": kasko["customerId"], "policyId": kasko["policyId"]}
    assert at_fault((await made.submit())[1]) == {"/policyId"}


async def test_several_faults_are_named_at_once(house: Insurer) -> None:
    made = await renewal(house, change=driver(licence="1", birthDate="2015-01-01"))
    made.body["usagePeriods"] = []
    _, problem = await made.submit()
    assert at_fault(problem) >= {"/usagePeriods", "/drivers/0/licence", "/drivers/0/birthDate"}


async def test_a_number_is_three_parts(house: Insurer) -> None:
    made = await renewal(house)
    for number in ("Z-000001", "З-1", "В-000001"):
        made.number = number
        assert (await made.submit())[0] == 422
