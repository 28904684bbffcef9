"""Papers of a policy or a claim: which there are, who may have them, and their way to the chat or to e-mail (C3, C4)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select

from services.db.pipe import Parcel, Sent
from services.db.statement import Query, as_it_comes, upsert
from services.db.tables import document, outbox, policy
from services.db.unit import Unit
from services.errors import NotFound
from services.history import Deed, History
from services.model import Access, Actor, Document

STORE = upsert(document, key=["core_id"], newer=True)
_COLUMNS = (
    document.c.id,
    document.c.core_id,
    document.c.policy_core_id,
    document.c.kind,
    document.c.title,
    document.c.mime_type,
    document.c.size,
    document.c.issued_at,
)
OF_POLICY = Query(
    select(*_COLUMNS)
    .where(document.c.client_id == bindparam("client"), document.c.policy_core_id == bindparam("policy"))
    .order_by(document.c.kind != "policy", document.c.issued_at.desc(), document.c.id),
    Document,
)
OF_CLAIM = Query(
    select(*_COLUMNS)
    .where(document.c.client_id == bindparam("client"), document.c.claim_core_id == bindparam("claim"))
    .order_by(document.c.issued_at.desc(), document.c.id),
    Document,
)
ONE = Query(
    select(*_COLUMNS).where(document.c.client_id == bindparam("client"), document.c.id == bindparam("document")),
    Document,
)
POLICY_PAPER = Query(
    select(*_COLUMNS)
    .where(
        document.c.client_id == bindparam("client"),
        document.c.policy_core_id == bindparam("policy"),
        document.c.kind == "policy",
    )
    .order_by(document.c.issued_at.desc(), document.c.id.desc())
    .limit(1),
    Document,
)
TERM = Query(
    select(policy.c.starts, policy.c.ends, policy.c.status).where(
        policy.c.client_id == bindparam("client"), policy.c.core_id == bindparam("policy")
    ),
    as_it_comes,
)


ON_ITS_WAY = Query(
    select(outbox.c.id).where(outbox.c.dedup == bindparam("parcel"), outbox.c.state == Sent.NEW).limit(1), int
)
LATE = timedelta(minutes=1)
"""A file that has not come by then is said to be late."""


class Documents:
    def __init__(self, history: History) -> None:
        self._history = history

    async def of_policy(self, unit: Unit, actor: Actor, policy_core_id: str) -> list[Document]:
        """The papers of one of the actor's contracts, the policy itself first."""
        return await OF_POLICY.all(unit, client=actor.client_id, policy=policy_core_id) if actor.client_id else []

    async def of_claim(self, unit: Unit, actor: Actor, claim_core_id: str) -> list[Document]:
        """The papers of one of the actor's claims, the newest first; none while the insurer has not answered."""
        known = actor.client_id and claim_core_id
        return await OF_CLAIM.all(unit, client=actor.client_id, claim=claim_core_id) if known else []

    async def one(self, unit: Unit, actor: Actor, document_id: int) -> Document:
        """One paper of the actor's own. Raises NotFound."""
        found = await ONE.first(unit, client=actor.client_id, document=document_id) if actor.client_id else None
        if found is None:
            raise NotFound
        return found

    async def policy_paper(self, unit: Unit, client_id: str, policy_core_id: str) -> Document | None:
        """The newest paper of a policy; for events of the client's own lane, never for a person."""
        return await POLICY_PAPER.first(unit, client=client_id, policy=policy_core_id)

    async def needs(self, unit: Unit, actor: Actor, paper: Document, today: date) -> Access:
        """The policy in force is shown to an inspector at the roadside: an unlock is enough. Everything else needs a fresh one (A4)."""
        term = await TERM.first(unit, client=actor.client_id, policy=paper.policy_core_id)
        in_force = paper.kind == "policy" and term is not None and term[0] <= today <= term[1] and term[2] == "active"
        return Access.UNLOCKED if in_force else Access.FRESH

    async def to_chat(self, unit: Unit, actor: Actor, paper: Document, title: str, caption: str) -> None:
        """Let the sender fetch the paper and send it as a message of its own. One tap sends one paper."""
        await self._history.record(unit, actor.client_id, actor.account_id, Deed.PAPER_SENT, title)
        parcel = f"paper:{paper.id}:{unit.event.source}:{unit.event.event_id}"
        due = unit.now + LATE
        unit.submit(unit.event.lane, f"late:{parcel}", "paper.late", due=due, document=paper.id, parcel=parcel)
        unit.send(
            Parcel(
                parcel,
                "telegram",
                {
                    "method": "sendDocument",
                    "payload": {"caption": caption, "parse_mode": "HTML"},
                    "document": paper.to_fetch,
                    "on_sent": {"type": "paper.sent"},
                    "on_dead": {"type": "paper.undelivered", "document": paper.id},
                },
                chat_id=int(unit.event.lane.removeprefix("tg:")),
            )
        )

    async def is_on_its_way(self, unit: Unit, parcel: str) -> bool:
        """Has this parcel neither arrived nor failed?"""
        return await ON_ITS_WAY.first(unit, parcel=parcel) is not None

    async def to_mail(
        self, unit: Unit, actor: Actor, paper: Document, title: str, address: str, letter: dict[str, str]
    ) -> None:
        """Send the paper to the address on file; what became of it comes back as an event."""
        await self._history.record(unit, actor.client_id, actor.account_id, Deed.PAPER_MAILED, title)
        unit.send(
            Parcel(
                f"letter:{paper.id}:{unit.event.source}:{unit.event.event_id}",
                "mail",
                {
                    "to": address,
                    **letter,
                    "document": paper.to_fetch,
                    "on_sent": {"type": "letter.sent", "document": paper.id},
                    "on_dead": {"type": "letter.undelivered", "document": paper.id},
                },
                lives=24 * 3600,
            )
        )

    async def apply(self, unit: Unit, resource: dict[str, Any]) -> None:
        """Take in the core's newest word on a paper; a lower or equal version changes nothing."""
        await STORE.run(
            unit,
            core_id=str(resource["documentId"]),
            client_id=str(resource["customerId"]),
            policy_core_id=resource.get("policyId"),
            claim_core_id=resource.get("claimId"),
            version=int(resource["version"]),
            kind=resource["kind"],
            title=resource["title"],
            mime_type=resource["mimeType"],
            size=int(resource["size"]),
            sha256=resource["sha256"],
            issued_at=datetime.fromisoformat(resource["issuedAt"]),
        )
