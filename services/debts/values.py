"""What a client owes, as values, and how it follows from contracts, claims and applications: pure, no database (F4, F6).

Nothing of this is stored: a debt is what the insurer's newest word leaves unpaid.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from services.applications import Application, Stage
from services.claims.values import Claim
from services.clock import MOSCOW
from services.model import Instalment, Policy, Standing
from services.payments.values import Kind, Purpose

Grace = Callable[[Policy, date], date | None]
"""From a contract and the day its instalment is due to the last day on which paying it still keeps the contract; None: no such rule."""


class Reason(StrEnum):
    """Why something is owed. `PREMIUM` is all of it at once; `FIRST` and `NEXT` are instalments: the contract waits for the first."""

    APPLICATION = "application"
    PREMIUM = "premium"
    FIRST = "first"
    NEXT = "next"
    DEDUCTIBLE = "deductible"


@dataclass(frozen=True, slots=True)
class Debt:
    """One sum to pay, in roubles, until the end of `due` (a Moscow date).

    `policy_id` is our row of the contract it belongs to, 0 if the insurer does not tell us of it. `until`: the very moment, where there
    is one. `overdue`: days since `due`, 0 until then. `last_day` is the end of the days of grace, after which the contract ends as of
    `ends_on`; both empty where the rules know none. `payable`: by link and now: of a contract the earliest comes first, and what comes
    after the days of grace saves nothing any more.
    """

    purpose: Purpose
    policy_id: int
    reason: Reason
    amount: Decimal
    due: date
    until: datetime | None = None
    overdue: int = 0
    last_day: date | None = None
    ends_on: date | None = None
    payable: bool = True

    @property
    def kind(self) -> Kind:
        return self.purpose.kind

    @property
    def subject(self) -> str:
        """Unique within the kind."""
        return self.purpose.subject


def of_policy(policy: Policy, today: date, grace: Grace) -> list[Debt]:
    """The unpaid instalments of a contract, the earliest first; nothing of one that has ended."""
    if policy.standing(today) in (Standing.ENDED, Standing.TERMINATED):
        return []
    unpaid = sorted((it for it in policy.payments if not it.paid), key=lambda it: (it.due, it.number))
    return [_instalment(policy, it, today, grace, first=it is unpaid[0]) for it in unpaid]


def _instalment(policy: Policy, it: Instalment, today: date, grace: Grace, *, first: bool) -> Debt:
    reason = Reason.PREMIUM if len(policy.payments) == 1 else Reason.NEXT if policy.part_paid else Reason.FIRST
    last_day = grace(policy, it.due) if reason is Reason.NEXT else None
    return Debt(
        Purpose(Kind.INSTALMENT, policy.id, it.number),
        policy.id,
        reason,
        it.amount,
        it.due,
        overdue=max(0, (today - it.due).days),
        last_day=last_day,
        ends_on=it.due if last_day else None,
        payable=first and (last_day is None or today <= last_day),
    )


def lapsed(before: Policy, after: Policy, today: date, grace: Grace) -> Debt | None:
    """The instalment for which the insurer's newest word has ended a contract: its days of grace were over; None if it is not that."""
    if after.standing(today) is not Standing.TERMINATED:
        return None
    return next((it for it in of_policy(before, today, grace) if it.last_day and it.last_day < today), None)


def of_claim(claim: Claim, policy_id: int, today: date) -> Debt | None:
    """The client's own part of a repair."""
    own = claim.owed
    if own is None:
        return None
    overdue = max(0, (today - own.due).days)
    return Debt(Purpose(Kind.DEDUCTIBLE, claim.id), policy_id, Reason.DEDUCTIBLE, own.amount, own.due, overdue=overdue)


def of_application(it: Application, policy_id: int) -> Debt | None:
    """A prolongation the client has agreed to; `policy_id` is the contract it prolongs."""
    if it.stage is not Stage.SAVED or it.price is None or it.expires_at is None:
        return None
    day = it.expires_at.astimezone(MOSCOW).date()
    return Debt(Purpose(Kind.APPLICATION, it.id), policy_id, Reason.APPLICATION, it.price, day, until=it.expires_at)


def doubled(policy: Policy, waiting: Sequence[tuple[Application, Policy]]) -> bool:
    """Is this unpaid contract what an application on its way is for? Then the application alone is owed.

    `waiting`: each application with the contract it prolongs.
    """
    return not policy.part_paid and any(
        policy.id != old.id
        and policy.product == old.product
        and bool(policy.vin or policy.plate)
        and (policy.vin, policy.plate) == (old.vin, old.plate)
        and policy.starts <= it.ends
        and it.starts <= policy.ends
        for it, old in waiting
    )


def in_order(debts: Sequence[Debt]) -> list[Debt]:
    """What is due first comes first."""
    return sorted(debts, key=lambda it: (it.due, it.kind, it.purpose.row, it.purpose.part))
