"""Clients' files at rest: sealed for their own name, so that one put in another's place does not open."""

from __future__ import annotations

import hashlib
from pathlib import Path

from services.ports.files import FileLost
from services.vault import Unsealable, Vault

PLACE = "file"


def sealed(vault: Vault, path: Path, sha256: str) -> bytes:
    """The sealed content of `path`. Raises ValueError when it is not that of `sha256`, OSError when it cannot be read."""
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ValueError(f"the content of {path.name} is not {sha256}")
    return vault.seal(PLACE, sha256, content)


def opened(vault: Vault, sha256: str, kept: bytes) -> bytes:
    """The content. Raises FileLost."""
    try:
        return vault.open(PLACE, sha256, kept)
    except Unsealable as altered:
        raise FileLost(sha256) from altered


def key_of(sha256: str) -> str:
    """Where it is kept: `ab/cd/<sha256>`, so that no folder holds too many. Raises ValueError for what is no SHA-256."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("not a SHA-256 in lower-case hexadecimal digits")
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
