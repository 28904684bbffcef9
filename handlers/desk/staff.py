"""What employees write and press in a staff group: answers go to the client, orders are carried out, notes stay (K2, K5).

Only people of the staff table act. An anonymous administrator is nobody in particular, and what is forwarded was said by somebody
else: both are told so, and nothing is passed on.
"""

from __future__ import annotations

import re

from handlers.attached import Attached
from handlers.buttons import Buttons
from handlers.desk.card import PLACE, Cards
from handlers.desk.orders import ORDERS, Order
from handlers.desk.turn import DeskTurn
from handlers.desk.twins import Twins
from handlers.texts import Texts
from handlers.updates import CallbackQuery, Message
from services.cabinet import Cabinet
from services.db.unit import Unit
from services.employees import Employee, Role
from services.talks import Word

NOTE = "//"
ASKS_SECRETS = re.compile(
    r"(пришлите|напишите|назовите|сообщите|скажите|продиктуйте|отправьте|send|tell)\b.{0,40}"
    r"\b(код\w*|пароль\w*|cvv|cvc|номер\w*( (вашей|своей|банковской|платёжной))* карт\w*|code|password)",
    re.IGNORECASE | re.DOTALL,
)
"""An employee never asks for these: the message is not passed on (X9)."""
TO_TAKE = frozenset({"take", "again"})


class Staff:
    """The way in of the staff groups."""

    def __init__(self, cabinet: Cabinet, t: Texts, cards: Cards, buttons: Buttons, twins: Twins) -> None:
        self._cabinet, self._t, self._cards, self._buttons, self._twins = cabinet, t, cards, buttons, twins

    async def is_ours(self, unit: Unit, group: int) -> bool:
        """Is this one of the staff groups?"""
        return group in await self._cabinet.groups.now(unit)

    async def message(self, unit: Unit, said: Message) -> None:
        """A message in a group of ours; in the general topic, and in topics that are not a client's, only silence is due."""
        if said.migrate_to_chat_id:
            await self._cabinet.groups.moved(unit, said.chat.id, said.migrate_to_chat_id)
            return
        self._twins.note(unit, said)
        desk = await self._desk(unit, said)
        if desk is None:
            return
        words = _words(said)
        if words.startswith(NOTE):
            if said.media_group_id:
                await self._cabinet.desk.note(unit, desk.talk, _word(said), desk.who)
            return
        if said.text is not None and words.startswith("/"):
            await self._order(desk, words)
        else:
            await self._answer(desk, said, words)

    async def edited(self, unit: Unit, said: Message) -> None:
        """An employee has corrected an answer: the client sees the new words. What a correction does not do is said: a note that is
        made plain words does not become an answer, for it may have been written without the client in mind; nor an answer a note."""
        desk = await self._desk(unit, said)
        if desk is None or said.location:  # a live one edits itself
            return
        line = await self._cabinet.desk.answer(unit, desk.topic, said.message_id)
        words = _words(said)
        sent = line is not None and line.kind != "note"
        if not sent and words.startswith("/"):
            return
        if not sent:
            desk.reply("desk-edit-unsent", quiet=True)
        elif words.startswith(NOTE):
            desk.reply("desk-edit-note", quiet=True)
        elif ASKS_SECRETS.search(words):
            desk.reply("desk-asks-secrets", quiet=True)
        elif line:
            await self._cabinet.desk.reword(unit, line, words)
            desk.tell_client("talk.reworded", line=line.id)

    async def tap(self, unit: Unit, tap: CallbackQuery, group: int, thread: int | None) -> None:
        """A button of a card."""
        press = self._buttons.read(0, 0, tap.data or "")
        who = await self._cabinet.employees.find(unit, tap.from_user.id)
        if who is None:
            unit.toast = self._t.plain("desk-not-staff")
            return
        topic = await self._cabinet.desk.of_thread(unit, group, thread or 0)
        talk = await self._cabinet.desk.talk(unit, topic) if topic else None
        if press is None or press.place != PLACE or topic is None or talk is None or press.arg != str(talk.id):
            unit.toast = self._t.plain("stale-button")
            return
        desk = DeskTurn(unit, self._cabinet, self._t, self._cards, who, topic, talk)
        if order := ORDERS.get(press.action):
            await self._carry_out(desk, order, "")

    # -- who and where ------------------------------------------------------------------------------------------------

    async def _desk(self, unit: Unit, said: Message) -> DeskTurn | None:
        """Where this was written and by whom; None where nothing is to be done, after saying why if somebody meant to answer."""
        topic = await self._cabinet.desk.of_thread(unit, said.chat.id, said.message_thread_id or 0)
        talk = None
        if topic:
            talk = await self._cabinet.desk.talk(unit, topic) or await self._cabinet.talks.stand_by(unit, topic)
        service = said.forum_topic_created or said.forum_topic_edited or said.forum_topic_closed or said.pinned_message
        if (
            topic is None
            or talk is None
            or service
            or (said.from_user and said.from_user.is_bot and not said.sender_chat)
        ):
            return None
        who = await self._cabinet.employees.find(unit, said.from_user.id) if said.from_user else None
        nobody = Employee(0, "", "", "", frozenset())
        desk = DeskTurn(unit, self._cabinet, self._t, self._cards, who or nobody, topic, talk, said)
        if said.sender_chat is not None:
            desk.reply("desk-anonymous")
        elif who is None:
            desk.reply("desk-not-staff")
        elif said.forward_origin is not None:
            desk.reply("desk-forwarded")
        else:
            return desk
        return None

    # -- what is done -------------------------------------------------------------------------------------------------

    async def _order(self, desk: DeskTurn, words: str) -> None:
        name, _, rest = words[1:].partition(" ")
        order = ORDERS.get(name.partition("@")[0].lower())
        if order is None:
            desk.reply("desk-unknown-order")
        elif ASKS_SECRETS.search(f"пришлите {rest}"):
            desk.reply("desk-asks-secrets")
        else:
            await self._carry_out(desk, order, rest.strip())

    async def _carry_out(self, desk: DeskTurn, order: Order, words: str) -> None:
        if desk.who.may(order.role):
            await order.deed(desk, words)
        else:
            desk.refuse("desk-no-right")

    async def _answer(self, desk: DeskTurn, said: Message, words: str) -> None:
        """To the client, signed; whoever answers first has taken the talk."""
        unit, talk, who = desk.unit, desk.talk, desk.who
        if not who.may(Role.OPERATOR):
            desk.reply("desk-no-right")
            return
        if ASKS_SECRETS.search(words):
            desk.reply("desk-asks-secrets")
            return
        word = _word(said)
        if word.album and await self._cabinet.desk.is_noted(unit, talk.id, word.album):
            return
        if not await desk.engage():
            return
        line = await self._cabinet.lines.down(unit, talk, word, who.id, signed=_takes_caption(said))
        if line is None:
            return
        await self._cabinet.desk.answered(unit, talk)
        desk.pass_on(line)
        desk.changed()


def _words(said: Message) -> str:
    """Text, or what stands below a picture."""
    return said.text if said.text is not None else said.caption or ""


def _word(said: Message) -> Word:
    """What was said, as the client would get it."""
    reply = said.reply_to_message.message_id if said.reply_to_message else None
    return Word(said.message_id, _words(said), said.text is None, said.media_group_id or "", reply)


def _takes_caption(said: Message) -> bool:
    """May the copy carry a caption with the name of who has sent it?"""
    captioned = said.voice or said.video or said.audio or said.animation
    return Attached.of(said) is not None or captioned is not None
