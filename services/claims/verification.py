"""What anybody may know of a claim who holds its receipt: enough to verify it, and nothing personal (G11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from services.claims.journal import Journal, of_claim
from services.claims.values import number_of
from services.db.statement import Connection, Query, as_it_comes
from services.db.tables import claim, upload

TAIL = 3
"""Digits of a number that are shown: whoever holds the receipt knows the others."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file: SHA-256 as it was sent and as it is kept; `size` in bytes of the latter."""

    source: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Proof:
    """`first` is the hash of the journal's first entry in hex, as the receipt has it; `registered_at`: None before the insurer's answer."""

    tail: str
    filed_at: datetime
    registered_at: datetime | None
    files: tuple[Kept, ...]
    entries: int
    first: str
    intact: bool


CLAIM = Query(
    select(claim.c.id, claim.c.core_number, claim.c.filed_at, claim.c.registered_at).where(
        claim.c.token == bindparam("token")
    ),
    as_it_comes,
)
FILES = Query(
    select(upload.c.source, upload.c.sha256, upload.c.size)
    .where(upload.c.claim_id == bindparam("claim"), upload.c.state == "stored")
    .order_by(upload.c.message_id, upload.c.id),
    Kept,
)


async def proof(db: Connection, journal: Journal, token: str) -> Proof | None:
    """What there is to verify; None for a token nobody was given."""
    row = await CLAIM.first(db, token=token)
    if row is None:
        return None
    number, core_number, filed_at, registered_at = row
    entries = await of_claim(db, number)
    return Proof(
        (core_number or number_of(number))[-TAIL:],
        filed_at,
        registered_at,
        tuple(await FILES.all(db, claim=number)),
        len(entries),
        bytes(entries[0].hash).hex() if entries else "",
        await journal.intact(db, number),
    )
