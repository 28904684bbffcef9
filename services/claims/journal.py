"""The journal of a claim: a chain of hashes, so that nothing is taken out, put in or changed afterwards unnoticed (G11).

The hash of an entry is SHA-256 over the canonical JSON of its claim, number, time, kind, facts and the hash before it. The claim's row
holds how many entries there are and the newest hash, sealed for that claim and that number: whoever has the database and not the keys
cannot write a head for a chain of their own, nor for one whose end they have cut off. The receipt names the first entry. Facts hold no
personal data: states, versions, hashes of files, the digest of what was entered.

Not found: a claim removed with its journal, and a row put back as an older copy of the database has it. Against the first the client
holds the receipt, against the second the insurer its own history.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import bindparam, insert, select

from services.claims import statements as sql
from services.db.statement import Command, Connection, Query
from services.db.tables import journal
from services.db.unit import Unit
from services.vault import Unsealable, Vault

log = structlog.get_logger("journal")

BATCH = 200
"""Claims that are looked at together."""
FIRST = ("filed", "opened")
"""How a journal begins: by the client's notice, or by the insurer's word on a claim of its own. One that seems to begin otherwise has lost
what was there before."""

_T = journal.c


@dataclass(frozen=True, slots=True)
class Entry:
    """`facts` is JSON as it is stored: its very bytes are hashed."""

    claim: int
    seq: int
    at: datetime
    kind: str
    facts: str
    hash: bytes


WRITE = Command(insert(journal).values({column.name: bindparam(column.name, type_=column.type) for column in _T}))
OF_CLAIMS = Query(
    select(_T.claim_id, _T.seq, _T.at, _T.kind, _T.facts, _T.hash)
    .where(_T.claim_id >= bindparam("first"), _T.claim_id <= bindparam("last"))
    .order_by(_T.claim_id, _T.seq),
    Entry,
)


def canonical(value: Any) -> str:
    """One text for one value: sorted keys, no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value: Any) -> str:
    """SHA-256 of a value in hex."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def chained(claim: int, seq: int, at: datetime, kind: str, facts: str, previous: bytes) -> bytes:
    """The hash of an entry. `previous` is empty for the first one."""
    return hashlib.sha256(canonical([claim, seq, at.isoformat(), kind, facts, previous.hex()]).encode()).digest()


def fault(entries: Sequence[Entry], count: int, head: bytes | None) -> str:
    """What is wrong with a chain, empty if nothing: `missing` an entry, `changed` an entry, `head` is another one's, or was not sealed
    here for so many entries (None)."""
    previous = b""
    for seq, entry in enumerate(entries, 1):
        if entry.seq != seq:
            return "missing"
        previous = chained(entry.claim, entry.seq, entry.at, entry.kind, entry.facts, previous)
        if previous != bytes(entry.hash):
            return "changed"
    if len(entries) < count or not entries:
        return "missing"
    return "" if (len(entries), previous) == (count, head) else "head"


async def of_claim(db: Connection, claim_id: int) -> list[Entry]:
    """All entries of a claim, the oldest first."""
    return await OF_CLAIMS.all(db, first=claim_id, last=claim_id)


class Journal:
    """Writes and looks. The `vault` seals heads."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def append(self, unit: Unit, claim_id: int, kind: str, **facts: Any) -> None:
        """Write one entry; whoever else writes to the same claim at the same time comes before or after it.

        Behind a head that is not ours the entry is written as well, for a claim must go on, but the new head is left unsealed: what was
        once forged is found for ever.
        """
        written = canonical(facts)
        while True:
            found = await sql.HEAD.first(unit, row=claim_id)
            if found is None:
                raise LookupError(claim_id)
            count, sealed = found
            previous = self.head(claim_id, count, sealed) if count else b"" if kind in FIRST else None
            whole = previous is not None
            if previous is None:
                log.error("journal_broken", claim=claim_id)
                entries = await of_claim(unit, claim_id)
                previous = bytes(entries[-1].hash) if entries else b""
            seq = count + 1
            mark = chained(claim_id, seq, unit.now, kind, written, previous)
            head = self._vault.seal("claim.head", f"{claim_id}:{seq}", mark) if whole else mark
            if await sql.CHAIN.run(unit, row=claim_id, before=count, entries=seq, head=head):
                await WRITE.run(unit, claim_id=claim_id, seq=seq, at=unit.now, kind=kind, facts=written, hash=mark)
                return

    def head(self, claim_id: int, count: int, sealed: bytes | None) -> bytes | None:
        """The hash of the newest of so many entries; None if it was not sealed here for them."""
        try:
            return self._vault.open("claim.head", f"{claim_id}:{count}", bytes(sealed)) if sealed else None
        except Unsealable:
            return None

    async def intact(self, db: Connection, claim_id: int) -> bool:
        """Is the chain of this claim whole?"""
        found = await sql.HEAD.first(db, row=claim_id)
        return found is not None and not fault(await of_claim(db, claim_id), found[0], self.head(claim_id, *found))

    async def verify(self, db: Connection) -> AsyncIterator[tuple[int, str]]:
        """Look at every claim: its id and what is wrong with its chain, empty if nothing."""
        after = 0
        while heads := await sql.HEADS.all(db, after=after, most=BATCH):
            last = heads[-1][0]
            found: dict[int, list[Entry]] = {}
            for entry in await OF_CLAIMS.all(db, first=after + 1, last=last):
                found.setdefault(entry.claim, []).append(entry)
            for number, count, sealed in heads:
                yield number, fault(found.get(number, []), count, self.head(number, count, sealed))
            after = last
