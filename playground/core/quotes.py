"""Quotes: what an application would cost. Nobody owes anything by one, so nothing is filed and nothing happens to the contract.

The rules and the price are those of an application: `admission` and `price`, so that the two cannot differ for the same wish.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from playground.core.admission import LEAD, WINDOW, faults, policy_faults
from playground.core.applications import Quote, QuoteRequest, Wish
from playground.core.deeds import Unacceptable
from playground.core.price import price_of
from playground.core.register import Register
from playground.core.resources import Money
from playground.core.tariff import ImpossibleCell

EARLY = timedelta(days=7)
"""So long before its window opens a contract is quoted already: a reminder of the first day has to have its price."""
HOLDS = timedelta(days=14)
"""A quote holds so long, if an application could still begin on its first day then."""
KIND = "core.quote"


class Quotes:
    """A number keeps the newest answer, so that a repeat brings the same price, whatever has changed since."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def give(self, number: str, request: QuoteRequest) -> Quote:
        """The price of this wish. Raises Unacceptable."""
        store = self._register.world.store
        if (row := store.get(KIND, number)) and row["revision"] >= request.revision:
            return Quote.model_validate(row)
        quote = self._quote(number, request)
        store.put(KIND, number, quote.wire())
        return quote

    def _quote(self, number: str, request: QuoteRequest) -> Quote:
        today = self._register.today()
        policy = self._register.policies.get(request.policy_id)
        found = list(policy_faults(policy, request.customer_id, today, WINDOW + EARLY))
        if policy is None or found:
            raise Unacceptable(found)
        if found := faults(request, policy, today, today):
            raise Unacceptable(found)
        wish = {name: getattr(request, name) for name in Wish.model_fields}
        price: Money | None = None
        with suppress(ImpossibleCell):  # the check of an application names who of the drivers cannot be
            price = price_of(policy, request)
        until = min(today + HOLDS, request.term_start_date - LEAD, policy.term_end_date)
        return Quote(number=number, price=price, valid_until=until, **wish)
