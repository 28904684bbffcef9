"""An employee who answers requests, without the staff's groups: what they order runs as a step of the running bot."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from itertools import count
from unittest.mock import patch

from handlers.events import Events
from services.cabinet import Cabinet
from services.db.pipe import Event
from services.db.unit import Unit
from services.employees import Employee, Role
from services.requests import State
from tests.support.second import database, rows
from tests.support.town import Town

MARIA = Employee(700_001, "Мария", "старший специалист", "поддержка", frozenset({Role.OPERATOR}))
_orders = count(1)

Deed = Callable[[Cabinet, Unit], Awaitable[object]]


async def order(town: Town, deed: Deed) -> None:
    """Let a deed run as a step of the lane of staff, and everything it causes happen."""
    plain = Events.handle

    async def handle(self: Events, unit: Unit) -> None:
        if json.loads(unit.event.body).get("type") == "order":
            await deed(self._cabinet, unit)
        else:
            await plain(self, unit)

    with patch.object(Events, "handle", handle):
        await town.process.parts.lanes.submit(Event("desk", f"order-{next(_orders)}", "staff", b'{"type": "order"}'))
        await town.settle()


async def answer(town: Town, number: str, state: State | None, text: str = "") -> None:
    """Maria moves a request, or says something."""
    with database(town) as second:
        second.execute(
            "insert or ignore into employee(id, name, post, department, roles, added_at) values(?, ?, ?, ?, ?, 0)",
            (MARIA.id, MARIA.name, MARIA.post, MARIA.department, "operator"),
        )
    await order(town, lambda cabinet, unit: cabinet.requests.answer(unit, MARIA, number, state, text))


def heard(town: Town, number: str) -> list[str]:
    """What the staff's side was told about a request, in order."""
    found = rows(town, "select event_id from inbox where lane = 'staff' and source = 'cabinet' order by seq")
    ours = str(int(number.partition("-")[2]))
    return [kind for (name,) in found for kind, row, *_ in [name.split(":")] if row == ours]
