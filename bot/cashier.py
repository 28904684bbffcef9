"""The courier's channel `provider`: calls of the payment provider, and their answers as facts for the parcel's lane.

A parcel's body is one of

    {"op": "create", "key", "reference", "amount", "description", "return_url", "email", "phone"}
    {"op": "charge", "id"}      {"op": "find", "reference", "since"}
    {"op": "refund", "key", "charge_id", "amount", "description"}      {"op": "refund_by", "id"}

with `answer`, the type of the facts, and maybe `context`, which is given back in them. Amounts are strings of roubles ("7432.18"),
times ISO 8601. The facts are the charge or the refund, field by field; `id` is None when `find` found nothing.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from services.ports.payments import Charge, PaymentProvider, Refund, Wanted


class Cashier:
    """Makes one call for a parcel. Raises ProviderTrouble or ProviderRefused."""

    def __init__(self, provider: PaymentProvider) -> None:
        self._provider = provider

    async def call(self, body: dict[str, Any]) -> dict[str, Any]:
        """The facts of the answer."""
        known = await self._ask(body)
        facts = as_facts(known) if known else {"id": None, "reference": body["reference"]}
        return {**facts, **body.get("context", {}), "type": body["answer"]}

    async def _ask(self, body: dict[str, Any]) -> Charge | Refund | None:
        provider = self._provider
        match body["op"]:
            case "create":
                said = {name: body[name] for name in ("reference", "description", "return_url", "email", "phone")}
                return await provider.create(body["key"], Wanted(amount=Decimal(body["amount"]), **said))
            case "charge":
                return await provider.charge(body["id"])
            case "find":
                return await provider.find(body["reference"], datetime.fromisoformat(body["since"]))
            case "refund":
                amount = Decimal(body["amount"])
                return await provider.refund(body["key"], body["charge_id"], amount, body["description"])
            case "refund_by":
                return await provider.refund_by(body["id"])
            case unknown:
                raise ValueError(unknown)


def as_facts(known: Charge | Refund) -> dict[str, Any]:
    """As JSON: money and times as text."""
    facts = asdict(known) | {"amount": f"{known.amount:.2f}"}
    if isinstance(known, Charge):
        facts["created_at"] = known.created_at.isoformat()
    return facts
