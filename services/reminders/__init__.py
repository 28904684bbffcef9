"""Reminders: what is due is computed each time, what was said is journalled once (H1–H6).

    term ─▶ planner ─▶ wake ─▶ `remind` in the client's lane ─▶ journal ─▶ `reminder.due` in each chat's lane ─▶ its room asks `of`

Every look derives the causes anew (`sources`): what has gone meanwhile is not said, neither when it is looked at (`saying`) nor when it
is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.clients import Clients
from services.consent import MARKETING, Consents
from services.db.unit import Unit
from services.errors import NotFound
from services.history import Deed, History
from services.model import Actor
from services.reminders import choices as chosen
from services.reminders import manners, wakes
from services.reminders import statements as sql
from services.reminders.backfill import Backfill
from services.reminders.notes import Notes
from services.reminders.reach import Reach, Way, way_after
from services.reminders.sources import LATELY, Sources
from services.reminders.terms import TermIndex
from services.reminders.values import Cause, Choices, Kind, Note, Reminder
from services.reminders.wakes import look_again
from services.reminders.zones import ZONES, zone_of_city
from services.sessions import Sessions

__all__ = [
    "ZONES",
    "Backfill",
    "Cause",
    "Choices",
    "Kind",
    "Note",
    "Notes",
    "Reach",
    "Reminder",
    "Reminders",
    "Showing",
    "Sources",
    "TermIndex",
    "Way",
    "zone_of_city",
]

LATE = timedelta(minutes=70)
"""A reminder that is shown so long after it was decided is decided again."""


@dataclass(frozen=True, slots=True)
class Showing:
    """What a chat is to be shown now, or by `until`: later it has to be asked for anew. `held` (our rows) are not to be shown before the
    moment `wait`: ask again then.
    """

    reminders: list[Reminder]
    until: datetime
    held: list[int]
    wait: datetime | None = None


class Reminders:
    """What was said is shown, answered and chosen; how it comes to be said is `saying`."""

    def __init__(
        self,
        sources: Sources,
        notes: Notes,
        terms: TermIndex,
        sessions: Sessions,
        consents: Consents,
        clients: Clients,
        history: History,
    ) -> None:
        self._sources, self._notes, self._terms = sources, notes, terms
        self._sessions, self._consents, self._clients, self._history = sessions, consents, clients, history

    # -- for whoever shows them ---------------------------------------------------------------------------------------

    async def of(self, unit: Unit, actor: Actor, ids: Iterable[int]) -> list[Reminder]:
        """These reminders of the actor's own, the most urgent first, with their causes as they are at this moment."""
        if actor.client_id is None:
            return []
        rows = [await sql.ONE.first(unit, client=actor.client_id, row=row) for row in dict.fromkeys(ids)]
        agreed = await self._consents.given(unit, actor, MARKETING) is True
        return await self._with_causes(unit, actor.client_id, [row for row in rows if row], offers=agreed)

    async def present(self, unit: Unit, actor: Actor, ids: Sequence[int]) -> Showing:
        """What of these may be shown unasked at this very moment: after an outage, or when the person was busy, that is not what was
        decided then. Nothing in the quiet hours, nothing that has a newer step, no second routine on one day.
        """
        live = [it for it in await self.of(unit, actor, ids) if it.stands]
        choices = await self.choices(unit, actor)
        if manners.is_quiet(unit.now, choices):
            return await self._show(unit, actor, unit.now, [], live, manners.quiet_ends(unit.now, choices))
        late = [it for it in live if it.said_at < unit.now - LATE]
        stale = [it for it in late if (newest := manners.newest(it.cause, choices, unit.now)) and newest > it.moment]
        live = [it for it in live if it not in stale]
        held = [it for it in live if not it.urgent] if late else []
        if held and not await self._spoken_today(unit, actor, live, choices):
            held = []
        shown = [it for it in live if it not in held]
        until = min(unit.now + LATE, manners.quiet_begins(unit.now, choices))
        return await self._show(unit, actor, until, shown, held, manners.next_morning(unit.now, choices))

    async def past(self, unit: Unit, actor: Actor, skip: int = 0, most: int = 10) -> list[Reminder]:
        """What was said to the actor's client, the newest first."""
        if actor.client_id is None:
            return []
        rows = await sql.PAST.all(unit, client=actor.client_id, most=most, skip=skip)
        return [_reminder(row, None) for row in rows]

    async def later(self, unit: Unit, actor: Actor, ids: Iterable[int], days: int) -> date | None:
        """Put these off. Returns the client's own day on which the first of them comes back; None: there is no later for any of them."""
        choices, back = await self.choices(unit, actor), []
        for it in await self.of(unit, actor, ids):
            until = manners.later(it.cause, days, choices, unit.now) if it.stands else None
            if until:
                await self._hush(unit, actor, it.cause.series, until)
                await wakes.plan(unit, str(actor.client_id), until)
                back.append(until)
        return manners.local_day(min(back), choices) if back else None

    async def stop(self, unit: Unit, actor: Actor, ids: Iterable[int]) -> None:
        """Never speak of these causes again: of a contract that means until the next one, of an instalment that instalment, late or not."""
        for it in await self.of(unit, actor, ids):
            await self._hush(unit, actor, it.cause.family, None)

    async def stopped(self, unit: Unit, actor: Actor) -> list[Cause]:
        """The causes that still stand and were stopped, one of each family."""
        if actor.client_id is None:
            return []
        resting = {(it.kind, it.subject) for it in await sql.HUSHES.all(unit, client=actor.client_id) if not it.until}
        causes = await self._sources.causes(unit, actor.client_id, offers=True) if resting else []
        return list({it.family: it for it in causes if it.family in resting}.values())

    async def resume(self, unit: Unit, actor: Actor) -> None:
        """Speak again of everything that was stopped, and at once of what would have been said meanwhile."""
        if actor.client_id and await sql.RESUME.run(unit, client=actor.client_id):
            look_again(unit, actor.client_id)

    async def reach(self, unit: Unit, actor: Actor, ids: Iterable[int], failed: Way | None) -> Reach | None:
        """No chat of the client is open: how what is urgent and stands still is said instead, each way once, not at night when one has
        `failed`. A step of the client's lane. None: there is nothing to say, or a chat is open; what one that is open again has
        missed comes to it anew.
        """
        client_id = actor.client_id
        pressing = [it for it in await self.of(unit, actor, ids) if it.stands and it.urgent]
        if client_id is None or not pressing:
            return None
        if await sql.REACHABLE.first(unit, client=client_id):
            if failed:
                await self._come_again(unit, client_id, [it.id for it in pressing])
            return None
        if failed is None:
            pressing = [it for it in pressing if await sql.FALL.run(unit, client=client_id, row=it.id, now=unit.now)]
        if not pressing:
            return None
        choices = await self.choices(unit, actor)
        way, to = way_after(failed, await self._clients.by_id(unit, client_id), choices)
        wait = manners.quiet_ends(unit.now, choices) if failed and manners.is_quiet(unit.now, choices) else None
        return Reach(pressing, way, to, wait)

    # -- choices and notes --------------------------------------------------------------------------------------------

    async def choices(self, unit: Unit, actor: Actor) -> Choices:
        """What the actor's client wants."""
        return await chosen.read(unit, actor.client_id) if actor.client_id else Choices()

    async def choose(self, unit: Unit, actor: Actor, choices: Choices) -> None:
        """From now on so. Raises NotFound for who is no client."""
        if actor.client_id is None:
            raise NotFound
        await chosen.write(unit, actor.client_id, choices)
        await self._history.record(unit, actor.client_id, actor.account_id, Deed.SETTINGS, what="notices")
        await self._terms.move(unit, actor.client_id, choices)
        look_again(unit, actor.client_id)

    async def add_note(self, unit: Unit, actor: Actor, day: date, text: str, subject: str = "") -> int:
        """Remind of this on that day. Raises NotFound for who is no client, TooManyNotes."""
        number = await self._notes.add(unit, actor, day, text, subject)
        look_again(unit, str(actor.client_id))
        return number

    async def room_for_note(self, unit: Unit, actor: Actor) -> None:
        """Raises TooManyNotes when there is no room for one more."""
        await self._notes.room(unit, actor)

    async def notes(self, unit: Unit, actor: Actor) -> list[Note]:
        """The actor's own reminders that are ahead, the nearest first."""
        return await self._notes.all(unit, actor)

    async def drop_note(self, unit: Unit, actor: Actor, note_id: int) -> None:
        """Forget it. Raises NotFound for somebody else's."""
        await self._notes.drop(unit, actor, note_id)

    # -- shared -------------------------------------------------------------------------------------------------------

    async def _with_causes(
        self, unit: Unit, client_id: str, rows: Sequence[sql.Row], *, offers: bool
    ) -> list[Reminder]:
        if not rows:
            return []
        causes = {(it.series, it.day): it for it in await self._sources.causes(unit, client_id, offers=offers)}
        found = [_reminder(row, causes.get(((row.kind, row.subject), row.day))) for row in rows]
        return sorted(found, key=lambda it: (not it.stands, not it.urgent, it.cause.day, it.id))

    async def _come_again(self, unit: Unit, client_id: str, ids: list[int]) -> None:
        """A chat has been opened while another way was tried in vain."""
        for session in await self._sessions.of_client(unit, client_id):
            once = f"back:{unit.event.event_id}:{session.account_id}"
            unit.submit(f"tg:{session.account_id}", once, "reminder.due", ids=ids)

    async def _spoken_today(self, unit: Unit, actor: Actor, but: list[Reminder], choices: Choices) -> bool:
        """Has the client had another routine message than these on this day of theirs?"""
        rows = await sql.OTHERS.all(unit, client=actor.client_id, since=unit.now - LATELY)
        mine = {it.id for it in but}
        return manners.spoken_today((said for row, said in rows if row not in mine), choices, unit.now)

    async def _show(
        self,
        unit: Unit,
        actor: Actor,
        until: datetime,
        shown: list[Reminder],
        held: list[Reminder],
        wait: datetime,
    ) -> Showing:
        """The day that hears of them is the day they count for."""
        days = [(it, unit.now) for it in shown if it.said_at < unit.now - LATE] + [(it, wait) for it in held]
        for it, day in days:
            await sql.SAID.run(unit, client=actor.client_id, row=it.id, at=day)
        return Showing(shown, until, [it.id for it in held], wait if held else None)

    async def _hush(self, unit: Unit, actor: Actor, series: tuple[Kind, str], until: datetime | None) -> None:
        kind, subject = series
        await sql.HUSH.run(unit, client_id=actor.client_id, kind=kind, subject=subject, until=until, since=unit.now)


def _reminder(row: sql.Row, cause: Cause | None) -> Reminder:
    known = cause or Cause(row.kind, row.subject, row.day, row.thing)
    return Reminder(row.id, known, row.step, row.urgent, row.said_at, row.moment, cause is not None)
