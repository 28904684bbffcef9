"""A file of a client as a value: as Telegram tells of it, and as it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

MB = 1024 * 1024
ENDINGS = {"image/jpeg": ".jpg", "application/pdf": ".pdf"}
"""Of all that is kept."""
SENT_AS_PHOTO = "photo-"
"""How the name of a picture begins that Telegram gives no name."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be sent for one claim, and how large one file may be; `total` and `each` in bytes (G3)."""

    files: int = 30
    total: int = 200 * MB
    each: int = 10 * MB


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as its message tells of it: nobody has looked into it yet. `size` in bytes, 0 when not told; `words` beside it."""

    file_id: str
    message_id: int
    name: str
    mime: str
    size: int
    words: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Upload:
    """A file the client has sent. `state`: waiting, stored, refused, removed; `size` in bytes.
    `why`: it was refused by us, is a `duplicate`, or (stored) was refused by the insurer.

    `looks` are what may be wrong with a picture: dark, blurred, small, twin (like another one); `insisted`: it stays all the same.
    `source` is the SHA-256 of what was sent, `sha256` that of what is kept. `claim`: it belongs to that claim for good, 0 while it is a
    draft's. `handed`: the insurer has it.
    """

    id: int
    message_id: int
    slot: str
    state: str
    why: str
    name: str
    words: str
    mime: str
    size: int
    source: str
    sha256: str
    likeness: str
    looks: tuple[str, ...]
    insisted: bool
    sent_at: datetime
    handed: bool
    claim: int = 0

    @property
    def doubtful(self) -> bool:
        """Something is wrong with it, and the client has not said that it stays."""
        return bool(self.looks) and not self.insisted

    @property
    def as_photo(self) -> bool:
        """Telegram made it anew when it was sent, and nothing in it tells of time or place; a file is as the client's phone wrote it."""
        return self.name == photo_name(self.message_id)

    @property
    def kept_name(self) -> str:
        """Its name with the ending of what it is now: of HEIC we keep a JPEG."""
        stem, _, _ = self.name.rpartition(".")
        return f"{stem or self.name}{ENDINGS.get(self.mime, '')}"

    @property
    def live(self) -> bool:
        """It counts: it is here or on its way."""
        return self.state in ("waiting", "stored")

    @property
    def duplicate(self) -> bool:
        """The same content was sent before, so this one was taken away again."""
        return self.why == "duplicate"


def photo_name(message_id: int) -> str:
    """What a photo is called: Telegram gives it no name."""
    return f"{SENT_AS_PHOTO}{message_id}.jpg"


def distance(one: str, other: str) -> int:
    """How many of the 64 bits of two difference hashes differ; 64 when a file has none."""
    return (int(one, 16) ^ int(other, 16)).bit_count() if one and other else 64
