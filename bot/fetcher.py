"""The way out `file`: what a client has sent is brought from Telegram, made safe and kept; its lane hears what became of it.

A parcel's body is `{"upload", "file_id", "exif"}`. The facts are one of

    {"type": "file.stored", "upload", "sha256", "kept": {"sha256", "size", "mime", "width", "height"},
     "looks": ["dark" | "blurred" | "small"], "likeness", "taken": {"at", "latitude", "longitude"} | None}
    {"type": "file.refused", "upload", "code": "too-large" | "unknown-kind" | "broken" | "too-many-pixels" | "infected" | "gone" |
     "locked"}

`sha256` is of what was sent, that of `kept` of what we have made of it. Whatever trouble there is on the way (Telegram, the disk, the
antivirus, the store are away or full), the parcel waits and goes again: nothing is kept unexamined, and nothing is told before it is safe.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from contextlib import aclosing, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import structlog

from bot.delivery import Hub, pause_after
from bot.in_hand import InHand
from bot.metrics import PARCELS
from bot.scratch import Scratch
from bot.telegram import Lost, TelegramApi, Verdict
from services.db.pipe import Marks, ParcelRow, Parked, Sent, Settled
from services.pictures.made import Made, Refused
from services.pictures.workers import Used, Workers, WorkerTrouble
from services.ports.antivirus import Antivirus, AntivirusTrouble
from services.ports.files import Files, FilesTrouble

log = structlog.get_logger("fetcher")

TRIES, CALLS = 5, 12
"""How often a file may kill its process, and Telegram may call it temporarily unavailable (eight minutes) before it is given up."""
GRACE = 5.0
"""Seconds for what is in flight at the end; what does not end goes again at the next start."""


class NotTaken(Exception):
    """This file is refused."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Later(Exception):
    """Not now; `pause` is how many seconds Telegram asked to wait."""

    def __init__(self, words: str, pause: float = 0.0) -> None:
        super().__init__(words)
        self.pause = pause


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the store: its hash and size, those of what was sent, and how it was made."""

    sent: str
    sha256: str
    size: int
    made: Made


class Fetcher:
    """`give_parcel` begins; up to `at_once` files of up to `largest` bytes are under way. `aclose` ends it."""

    def __init__(
        self,
        hub: Hub,
        api: TelegramApi,
        workers: Workers,
        files: Files,
        antivirus: Antivirus | None,
        largest: int,
        at_once: int,
    ) -> None:
        self._hub, self._api, self._workers, self._files, self._antivirus = hub, api, workers, files, antivirus
        self._largest = largest
        self._gate = asyncio.Semaphore(at_once)
        self._scratch = Scratch()
        self._in_hand = InHand(self._deliver, self._park)

    @property
    def busy(self) -> int:
        """Files in hand."""
        return len(self._in_hand)

    @property
    def used(self) -> Used:
        """The most a file has cost."""
        return self._workers.used

    def give_parcel(self, row: ParcelRow, body: dict[str, Any]) -> None:
        """Fetch a file; one in hand already is ignored."""
        self._in_hand.take(row, body)

    async def aclose(self) -> None:
        """A moment for what is in flight, then the rest is left to the next start."""
        await self._in_hand.aclose(GRACE)
        await self._workers.aclose()
        self._scratch.close()

    async def _deliver(self, row: ParcelRow, body: dict[str, Any]) -> None:
        async with self._gate:
            await self._one(row, body)

    async def _one(self, row: ParcelRow, body: dict[str, Any]) -> None:
        """Tell the lane first: if the process dies in between, the file is fetched again and the event is known already."""
        sent, made = (self._scratch.path / f"{row.id}.{part}" for part in ("sent", "made"))
        try:
            kept = await self._keep(row, body, sent, made)
            facts, outcome = _stored(kept), "stored"
        except (NotTaken, Refused) as refused:
            facts, outcome = {"type": "file.refused", "code": refused.code}, refused.code
        except Later as trouble:
            return self._park(row, str(trouble), trouble.pause)
        except (WorkerTrouble, AntivirusTrouble, FilesTrouble, OSError) as trouble:
            log.warning("file_waits", parcel=row.id, trouble=type(trouble).__name__, words=str(trouble))
            return self._park(row, type(trouble).__name__)
        finally:
            for path in (sent, made):
                with suppress(OSError):
                    path.unlink(missing_ok=True)
        await self._hub.report("outbox", f"{row.dedup}:done", row.lane, {**facts, "upload": body["upload"]})
        PARCELS.labels("file", outcome).inc()
        return self._hub.mark(Marks(settled=[Settled(row.id, Sent.SENT, outcome)]))

    async def _keep(self, row: ParcelRow, body: dict[str, Any], sent: Path, made: Path) -> Kept:
        sha256 = await self._download(await self._path(row, body["file_id"]), sent)
        try:
            result = await self._workers.remake(sent, made, exif=bool(body.get("exif")))
        except WorkerTrouble as trouble:
            if row.attempts >= TRIES:
                raise NotTaken("broken") from trouble
            raise
        if self._antivirus and (found := await self._antivirus.scan(sent)):
            log.error("infected", parcel=row.id, found=found)
            raise NotTaken("infected")
        ours, size = await asyncio.to_thread(_weighed, made)
        await self._files.put(made, ours)
        return Kept(sha256, ours, size, result)

    async def _path(self, row: ParcelRow, file_id: str) -> str:
        """Where Telegram gives it out; the address lives for an hour, so it is asked for anew each time."""
        answer = await self._api.call("getFile", {"file_id": file_id})
        said = answer.words.lower()
        match answer.verdict:
            case Verdict.OK if path := answer.result.get("file_path"):
                if answer.result.get("file_size", 0) > self._largest:
                    raise NotTaken("too-large")
                return str(path)
            case Verdict.DEAD if "too big" in said:  # 20 MB, Telegram's own limit for a bot
                raise NotTaken("too-large")
            case Verdict.DEAD if "temporarily" not in said or row.attempts >= CALLS:
                raise NotTaken("gone")
        raise Later(answer.words or answer.verdict.value, answer.retry_after)

    async def _download(self, path: str, into: Path) -> str:
        """Its SHA-256."""
        digest, size = hashlib.sha256(), 0
        try:
            with into.open("wb") as file:
                async with aclosing(self._api.download(path)) as pieces:
                    async for piece in pieces:
                        size += len(piece)
                        if size > self._largest:
                            raise NotTaken("too-large")
                        digest.update(piece)
                        file.write(piece)
        except Lost as lost:
            raise Later(str(lost)) from lost
        return digest.hexdigest()

    def _park(self, row: ParcelRow, words: str, pause: float = 0.0) -> None:
        PARCELS.labels("file", "later").inc()
        until = time.time() + (pause or pause_after(row.attempts))
        self._hub.mark(Marks(parked=[Parked("outbox", row.id, until, words)]))


def _weighed(path: Path) -> tuple[str, int]:
    """SHA-256 and bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size


def _stored(kept: Kept) -> dict[str, Any]:
    made = kept.made
    return {
        "type": "file.stored",
        "sha256": kept.sent,
        "kept": {
            "sha256": kept.sha256,
            "size": kept.size,
            "mime": made.mime,
            "width": made.width,
            "height": made.height,
        },
        "looks": list(made.looks),
        "likeness": made.likeness,
        "taken": asdict(made.taken) if made.taken else None,
    }
