"""What somebody types or sends as the content of messages: the same in a chat with a bot and in a group."""

from __future__ import annotations

import mimetypes
from typing import Any

from aiohttp import BodyPartReader, web

from playground.person.asks import Caption
from playground.refusal import NoError
from playground.telegram.entities import MAX_TEXT, typed
from playground.telegram.files import CAPTIONED
from playground.telegram.hub import Telegram
from playground.telegram.model import Message
from playground.telegram.outgoing import caption_fields, text_fields
from playground.telegram.refusals import Refusal

_ALBUM = 10
_PICTURES = ("image/jpeg", "image/png", "image/webp", "image/bmp")  # clients send anything else as a file

File = tuple[str, str, bytes]
"""Name, type and bytes."""


def texts(text: str) -> list[dict[str, Any]]:
    """A typed text as one message or, if it is a long one, as several: Telegram's clients cut it."""
    parts = [text[begin : begin + MAX_TEXT].strip() for begin in range(0, len(text), MAX_TEXT)]
    return [text_fields(typed(part)) for part in parts if part]


def rewrite(message: Message, text: str) -> None:
    """Another text, or another caption, in place of what the message said. Raises NoError."""
    captioned = bool(CAPTIONED & message.body.keys())
    if not captioned and "text" not in message.body:
        raise NoError(409, "this kind of message cannot be edited")
    dropped = ("caption", "caption_entities") if captioned else ("text", "entities")
    kept = {name: value for name, value in message.body.items() if name not in dropped}
    message.body = kept | (caption_fields(typed(text)) if captioned else text_fields(typed(text)))


async def pictures(
    hub: Telegram, files: list[File], fields: dict[str, str], *, plain: bool = False
) -> list[dict[str, Any]]:
    """One file: a photo, or a document (`plain`, or what is no picture). Several: an album, a message each. Raises NoError."""
    if not 1 <= len(files) <= _ALBUM:
        raise NoError(400, f"{len(files)} files", f"send 1 to {_ALBUM} multipart parts named file")
    beside = Caption.of(fields)
    plain = plain or beside.as_document.lower() in ("1", "true", "yes")
    album = {"media_group_id": str(hub.memory.random.randrange(10**16, 10**17))} if len(files) > 1 else {}
    bodies = [await _content(hub, file, plain=plain) | album for file in files]
    bodies[0] |= caption_fields(typed(beside.caption))
    return bodies


async def _content(hub: Telegram, file: File, *, plain: bool) -> dict[str, Any]:
    name, mime, data = file
    kind = mime if mime != "application/octet-stream" else mimetypes.guess_type(name)[0] or mime
    if plain or kind not in _PICTURES:
        return hub.files.document(data, name, kind)
    try:
        return await hub.files.photo(data)
    except Refusal as refusal:
        hint = "as_document=1 sends any bytes as a file"
        raise NoError(400, f"{name} is no picture Telegram takes: {refusal.description}", hint) from refusal


async def form(request: web.Request) -> tuple[list[File], dict[str, str]]:
    """The files and the fields of a multipart form. Raises NoError."""
    no = NoError(400, "the body is no multipart form", 'curl -F "file=@scene.jpg" -F caption=...')
    if not request.content_type.startswith("multipart/"):
        raise no
    try:
        return await _parts(request)
    except (ValueError, AssertionError) as error:  # what aiohttp says of a form without its boundary or its end
        raise no from error


async def _parts(request: web.Request) -> tuple[list[File], dict[str, str]]:
    files, fields = [], {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        data = bytes(await part.read())
        if part.filename is None:
            fields[part.name] = data.decode(errors="replace")
        else:
            files.append((part.filename, part.headers.get("Content-Type", "application/octet-stream"), data))
    return files, fields
