"""What a button carries, within Telegram's 64 bytes: place, revision, action and argument, signed for one account and session.

    place:action:argument:revision:signature

The signature covers the account and its session epoch too, so a button works for the one it was shown to, until they log in or out.
There is no table of buttons. Data that was not signed by us is answered as a stale button is: politely, and without effect.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass

SIGNATURE = 8
"""Bytes of the signature: a guess is right once in 10^19."""
LIMIT = 64


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was ours."""

    place: str
    action: str
    arg: str
    rev: int


class Buttons:
    """Signs and reads callback data."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def make(self, account: int, epoch: int, press: Press) -> str:
        """Raises ValueError when it would not fit: a mistake of ours that a test has to find."""
        data = f"{press.place}:{press.action}:{press.arg}:{press.rev:x}"
        signed = f"{data}:{self._sign(account, epoch, data)}"
        if len(signed.encode()) > LIMIT:
            raise ValueError(f"button too long: {data}")
        return signed

    def read(self, account: int, epoch: int, data: str) -> Press | None:
        """The press, or None when it was not made for this account and session."""
        body, _, signature = data.rpartition(":")
        parts = body.split(":")
        if len(parts) != 4 or not hmac.compare_digest(signature.encode(), self._sign(account, epoch, body).encode()):
            return None
        place, action, arg, rev = parts
        return Press(place, action, arg, int(rev, 16))

    def _sign(self, account: int, epoch: int, data: str) -> str:
        mac = hmac.digest(self._key, f"{account}:{epoch}:{data}".encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(mac[:SIGNATURE]).decode().rstrip("=")
