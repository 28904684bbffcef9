"""What clients have sent for their claims: bytes on disk by their hash, and in which slots of which claim they came."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from pathlib import Path

from playground.core.claims import Claim, Hash, Slot
from playground.core.resources import Part
from playground.world import World

LARGEST = 50 << 20
KIND = "core.claimfile"


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
    """One file of one claim. `slots`: for what it was sent, and how many steps the claim had made when it last came for that."""

    claim_id: str
    sha256: Hash
    name: str
    mime_type: str
    size: int
    slots: dict[Slot, int]


class ClaimFiles:
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

    def note(self, claim: Claim, file: SentFile) -> None:
        """The file has come for its slot; the same again is harmless."""
        key = f"{claim.claim_id}/{file.sha256}"
        row = self._store.get(KIND, key)
        known = row["slots"] if row else {}
        kept = KeptFile(
            claim_id=claim.claim_id,
            sha256=file.sha256,
            name=file.name,
            mime_type=file.mime_type,
            size=file.size,
            slots=known | {file.slot: len(claim.history)},
        )
        self._store.put(KIND, key, kept.wire())

    def of(self, claim_id: str) -> list[KeptFile]:
        """In the order of arrival."""
        return [KeptFile.model_validate(row) for row in self._store.where(KIND, "claimId", claim_id).values()]

    def path(self, sha256: str) -> Path:
        """Where the bytes are."""
        return self._store.files / "claims" / sha256


def filled(files: Iterable[KeptFile], step: int) -> set[str]:
    """The slots something has come for since the claim had made that many steps."""
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
