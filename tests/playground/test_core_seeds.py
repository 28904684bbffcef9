"""The seeded people and policies: every story is there, every number is one that its form allows."""

import json
import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import phonenumbers
import pytest

from playground.core.claims import ClaimState, Refusal
from playground.core.drafts import Drafts, year_before, year_later
from playground.core.portfolio import Client, clients
from playground.core.resources import PhoneStatus, Policy, Product, Status
from playground.seed import PEOPLE
from tests.playground.insurer import insurer

FIELDS: dict[str, Any] = json.loads((Path(__file__).parents[1] / "data" / "validators.json").read_text())["fields"]
TODAY = date(2026, 11, 21)
DAYS = (TODAY, date(2027, 2, 24), date(2028, 2, 23), date(2028, 2, 29), date(2026, 12, 31))


def drawn(today: date = TODAY, seed: int = 1) -> list[Client]:
    return clients(Drafts(today, Random(seed)))


def story(customer: str, today: date = TODAY) -> Client:
    return next(client for client in drawn(today) if client.customer.customer_id == customer)


def fits(field: str, value: str | None) -> bool:
    return value is not None and re.fullmatch(FIELDS[field]["regex"], value, re.ASCII) is not None


@pytest.mark.parametrize("seed", range(1, 21))
def test_every_number_is_well_formed(seed: int) -> None:
    policies = [policy for client in drawn(seed=seed) for policy in client.policies]
    for policy in policies:
        if policy.product is Product.OSAGO:
            assert fits("osago_policy_series", policy.series)
            assert fits("osago_policy_number", policy.number)
        for thing in policy.insured_objects:
            if thing.type == "vehicle":
                assert fits("vin", thing.vin), thing
                assert fits("plate_car", thing.plate), thing
        for driver in policy.drivers:
            assert fits("driver_licence_ru", driver.licence)
            assert driver.licensed_since >= year_later(driver.birth_date.replace(year=driver.birth_date.year + 17))
    assert len({policy.full_number for policy in policies}) == len(policies)


def test_telephones_look_real_and_reach_nobody() -> None:
    for person in PEOPLE:
        assert fits("phone_ru_mobile", person.phone)
        number = phonenumbers.parse(person.phone or "")
        assert phonenumbers.is_valid_number(number)
        assert phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE
        assert (person.phone or "").startswith("+7907")
    assert len({person.phone for person in PEOPLE}) == len({person.id for person in PEOPLE}) == len(PEOPLE)


def test_clients_are_people_of_telegram() -> None:
    phones = {person.phone for person in PEOPLE}
    known = {client.customer.phone for client in drawn()}
    assert known < phones
    assert [person.first_name for person in PEOPLE if person.phone not in known] == ["Игорь"]


def test_the_same_seed_draws_the_same_world() -> None:
    assert drawn() == drawn()
    assert drawn() != drawn(seed=2)


@pytest.mark.parametrize("today", DAYS)
@pytest.mark.parametrize(
    ("customer", "days"),
    [("cus-0001", 5), ("cus-0002", 59), ("cus-0003", 60), ("cus-0004", 61), ("cus-0005", 2), ("cus-0006", -1)],
)
def test_terms_end_when_the_story_says(today: date, customer: str, days: int) -> None:
    (policy,) = story(customer, today).policies
    assert policy.term_end_date == today + timedelta(days=days)
    assert policy.status is (Status.ACTIVE if days >= 0 else Status.EXPIRED)
    assert 364 <= (policy.term_end_date - policy.term_start_date).days <= 366
    assert policy.issuance_date < policy.term_start_date


@pytest.mark.parametrize(
    "end", [date(2026, 11, 26), date(2028, 2, 29), date(2027, 2, 28), date(2029, 2, 28), date(2024, 12, 31)]
)
def test_a_year_ends_the_day_before_its_anniversary(end: date) -> None:
    assert year_later(year_before(end)) == end


def test_two_drive_the_heros_car() -> None:
    (policy,) = story("cus-0001").policies
    assert [driver.name.first for driver in policy.drivers] == ["Анна", "Михаил"]


def test_an_unpaid_policy_waits() -> None:
    (policy,) = story("cus-0007").policies
    assert (policy.status, policy.premium.paid) == (Status.ISSUED, False)
    assert policy.term_start_date == TODAY + timedelta(days=4)


def test_one_client_has_every_kind_of_contract() -> None:
    policies = story("cus-0008").policies
    assert sorted(policy.product for policy in policies) == sorted(Product)
    assert {policy.status for policy in policies} == {Status.ISSUED, Status.ACTIVE, Status.EXPIRED}
    partly = [
        policy for policy in policies if any(it.paid for it in policy.premium.payments) and not policy.premium.paid
    ]
    assert {policy.product for policy in partly} == {Product.KASKO, Product.LIFE}


def test_mother_and_son_share_a_telephone() -> None:
    mother, son = story("cus-0009").customer, story("cus-0010").customer
    assert mother.phone == son.phone
    assert mother.birth_date != son.birth_date
    assert story("cus-0009").policies
    assert story("cus-0010").policies


def test_the_others_are_as_told() -> None:
    daniel = story("cus-0011")
    assert (daniel.customer.language, daniel.policies[0].unlimited_drivers) == ("en", True)
    assert story("cus-0012").customer.phone_status is PhoneStatus.CHANGED
    assert story("cus-0013").customer.email is None
    assert story("cus-0014").customer.phone_status is PhoneStatus.UNCONFIRMED
    assert len(story("cus-0014").policies[0].usage_periods) == 2


def test_a_client_is_late_with_an_instalment() -> None:
    [kasko] = story("cus-0020").policies
    late = [it for it in kasko.premium.payments if not it.paid and it.maturity_date < TODAY]
    assert [(TODAY - it.maturity_date).days for it in late] == [3]
    assert kasko.status is Status.ACTIVE


@pytest.mark.parametrize("customer", ["cus-0008", "cus-0017", "cus-0018"])
def test_every_kasko_says_what_it_gives_for_damage(customer: str) -> None:
    (kasko,) = (policy for policy in story(customer).policies if policy.product is Product.KASKO)
    assert kasko.status is Status.ACTIVE
    assert kasko.coverages[0].deductible
    by_the_rules = {"cus-0008": ("repair", "2025"), "cus-0017": ("repair", "2025"), "cus-0018": ("money", "2021")}
    assert (kasko.compensation, kasko.rules_edition) == by_the_rules[customer]
    assert (kasko.term_end_date - kasko.term_start_date).days in ({729, 730} if customer == "cus-0018" else {364, 365})


async def test_there_is_a_claim_in_every_state(tmp_path: Path) -> None:
    async with insurer(tmp_path) as house:
        register = house.core.register
        claims = {claim.status: claim for claim in register.claims.all()}
        assert claims.keys() == set(ClaimState)
        for claim in claims.values():
            policy = register.policies.get(claim.policy_id)
            assert policy is not None
            assert (policy.customer_id, policy.product) == (claim.customer_id, claim.product)
            assert policy.term_start_date <= claim.happened_on <= register.today() <= policy.term_end_date
            assert claim.number is None, "numbers are the cabinet's to give"
            moments = [step.at for step in claim.history]
            assert moments == sorted(moments)
            assert moments[-1] == claim.status_since < house.world.clock.now()
            assert register.notice(claim.claim_id).story
    assert len(claims[ClaimState.CLARIFICATION].required_documents) == 2
    inspection, direction = claims[ClaimState.INSPECTION].inspection, claims[ClaimState.REPAIR].direction
    assert inspection is not None
    assert inspection.address
    assert direction is not None
    assert direction.station.latitude
    assert claims[ClaimState.REFUSED].refusal == Refusal(
        reason="Повреждения появились от коррозии, а не от внешнего события. Такие договор не покрывает.",
        clause="Правила страхования КАСКО, пункт 5.1",
    )
    payout = claims[ClaimState.PAYOUT].payout
    assert payout is not None
    assert payout.amount.amount == "45000.00"


@pytest.mark.parametrize("today", DAYS)
def test_periods_of_use_are_lawful(today: date) -> None:
    for client in drawn(today):
        for policy in client.policies:
            assert lawful(policy)


def lawful(policy: Policy) -> bool:
    """837-П and 40-ФЗ 16(1): at most three, in order, inside the term, three months together."""
    used = policy.usage_periods
    if policy.product is not Product.OSAGO:
        return not used
    inside = all(policy.term_start_date <= it.start <= it.end <= policy.term_end_date for it in used)
    apart = all(before.end < after.start for before, after in pairwise(used))
    return inside and apart and 1 <= len(used) <= 3 and sum((it.end - it.start).days + 1 for it in used) >= 90


def test_some_papers_end_soon() -> None:
    (policy,) = story("cus-0009").policies
    assert policy.diagnostic_card_until == TODAY + timedelta(days=45)
    assert policy.drivers[0].licence_until == TODAY + timedelta(days=52)
