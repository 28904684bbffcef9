"""Reminders in a town whose clock stands: a client is looked at when a test says so, whatever the hour on the wall."""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import count
from typing import Any

from services.clock import MOSCOW
from services.db.pipe import Event
from tests.support.insured import Insured, insured
from tests.support.second import database, rows
from tests.support.town import Town

SOON = 3
"""Days to the end of a contract whose newest reminder is yesterday's, and is not urgent."""
_looks = count(1)


def never_quiet(town: Town, client_id: str, zone: str = "Europe/Moscow") -> None:
    """No quiet hours: the tests run at night, too. And they came long ago: what was due before that is not told."""
    with database(town) as second:
        second.execute("update binding set bound_at = bound_at - 90 * 86400 where client_id = ?", (client_id,))
        second.execute(
            "insert into choice(client_id, zone, chosen, quiet_from, quiet_to, off, mail, sms) values(?, ?, 1, 0, 0, '[]', 1, 1) "
            "on conflict(client_id) do update set quiet_from = 0, quiet_to = 0, zone = excluded.zone",
            (client_id, zone),
        )


def forgotten(town: Town, client_id: str) -> None:
    """Nothing was said yet, whatever was said, nor put off."""
    with database(town) as second:
        second.execute("delete from hush where client_id = ? and until is not null", (client_id,))
        second.execute(
            "update reminder set key = 'gone:' || id, subject = 'gone', moment = 0, said_at = 0 where client_id = ?",
            (client_id,),
        )


async def look(town: Town, client_id: str) -> None:
    """As the planner does: what is due is said now."""
    event = Event("test", f"look-{next(_looks)}", f"client:{client_id}", b'{"type": "remind"}')
    await town.process.parts.lanes.submit(event)
    await town.settle()


async def morning(town: Town, day: date) -> None:
    """It is five past ten of that day in Moscow, and all that is due by then has been done."""
    at = datetime.combine(day, time(10, 5), MOSCOW)
    await town.call("POST", "/clock", {"set": at.isoformat()})
    await town.settle()


async def reminded(town: Town, **facts: Any) -> Insured:
    """A client who is logged in, stands at home, and has just been reminded of what is due."""
    irina = await insured(town, **({"ends_in": (SOON,)} | facts))
    await irina.log_in()
    never_quiet(town, irina.client_id)
    await look(town, irina.client_id)
    return irina


def said(town: Town, client_id: str) -> list[tuple[Any, ...]]:
    """The journal: kind, step."""
    return rows(
        town, "select kind, step from reminder where client_id = ? and subject != 'gone' order by id", client_id
    )
