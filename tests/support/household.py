"""A client with a contract of every kind, made at the insurer's core for a test of its own."""

from __future__ import annotations

from random import Random
from typing import Any

from playground.core import household
from playground.core.drafts import Drafts
from tests.support.insured import Insured, insured
from tests.support.town import Town


async def with_everything(town: Town, **more: Any) -> Insured:
    """Eight contracts: an OSAGO of their own, and one of each product as the seeded household has them."""
    person = await insured(town, ends_in=(160,), **more)
    register = town.world.core.register
    customer = register.customers.get(person.client_id)
    assert customer is not None
    number = person.client_id.removeprefix("cus-")
    for turn, policy in enumerate(
        household.contracts(Drafts(register.today(), Random(int(number))), customer), start=1
    ):
        own = policy.model_copy(update={"policy_id": f"pol-{number}-{turn}"})
        person.policies.append(register.policies.save(own))
    await town.settle()
    return person
