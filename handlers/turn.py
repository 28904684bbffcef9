"""One turn of the conversation: what a person (or an event) brought, who they are, where they stand, and what they are told.

A room changes the turn; the turn then renders the room it ends in, once. So every screen can be shown again at any time from the
state alone: after a stale button, a notice, a restart.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from fsm.dialog import Dialog
from fsm.flow import Back, Done, Draft, Flow, Input, Position, Rejected, advance
from fsm.login import LOGIN, LoginDraft
from handlers.errors import text_of
from handlers.pieces import pieces
from handlers.texts import Html, Texts
from handlers.updates import CallbackQuery, Message
from services.cabinet import Cabinet
from services.clock import MOSCOW
from services.db.pipe import Parcel
from services.db.unit import Unit
from services.errors import CabinetError, Unreadable
from services.model import Access, Actor

D = TypeVar("D", bound=Draft)
DOORS = ("consent", "declined", "login")
"""Rooms that lead in: nobody is brought back to them."""


def replying(message: int) -> dict[str, Any]:
    """`reply_parameters` to a message that may be gone by now."""
    return {"message_id": message, "allow_sending_without_reply": True}


@dataclass(slots=True)
class Turn:
    """`said` is the person's message or tap, None for events from elsewhere. `notes` stand above the screen once.

    `anew` asks for the screen at the bottom; `quiet`: what was heard is kept, and nothing of it is to be seen.
    """

    unit: Unit
    actor: Actor
    dialog: Dialog
    cabinet: Cabinet
    t: Texts
    said: Message | CallbackQuery | None = None
    anew: bool = False
    quiet: bool = False
    mending: bool = False
    notes: list[Html] = field(default_factory=list)

    @property
    def access(self) -> Access:
        """What the actor may see at this moment."""
        return self.actor.access(self.unit.now)

    @property
    def today(self) -> date:
        """The Moscow date: contracts are counted there (rule 12)."""
        return self.unit.now.astimezone(MOSCOW).date()

    @property
    def args(self) -> dict[str, Any]:
        """Arguments of the place."""
        return self.dialog.args

    def go(self, place: str, **args: Any) -> None:
        """Stand somewhere else; whether the actor may is decided when the place is rendered."""
        self.dialog.go(place, **args)

    def note(self, key: str, **values: Any) -> None:
        """A line above the screen, said once."""
        self.notes.append(self.t(key, **values))

    def refuse(self, refusal: CabinetError | Rejected) -> None:
        """Say why not and what to do next. After two inputs in one place that could not be read a human is offered (I3)."""
        if (text := text_of(self.t, refusal, self.unit.now)) not in self.notes:
            self.notes.append(text)
        if not isinstance(refusal, Rejected | Unreadable):
            return
        self.dialog.refusals += 1
        if self.dialog.refusals >= 2 and self.dialog.place != "human" and self.t.plain("button-human") not in text:
            self.note("refused-twice")

    def offer(self, text: str) -> bool:
        """Words that mean nothing here are kept, and the human is offered; digits alone are no words."""
        if not any(char.isalpha() for char in text):
            return False
        self.dialog.words = text
        return True

    def toast(self, key: str, **values: Any) -> None:
        """A short notice over the chat; on the screen when nobody waits for the tap's answer any more."""
        if self.unit.event.late or not isinstance(self.said, CallbackQuery):
            self.note(key, **values)
        else:
            self.unit.toast = self.t.plain(key, **values)
            self.unit.event.noticed = True

    def say(self, key: str, about: str, *, missed: str = "", dead: dict[str, Any] | None = None, **values: Any) -> None:
        """A message of its own that stays; `about` makes it one message, however often the step runs. The screen goes below it.

        `missed`: it is kept while the person blocks the bot, and said later below these words. `dead` are the facts of an
        event for this chat if Telegram refuses the message for good.
        """
        self.tell(self.t(key, **values), about, missed=missed, dead=dead)

    def tell(
        self,
        text: Html,
        about: str,
        *,
        missed: str = "",
        dead: dict[str, Any] | None = None,
        sent: dict[str, Any] | None = None,
        reply: int | None = None,
    ) -> None:
        """The same with words that are ready. What is too long for one message goes as several.

        `sent` are the facts of an event for this chat when (the first message of) it stands there. `reply`: the message it answers.
        """
        for number, piece in enumerate(pieces(text)):
            body: dict[str, Any] = {
                "method": "sendMessage",
                "payload": {"text": piece, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}},
            }
            if reply and number == 0:
                body["payload"]["reply_parameters"] = replying(reply)
            if missed:
                body["on_stop"] = {"type": "notice.stopped", "missed": missed if number == 0 else "", "text": piece}
            if dead:
                body["on_dead"] = dead
            if sent and number == 0:
                body["on_sent"] = sent
            dedup = f"say:{about}:{number}" if number else f"say:{about}"
            self.unit.send(Parcel(dedup, "telegram", body, chat_id=self.actor.account_id))
        self.anew = True

    def mend(self) -> None:
        """The screen of this turn only puts right what stands there, at night perhaps: it is edited in place, behind whatever answers a
        person, and not sent anew if somebody has taken it away. What has not come yet is not mended, but comes as it is owed.
        """
        self.mending = self.dialog.unasked is None

    def pin(self, name: str, text: Html) -> None:
        """Show a card, or edit it in place if it says something else now. It has no buttons: whatever screen stands, none is stale."""
        said = hashlib.sha256(text.encode()).hexdigest()[:16]
        if self.dialog.cards.get(name) != said:
            self.dialog.cards[name] = said
            self.unit.pin(name, {"text": text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}})

    def catch_up(self) -> None:
        """Say what could not be said while the person blocked the bot."""
        for number, (missed, text) in enumerate(self.dialog.missed):
            self.tell(Html(f"{missed}\n\n{text}" if missed else text), f"missed:{self.unit.event.event_id}:{number}")
        self.dialog.missed = []

    def wipe_message(self) -> None:
        """Delete what the person just sent: it holds a code, or a date that opens something (rule 9)."""
        if isinstance(self.said, Message):
            self.take_away(self.said.message_id)

    def take_away(self, message_id: int) -> None:
        """Delete a message of this chat; one that is gone already is skipped by Telegram."""
        body = {"method": "deleteMessages", "payload": {"message_ids": [message_id]}}
        account = self.actor.account_id
        self.unit.send(Parcel(f"wipe:{account}:{message_id}", "telegram", body, chat_id=account))

    def require(self, level: Access) -> bool:
        """Is the actor sure enough for this? If not, the code is asked, and the person comes back to this very screen."""
        if self.access >= level:
            return True
        self.interrupt()
        return False

    def interrupt(self, before: str = "") -> None:
        """To the door, remembering where to return; and `before`, the nearest room behind that which needs no code: here, if empty."""
        if self.dialog.place not in DOORS:
            masked = {name: value for name, value in self.dialog.args.items() if name != "full"}
            self.dialog.then = (self.dialog.place, self.dialog.args)
            self.dialog.before = (before or self.dialog.place, masked)
        self.knock()

    def knock(self) -> None:
        """To the next door on the way in: consent, then one's own contact and a code, or the code alone."""
        if self.access < Access.CONSENTED:
            self.dialog.go("consent")
            return
        client = self.actor.client_id
        at = self.dialog.at(LOGIN)
        if at is None or at.draft.unlock != bool(client):
            self.dialog.begin(LOGIN, LoginDraft(unlock=True, client=client) if client else LoginDraft())
        self.dialog.go("login")

    def resume(self, home: str) -> None:
        """Back to what the login has interrupted, or home."""
        place, args = self.dialog.then or (home, {})
        self.dialog.then = self.dialog.before = None
        self.dialog.go(place, **args)

    @property
    def origin(self) -> tuple[str, dict[str, Any]]:
        """Where a person was before they stepped aside; home if nowhere."""
        place, args = self.args.get("origin") or ("menu" if self.actor.client_id else "welcome", {})
        return place, args

    def aside(self, place: str) -> None:
        """Step aside (help, language, a human): the dialog and its draft wait. A question belongs to the human it is for.

        Whoever steps aside from a reminder comes back to it.
        """
        here = (self.dialog.place, self.dialog.args)
        stays = self.dialog.place == "reminder" or (self.dialog.place == "question" and place != "human")
        apart = "origin" in self.args and not stays
        origin = self.origin if apart else here
        self.dialog.go(place, origin=origin, screen=self.args.get("screen", self.dialog.where))

    def come_back(self) -> None:
        """Back to where the person was."""
        place, args = self.origin
        self.dialog.go(place, **args)

    async def renew_actor(self) -> None:
        """Read the actor again after a login, a logout or a consent."""
        found = await self.cabinet.accounts.find(self.unit, self.actor.account_id)
        if found is not None:
            self.actor = found

    def input(self, flow: Flow[D], event: Input) -> Position[D] | Done[D] | None:
        """Let a flow take an input and keep where it stands. None: the person went back out of it, its draft stays. Raises Rejected."""
        at = self.dialog.at(flow) or flow.start()
        after = advance(at, event)
        if isinstance(after, Position):
            self.dialog.stand(after)
            self.dialog.refusals = 0
        elif isinstance(after, Done):
            self.dialog.end(flow)
        elif not isinstance(event, Back):
            raise Rejected("unexpected")
        return after
