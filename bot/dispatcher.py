"""Which update goes where: a table of four kinds. The types are aiogram's, the routing is not.

Taps, commands and words are looked up in the rooms' own tables (`handlers.conversation`), not by a filter each: two hundred filters
cost more than the step itself, and aiogram's dispatcher for four kinds as much as the database.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from handlers import (
    accident,
    agent_call,
    answers,
    application,
    calls,
    case,
    case_files,
    changes,
    claim,
    claims,
    complaint,
    debts,
    documents,
    files,
    history,
    human,
    login,
    menu,
    notes,
    notices,
    offices,
    photos,
    policies,
    policy_change,
    prolongation,
    protocol,
    receipt,
    reminder_calendar,
    renew_now,
    request_export,
    request_files,
    requests,
    start,
    talk,
    trouble,
    unfinished,
    wanted_files,
)
from handlers.conversation import Conversation
from handlers.desk.staff import Staff
from handlers.events import Events, Hopeless
from handlers.room import House
from handlers.updates import CallbackQuery, ChatMemberUpdated, Message
from services.db.pipe import Parcel
from services.db.unit import Unit

HOUSE = House(
    start.welcome,
    start.consent,
    start.declined,
    login.room,
    login.stranger,
    menu.menu,
    menu.help_room,
    menu.language,
    menu.settings,
    menu.sessions,
    history.room,
    history.sieve,
    menu.leave,
    menu.consents,
    menu.withdraw,
    policies.listing,
    policies.card,
    changes.room,  # the room of a prolongation, with all that may be changed in it
    prolongation.begun,
    renew_now.room,
    accident.room,
    accident.place,
    protocol.room,
    photos.room,  # the room of a claim, with all its questions
    claim.begun,
    application.room,
    application.giving_up,
    debts.room,
    debts.one,
    documents.papers,
    documents.paper,
    claims.room,
    case.room,
    receipt.room,
    case_files.case_files,
    case_files.copies,
    files.room,
    files.one,
    complaint.room,
    human.room,
    human.question,
    talk.room,
    wanted_files.room,
    answers.room,
    answers.article,
    offices.room,
    request_export.listing,  # the list of requests, with their way out of here
    requests.new,
    request_files.room,  # the room of a request, with the papers that go with it
    requests.card,
    requests.end,
    request_files.more,
    calls.landing,
    agent_call.room,
    calls.card,
    calls.move,
    calls.end,
    policy_change.room,
    policy_change.office,
    reminder_calendar.room,  # the room of reminders, with their way into a calendar
    notes.listing,
    notes.room,
    notices.room,
    notices.quiet,
    notices.zone,
    unfinished.room,
    trouble.room,
)

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Hall:
    """Where people are: clients in their private chats, staff in their groups."""

    conversation: Conversation
    staff: Staff


async def message(hall: Hall, unit: Unit, facts: Facts) -> None:
    said = Message.model_validate(facts)
    if said.chat.type != "private":
        await hall.staff.message(unit, said)
    elif turn := await hall.conversation.enter(unit, said):
        await hall.conversation.message(turn, said)


async def edited(hall: Hall, unit: Unit, facts: Facts) -> None:
    said = Message.model_validate(facts)
    if said.chat.type != "private":
        await hall.staff.edited(unit, said)
    elif turn := await hall.conversation.enter(unit, said):
        await hall.conversation.edited(turn, said)


async def tap(hall: Hall, unit: Unit, facts: Facts) -> None:
    """The message of a button is a screen or a card of our own: where it stands is all that is read of it."""
    screen = facts.get("message") or {}
    if screen:
        facts["message"] = {name: screen[name] for name in ("message_id", "date", "chat")}
    said = CallbackQuery.model_validate(facts)
    if said.message and said.message.chat.type != "private":
        await hall.staff.tap(unit, said, said.message.chat.id, screen.get("message_thread_id"))
    elif said.message and (turn := await hall.conversation.enter(unit, said)):
        await hall.conversation.tap(turn, said)


async def membership(hall: Hall, unit: Unit, facts: Facts) -> None:
    """A person blocks the bot or lets it in again. Added to a group that is not the staff's: leave it, for a cabinet is private."""
    change = ChatMemberUpdated.model_validate(facts)
    out = change.new_chat_member.status in ("left", "kicked")
    if change.chat.type == "private":
        await hall.conversation.membership(unit, change.from_user.id, blocked=out)
    elif not out and not await hall.staff.is_ours(unit, change.chat.id):
        unit.send(
            Parcel(
                f"leave:{unit.event.event_id}",
                "telegram",
                {"method": "leaveChat", "payload": {}},
                chat_id=change.chat.id,
            )
        )


ROUTES: dict[str, Callable[[Hall, Unit, Facts], Awaitable[None]]] = {
    "message": message,
    "edited_message": edited,
    "callback_query": tap,
    "my_chat_member": membership,
}
"""The whole routing table. The cabinet speaks in private chats and the staff's groups; other kinds of updates are not even asked for."""

ALLOWED_UPDATES = list(ROUTES)


class Handler:
    """What the lanes call for every event. Nothing it does leaves the process before the commit."""

    def __init__(self, hall: Hall, events: Events) -> None:
        self._hall, self._events = hall, events

    async def __call__(self, unit: Unit) -> None:
        if unit.event.source != "tg":
            await self._events.handle(unit)
            return
        update = json.loads(unit.event.body)
        for kind, route in ROUTES.items():
            if kind in update:
                try:
                    await route(self._hall, unit, update[kind])
                except ValidationError:
                    raise Hopeless(
                        "an update of another shape"
                    ) from None  # pydantic's words hold what the person wrote
