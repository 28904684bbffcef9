"""The client's contracts: the list, the card, and the core's newest word on each (C1, C2, L1)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, select

from services.db.statement import Query, as_it_comes, upsert
from services.db.tables import policy
from services.db.unit import Unit
from services.errors import NotFound
from services.formats import policy_number
from services.model import Actor, Coverage, Driver, Instalment, Name, Policy, PolicyLine, Standing, Term
from services.vault import Vault

PAGE = 5
MOST = 500
"""A client's contracts that a list can show; a fleet of more is served by the office until it has a view of its own."""

GROUPS: dict[str, tuple[Standing, ...]] = {
    "all": tuple(Standing),
    "current": (Standing.ACTIVE, Standing.FUTURE),
    "unpaid": (Standing.UNPAID,),
    "past": (Standing.ENDED, Standing.TERMINATED),
}
"""The filters of the list."""

ORDER = {Standing.ACTIVE: 0, Standing.UNPAID: 1, Standing.FUTURE: 2, Standing.ENDED: 3, Standing.TERMINATED: 4}


@dataclass(frozen=True, slots=True)
class _Row(Term):
    core_id: str
    line_sealed: bytes


STORE = upsert(policy, key=["core_id"], newer=True)
OF_CLIENT = Query(
    select(
        policy.c.id,
        policy.c.product,
        policy.c.status,
        policy.c.starts,
        policy.c.ends,
        policy.c.part_paid,
        policy.c.core_id,
        policy.c.line_sealed,
    )
    .where(policy.c.client_id == bindparam("client"))
    .order_by(policy.c.ends.desc(), policy.c.id)
    .limit(MOST),
    _Row,
)
COUNT = Query(select(func.count()).select_from(policy).where(policy.c.client_id == bindparam("client")), int)
ONE = Query(
    select(policy.c.id, policy.c.core_id, policy.c.card_sealed).where(
        policy.c.client_id == bindparam("client"), policy.c.id == bindparam("policy")
    ),
    as_it_comes,
)
LATELY = Query(
    select(policy.c.id, policy.c.core_id, policy.c.card_sealed)
    .where(policy.c.client_id == bindparam("client"), policy.c.ends >= bindparam("since", type_=policy.c.ends.type))
    .order_by(policy.c.id)
    .limit(MOST),
    as_it_comes,
)
BY_ROW = Query(
    select(policy.c.id, policy.c.core_id, policy.c.card_sealed).where(policy.c.id == bindparam("policy")), as_it_comes
)
BY_CORE_ID = Query(
    select(policy.c.id, policy.c.client_id, policy.c.core_id, policy.c.card_sealed).where(
        policy.c.core_id == bindparam("core_id")
    ),
    as_it_comes,
)


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """A page of the list. `counts` says how many each filter would show; `pages` is at least 1."""

    lines: list[PolicyLine]
    group: str
    page: int
    pages: int
    counts: dict[str, int]


class Policies:
    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def page(
        self, unit: Unit, actor: Actor, today: date, group: str, page: int, first: Collection[str] = ()
    ) -> PolicyPage:
        """Active first, then unpaid, starting later, ended; within each the one that ends first leads. Five a page (C1).

        `first` are products that come before the others of the same standing.

        Only what is on the page is opened.
        """
        everything = await OF_CLIENT.all(unit, client=actor.client_id)
        standing = {row.id: row.standing(today) for row in everything}
        totals = Counter(standing.values())
        counts = {name: sum(totals[s] for s in members) for name, members in GROUPS.items()}
        group = group if counts.get(group) else "all"
        rows = sorted(
            (row for row in everything if standing[row.id] in GROUPS[group]),
            key=lambda row: (ORDER[standing[row.id]], row.product not in first, row.ends, row.id),
        )
        pages = max(1, -(-len(rows) // PAGE))
        page = min(max(page, 0), pages - 1)
        lines = [self._line(row) for row in rows[page * PAGE : (page + 1) * PAGE]]
        return PolicyPage(lines, group, page, pages, counts)

    async def count(self, unit: Unit, actor: Actor) -> int:
        """How many contracts the list would show."""
        return min(await COUNT.first(unit, client=actor.client_id) or 0, MOST)

    async def card(self, unit: Unit, actor: Actor, policy_id: int) -> Policy:
        """One contract of the actor's own. Raises NotFound."""
        row = await ONE.first(unit, client=actor.client_id, policy=policy_id) if actor.client_id else None
        if row is None:
            raise NotFound
        policy_id, core_id, sealed = row
        return read_policy(policy_id, json.loads(self._vault.open("policy.card", core_id, sealed)))

    async def by_core_id(self, unit: Unit, actor: Actor, core_id: str) -> Policy:
        """The same by the insurer's own id. Raises NotFound."""
        row = await BY_CORE_ID.first(unit, core_id=core_id)
        if row is None or actor.client_id is None or row[1] != actor.client_id:
            raise NotFound
        return read_policy(row[0], json.loads(self._vault.open("policy.card", core_id, row[3])))

    async def numbered(self, unit: Unit, core_id: str) -> Policy | None:
        """A contract by the insurer's own id; for events, never for a person."""
        row = await BY_CORE_ID.first(unit, core_id=core_id)
        return read_policy(row[0], json.loads(self._vault.open("policy.card", core_id, row[3]))) if row else None

    async def by_row(self, unit: Unit, policy_id: int) -> Policy | None:
        """A contract by our row; for events, never for a person."""
        row = await BY_ROW.first(unit, policy=policy_id)
        return read_policy(row[0], json.loads(self._vault.open("policy.card", row[1], row[2]))) if row else None

    async def lately(self, unit: Unit, client_id: str, since: date) -> list[Policy]:
        """The client's contracts that end on `since` or later; for events, never for a person."""
        rows = await LATELY.all(unit, client=client_id, since=since)
        return [
            read_policy(row, json.loads(self._vault.open("policy.card", core, sealed))) for row, core, sealed in rows
        ]

    async def apply(self, unit: Unit, resource: dict[str, Any]) -> bool:
        """Take in the core's newest word on a contract; a lower or equal version changes nothing: False."""
        core_id = str(resource["policyId"])
        return (
            await STORE.run(
                unit,
                core_id=core_id,
                client_id=str(resource["customerId"]),
                version=int(resource["version"]),
                number_index=self._vault.index("policy:v1", canonical_number(resource)),
                line_sealed=self._seal("line", core_id, _line(resource)),
                card_sealed=self._seal("card", core_id, resource),
                **_term(resource),
            )
            > 0
        )

    def _seal(self, field: str, core_id: str, value: dict[str, Any]) -> bytes:
        return self._vault.seal(f"policy.{field}", core_id, json.dumps(value, ensure_ascii=False))

    def _line(self, row: _Row) -> PolicyLine:
        shown = json.loads(self._vault.open("policy.line", row.core_id, row.line_sealed))
        return PolicyLine(row.id, row.product, row.status, row.starts, row.ends, row.part_paid, **shown)


def canonical_number(resource: dict[str, Any]) -> str:
    """Series and number as one word, the way a typed number is looked up."""
    written = f"{resource.get('series') or ''}{resource['number']}"
    return policy_number(written) or written


def _term(raw: dict[str, Any]) -> dict[str, Any]:
    """The fields of `Term` but its id."""
    premium = raw["premium"]
    return {
        "product": raw["product"],
        "status": raw["status"],
        "starts": date.fromisoformat(raw["termStartDate"]),
        "ends": date.fromisoformat(raw["termEndDate"]),
        "part_paid": bool(premium["paid"] or any(payment["paid"] for payment in premium.get("payments") or ())),
    }


def _line(raw: dict[str, Any]) -> dict[str, Any]:
    """The fields that `PolicyLine` adds."""
    thing = (raw.get("insuredObjects") or [{}])[0]
    return {
        "number": f"{raw.get('series') or ''} {raw['number']}".strip(),
        "object": thing.get("identification") or "",
        "object_kind": thing.get("type") or "",
        "plate": thing.get("plate") or "",
    }


def read_policy(policy_id: int, raw: dict[str, Any]) -> Policy:
    """The core's JSON (`docs/core-gateway.openapi.yaml`, Policy) as a value. Unknown fields are ignored."""
    thing = (raw.get("insuredObjects") or [{}])[0]
    return Policy(
        id=policy_id,
        **_term(raw),
        **_line(raw),
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
