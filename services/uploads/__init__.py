"""Files the clients send: kept for a draft until it becomes a claim, then handed to the insurer (G3).

A step only notes the file and lets it be fetched by the way out `file`; the person is told that it is safe when its content is stored.
A file belongs to a key, its `draft`: that of a flow's draft, or of the documents sent later for a claim (`later`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from services.db.pipe import Parcel
from services.db.statement import Connection
from services.db.unit import Unit
from services.errors import NotFound, TooLargeFile, TooManyFiles, TooMuchInAll, WrongFile
from services.model import Actor
from services.uploads import statements as sql
from services.uploads.values import MB, Limits, Sent, Upload, distance
from services.vault import Vault

__all__ = ["AN_HOUR", "MB", "Limits", "Sent", "Upload", "Uploads", "is_needed", "later"]

FITTING = ("", "application/octet-stream", "application/pdf", "application/x-pdf")
"""What a file may call itself, beside a picture; what it is, its content tells."""
ALIKE = 4
"""Bits of 64 in which two pictures of the same thing from the same place differ at most."""
ABANDONED = timedelta(days=30)
"""After this a draft is nobody's any more."""
AN_HOUR = 3600.0
"""Seconds until what nobody needs leaves the store: somebody may just be sending the same."""
_LATER = "claim:"


def later(claim_id: int) -> str:
    """The key of the documents that are sent for a claim after it was filed."""
    return f"{_LATER}{claim_id}"


class Uploads:
    """The rows, and the parcels that fetch and hand over. Every method looks at the actor's own files only."""

    def __init__(self, vault: Vault, limits: Limits) -> None:
        self._vault, self.limits = vault, limits

    # -- reading ------------------------------------------------------------------------------------------------------

    async def of_draft(self, unit: Unit, actor: Actor, draft: str) -> list[Upload]:
        """What was sent under this key, in the order of the messages, without what was removed."""
        return self._all(await sql.OF_DRAFT.all(unit, client=actor.client_id, draft=draft)) if actor.client_id else []

    async def kept(self, unit: Unit, client_id: str, draft: str) -> list[Upload]:
        """The same for the staff's side, never for a person."""
        return self._all(await sql.OF_DRAFT.all(unit, client=client_id, draft=draft))

    async def of_claim(self, unit: Unit, actor: Actor, claim_id: int) -> list[Upload]:
        """What belongs to a claim."""
        return await self.of_client(unit, actor.client_id, claim_id) if actor.client_id else []

    async def of_client(self, unit: Unit, client_id: str, claim_id: int) -> list[Upload]:
        """The same for the events of the client's own lane, never for a person."""
        return self._all(await sql.OF_CLAIM.all(unit, client=client_id, claim=claim_id))

    async def by_id(self, unit: Unit, upload_id: int) -> Upload | None:
        """For the events of the client's own lane, never for a person."""
        row = await sql.BY_ID.first(unit, row=upload_id)
        return self._open(row) if row else None

    async def of_message(self, unit: Unit, account_id: int, message_id: int) -> Upload | None:
        """What came in this message of a chat; for the staff's side, never for a person."""
        row = await sql.OF_MESSAGE.first(unit, account=account_id, message=message_id)
        return self._open(row) if row else None

    # -- what the client does -----------------------------------------------------------------------------------------

    async def take(
        self, unit: Unit, actor: Actor, draft: str, sent: Sent, *, slot: str = "", exif: bool = False
    ) -> None:
        """Note a file and let it be fetched; the same message again changes nothing. `exif`: its time and place may be kept.

        Raises TooManyFiles, TooLargeFile, TooMuchInAll, WrongFile, NotFound (nobody is logged in).
        """
        if actor.client_id is None:
            raise NotFound
        mime = sent.mime.partition(";")[0].strip().lower()
        if mime not in FITTING and (not mime.startswith("image/") or "svg" in mime):
            raise WrongFile
        if sent.size > self.limits.each:
            raise TooLargeFile(self.limits.each // MB)
        amount = await sql.AMOUNT.first(unit, client=actor.client_id, draft=draft, claim=_claim_of(draft))
        count, size = amount or (0, 0)
        if count >= self.limits.files:
            raise TooManyFiles(self.limits.files)
        if size + sent.size > self.limits.total:
            raise TooMuchInAll(self.limits.total // MB)
        place = f"{actor.account_id}:{sent.message_id}"
        row = await sql.TAKE.first(
            unit,
            client_id=actor.client_id,
            account_id=actor.account_id,
            draft=draft,
            message_id=sent.message_id,
            slot=slot or None,
            name_sealed=self._vault.seal("upload.name", place, sent.name),
            words_sealed=self._vault.seal("upload.words", place, sent.words) if sent.words else None,
            mime=mime,
            size=sent.size,
            sent_at=sent.sent_at,
        )
        if row is not None:
            body = {"upload": row, "file_id": sent.file_id, "exif": exif, "name": sent.name, "mime": mime}
            unit.send(Parcel(f"file:{row}", "file", body))

    async def remove(self, unit: Unit, actor: Actor, upload_id: int) -> bool:
        """Take a file out of a draft. False: it is not there, or the insurer is being handed it."""
        return bool(await sql.REMOVE.run(unit, client=actor.client_id, row=upload_id))

    async def insist(self, unit: Unit, actor: Actor, draft: str) -> None:
        """What looks doubtful stays as it is."""
        await sql.INSIST.run(unit, client=actor.client_id, draft=draft)

    async def show_as(self, unit: Unit, actor: Actor, upload_id: int, slot: str) -> bool:
        """The client says what a file shows; empty: nothing special. False: it is not there, or filed already."""
        return bool(await sql.SHOW_AS.run(unit, client=actor.client_id, row=upload_id, slot=slot or None))

    # -- what became of a file on its way -----------------------------------------------------------------------------

    async def stored(self, unit: Unit, actor: Actor, facts: dict[str, Any]) -> Upload | None:
        """`file.stored`: it is safe. The file as it is now: removed and `duplicate` if the same content is here already, with
        `twin` among its looks if it is like another. None: nobody waits for it any more."""
        before = await sql.ONE.first(unit, client=actor.client_id, row=facts["upload"]) if actor.client_id else None
        if before is None:
            return None
        here, draft, kept = self._open(before), str(before[-1]), facts["kept"]
        if here.state == "removed":  # its content must be found by the sweep
            await sql.IN_VAIN.run(unit, client=actor.client_id, row=here.id, sha256=kept["sha256"])
            return None
        together = await sql.TOGETHER.all(
            unit, client=actor.client_id, draft=draft, claim=here.claim or _claim_of(draft)
        )
        others = [it for it in self._all(together) if it.id != here.id and it.state == "stored"]
        same = any(facts["sha256"] == it.source or kept["sha256"] == it.sha256 for it in others)
        twin = any(distance(facts["likeness"], it.likeness) <= ALIKE for it in others)
        taken = facts.get("taken")
        place = f"{before[1]}:{here.message_id}"
        changed = await sql.STORED.run(
            unit,
            client=actor.client_id,
            row=here.id,
            state="removed" if same else "stored",
            why="duplicate" if same else None,
            mime=kept["mime"],
            size=int(kept["size"]),
            source=facts["sha256"],
            sha256=kept["sha256"],
            likeness=facts["likeness"] or None,
            looks=" ".join([*facts["looks"], *(["twin"] if twin and not same else [])]),
            taken_sealed=self._vault.seal("upload.taken", place, json.dumps(taken)) if taken else None,
            stored_at=unit.now,
        )
        if changed and not same and here.claim:  # filed before it was here: the client's own lane sends it on
            unit.submit(f"client:{actor.client_id}", f"file-ready:{here.id}", "claim.file-ready", claim=here.claim)
        elif changed and not same and here.handed:  # given to staff before it was here
            unit.submit("staff", f"file-ready:{here.id}", "request.file-ready", upload=here.id, files=draft)
        return await self.by_id(unit, here.id) if changed else None

    async def refused(self, unit: Unit, actor: Actor, facts: dict[str, Any]) -> Upload | None:
        """`file.refused`: it is not kept. The file with why; None: nobody waits for it any more."""
        row = facts["upload"]
        if not await sql.REFUSED.run(unit, client=actor.client_id, row=row, why=facts["code"]):
            return None
        return await self.by_id(unit, row)

    # -- on to the insurer --------------------------------------------------------------------------------------------

    async def link(
        self, unit: Unit, client_id: str, claim_id: int, shown: Iterable[tuple[str, Upload]]
    ) -> list[Upload]:
        """These files are the claim's from now on, each under its slot. Returns those that were not yet."""
        return [
            it
            for slot, it in shown
            if await sql.LINK.run(unit, client=client_id, row=it.id, claim=claim_id, slot=slot or None)
        ]

    def hand_over(self, unit: Unit, it: Upload, what: str, number: str, lane: str) -> None:
        """Let the insurer have a stored file of the `what` (claim, application) it knows by `number`. The lane hears `<what>.file-sent`,
        or `<what>.file-lost`, with the upload's id and that number. The same file again is the same parcel."""
        context = {"upload": it.id, "sha256": it.sha256, "number": number}
        body = {
            "op": f"{what}-file",
            "number": number,
            "file": {"sha256": it.sha256, "name": it.name, "mimeType": it.mime, "slot": it.slot},
            "on_sent": {"type": f"{what}.file-sent", **context},
            "on_dead": {"type": f"{what}.file-lost", **context},
        }
        unit.send(Parcel(f"{what}-file:{it.id}", "core", body, lane=lane))

    async def give(self, unit: Unit, client_id: str, draft: str) -> int:
        """Staff have what was sent under this key, from now on for good. Returns how many are new to them."""
        return await sql.GIVE.run(unit, client=client_id, draft=draft, handed_at=unit.now)

    async def handed(self, unit: Unit, upload_id: int) -> bool:
        """The insurer has it. False: that is known."""
        return bool(await sql.HANDED.run(unit, row=upload_id, handed_at=unit.now))

    async def lost(self, unit: Unit, upload_id: int, code: str) -> None:
        """The insurer does not take it: `why` says so from now on."""
        await sql.LOST.run(unit, row=upload_id, why=code)

    # -- out of the store ---------------------------------------------------------------------------------------------

    async def sweep(self, unit: Unit) -> None:
        """Every night: drafts nobody has filed for a month are given up, but for what staff have with a request, and what nobody needs
        leaves the store. The same content is kept once for all who have sent it, so it goes when the last one has no need of it."""
        before = unit.now - ABANDONED
        await sql.ABANDON.run(unit, before=before)
        for sha256 in await sql.UNNEEDED.all(unit):
            unit.send(Parcel(f"drop:{sha256}:{unit.event.event_id}", "shelf", {"sha256": sha256}, delay=AN_HOUR))
        await sql.EMPTY.run(unit)
        await sql.FORGET.run(unit, before=before)

    # -- shared -------------------------------------------------------------------------------------------------------

    def _all(self, rows: Iterable[tuple[Any, ...]]) -> list[Upload]:
        return [self._open(row) for row in rows]

    def _open(self, row: tuple[Any, ...]) -> Upload:
        number, account, message, slot, state, why, name, words, mime, size, source, sha256, likeness, looks, *rest = (
            row
        )
        insisted, sent_at, handed_at, claim, _ = rest
        place = f"{account}:{message}"
        return Upload(
            number,
            message,
            slot or "",
            state,
            why or "",
            self._vault.text("upload.name", place, name) if name else "",
            self._vault.text("upload.words", place, words) if words else "",
            mime,
            size,
            source or "",
            sha256 or "",
            likeness or "",
            tuple(looks.split()),
            bool(insisted),
            sent_at,
            handed_at is not None,
            claim or 0,
        )


async def is_needed(db: Connection, sha256: str) -> bool:
    """Does anybody need this content?"""
    return await sql.NEEDED.first(db, sha256=sha256) is not None


def _claim_of(draft: str) -> int:
    """The inverse of `later`; 0 for any other key."""
    digits = draft.removeprefix(_LATER)
    return int(digits) if digits != draft and digits.isascii() and digits.isdigit() else 0
