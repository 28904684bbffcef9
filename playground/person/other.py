"""Anything else a person may send: voices, videos, stickers, polls, for a bot that must never be silent. The files are real ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playground.person.asks import Send
from playground.person.said import File
from playground.refusal import NoError
from playground.telegram.entities import typed
from playground.telegram.files import CAPTIONED
from playground.telegram.hub import Telegram
from playground.telegram.outgoing import caption_fields

_ASSETS = Path(__file__).parents[1] / "assets"
_SECONDS = 3
_FILES = {
    "voice": ("voice.ogg", "audio/ogg"),
    "audio": ("audio.mp3", "audio/mpeg"),
    "video_note": ("video_note.mp4", "video/mp4"),
    "video": ("video.mp4", "video/mp4"),
    "animation": ("animation.mp4", "video/mp4"),
    "sticker": ("sticker.webp", "image/webp"),
}


def content(hub: Telegram, asked: Send, files: list[File]) -> dict[str, Any]:
    """The body of a message of this kind, with the bytes of the given file or with our own. Raises NoError."""
    kind = asked.kind
    if kind in _FILES:
        name, mime = _FILES[kind]
        name, _, data = files[0] if files else (name, mime, (_ASSETS / name).read_bytes())
        caption = caption_fields(typed(asked.caption)) if kind in CAPTIONED else {}
        return hub.files.media(kind, data, name, mime, **_shape(kind)) | caption
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


def _shape(kind: str) -> dict[str, Any]:
    match kind:
        case "voice" | "audio":
            return {"duration": _SECONDS}
        case "video_note":
            return {"duration": _SECONDS, "length": 240}
        case "sticker":
            flags = {"is_animated": False, "is_video": False}
            return {"type": "regular", "width": 512, "height": 512, "emoji": "👍"} | flags
        case "animation":
            return {"duration": _SECONDS, "width": 240, "height": 134}
        case _:
            return {"duration": _SECONDS, "width": 320, "height": 180}


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
