"""The price of a renewal is asked for before the client hears of it, so that the reminder has it (D12).

On the eve of each step, so that a morning does not wait for the insurer; and whatever has none by then, after an outage or a first
login, once more just before it is said. The reminder waits a moment for that answer, and then comes without.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import timedelta

from services.clock import MOSCOW
from services.db.unit import Unit
from services.policies import Policies
from services.quotes import Quotes
from services.reminders.values import STEPS, Cause, Kind

PATIENCE = timedelta(seconds=30)
"""So long a reminder waits for its price."""
DAY = timedelta(days=1)


class Prices:
    def __init__(self, policies: Policies, quotes: Quotes) -> None:
        self._policies, self._quotes = policies, quotes

    async def awaited(self, unit: Unit, client_id: str, wanted: Set[int]) -> bool:
        """Ask what these contracts (our row numbers) would cost from today on; is an answer still on its way? It will bring a look."""
        waiting = False
        today = unit.now.astimezone(MOSCOW).date()
        for policy in await self._policies.lately(unit, client_id, today) if wanted else ():
            if policy.id in wanted:
                await self._quotes.ask(unit, client_id, policy, reminding=True)
                waiting |= await self._quotes.awaited(unit, client_id, policy.core_id)
        return waiting

    async def watch(self, unit: Unit, client_id: str, told: Set[int]) -> None:
        """These had to be told without: a price that comes yet is put into the message that stands there."""
        today = unit.now.astimezone(MOSCOW).date()
        for policy in await self._policies.lately(unit, client_id, today) if told else ():
            if policy.id in told:
                await self._quotes.watch(unit, client_id, policy.core_id)

    async def ask_ahead(self, unit: Unit, client_id: str, causes: Iterable[Cause], told: Set[int]) -> None:
        """What is to be spoken of tomorrow is asked for as of tomorrow; not what was `told` today: the price of today is needed still."""
        today = unit.now.astimezone(MOSCOW).date()
        eve = {it.policy for it in causes if it.kind is Kind.RENEWAL and (it.day - today).days - 1 in STEPS[it.kind]}
        for policy in await self._policies.lately(unit, client_id, today) if eve - told else ():
            if policy.id in eve - told:
                await self._quotes.ask(unit, client_id, policy, today + DAY)
