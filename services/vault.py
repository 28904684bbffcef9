"""Personal data at rest: sealed per field, bound to its table, column and row; phones are found by a keyed index.

AES-256-GCM with a random 96-bit nonce; a sealed value is `key id (1 byte) | nonce (12) | ciphertext and tag`. A value moved to
another row or column does not open. The index is HMAC-SHA256 under a key of its own, for a plain hash of a phone is guessed in minutes.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class Unsealable(Exception):
    """The value was altered, moved, or sealed with a key that is not here."""


class Vault:
    """`keys` are data keys by number (1…255); the highest one seals, all of them open. `index_key` finds, `code_key` hashes codes."""

    def __init__(self, keys: Mapping[int, bytes], index_key: bytes, code_key: bytes) -> None:
        self._ciphers = {number: AESGCM(key) for number, key in keys.items()}
        self._current = max(keys)
        self._index_key, self._code_key = index_key, code_key

    def seal(self, place: str, row: str | int, value: str | bytes) -> bytes:
        """Seal `value` for `place` (`table.column`) of `row`."""
        data = value.encode() if isinstance(value, str) else value
        nonce = os.urandom(12)
        sealed = self._ciphers[self._current].encrypt(nonce, data, f"{place}:{row}".encode())
        return bytes([self._current]) + nonce + sealed

    def open(self, place: str, row: str | int, sealed: bytes) -> bytes:
        """The value as bytes. Raises Unsealable when it was not sealed for this very place and row."""
        try:
            return self._ciphers[sealed[0]].decrypt(sealed[1:13], sealed[13:], f"{place}:{row}".encode())
        except (InvalidTag, KeyError, IndexError, ValueError) as broken:
            raise Unsealable(f"{place}:{row}") from broken

    def text(self, place: str, row: str | int, sealed: bytes) -> str:
        """The value as text; see `open`."""
        return self.open(place, row, sealed).decode()

    def index(self, kind: str, value: str) -> bytes:
        """The key under which `value` of `kind` (e.g. `phone:v1`) is found; 32 bytes, equal for equal values only."""
        return hmac.digest(self._index_key, f"{kind}:{value}".encode(), hashlib.sha256)

    def code_hash(self, salt: bytes, bound_to: str, code: str) -> bytes:
        """What is stored of a one-time code: keyed, salted, bound to whom it was sent for (NIST SP 800-63B, ASVS 6.5.2)."""
        return hmac.digest(self._code_key, salt + f"{bound_to}:{code}".encode(), hashlib.sha256)
