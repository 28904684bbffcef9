"""What passes between a client and staff, message by message: each a sealed row in the client's topic, on its way or arrived."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.db.unit import Unit
from services.talks import statements as sql
from services.talks.groups import Groups
from services.talks.secrets import masked
from services.talks.values import ALBUM, Line, Talk, Word
from services.vault import Vault


class Lines:
    """Rows are written in the step that hears the words; the topic's own lane is woken and takes them from there."""

    def __init__(self, vault: Vault, groups: Groups) -> None:
        self._vault, self._groups = vault, groups

    # -- up ---------------------------------------------------------------------------------------------------------------

    async def up(self, unit: Unit, talk: Talk, word: Word, *, code_sent: bool, bare: bool = False) -> bool:
        """The client's words on their way to staff, whatever is secret in them covered; `bare`: copied without its caption.

        False: a repeated step.
        """
        reply = await self._replied(unit, sql.IN_CHAT, word, account=talk.account_id)
        number = await sql.NEW_LINE.first(
            unit,
            talk_id=talk.id,
            topic_id=talk.topic_id,
            way="up",
            kind="bare" if bare else _kind(word),
            account_id=talk.account_id,
            chat_message_id=word.message_id or None,
            reply_to=reply,
            album=word.album or None,
            state="waiting",
            at=unit.now,
        )
        if number is None:
            return False
        await sql.SEAL.run(unit, row=number, text=self._seal(number, masked(word.text, code_sent=code_sent)))
        if word.album:
            once, due = f"album:{talk.account_id}:{word.album}", unit.now + ALBUM
            unit.submit(f"desk:{talk.topic_id}", once, "desk.flush", due=due, topic=talk.topic_id)
        else:
            self.wake(unit, talk.topic_id, f"line:{number}", "desk.flush")
        return True

    async def note(self, unit: Unit, account_id: int, client_id: str | None, html: str) -> None:
        """Words of the cabinet's own for the client's topic, which is made if there is none: a request has come, say."""
        topic = await self.topic(unit, account_id, client_id)
        number = await sql.NEW_LINE.first(
            unit, topic_id=topic, way="up", kind="note", account_id=account_id, state="waiting", at=unit.now
        )
        if number is not None:
            await sql.SEAL.run(unit, row=number, text=self._seal(number, html))
            self.wake(unit, topic, f"line:{number}", "desk.flush")

    async def copy(self, unit: Unit, account_id: int, client_id: str | None, word: Word) -> None:
        """Something of the client's for their topic that belongs to no talk: a file of a request. Once, however often it is asked for."""
        topic = await self.topic(unit, account_id, client_id)
        number = await sql.NEW_LINE.first(
            unit,
            topic_id=topic,
            way="up",
            kind=_kind(word),
            account_id=account_id,
            chat_message_id=word.message_id,
            state="waiting",
            at=unit.now,
        )
        if number is not None:
            await sql.SEAL.run(unit, row=number, text=self._seal(number, masked(word.text, code_sent=False)))
            self.wake(unit, topic, f"line:{number}", "desk.flush")

    # -- down -------------------------------------------------------------------------------------------------------------

    async def down(self, unit: Unit, talk: Talk, word: Word, employee_id: int, *, signed: bool) -> Line | None:
        """Words of staff on their way to the client; None if this message is known already.

        `signed`: a copy of it can carry a caption with the name of the employee.
        """
        reply = await self._replied(unit, sql.IN_TOPIC, word, topic=talk.topic_id)
        number = await sql.NEW_LINE.first(
            unit,
            talk_id=talk.id,
            topic_id=talk.topic_id,
            way="down",
            kind="text" if not word.copied else "copy" if signed else "bare",
            account_id=talk.account_id,
            topic_message_id=word.message_id,
            reply_to=reply,
            album=word.album or None,
            employee_id=employee_id,
            state="waiting",
            at=unit.now,
        )
        if number is None:
            return None
        await sql.SEAL.run(unit, row=number, text=self._seal(number, word.text))
        row = await sql.LINE.first(unit, line=number)
        return self.read(row) if row else None

    # -- shared -----------------------------------------------------------------------------------------------------------

    def read(self, row: Sequence[Any]) -> Line:
        """A row of `line` with its words."""
        (number, talk, way, kind, account, chat, topic, reply, album, sealed, employee, state, at) = row
        text = self._vault.open("line.text", str(number), sealed).decode() if sealed else ""
        return Line(number, talk, way, kind, account, chat, topic, reply, album or "", text, employee, state, at)

    async def reword(self, unit: Unit, number: int, text: str) -> None:
        """It has been corrected."""
        await sql.SEAL.run(unit, row=number, text=self._seal(number, text))

    def wake(self, unit: Unit, topic: int, once: str, kind: str, **facts: Any) -> None:
        """An event for the topic's own lane."""
        unit.submit(f"desk:{topic}", once, kind, topic=topic, **facts)

    async def topic(self, unit: Unit, account_id: int, client_id: str | None) -> int:
        """The one topic of this client, in the group that has the fewest."""
        whose = f"client:{client_id}" if client_id else f"account:{account_id}"
        loads = dict(await sql.LOADS.all(unit))
        group = min(await self._groups.now(unit), key=lambda group: (loads.get(group, 0), group))
        new = await sql.NEW_TOPIC.first(unit, whose=whose, group_id=group, made_at=unit.now)
        if new is not None:
            return new
        row = await sql.TOPIC_OF.first(unit, whose=whose)
        if row is None:
            raise LookupError(whose)
        number: int = row[0]
        return number

    async def _replied(self, unit: Unit, query: Any, word: Word, **where: Any) -> int | None:
        row = await query.first(unit, message=word.reply_to, **where) if word.reply_to else None
        return row[0] if row else None

    def _seal(self, number: int, text: str) -> bytes:
        """The words of a line, sealed for its row."""
        return self._vault.seal("line.text", str(number), text)


def _kind(word: Word) -> str:
    """How it goes up."""
    return "file" if word.kept else "copy" if word.copied else "text"
