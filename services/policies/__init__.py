"""The client's contracts: the list, the card, and the core's newest word on each (C1, C2, L1)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, select

from services.db.statement import Query, as_it_comes, upsert
from services.db.tables import policy
from services.db.unit import Unit
from services.errors import NotFound
from services.model import Actor, Policy, PolicyLine, Standing, Term
from services.policies.word import canonical_number, line_of, owed_since, read_policy, term_of
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
OWING = Query(
    select(policy.c.id, policy.c.core_id, policy.c.card_sealed)
    .where(
        policy.c.client_id == bindparam("client"),
        policy.c.owed_since <= bindparam("until", type_=policy.c.owed_since.type),
    )
    .order_by(policy.c.id)
    .limit(MOST),
    as_it_comes,
)
ROW_OF = Query(
    select(policy.c.id).where(policy.c.client_id == bindparam("client"), policy.c.core_id == bindparam("core_id")), int
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
        return self._card(*row)

    async def by_core_id(self, unit: Unit, actor: Actor, core_id: str) -> Policy:
        """The same by the insurer's own id. Raises NotFound."""
        row = await BY_CORE_ID.first(unit, core_id=core_id)
        if row is None or actor.client_id is None or row[1] != actor.client_id:
            raise NotFound
        return self._card(row[0], core_id, row[3])

    async def numbered(self, unit: Unit, core_id: str) -> Policy | None:
        """A contract by the insurer's own id; for events, never for a person."""
        row = await BY_CORE_ID.first(unit, core_id=core_id)
        return self._card(row[0], core_id, row[3]) if row else None

    async def by_row(self, unit: Unit, policy_id: int) -> Policy | None:
        """A contract by our row; for events, never for a person."""
        row = await BY_ROW.first(unit, policy=policy_id)
        return self._card(*row) if row else None

    async def lately(self, unit: Unit, client_id: str, since: date) -> list[Policy]:
        """The client's contracts that end on `since` or later; for events, never for a person."""
        return [self._card(*row) for row in await LATELY.all(unit, client=client_id, since=since)]

    async def owing(self, unit: Unit, client_id: str, until: date) -> list[Policy]:
        """The client's contracts with an unpaid instalment due on `until` or earlier, no others are opened; for events."""
        return [self._card(*row) for row in await OWING.all(unit, client=client_id, until=until)]

    async def row_of(self, unit: Unit, client_id: str, core_id: str) -> int:
        """Our row of the client's contract with the insurer's id, 0 if there is none."""
        return await ROW_OF.first(unit, client=client_id, core_id=core_id) or 0

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
                line_sealed=self._seal("line", core_id, line_of(resource)),
                card_sealed=self._seal("card", core_id, resource),
                owed_since=owed_since(resource),
                **term_of(resource),
            )
            > 0
        )

    def _card(self, row: int, core_id: str, sealed: bytes) -> Policy:
        return read_policy(row, json.loads(self._vault.open("policy.card", core_id, sealed)))

    def _seal(self, field: str, core_id: str, value: dict[str, Any]) -> bytes:
        return self._vault.seal(f"policy.{field}", core_id, json.dumps(value, ensure_ascii=False))

    def _line(self, row: _Row) -> PolicyLine:
        shown = json.loads(self._vault.open("policy.line", row.core_id, row.line_sealed))
        return PolicyLine(row.id, row.product, row.status, row.starts, row.ends, row.part_paid, **shown)
