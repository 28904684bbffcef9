"""The bodies and queries the provider takes, with the limits it refuses beyond."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Literal, TypeVar

from pydantic import Field, ValidationError, model_validator

from playground.provider.receipt import Receipt
from playground.provider.refused import invalid, of_schema
from playground.provider.schema import Amount, Description, Metadata, Part, no

R = TypeVar("R", bound=Part)

METHODS = Literal[
    "alfa_pay",
    "b2b_sberbank",
    "bank_card",
    "cash",
    "electronic_certificate",
    "mobile_balance",
    "sber_bnpl",
    "sber_loan",
    "sberbank",
    "sbp",
    "tinkoff_bank",
    "yoo_money",
]
SBP_FLOOR, SBP_CEILING = Decimal("1.00"), Decimal("700000.00")
_PAGE, _LARGEST_PAGE = 10, 100
_SOURCES = ("payment_method_data", "payment_method_id", "payment_token")
_BOUNDS = ("gte", "gt", "lte", "lt")


class Confirmation(Part):
    """How the payer confirms; `redirect` is a page of the provider's."""

    type: Literal["redirect", "embedded", "qr", "external", "mobile_application"]
    return_url: str | None = Field(default=None, max_length=2048, pattern=r"^[a-zA-Z][a-zA-Z0-9+.-]*://\S+$")

    @model_validator(mode="after")
    def _knows_the_way_back(self) -> Confirmation:
        if self.type in ("redirect", "mobile_application") and self.return_url is None:
            raise no("Return url is missing", "confirmation.return_url")
        return self


class MethodData(Part):
    """What the payer pays with, when the shop has chosen it already."""

    type: METHODS


class NewPayment(Part):
    """`POST /payments`."""

    amount: Amount
    capture: bool = False
    confirmation: Confirmation
    payment_method_data: MethodData | None = None
    payment_method_id: str | None = None
    payment_token: str | None = None
    save_payment_method: bool | None = None
    description: Description | None = None
    metadata: Metadata = Field(default_factory=dict)
    merchant_customer_id: str | None = Field(default=None, max_length=200)
    receipt: Receipt | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> NewPayment:
        given = [name for name in _SOURCES if getattr(self, name) is not None]
        if len(given) > 1:
            raise no(f"Request should contain only one of: {', '.join(_SOURCES)}", given[1])
        if self.payment_method_id is not None:
            raise no("Payment method is not found", "payment_method_id")
        if self.payment_token is not None:
            raise no("Badly encoded payment token", "payment_token")
        if self.receipt is not None:
            self.receipt.require_sum(self.amount.decimal)
        if self.payment_method_data is not None and self.payment_method_data.type == "sbp":
            self._fits_sbp()
        return self

    def _fits_sbp(self) -> None:
        if not SBP_FLOOR <= self.amount.decimal <= SBP_CEILING:
            raise no("Payment amount is illegal", "amount.value")
        if not self.capture:
            raise no("Two-stage payment is not supported for payment method type: sbp", "capture")
        if self.confirmation.type not in ("redirect", "qr"):
            raise no("Confirmation type must be: redirect", "confirmation.type")


class Capture(Part):
    """`POST /payments/{id}/capture`; no amount takes the whole."""

    amount: Amount | None = None
    receipt: Receipt | None = None


class NewRefund(Part):
    """`POST /refunds`."""

    payment_id: str = Field(min_length=36, max_length=36)
    amount: Amount
    description: str | None = Field(default=None, max_length=250)
    metadata: Metadata = Field(default_factory=dict)
    receipt: Receipt | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> NewRefund:
        if self.receipt is not None:
            self.receipt.require_sum(self.amount.decimal)
        return self


def read(kind: type[R], body: Any) -> R:
    """The body as its schema. Raises Refused with the parameter at fault."""
    if not isinstance(body, dict):
        raise invalid(None, "Failed to parse request body")
    try:
        return kind.model_validate_json(json.dumps(body))  # JSON's own types: an amount is never a Python float
    except ValidationError as error:
        raise of_schema(error) from error


class Query:
    """The query of a list: `status`, `limit`, `cursor`, and bounds of moments as `created_at.gte`."""

    def __init__(self, query: Mapping[str, str], statuses: tuple[str, ...], moments: tuple[str, ...]) -> None:
        limit = query.get("limit", str(_PAGE))
        if not re.fullmatch(r"\d{1,3}", limit) or not 1 <= int(limit) <= _LARGEST_PAGE:
            raise invalid("limit")
        self.limit = int(limit)
        self.status = query.get("status")
        if self.status is not None and self.status not in statuses:
            raise invalid("status")
        self.cursor = query.get("cursor")
        self.payment_id = query.get("payment_id")
        self.payment_method = query.get("payment_method")
        self._bounds = [
            (name, bound, _moment(f"{name}.{bound}", query[f"{name}.{bound}"]))
            for name in moments
            for bound in _BOUNDS
            if f"{name}.{bound}" in query
        ]

    def takes(self, wire: Mapping[str, Any]) -> bool:
        """Does this payment or refund belong to the list?"""
        method = (wire.get("payment_method") or {}).get("type")
        return (
            self.status in (None, wire["status"])
            and self.payment_id in (None, wire.get("payment_id"))
            and self.payment_method in (None, method)
            and all(_within(wire.get(name), bound, limit) for name, bound, limit in self._bounds)
        )


def _moment(name: str, text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))  # a plus that nobody escaped
    except ValueError as error:
        raise invalid(name) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _within(text: str | None, bound: str, limit: datetime) -> bool:
    if text is None:
        return False
    moment = datetime.fromisoformat(text)
    return {"gte": moment >= limit, "gt": moment > limit, "lte": moment <= limit, "lt": moment < limit}[bound]
