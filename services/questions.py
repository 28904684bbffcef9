"""Questions to the human: one number each, handed to the insurer's desk, the answer comes back into the chat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from services.db.pipe import Parcel
from services.db.statement import Command, Query, as_it_comes
from services.db.tables import question
from services.db.unit import Unit
from services.errors import EmptyText, LongText
from services.history import Deed, History
from services.model import Actor
from services.vault import Vault

LIMIT = 3000
"""Characters of a question: it fits one message together with its answer's header."""

_at = question.c.asked_at.type
NEW = Query(
    insert(question)
    .values(
        account_id=bindparam("account"),
        client_id=bindparam("client"),
        screen=bindparam("screen"),
        version=0,
        asked_at=bindparam("now", type_=_at),
    )
    .returning(question.c.id),
    int,
)
KEEP = Command(
    update(question)
    .where(question.c.id == bindparam("question"))
    .values(text_sealed=bindparam("text", type_=question.c.text_sealed.type))
)
ONE = Query(
    select(question.c.account_id, question.c.version, question.c.text_sealed, question.c.client_id).where(
        question.c.id == bindparam("question")
    ),
    as_it_comes,
)
ANSWERED = Command(
    update(question)
    .where(question.c.id == bindparam("question"), question.c.version < bindparam("version"))
    .values(
        version=bindparam("version"),
        answer_sealed=bindparam("answer", type_=question.c.answer_sealed.type),
        answered_at=bindparam("now", type_=_at),
    )
)
OPEN = Query(
    select(question.c.id, question.c.asked_at)
    .where(question.c.account_id == bindparam("account"), question.c.answered_at.is_(None))
    .order_by(question.c.id.desc())
    .limit(5),
    as_it_comes,
)


OF = Query(
    select(question.c.id).where(question.c.id == bindparam("question"), question.c.account_id == bindparam("account")),
    int,
)
WAITS_AGAIN = Command(
    update(question)
    .where(question.c.id == bindparam("question"), question.c.account_id == bindparam("account"))
    .values(answered_at=None)
)


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that waits for its answer."""

    number: str
    asked_at: datetime


class Questions:
    def __init__(self, vault: Vault, history: History) -> None:
        self._vault, self._history = vault, history

    def check(self, text: str) -> str:
        """What was typed, trimmed. Raises EmptyText, LongText."""
        text = text.strip()
        if not text:
            raise EmptyText
        if len(text) > LIMIT:
            raise LongText(LIMIT)
        return text

    async def ask(self, unit: Unit, actor: Actor, screen: str, text: str) -> str:
        """Keep the question and hand it to the core. Returns its number, e.g. `В-000012`. A stranger's carries only that number."""
        text = self.check(text)
        row = await NEW.first(unit, account=actor.account_id, client=actor.client_id, screen=screen, now=unit.now)
        number = number_of(row or 0)
        await KEEP.run(unit, question=row, text=self._vault.seal("question.text", number, text))
        await self._history.record(unit, actor.client_id, actor.account_id, Deed.ASKED, number)
        unit.send(
            Parcel(
                f"question:{number}",
                "core",
                {
                    "op": "ask",
                    "number": number,
                    "client_id": actor.client_id,
                    "screen": screen,
                    "text": text,
                    "asked_at": unit.now.isoformat(),
                    "on_dead": {"type": "question.undelivered", "number": number},
                },
            )
        )
        return number

    async def waiting(self, unit: Unit, actor: Actor) -> list[OpenQuestion]:
        """The newest questions of this account that have no answer yet."""
        return [OpenQuestion(number_of(row), at) for row, at in await OPEN.all(unit, account=actor.account_id)]

    async def is_of(self, unit: Unit, actor: Actor, number: str) -> bool:
        """Did this account ask it?"""
        return await OF.first(unit, question=row_of(number), account=actor.account_id) is not None

    async def waits_again(self, unit: Unit, actor: Actor, number: str) -> None:
        """Its answer never reached the chat."""
        await WAITS_AGAIN.run(unit, question=row_of(number), account=actor.account_id)

    async def answered(self, unit: Unit, resource: dict[str, Any]) -> None:
        """The desk's answer: kept once per version, and brought to the account that asked."""
        number = str(resource["number"])
        row = await ONE.first(unit, question=row_of(number)) if row_of(number) else None
        if row is None or row[1] >= int(resource["version"]):
            return
        version = int(resource["version"])
        sealed = self._vault.seal("question.answer", number, resource["answer"])
        if not await ANSWERED.run(unit, question=row_of(number), version=version, answer=sealed, now=unit.now):
            return
        await self._history.record(unit, row[3], None, Deed.ANSWERED, number)
        unit.submit(
            f"tg:{row[0]}",
            f"answer:{number}:{version}",
            "question.answered",
            number=number,
            question=self._vault.text("question.text", number, row[2]) if row[2] else "",
            answer=resource["answer"],
            by=resource.get("answeredBy") or {},
        )


def number_of(row: int) -> str:
    """The number a person is told."""
    return f"В-{row:06d}"


def row_of(number: str) -> int:
    """The inverse of `number_of`; 0 for anything else."""
    head, _, digits = number.partition("-")
    return int(digits) if head == "В" and digits.isascii() and digits.isdigit() else 0
