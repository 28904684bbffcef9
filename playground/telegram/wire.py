"""How Telegram writes things down for a bot: User, Chat, Message as the Bot API has them."""

from __future__ import annotations

from typing import Any

from playground.telegram.files import with_file_ids
from playground.telegram.memory import Memory
from playground.telegram.model import Bot, Chat, Message, User


def user(person: User) -> dict[str, Any]:
    """A User as others see it: no phone in it."""
    seen = {"id": person.id, "is_bot": False, "first_name": person.first_name}
    extra = {"last_name": person.last_name, "username": person.username, "language_code": person.language_code}
    return seen | {name: value for name, value in extra.items() if value}


def bot_user(bot: Bot) -> dict[str, Any]:
    """The bot as a User."""
    return {
        "id": bot.id,
        "is_bot": True,
        "first_name": bot.texts.get("name/", bot.first_name),
        "username": bot.username,
    }


def sender(memory: Memory, user_id: int) -> dict[str, Any]:
    """Whoever has this id: a bot or a person."""
    if user_id in memory.bots:
        return bot_user(memory.bots[user_id])
    known = memory.users.get(user_id)
    return user(known) if known else {"id": user_id, "is_bot": False, "first_name": ""}


def chat(memory: Memory, place: Chat) -> dict[str, Any]:
    """A Chat."""
    if place.kind == "private":
        person = memory.users[place.id]
        seen = {"id": place.id, "type": "private", "first_name": person.first_name}
        extra = {"last_name": person.last_name, "username": person.username}
        return seen | {name: value for name, value in extra.items() if value}
    return {"id": place.id, "type": "supergroup", "title": place.title, "is_forum": True}


def message(memory: Memory, place: Chat, written: Message, bot: Bot, *, quoting: bool = True) -> dict[str, Any]:
    """A Message as `bot` gets it; the message it answers is inside, one level deep."""
    seen: dict[str, Any] = {
        "message_id": written.id,
        "from": sender(memory, written.sender),
        "chat": chat(memory, place),
        "date": written.date,
    }
    if written.thread is not None:
        seen |= {"message_thread_id": written.thread, "is_topic_message": True}
    if written.edited is not None:
        seen["edit_date"] = written.edited
    if quoting and written.reply_to is not None and (replied := memory.living(place, written.reply_to)):
        seen["reply_to_message"] = message(memory, place, replied, bot, quoting=False)
    seen |= with_file_ids(_with_users(memory, written.body), bot.id)
    if written.markup:
        seen["reply_markup"] = written.markup
    return seen


def maybe_inaccessible(memory: Memory, place: Chat, message_id: int, bot: Bot) -> dict[str, Any]:
    """The message of a callback: what is left of a deleted one is its place."""
    if written := memory.living(place, message_id):
        return message(memory, place, written, bot)
    return {"chat": chat(memory, place), "message_id": message_id, "date": 0}


def _with_users(memory: Memory, body: dict[str, Any]) -> dict[str, Any]:
    """Mentions of users by id (`text_mention`) are filled in when shown: names may have changed."""
    filled = dict(body)
    for name in ("entities", "caption_entities"):
        if name in filled:
            filled[name] = [
                e | {"user": sender(memory, e["user"]["id"])} if e["type"] == "text_mention" else e
                for e in filled[name]
            ]
    return filled
