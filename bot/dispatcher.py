"""Which update goes where. aiogram's dispatcher routes; every handler and filter is async, so none of them hops to a thread.

Taps, commands and words are looked up in the rooms' own tables (`handlers.conversation`), not by a filter each: two hundred filters
cost more than the step itself.
"""

from __future__ import annotations

import structlog
from aiogram import Bot, Dispatcher, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, Update

from handlers import human, login, menu, policies, start, trouble
from handlers.conversation import Conversation
from handlers.events import Events
from handlers.room import House
from services.db.pipe import Parcel
from services.db.unit import Unit

log = structlog.get_logger("dispatcher")

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
    menu.leave,
    menu.consents,
    menu.withdraw,
    policies.listing,
    policies.card,
    policies.papers,
    policies.paper,
    human.room,
    human.question,
    trouble.room,
)

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]


class Private(Filter):
    """A chat with one person. The cabinet speaks nowhere else."""

    async def __call__(self, said: Message | CallbackQuery) -> bool:
        message = said if isinstance(said, Message) else said.message
        return message is not None and message.chat.type == "private"


async def message(message: Message, unit: Unit, conversation: Conversation) -> None:
    if turn := await conversation.enter(unit, message):
        await conversation.message(turn, message)


async def edited(message: Message, unit: Unit, conversation: Conversation) -> None:
    if turn := await conversation.enter(unit, message):
        await conversation.edited(turn, message)


async def tap(tap: CallbackQuery, unit: Unit, conversation: Conversation) -> None:
    if turn := await conversation.enter(unit, tap):
        await conversation.tap(turn, tap)


async def membership(change: ChatMemberUpdated, unit: Unit) -> None:
    """Blocked: said by the next refusal. Added to a group: leave it, for a cabinet is private."""
    if change.chat.type != "private" and change.new_chat_member.status not in ("left", "kicked"):
        unit.send(
            Parcel(
                f"leave:{unit.event.event_id}",
                "telegram",
                {"method": "leaveChat", "payload": {}},
                chat_id=change.chat.id,
            )
        )


def build_dispatcher() -> Dispatcher:
    """The whole routing table."""
    router = Router(name="cabinet")
    router.message.register(message, Private())
    router.edited_message.register(edited, Private())
    router.callback_query.register(tap, Private())
    router.my_chat_member.register(membership)
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.include_router(router)
    return dispatcher


class Handler:
    """What the lanes call for every event. Nothing it does leaves the process before the commit."""

    def __init__(self, bot: Bot, conversation: Conversation, events: Events) -> None:
        self._bot, self._conversation, self._events = bot, conversation, events
        self._dispatcher = build_dispatcher()

    async def __call__(self, unit: Unit) -> None:
        if unit.event.source != "tg":
            await self._events.handle(unit)
            return
        update = Update.model_validate_json(unit.event.body, context={"bot": self._bot})
        await self._dispatcher.feed_update(self._bot, update, unit=unit, conversation=self._conversation)
