"""An application to prolong an OSAGO contract: what the cabinet sends, and the resource that comes of it; and what it would cost."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from playground.core.files import Hash
from playground.core.resources import Driver, Moment, Money, Part, Period, Resource

PREFIX = "З-"
QUOTE_PREFIX = "К-"
Number = Annotated[str, Field(pattern=rf"^{PREFIX}\d{{6,12}}$")]
QuoteNumber = Annotated[str, Field(pattern=rf"^{QUOTE_PREFIX}\d{{6,12}}$")]
Words = Annotated[str, Field(min_length=1, max_length=1000)]
Reference = Annotated[str, Field(min_length=1, max_length=100)]


class State(StrEnum):
    """`MISMATCH` and `UNRELIABLE` wait for corrected data; `PRICED` for the client's yes; `ACCEPTED` for the money."""

    CHECKING = "checking"
    MISMATCH = "mismatch"
    UNRELIABLE = "unreliable"
    PRICED = "priced"
    ACCEPTED = "accepted"
    ISSUED = "issued"
    REFUSED = "refused"
    CANCELLED = "cancelled"


EDITABLE = frozenset({State.CHECKING, State.MISMATCH, State.UNRELIABLE, State.PRICED})
"""The data may still be replaced by a higher revision."""
LIVE = EDITABLE | {State.ACCEPTED}
"""Under way: a policy has at most one of these."""


class Outcome(StrEnum):
    PASSED = "passed"
    MISMATCH = "mismatch"
    UNRELIABLE = "unreliable"


class DiagnosticCard(Part):
    """Not needed to conclude the contract; it matters at a claim."""

    kind: Annotated[str, Field(min_length=1, max_length=60)]
    number: Annotated[str, Field(pattern=r"^(\d{15}|\d{21})$")]
    issued: date
    valid_until: date


class Wish(Part):
    """What the client wants: the term, when and by whom the car is driven. `revision` counts the cabinet's own corrections."""

    customer_id: str
    policy_id: str
    revision: Annotated[int, Field(ge=1)]
    term_start_date: date
    term_end_date: date
    usage_periods: list[Period]
    unlimited_drivers: bool
    drivers: list[Driver]
    diagnostic_card: DiagnosticCard | None


class QuoteRequest(Wish):
    """The body of `PUT /quotes/{number}`: what an application would be, on its day."""

    asked_at: Moment


class Quote(Wish):
    """What it would cost, and until when, inclusive, an application for the same would cost that. No price: none before the check."""

    number: QuoteNumber
    price: Money | None
    valid_until: date


class ApplicationRequest(Wish):
    """The body of `PUT /applications/{number}`."""

    submitted_at: Moment


class Check(Part):
    """`fields`: the data in doubt, by their place in the application (`drivers/0/licence`)."""

    outcome: Outcome
    fields: list[Annotated[str, Field(min_length=1, max_length=100)]] = Field(default_factory=list)
    comment: Annotated[str, Field(max_length=1000)] | None = None


class Acceptance(Part):
    """The client agrees to this revision for this price."""

    revision: int
    price: Money
    accepted_at: Moment


class Cancellation(Part):
    reason: Words
    cancelled_at: Moment


class ApplicationPayment(Part):
    """Money that has come for the application; `reference` is the cabinet's key of the payment."""

    reference: Reference
    amount: Money
    paid_at: Moment


class Application(Resource, Wish):
    """`number` is the cabinet's, `application_id` the core's own; `reason`, in words for people, of a refusal or cancellation."""

    number: Number
    application_id: str
    status: State = State.CHECKING
    check: Check | None = None
    price: Money | None = None
    payment: ApplicationPayment | None = None
    issued_policy_id: str | None = None
    reason: str | None = None
    files_received: list[Hash] = Field(default_factory=list)
