"""Bytes of files: kept in the store's folder, known to every bot by a `file_id` of its own."""

from __future__ import annotations

import asyncio
import hashlib
import io
import mimetypes
import secrets
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError
from pydantic import BaseModel

from playground.telegram.refusals import bad
from playground.world import World

MAX_DOWNLOAD = 20 << 20
MAX_PHOTO = 10 << 20
MAX_UPLOAD = 50 << 20
_SIDES = (90, 320, 800, 1280)
MEDIA = ("animation", "document", "voice", "video", "video_note", "sticker", "audio")
"""Kinds of content that are one file each; a photo is several."""
CAPTIONED = {"photo", "animation", "document", "voice", "video", "audio"}
"""Kinds of content that may have a caption."""
_FOLDERS = {"voice": "voice", "audio": "music"}
_SHAPE = ("duration", "width", "height")
_NAMED = ("document", "audio", "video", "animation")
_MARK = 16  # characters at the end of a file_id that are the file_unique_id


class File(BaseModel):
    """One stored file; `number` is its place in the order of arrival, `folder` the first part of its file_path.

    `content` is the field of a message (named `kind`) that shows it, so that a bot may send it again by its id.
    """

    unique_id: str
    number: int
    folder: str
    name: str
    mime: str
    size: int
    width: int = 0
    height: int = 0
    kind: str = ""
    content: Any = None

    @property
    def path(self) -> str:
        """The `file_path` of getFile."""
        extension = "." + self.name.rpartition(".")[2] if "." in self.name else mimetypes.guess_extension(self.mime)
        return f"{self.folder}/file_{self.number}{extension or ''}"


class Files:
    """All files of Telegram's part of the world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._files: dict[str, File] = {}

    def load(self) -> None:
        """Read back what an earlier run wrote."""
        self._files = {key: File.model_validate(doc) for key, doc in self._world.store.all("tg.file").items()}

    def add(self, data: bytes, *, folder: str, name: str, mime: str, width: int = 0, height: int = 0) -> File:
        """Store bytes under a new `file_unique_id`."""
        file = File(
            unique_id=secrets.token_urlsafe(12),
            number=len(self._files),
            folder=folder,
            name=name,
            mime=mime,
            size=len(data),
            width=width,
            height=height,
        )
        (self._world.store.files / file.unique_id).write_bytes(data)
        return self._keep(file)

    def media(self, kind: str, data: bytes, name: str, mime: str, **shape: Any) -> dict[str, Any]:
        """Content of a message, one of MEDIA, with these bytes; `shape` is what its kind has beside a file (`duration`, `width`, …)."""
        file = self.add(data, folder=_FOLDERS.get(kind, f"{kind}s"), name=name, mime=mime)
        known = {"file_unique_id": file.unique_id, "file_size": file.size}
        named = {"file_name": name} if kind in _NAMED else {}
        typed = {} if kind in ("sticker", "video_note") else {"mime_type": mime}
        return self._show([file], kind, named | typed | known | shape)

    def document(self, data: bytes, name: str, mime: str) -> dict[str, Any]:
        """The `document` of a message with these bytes, as a field of its body."""
        return self.media("document", data, name, mime)

    async def photo(self, data: bytes) -> dict[str, Any]:
        """The `photo` of a message: up to four sizes, the largest last. Raises Refusal for what is no picture."""
        variants = await asyncio.to_thread(_variants, data)
        files = [
            self.add(picture, folder="photos", name=f"photo_{w}x{h}.jpg", mime="image/jpeg", width=w, height=h)
            for picture, w, h in variants
        ]
        sizes = [
            {"file_unique_id": file.unique_id, "file_size": file.size, "width": file.width, "height": file.height}
            for file in files
        ]
        return self._show(files, "photo", sizes)

    def _keep(self, file: File) -> File:
        self._files[file.unique_id] = file
        self._world.store.put("tg.file", file.unique_id, file.model_dump())
        return file

    def _show(self, files: list[File], kind: str, content: Any) -> dict[str, Any]:
        for file in files:
            self._keep(file.model_copy(update={"kind": kind, "content": content}))
        return shown(kind, content)

    def get(self, unique_id: str) -> File | None:
        """A file by its `file_unique_id`."""
        return self._files.get(unique_id)

    def at(self, path: str) -> File | None:
        """A file by its `file_path`."""
        return next((file for file in self._files.values() if file.path == path), None)

    def data(self, file: File) -> bytes:
        """Its bytes."""
        return (self._world.store.files / file.unique_id).read_bytes()

    def find(self, bot_id: int, file_id: str) -> File | None:
        """The file a bot means by its own `file_id`; None for a stranger's or a made-up one."""
        file = self._files.get(file_id[-_MARK:])
        return file if file is not None and file_id_of(bot_id, file.unique_id) == file_id else None


def shown(kind: str, content: Any) -> dict[str, Any]:
    """A file as fields of a message. An animation is a document as well: bots that take any document trip over it."""
    if kind != "animation":
        return {kind: content}
    return {kind: content, "document": {name: content[name] for name in content if name not in _SHAPE}}


def file_id_of(bot_id: int, unique_id: str) -> str:
    """What one bot calls a file: another bot cannot use it."""
    return "AgACAgIAAxk" + hashlib.sha256(f"{bot_id}/{unique_id}".encode()).hexdigest()[:24] + unique_id


def with_file_ids(value: Any, bot_id: int) -> Any:
    """The same content with the `file_id` of this bot beside every `file_unique_id`."""
    if isinstance(value, list):
        return [with_file_ids(item, bot_id) for item in value]
    if not isinstance(value, dict):
        return value
    known = {"file_id": file_id_of(bot_id, value["file_unique_id"])} if "file_unique_id" in value else {}
    return known | {name: with_file_ids(item, bot_id) for name, item in value.items()}


def _variants(data: bytes) -> list[tuple[bytes, int, int]]:
    """JPEGs of 90, 320, 800 and 1280 pixels on the long side, never larger than the original; upright, without EXIF."""
    if len(data) > MAX_PHOTO:
        raise bad(f"File of size {len(data)} bytes is too big for a photo; the maximum size is {MAX_PHOTO} bytes")
    try:
        with Image.open(io.BytesIO(data)) as opened:
            width, height = opened.size
            if width + height > 10_000 or max(width, height) > 20 * min(width, height):
                raise bad("PHOTO_INVALID_DIMENSIONS")
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise bad("IMAGE_PROCESS_FAILED") from error
    longest = max(picture.size)
    sides = [side for side in _SIDES if side < longest] + ([longest] if longest <= _SIDES[-1] else [])
    return [_jpeg(picture, side / longest) for side in sides]


def _jpeg(picture: Image.Image, scale: float) -> tuple[bytes, int, int]:
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    output = io.BytesIO()
    picture.resize(size).save(output, "JPEG", quality=85)
    return output.getvalue(), *size
