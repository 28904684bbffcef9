"""What is urgent goes by mail or SMS when a chat is shut: the person blocks the bot (H6)."""

from __future__ import annotations

from typing import Any

from handlers import format as show
from handlers.reminder_words import values_of
from handlers.turn import Turn
from services.db.pipe import Parcel
from services.errors import NotFound
from services.reminders import Reminder

LIVES = 24 * 3600
"""Seconds after which it is no news any more."""


async def stopped(turn: Turn, facts: dict[str, Any]) -> None:
    """Each reminder goes this way once, and only when no other chat of the client is open; nothing is to be seen here."""
    turn.quiet = True
    reach = await turn.cabinet.reminders.fallback(turn.unit, turn.actor, facts["ids"])
    if reach is None:
        return
    t, once = turn.t, f"{turn.actor.account_id}:{reach.reminders[0].id}"
    lines = "\n".join([line for it in reach.reminders if (line := await line_of(turn, it))])
    if lines and reach.mail:
        letter = {"subject": t.plain("letter-remind-subject"), "text": t.plain("letter-remind", lines=lines)}
        turn.unit.send(Parcel(f"remind-mail:{once}", "mail", {"to": reach.mail, **letter}, lives=LIVES))
    if lines and reach.phone:
        turn.unit.send(Parcel(f"remind-sms:{once}", "sms", {"phone": reach.phone, "text": lines}, lives=LIVES))


async def line_of(turn: Turn, it: Reminder) -> str:
    """One line without markup; empty when what it is about is not there any more."""
    try:
        values = await values_of(turn, it.cause)
    except NotFound:
        return ""
    names = ("object", "number", "amount")
    return turn.t.plain(
        f"sms-remind-{it.cause.kind}",
        **{name: values[name] for name in names},
        day=show.day(it.cause.day),
        until=show.moment(it.cause.until) if it.cause.until else "",
    )
