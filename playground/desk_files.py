"""The files of clients as the insurer's employee sees them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from aiohttp import web

from playground.core.files import Files, KeptFile
from playground.refusal import NoError

SHOWN = {"image/jpeg", "image/png", "image/webp", "application/pdf"}
"""What a browser shows without running any of it; everything else is only to be saved."""


def row(file: KeptFile) -> dict[str, Any]:
    """For a list: without what only the core needs."""
    whole = file.wire()
    return {name: whole[name] for name in ("sha256", "name", "mimeType", "size")} | {"slots": list(file.slots)}


def show(files: Files, owner: str, sha256: str) -> web.StreamResponse:
    """The file itself, never as anything that could run. Raises NoError."""
    file = next((it for it in files.of(owner) if it.sha256 == sha256), None)
    if file is None:
        raise NoError(404, f"{owner} has no such file", "GET /desk lists them")
    harmless = file.mime_type in SHOWN
    way = "inline" if harmless else "attachment"
    headers = {
        "Content-Type": file.mime_type if harmless else "application/octet-stream",
        "Content-Disposition": f"{way}; filename*=UTF-8''{quote(file.name, safe='')}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private",
    }
    return web.FileResponse(files.path(sha256), headers=headers)
