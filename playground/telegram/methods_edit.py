"""Methods that change or delete what stands in a chat, and the answer to a tap."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from playground.telegram import entities
from playground.telegram import markup as keyboards
from playground.telegram.files import CAPTIONED, MEDIA
from playground.telegram.groups import may
from playground.telegram.hub import Call
from playground.telegram.methods_send import input_media
from playground.telegram.model import Chat, Message
from playground.telegram.outgoing import caption_of, sent, text_fields
from playground.telegram.places import chat_of, message_of
from playground.telegram.refusals import NOT_MODIFIED, STALE_QUERY, bad

_DELETABLE_SECONDS = 48 * 3600
_ANSWERABLE_SECONDS = 60.0  # Telegram publishes no figure; field reports begin at 10-20 s
_TEXT_FIELDS = ("text", "entities")
_CAPTION_FIELDS = ("caption", "caption_entities")
_MEDIA_FIELDS = {"text", "entities", "caption", "caption_entities", "photo", "location", "contact", *MEDIA}
_MAX_TOAST = 200


async def edit_message_text(call: Call) -> Any:
    """New text; without `reply_markup` the inline keyboard goes."""
    given = call.params.json("entities", "entities")
    text = entities.message_text(call.params.text("text"), call.params.text("parse_mode"), given)
    return _edit(call, _TEXT_FIELDS, text_fields(text), needs="text")


async def edit_message_caption(call: Call) -> Any:
    """New caption, or none."""
    return _edit(call, _CAPTION_FIELDS, caption_of(call), needs="caption")


async def edit_message_media(call: Call) -> Any:
    """Another photo or document in place of the message's content."""
    content = await input_media(call, call.params.json("media", "media"))
    return _edit(call, _MEDIA_FIELDS, content)


async def edit_message_reply_markup(call: Call) -> Any:
    """Another inline keyboard, or none."""
    return _edit(call, (), {})


def _edit(call: Call, dropped: Container[str], fields: dict[str, Any], needs: str = "") -> Any:
    markup = keyboards.read_inline(call.params)
    if call.params.has("inline_message_id"):
        raise bad("MESSAGE_ID_INVALID")
    if not call.params.has("message_id"):
        raise bad("message identifier is not specified")
    place = chat_of(call)
    message = message_of(call, place, "edit")
    if message.sender != call.bot.id or message.service:
        raise bad("message can't be edited")
    if needs == "text" and "text" not in message.body:
        raise bad("there is no text in the message to edit")
    if needs == "caption" and not CAPTIONED & message.body.keys():
        raise bad("there is no caption in the message to edit")
    body = {name: value for name, value in message.body.items() if name not in dropped} | fields
    if body == message.body and markup == message.markup:
        raise bad(NOT_MODIFIED)
    if body != message.body:
        message.edited = call.memory.now()
    message.body, message.markup = body, markup
    call.memory.keep_message(place, message)
    return sent(call, message)


async def delete_message(call: Call) -> Any:
    """The bot's own message or, in a private chat, the person's; not older than 48 hours."""
    if not call.params.has("message_id"):
        raise bad("message identifier is not specified")
    place = chat_of(call)
    message = message_of(call, place, "delete")
    if not _deletable(call, place, message):
        raise bad("message can't be deleted")
    forget(call, place, message)
    return True


async def delete_messages(call: Call) -> Any:
    """Up to 100 at once; those that are not there are skipped."""
    numbers = call.params.message_ids()
    place = chat_of(call)
    found = [message for number in numbers if (message := call.memory.living(place, number))]
    if not all(_deletable(call, place, message) for message in found):
        raise bad("message can't be deleted")
    for message in found:
        forget(call, place, message)
    return True


def forget(call: Call, place: Chat, message: Message) -> None:
    """The message goes from both sides; the reply keyboard it brought goes with it."""
    message.deleted = True
    if place.keyboard is not None and place.keyboard.message == message.id:
        place.keyboard = None
    if message.id in place.pinned:
        place.pinned.remove(message.id)
    call.memory.keep_message(place, message)


def _deletable(call: Call, place: Chat, message: Message) -> bool:
    if place.kind == "supergroup":
        mine = message.sender == call.bot.id
        return (mine or may(place, call.bot.id, "can_delete_messages")) and "forum_topic_created" not in message.body
    return call.memory.now() - message.date <= _DELETABLE_SECONDS


async def answer_callback_query(call: Call) -> Any:
    """Ends the tap's waiting; a text shows as a toast or an alert. Late, twice or unknown is refused."""
    callback = call.memory.callbacks.get(call.params.text("callback_query_id"))
    if callback is None or callback.bot != call.bot.id:
        raise bad(STALE_QUERY)
    call.memory.drop_callback(callback.id)
    age = call.hub.world.clock.time() - callback.date
    if not -_ANSWERABLE_SECONDS <= age <= _ANSWERABLE_SECONDS:
        raise bad(STALE_QUERY)
    text = call.params.text("text")
    if len(text) > _MAX_TOAST:
        raise bad("MESSAGE_TOO_LONG")
    if text:
        place = call.memory.today(call.memory.chats[callback.chat])
        call.memory.toast(place, callback.user, text, alert=call.params.flag("show_alert"))
    return True


METHODS = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "answerCallbackQuery": answer_callback_query,
}
