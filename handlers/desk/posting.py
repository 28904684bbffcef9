"""What the bot says in a topic of its own accord: one call a parcel, in the topic's lane, with what is heard of it afterwards."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from handlers.texts import Html
from services.db.pipe import Parcel
from services.db.unit import Unit
from services.talks import Topic

Hear = Callable[[Unit, dict[str, Any]], Awaitable[None]]
"""What an event leads to."""
Facts = dict[str, Any] | None
"""Of the event that tells what became of a call."""


def post(
    unit: Unit,
    topic: Topic,
    once: str,
    method: str,
    payload: dict[str, Any],
    *,
    document: dict[str, Any] | None = None,
    on_sent: Facts = None,
    on_dead: Facts = None,
    on_stop: Facts = None,
) -> None:
    """A call of the Bot API about this topic. `document`: the file it carries, see `bot.papers`."""
    body: dict[str, Any] = {"method": method, "payload": payload}
    more = {"document": document, "on_sent": on_sent, "on_dead": on_dead, "on_stop": on_stop}
    body |= {name: facts for name, facts in more.items() if facts}
    unit.send(Parcel(f"desk:{topic.id}:{once}", "telegram", body, chat_id=topic.group_id, lane=topic.lane))


def note(unit: Unit, topic: Topic, once: str, text: Html) -> None:
    """The bot's own words; nothing where the topic is not made yet."""
    if topic.thread_id is not None:
        payload = {"message_thread_id": topic.thread_id, "text": text, "parse_mode": "HTML"}
        post(unit, topic, f"note:{topic.generation}:{once}", "sendMessage", payload)


def away(topic: Topic) -> dict[str, Any]:
    """The facts of an event: this could not be said in the group at all."""
    return {"type": "group.away", "topic": topic.id, "generation": topic.generation}
