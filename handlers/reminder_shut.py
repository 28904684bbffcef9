"""What is urgent goes by mail, by SMS or to staff when a chat is shut: the person blocks the bot (H6)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import structlog

from handlers import format as show
from handlers.conversation import Conversation
from handlers.desk.posting import Hear
from handlers.reminder_words import title_of, values_of, word_of
from handlers.texts import Html, Texts
from handlers.turn import Turn
from services.cabinet import Cabinet
from services.db.pipe import Parcel
from services.db.unit import Unit
from services.errors import NotFound
from services.reminders import Reach, Reminder, Way

log = structlog.get_logger("reminders")

LIVES = {Way.MAIL: 3 * 3600, Way.SMS: 24 * 3600}
"""Seconds that a way is given; what is urgent does not wait longer for a mail server."""


async def stopped(turn: Turn, facts: dict[str, Any]) -> None:
    """This chat is shut. What follows from that is decided in the client's lane; nothing is to be seen here."""
    turn.quiet = True
    if client := turn.actor.client_id:
        account = turn.actor.account_id
        once = f"shut:{account}:{turn.unit.event.event_id}"
        turn.unit.submit(f"client:{client}", once, "reminder.shut", account=account, ids=facts["ids"], failed="")


class Shut:
    """`events` of the clients' lanes: a chat is shut, or a letter or an SMS could not be delivered. `t` are the texts of staff."""

    def __init__(self, cabinet: Cabinet, conversation: Conversation, t: Texts) -> None:
        self._cabinet, self._conversation, self._t = cabinet, conversation, t
        self.events: dict[str, Hear] = {"reminder.shut": self._shut}

    async def _shut(self, unit: Unit, facts: dict[str, Any]) -> None:
        """The next way. `failed` is the one that was tried last; `account` whose chat it was meant for, and in whose language."""
        actor = await self._cabinet.accounts.find(unit, facts["account"])
        if actor is None or unit.event.lane != f"client:{actor.client_id}":
            return  # logged out meanwhile
        failed = Way(facts["failed"]) if facts["failed"] else None
        reach = await self._cabinet.reminders.reach(unit, actor, facts["ids"], failed)
        if reach is None:
            return
        again = {"account": actor.account_id, "ids": [it.id for it in reach.reminders]}
        if reach.wait:
            once = f"shut:{unit.event.event_id}:{reach.wait.timestamp():.0f}"
            unit.submit(unit.event.lane, once, "reminder.shut", due=reach.wait, failed=facts["failed"], **again)
            return
        turn = self._conversation.turn(unit, actor)
        if reach.way is Way.STAFF:
            await self._call(replace(turn, t=self._t), reach, facts["failed"])
        else:
            await self._send(turn, reach, again)

    async def _send(self, turn: Turn, reach: Reach, again: dict[str, Any]) -> None:
        lines = "\n".join([line for it in reach.reminders if (line := await line_of(turn, it))])
        if not lines:
            return
        if reach.way is Way.MAIL:
            t = turn.t
            body: dict[str, Any] = {"to": reach.to, "subject": t.plain("letter-remind-subject")}
            body["text"] = t.plain("letter-remind", lines=lines)
        else:
            body = {"phone": reach.to, "text": lines}
        body["on_dead"] = {"type": "reminder.shut", "failed": reach.way, **again}
        once = f"remind-{reach.way}:{reach.reminders[0].id}"
        turn.unit.send(Parcel(once, reach.way, body, lives=LIVES[reach.way]))

    async def _call(self, turn: Turn, reach: Reach, failed: str) -> None:
        """No way is left: an employee calls."""
        log.error("reminder_unsaid", reminders=[it.id for it in reach.reminders], failed=failed)
        lines = Html("\n".join([line for it in reach.reminders if (line := await self._line(turn, it))]))
        actor = turn.actor
        if lines and self._cabinet.groups:
            text = self._t("desk-unsaid", lines=lines, tried="yes" if failed else "no")
            await self._cabinet.lines.note(turn.unit, actor.account_id, actor.client_id, text)

    async def _line(self, turn: Turn, it: Reminder) -> Html:
        cause = it.cause
        day = show.moment(cause.until) if cause.until else show.day(cause.day)
        try:
            return self._t("desk-unsaid-line", title=await title_of(turn, cause), day=day)
        except NotFound:
            return Html("")


async def line_of(turn: Turn, it: Reminder) -> str:
    """One line without markup; empty when what it is about is not there any more."""
    try:
        values = await values_of(turn, it.cause)
    except NotFound:
        return ""
    names = ("object", "number", "amount")
    return turn.t.plain(
        f"sms-remind-{word_of(turn, it.cause)}",
        **{name: values[name] for name in names},
        day=show.day(it.cause.day),
        until=show.moment(moment) if (moment := it.cause.until or it.cause.at) else "",
    )
