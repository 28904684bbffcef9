"""Methods that repeat a message elsewhere: copies lose their origin, forwards show it."""

from __future__ import annotations

from typing import Any

from playground.telegram import markup as keyboards
from playground.telegram import wire
from playground.telegram.hub import Call
from playground.telegram.model import Message
from playground.telegram.outgoing import caption_of, sent, write
from playground.telegram.places import chat_of, message_of, replied_of, thread_of
from playground.telegram.refusals import bad


async def copy_message(call: Call) -> Any:
    """The same content as a new message; a caption may be replaced. Only the new id is answered."""
    source = chat_of(call, "from_chat_id")
    message = message_of(call, source, "copy")
    body = _content(message)
    if call.params.has("caption"):
        body = _without_caption(body) | caption_of(call)
    markup = keyboards.read(call.params)
    place = chat_of(call, to_write=True)
    thread = thread_of(call, place)
    written = write(call, place, body, thread=thread, reply_to=replied_of(call, place), markup=markup)
    return {"message_id": written.id}


async def forward_message(call: Call) -> Any:
    """The same content with "forwarded from" above it."""
    source = chat_of(call, "from_chat_id")
    message = message_of(call, source, "forward")
    body = _content(message) | {"forward_origin": _origin(call, message)}
    place = chat_of(call, to_write=True)
    return sent(call, write(call, place, body, thread=thread_of(call, place)))


async def copy_messages(call: Call) -> Any:
    """Several at once, albums stay albums; what cannot be copied is skipped."""
    return _repeat(call, forwarded=False)


async def forward_messages(call: Call) -> Any:
    """Several at once, albums stay albums; what cannot be forwarded is skipped."""
    return _repeat(call, forwarded=True)


def _repeat(call: Call, *, forwarded: bool) -> Any:
    numbers = call.params.message_ids()
    source = chat_of(call, "from_chat_id")
    place = chat_of(call, to_write=True)
    thread = thread_of(call, place)
    found = [message for number in numbers if (message := call.memory.living(source, number))]
    found = [message for message in found if not message.service]
    if not found:
        raise bad("there are no messages to forward" if forwarded else "there are no messages to copy")
    albums: dict[str, str] = {}
    written = []
    for message in found:
        body = _content(message)
        if forwarded:
            body |= {"forward_origin": _origin(call, message)}
        elif call.params.flag("remove_caption"):
            body = _without_caption(body)
        if album := message.body.get("media_group_id"):
            body["media_group_id"] = albums.setdefault(album, str(call.memory.random.randrange(10**16, 10**17)))
        written.append(write(call, place, body, thread=thread))
    return [{"message_id": message.id} for message in written]


def _content(message: Message) -> dict[str, Any]:
    if message.service:
        raise bad("message can't be copied")
    dropped = ("forward_origin", "media_group_id", "has_protected_content")
    return {name: value for name, value in message.body.items() if name not in dropped}


def _without_caption(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in ("caption", "caption_entities")}


def _origin(call: Call, message: Message) -> dict[str, Any]:
    known = message.body.get("forward_origin")
    if known is not None:
        return dict(known)
    return {"type": "user", "sender_user": wire.sender(call.memory, message.sender), "date": message.date}


METHODS = {
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
    "forwardMessage": forward_message,
    "forwardMessages": forward_messages,
}
