"""A file over HTTP: `PUT …/files/{sha256}` is the same for claims and applications."""

from __future__ import annotations

from urllib.parse import quote, unquote

from aiohttp import web
from pydantic import ValidationError

from playground.core.answering import envelope
from playground.core.files import LARGEST, FileName, Files, Hash, MimeType, SentFile, Slot, TooLarge, WrongHash
from playground.core.problem import Problem
from playground.core.resources import Part


class _Announced(Part):
    """What path and headers say."""

    sha256: Hash
    slot: Slot
    name: FileName
    mime_type: MimeType


async def taken(request: web.Request, files: Files) -> SentFile:
    """The bytes, counted and hashed while they come. Raises Problem (400, 413, 422)."""
    told = _announced(request)
    try:
        size = await files.receive(told.sha256, request.content.iter_chunked(1 << 16))
    except TooLarge as error:
        raise Problem(413, "too-large", "Content Too Large", f"at most {LARGEST} bytes") from error
    except WrongHash as error:
        raise Problem(422, "hash", "Unprocessable Content", f"the SHA-256 of what came is {error}") from error
    return SentFile(told.sha256, told.name, told.mime_type, size, told.slot)


def receipt(request: web.Request, file: SentFile, *, new: bool) -> web.Response:
    """It is safe."""
    return envelope({"sha256": file.sha256, "size": file.size}, quote(request.path), status=201 if new else 200)


def _announced(request: web.Request) -> _Announced:
    """Raises Problem (400)."""
    try:
        return _Announced(
            sha256=request.match_info["sha256"],
            slot=request.headers.get("X-File-Slot", ""),
            name=unquote(request.headers.get("X-File-Name", ""), errors="strict"),
            mime_type=request.content_type,
        )
    except (ValidationError, UnicodeDecodeError) as error:
        detail = "a SHA-256 in the path, X-File-Name (percent-encoded UTF-8), X-File-Slot and Content-Type are wanted"
        raise Problem(400, "file", "Bad Request", detail) from error
