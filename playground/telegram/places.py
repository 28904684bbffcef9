"""Where a call points to: the chat, the topic, the message. Telegram's refusals for what is not there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playground.telegram.groups import may
from playground.telegram.hub import Call
from playground.telegram.memory import Memory
from playground.telegram.model import Bot, Chat, Message
from playground.telegram.params import Params
from playground.telegram.refusals import bad, forbidden
from playground.telegram.spans import units


def chat_of(call: Call, name: str = "chat_id", *, to_write: bool = False) -> Chat:
    """The chat a parameter names, if the bot may see it (and, with `to_write`, write there). Raises Refusal."""
    text = call.params.text(name).strip()
    if not text:
        raise bad("chat_id is empty")
    memory = call.memory
    if not text.lstrip("-").isdigit():
        raise bad("chat not found")
    chat_id = int(text)
    return _group(memory, call.bot, chat_id) if chat_id < 0 else _private(memory, call.bot, chat_id, to_write)


def _private(memory: Memory, bot: Bot, user_id: int, to_write: bool) -> Chat:
    person = memory.users.get(user_id)
    if person is None:
        raise bad("chat not found")
    place = memory.chats.get(f"{bot.id}:{user_id}")
    if place is None or not place.started:
        raise forbidden("bot can't initiate conversation with a user")
    if to_write and person.deactivated:
        raise forbidden("user is deactivated")
    if to_write and place.blocked:
        raise forbidden("bot was blocked by the user")
    return place


def _group(memory: Memory, bot: Bot, chat_id: int) -> Chat:
    place = memory.group(chat_id)
    if place is None:
        raise bad("chat not found")
    if place.migrated_to is not None:
        raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=place.migrated_to)
    match place.members.get(bot.id):
        case None | "left":
            raise forbidden("bot is not a member of the supergroup chat")
        case "kicked":
            raise forbidden("bot was kicked from the supergroup chat")
        case _:
            return place


@dataclass(frozen=True, slots=True)
class Target:
    """Where in a chat a message goes: its topic (None: General, or no topics at all), and what it answers (see `Message`)."""

    thread: int | None = None
    reply_to: int | None = None
    quote: dict[str, Any] | None = None
    external: tuple[str, int] | None = None


def target_of(call: Call, place: Chat) -> Target:
    """The topic and the answered message of a call. An answer without a topic goes where the answered message stands; one from
    another topic or chat is an external one (Client.cpp `check_reply_parameters`). Raises Refusal."""
    thread = _thread_of(call, place)
    source, answered, quote = _replied_of(call, place)
    if answered is None:
        return Target(thread)
    if source.key != place.key:
        return Target(thread, quote=quote, external=(source.key, answered.id))
    if thread is None:
        return Target(_open(call, place, answered.thread), answered.id, quote)
    if answered.thread != thread:
        return Target(thread, quote=quote, external=(source.key, answered.id))
    return Target(thread, answered.id, quote)


def _thread_of(call: Call, place: Chat) -> int | None:
    thread = call.params.integer("message_thread_id")
    if not thread:
        return None
    topic = place.topics.get(thread)
    if place.kind == "private" or topic is None or topic.deleted:
        raise bad("message thread not found")
    return _open(call, place, thread)


def _open(call: Call, place: Chat, thread: int | None) -> int | None:
    """Into a closed topic only those who manage topics write."""
    if thread is not None and place.topics[thread].closed and not may(place, call.bot.id, "can_manage_topics"):
        raise bad("TOPIC_CLOSED")
    return thread


def _replied_of(call: Call, place: Chat) -> tuple[Chat, Message | None, dict[str, Any] | None]:
    """The message to answer, with its chat and the quoted part: `reply_parameters`, or the older `reply_to_message_id`."""
    given = call.params.json("reply_parameters", "reply parameters")
    if given is not None and not isinstance(given, dict):
        raise bad("Object expected as reply parameters")
    reply = Params(given or {})
    number = reply.integer("message_id") or call.params.integer("reply_to_message_id")
    if not number:
        return place, None, None
    elsewhere = reply.has("chat_id") and reply.text("chat_id") != str(place.id)
    source = chat_of(Call(call.hub, call.bot, reply)) if elsewhere else place
    answered = call.memory.living(source, number)
    if answered is not None:
        return source, answered, _quote(answered, reply)
    if reply.flag("allow_sending_without_reply") or call.params.flag("allow_sending_without_reply"):
        return place, None, None
    raise bad("message to be replied not found")


def _quote(answered: Message, reply: Params) -> dict[str, Any] | None:
    """A part of the answered text, word for word: a TextQuote. Positions are UTF-16 units."""
    quoted = reply.text("quote")
    if not quoted:
        return None
    text = str(answered.body.get("text") or answered.body.get("caption") or "")
    at = text.find(quoted)
    if at < 0:
        raise bad("QUOTE_TEXT_INVALID")
    return {"text": quoted, "position": units(text[:at]), "is_manual": True}


def message_of(call: Call, place: Chat, purpose: str, name: str = "message_id") -> Message:
    """A message of the chat. `purpose` completes Telegram's words: "message to edit not found". Raises Refusal."""
    found = call.memory.living(place, call.params.integer(name))
    if found is None:
        raise bad(f"message to {purpose} not found")
    return found
