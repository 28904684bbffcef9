"""Staff groups as an employee sees them: groups, operators, topics, what stands in a topic."""

from __future__ import annotations

import re
from typing import Any

from playground.person import view
from playground.telegram.groups import is_present, status
from playground.telegram.hub import Telegram
from playground.telegram.model import ICONS, Chat, Message, Topic, User

_MENTION = re.compile(r"tg://user\?id=([0-9]+)")


def group(hub: Telegram, place: Chat) -> dict[str, Any]:
    """A group in a list."""
    topics = [topic for topic in place.topics.values() if not topic.deleted]
    return {"chat_id": place.id, "title": place.title, "topics": len(topics), "cursor": place.cursor}


def operators(hub: Telegram, place: Chat) -> list[dict[str, Any]]:
    """Everybody who is or was in the group, bots aside."""
    people = hub.memory.users.values()
    return [_operator(place, user) for user in people if user.post or user.id in place.members]


def _operator(place: Chat, user: User) -> dict[str, Any]:
    named = user.model_dump(include={"id", "first_name", "last_name", "username", "post", "story"})
    standing = {"status": status(place, user.id), "anonymous": user.id in place.anonymous}
    return named | {"name": user.name, "present": is_present(place, user.id)} | standing


def topic(hub: Telegram, place: Chat, one: Topic) -> dict[str, Any]:
    """A topic in a list: how it looks, whose it is, and what was said last."""
    messages = _messages(hub, place, one.id)
    said = [message for message in messages if not message.service]
    return {
        "id": one.id,
        "name": one.name,
        "icon": ICONS.get(one.icon_custom_emoji_id or "", ""),
        "icon_color": one.icon_color,
        "closed": one.closed,
        "client": _client(hub, one, messages),
        "messages": len(said),
        "last": message(hub, place, said[-1]) if said else None,
        "pinned": [message.id for message in messages if message.id in place.pinned],
    }


def chat(hub: Telegram, place: Chat, one: Topic | None, since: int) -> dict[str, Any]:
    """A topic (or General) in the shape of a person's chat; every toast says whose it is."""
    thread = one.id if one else None
    found = [message for message in hub.memory.messages[place.key].values() if message.changed > since]
    own = sorted((message for message in found if message.thread == thread), key=lambda message: message.id)
    return {
        "cursor": place.cursor,
        "messages": [message(hub, place, written) for written in own],
        "toasts": [
            toast.model_dump(exclude={"changed", "user"}) | {"operator": toast.user}
            for toast in place.toasts
            if toast.changed > since
        ],
        "reply_keyboard": None,
        "action": None,
        "blocked": False,
        "topic": topic(hub, place, one) if one else None,
    }


def message(hub: Telegram, place: Chat, written: Message) -> dict[str, Any]:
    """A message as `person.view` has it, with the employee who wrote it."""
    seen = view.message(hub, place, written)
    if not written.by_bot:
        seen["operator"] = written.sender
    if written.anonymous:
        seen |= {"from": place.title, "anonymous": True}
    if written.quote:
        seen["quote"] = written.quote["text"]
    return seen


def _messages(hub: Telegram, place: Chat, thread: int) -> list[Message]:
    held = hub.memory.messages[place.key].values()
    return sorted((m for m in held if m.thread == thread and not m.deleted), key=lambda m: m.id)


def _client(hub: Telegram, one: Topic, messages: list[Message]) -> int | None:
    """Whose topic it is, as far as it can be seen: whose messages were copied there, who is linked there, whose name it bears."""
    for written in messages:
        source = hub.memory.chats.get(written.copied_from)
        if source is not None and source.kind == "private":
            return source.id
        if found := _MENTION.search(str(written.markup) + str(written.body)):
            return int(found[1])
        mentioned = [entity["user"]["id"] for entity in written.body.get("entities", ()) if "user" in entity]
        if mentioned:
            return int(mentioned[0])
    clients = (user for user in hub.memory.users.values() if not user.post)
    return next((user.id for user in clients if user.last_name and user.name in one.name), None)
