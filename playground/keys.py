"""Secrets of this one playground, made once and kept beside its data: the bot child and its doubles must agree on them."""

from __future__ import annotations

import base64
import json
import os
import secrets
from pathlib import Path

_OPAQUE = ("core", "data", "index", "buttons", "codes")
_PLAIN = ("telegram_secret", "provider")


def load(folder: Path) -> dict[str, str]:
    """The keys of `folder`/keys.json; those that are missing are drawn and written first (mode 0600).

    `telegram_secret` and `provider` are 32 characters that may stand in a header or a path; every other one is base64 of 32
    random bytes.
    """
    path = folder / "keys.json"
    keys: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    fresh = {name: base64.b64encode(secrets.token_bytes(32)).decode() for name in _OPAQUE if name not in keys}
    fresh |= {name: secrets.token_urlsafe(24) for name in _PLAIN if name not in keys}
    if fresh:
        keys |= fresh
        folder.mkdir(parents=True, exist_ok=True)
        _write(path, json.dumps(keys, indent=1))
    return keys


def _write(path: Path, text: str) -> None:
    """Whole or not at all, and never readable by others, not even for a moment."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)
