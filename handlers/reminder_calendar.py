"""Dates of reminders for a calendar of one's own: a file that stays in the chat; opened again, it changes what is there (H5)."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from handlers.reminder import here, room
from handlers.reminder_words import entry_day, title_of
from handlers.turn import Turn
from services.db.pipe import Parcel
from services.errors import ReminderSettled
from services.press.dates import Date, Dates
from services.reminders import Cause, Kind, manners
from services.reminders.values import STEPS

__all__ = ["room"]

MORNING = "10:00"
RINGS = 2
"""How many steps ahead a calendar rings, besides the day itself: the last ones."""


@room.tap("ics")
async def to_calendar(turn: Turn, _: str) -> None:
    """One file with an entry for each reminder that stands."""
    t = turn.t
    choices = await turn.cabinet.reminders.choices(turn.unit, turn.actor)
    today, zone = manners.common_day(turn.unit.now, choices), choices.zone
    dates = [await date_of(turn, it.cause, day, zone) for it in await here(turn) if (day := entry_day(it.cause, today))]
    if not dates:
        raise ReminderSettled
    made = Dates(t.plain("export-brand"), zone, turn.unit.now.isoformat(), dates)
    again = any(it.sequence for it in dates)
    body = {
        "method": "sendDocument",
        "payload": {"caption": t("remind-ics-again" if again else "remind-ics-caption"), "parse_mode": "HTML"},
        "document": {
            "print": "dates-ics",
            "words": made.words,
            "file_name": f"{t.plain('remind-ics-file')}.ics",
            "mime_type": "text/calendar",
        },
        "on_sent": {"type": "paper.sent"},
    }
    turn.unit.send(Parcel(f"dates:{turn.unit.event.event_id}", "telegram", body, chat_id=turn.actor.account_id))
    turn.note("remind-ics-coming")


async def date_of(turn: Turn, cause: Cause, last: date, zone: str) -> Date:
    """The day itself, ringing on the last steps before it; of an application the very moment. An instalment that is late moves to the end
    of its days of grace.
    """
    kind, subject = cause.family
    title, about = await title_of(turn, cause), f"{kind}:{subject}"
    entry = await turn.cabinet.calendars.give(turn.unit, turn.actor.client_id or "", about, last)
    day, at, ahead = last.isoformat(), MORNING, [0]
    moment = cause.until - timedelta(hours=STEPS[Kind.APPLICATION][-1]) if cause.until else cause.at
    if moment:
        local = moment.astimezone(ZoneInfo(zone))
        day, at = f"{local:%Y-%m-%d}", f"{local:%H:%M}"
    if not cause.until:
        ahead = sorted({0, *[step for step in STEPS[cause.kind] if step > 0][-RINGS:]})
    return Date(entry.uid, entry.sequence, day, at, title, turn.t.plain("remind-about-ics"), ahead)
