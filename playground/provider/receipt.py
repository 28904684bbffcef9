"""The receipt of 54-FZ as the provider checks it: lengths, tax codes, a customer to send it to, and a sum that fits."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from playground.provider.schema import Amount, Part, no

ITEMS = 80
"""The most lines of a receipt the provider itself registers."""

MODES = Literal[
    "full_prepayment",
    "partial_prepayment",
    "advance",
    "full_payment",
    "partial_payment",
    "credit",
    "credit_payment",
]
SUBJECTS = Literal[
    "commodity",
    "excise",
    "job",
    "service",
    "gambling_bet",
    "gambling_prize",
    "lottery",
    "lottery_prize",
    "intellectual_activity",
    "payment",
    "agent_commission",
    "composite",
    "another",
    "property_right",
    "non_operating_gain",
    "insurance_premium",
    "sales_tax",
    "resort_fee",
    "marked",
    "non_marked",
    "fine",
    "tax",
    "lien",
    "cost",
    "agent_withdrawals",
]
_WRONG = "Receipt is missing or illegal"


def _quantity(value: str | int | float) -> str | int | float:
    if not re.fullmatch(r"\d{1,5}(\.\d{1,6})?", str(value)) or Decimal(str(value)) <= 0:
        raise no(_WRONG)
    return value


def _phone(value: str) -> str:
    if not re.fullmatch(r"\+?[1-9]\d{9,14}", value):
        raise no("Phone format is illegal")
    return value


def _email(value: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", value):
        raise no(_WRONG)
    return value


Phone = Annotated[str, AfterValidator(_phone)]
Email = Annotated[str, AfterValidator(_email)]


class Customer(Part):
    """To whom the receipt is sent: by mail or to a phone."""

    full_name: str | None = Field(default=None, max_length=256)
    inn: str | None = Field(default=None, pattern=r"^(\d{10}|\d{12})$")
    email: Email | None = None
    phone: Phone | None = None


class Item(Part):
    """One line; `amount` is the price of one piece."""

    description: str = Field(min_length=1, max_length=128)
    quantity: Annotated[str | int | float, AfterValidator(_quantity)]
    amount: Amount
    vat_code: int | None = Field(default=None, ge=1, le=12)
    payment_mode: MODES | None = None
    payment_subject: SUBJECTS | None = None


class Receipt(Part):
    """The whole receipt. `email` and `phone` beside `customer` are the older spelling."""

    customer: Customer = Customer()
    items: list[Item] = Field(min_length=1, max_length=ITEMS)
    tax_system_code: int | None = Field(default=None, ge=1, le=6)
    email: Email | None = None
    phone: Phone | None = None

    @model_validator(mode="after")
    def _complete(self) -> Receipt:
        if not (self.customer.email or self.customer.phone or self.email or self.phone):
            raise no(_WRONG, "receipt.customer")
        if self.tax_system_code is None:
            for index, item in enumerate(self.items):
                if item.vat_code is None:
                    raise no(_WRONG, f"receipt.items[{index}].vat_code")
        return self

    def require_sum(self, amount: Decimal) -> None:
        """Raises the schema's refusal unless the lines make up `amount`."""
        total = sum((item.amount.decimal * Decimal(str(item.quantity)) for item in self.items), Decimal(0))
        if total.quantize(Decimal("0.01")) != amount:
            raise no(_WRONG, "receipt")
