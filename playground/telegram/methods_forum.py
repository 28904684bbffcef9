"""Methods about the topics of the staff forum."""

from __future__ import annotations

from typing import Any

from playground.telegram.groups import may
from playground.telegram.hub import Call
from playground.telegram.model import COLOURS, ICONS, Chat, Topic
from playground.telegram.places import chat_of
from playground.telegram.refusals import bad


async def create_forum_topic(call: Call) -> Any:
    """A new topic; a service message opens it, and its id is the topic's."""
    place = _forum(call, "create a topic")
    name = _name(call)
    colour = call.params.integer("icon_color", COLOURS[0])
    if colour not in COLOURS:
        raise bad("TOPIC_ICON_COLOR_INVALID")
    icon = _icon(call)
    topic = call.hub.groups.open_topic(place, name, sender=call.bot.id, colour=colour, icon=icon)
    return {"message_thread_id": topic.id} | topic.seen


async def edit_forum_topic(call: Call) -> Any:
    """Another name or another icon."""
    place = _forum(call, "edit the topic")
    topic = _topic(call, place)
    changed: dict[str, Any] = {}
    if call.params.has("name") and (name := _name(call)) != topic.name:
        topic.name = changed["name"] = name
    icon = _icon(call)
    if call.params.has("icon_custom_emoji_id") and icon != topic.icon_custom_emoji_id:
        topic.icon_custom_emoji_id = icon
        changed["icon_custom_emoji_id"] = icon or ""
    if not changed:
        raise bad("TOPIC_NOT_MODIFIED")
    call.hub.groups.note(place, {"forum_topic_edited": changed}, sender=call.bot.id, thread=topic.id)
    return True


async def close_forum_topic(call: Call) -> Any:
    """Only administrators may write there until it is reopened."""
    return _set_closed(call, closed=True)


async def reopen_forum_topic(call: Call) -> Any:
    """Everybody may write there again."""
    return _set_closed(call, closed=False)


async def delete_forum_topic(call: Call) -> Any:
    """The topic goes with all its messages."""
    place = _forum(call, "delete the topic")
    call.hub.groups.delete_topic(place, _topic(call, place))
    return True


async def unpin_all_forum_topic_messages(call: Call) -> Any:
    """Nothing is pinned in the topic any more."""
    place = _forum(call, "manage pinned messages in the chat", right="can_pin_messages")
    topic = _topic(call, place)
    held = call.memory.messages[place.key]
    place.pinned = [number for number in place.pinned if held[number].thread != topic.id]
    call.memory.keep_chat(place)
    return True


async def get_forum_topic_icon_stickers(call: Call) -> Any:
    """The icons a topic may have, as Sticker objects."""
    return [
        {
            "file_id": f"icon-{number}",
            "file_unique_id": f"icon{number}",
            "type": "custom_emoji",
            "width": 100,
            "height": 100,
            "is_animated": False,
            "is_video": False,
            "emoji": emoji,
            "custom_emoji_id": number,
        }
        for number, emoji in ICONS.items()
    ]


def _forum(call: Call, deed: str, right: str = "can_manage_topics") -> Chat:
    place = chat_of(call)
    if place.kind == "private":
        raise bad("the chat is not a forum")
    if not may(place, call.bot.id, right):
        raise bad(f"not enough rights to {deed}")
    return place


def _name(call: Call) -> str:
    name = call.params.text("name").strip()
    if not name:
        raise bad("TOPIC_TITLE_EMPTY")
    if len(name) > 128:
        raise bad("TOPIC_TITLE_TOO_LONG")
    return name


def _icon(call: Call) -> str | None:
    """One of the stickers that getForumTopicIconStickers names; none for an empty one."""
    icon = call.params.text("icon_custom_emoji_id") or None
    if icon is not None and icon not in ICONS:
        raise bad("DOCUMENT_INVALID")
    return icon


def _topic(call: Call, place: Chat) -> Topic:
    topic = place.topics.get(call.params.integer("message_thread_id"))
    if topic is None or topic.deleted:
        raise bad("message thread not found")
    return topic


def _set_closed(call: Call, *, closed: bool) -> Any:
    place = _forum(call, "edit the topic")
    topic = _topic(call, place)
    if topic.closed == closed:
        raise bad("TOPIC_NOT_MODIFIED")
    call.hub.groups.set_closed(place, topic, closed=closed, sender=call.bot.id)
    return True


METHODS = {
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "closeForumTopic": close_forum_topic,
    "reopenForumTopic": reopen_forum_topic,
    "deleteForumTopic": delete_forum_topic,
    "unpinAllForumTopicMessages": unpin_all_forum_topic_messages,
    "getForumTopicIconStickers": get_forum_topic_icon_stickers,
}
