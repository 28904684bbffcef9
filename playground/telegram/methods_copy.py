"""Methods that repeat a message elsewhere: copies lose their origin, forwards show it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from playground.telegram import markup as keyboards
from playground.telegram import wire
from playground.telegram.files import CAPTIONED
from playground.telegram.hub import Call
from playground.telegram.model import Message
from playground.telegram.outgoing import caption_of, sent, write
from playground.telegram.places import chat_of, message_of, target_of
from playground.telegram.refusals import bad


async def copy_message(call: Call) -> Any:
    """The same content as a new message; a caption may be replaced where there can be one. Only the new id is answered."""
    source = chat_of(call, "from_chat_id")
    message = message_of(call, source, "copy")
    if message.service:
        raise bad("message can't be copied")
    body = _content(message)
    if call.params.has("caption") and CAPTIONED & body.keys():
        body = _without_caption(body) | caption_of(call)
    markup = keyboards.read(call.params)
    place = chat_of(call, to_write=True)
    written = write(call, place, body, target_of(call, place), markup=markup, copied_from=source.key)
    return {"message_id": written.id}


async def forward_message(call: Call) -> Any:
    """The same content with "forwarded from" above it."""
    source = chat_of(call, "from_chat_id")
    message = message_of(call, source, "forward")
    if not _forwardable(message):
        raise bad("message can't be forwarded")
    body = _content(message) | {"forward_origin": wire.origin(call.memory, source, message)}
    place = chat_of(call, to_write=True)
    return sent(call, write(call, place, body, target_of(call, place), copied_from=source.key))


async def copy_messages(call: Call) -> Any:
    """Several at once, albums stay albums; what cannot be copied is skipped."""
    return _repeat(call, forwarded=False)


async def forward_messages(call: Call) -> Any:
    """Several at once, albums stay albums; what cannot be forwarded is skipped."""
    return _repeat(call, forwarded=True)


def _repeat(call: Call, *, forwarded: bool) -> Any:
    """The numbers must grow strictly, as the documentation demands."""
    numbers = call.params.message_ids()
    if any(later <= earlier for earlier, later in pairwise(numbers)):
        raise bad("message identifiers must be in a strictly increasing order")
    source = chat_of(call, "from_chat_id")
    place = chat_of(call, to_write=True)
    target = target_of(call, place)
    found = [message for number in numbers if (message := call.memory.living(source, number))]
    found = [message for message in found if (_forwardable(message) if forwarded else not message.service)]
    if not found:
        raise bad("there are no messages to forward" if forwarded else "there are no messages to copy")
    albums: dict[str, str] = {}
    written = []
    for message in found:
        body = _content(message)
        if forwarded:
            body |= {"forward_origin": wire.origin(call.memory, source, message)}
        elif call.params.flag("remove_caption"):
            body = _without_caption(body)
        if album := message.body.get("media_group_id"):
            body["media_group_id"] = albums.setdefault(album, str(call.memory.random.randrange(10**16, 10**17)))
        written.append(write(call, place, body, target, copied_from=source.key))
    return [{"message_id": message.id} for message in written]


def _forwardable(message: Message) -> bool:
    return not message.service and not message.body.get("has_protected_content")


def _content(message: Message) -> dict[str, Any]:
    dropped = ("forward_origin", "media_group_id", "has_protected_content")
    return {name: value for name, value in message.body.items() if name not in dropped}


def _without_caption(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in ("caption", "caption_entities")}


METHODS = {
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
    "forwardMessage": forward_message,
    "forwardMessages": forward_messages,
}
