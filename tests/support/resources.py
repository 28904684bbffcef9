"""What the insurer's core sends, made by hand: small, whole, and easy to change."""

from __future__ import annotations

from typing import Any

ROUBLES = {"amount": "12345.67", "unit": "RUB"}


def customer(client_id: str = "cus-x", version: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "customerId": client_id,
        "version": version,
        "name": {"last": "Пробный", "first": "Пётр", "middle": "Петрович"},
        "sex": "male",
        "birthDate": "1990-03-15",
        "phone": "+79070009999",
        "phoneStatus": "confirmed",
        "email": "p@pochta.example",
        "language": "ru",
    } | more


def policy(policy_id: str = "pol-x", version: int = 1, client_id: str = "cus-x", **more: Any) -> dict[str, Any]:
    return {
        "policyId": policy_id,
        "version": version,
        "customerId": client_id,
        "product": "osago",
        "series": "ХХХ",
        "number": "0166171796",
        "formNumber": None,
        "status": "active",
        "issuanceDate": "2026-01-10",
        "termStartDate": "2026-01-15",
        "termEndDate": "2027-01-14",
        "premium": {"amount": ROUBLES, "paid": True, "payments": []},
        "insuredObjects": [{"type": "vehicle", "identification": "Kia Rio, 2019", "plate": "А123ВС777"}],
        "coverages": [],
        "drivers": [],
        "unlimitedDrivers": True,
        "usagePeriods": [],
        "insured": {"name": {"last": "Пробный", "first": "Пётр", "middle": None}},
        "owner": None,
    } | more


def document(document_id: str = "doc-x", version: int = 1, client_id: str = "cus-x", **more: Any) -> dict[str, Any]:
    return {
        "documentId": document_id,
        "version": version,
        "customerId": client_id,
        "policyId": "pol-x",
        "kind": "policy",
        "title": "Полис ОСАГО",
        "mimeType": "application/pdf",
        "size": 1000,
        "sha256": "0" * 64,
        "issuedAt": "2026-01-10T09:00:00Z",
    } | more
