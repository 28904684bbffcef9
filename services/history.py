"""What happened in the cabinet of a client, in words the client reads: who came in, what was shown, sent, filed, paid (B4).

Every use case that changes something for a client, or shows it, records it here in its own step: `record`. The number people see and the
facts are sealed; kind, moment and account are what pages are found by. Rows are never edited, and are kept for `KEEP`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, delete, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from services.db.statement import Command, Query, among, as_it_comes
from services.db.tables import deed
from services.db.unit import Unit
from services.model import Actor
from services.vault import Vault

KEEP = timedelta(days=3 * 365)
"""The general term of limitation (Civil Code art. 196): for as long somebody may have to show who did what."""


class Group(StrEnum):
    """What a person looks for."""

    ENTRIES = "entries"
    DOCUMENTS = "documents"
    MONEY = "money"
    CLAIMS = "claims"
    REQUESTS = "requests"
    REMINDERS = "reminders"


class Deed(StrEnum):
    """What can happen. `docs/glossary.md` knows the word; the texts `deed-<kind>` say each to the client."""

    LOGIN = "login"  # an account was bound
    UNLOCK = "unlock"  # a code opened the cabinet again
    LOGOUT = "logout"
    ENDED = "ended"  # a session, not by its own account; facts: why
    REFUSED = "refused"  # codes or facts were wrong too often; facts: what
    SHOWN = "shown"  # personal data in full
    LOOKED = "looked"  # staff looked at personal data in full; facts: name, post
    CONSENTED = "consented"  # facts: purpose
    WITHDREW = "withdrew"  # a consent; facts: purpose
    SETTINGS = "settings"  # facts: what
    PAPER_SENT = "paper-sent"  # into the chat; facts: title
    PAPER_MAILED = "paper-mailed"  # facts: title
    CHECKED = "checked"  # an application went to the insurer's check
    AGREED = "agreed"  # the insurer named its price
    PAID = "paid"  # an application; facts: amount in kopecks
    ISSUED = "issued"  # a new policy
    CANCELLED = "cancelled"  # an application; facts: why
    INSTALMENT = "instalment"  # paid; facts: amount in kopecks
    DEDUCTIBLE = "deductible"  # paid; facts: amount in kopecks
    CLAIM_FILED = "claim-filed"
    CLAIM_PAPERS = "claim-papers"  # sent to a claim; facts: count
    REQUEST_FILED = "request-filed"
    REQUEST_CANCELLED = "request-cancelled"
    AGENT_CALLED = "agent-called"
    AGENT_MOVED = "agent-moved"
    AGENT_CANCELLED = "agent-cancelled"
    ASKED = "asked"  # a question
    ANSWERED = "answered"  # a question
    TALK_BEGUN = "talk-begun"
    TALK_CLOSED = "talk-closed"  # facts: by
    TALK_RATED = "talk-rated"  # facts: stars
    REMINDED = "reminded"  # facts: what


GROUPS: dict[Group, tuple[Deed, ...]] = {
    Group.ENTRIES: (
        Deed.LOGIN,
        Deed.UNLOCK,
        Deed.LOGOUT,
        Deed.ENDED,
        Deed.REFUSED,
        Deed.SHOWN,
        Deed.LOOKED,
        Deed.CONSENTED,
        Deed.WITHDREW,
        Deed.SETTINGS,
    ),
    Group.DOCUMENTS: (Deed.PAPER_SENT, Deed.PAPER_MAILED),
    Group.MONEY: (
        Deed.CHECKED,
        Deed.AGREED,
        Deed.PAID,
        Deed.ISSUED,
        Deed.CANCELLED,
        Deed.INSTALMENT,
        Deed.DEDUCTIBLE,
    ),
    Group.CLAIMS: (Deed.CLAIM_FILED, Deed.CLAIM_PAPERS),
    Group.REQUESTS: (
        Deed.REQUEST_FILED,
        Deed.REQUEST_CANCELLED,
        Deed.AGENT_CALLED,
        Deed.AGENT_MOVED,
        Deed.AGENT_CANCELLED,
        Deed.ASKED,
        Deed.ANSWERED,
        Deed.TALK_BEGUN,
        Deed.TALK_CLOSED,
        Deed.TALK_RATED,
    ),
    Group.REMINDERS: (Deed.REMINDED,),
}
"""Every kind is in one group."""
GROUP_OF = {kind: group for group, kinds in GROUPS.items() for kind in kinds}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `subject` is a number as people see it, maybe empty; `account_id` is None for what no client did."""

    id: int
    at: datetime
    deed: Deed
    account_id: int | None
    subject: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place between entries, by the entry beside it."""

    at: datetime
    id: int


NEWEST = Cursor(datetime(9999, 1, 1, tzinfo=UTC), 0)
"""Before the newest entry there will ever be."""
EVER = datetime(1970, 1, 1, tzinfo=UTC)

_AT = deed.c.at.type


def _new(dialect: type[sqlite.Insert] | type[postgresql.Insert]) -> sqlite.Insert | postgresql.Insert:
    names = ("client_id", "account_id", "kind", "told_sealed", "once", "at")
    values = {name: bindparam(name, type_=deed.c[name].type) for name in names}
    return dialect(deed).values(values).on_conflict_do_nothing()


def _page(group: Group | None, *, older: bool) -> Query[tuple[Any, ...]]:
    """Rows beside a cursor, the nearest first: one walk along the index `ix_deed_page`."""
    place = tuple_(deed.c.at, deed.c.id)
    cursor = tuple_(bindparam("near", type_=_AT), bindparam("row", type_=deed.c.id.type))
    order = (deed.c.at.desc(), deed.c.id.desc()) if older else (deed.c.at, deed.c.id)
    statement = (
        select(deed.c.id, deed.c.at, deed.c.kind, deed.c.account_id, deed.c.told_sealed, deed.c.once)
        .where(
            deed.c.client_id == bindparam("client"),
            deed.c.at >= bindparam("since", type_=_AT),
            place < cursor if older else place > cursor,
        )
        .order_by(*order)
        .limit(bindparam("most", type_=deed.c.id.type))
    )
    return Query(statement.where(among(deed.c.kind, GROUPS[group])) if group else statement, as_it_comes)


NEW = Command(_new(sqlite.Insert), postgres=_new(postgresql.Insert))
OLDER = {group: _page(group, older=True) for group in (None, *Group)}
NEWER = {group: _page(group, older=False) for group in (None, *Group)}
PLACE = Query(
    select(deed.c.at, deed.c.id).where(deed.c.id == bindparam("row"), deed.c.client_id == bindparam("client")), Cursor
)
SWEEP = Command(delete(deed).where(deed.c.at < bindparam("before", type_=_AT)))


class History:
    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def record(
        self,
        unit: Unit,
        client_id: str | None,
        account_id: int | None,
        kind: Deed,
        subject: str = "",
        *,
        at: datetime | None = None,
        once: str = "",
        **facts: Any,
    ) -> None:
        """Something happened: once per event, kind and subject, however often the step runs. Who is no client yet has no history.

        `facts` are JSON values, without personal data: they are read out on the screen and in exports. `at`: it happened earlier than
        this step; `once` is what makes it one thing then, instead of the event.
        """
        if client_id is None:
            return
        cause = once or f"{unit.event.source}\n{unit.event.event_id}"
        key = self._vault.index("deed:v1", f"{cause}\n{client_id}\n{kind}\n{subject}")
        told = json.dumps({"subject": subject, **facts}, ensure_ascii=False) if subject or facts else ""
        await NEW.run(
            unit,
            client_id=client_id,
            account_id=account_id,
            kind=kind,
            told_sealed=self._vault.seal("deed.told", key.hex(), told) if told else None,
            once=key,
            at=at or unit.now,
        )

    async def place(self, unit: Unit, actor: Actor, entry: int) -> Cursor:
        """Where an entry of the actor's own stands; before the newest one if there is no such entry."""
        return await PLACE.first(unit, client=actor.client_id, row=entry) or NEWEST

    async def older(
        self, unit: Unit, actor: Actor, cursor: Cursor, most: int, *, group: Group | None = None, since: datetime = EVER
    ) -> list[Entry]:
        """At most so many of the actor's own entries before `cursor`, the newest first."""
        return self._open(await OLDER[group].all(unit, **_where(actor, cursor, most, since)))

    async def newer(
        self, unit: Unit, actor: Actor, cursor: Cursor, most: int, *, group: Group | None = None, since: datetime = EVER
    ) -> list[Entry]:
        """At most so many entries just after `cursor`, the newest first."""
        return self._open(await NEWER[group].all(unit, **_where(actor, cursor, most, since)))[::-1]

    async def sweep(self, unit: Unit) -> None:
        """Forget what is older than `KEEP`."""
        await SWEEP.run(unit, before=unit.now - KEEP)

    def _open(self, rows: Sequence[tuple[Any, ...]]) -> list[Entry]:
        return [self._entry(*row) for row in rows]

    def _entry(self, row: int, at: datetime, kind: str, account: int | None, told: bytes | None, once: bytes) -> Entry:
        facts = json.loads(self._vault.open("deed.told", once.hex(), told)) if told else {}
        return Entry(row, at, Deed(kind), account, facts.pop("subject", ""), facts)


def hand_of(unit: Unit) -> int | None:
    """The Telegram account in whose chat this step runs; None where no chat does it."""
    lane = unit.event.lane
    return int(lane.removeprefix("tg:")) if lane.startswith("tg:") else None


def _where(actor: Actor, cursor: Cursor, most: int, since: datetime) -> dict[str, Any]:
    return {"client": actor.client_id, "near": cursor.at, "row": cursor.id, "most": most, "since": since}
