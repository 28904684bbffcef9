"""An application as a value, and what the insurer's word makes of it: pure, no database.

checking ─▶ priced ─▶ saving ─▶ saved ─▶ paid ─▶ issued
    └▶ mismatch, unreliable (corrected: checking again)   └▶ refused
any but paid ─▶ cancelled: by the client, after 24 unpaid hours, by the insurer
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

UNPAID_LIFE = timedelta(hours=24)
"""An application that was saved and not paid is cancelled after this (D10)."""


class Stage(StrEnum):
    """Where an application stands. `SAVING`: the client has confirmed, the insurer has not answered yet."""

    CHECKING = "checking"
    MISMATCH = "mismatch"
    UNRELIABLE = "unreliable"
    PRICED = "priced"
    SAVING = "saving"
    SAVED = "saved"
    PAID = "paid"
    ISSUED = "issued"
    REFUSED = "refused"
    CANCELLED = "cancelled"


OPEN = (Stage.CHECKING, Stage.MISMATCH, Stage.UNRELIABLE, Stage.PRICED, Stage.SAVING, Stage.SAVED)
"""The client may still cancel."""
CORRECTABLE = (Stage.MISMATCH, Stage.UNRELIABLE, Stage.PRICED)
"""The client may still change what was entered."""
OVER = (Stage.ISSUED, Stage.REFUSED, Stage.CANCELLED)

OF_CORE = {
    "checking": Stage.CHECKING,
    "mismatch": Stage.MISMATCH,
    "unreliable": Stage.UNRELIABLE,
    "priced": Stage.PRICED,
    "accepted": Stage.SAVED,
    "issued": Stage.ISSUED,
    "refused": Stage.REFUSED,
    "cancelled": Stage.CANCELLED,
}
"""The insurer's status in our words."""


@dataclass(frozen=True, slots=True)
class Said:
    """The insurer's words about an application. `fields` are JSON pointers without the first slash: `drivers/0/licence`."""

    fields: tuple[str, ...] = ()
    comment: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Application:
    """One application. `entered` is what the client entered, in the words of the core's API; money is in roubles.

    `agreed` is what the client has agreed to pay before the check: the insurer's quote (D12). A correction makes it void.

    `asked_at` is when this revision went to the check; `expires_at`, once it is saved, when it ends if it is not paid.
    """

    id: int
    client_id: str
    account_id: int
    policy_core_id: str
    revision: int
    stage: Stage
    core_version: int
    core_number: str
    starts: date
    ends: date
    price: Decimal | None
    agreed: Decimal | None
    entered: dict[str, Any]
    said: Said
    issued_policy: str
    asked_at: datetime
    expires_at: datetime | None

    @property
    def number(self) -> str:
        """Our own number, e.g. `З-000012`."""
        return f"З-{self.id:06d}"

    @property
    def over(self) -> bool:
        """Nothing more will happen to it."""
        return self.stage in OVER


@dataclass(frozen=True, slots=True)
class Change:
    """What the insurer's word has changed."""

    now: Application
    before: Application

    @property
    def stage(self) -> bool:
        """Did the stage change, or the price of a stage that has one?"""
        return (self.now.stage, self.now.price) != (self.before.stage, self.before.price)


def heard(before: Application, resource: dict[str, Any], now: datetime) -> Application:
    """The application after the insurer's word. What the client has done meanwhile and the word cannot know of stays."""
    told = OF_CORE[resource["status"]]
    price = Decimal(resource["price"]["amount"]) if resource.get("price") else None
    check = resource.get("check") or {}
    said = Said(tuple(check.get("fields") or ()), check.get("comment") or "", resource.get("reason") or "")
    stage = _stage(before, told, same_price=price == before.price)
    if stage is before.stage and told is not stage:
        price, said = before.price, before.said
    return replace(
        before,
        stage=stage,
        core_version=int(resource["version"]),
        core_number=resource.get("applicationId") or before.core_number,
        price=price,
        said=said,
        issued_policy=resource.get("issuedPolicyId") or "",
        expires_at=before.expires_at if stage in (Stage.SAVING, Stage.SAVED, Stage.PAID) else None,
    )


def _stage(before: Application, told: Stage, *, same_price: bool) -> Stage:
    if told in (Stage.ISSUED, Stage.REFUSED) or told is before.stage:
        return told
    if before.over or before.stage is Stage.PAID:  # ended here, or money on its way: only an issue or a refusal counts
        return before.stage
    if told is Stage.PRICED and before.stage in (Stage.SAVING, Stage.SAVED) and same_price:
        return before.stage
    return told
