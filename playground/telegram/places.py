"""Where a call points to: the chat, the topic, the message. Telegram's refusals for what is not there."""

from __future__ import annotations

from playground.telegram.hub import Call
from playground.telegram.memory import Memory
from playground.telegram.model import Bot, Chat, Message
from playground.telegram.params import Params
from playground.telegram.refusals import bad, forbidden


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


def thread_of(call: Call, place: Chat) -> int | None:
    """The topic to write into; None is General, or a chat without topics. Raises Refusal for an unknown one."""
    thread = call.params.integer("message_thread_id")
    if not thread:
        return None
    topic = place.topics.get(thread)
    if place.kind == "private" or topic is None or topic.deleted:
        raise bad("message thread not found")
    return thread


def replied_of(call: Call, place: Chat) -> int | None:
    """The message to answer: `reply_parameters`, or the older `reply_to_message_id`. Raises Refusal."""
    given = call.params.json("reply_parameters", "reply parameters")
    if given is not None and not isinstance(given, dict):
        raise bad("Object expected as reply parameters")
    number = Params(given or {}).integer("message_id") or call.params.integer("reply_to_message_id")
    if not number:
        return None
    if call.memory.living(place, number) is not None:
        return number
    lenient = (given or {}).get("allow_sending_without_reply") or call.params.flag("allow_sending_without_reply")
    if lenient:
        return None
    raise bad("message to be replied not found")


def message_of(call: Call, place: Chat, purpose: str, name: str = "message_id") -> Message:
    """A message of the chat. `purpose` completes Telegram's words: "message to edit not found". Raises Refusal."""
    found = call.memory.living(place, call.params.integer(name))
    if found is None:
        raise bad(f"message to {purpose} not found")
    return found
