"""The journal of a claim: a chain of hashes, so that nothing is taken out, put in or changed afterwards unnoticed (G11).

The hash of an entry is SHA-256 over the canonical JSON of its claim, number, time, kind, facts and the hash before it. The claim's row
holds how many entries there are and the newest hash; the receipt names the first one. Facts hold no personal data: states, versions,
hashes of files, the digest of what was entered.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select

from services.claims import statements as sql
from services.db.statement import Command, Connection, Query
from services.db.tables import journal
from services.db.unit import Unit

BATCH = 200
"""Claims that are looked at together."""

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


async def append(unit: Unit, claim_id: int, kind: str, **facts: Any) -> None:
    """Write one entry; whoever else writes to the same claim at the same time comes before or after it."""
    written = canonical(facts)
    while True:
        head = await sql.HEAD.first(unit, row=claim_id)
        if head is None:
            raise LookupError(claim_id)
        count, previous = head
        seq, mark = count + 1, chained(claim_id, count + 1, unit.now, kind, written, bytes(previous or b""))
        if await sql.CHAIN.run(unit, row=claim_id, before=count, entries=seq, head=mark):
            await WRITE.run(unit, claim_id=claim_id, seq=seq, at=unit.now, kind=kind, facts=written, hash=mark)
            return


def fault(entries: Sequence[Entry], count: int, head: bytes) -> str:
    """What is wrong with a chain, empty if nothing: `missing` an entry, `changed` an entry, `head` is another one's or another number."""
    previous = b""
    for seq, entry in enumerate(entries, 1):
        if entry.seq != seq:
            return "missing"
        previous = chained(entry.claim, entry.seq, entry.at, entry.kind, entry.facts, previous)
        if previous != bytes(entry.hash):
            return "changed"
    if len(entries) < count:
        return "missing"
    return "" if (len(entries), previous) == (count, head) else "head"


async def of_claim(db: Connection, claim_id: int) -> list[Entry]:
    """All entries of a claim, the oldest first."""
    return await OF_CLAIMS.all(db, first=claim_id, last=claim_id)


async def intact(db: Connection, claim_id: int) -> bool:
    """Is the chain of this claim whole?"""
    head = await sql.HEAD.first(db, row=claim_id)
    return head is not None and not fault(await of_claim(db, claim_id), head[0], bytes(head[1] or b""))


async def verify(db: Connection) -> AsyncIterator[tuple[int, str]]:
    """Look at every claim: its id and what is wrong with its chain, empty if nothing."""
    after = 0
    while heads := await sql.HEADS.all(db, after=after, most=BATCH):
        last = heads[-1][0]
        found: dict[int, list[Entry]] = {}
        for entry in await OF_CLAIMS.all(db, first=after + 1, last=last):
            found.setdefault(entry.claim, []).append(entry)
        for number, count, head in heads:
            yield number, fault(found.get(number, []), count, bytes(head or b""))
        after = last
