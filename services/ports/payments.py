"""What the cabinet asks of the payment provider: a link to pay by, what became of it, money back.

A payment is of one stage: taken at once, in roubles. No card data ever passes through here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal, Protocol

ChargeStatus = Literal["pending", "waiting_for_capture", "succeeded", "canceled"]
RefundStatus = Literal["pending", "succeeded", "canceled"]


class ProviderTrouble(Exception):
    """No answer, or one that says nothing: the outcome is unknown. The same request with the same key may be made again later.

    `retry_after` is how many seconds the provider asked to wait, None when it did not say.
    """

    def __init__(self, words: str, retry_after: float | None = None) -> None:
        super().__init__(words)
        self.retry_after = retry_after


class ProviderRefused(Exception):
    """The provider will never accept this request. `parameter` is the field it did not like, empty when it named none.

    `words` are the provider's own and may repeat what it was sent: they are no part of the text of this exception, which is logged.
    """

    def __init__(self, code: str, parameter: str = "", words: str = "") -> None:
        super().__init__(" ".join(part for part in (code, parameter) if part))
        self.code, self.parameter, self.words = code, parameter, words


@dataclass(frozen=True, slots=True)
class Wanted:
    """A payment to be made.

    `reference` is our payment's key, given back in every answer; `amount` in roubles; `description` is what the payer reads;
    the payer comes back to `return_url` whatever happened. The receipt goes to `email`, or to `phone` (E.164) without one.
    """

    reference: str
    amount: Decimal
    description: str
    return_url: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class Charge:
    """A payment as the provider knows it. Only `succeeded` is money; `succeeded` and `canceled` are final.

    `shop` is who receives; `test`: no real money moved; `link` is where the payer pays while it is pending, else empty;
    `reason` is why it was cancelled, else empty; `method` is how it was paid (`bank_card`, `sbp`), empty until chosen.
    """

    id: str
    status: ChargeStatus
    amount: Decimal
    currency: str
    shop: str
    reference: str
    test: bool
    link: str
    reason: str
    method: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Refund:
    """Money on its way back, or returned (`succeeded`). `reason` is why it was cancelled, else empty."""

    id: str
    charge_id: str
    status: RefundStatus
    amount: Decimal
    reason: str


class PaymentProvider(Protocol):
    """Every method raises ProviderTrouble or ProviderRefused. A key (up to 64 characters) makes a repeated request one."""

    async def create(self, key: str, wanted: Wanted) -> Charge:
        """Begin a payment. The provider remembers the key for 24 hours: look for an older one with `find`."""
        ...

    async def charge(self, charge_id: str) -> Charge:
        """What is true of a payment now."""
        ...

    async def find(self, reference: str, since: datetime) -> Charge | None:
        """The payment of this reference made at `since` or later, None when there is none; of several, one that is paid."""
        ...

    async def refund(self, key: str, charge_id: str, amount: Decimal, description: str) -> Refund:
        """Return money of a payment that has succeeded."""
        ...

    async def refund_by(self, refund_id: str) -> Refund:
        """What is true of a refund now."""
        ...
