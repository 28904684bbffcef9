"""An attempt to pay as a value, and what the provider's word makes of it: pure, no database.

    new ─▶ link ─▶ succeeded ─▶ refunding ─▶ refunded
      └──────┴──▶ canceled (declined, expired), failed (no link can be made), disputed (not what we asked for)

An attempt is live until it is closed: a newer one may then be made. An open link that was closed by us (the application was cancelled
or the sum has changed) is watched to its end, for it may still be paid: the provider offers no way to take a link back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

LINK_LIFE = timedelta(hours=1)
"""How long a link can be paid by; the provider ends it by itself."""
KEY_LIFE = timedelta(hours=23)
"""Until when the creation may be repeated under its key: the provider remembers keys for 24 hours."""


class Kind(StrEnum):
    """What can be paid by link."""

    APPLICATION = "application"
    INSTALMENT = "instalment"
    DEDUCTIBLE = "deductible"


@dataclass(frozen=True, slots=True)
class Purpose:
    """What is paid for. `row` is our row of the application, of the contract whose instalment it is, or of the claim whose deductible;
    `part` is the instalment's place in the contract's schedule, from 1, and 0 for the others.
    """

    kind: Kind
    row: int
    part: int = 0

    @property
    def subject(self) -> str:
        """`12`, of an instalment `12:3`: unique within its kind."""
        return f"{self.row}:{self.part}" if self.part else str(self.row)

    def __str__(self) -> str:
        """Fit for a button: `i12.3`."""
        return f"{self.kind[0]}{self.row}.{self.part}" if self.part else f"{self.kind[0]}{self.row}"

    @classmethod
    def of(cls, written: str) -> Purpose | None:
        """The inverse of `str`; None for anything else."""
        kinds = {kind[0]: kind for kind in Kind}
        row, _, part = written[1:].partition(".")
        if written[:1] not in kinds or not all(it.isascii() and it.isdigit() for it in (row, part or "0")):
            return None
        return cls(kinds[written[0]], int(row), int(part or 0))


class State(StrEnum):
    """Where an attempt stands."""

    NEW = "new"
    LINK = "link"
    SUCCEEDED = "succeeded"
    CANCELED = "canceled"
    FAILED = "failed"
    DISPUTED = "disputed"
    REFUNDING = "refunding"
    REFUNDED = "refunded"


UNDECIDED = (State.NEW, State.LINK)
"""The provider has not said its last word yet."""


@dataclass(frozen=True, slots=True)
class Payment:
    """One attempt. `amount` in roubles; `link` is empty until there is one; `looks`: how often the provider was asked.

    `account_id`: who asked for the link.
    """

    id: int
    purpose: Purpose
    client_id: str
    account_id: int
    key: str
    amount: Decimal
    state: State
    charge_id: str
    link: str
    reason: str
    looks: int
    created_at: datetime
    closed_at: datetime | None

    @property
    def live(self) -> bool:
        """It is the attempt that a person is offered."""
        return self.closed_at is None

    @property
    def link_until(self) -> datetime:
        """Until when the link can be paid by."""
        return self.created_at + LINK_LIFE

    def payable(self, now: datetime) -> bool:
        """It has a link that can be paid by."""
        return self.live and self.state is State.LINK and now < self.link_until

    def spent(self, now: datetime) -> bool:
        """Its link is dead, though the provider has not said so yet."""
        return self.live and self.state is State.LINK and now >= self.link_until


@dataclass(frozen=True, slots=True)
class Terms:
    """What a charge must match to be ours: who receives, and whether it is real money."""

    shop: str
    test: bool


def verdict(payment: Payment, charge: dict[str, Any], terms: Terms) -> tuple[State, str]:
    """The attempt's state after the provider's word, and why. A final state never changes, but for the way of the money back."""
    if payment.state not in UNDECIDED:
        return payment.state, payment.reason
    wrong = mismatch(payment, charge, terms)
    if wrong:
        return State.DISPUTED, wrong
    match charge["status"]:
        case "succeeded":
            return State.SUCCEEDED, ""
        case "canceled":
            return State.CANCELED, charge.get("reason") or "general_decline"
        case _:
            return State.LINK, ""


def mismatch(payment: Payment, charge: dict[str, Any], terms: Terms) -> str:
    """What of a charge is not what was asked for; empty if all is well (reliability: a mismatch is never paid)."""
    checks = {
        "id": payment.charge_id in ("", charge["id"]),
        "amount": Decimal(charge["amount"]) == payment.amount,
        "currency": charge["currency"] == "RUB",
        "shop": charge["shop"] == terms.shop,
        "reference": charge["reference"] == payment.key,
        "test": charge["test"] is terms.test,
    }
    return " ".join(name for name, right in checks.items() if not right)


def pause_before_look(looks: int) -> timedelta:
    """A notification may never come, so the provider is asked: each 10 s for a minute, each minute for ten, each 5 minutes for two
    hours, then twice an hour until its last word."""
    if looks < 6:
        return timedelta(seconds=10)
    if looks < 16:
        return timedelta(minutes=1)
    return timedelta(minutes=5 if looks < 40 else 30)
