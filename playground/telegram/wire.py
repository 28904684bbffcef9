"""How Telegram writes things down for a bot: User, Chat, Message as the Bot API has them."""

from __future__ import annotations

from typing import Any

from playground.telegram.files import MEDIA, with_file_ids
from playground.telegram.memory import Memory
from playground.telegram.model import USUAL_RIGHTS, Bot, Chat, Message, User

ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
"""Whom a message of an anonymous administrator is from."""
_RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
    "can_manage_direct_messages",
    "can_manage_tags",
    "can_send_welcome_messages",
)


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


def member(memory: Memory, place: Chat, user_id: int) -> dict[str, Any]:
    """A ChatMember."""
    status = "member" if place.kind == "private" else place.members.get(user_id, "left")
    seen: dict[str, Any] = {"status": status, "user": sender(memory, user_id)}
    anonymous = user_id in place.anonymous
    if status == "administrator":
        held = place.rights.get(user_id, USUAL_RIGHTS)
        seen |= {right: right in held for right in _RIGHTS} | {"is_anonymous": anonymous}
    elif status == "creator":
        seen["is_anonymous"] = anonymous
    elif status == "kicked":
        seen["until_date"] = 0
    return seen


def message(memory: Memory, place: Chat, written: Message, bot: Bot, *, quoting: bool = True) -> dict[str, Any]:
    """A Message as `bot` gets it; the message it answers is inside, one level deep."""
    seen: dict[str, Any] = {
        "message_id": written.id,
        "from": ANONYMOUS if written.anonymous else sender(memory, written.sender),
        "chat": chat(memory, place),
        "date": written.date,
    }
    if written.anonymous:
        seen["sender_chat"] = chat(memory, place)
    seen |= _thread(memory, place, written)
    if written.edited is not None:
        seen["edit_date"] = written.edited
    if quoting and (replied := _replied(memory, place, written)):
        seen["reply_to_message"] = message(memory, place, replied, bot, quoting=False)
    if quoting and written.external is not None:
        seen |= _external(memory, *written.external, bot)
    if written.quote is not None:
        seen["quote"] = written.quote
    seen |= with_file_ids(_with_users(memory, written.body), bot.id)
    if written.markup:
        seen["reply_markup"] = written.markup
    return seen


def origin(memory: Memory, place: Chat, written: Message) -> dict[str, Any]:
    """Who wrote it first, for what is forwarded or quoted elsewhere: a MessageOrigin."""
    if known := written.body.get("forward_origin"):
        return dict(known)
    if written.anonymous:
        return {"type": "chat", "sender_chat": chat(memory, place), "date": written.date}
    return {"type": "user", "sender_user": sender(memory, written.sender), "date": written.date}


def _thread(memory: Memory, place: Chat, written: Message) -> dict[str, Any]:
    """Where a message of a forum belongs. An answer in General has a thread too, that of the first message answered, and is in no topic
    all the same: writing with that number is refused (levlam, telegram-bot-api#356 and #447)."""
    if written.thread is not None:
        return {"message_thread_id": written.thread, "is_topic_message": True}
    if place.kind == "private" or written.reply_to is None:
        return {}
    root = written.reply_to
    while (above := memory.messages[place.key].get(root)) and above.reply_to is not None:
        root = above.reply_to
    return {"message_thread_id": root}


def _replied(memory: Memory, place: Chat, written: Message) -> Message | None:
    """Whatever a message answers; in a topic what answers nothing answers the note that opened it, as for Telegram it does
    (Client.cpp `get_same_chat_reply_to_message_id`)."""
    number = written.reply_to
    if number is None and written.thread is not None and written.thread < written.id:
        number = written.thread
    return memory.living(place, number) if number is not None else None


def _external(memory: Memory, key: str, number: int, bot: Bot) -> dict[str, Any]:
    """An answer to a message of another chat or another topic: an ExternalReplyInfo."""
    place = memory.chats[key]
    answered = memory.living(place, number)
    if answered is None:
        return {}
    known = {"origin": origin(memory, place, answered), "chat": chat(memory, place), "message_id": number}
    shown = {kind: answered.body[kind] for kind in (*MEDIA, "photo", "location", "contact") if kind in answered.body}
    return {"external_reply": known | with_file_ids(shown, bot.id)}


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
