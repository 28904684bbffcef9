"""Reminders of the client's own: a day and a text, of a contract, of a claim, or of anything at all (H4)."""

from __future__ import annotations

from datetime import date, timedelta

from services.clock import MOSCOW
from services.db.unit import Unit
from services.errors import NotFound, TooManyNotes
from services.model import Actor
from services.reminders import statements as sql
from services.reminders.terms import Row, TermIndex
from services.reminders.values import LASTS, Kind, Note
from services.vault import Vault

MOST = 50
"""Notes of one client that may wait."""


class Notes:
    def __init__(self, vault: Vault, terms: TermIndex) -> None:
        self._vault, self._terms = vault, terms

    async def of_client(self, unit: Unit, client_id: str, today: date) -> list[Note]:
        """What waits, and what was due lately; for events, never for a person."""
        since = today - timedelta(days=LASTS[Kind.NOTE])
        rows = await sql.NOTES.all(unit, client=client_id, since=since)
        return [Note(row, day, self._vault.text("note", row, sealed), subject) for row, day, sealed, subject in rows]

    async def all(self, unit: Unit, actor: Actor) -> list[Note]:
        """The actor's own that are ahead, the nearest first."""
        today = unit.now.astimezone(MOSCOW).date()
        notes = await self.of_client(unit, actor.client_id, today) if actor.client_id else []
        return [note for note in notes if note.day >= today]

    async def room(self, unit: Unit, actor: Actor) -> None:
        """Raises TooManyNotes when there is no room for one more."""
        if len(await self.all(unit, actor)) >= MOST:
            raise TooManyNotes(MOST)

    async def add(self, unit: Unit, actor: Actor, day: date, text: str, subject: str) -> int:
        """Keep it; a step that runs twice keeps it once. Raises NotFound for who is no client, TooManyNotes."""
        if actor.client_id is None:
            raise NotFound
        await self.room(unit, actor)
        row = await sql.ADD.first(
            unit,
            client_id=actor.client_id,
            account_id=actor.account_id,
            draft=f"{unit.event.source}:{unit.event.event_id}",
            subject=subject,
            day=day,
            text_sealed=b"",
        )
        if row is None:
            raise NotFound
        await sql.SEAL.run(unit, row=row, text=self._vault.seal("note", row, text))
        await self._terms.keep(unit, f"note:{row}", actor.client_id, [Row(Kind.NOTE, str(row), day)])
        return row

    async def drop(self, unit: Unit, actor: Actor, note_id: int) -> None:
        """Forget it. Raises NotFound for somebody else's."""
        if not actor.client_id or not await sql.DROP.run(unit, client=actor.client_id, row=note_id):
            raise NotFound
        await self._terms.keep(unit, f"note:{note_id}", actor.client_id, [])
