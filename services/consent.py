"""Consent to the processing of personal data: a separate document per purpose, with version, date and hash of the text (A16).

152-ФЗ art. 9 as amended from 01.09.2025: consent stands apart from any other document and is never a condition of something it is
not needed for. Records are never edited but for the withdrawal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select, update

from services.db.statement import Command, Query, as_it_comes
from services.db.tables import consent
from services.db.unit import Unit
from services.history import Deed, History
from services.model import Actor

PROCESSING, MARKETING = "processing", "marketing"


@dataclass(frozen=True, slots=True)
class ConsentText:
    """The text of one document in one language, as the person sees it."""

    purpose: str
    language: str
    version: str
    text: str

    @property
    def sha256(self) -> str:
        """What the record keeps of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()


ANSWER = Command(
    insert(consent).values(
        account_id=bindparam("account"),
        purpose=bindparam("purpose"),
        version=bindparam("version"),
        sha256=bindparam("sha256"),
        language=bindparam("language"),
        given=bindparam("given", type_=consent.c.given.type),
        update_id=bindparam("update_id"),
        at=bindparam("now", type_=consent.c.at.type),
    )
)
LAST = Query(
    select(consent.c.version, consent.c.given, consent.c.withdrawn_at)
    .where(consent.c.account_id == bindparam("account"), consent.c.purpose == bindparam("purpose"))
    .order_by(consent.c.id.desc())
    .limit(1),
    lambda version, given, withdrawn_at: (version, bool(given and withdrawn_at is None)),
)
GIVEN = Query(
    select(consent.c.id, consent.c.purpose, consent.c.at).where(
        consent.c.account_id == bindparam("account"), consent.c.given, consent.c.withdrawn_at.is_(None)
    ),
    as_it_comes,
)
WITHDRAW = Command(
    update(consent)
    .where(
        consent.c.account_id == bindparam("account"),
        consent.c.purpose == bindparam("purpose"),
        consent.c.given,
        consent.c.withdrawn_at.is_(None),
    )
    .values(withdrawn_at=bindparam("now", type_=consent.c.withdrawn_at.type))
)


class Consents:
    """`texts` by (purpose, language)."""

    def __init__(self, texts: Mapping[tuple[str, str], ConsentText], history: History) -> None:
        self._texts, self._history = texts, history

    def text(self, purpose: str, language: str) -> ConsentText:
        """The document as this person reads it."""
        return self._texts[purpose, language]

    async def given(self, unit: Unit, actor: Actor, purpose: str) -> bool | None:
        """The answer to the current version: yes, no (or withdrawn), or None if it was never asked."""
        last = await LAST.first(unit, account=actor.account_id, purpose=purpose)
        if last is None or last[0] != self._texts[purpose, actor.language].version:
            return None
        return last[1]

    async def answer(self, unit: Unit, actor: Actor, purpose: str, *, given: bool) -> None:
        """Record what was said to the current version of a document."""
        text = self.text(purpose, actor.language)
        await ANSWER.run(
            unit,
            account=actor.account_id,
            purpose=purpose,
            version=text.version,
            sha256=text.sha256,
            language=text.language,
            given=given,
            update_id=unit.event.event_id,
            now=unit.now,
        )
        if given:
            await self._history.record(unit, actor.client_id, actor.account_id, Deed.CONSENTED, purpose=purpose)

    async def follow(self, unit: Unit, actor: Actor) -> None:
        """The account has become a client's: what it has agreed to before belongs to that client's history."""
        for row, purpose, at in await GIVEN.all(unit, account=actor.account_id):
            await self._history.record(
                unit,
                actor.client_id,
                actor.account_id,
                Deed.CONSENTED,
                at=at,
                once=f"consent:{row}",
                purpose=purpose,
            )

    async def withdraw(self, unit: Unit, actor: Actor, purpose: str) -> None:
        """Take a consent back; the record that it was given stays, with the time it ended."""
        if await WITHDRAW.run(unit, account=actor.account_id, purpose=purpose, now=unit.now):
            once = f"{unit.event.source}:{unit.event.event_id}:{purpose}"
            await self._history.record(
                unit, actor.client_id, actor.account_id, Deed.WITHDREW, once=once, purpose=purpose
            )
