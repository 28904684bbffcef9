"""Staff: who they are, what they may do, and a record of what of a client's they have looked at (K5).

Only those in the table act, whoever else is in the group; an ended employment ends it at once.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import bindparam, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from services.db.statement import Command, Connection, Query
from services.db.tables import access, employee
from services.db.unit import Unit
from services.history import Deed, History

DEMO = Path(__file__).parent / "data" / "staff.toml"


class Role(StrEnum):
    """What an employee may do. A supervisor may do what an operator and a claim handler may, an administrator everything."""

    OPERATOR = "operator"
    CLAIMS = "claims"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


INCLUDES: dict[Role, frozenset[Role]] = {
    Role.OPERATOR: frozenset({Role.OPERATOR}),
    Role.CLAIMS: frozenset({Role.OPERATOR, Role.CLAIMS}),
    Role.SUPERVISOR: frozenset({Role.OPERATOR, Role.CLAIMS, Role.SUPERVISOR}),
    Role.ADMIN: frozenset(Role),
}


@dataclass(frozen=True, slots=True)
class Employee:
    """`name` is the first name; with the post it stands on every answer."""

    id: int
    name: str
    post: str
    department: str
    roles: frozenset[Role]

    @classmethod
    def of_row(cls, number: int, name: str, post: str, department: str, roles: str) -> Employee:
        """From the table."""
        return cls(number, name, post, department, frozenset(Role(role) for role in roles.split()))

    def may(self, role: Role) -> bool:
        """Do the roles of this employee include this one?"""
        return any(role in INCLUDES[own] for own in self.roles)


_COLUMNS = (employee.c.id, employee.c.name, employee.c.post, employee.c.department, employee.c.roles)
ONE = Query(
    select(*_COLUMNS).where(employee.c.id == bindparam("employee"), employee.c.ended_at.is_(None)), Employee.of_row
)
ALL = Query(select(*_COLUMNS).where(employee.c.ended_at.is_(None)).order_by(employee.c.name), Employee.of_row)
KNOWN = Query(select(employee.c.id).limit(1), int)
ADD = Command(
    insert(employee).values(
        {
            name: bindparam(name, type_=employee.c[name].type)
            for name in ("id", "name", "post", "department", "roles", "added_at")
        }
    )
)


def _recorded(dialect: type[sqlite.Insert] | type[postgresql.Insert]) -> sqlite.Insert | postgresql.Insert:
    values = {
        name: bindparam(name, type_=access.c[name].type) for name in ("employee_id", "whose", "deed", "event", "at")
    }
    return dialect(access).values(values).on_conflict_do_nothing()


RECORD = Command(_recorded(sqlite.Insert), postgres=_recorded(postgresql.Insert))


def read(path: Path) -> list[Employee]:
    """The first employees, from a TOML file of `[[employee]]` tables. Raises ValueError saying which field is wrong, OSError."""
    found = []
    for raw in tomllib.loads(path.read_text()).get("employee", []):
        missing = {"id", "name", "post", "department", "roles"} - raw.keys()
        if missing:
            raise ValueError(f"{path}: {', '.join(sorted(missing))} is missing in {raw}")
        roles = frozenset(map(Role, raw["roles"]))
        found.append(Employee(int(raw["id"]), raw["name"], raw["post"], raw["department"], roles))
    return found


class Employees:
    """Read by every update of a staff group: one look by primary key."""

    def __init__(self, history: History) -> None:
        self._history = history

    async def find(self, unit: Unit, account_id: int) -> Employee | None:
        """The employee of this Telegram account, if they still are one."""
        return await ONE.first(unit, employee=account_id)

    async def all(self, unit: Unit) -> list[Employee]:
        """Everybody who may act."""
        return await ALL.all(unit)

    async def begin(self, db: Connection, people: Sequence[Employee], now: datetime) -> None:
        """Those of the settings, while there is nobody yet: afterwards the table is changed by `python -m bot staff`."""
        if people and await KNOWN.first(db) is None:
            for it in people:
                roles = " ".join(sorted(it.roles))
                await ADD.run(
                    db, id=it.id, name=it.name, post=it.post, department=it.department, roles=roles, added_at=now
                )

    async def record(self, unit: Unit, who: Employee, whose: str, deed: str) -> None:
        """Who has seen or done what with whose data; a repeated step records it once. `whose` is the key of a topic."""
        once = f"{deed}:{unit.event.source}:{unit.event.event_id}"
        await RECORD.run(unit, employee_id=who.id, whose=whose, deed=deed, event=once, at=unit.now)
        kind, _, client = whose.partition(":")
        if kind == "client" and deed == "full":
            await self._history.record(unit, client, None, Deed.LOOKED, name=who.name, post=who.post)
