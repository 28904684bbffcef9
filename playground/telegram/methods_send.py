"""Methods that send: text, photos and files of every kind, albums, location, venue, contact; and "typing"."""

from __future__ import annotations

from typing import Any

from playground.telegram import entities
from playground.telegram.files import CAPTIONED, MAX_UPLOAD, shown
from playground.telegram.hub import Call, Method
from playground.telegram.model import Action
from playground.telegram.outgoing import caption_of, formatted_caption, send, sent, text_fields, write
from playground.telegram.params import Upload
from playground.telegram.places import chat_of, target_of
from playground.telegram.refusals import Refusal, bad

_ACTION_SECONDS = 5.0
_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
_ALBUM_KINDS = ({"photo", "video"}, {"document"}, {"audio"})
_IN_ALBUMS = set().union(*_ALBUM_KINDS)
_SHAPE = {
    "voice": ("duration",),
    "audio": ("duration", "performer", "title"),
    "video": ("duration", "width", "height"),
    "animation": ("duration", "width", "height"),
    "video_note": ("duration", "length"),
}
"""What a kind of file tells beside its bytes; figures nobody gave are zero."""
_MIMES = {
    "voice": "audio/ogg",
    "audio": "audio/mpeg",
    "video": "video/mp4",
    "animation": "video/mp4",
    "video_note": "video/mp4",
    "sticker": "image/webp",
}


async def send_message(call: Call) -> Any:
    """A text of 1..4096 characters."""
    params = call.params
    given = params.json("entities", "entities")
    text = entities.message_text(params.text("text"), params.text("parse_mode"), given)
    return sent(call, send(call, text_fields(text)))


def _sender(kind: str) -> Method:
    async def send_file(call: Call) -> Any:
        content = await media(call, kind, kind)
        return sent(call, send(call, content | (caption_of(call) if kind in CAPTIONED else {})))

    return send_file


async def send_media_group(call: Call) -> Any:
    """An album of 2..10: photos together, documents together."""
    items = call.params.objects("media", "InputMedia")
    if not 2 <= len(items) <= 10:
        raise bad("Wrong number of messages to send in an album" if items else "There are no messages to send")
    kinds = {str(item.get("type")) for item in items}
    if not any(kinds <= allowed for allowed in _ALBUM_KINDS):
        raise bad("Can't use the media of the specified type in the album")
    contents = [await input_media(call, item) for item in items]
    place = chat_of(call, to_write=True)
    target = target_of(call, place)
    album = {"media_group_id": str(call.memory.random.randrange(10**16, 10**17))}
    written = [write(call, place, content | album, target) for content in contents]
    return [sent(call, message) for message in written]


async def send_location(call: Call) -> Any:
    """A point on the map."""
    params = call.params
    latitude, longitude = params.number("latitude"), params.number("longitude")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad("Wrong location specified" if params.has("latitude") else "latitude is empty")
    return sent(call, send(call, {"location": {"latitude": latitude, "longitude": longitude}}))


async def send_venue(call: Call) -> Any:
    """A point on the map with what stands there."""
    params = call.params
    latitude, longitude = params.number("latitude"), params.number("longitude")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad("Wrong location specified" if params.has("latitude") else "latitude is empty")
    for name in ("title", "address"):
        if not params.text(name):
            raise bad(f"{name} is empty")
    point = {"latitude": latitude, "longitude": longitude}
    venue = {"location": point, "title": params.text("title"), "address": params.text("address")}
    return sent(call, send(call, {"location": point, "venue": venue}))


async def send_contact(call: Call) -> Any:
    """Somebody's card."""
    params = call.params
    if not params.text("phone_number"):
        raise bad("phone number is empty")
    if not params.text("first_name"):
        raise bad("first name is empty")
    names = ("phone_number", "first_name", "last_name", "vcard")
    return sent(call, send(call, {"contact": {name: params.text(name) for name in names if params.text(name)}}))


async def send_chat_action(call: Call) -> Any:
    """ "typing…" for five seconds or until the next message."""
    action = call.params.text("action").lower()
    if action not in _ACTIONS:
        raise bad("Wrong parameter action in request")
    place = chat_of(call, to_write=True)
    target_of(call, place)
    place.action = Action(kind=action, until=call.hub.world.clock.time() + _ACTION_SECONDS)
    call.memory.keep_chat(place)
    return True


async def media(call: Call, kind: str, name: str) -> dict[str, Any]:
    """The content of a photo or another file given as a part of that name, `attach://part` or a file_id."""
    upload = call.params.files.get(name)
    value = call.params.text(name)
    if upload is None and value.startswith("attach://"):
        upload = call.params.files.get(value.removeprefix("attach://"))
        if upload is None:
            raise bad("can't parse InputMedia: Field with the attached file not found")
    if upload is not None:
        return await uploaded(call, kind, upload)
    if not value:
        raise bad(f"there is no {kind} in the request")
    return known(call, kind, value)


async def uploaded(call: Call, kind: str, upload: Upload) -> dict[str, Any]:
    """New bytes become the content of a message."""
    if not upload.data:
        raise bad("file must be non-empty")
    if len(upload.data) > MAX_UPLOAD:
        raise Refusal(413, "Request Entity Too Large")
    if kind == "photo":
        return await call.hub.files.photo(upload.data)
    mime = upload.mime if upload.mime != "application/octet-stream" else _MIMES.get(kind, upload.mime)
    given = {name: call.params.text(name) for name in ("performer", "title") if call.params.has(name)}
    shape = {name: given.get(name, call.params.integer(name)) for name in _SHAPE.get(kind, ())}
    shape = {name: value for name, value in shape.items() if name in given or name not in ("performer", "title")}
    return call.hub.files.media(kind, upload.data, upload.name, mime, **shape)


def known(call: Call, kind: str, file_id: str) -> dict[str, Any]:
    """A file sent before, by this bot's file_id: a photo stays a photo, a document a document, a voice a voice."""
    file = call.hub.files.find(call.bot.id, file_id)
    if file is None:
        raise bad("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise bad(f"can't use file of type {file.kind.capitalize()} as {kind.capitalize()}")
    return shown(kind, file.content)


async def input_media(call: Call, item: Any) -> dict[str, Any]:
    """One InputMedia object with its caption."""
    if not isinstance(item, dict) or item.get("type") not in _IN_ALBUMS:
        raise bad("Can't use the media of the specified type in the album")
    kind, source = item["type"], str(item.get("media") or "")
    upload = call.params.files.get(source.removeprefix("attach://")) if source.startswith("attach://") else None
    if upload is not None:
        content = await uploaded(call, kind, upload)
    elif source.startswith("attach://") or not source:
        raise bad("can't parse InputMedia: Field with the attached file not found")
    else:
        content = known(call, kind, source)
    mode, given = str(item.get("parse_mode") or ""), item.get("caption_entities")
    return content | formatted_caption(str(item.get("caption") or ""), mode, given)


METHODS = {
    "sendMessage": send_message,
    "sendPhoto": _sender("photo"),
    "sendDocument": _sender("document"),
    "sendVoice": _sender("voice"),
    "sendAudio": _sender("audio"),
    "sendVideo": _sender("video"),
    "sendVideoNote": _sender("video_note"),
    "sendAnimation": _sender("animation"),
    "sendSticker": _sender("sticker"),
    "sendMediaGroup": send_media_group,
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendContact": send_contact,
    "sendChatAction": send_chat_action,
}
