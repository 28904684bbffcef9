"""Methods about a chat: who is in it, what is pinned, reactions."""

from __future__ import annotations

from typing import Any

from playground.telegram import wire
from playground.telegram.groups import leads, may
from playground.telegram.hub import Call
from playground.telegram.model import Chat
from playground.telegram.places import chat_of, message_of
from playground.telegram.refusals import bad


async def get_chat(call: Call) -> Any:
    """ChatFullInfo."""
    place = chat_of(call)
    info = wire.chat(call.memory, place) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
    }
    if place.pinned and (pinned := call.memory.living(place, place.pinned[-1])):
        info["pinned_message"] = wire.message(call.memory, place, pinned, call.bot, quoting=False)
    return info


async def get_chat_member(call: Call) -> Any:
    """What somebody is in the chat."""
    place = chat_of(call)
    user_id = call.params.integer("user_id")
    if user_id not in call.memory.users and user_id not in call.memory.bots:
        raise bad("PARTICIPANT_ID_INVALID" if user_id else "invalid user_id specified")
    return wire.member(call.memory, place, user_id)


async def get_chat_administrators(call: Call) -> Any:
    """The administrators of a group; bots other than the asking one are left out."""
    place = chat_of(call)
    if place.kind == "private":
        raise bad("there are no administrators in the private chat")
    leaders = [number for number in place.members if leads(place, number)]
    return [
        wire.member(call.memory, place, number)
        for number in leaders
        if number == call.bot.id or number not in call.memory.bots
    ]


async def leave_chat(call: Call) -> Any:
    """The bot leaves a group."""
    place = chat_of(call)
    if place.kind == "private":
        raise bad("chat member status can't be changed in private chats")
    call.hub.groups.set_status(place, call.bot.id, "left", by=call.bot.id)
    return True


async def pin_chat_message(call: Call) -> Any:
    """Pin a message: a service message says so, in the topic of the pinned one."""
    place = chat_of(call)
    _may_pin(call, place)
    message = message_of(call, place, "pin")
    if message.id not in place.pinned:
        place.pinned.append(message.id)
        seen = wire.message(call.memory, place, message, call.bot, quoting=False)
        call.hub.groups.note(place, {"pinned_message": seen}, sender=call.bot.id, thread=message.thread)
    return True


async def unpin_chat_message(call: Call) -> Any:
    """Unpin one message, or the newest pinned."""
    place = chat_of(call)
    _may_pin(call, place)
    number = call.params.integer("message_id") or (place.pinned[-1] if place.pinned else 0)
    if number not in place.pinned:
        raise bad("message to unpin not found")
    place.pinned.remove(number)
    call.memory.keep_chat(place)
    return True


async def unpin_all_chat_messages(call: Call) -> Any:
    """Nothing is pinned any more."""
    place = chat_of(call)
    _may_pin(call, place)
    place.pinned.clear()
    call.memory.keep_chat(place)
    return True


def _may_pin(call: Call, place: Chat) -> None:
    if place.kind != "private" and not may(place, call.bot.id, "can_pin_messages"):
        raise bad("not enough rights to manage pinned messages in the chat")


async def set_message_reaction(call: Call) -> Any:
    """One emoji under a message, or none."""
    place = chat_of(call)
    message = message_of(call, place, "react")
    reactions = call.params.objects("reaction", "ReactionType")
    if len(reactions) > 1:
        raise bad("REACTIONS_TOO_MANY")
    if any(item.get("type") not in ("emoji", "custom_emoji") for item in reactions):
        raise bad("REACTION_INVALID")
    message.reactions = reactions
    call.memory.keep_message(place, message)
    return True


METHODS = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "leaveChat": leave_chat,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "setMessageReaction": set_message_reaction,
}
