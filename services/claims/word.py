"""What the insurer's word makes of a claim: pure, no database.

sent ─▶ received ─▶ review ⇄ clarification ─▶ inspection ─▶ repair | payout ─▶ closed
                      └▶ refused
The order is the insurer's business: whatever it says, in whatever order, is shown as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from services.claims.values import Claim, Said, State


@dataclass(frozen=True, slots=True)
class Change:
    """What the insurer's word has changed. `before` of a claim it has opened itself has the version 0."""

    now: Claim
    before: Claim

    @property
    def news(self) -> str:
        """As a word for the chats; empty when there is nothing to tell.

        registered: our notice has its number; opened: the insurer has made a claim by itself; a state; changed: of the same state another
        comment, demand, day or sum.
        """
        now, before = self.now, self.before
        if before.registered_at is None:
            return "registered" if now.account_id else "" if now.over else "opened"
        if now.state is not before.state:
            return now.state.value
        told, earlier = (
            replace(now.said, received=frozenset(), history=()),
            replace(before.said, received=frozenset(), history=()),
        )
        return "changed" if told != earlier else ""


def opened(resource: dict[str, Any], now: datetime) -> Claim:
    """A claim the insurer has made by itself, before its word is taken in."""
    return Claim(
        0,
        str(resource["customerId"]),
        0,
        resource["policyId"],
        resource["claimId"],
        0,
        "",
        State.RECEIVED,
        resource["product"],
        resource["event"],
        date.fromisoformat(resource["happenedOn"]),
        "",
        now,
        None,
        None,
    )


def heard(before: Claim, resource: dict[str, Any], now: datetime) -> Claim:
    """The claim after the insurer's word. A status this release does not know leaves the state as it was."""
    status = resource["status"]
    state = State(status) if status in State._value2member_map_ else before.state
    if state is State.SENT:  # an unknown word about our notice: it has arrived all the same
        state = State.RECEIVED
    said = Said.of(resource)
    told_at = resource.get("registeredAt")
    registered = datetime.fromisoformat(told_at) if told_at else now
    after = replace(
        before,
        core_id=resource["claimId"],
        core_version=int(resource["version"]),
        core_number=resource.get("claimNumber") or before.core_number,
        state=state,
        said=said,
        registered_at=before.registered_at or registered,
    )
    return replace(after, ended_at=(before.ended_at or now) if after.over else None)
