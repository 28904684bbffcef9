"""Dead letters, for the person on duty: events whose step has failed three times, and parcels that were refused for good.

`python -m bot dead list | show NUMBER | retry NUMBER`. Events are numbered as the person was told; parcels as `p12`. Bodies hold
personal data, so `show` prints only what kind of thing it is and why it failed.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from sqlalchemy import Select, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from services.db.pipe import Sent
from services.db.tables import inbox, outbox


@dataclass(frozen=True, slots=True)
class Letter:
    """A dead event (`12`) or parcel (`p12`)."""

    number: str
    what: str
    error: str
    attempts: int
    at: float

    def __str__(self) -> str:
        when = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(self.at))
        return f"{self.number:>8}  {when}Z  {self.what:<24}  attempts {self.attempts}  {self.error}"


async def dead_letters(engine: AsyncEngine) -> list[Letter]:
    """All of them, oldest first."""
    async with engine.connect() as db:
        events = (await db.execute(_events())).all()
        parcels = (await db.execute(_parcels())).all()
    letters = [Letter(str(row.seq), f"event {row.source}", row.error or "", row.attempts, row.at) for row in events]
    letters += [Letter(f"p{row.id}", f"to {row.channel}", row.error or "", row.attempts, row.at) for row in parcels]
    return sorted(letters, key=lambda letter: letter.at)


async def retry(engine: AsyncEngine, number: str) -> bool:
    """Let a dead letter try again; the running bot takes it within a second. False if there is no such dead letter."""
    digits = number.removeprefix("p")
    if not digits.isascii() or not digits.isdigit():
        return False
    if number.startswith("p"):
        statement = (
            update(outbox)
            .where(outbox.c.id == int(digits), outbox.c.state == Sent.DEAD, outbox.c.body.is_not(None))
            .values(state=Sent.NEW, attempts=0, due_at=0, error=None)
        )
    else:
        statement = (
            update(inbox).where(inbox.c.seq == int(digits), inbox.c.state == 2).values(state=0, attempts=0, retry_at=0)
        )
    async with engine.begin() as db:
        return bool((await db.execute(statement)).rowcount)


def _events() -> Select[tuple[int, str, str | None, int, float]]:
    c = inbox.c
    return select(c.seq, c.source, c.error, c.attempts, c.at).where(c.state == 2).order_by(c.seq)


def _parcels() -> Select[tuple[int, str, str | None, int, float]]:
    c = outbox.c
    return select(c.id, c.channel, c.error, c.attempts, c.at).where(c.state == Sent.DEAD).order_by(c.id)
