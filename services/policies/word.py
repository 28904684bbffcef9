"""The insurer's word on a contract (`docs/core-gateway.openapi.yaml`, Policy), read: as a value, and as what is found and listed by."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from services.formats import policy_number
from services.model import Coverage, Driver, Instalment, Name, Policy


def canonical_number(resource: dict[str, Any]) -> str:
    """Series and number as one word, the way a typed number is looked up."""
    written = f"{resource.get('series') or ''}{resource['number']}"
    return policy_number(written) or written


def term_of(raw: dict[str, Any]) -> dict[str, Any]:
    """The fields of `Term` but its id."""
    premium = raw["premium"]
    return {
        "product": raw["product"],
        "status": raw["status"],
        "starts": date.fromisoformat(raw["termStartDate"]),
        "ends": date.fromisoformat(raw["termEndDate"]),
        "part_paid": bool(premium["paid"] or any(payment["paid"] for payment in premium.get("payments") or ())),
    }


def owed_since(raw: dict[str, Any]) -> date | None:
    """The day the earliest unpaid instalment is due; None if all are paid, or the contract is over: nobody waits for them any more."""
    if raw["status"] in ("expired", "terminated"):
        return None
    unpaid = (it["maturityDate"] for it in raw["premium"].get("payments") or () if not it["paid"])
    return min(map(date.fromisoformat, unpaid), default=None)


def line_of(raw: dict[str, Any]) -> dict[str, Any]:
    """The fields that `PolicyLine` adds."""
    thing = (raw.get("insuredObjects") or [{}])[0]
    return {
        "number": f"{raw.get('series') or ''} {raw['number']}".strip(),
        "object": thing.get("identification") or "",
        "object_kind": thing.get("type") or "",
        "plate": thing.get("plate") or "",
    }


def read_policy(policy_id: int, raw: dict[str, Any]) -> Policy:
    """The whole of it as a value. Unknown fields are ignored."""
    thing = (raw.get("insuredObjects") or [{}])[0]
    return Policy(
        id=policy_id,
        **term_of(raw),
        **line_of(raw),
        core_id=raw["policyId"],
        client_id=raw["customerId"],
        form=raw.get("formNumber") or "",
        issued=date.fromisoformat(raw["issuanceDate"]),
        paid=bool(raw["premium"]["paid"]),
        premium=_money(raw["premium"]["amount"]) or Decimal(0),
        payments=tuple(
            Instalment(
                number, date.fromisoformat(p["maturityDate"]), _money(p["amount"]) or Decimal(0), bool(p["paid"])
            )
            for number, p in enumerate(raw["premium"].get("payments") or (), 1)
        ),
        vin=thing.get("vin") or "",
        coverages=tuple(
            Coverage(c["name"], _money(c.get("limit")), _money(c.get("deductible")), c.get("code") or "")
            for c in raw.get("coverages") or ()
        ),
        drivers=tuple(
            Driver(
                Name.of(d["name"]),
                date.fromisoformat(d["birthDate"]),
                d["licence"],
                date.fromisoformat(d["licensedSince"]),
                d.get("sex") or "",
                bool(d.get("foreignLicence")),
                _day(d.get("licenceUntil")),
            )
            for d in raw.get("drivers") or ()
        ),
        unlimited=bool(raw.get("unlimitedDrivers")),
        usage=tuple(
            (date.fromisoformat(u["start"]), date.fromisoformat(u["end"])) for u in raw.get("usagePeriods") or ()
        ),
        insured=Name.of(raw["insured"]["name"]) if raw.get("insured") else None,
        owner=Name.of(raw["owner"]["name"]) if raw.get("owner") else None,
        compensation=raw.get("compensation") or "",
        rules=raw.get("rulesEdition") or "",
        card_until=_day(raw.get("diagnosticCardUntil")),
    )


def _day(raw: str | None) -> date | None:
    return date.fromisoformat(raw) if raw else None


def _money(raw: dict[str, Any] | None) -> Decimal | None:
    """`{"amount": "12345.67", "unit": "RUB"}`; the insurer's contracts are in roubles."""
    return Decimal(str(raw["amount"])) if raw else None
