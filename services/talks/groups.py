"""The staff groups by the ids they have now: Telegram gives a group another id when it becomes a supergroup."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, select, update

from services.db.statement import Command, Query, as_it_comes, upsert
from services.db.tables import meta, outbox, screen
from services.db.unit import Unit
from services.talks import statements as sql

PREFIX = "group:"
MOVES = Query(select(meta.c.key, meta.c.value).where(meta.c.key.like(f"{PREFIX}%")), as_it_comes)
KEEP = upsert(meta, key=["key"])
PARCELS = Command(
    update(outbox)
    .where(outbox.c.chat_id == bindparam("old"), outbox.c.state == 0)
    .values(chat_id=bindparam("new"), due_at=0.0)
)
CARDS = Command(update(screen).where(screen.c.chat_id == bindparam("old")).values(chat_id=bindparam("new"), due_at=0.0))


class Groups:
    """`configured` are the ids of the settings."""

    def __init__(self, configured: Sequence[int]) -> None:
        self._configured = tuple(configured)

    def __bool__(self) -> bool:
        return bool(self._configured)

    async def now(self, unit: Unit) -> list[int]:
        """The ids of today, in the order of the settings."""
        moved = {int(key.removeprefix(PREFIX)): int(value) for key, value in await MOVES.all(unit)}
        found = []
        for group in self._configured:
            while group in moved:
                group = moved[group]
            found.append(group)
        return found

    async def moved(self, unit: Unit, old: int, new: int) -> None:
        """Everything that knows the old id learns the new one: topics, what waits to leave, cards."""
        await KEEP.run(unit, key=f"{PREFIX}{old}", value=str(new))
        for command in (sql.MOVED, PARCELS, CARDS):
            await command.run(unit, old=old, new=new)
