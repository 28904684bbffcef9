"""Requests and agent calls as staff see them: a note in the client's topic for each, with its files; answered by an order (I2, I4, K4).

/req ОБ-000012 done Справка готова, прислали на почту
"""

from __future__ import annotations

from typing import Any

from handlers import format as show
from handlers.desk.posting import Hear
from handlers.desk.turn import DeskTurn
from handlers.request_lines import kind_of, told
from handlers.texts import Html, Texts
from services.cabinet import Cabinet
from services.db.unit import Unit
from services.errors import NotFound, RequestOver
from services.requests import Request, State
from services.requests.values import row_of, states_of
from services.talks import Word
from services.uploads import Upload


class Errands:
    """`events` of the lane of the staff."""

    def __init__(self, cabinet: Cabinet, t: Texts) -> None:
        self._cabinet, self._t = cabinet, t
        self.events: dict[str, Hear] = {
            "request.filed": self._filed,
            "request.commented": self._commented,
            "request.moved": self._moved,
            "request.cancelled": self._cancelled,
            "request.file-ready": self._file_ready,
        }

    async def _filed(self, unit: Unit, facts: dict[str, Any]) -> None:
        it = await self._cabinet.requests.by_id(unit, facts["request"])
        due = show.moment(it.answer_by) if it.answer_by else "—"
        states = " | ".join(states_of(it.kind))
        lines = Html("\n".join(told(self._t, it)))
        text = self._t("desk-request", number=it.number, kind=kind_of(self._t, it), told=lines, due=due, states=states)
        await self._note(unit, it, text)
        await self._copy_files(unit, it)

    async def _commented(self, unit: Unit, facts: dict[str, Any]) -> None:
        it = await self._cabinet.requests.by_id(unit, facts["request"])
        remarks = await self._cabinet.requests.history(unit, it)
        said = next((remark.text for remark in remarks if remark.id == facts["remark"]), "")
        await self._note(unit, it, self._t("desk-request-commented", number=it.number, text=said))
        await self._copy_files(unit, it)  # the words may be that there are files

    async def _moved(self, unit: Unit, facts: dict[str, Any]) -> None:
        it = await self._cabinet.requests.by_id(unit, facts["request"])
        await self._note(
            unit, it, self._t("desk-request-moved", number=it.number, at=show.moment(it.answer_by or it.filed_at))
        )

    async def _cancelled(self, unit: Unit, facts: dict[str, Any]) -> None:
        it = await self._cabinet.requests.by_id(unit, facts["request"])
        await self._note(unit, it, self._t("desk-request-cancelled", number=it.number))

    async def _file_ready(self, unit: Unit, facts: dict[str, Any]) -> None:
        """A file that was given before it was here."""
        it = await self._cabinet.requests.of_files(unit, facts["files"])
        if it is None:
            return
        for file in await self._cabinet.requests.files(unit, it):
            if file.id == facts["upload"]:
                await self._copy(unit, it, file)

    async def _note(self, unit: Unit, it: Request, text: Html) -> None:
        if self._cabinet.groups:
            await self._cabinet.lines.note(unit, it.account_id, it.client_id or None, text)

    async def _copy_files(self, unit: Unit, it: Request) -> None:
        """What was given with it so far and has been looked into; the rest follows when it is here, if it is any good."""
        for file in await self._cabinet.requests.files(unit, it):
            if file.handed and file.state == "stored":
                await self._copy(unit, it, file)

    async def _copy(self, unit: Unit, it: Request, file: Upload) -> None:
        """The photo as it came, or what we keep of a file; one message is copied once."""
        if self._cabinet.groups:
            word = Word(file.message_id, file.words, copied=True, kept=not file.as_photo)
            await self._cabinet.lines.copy(unit, it.account_id, it.client_id or None, word)


async def answer(desk: DeskTurn, words: str) -> None:
    """`/req NUMBER [state] [words]`: a state, words, or both; the client hears of it at once."""
    number, _, rest = words.partition(" ")
    first, _, after = rest.strip().partition(" ")
    state = State(first) if first in State._value2member_map_ else None
    text = after.strip() if state else rest.strip()
    try:
        if not is_theirs(desk, await desk.cabinet.requests.by_id(desk.unit, row_of(number))):
            raise NotFound
        it = await desk.cabinet.requests.answer(desk.unit, desk.who, number, state, text)
    except (NotFound, ValueError):
        desk.reply("desk-request-how")
    except RequestOver:
        desk.reply("desk-request-over", number=number)
    else:
        whose = f"client:{it.client_id}" if it.client_id else f"account:{it.account_id}"
        await desk.cabinet.employees.record(desk.unit, desk.who, whose, f"request {it.number}")
        desk.reply("desk-request-answered", number=it.number)


def is_theirs(desk: DeskTurn, it: Request) -> bool:
    """Is it a request of this topic's client? One mistyped digit would tell somebody else what is not theirs."""
    return it.account_id == desk.talk.account_id or bool(it.client_id and it.client_id == desk.topic.client_id)
