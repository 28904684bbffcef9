"""What a file is, by its first bytes. Names and declared types are what the sender says; they are not asked."""

from __future__ import annotations

from typing import Literal

Kind = Literal["JPEG", "PNG", "WEBP", "HEIF", "PDF"]
"""Photos in the words of Pillow, and PDF."""
ENOUGH = 64
"""How many bytes tell."""
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"mif1"}
"""Brands of still pictures coded as HEVC (ISO/IEC 23008-12); `mif1` may as well hold AV1, which another brand then says."""


def kind_of(head: bytes) -> Kind | None:
    """None for what we do not take."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC and b"avif" not in head:
        return "HEIF"
    if head.startswith(b"%PDF-"):
        return "PDF"
    return None
