"""The reference core's own price rule, with values counted by hand from the tables of the directive 7204-У (edition of 22.06.2026)."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.core.applications import Wish
from playground.core.drafts import year_later
from playground.core.price import price_of
from playground.core.resources import Driver, Name, Period, Policy
from playground.core.tariff import ImpossibleCell, kbm, ko, ks, kvs, next_class, three_months
from tests.playground.insurer import Insurer, insurer
from tests.playground.renewal import renewal

START = date(2026, 12, 1)
CLASSES = ("M", *map(str, range(14)))


def aged(age: int, experience: int, on: date = START) -> Driver:
    """A driver of so many full years on that day, since that very day."""
    name = Name(last="Иванов", first="Иван", middle=None)
    born, since = on.replace(year=on.year - age), on.replace(year=on.year - experience)
    return Driver(name=name, birth_date=born, licence="9912345678", licensed_since=since)


def months(start: date, end: date) -> Period:
    return Period(start=start, end=end)


def contract(premium: str, bonus: str | None, drivers: list[Driver], periods: list[Period] | None = None) -> Policy:
    """A year's OSAGO that ends on the eve of START."""
    first = START.replace(year=START.year - 1)
    money = {"amount": premium, "unit": "RUB"}
    return Policy.model_validate(
        {
            "policyId": "pol-1",
            "customerId": "cus-1",
            "product": "osago",
            "series": "ХХХ",
            "number": "0000000001",
            "status": "active",
            "issuanceDate": "2025-11-20",
            "termStartDate": first,
            "termEndDate": START - timedelta(days=1),
            "premium": {"amount": money, "paid": True, "payments": []},
            "insuredObjects": [],
            "coverages": [],
            "drivers": drivers,
            "unlimitedDrivers": not drivers,
            "usagePeriods": periods or [months(first, START - timedelta(days=1))],
            "bonusClass": bonus,
            "insured": {"name": {"last": "Иванов", "first": "Иван", "middle": None}},
        }
    )


def wish(drivers: list[Driver], periods: list[Period] | None = None) -> Wish:
    return Wish(
        customer_id="cus-1",
        policy_id="pol-1",
        revision=1,
        term_start_date=START,
        term_end_date=year_later(START),
        usage_periods=periods or [months(START, year_later(START))],
        unlimited_drivers=not drivers,
        drivers=drivers,
        diagnostic_card=None,
    )


OLD, YOUNG = aged(41, 20), aged(18, 0)
QUARTER = [months(START, date(2027, 2, 28))]
HALF_YEAR = [months(START, date(2027, 5, 31))]


@pytest.mark.parametrize(
    ("policy", "wished", "price"),
    [
        # 10 000 × 0.83/0.91 × 0.91/0.91 × 1
        (contract("10000.00", "5", [OLD]), wish([OLD]), "9120.88"),
        # a young driver joins: 10 000 × 0.83/0.91 × 2.27/0.91
        (contract("10000.00", "5", [OLD]), wish([OLD, YOUNG]), "22752.08"),
        # one who was 25 with 8 years of experience leaves: 10 000 × 0.46/0.46 × 0.91/1.07
        (contract("10000.00", "13", [OLD, aged(26, 9)]), wish([OLD]), "8504.67"),
        # half a year: 10 000 × 0.83/0.91 × 0.7/1
        (contract("10000.00", "5", [OLD]), wish([OLD], HALF_YEAR), "6384.62"),
        # from some drivers to anybody: 10 000 × (1.17 × 1 × 3.16)/(0.91 × 0.91)
        (contract("10000.00", "5", [OLD]), wish([]), "44646.78"),
        # and back, to the class after 3: 30 000 × (1 × 0.91)/(1.17 × 3.16)
        (contract("30000.00", "3", []), wish([OLD]), "7383.97"),
        # anybody as before: nothing changes
        (contract("30000.00", "3", []), wish([]), "30000.00"),
        # half a kopeck goes up: 10.01 × 0.5/1 = 5.005
        (contract("10.01", "13", [OLD]), wish([OLD], QUARTER), "5.01"),
    ],
)
def test_hand_counted(policy: Policy, wished: Wish, price: str) -> None:
    assert price_of(policy, wished).amount == price


@pytest.mark.parametrize(
    ("age", "experience", "expected"),
    [
        *((18, 0, "2.27"), (21, 5, "1.62"), (21, 2, "1.84"), (22, 6, "1.1"), (24, 8, "1.09"), (25, 9, "1.07")),
        *((29, 10, "1.02"), (29, 13, "1.02"), (30, 14, "0.97"), (34, 15, "0.95"), (35, 3, "1.0"), (39, 4, "1.0")),
        *((40, 1, "1.44"), (49, 33, "0.91"), (50, 0, "1.46"), (59, 40, "0.86"), (60, 2, "1.35"), (90, 70, "0.83")),
    ],
)
def test_kvs(age: int, experience: int, expected: str) -> None:
    assert kvs([aged(age, experience)], START) == Decimal(expected)


@pytest.mark.parametrize(("age", "experience"), [(17, 0), (21, 7), (24, 10), (29, 15), (40, -1)])
def test_an_impossible_cell_is_no_one(age: int, experience: int) -> None:
    with pytest.raises(ImpossibleCell) as error:
        kvs([OLD, aged(age, experience)], START)
    assert error.value.place == 1


def test_full_years_turn_on_the_day_itself() -> None:
    eve = aged(22, 3, START + timedelta(days=1))
    assert kvs([eve], START) == Decimal("1.84")  # 21 and 2 for one day more
    assert kvs([eve], START + timedelta(days=1)) == Decimal("1.13")


@pytest.mark.parametrize(
    ("spans", "expected", "enough"),
    [
        ([((2026, 12, 1), (2027, 2, 28))], "0.5", True),  # three months, of 90 days
        ([((2027, 2, 1), (2027, 4, 30))], "0.5", True),  # three months, of 89 days
        ([((2027, 3, 2), (2027, 5, 30))], "0.5", True),  # two months and 29 days, but 90 days
        ([((2027, 3, 2), (2027, 5, 29))], "0.5", False),
        ([((2026, 12, 1), (2027, 3, 1))], "0.6", True),  # a day of the fourth
        ([((2026, 12, 1), (2026, 12, 31)), ((2027, 2, 1), (2027, 2, 28)), ((2027, 7, 1), (2027, 7, 31))], "0.5", True),
        ([((2026, 12, 1), (2027, 8, 31))], "0.95", True),
        ([((2026, 12, 1), (2027, 9, 1))], "1", True),
        ([((2026, 12, 1), (2027, 11, 30))], "1", True),
        ([((2027, 1, 31), (2027, 2, 28))], "0.5", False),
    ],
)
def test_ks(spans: list[tuple[tuple[int, int, int], tuple[int, int, int]]], expected: str, enough: bool) -> None:
    periods = [months(date(*start), date(*end)) for start, end in spans]
    assert (ks(periods), three_months(periods)) == (Decimal(expected), enough)


def test_ko_and_kbm() -> None:
    assert (ko(unlimited=False), ko(unlimited=True)) == (Decimal(1), Decimal("3.16"))
    assert [next_class(one) for one in CLASSES] == ["0", *map(str, range(1, 14)), "13"]
    assert [kbm(one) for one in ("M", "3", "4", "13")] == [*map(Decimal, ("3.92", "1.17", "1", "0.46"))]


@given(
    bonus=st.sampled_from(CLASSES),
    kopecks=st.integers(100_000, 10_000_000),
    drivers=st.lists(st.tuples(st.integers(18, 90), st.integers(0, 70)).filter(lambda it: it[1] <= it[0] - 17)),
)
def test_a_quiet_year_never_costs_more_and_more_drivers_never_less(
    bonus: str, kopecks: int, drivers: list[tuple[int, int]]
) -> None:
    policy = contract(f"{kopecks / 100:.2f}", bonus, [OLD])
    alone = Decimal(price_of(policy, wish([OLD])).amount)
    assert alone <= Decimal(policy.premium.amount.amount)
    together = Decimal(price_of(policy, wish([OLD, *(aged(*one) for one in drivers)])).amount)
    assert together >= alone
    exact = Decimal(policy.premium.amount.amount) * kbm(next_class(bonus)) / kbm(bonus)
    assert abs(alone - exact) <= Decimal("0.005")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Insurer]:
    async with insurer(tmp_path) as running:
        yield running


async def test_drivers_who_cannot_be_are_unreliable_and_have_no_price(house: Insurer) -> None:
    """An employee has written nonsense into the present contract: no coefficient is guessed."""
    made = await renewal(house)
    drivers: list[dict[str, Any]] = [row | {"licensedSince": "1950-01-01"} for row in made.body["drivers"]]
    await house.tell_desk(
        f"/policies/{made.body['policyId']}", drivers=[row | {"birthDate": "2020-01-01"} for row in drivers]
    )
    await made.submit()
    doubt = await made.decide("passed")
    assert (doubt["status"], doubt["price"]) == ("unreliable", None)
    assert doubt["check"]["fields"] == ["drivers/0/birthDate", "drivers/0/licensedSince"]


@pytest.mark.parametrize(
    ("customer", "ratio"),
    [("cus-0002", "0.9123"), ("cus-0003", "0.9189"), ("cus-0012", "0.9123"), ("cus-0015", "1"), ("cus-0014", "1.25")],
)
async def test_seeded_clients_pay_what_one_would_believe(house: Insurer, customer: str, ratio: str) -> None:
    """KBM 11 → 12, 8 → 9, any driver, seven months of use made a year; KVS may fall with a birthday."""
    made = await renewal(house, customer)
    policy = (await house.get(f"/policies/{made.body['policyId']}"))["data"]
    price = Decimal(await made.priced())
    last = Decimal(policy["premium"]["amount"]["amount"])
    assert Decimal("0.9") * Decimal(ratio) <= price / last <= Decimal(ratio) + Decimal("0.001")
    assert 2_000 < price < 60_000
