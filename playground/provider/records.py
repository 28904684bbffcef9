"""A payment and a refund as they are kept, and as the provider's answers and notifications show them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from playground.core.courier import utc

SHOP, GATEWAY = "100500", "100700"
OPEN = ("pending", "waiting_for_capture")
STATUSES = (*OPEN, "succeeded", "canceled")
REFUND_STATUSES = ("pending", "succeeded", "canceled")
FEE = Decimal("0.028")
"""What the provider keeps of a payment, for `income_amount`."""

REASONS = {
    "3d_secure_failed": "payment_network",
    "call_issuer": "payment_network",
    "canceled_by_merchant": "merchant",
    "card_expired": "payment_network",
    "country_forbidden": "yoo_money",
    "deal_expired": "yoo_money",
    "expired_on_capture": "yoo_money",
    "expired_on_confirmation": "yoo_money",
    "fraud_suspected": "yoo_money",
    "general_decline": "payment_network",
    "identification_required": "yoo_money",
    "insufficient_funds": "payment_network",
    "internal_timeout": "yoo_money",
    "invalid_card_number": "payment_network",
    "invalid_csc": "payment_network",
    "issuer_unavailable": "payment_network",
    "payment_method_limit_exceeded": "yoo_money",
    "payment_method_restricted": "payment_network",
    "permission_revoked": "yoo_money",
    "unsupported_mobile_operator": "yoo_money",
}
"""Why a payment is cancelled, and whose word that is (`cancellation_details`)."""

REFUND_REASONS = {
    "general_decline": "yoo_money",
    "insufficient_funds": "merchant",
    "payment_basket_id_not_found": "yoo_money",
    "rejected_by_payee": "payment_network",
    "yoo_money_account_closed": "yoo_money",
}
"""The same for a refund."""

_EPOCH = 946_684_800  # their numbers count seconds from the year 2000
_PAYMENT, _REFUND = "000f-5000-8000", "0016-5000-b000"


@dataclass(frozen=True, slots=True)
class Payment:
    """Moments are seconds of the world's clock, sums are roubles as text.

    `until` is when the payer's link ends, later when the hold does; `happened` holds every notification as it was first
    written (`{"event", "object"}`); `reason` is one of `REASONS`.
    """

    id: str
    amount: str
    created: float
    until: float
    captures: bool
    link: str
    confirmation: str = "redirect"
    return_url: str | None = None
    status: str = "pending"
    chosen: str | None = None
    description: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    customer: str | None = None
    receipt: bool = False
    method: dict[str, Any] | None = None
    captured: float | None = None
    refunded: str = "0.00"
    reason: str | None = None
    happened: list[dict[str, Any]] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Neither paid nor cancelled yet."""
        return self.status in OPEN

    @property
    def rest(self) -> Decimal:
        """What has not been given back."""
        return Decimal(self.amount) - Decimal(self.refunded)

    def wire(self) -> dict[str, Any]:
        """The provider's JSON."""
        paid = self.status in ("waiting_for_capture", "succeeded")
        body: dict[str, Any] = {
            "id": self.id,
            "status": self.status,
            "amount": money(self.amount),
            "recipient": {"account_id": SHOP, "gateway_id": GATEWAY},
            "created_at": moment(self.created),
            "test": True,
            "paid": paid,
            "refundable": self.status == "succeeded" and self.rest > 0,
            "metadata": self.metadata,
        }
        if self.description is not None:
            body["description"] = self.description
        if self.customer is not None:
            body["merchant_customer_id"] = self.customer
        if self.status == "pending":
            body["confirmation"] = self._confirmation()
        if self.method is not None:
            body["payment_method"] = self.method
        elif self.chosen is not None:
            body["payment_method"] = {"type": self.chosen, "id": self.id, "saved": False}
        if self.status == "waiting_for_capture":
            body["expires_at"] = moment(self.until)
        if paid:
            body["authorization_details"] = {
                "rrn": str(int(self.created))[-12:].zfill(12),
                "auth_code": self.id[-6:],
                "three_d_secure": {"applied": False},
            }
        if self.status == "succeeded":
            kept = (Decimal(self.amount) * FEE).quantize(Decimal("0.01"))
            body["captured_at"] = moment(self.captured or self.created)
            body["income_amount"] = money(str(Decimal(self.amount) - kept))
            body["refunded_amount"] = money(self.refunded)
        if self.reason is not None:
            body["cancellation_details"] = {"party": REASONS[self.reason], "reason": self.reason}
        if self.receipt and self.status in ("succeeded", "canceled"):
            body["receipt_registration"] = self.status
        return body

    def _confirmation(self) -> dict[str, Any]:
        body: dict[str, Any] = {"type": self.confirmation}
        match self.confirmation:
            case "redirect" | "mobile_application":
                body |= {"return_url": self.return_url, "confirmation_url": self.link}
            case "embedded":
                body["confirmation_token"] = f"ct-{self.id}"
            case "qr":
                body["confirmation_data"] = self.link
        return body


@dataclass(frozen=True, slots=True)
class Refund:
    """Money on its way back, or back already. `reason` is one of `REFUND_REASONS`."""

    id: str
    payment_id: str
    amount: str
    created: float
    status: str = "pending"
    description: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    receipt: bool = False
    reason: str | None = None

    def wire(self) -> dict[str, Any]:
        """The provider's JSON."""
        body: dict[str, Any] = {
            "id": self.id,
            "payment_id": self.payment_id,
            "status": self.status,
            "created_at": moment(self.created),
            "amount": money(self.amount),
        }
        if self.description is not None:
            body["description"] = self.description
        if self.metadata:
            body["metadata"] = self.metadata
        if self.receipt:
            body["receipt_registration"] = self.status
        if self.reason is not None:
            body["cancellation_details"] = {"party": REFUND_REASONS[self.reason], "reason": self.reason}
        return body


def money(value: str) -> dict[str, str]:
    """An amount of roubles."""
    return {"value": value, "currency": "RUB"}


def moment(seconds: float) -> str:
    """UTC with milliseconds and a `Z`."""
    return utc(datetime.fromtimestamp(seconds, UTC))


def number(now: float, *, refund: bool = False) -> str:
    """A new id of 36 characters, shaped as the provider's: time first, then chance."""
    return f"{max(0, int(now) - _EPOCH) & 0xFFFFFFFF:08x}-{_REFUND if refund else _PAYMENT}-{secrets.token_hex(6)}"


def paid_with(kind: str, payment: str, year: int) -> dict[str, Any]:
    """`payment_method` of a paid payment: a test card, or a bank of the fast payment system."""
    body: dict[str, Any] = {"type": kind, "id": payment, "saved": False}
    if kind == "bank_card":
        card = {
            "first6": "555555",
            "last4": "4444",
            "expiry_month": "12",
            "expiry_year": str(year + 4),
            "card_type": "MasterCard",
            "issuer_country": "RU",
        }
        return body | {"title": "Bank card *4444", "card": card}
    if kind == "sbp":
        bank = {"bank_id": "100000000111", "bic": "044525225"}
        return body | {"sbp_operation_id": secrets.token_hex(16).upper(), "payer_bank_details": bank}
    return body
