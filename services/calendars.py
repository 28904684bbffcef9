"""Entries of clients' own calendars: one name for ever, a number that grows when the day changes (H5, RFC 5545 3.8.7.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, case, select
from sqlalchemy.dialects import postgresql, sqlite

from services.db.statement import Command, Query, as_it_comes
from services.db.tables import date_given
from services.db.unit import Unit
from services.vault import Vault


@dataclass(frozen=True, slots=True)
class Entry:
    """`uid` names it in any calendar; `sequence` is how often its day has changed since it was given first."""

    uid: str
    sequence: int


def _given(dialect: type[sqlite.Insert] | type[postgresql.Insert]) -> sqlite.Insert | postgresql.Insert:
    new = dialect(date_given).values(
        uid=bindparam("uid"), day=bindparam("day", type_=date_given.c.day.type), sequence=0
    )
    grown = case((date_given.c.day != new.excluded.day, date_given.c.sequence + 1), else_=date_given.c.sequence)
    return new.on_conflict_do_update(index_elements=["uid"], set_={"sequence": grown, "day": new.excluded.day})


GIVE = Command(_given(sqlite.Insert), postgres=_given(postgresql.Insert))
GIVEN = Query(select(date_given.c.sequence).where(date_given.c.uid == bindparam("uid")), as_it_comes)


class Calendars:
    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def give(self, unit: Unit, client_id: str, about: str, day: date) -> Entry:
        """The entry of a date of this client's. `about` is what it is about, the same whatever the day."""
        uid = self._vault.index("calendar", f"{client_id}\n{about}")
        await GIVE.run(unit, uid=uid, day=day)
        found = await GIVEN.first(unit, uid=uid)
        return Entry(f"{uid.hex()[:32]}@cabinet", found[0] if found else 0)
