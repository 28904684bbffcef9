"""Where causes come from: everything that knows of something a client is to be reminded of, asked anew each time."""

from __future__ import annotations

from datetime import timedelta

from services.applications import Applications
from services.claims import Claims
from services.clock import MOSCOW
from services.db.unit import Unit
from services.deadlines import Deadlines
from services.debts import Debts
from services.policies import Policies
from services.reminders.causes import Facts, causes_of
from services.reminders.notes import Notes
from services.reminders.terms import TermIndex
from services.reminders.values import Cause

LATELY = timedelta(days=75)
"""Contracts that ended so long ago may still be asked about."""


class Sources:
    """Contracts, applications, debts, claims, the client's own notes, and the terms they lead to."""

    def __init__(
        self,
        policies: Policies,
        applications: Applications,
        claims: Claims,
        debts: Debts,
        notes: Notes,
        terms: TermIndex,
        deadlines: Deadlines,
    ) -> None:
        self._policies, self._applications, self._claims, self._debts = policies, applications, claims, debts
        self._notes, self._terms, self._deadlines = notes, terms, deadlines

    async def causes(self, unit: Unit, client_id: str, *, offers: bool) -> list[Cause]:
        """What there is to be reminded of at this moment; `offers`: of what the client may be offered as well."""
        today = unit.now.astimezone(MOSCOW).date()
        policies = await self._policies.lately(unit, client_id, today - LATELY)
        facts = Facts(
            policies,
            await self._applications.agreed(unit, client_id),
            await self._debts.to_remind(unit, client_id, today),
            await self._claims.open_of(unit, client_id),
            await self._notes.of_client(unit, client_id, today),
            [row for policy in policies if policy.rules for row in await self._terms.rules(unit, policy)],
            offers,
        )
        return causes_of(facts, self._deadlines, unit.now)
