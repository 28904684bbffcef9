"""This core's own price rule, published in `docs/core-gateway.openapi.yaml`; an exact tariff is to take its place.

    price = last premium × F(new) / F(last),  F = KBM × KVS × KO × KS,  rounded once to 0.01, half up

KBM: the present class of the policy, and the class after one more year without a payout. KVS: the worst of the drivers, by their full
years on the first day of the respective term. With unlimited drivers KBM is that of class 3 and there is no KVS. The other
coefficients (base rate, territory, power) are in the last premium and stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, localcontext

from playground.core.applications import Wish
from playground.core.drafts import rub
from playground.core.resources import Driver, Money, Period, Policy
from playground.core.tariff import UNLIMITED_CLASS, kbm, ko, ks, kvs, next_class

_DIGITS = 50
"""The quotient is exact far beyond the kopeck, so that rounding happens once."""


def price_of(policy: Policy, wish: Wish) -> Money:
    """What the next term costs. Raises ImpossibleCell for drivers who cannot be."""
    renewed = class_after(policy, unlimited=wish.unlimited_drivers)
    with localcontext(prec=_DIGITS):
        new = _factor(renewed, wish.drivers, wish.usage_periods, wish.term_start_date)
        last = _factor(_class_of(policy), policy.drivers, policy.usage_periods, policy.term_start_date)
        return rub(Decimal(policy.premium.amount.amount) * new / last)


def class_after(policy: Policy, *, unlimited: bool) -> str:
    """The class of KBM of the next contract."""
    return UNLIMITED_CLASS if unlimited else next_class(_class_of(policy))


def _class_of(policy: Policy) -> str:
    unlimited = policy.unlimited_drivers or policy.bonus_class is None
    return UNLIMITED_CLASS if unlimited else str(policy.bonus_class)


def _factor(bonus_class: str, drivers: Sequence[Driver], periods: Sequence[Period], start: date) -> Decimal:
    worst = kvs(drivers, start) if drivers else Decimal(1)
    return kbm(bonus_class) * worst * ko(unlimited=not drivers) * ks(periods)
