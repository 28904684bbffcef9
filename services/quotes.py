"""Quotes: what one more year of a contract would cost if nothing changes, asked ahead so that renewing is one look and one tap (D12).

The insurer prices a quote as it prices an application, and owes nothing by it. A contract has one row, the newest word about it; what has
run out, or was asked for other drivers or another term, is no quote any more. The check before the payment stays (D8): a quote only
says what to agree to.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from services.clock import MOSCOW
from services.db.pipe import Parcel
from services.db.statement import Command, Query, as_it_comes
from services.db.tables import quote
from services.db.unit import Unit
from services.model import Policy
from services.money import kopecks, roubles
from services.policies import Policies
from services.prolongation.rules import AdmittedDriver, Entered, carried, of_wire, start_of, to_wire, window_of
from services.reminders.wakes import look_again
from services.sessions import Sessions
from services.vault import Vault

PREFIX = "К-"
LIVES = 24 * 3600
"""Seconds a question about a price is worth an answer."""


class State(StrEnum):
    """Where a quote stands. `ASKED`: on its way; `REFUSED`: the insurer names no price before an application."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Quote:
    """The price (roubles) of the term `starts`–`ends` for `entered`; it holds until `valid_until`. All days are inside."""

    policy_core_id: str
    price: Decimal
    entered: Entered
    starts: date
    ends: date
    valid_until: date

    @property
    def drivers(self) -> tuple[AdmittedDriver, ...]:
        """Who may drive; nobody named: anybody may."""
        return self.entered.drivers


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    revision: int
    state: str
    asked_on: date
    closes: date
    starts: date
    ends: date
    terms_sealed: bytes
    price: int | None
    valid_until: date | None


_T = quote.c
_WANTED = ("state", "asked_on", "closes", "starts", "ends", "terms_sealed", "watched")
ONE = Query(
    select(
        *(_T.id, _T.revision, _T.state, _T.asked_on, _T.closes, _T.starts, _T.ends),
        *(_T.terms_sealed, _T.price, _T.valid_until),
    ).where(_T.client_id == bindparam("client"), _T.policy_core_id == bindparam("policy")),
    _Row,
)


def _ask(insert: Any) -> Any:
    """A new row, or the next revision of the one whose revision is `known`."""
    given = {name: bindparam(name, type_=_T[name].type) for name in ("client_id", "policy_core_id", *_WANTED)}
    statement = insert(quote).values(**given)
    return statement.on_conflict_do_update(
        index_elements=["client_id", "policy_core_id"],
        set_={name: statement.excluded[name] for name in _WANTED}
        | {"revision": _T.revision + 1, "price": None, "valid_until": None},
        where=_T.revision == bindparam("known"),
    ).returning(_T.id, _T.revision)


ASK = Query(_ask(sqlite.insert), as_it_comes, postgres=_ask(postgresql.insert))
WATCH = Command(
    update(quote)
    .where(
        _T.client_id == bindparam("client"),
        _T.policy_core_id == bindparam("policy"),
        _T.state == State.ASKED,
    )
    .values(watched=True)
)
HEARD = Query(
    update(quote)
    .where(
        _T.id == bindparam("row"),
        _T.revision == bindparam("known"),
        _T.client_id == bindparam("client"),
        _T.state == State.ASKED,
    )
    .values(
        state=bindparam("state"),
        price=bindparam("price"),
        valid_until=bindparam("until", type_=_T.valid_until.type),
    )
    .returning(_T.watched),
    bool,
)


class Quotes:
    """Whoever may prolong a contract may ask; the answer comes in the client's own lane."""

    def __init__(self, vault: Vault, policies: Policies, sessions: Sessions) -> None:
        self._vault, self._policies, self._sessions = vault, policies, sessions

    async def of(self, unit: Unit, client_id: str, policy_core_id: str, today: date) -> Quote | None:
        """The quote that an application of `today` may rely on: of the contract as it is now."""
        row = await ONE.first(unit, client=client_id, policy=policy_core_id)
        if row is None or not _holds(row, today) or row.price is None or row.valid_until is None:
            return None
        entered = of_wire(self._terms(policy_core_id, row), (row.starts, row.ends))
        policy = await self._policies.numbered(unit, policy_core_id)
        if policy is None or carried(policy) != entered:
            return None
        return Quote(policy_core_id, roubles(row.price), entered, row.starts, row.ends, row.valid_until)

    async def awaited(self, unit: Unit, client_id: str, policy_core_id: str) -> bool:
        """Is a question on its way?"""
        row = await ONE.first(unit, client=client_id, policy=policy_core_id)
        return row is not None and row.state == State.ASKED

    async def watch(self, unit: Unit, client_id: str, policy_core_id: str) -> None:
        """The chats of the client are told of the answer, if one is on its way."""
        await WATCH.run(unit, client=client_id, policy=policy_core_id)

    async def ask(
        self,
        unit: Unit,
        client_id: str,
        policy: Policy,
        day: date | None = None,
        *,
        watched: bool = False,
        reminding: bool = False,
    ) -> State | None:
        """Ask what `policy` would cost if it were prolonged unchanged on `day` (today, if none): once a day, and not while a quote holds.

        `watched`: somebody waits for the answer: their chats are told of it, and what was refused today may be asked again. `reminding`:
        a reminder does, and the client is looked at when it is there. Returns where the quote stands; None: this contract has none.
        """
        today = unit.now.astimezone(MOSCOW).date()
        day = day or today
        if policy.product != "osago" or policy.client_id != client_id or day > policy.ends:
            return None
        window = window_of(policy, day)
        term = (window.starts, window.ends)
        terms = to_wire(carried(policy), term)
        row = await ONE.first(unit, client=client_id, policy=policy.core_id)
        if row and row.starts == window.starts and self._terms(policy.core_id, row) == terms:
            if row.state == State.ASKED and watched:
                await self.watch(unit, client_id, policy.core_id)
            fresh = row.asked_on == today and row.state != State.GIVEN
            if _holds(row, day) or (fresh and not (watched and row.state == State.REFUSED)):
                return State(row.state)
        asked = await ASK.first(
            unit,
            known=row.revision if row else 0,
            client_id=client_id,
            policy_core_id=policy.core_id,
            state=State.ASKED,
            asked_on=today,
            closes=policy.ends,
            starts=window.starts,
            ends=window.ends,
            terms_sealed=self._vault.seal("quote.terms", policy.core_id, json.dumps(terms, ensure_ascii=False)),
            watched=watched,
        )
        if asked:
            self._send(unit, policy, asked[0], asked[1], term, terms, reminding=reminding)
        return State.ASKED  # if somebody was quicker, it is on its way by their hand

    def _send(
        self,
        unit: Unit,
        policy: Policy,
        row: int,
        revision: int,
        term: tuple[date, date],
        terms: dict[str, Any],
        *,
        reminding: bool,
    ) -> None:
        context = {"quote": row, "revision": revision, "client": policy.client_id, "policy": policy.id}
        context |= {"reminding": True} if reminding else {}
        body = {
            "customerId": policy.client_id,
            "policyId": policy.core_id,
            "revision": revision,
            "termStartDate": term[0].isoformat(),
            "termEndDate": term[1].isoformat(),
            **terms,
            "askedAt": unit.now.isoformat(),
        }
        unit.send(
            Parcel(
                f"quote:{row}:{revision}",
                "core",
                {
                    "op": "quote",
                    "number": f"{PREFIX}{row:06d}",
                    "body": body,
                    "answer": "quote.answered",
                    "context": context,
                    "on_dead": {"type": "quote.undelivered", **context},
                },
                lane=f"client:{policy.client_id}",
                lives=LIVES,
            )
        )

    async def answered(self, unit: Unit, facts: dict[str, Any]) -> None:
        """The insurer has named a price; or says that there is none before the check."""
        word = facts["resource"]
        if not word["price"]:
            await self._heard(unit, facts, State.REFUSED, None, None)
            return
        price, until = Decimal(word["price"]["amount"]), date.fromisoformat(word["validUntil"])
        await self._heard(unit, facts, State.GIVEN, kopecks(price), until)

    async def undelivered(self, unit: Unit, facts: dict[str, Any]) -> None:
        """The insurer does not understand the question, or could not be reached for a day."""
        await self._heard(unit, facts, State.REFUSED, None, None)

    async def _heard(
        self, unit: Unit, facts: dict[str, Any], state: State, price: int | None, until: date | None
    ) -> None:
        """A word about an older revision changes nothing. Whoever is looked at now has been waiting for it."""
        row, revision, client = facts["quote"], facts["revision"], facts["client"]
        watched = await HEARD.first(unit, row=row, known=revision, client=client, state=state, price=price, until=until)
        if facts.get("reminding") and watched is not None:
            look_again(unit, client)
        if watched:
            once = f"quote:{row}:{revision}"
            await self._sessions.tell(unit, client, "quote.news", once, 0, policy=facts["policy"])

    def _terms(self, policy_core_id: str, row: _Row) -> dict[str, Any]:
        terms: dict[str, Any] = json.loads(self._vault.open("quote.terms", policy_core_id, row.terms_sealed))
        return terms


def _holds(row: _Row, day: date) -> bool:
    """May an application of `day` rely on it? Its term must be the one that an application of that day would have (D6)."""
    lasts = row.valid_until is not None and day <= row.valid_until
    return row.state == State.GIVEN and lasts and day <= row.closes and row.starts == start_of(row.closes, day)
