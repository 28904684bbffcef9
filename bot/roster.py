"""The staff table from the command line: a second connection beside the running cabinet, which reads it with every update."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from services.db.tables import employee
from services.employees import Employee


async def everybody(engine: AsyncEngine) -> list[Employee]:
    """All who may act, by name."""
    wish = (
        select(employee.c.id, employee.c.name, employee.c.post, employee.c.department, employee.c.roles)
        .where(employee.c.ended_at.is_(None))
        .order_by(employee.c.name)
    )
    async with engine.connect() as db:
        return [Employee.of_row(*row) for row in await db.execute(wish)]


async def add(engine: AsyncEngine, person: Employee, now: datetime) -> None:
    """A new employee, or what is new about a known one."""
    known = {
        "name": person.name,
        "post": person.post,
        "department": person.department,
        "roles": " ".join(sorted(person.roles)),
        "ended_at": None,
    }
    async with engine.begin() as db:
        changed = await db.execute(update(employee).where(employee.c.id == person.id).values(known))
        if not changed.rowcount:
            await db.execute(insert(employee).values(id=person.id, added_at=now, **known))


async def remove(engine: AsyncEngine, number: int, now: datetime) -> bool:
    """From now on they may not act. False: nobody of this number may."""
    async with engine.begin() as db:
        ended = await db.execute(
            update(employee).where(employee.c.id == number, employee.c.ended_at.is_(None)).values(ended_at=now)
        )
        return bool(ended.rowcount)
