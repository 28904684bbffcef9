"""The last step of every sending method: a bot's message appears in the chat."""

from __future__ import annotations

from typing import Any

from playground.telegram import markup as keyboards
from playground.telegram import wire
from playground.telegram.entities import Formatted, caption
from playground.telegram.hub import Call
from playground.telegram.markup import Markup
from playground.telegram.model import Chat, Keyboard, Message
from playground.telegram.places import Target, chat_of, target_of


def formatted_caption(params_text: str, mode: str, entities: Any) -> dict[str, Any]:
    """The fields of a caption; none for an empty one."""
    return caption_fields(caption(params_text, mode, entities))


def text_fields(formatted: Formatted) -> dict[str, Any]:
    """A text as the fields of a Message."""
    return {"text": formatted.text} | ({"entities": formatted.entities} if formatted.entities else {})


def caption_fields(formatted: Formatted) -> dict[str, Any]:
    """A caption as the fields of a Message."""
    if not formatted.text:
        return {}
    entities = {"caption_entities": formatted.entities} if formatted.entities else {}
    return {"caption": formatted.text} | entities


def caption_of(call: Call) -> dict[str, Any]:
    """The caption a call gives with its `parse_mode` or `caption_entities`."""
    given = call.params.json("caption_entities", "caption entities")
    return formatted_caption(call.params.text("caption"), call.params.text("parse_mode"), given)


def send(call: Call, body: dict[str, Any]) -> Message:
    """Check where to and with what keyboard, then write. Raises Refusal."""
    markup = keyboards.read(call.params)
    place = chat_of(call, to_write=True)
    return write(call, place, body, target_of(call, place), markup=markup)


def write(
    call: Call,
    place: Chat,
    body: dict[str, Any],
    target: Target,
    *,
    markup: Markup | None = None,
    copied_from: str = "",
) -> Message:
    """The bot's message, and what its keyboard does to the chat."""
    memory, markup = call.memory, markup or Markup()
    if call.params.flag("protect_content"):
        body = body | {"has_protected_content": True}
    written = Message(
        id=memory.next_id(place),
        chat=place.key,
        date=memory.now(),
        sender=call.bot.id,
        body=body,
        by_bot=True,
        reply_to=target.reply_to,
        quote=target.quote,
        external=target.external,
        copied_from=copied_from,
        thread=target.thread,
        markup=markup.inline,
    )
    if markup.reply is not None:
        place.keyboard = Keyboard(message=written.id, **markup.reply)
    elif markup.remove:
        place.keyboard = None
    place.action = None
    return memory.keep_message(place, written)


def sent(call: Call, written: Message) -> dict[str, Any]:
    """The message as the answer of a method."""
    place = call.memory.chats[written.chat]
    return wire.message(call.memory, place, written, call.bot)
