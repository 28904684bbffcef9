"""The reference core's quotes: the price of an application, on the same terms, and bound by nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from playground.core.register import MOSCOW
from tests.playground.insurer import Insurer, insurer
from tests.playground.renewal import Renewal, at_fault, renewal


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Insurer]:
    async with insurer(tmp_path) as running:
        yield running


@pytest.fixture
async def made(house: Insurer) -> Renewal:
    return await renewal(house)


def today(house: Insurer) -> date:
    return house.world.clock.now().astimezone(MOSCOW).date()


def ending(made: Renewal, days: int) -> date:
    """The contract ends in so many days."""
    policies, ends = made.house.core.register.policies, today(made.house) + timedelta(days=days)
    policy = policies.get(made.body["policyId"])
    assert policy
    policies.save(policy.model_copy(update={"term_end_date": ends}))
    return ends


async def test_a_quote_is_the_price_of_the_application(made: Renewal) -> None:
    status, quoted = await made.quote()
    assert status == 200
    assert quoted["data"]["price"]["amount"] == await made.priced()
    assert quoted["data"]["drivers"] == made.body["drivers"]


async def test_a_quote_binds_nobody(made: Renewal) -> None:
    before = made.house.core.register.policies.wire()
    await made.quote()
    assert made.house.core.register.policies.wire() == before
    assert made.house.core.register.applications.wire() == {}


async def test_the_same_revision_brings_the_same_answer(made: Renewal) -> None:
    first = await made.quote()
    made.begin(made.start + timedelta(days=30))
    assert await made.quote() == first
    _, again = await made.quote(revision=2)
    assert again["data"]["termStartDate"] == made.start.isoformat()


@pytest.mark.parametrize(("ends_in", "holds"), [(40, 14), (10, 7), (3, 0)])
async def test_it_holds_for_a_fortnight_but_no_longer_than_its_term_can_begin(
    made: Renewal, ends_in: int, holds: int
) -> None:
    ends = ending(made, ends_in)
    made.begin(ends + timedelta(days=1))
    _, quoted = await made.quote()
    assert quoted["data"]["validUntil"] == (today(made.house) + timedelta(days=holds)).isoformat()


@pytest.mark.parametrize(("ends_in", "status"), [(67, 200), (68, 422)])
async def test_it_is_given_a_week_before_the_window_opens(made: Renewal, ends_in: int, status: int) -> None:
    made.begin(ending(made, ends_in) + timedelta(days=1))
    assert (await made.quote())[0] == status


async def test_what_would_not_be_taken_is_not_quoted(made: Renewal) -> None:
    for change, at in (
        ({"drivers": []}, "/drivers"),
        ({"customerId": "cus-0002"}, "/policyId"),
        ({"termStartDate": "2026-01-01"}, "/termStartDate"),
    ):
        status, problem = await made.quote(**change)
        assert status == 422
        assert at in at_fault(problem)


async def test_a_number_of_another_kind_is_refused(made: Renewal) -> None:
    assert (await made.quote("З-000001"))[0] == 422
