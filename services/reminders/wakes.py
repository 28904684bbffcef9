"""When clients are looked at: planned each hour from the index of days, claimed at the pace of the sender.

Both cost as much as there is due, however many contracts there are: no statement here reads a table by anything but an index.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, delete, exists, func, select, tuple_, union, update
from sqlalchemy.dialects import postgresql, sqlite

from services.db.statement import Command, Query, as_it_comes, upsert
from services.db.tables import binding, meta, term, wake
from services.db.unit import Unit
from services.reminders.manners import MORNING
from services.reminders.values import STEPS, Kind
from services.reminders.zones import ZONES

LANE = "reminders"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FARTHEST = timedelta(days=70)
"""Mornings longer ago are not looked at any more after an outage: by then every series has a newer step."""
KEEP = timedelta(days=7)
"""Claimed wakes are kept so long, to be counted."""
PLANNED = "reminders.planned"
DUE = {
    f"day{number}": (kind, ahead)
    for number, (kind, ahead) in enumerate(
        (kind, ahead)
        for kind in Kind
        if kind is not Kind.APPLICATION
        for ahead in sorted({*STEPS[kind], *(step + 1 for step in STEPS[kind] if kind is Kind.RENEWAL)})
    )
}
"""What a morning asks the index for: of which kind, and how many days ahead.

An application has hours, not days: its client is woken by its own step. A renewal is looked at on the eve of each step as well: its price
is asked for then (D12).
"""
EARLY = "-"
"""Before the zone of a client whose quiet hours hold the morning: they are looked at a day sooner, and the exact hour is found then."""
SETTLING = timedelta(hours=1)
"""Whoever has just come, or has just heard of it, is left alone for so long."""

_W, _T = wake.c, term.c
_at, _now = bindparam("at", type_=_W.at.type), bindparam("now", type_=_W.at.type)
Insert = type[postgresql.Insert] | type[sqlite.Insert]


@dataclass(frozen=True, slots=True)
class Progress:
    """How a run stands: due and not claimed, claimed since the moment asked for, and the last moment that is due."""

    waiting: int
    done: int
    until: datetime | None


def _plan(dialect: Insert) -> postgresql.Insert | sqlite.Insert:
    """One look into the index for each of `DUE`, in one statement. Clients nobody can speak to are not woken."""
    bound = exists().where(binding.c.client_id == _T.client_id, binding.c.ended_at.is_(None))
    slot = bindparam("slot", type_=_T.slot.type)
    due = union(
        *(
            select(_T.client_id, _at).where(
                _T.kind == kind, _T.slot == slot, _T.day == bindparam(name, type_=_T.day.type), bound
            )
            for name, (kind, _) in DUE.items()
        )
    )
    return dialect(wake).from_select(["client_id", "at"], due).on_conflict_do_nothing()


def _one(dialect: Insert) -> postgresql.Insert | sqlite.Insert:
    return dialect(wake).values(client_id=bindparam("client"), at=_at).on_conflict_do_nothing()


_due = (
    select(_W.client_id, _W.at)
    .where(_W.claimed_at.is_(None), _W.at <= _now)
    .order_by(_W.at, _W.client_id)
    .limit(bindparam("most"))
)


def _claim(due: object) -> object:
    claimed = update(wake).where(tuple_(_W.client_id, _W.at).in_(due)).values(claimed_at=_now)  # type: ignore[arg-type]
    return claimed.returning(_W.client_id, _W.at)


PLAN = Command(_plan(sqlite.Insert), postgres=_plan(postgresql.Insert))
ONE = Command(_one(sqlite.Insert), postgres=_one(postgresql.Insert))
CLAIM = Query(_claim(_due), as_it_comes, postgres=_claim(_due.with_for_update(skip_locked=True)))  # type: ignore[arg-type]
WAITING = Query(select(func.count(), func.max(_W.at)).where(_W.claimed_at.is_(None), _W.at <= _now), as_it_comes)
DONE = Query(
    select(func.count()).where(_W.claimed_at.is_not(None), _W.claimed_at >= bindparam("since", type_=_W.at.type)), int
)
SWEEP = Command(delete(wake).where(_W.claimed_at.is_not(None), _W.claimed_at < bindparam("before", type_=_W.at.type)))
SET = upsert(meta, key=["key"])
GET = Query(select(meta.c.value).where(meta.c.key == bindparam("key")), str)


async def plan(unit: Unit, client_id: str, at: datetime) -> None:
    """Look at this client at this moment; twice the same is once."""
    await ONE.run(unit, client=client_id, at=at)


async def catch_up(unit: Unit, client_id: str) -> None:
    """The planner has passed what is due, for nobody was there to be told, or nothing was known of it: look in a while."""
    await plan(unit, client_id, unit.now + SETTLING)


def look_again(unit: Unit, client_id: str, due: datetime | None = None) -> None:
    """Look at the client in a step of their own lane: at once, or at that moment as one that has waited."""
    once = f"remind:{client_id}:{unit.event.source}:{unit.event.event_id}"
    unit.submit(f"client:{client_id}", once, "remind", due, waited=due is not None)


async def plan_all(unit: Unit) -> None:
    """Plan every morning that has begun since the last time this ran, in each zone: for now, whenever it was to be.

    It may run at any time and as often as one likes, also after days without it.
    """
    last = await GET.first(unit, key=PLANNED)
    hour = unit.now.replace(minute=0, second=0, microsecond=0)
    begun = datetime.fromtimestamp(float(last), UTC) if last else hour - HOUR
    begun = max(begun, unit.now - FARTHEST)
    for zone in ZONES:
        for day in mornings(zone, begun, unit.now):
            await _plan_day(unit, zone, day)
            await _plan_day(unit, f"{EARLY}{zone}", day + DAY)
    if unit.now > begun:
        await SET.run(unit, key=PLANNED, value=str(unit.now.timestamp()))
    await SWEEP.run(unit, before=unit.now - KEEP)


def mornings(zone: str, after: datetime, until: datetime) -> Iterator[date]:
    """The days whose morning began after the one moment and not after the other."""
    place = ZoneInfo(zone)
    day = after.astimezone(place).date()
    while (morning := datetime.combine(day, time(MORNING), place)) <= until:
        if morning > after:
            yield day
        day += DAY


def next_hour(unit: Unit) -> datetime:
    """When to plan next: every zone's morning begins with a full hour."""
    return unit.now.replace(minute=0, second=0, microsecond=0) + HOUR


async def claim(unit: Unit, now: datetime, limit: int) -> int:
    """Take up to so many due wakes, the oldest first: each client's lane gets `remind` in this same transaction. Returns how many wakes."""
    taken = await CLAIM.all(unit, now=now, most=limit)
    for client_id, at in dict(taken).items():
        unit.submit(f"client:{client_id}", f"remind:{client_id}:{at.timestamp():.3f}", "remind")
    return len(taken)


async def progress(unit: Unit, since: datetime) -> Progress:
    """How the run stands at this moment; `done` counts from `since`."""
    waiting, until = await WAITING.first(unit, now=unit.now) or (0, None)
    return Progress(waiting, await DONE.first(unit, since=since) or 0, until)


async def _plan_day(unit: Unit, slot: str, morning: date) -> None:
    days = {name: morning + ahead * DAY for name, (_, ahead) in DUE.items()}
    await PLAN.run(unit, slot=slot, at=unit.now, **days)
