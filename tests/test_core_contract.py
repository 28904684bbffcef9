"""What the cabinet reads of the insurer's resources is what `docs/core-gateway.openapi.yaml` describes, and it is understood."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from services.claims.values import Said
from services.policies.word import read_policy

SCHEMAS: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[1] / "docs" / "core-gateway.openapi.yaml").read_text(encoding="utf-8")
)["components"]["schemas"]


class Described(dict[str, Any]):
    """An object that minds its schema: whoever reads a member that is not described fails."""

    def __init__(self, members: dict[str, Any], schema: dict[str, Any]) -> None:
        self.known = schema["properties"]
        super().__init__({name: minded(value, self.known[name]) for name, value in members.items()})

    def __getitem__(self, name: str) -> Any:
        assert name in self.known, f"{name} is not described"
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        assert name in self.known, f"{name} is not described"
        return super().get(name, default)


def minded(value: Any, schema: dict[str, Any]) -> Any:
    if "$ref" in schema:
        return minded(value, SCHEMAS[schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema and value is not None:
        return minded(value, next(it for it in schema["anyOf"] if it.get("type") != "null"))
    if isinstance(value, dict) and "properties" in schema:
        return Described(value, schema)
    return [minded(it, schema["items"]) for it in value] if isinstance(value, list) else value


def test_a_policy_is_read_as_it_is_described() -> None:
    (example,) = SCHEMAS["Policy"]["examples"]
    (driver,) = example["drivers"]
    known = example | {"diagnosticCardUntil": "2027-03-01", "drivers": [driver | {"licenceUntil": "2027-04-02"}]}
    for resource in (example, known):
        policy = read_policy(1, minded(resource, SCHEMAS["Policy"]))
        assert policy.ends == date.fromisoformat(resource["termEndDate"])
    assert (policy.card_until, policy.drivers[0].until) == (date(2027, 3, 1), date(2027, 4, 2))


def test_a_claim_is_read_as_it_is_described() -> None:
    repaired, wanting = (Said.of(minded(it, SCHEMAS["Claim"])) for it in SCHEMAS["Claim"]["examples"])
    assert repaired.deductible
    assert repaired.deductible.due == date(2026, 12, 11)
    assert (wanting.wanted_by, [it.code for it in wanting.wanted]) == (date(2026, 12, 1), ["notice-back"])
