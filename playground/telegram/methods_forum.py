"""Methods about the topics of the staff forum."""

from __future__ import annotations

from typing import Any

from playground.telegram.hub import Call
from playground.telegram.model import Chat, Message, Topic
from playground.telegram.places import chat_of
from playground.telegram.refusals import bad

_COLOURS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)
_ICONS = {
    "5312536423851630001": "💡",
    "5312016608254762256": "💬",
    "5377316857231450742": "❓",
    "5379748062124056162": "❗️",
    "5357121491508928442": "👀",
    "5237699328843200968": "✅",
    "5309832892262654231": "🤖",
}


async def create_forum_topic(call: Call) -> Any:
    """A new topic; a service message opens it, and its id is the topic's."""
    place = _forum(call)
    name = _name(call)
    colour = call.params.integer("icon_color", _COLOURS[0])
    if colour not in _COLOURS:
        raise bad("TOPIC_ICON_COLOR_INVALID")
    icon = call.params.text("icon_custom_emoji_id") or None
    topic = Topic(id=call.memory.next_id(place), name=name, icon_color=colour, icon_custom_emoji_id=icon)
    place.topics[topic.id] = topic
    opened = _seen(topic)
    _note(call, place, topic, {"forum_topic_created": opened}, number=topic.id)
    return {"message_thread_id": topic.id} | opened


async def edit_forum_topic(call: Call) -> Any:
    """Another name or another icon."""
    place = _forum(call)
    topic = _topic(call, place)
    changed: dict[str, Any] = {}
    if call.params.has("name") and (name := _name(call)) != topic.name:
        topic.name = changed["name"] = name
    icon = call.params.text("icon_custom_emoji_id")
    if call.params.has("icon_custom_emoji_id") and (icon or None) != topic.icon_custom_emoji_id:
        topic.icon_custom_emoji_id = icon or None
        changed["icon_custom_emoji_id"] = icon
    if not changed:
        raise bad("TOPIC_NOT_MODIFIED")
    _note(call, place, topic, {"forum_topic_edited": changed})
    return True


async def close_forum_topic(call: Call) -> Any:
    """Only administrators may write there until it is reopened."""
    return _set_closed(call, closed=True)


async def reopen_forum_topic(call: Call) -> Any:
    """Everybody may write there again."""
    return _set_closed(call, closed=False)


async def delete_forum_topic(call: Call) -> Any:
    """The topic goes with all its messages."""
    place = _forum(call)
    topic = _topic(call, place)
    topic.deleted = True
    for message in list(call.memory.messages[place.key].values()):
        if message.thread == topic.id and not message.deleted:
            message.deleted = True
            call.memory.keep_message(place, message)
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
        for number, emoji in _ICONS.items()
    ]


def _forum(call: Call) -> Chat:
    place = chat_of(call)
    if place.kind == "private":
        raise bad("the chat is not a forum")
    return place


def _name(call: Call) -> str:
    name = call.params.text("name").strip()
    if not name:
        raise bad("TOPIC_TITLE_EMPTY")
    if len(name) > 128:
        raise bad("TOPIC_TITLE_TOO_LONG")
    return name


def _topic(call: Call, place: Chat) -> Topic:
    topic = place.topics.get(call.params.integer("message_thread_id"))
    if topic is None or topic.deleted:
        raise bad("message thread not found")
    return topic


def _set_closed(call: Call, *, closed: bool) -> Any:
    place = _forum(call)
    topic = _topic(call, place)
    if topic.closed == closed:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    _note(call, place, topic, {"forum_topic_closed" if closed else "forum_topic_reopened": {}})
    return True


def _seen(topic: Topic) -> dict[str, Any]:
    icon = {"icon_custom_emoji_id": topic.icon_custom_emoji_id} if topic.icon_custom_emoji_id else {}
    return {"name": topic.name, "icon_color": topic.icon_color} | icon


def _note(call: Call, place: Chat, topic: Topic, body: dict[str, Any], number: int | None = None) -> None:
    """The service message that tells the topic what happened to it."""
    note = Message(
        id=call.memory.next_id(place) if number is None else number,
        chat=place.key,
        date=call.memory.now(),
        sender=call.bot.id,
        by_bot=True,
        thread=topic.id,
        body=body,
    )
    call.memory.keep_message(place, note)


METHODS = {
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "closeForumTopic": close_forum_topic,
    "reopenForumTopic": reopen_forum_topic,
    "deleteForumTopic": delete_forum_topic,
    "getForumTopicIconStickers": get_forum_topic_icon_stickers,
}
