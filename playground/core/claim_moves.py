"""How a claim goes from state to state, as one function of values: what an employee orders, and what the claim is afterwards.

```
received ─▶ review ◀─▶ clarification        from every state but the ends: closed
               │  ▲                          before repair and payout:      refused
               ▼  │
           inspection ─▶ repair ─▶ payout ─▶ closed        refused ─▶ review: reconsidered
```

An employee may skip states forwards; the core itself only takes a claim back to review when all missing documents have come.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from playground.core import claim_defaults as defaults
from playground.core.claims import (
    Claim,
    ClaimEvent,
    ClaimState,
    Deductible,
    Direction,
    Inspection,
    Latitude,
    Longitude,
    Payout,
    Refusal,
    RepairForm,
    Required,
    Station,
    Step,
    Words,
)
from playground.core.deeds import Conflict
from playground.core.drafts import rub
from playground.core.register import MOSCOW
from playground.core.resources import Moment, Money, Part, Phone, Policy, Product

S = ClaimState
_DECIDED = frozenset({S.INSPECTION, S.REPAIR, S.PAYOUT, S.CLOSED})
NEXT: dict[ClaimState, frozenset[ClaimState]] = {
    S.RECEIVED: frozenset({S.REVIEW, S.CLARIFICATION, S.REFUSED}) | _DECIDED,
    S.REVIEW: frozenset({S.CLARIFICATION, S.REFUSED}) | _DECIDED,
    S.CLARIFICATION: frozenset({S.REVIEW, S.CLARIFICATION, S.REFUSED}) | _DECIDED,
    S.INSPECTION: frozenset({S.REVIEW, S.CLARIFICATION, S.REFUSED}) | _DECIDED,
    S.REPAIR: _DECIDED,
    S.PAYOUT: frozenset({S.PAYOUT, S.CLOSED}),
    S.CLOSED: frozenset(),
    S.REFUSED: frozenset({S.REVIEW}),
}
"""Where an employee may take a claim. Its own state among them means: the details change."""
_MOTOR = (Product.OSAGO, Product.KASKO)
_BEYOND_REPAIR = (ClaimEvent.THEFT, ClaimEvent.TOTAL)


def _said_money(value: Any) -> Any:
    """`48500`, `"48500"` or `"48 500,00"` as a hurried hand writes it; anything else as it is."""
    if not isinstance(value, str | int) or isinstance(value, bool):
        return value
    try:
        return rub(Decimal("".join(str(value).split()).replace(",", "."))).model_dump()
    except InvalidOperation as error:
        raise ValueError("no sum of money, for example 48500.00") from error


def _said_station(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class Appointment(Part):
    at: Moment | None = None
    address: Words | None = None


class StationWish(Part):
    name: Words | None = None
    address: Words | None = None
    phone: Phone | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None


class Move(Part):
    """An employee's order. What the state needs and the order leaves out is filled in believably; what it has no use for is ignored."""

    status: ClaimState
    comment: Words | None = None
    documents: list[Required | Annotated[str, Field(min_length=1, max_length=200)]] = Field(default_factory=list)
    required_by: date | None = None
    inspection: Appointment = Appointment()
    station: Annotated[StationWish, BeforeValidator(_said_station)] = StationWish()
    form: RepairForm = RepairForm.CONTRACTED
    amount: Annotated[Money | None, BeforeValidator(_said_money)] = None
    deductible: Annotated[Money | None, BeforeValidator(_said_money)] = None
    paid_on: date | None = None
    reason: Words | None = None
    clause: Words | None = None


def next_of(claim: Claim) -> list[ClaimState]:
    """Where it may go from here, in the order of the states."""
    repairable = claim.product in _MOTOR and claim.event not in _BEYOND_REPAIR
    return [it for it in ClaimState if it in NEXT[claim.status] and (repairable or it is not S.REPAIR)]


def moved(claim: Claim, policy: Policy, move: Move, now: datetime) -> Claim:
    """The claim after the order. Raises Conflict."""
    if move.status not in next_of(claim):
        possible = ", ".join(next_of(claim)) or "nothing: this is its end"
        raise Conflict("state", f"a claim that is {claim.status} cannot become {move.status}; possible: {possible}")
    change: dict[str, Any] = {"comment": move.comment, **_details(claim, policy, move, now)}
    if move.status is not claim.status or move.status is S.CLARIFICATION:
        step = Step(status=move.status, at=now, comment=move.comment)
        change |= {"status": move.status, "status_since": now, "history": [*claim.history, step]}
    return claim.model_copy(update=change)


def _details(claim: Claim, policy: Policy, move: Move, now: datetime) -> dict[str, Any]:
    """What comes with the state, and what goes with the one before."""
    gone: dict[str, Any] = {"required_documents": [], "required_by": None, "refusal": None}
    match move.status:
        case S.CLARIFICATION:
            return gone | {"required_documents": _required(claim, move.documents), "required_by": move.required_by}
        case S.INSPECTION:
            return gone | {"inspection": _inspection(claim.inspection or defaults.appointment(now), move.inspection)}
        case S.REPAIR:
            return gone | {"direction": _direction(claim, move), "deductible": _own_part(claim, policy, move, now)}
        case S.PAYOUT:
            known = claim.payout.amount if claim.payout else defaults.sum_due(policy, claim.event)
            return gone | {"payout": Payout(amount=move.amount or known, paid_on=move.paid_on)}
        case S.CLOSED:
            today, own = now.astimezone(MOSCOW).date(), claim.deductible
            payout = claim.payout and claim.payout.model_copy(update={"paid_on": claim.payout.paid_on or today})
            return gone | {"payout": payout, "deductible": own and own.model_copy(update={"paid": True})}
        case S.REFUSED:
            usual = defaults.refusal(claim.product)
            clause = move.clause if move.clause or move.reason else usual.clause
            return gone | {"refusal": Refusal(reason=move.reason or usual.reason, clause=clause)}
    return gone


def _required(claim: Claim, wanted: Sequence[Required | str]) -> list[Required]:
    """A bare title gets a code that no earlier request of this claim has had."""
    at = len(claim.history)
    asked = [
        one if isinstance(one, Required) else Required(code=f"document-{at}-{turn}", title=one)
        for turn, one in enumerate(wanted, 1)
    ]
    return asked or defaults.awaited(claim.product)


def _inspection(known: Inspection, wish: Appointment) -> Inspection:
    return Inspection(at=wish.at or known.at, address=wish.address or known.address)


def _own_part(claim: Claim, policy: Policy, move: Move, now: datetime) -> Deductible | None:
    """As the order says, as it was, or as the contract says; nothing (a sum of 0) is owed by nobody."""
    known = claim.deductible or defaults.own_part(policy, claim.event, now)
    if move.deductible is None:
        return known
    due = known.due if known else now.astimezone(MOSCOW).date() + defaults.OWN_PART
    return Deductible(amount=move.deductible, due=due, paid=False) if Decimal(move.deductible.amount) else None


def _direction(claim: Claim, move: Move) -> Direction:
    usual = defaults.STATIONS[move.form]
    station = Station.model_validate(usual.model_dump() | move.station.model_dump(exclude_none=True))
    return Direction(document_id=f"doc-{claim.claim_id}-repair-direction", form=move.form, station=station)
