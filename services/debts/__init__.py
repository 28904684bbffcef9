"""What a client owes: applications that wait for the money, instalments, the deductible of a repair (F4, F6).

A debt is derived from the insurer's newest word each time it is asked for. What is paid by link and only has to reach the insurer is
no debt any more.
"""

from __future__ import annotations

from datetime import date, timedelta

from services.applications import Applications
from services.claims import Claims
from services.db.unit import Unit
from services.deadlines import Deadlines
from services.deadlines.table import NoSuchDeadline
from services.debts.values import Debt, Reason, doubled, in_order, of_application, of_claim, of_policy
from services.model import Actor, Policy
from services.payments import Kind, Payments, Purpose
from services.policies import Policies

__all__ = ["SOON", "Debt", "Debts", "Kind", "Purpose", "Reason", "end_of_grace"]

SOON = timedelta(days=30)
"""What is due later is on the contract's card, but not among the debts a person is shown."""


class Debts:
    """Reads only."""

    def __init__(
        self,
        policies: Policies,
        claims: Claims,
        applications: Applications,
        payments: Payments,
        deadlines: Deadlines,
    ) -> None:
        self._policies, self._claims, self._applications = policies, claims, applications
        self._payments, self._deadlines = payments, deadlines

    async def of(self, unit: Unit, client_id: str, today: date, until: date = date.max) -> list[Debt]:
        """Everything the client owes that is due on `until` or earlier, the earliest first; for events, never for a person."""
        settled = await self._payments.settled(unit, client_id)
        return [debt for debt in await self._unpaid(unit, client_id, today, until) if debt.purpose not in settled]

    async def to_remind(self, unit: Unit, client_id: str, today: date) -> list[Debt]:
        """What to ask for unasked: not what somebody seems to have paid already, until people have found out; for events."""
        disputed = await self._payments.in_dispute(unit, client_id)
        return [debt for debt in await self.of(unit, client_id, today) if debt.purpose not in disputed]

    async def still(self, unit: Unit, client_id: str, purpose: Purpose, today: date) -> Debt | None:
        """What the insurer still waits for, whether money is on its way or not; for events, never for a person."""
        return next((it for it in await self._unpaid(unit, client_id, today) if it.purpose == purpose), None)

    async def _unpaid(self, unit: Unit, client_id: str, today: date, until: date = date.max) -> list[Debt]:
        """Only contracts that something is owed for are opened: a fleet has hundreds."""
        applications = [
            (it, await self._policies.numbered(unit, it.policy_core_id))
            for it in await self._applications.unpaid(unit, client_id)
        ]
        waiting = [(it, old) for it, old in applications if old]
        found = [of_application(it, old.id if old else 0) for it, old in applications]
        for claim in await self._claims.open_of(unit, client_id):
            if claim.owed:
                row = await self._policies.row_of(unit, client_id, claim.policy_core_id)
                found.append(of_claim(claim, row, today))
        for policy in await self._policies.owing(unit, client_id, until):
            if not doubled(policy, waiting):
                found += of_policy(policy, today, self.last_day)
        return in_order([debt for debt in found if debt and debt.due <= until])

    async def of_contract(self, unit: Unit, policy: Policy, today: date) -> list[Debt]:
        """What is owed for one contract the caller has shown to be the actor's own, the earliest first."""
        settled = await self._payments.settled(unit, policy.client_id)
        return [it for it in of_policy(policy, today, self.last_day) if it.purpose not in settled]

    async def near(self, unit: Unit, actor: Actor, today: date) -> list[Debt]:
        """What the actor is to pay within `SOON`, or should have paid, the earliest first."""
        return await self.of(unit, actor.client_id, today, today + SOON) if actor.client_id else []

    def last_day(self, policy: Policy, due: date) -> date | None:
        """See `end_of_grace`."""
        return end_of_grace(self._deadlines, policy, due)


def end_of_grace(deadlines: Deadlines, policy: Policy, due: date) -> date | None:
    """The end of the days of grace by the edition of the rules the contract follows (KASKO: 7 days in that of 2025)."""
    try:
        return deadlines.due(policy.product, "instalment_grace", due, policy.rules or None).due
    except NoSuchDeadline:
        return None
