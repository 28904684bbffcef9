"""The index of days: written where something is heard of, so that the planner finds by index alone whom a day concerns.

A term says no more than "look at this client around this day": whether there is anything to say is decided by the data itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from services.claims.values import Claim
from services.clock import MOSCOW
from services.db.statement import Command, Query, as_it_comes
from services.db.tables import term
from services.db.unit import Unit
from services.deadlines import Deadlines
from services.debts import end_of_grace
from services.model import Policy, Standing
from services.reminders.causes import dates_of, of_claim
from services.reminders.choices import read, suppose
from services.reminders.manners import MORNING, local_day
from services.reminders.values import LASTS, STEPS, URGENT, Choices, Kind
from services.reminders.wakes import EARLY, catch_up
from services.reminders.zones import zone_of

_T = term.c
ENDED_LATELY = timedelta(days=60)
"""Of a contract that ended longer ago nothing is said any more."""


@dataclass(frozen=True, slots=True)
class Row:
    """One day of one owner."""

    kind: Kind
    subject: str
    day: date


def _put(dialect: type[postgresql.Insert] | type[sqlite.Insert]) -> postgresql.Insert | sqlite.Insert:
    names = ("owner", "kind", "subject", "day", "client_id", "slot")
    statement = dialect(term).values(**{name: bindparam(name, type_=_T[name].type) for name in names})
    new = {name: statement.excluded[name] for name in ("day", "client_id", "slot")}
    return statement.on_conflict_do_update(index_elements=["owner", "kind", "subject"], set_=new)


PUT = Command(_put(sqlite.Insert), postgres=_put(postgresql.Insert))
FORGET = Command(delete(term).where(_T.owner == bindparam("owner")))
MOVE = Command(
    update(term)
    .where(_T.client_id == bindparam("client"), _T.slot != bindparam("slot"))
    .values(slot=bindparam("slot", type_=_T.slot.type))
)
OF_OWNER = Query(select(_T.kind, _T.subject, _T.day).where(_T.owner == bindparam("owner")), as_it_comes)


class TermIndex:
    def __init__(self, deadlines: Deadlines) -> None:
        self._deadlines = deadlines

    async def policy(self, unit: Unit, policy: Policy, before: Policy | None = None) -> None:
        """A contract has changed. `before`: what it was, for another edition of its rules is told of by the difference."""
        today = unit.now.astimezone(MOSCOW).date()
        owner = f"policy:{policy.core_id}"
        if policy.plate:
            await self._live_in(unit, policy.client_id, zone_of(policy.plate))
        await self.keep(unit, owner, policy.client_id, rows_of(policy, self._deadlines, today))
        if before and before.rules and policy.rules and before.rules != policy.rules:
            row = Row(Kind.RULES, f"{policy.id}:{policy.rules}", today + timedelta(days=1))
            await self.keep(unit, f"rules:{policy.core_id}", policy.client_id, [row])

    async def claim(self, unit: Unit, claim: Claim) -> None:
        """A claim has changed."""
        rows = [Row(it.kind, it.subject, it.day) for it in of_claim(claim, self._deadlines)]
        if own := claim.owed:
            rows.append(Row(Kind.DEDUCTIBLE, str(claim.id), own.due))
        await self.keep(unit, f"claim:{claim.id}", claim.client_id, rows)

    async def rules(self, unit: Unit, policy: Policy) -> list[tuple[int, str, date]]:
        """Which edition of its rules a contract has come to follow, and when that was heard; at most one."""
        found = await OF_OWNER.all(unit, owner=f"rules:{policy.core_id}")
        return [(policy.id, subject.partition(":")[2], day) for _, subject, day in found]

    async def keep(self, unit: Unit, owner: str, client_id: str, rows: Iterable[Row]) -> None:
        """These are the days of this owner, and no others."""
        await FORGET.run(unit, owner=owner)
        wanted = list(rows)
        if not wanted:
            return
        slot = slot_of(choices := await read(unit, client_id))
        for row in wanted:
            await PUT.run(
                unit,
                owner=owner,
                kind=row.kind,
                subject=row.subject,
                day=row.day,
                client_id=client_id,
                slot=slot,
            )
        if any(passed_by(row, choices, unit.now) for row in wanted):
            await catch_up(unit, client_id)

    async def move(self, unit: Unit, client_id: str, choices: Choices) -> None:
        """The client lives by another clock from now on."""
        await MOVE.run(unit, client=client_id, slot=slot_of(choices))

    async def _live_in(self, unit: Unit, client_id: str, zone: str) -> None:
        if changed := await suppose(unit, client_id, zone):
            await self.move(unit, client_id, changed)
            await catch_up(unit, client_id)


def rows_of(policy: Policy, deadlines: Deadlines, today: date) -> list[Row]:
    """The days of a contract: its end, its instalments and the ends of their grace, the ends of papers. Of one that is over long since, or
    was ended: none.
    """
    if policy.standing(today) is Standing.TERMINATED or policy.ends < today - ENDED_LATELY:
        return []
    number = str(policy.id)
    rows = [Row(Kind.RENEWAL, number, policy.ends), Row(Kind.OFFER, number, policy.ends)]
    for it in policy.payments:
        if not it.paid:
            rows.append(Row(Kind.INSTALMENT, subject := f"{number}:{it.number}", it.due))
            if policy.part_paid and (last := end_of_grace(deadlines, policy, it.due)):
                rows.append(Row(Kind.GRACE, subject, last))
    rows += (Row(it.kind, it.subject, it.day) for it in dates_of(policy, deadlines))
    return rows


def slot_of(choices: Choices) -> str:
    """What the planner finds a client by: the zone, marked if the client's morning is not at the common hour."""
    first, last = choices.quiet_from, choices.quiet_to
    quiet = first <= MORNING < last if first <= last else first <= MORNING or last > MORNING
    return f"{EARLY}{choices.zone}" if quiet else choices.zone


def passed_by(row: Row, choices: Choices, now: datetime) -> bool:
    """Has the planner gone by the last word of this day, or by an urgent one, while there is still something to be said of it?

    Earlier steps are followed by others, and an offer is nothing that has to be made up for.
    """
    begun = local_day(now - timedelta(hours=MORNING), choices)
    begun += timedelta(days=slot_of(choices).startswith(EARLY))
    steps = [step for step in STEPS[row.kind] if row.day - timedelta(days=step) <= begun]
    over = row.day + timedelta(days=LASTS.get(row.kind, 0)) < begun
    if not steps or over or row.kind is Kind.OFFER:
        return False
    return len(steps) == len(STEPS[row.kind]) or steps[-1] <= URGENT.get(row.kind, -1)
