"""Anything else a person may send: made-up stickers, voices, polls, for a bot that must never be silent."""

from __future__ import annotations

from typing import Any

from playground.refusal import NoError
from playground.telegram.hub import Telegram

_SECONDS = 3
_FILES = {
    "voice": ("voice.ogg", "audio/ogg"),
    "video_note": ("note.mp4", "video/mp4"),
    "video": ("video.mp4", "video/mp4"),
    "animation": ("animation.mp4", "video/mp4"),
    "sticker": ("sticker.webp", "image/webp"),
}


def content(hub: Telegram, kind: str) -> dict[str, Any]:
    """The body of a message of this kind. Raises NoError."""
    if kind in _FILES:
        name, mime = _FILES[kind]
        file = hub.files.add(f"made-up {kind}".encode(), folder=f"{kind}s", name=name, mime=mime)
        known = {"file_unique_id": file.unique_id, "file_size": file.size}
        shaped = known | _shape(kind, name, mime)
        # an animation is a document as well: bots that take any document trip over it
        return {kind: shaped} | (
            {"document": known | {"file_name": name, "mime_type": mime}} if kind == "animation" else {}
        )
    match kind:
        case "poll":
            options = [
                {"persistent_id": str(n), "text": text, "voter_count": 0} for n, text in enumerate(("Да", "Нет"))
            ]
            return {"poll": _poll(hub, options)}
        case "dice":
            return {"dice": {"emoji": "🎲", "value": hub.memory.random.randint(1, 6)}}
        case "venue":
            place = {"latitude": 55.7539, "longitude": 37.6208}
            venue = {"location": place, "title": "Красная площадь", "address": "Москва, Красная площадь"}
            return {"venue": venue, "location": place}
        case "forward":
            origin = {"type": "hidden_user", "sender_user_name": "Мария", "date": hub.memory.now()}
            return {"text": "Пересланное сообщение", "forward_origin": origin}
    kinds = ", ".join((*_FILES, "poll", "dice", "venue", "forward"))
    raise NoError(400, f"there is no kind «{kind}»", f"one of {kinds}")


def _shape(kind: str, name: str, mime: str) -> dict[str, Any]:
    match kind:
        case "voice":
            return {"duration": _SECONDS, "mime_type": mime}
        case "video_note":
            return {"duration": _SECONDS, "length": 240}
        case "sticker":
            return {
                "type": "regular",
                "width": 512,
                "height": 512,
                "is_animated": False,
                "is_video": False,
                "emoji": "👍",
            }
        case _:
            return {"duration": _SECONDS, "width": 640, "height": 360, "file_name": name, "mime_type": mime}


def _poll(hub: Telegram, options: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": str(hub.memory.random.randrange(10**17, 10**18)),
        "question": "Едем?",
        "options": options,
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
    }
