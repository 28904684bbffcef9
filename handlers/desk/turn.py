"""A turn at the desk: one update of a staff group, where it happened and who did it, and what can be said in answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handlers.desk.card import Cards
from handlers.texts import Html, Texts
from handlers.turn import replying
from handlers.updates import Message
from services.cabinet import Cabinet
from services.db.pipe import Parcel
from services.db.unit import Unit
from services.employees import Employee
from services.talks import ALBUM, Face, Line, Talk, Topic


@dataclass(slots=True)
class DeskTurn:
    """What an order or an answer of an employee is carried out with. `reply` tells the one who wrote."""

    unit: Unit
    cabinet: Cabinet
    t: Texts
    cards: Cards
    who: Employee
    topic: Topic
    talk: Talk
    message: Message | None = None

    @property
    def whose(self) -> str:
        """Whose data this is about, as the record of accesses has it."""
        return f"client:{self.talk.client_id}" if self.talk.client_id else self.topic.whose

    async def engage(self) -> bool:
        """Whoever answers first has taken the talk. False, and it is said: the client talks in another topic by now."""
        if self.talk.face is Face.CLOSED:
            joined = await self.cabinet.desk.reopen(self.unit, self.talk, self.who)
            if not joined:
                self.refuse("desk-elsewhere")
                return False
        else:
            joined = self.talk.employee_id is None and await self.cabinet.desk.take(self.unit, self.talk, self.who)
        if joined:
            self.tell_client("talk.joined", by=self.who.id)
            self.changed()
        return True

    def reply(self, key: str, *, quiet: bool = False, **values: Any) -> None:
        """An answer of the bot's in the topic, to the message it is about; `quiet` rings on no phone."""
        self.say(self.t(key, **values), quiet=quiet)

    def say(self, text: Html, *, quiet: bool = False) -> None:
        payload: dict[str, Any] = {"message_thread_id": self.topic.thread_id, "text": text, "parse_mode": "HTML"}
        if quiet:
            payload["disable_notification"] = True
        if self.message:
            payload["reply_parameters"] = replying(self.message.message_id)
        once = f"staff:{self.unit.event.source}:{self.unit.event.event_id}"
        chat, lane = self.topic.group_id, self.topic.lane
        self.unit.send(Parcel(once, "telegram", {"method": "sendMessage", "payload": payload}, chat, lane))

    def refuse(self, key: str, **values: Any) -> None:
        """Why not: below what was written, or over the chat of whoever pressed."""
        if self.message:
            self.reply(key, **values)
        else:
            self.unit.toast = self.t.plain(key, **values)

    def changed(self) -> None:
        """The topic's card and title are to follow."""
        once = f"changed:{self.unit.event.source}:{self.unit.event.event_id}"
        self.unit.submit(self.topic.lane, once, "talk.changed", topic=self.topic.id)

    def tell_client(self, kind: str, **facts: Any) -> None:
        """An event for the client's chat."""
        once = f"{kind}:{self.unit.event.source}:{self.unit.event.event_id}"
        self.unit.submit(f"tg:{self.talk.account_id}", once, kind, talk=self.talk.id, **facts)

    def pass_on(self, line: Line) -> None:
        """An answer to the client's chat; the parts of an album together, when all of them have come."""
        if not line.album:
            self.tell_client("talk.line", line=line.id)
            return
        lane, once, due = f"tg:{self.talk.account_id}", f"album:{self.talk.id}:{line.album}", self.unit.now + ALBUM
        self.unit.submit(lane, once, "talk.line", due=due, talk=self.talk.id, line=line.id)
