"""The contract that a paid application becomes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from playground.core.applications import Application
from playground.core.price import class_after
from playground.core.register import Register
from playground.core.resources import Money, Payment, Policy, Premium, Status

SERIES = "ХХХ"
"""Of every electronic OSAGO policy, in Cyrillic."""
POLICY_ID = r"pol-(\d+)"
NUMBER = r"(\d{10})"
"""Ten digits are an OSAGO number; other contracts have numbers of other forms."""


def next_policy(register: Register, policy: Policy, application: Application, price: Money) -> Policy:
    """The contract after `policy`, issued and paid today, under the next free id and number; not filed yet.

    What the insurer knew of a licence it knows still: an application does not tell until when one holds.
    """
    today, known = register.today(), register.policies
    card, licences = application.diagnostic_card, {it.licence: it.licence_until for it in policy.drivers}
    drivers = [it.model_copy(update={"licence_until": licences.get(it.licence)}) for it in application.drivers]
    paid = Payment(maturity_date=today, amount=price, paid=True)
    renewed = Policy(
        policy_id=f"pol-{_next(POLICY_ID, known.column('policyId')):04}",
        customer_id=policy.customer_id,
        product=policy.product,
        series=SERIES,
        number=f"{_next(NUMBER, known.column('number')):010}",
        status=Status.ISSUED,
        issuance_date=today,
        term_start_date=application.term_start_date,
        term_end_date=application.term_end_date,
        premium=Premium(amount=price, paid=True, payments=[paid]),
        insured_objects=policy.insured_objects,
        coverages=policy.coverages,
        drivers=drivers,
        unlimited_drivers=application.unlimited_drivers,
        usage_periods=application.usage_periods,
        bonus_class=class_after(policy, unlimited=application.unlimited_drivers),
        diagnostic_card_until=card.valid_until if card else policy.diagnostic_card_until,
        insured=policy.insured,
        owner=policy.owner,
    )
    return renewed.model_copy(update={"status": renewed.status_on(today)})


def _next(pattern: str, known: Iterable[str]) -> int:
    """One more than the greatest of the known numbers that look like this."""
    numbers = (re.fullmatch(pattern, one, re.ASCII) for one in known)
    return max((int(found[1]) for found in numbers if found), default=0) + 1
