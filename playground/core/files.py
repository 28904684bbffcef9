"""What clients have sent: bytes on disk by their hash, and what of them belongs to which claim or application."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from playground.core.resources import Part
from playground.world import World

LARGEST = 50 << 20
KIND = "core.file"
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Slot = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,59}$")]
"""What a file shows, as a word of the cabinet's checklist or as the code of a document the insurer has asked for."""
MimeType = Annotated[str, Field(pattern=r"^[\w.+-]+/[\w.+-]+$")]
FileName = Annotated[str, Field(min_length=1, max_length=255)]


class TooLarge(Exception):
    """More than `LARGEST` bytes."""


class WrongHash(Exception):
    """The bytes are not those that were announced; the message is the hash they have."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """What the cabinet says of a file it hands over; `size` in bytes, as they were counted here."""

    sha256: str
    name: str
    mime_type: str
    size: int
    slot: str


class KeptFile(Part):
    """One file of one claim (by its id) or application (by its number).

    `slots`: for what it was sent, and how many steps the owner had made when it last came for that.
    """

    owner: str
    sha256: Hash
    name: str
    mime_type: str
    size: int
    slots: dict[Slot, int]


class Files:
    """A reset of the world forgets them with everything else."""

    def __init__(self, world: World) -> None:
        self._store = world.store

    async def receive(self, sha256: str, content: AsyncIterator[bytes]) -> int:
        """Keep the bytes, piece by piece; how many there were. Raises TooLarge or WrongHash, then nothing is kept."""
        path = self.path(sha256)
        path.parent.mkdir(exist_ok=True)
        part = path.with_suffix(f".{secrets.token_hex(8)}")
        try:
            size, found = await _write(part, content)
            if found != sha256:
                raise WrongHash(found)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return size

    def note(self, owner: str, file: SentFile, step: int = 0) -> None:
        """The file has come for its slot; the same again is harmless."""
        key = f"{owner}/{file.sha256}"
        row = self._store.get(KIND, key)
        kept = KeptFile(
            owner=owner,
            sha256=file.sha256,
            name=file.name,
            mime_type=file.mime_type,
            size=file.size,
            slots=(row["slots"] if row else {}) | {file.slot: step},
        )
        self._store.put(KIND, key, kept.wire())

    def of(self, owner: str) -> list[KeptFile]:
        """In the order of arrival."""
        return [KeptFile.model_validate(row) for row in self._store.where(KIND, "owner", owner).values()]

    def path(self, sha256: str) -> Path:
        """Where the bytes are."""
        return self._store.files / "received" / sha256


def filled(files: Iterable[KeptFile], step: int) -> set[str]:
    """The slots something has come for since the owner had made that many steps."""
    return {slot for file in files for slot, at in file.slots.items() if at >= step}


async def _write(path: Path, content: AsyncIterator[bytes]) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    with path.open("wb") as out:
        async for piece in content:
            size += len(piece)
            if size > LARGEST:
                raise TooLarge
            digest.update(piece)
            await asyncio.to_thread(out.write, piece)
    return size, digest.hexdigest()
