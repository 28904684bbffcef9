"""Requests to the insurer: filed once, answered by staff, commented by both sides, told to every chat of the client (I4, A12, A14, C5).

    what the client does    a row, and an event for the staff's side in the lane `staff`:
                            request.filed, request.commented, request.moved, request.cancelled, each with `request` and `number`;
                            request.file-ready with `upload` and `files`: a file that was given before it was here
    what staff do           `Requests.answer`; each chat of the client hears `request.news` with `request` and `news`

Every remark carries the event that made it, so a step that runs twice says a thing once.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from services.clock import MOSCOW
from services.db.unit import Unit
from services.deadlines import Deadlines
from services.deadlines.calendar import CalendarMissing
from services.deadlines.table import Unit as Counted
from services.employees import Employee
from services.errors import NotFound, RequestOver, TooManyRequests
from services.history import Deed, History
from services.model import Actor
from services.requests import statements as sql
from services.requests.rows import Rows
from services.requests.values import OVER, Kind, Remark, Request, State, days_of, draft_of, row_of, states_of
from services.sessions import Sessions
from services.talks.secrets import masked
from services.uploads import Upload, Uploads
from services.vault import Vault

__all__ = ["Kind", "Remark", "Request", "Requests", "State"]

MOST_OPEN, MOST_CALLS = 20, 3
"""Requests, and calls of an agent, of one person that wait at once: more is a mistake, or mischief."""
END = time(23, 59)
"""Of the last day of a term."""


class Requests:
    def __init__(
        self, vault: Vault, deadlines: Deadlines, sessions: Sessions, uploads: Uploads, history: History
    ) -> None:
        self._rows, self._deadlines, self._uploads = Rows(vault, sessions), deadlines, uploads
        self._history = history

    # -- reading ------------------------------------------------------------------------------------------------------

    async def all(self, unit: Unit, actor: Actor) -> list[Request]:
        """The actor's own requests, what waits first, then the newest; without calls of an agent."""
        return _waiting_first([self._rows.open(row) for row in await sql.REQUESTS.all(unit, **_own(actor))])

    async def calls(self, unit: Unit, actor: Actor) -> list[Request]:
        """The actor's own calls of an agent."""
        return _waiting_first([self._rows.open(row) for row in await sql.CALLS.all(unit, **_own(actor))])

    async def open_count(self, unit: Unit, actor: Actor) -> int:
        """How many requests of the actor's wait."""
        return await sql.COUNT.first(unit, **_own(actor), agent=False) or 0

    async def one(self, unit: Unit, actor: Actor, request_id: int) -> Request:
        """One of the actor's own. Raises NotFound."""
        row = await sql.ONE.first(unit, **_own(actor), row=request_id)
        if row is None:
            raise NotFound
        return self._rows.open(row)

    async def history(self, unit: Unit, request: Request) -> list[Remark]:
        """What was said and done about it, the oldest first; the request itself has been read by `one`."""
        return await self._rows.history(unit, request)

    # -- what the client does -----------------------------------------------------------------------------------------

    async def file(
        self,
        unit: Unit,
        actor: Actor,
        kind: Kind,
        draft: str,
        entered: dict[str, Any],
        *,
        policy: str = "",
        due: datetime | None = None,
    ) -> Request:
        """Keep a new request; a draft that was filed already is that request. `policy` is the insurer's id of one, `due` another
        term than that of its kind.

        Raises TooManyRequests.
        """
        if before := await sql.OF_DRAFT.first(unit, **_own(actor), draft=draft):
            return self._rows.open(before)
        agent = kind is Kind.AGENT
        most = MOST_CALLS if agent else MOST_OPEN
        if (await sql.COUNT.first(unit, **_own(actor), agent=agent) or 0) >= most:
            raise TooManyRequests(most)
        number = await sql.FILE.first(
            unit,
            account_id=actor.account_id,
            client_id=actor.client_id,
            draft=draft,
            kind=kind,
            state=states_of(kind)[0],
            entered_sealed=self._rows.seal(draft, entered),
            policy_core_id=policy or None,
            filed_at=unit.now,
            answer_by=due or self._term(unit, kind),
            changed_at=unit.now,
        )
        if number is None:
            raise NotFound  # somebody else's draft
        filed = await self.one(unit, actor, number)
        if actor.client_id:
            await self._uploads.give(unit, actor.client_id, filed.files)
        await self._record(unit, actor, filed, Deed.AGENT_CALLED if agent else Deed.REQUEST_FILED)
        self._rows.tell_staff(unit, "request.filed", filed)
        await self._rows.tell(unit, filed, "filed")
        return filed

    async def comment(self, unit: Unit, actor: Actor, request_id: int, text: str) -> Request:
        """Words of the client: what they were asked is answered by them. Raises NotFound, RequestOver."""
        before = await self.one(unit, actor, request_id)
        if before.over:
            raise RequestOver
        if remark := await self._rows.remark(unit, before, text=masked(text, code_sent=False)):
            await sql.RESUMED.run(unit, row=before.id)
            await sql.TOUCH.run(unit, row=before.id, changed_at=unit.now)
            self._rows.tell_staff(unit, "request.commented", before, remark=remark)
            await self._rows.tell(unit, before, "commented")
        return await self.one(unit, actor, request_id)

    async def attach(self, unit: Unit, actor: Actor, request_id: int, words: str) -> bool:
        """What was sent since then goes to staff, with a line in the history that says so in these words. False: nothing new.

        Raises NotFound, RequestOver.
        """
        before = await self.one(unit, actor, request_id)
        if before.over:
            raise RequestOver
        if not actor.client_id or not await self._uploads.give(unit, actor.client_id, before.files):
            return False
        await self.comment(unit, actor, request_id, words)
        return True

    async def cancel(self, unit: Unit, actor: Actor, request_id: int) -> bool:
        """The client does not need it any more. False: it is over. Raises NotFound."""
        before = await self.one(unit, actor, request_id)
        if not await sql.CANCEL.run(unit, **_own(actor), row=before.id, changed_at=unit.now, ended_at=unit.now):
            return False
        await self._rows.remark(unit, before, state=State.CANCELLED)
        agent = before.kind is Kind.AGENT
        await self._record(unit, actor, before, Deed.AGENT_CANCELLED if agent else Deed.REQUEST_CANCELLED)
        self._rows.tell_staff(unit, "request.cancelled", before)
        await self._rows.tell(unit, before, "cancelled")
        return True

    async def move(self, unit: Unit, actor: Actor, before: Request, entered: dict[str, Any], due: datetime) -> bool:
        """Another time for an agent. False: it is too late for that."""
        sealed = self._rows.seal(before.draft, entered)
        if not await sql.MOVE.run(
            unit, **_own(actor), row=before.id, entered_sealed=sealed, answer_by=due, changed_at=unit.now
        ):
            return False
        await self._record(unit, actor, before, Deed.AGENT_MOVED)
        self._rows.tell_staff(unit, "request.moved", before)
        await self._rows.tell(unit, before, "moved")
        return True

    # -- the staff's side ---------------------------------------------------------------------------------------------

    async def answer(self, unit: Unit, who: Employee, number: str, state: State | None, text: str) -> Request:
        """Staff move it to a state, say something, or both. The same event again changes nothing.

        Raises NotFound; RequestOver for a new state of what is over; ValueError for a state of another kind, or nothing at all.
        """
        row = await sql.BY_ID.first(unit, row=row_of(number))
        if row is None or (before := self._rows.open(row)).number != number.strip().upper():
            raise NotFound
        if not (state or text) or (state and state not in states_of(before.kind)):
            raise ValueError(f"{number}: {state}")
        if not await self._rows.remark(unit, before, state=state, text=text, who=who.id):
            return before
        if state:
            ended = unit.now if state in OVER else None
            if not await sql.ANSWERED.run(
                unit, row=before.id, state=state, employee_id=who.id, changed_at=unit.now, ended_at=ended
            ):
                raise RequestOver
        else:
            await sql.TOUCH.run(unit, row=before.id, changed_at=unit.now)
        await self._rows.tell(unit, before, str(state or "answered"))
        return self._rows.open(await sql.BY_ID.first(unit, row=before.id) or row)

    async def by_id(self, unit: Unit, request_id: int) -> Request:
        """For the staff's side, never for a client. Raises NotFound."""
        row = await sql.BY_ID.first(unit, row=request_id)
        if row is None:
            raise NotFound
        return self._rows.open(row)

    async def waiting(self, unit: Unit) -> list[Request]:
        """All that is not over, what is due first; for the staff's side."""
        return [self._rows.open(row) for row in await sql.OPEN.all(unit)]

    async def of_files(self, unit: Unit, key: str) -> Request | None:
        """Whose files these are; for the staff's side."""
        row = await sql.BY_DRAFT.first(unit, draft=draft_of(key))
        return self._rows.open(row) if row else None

    async def files(self, unit: Unit, request: Request) -> list[Upload]:
        """What was sent with it; for the staff's side, which copies the messages they came in."""
        return await self._uploads.kept(unit, request.client_id, request.files) if request.client_id else []

    # -- shared -------------------------------------------------------------------------------------------------------

    async def _record(self, unit: Unit, actor: Actor, it: Request, kind: Deed) -> None:
        await self._history.record(unit, actor.client_id, actor.account_id, kind, it.number, about=it.kind)

    def _term(self, unit: Unit, kind: Kind) -> datetime | None:
        today = unit.now.astimezone(MOSCOW).date()
        try:
            return datetime.combine(self._deadlines.count(today, days_of(kind), Counted.WORKING), END, MOSCOW)
        except CalendarMissing:
            return None


def _own(actor: Actor) -> dict[str, Any]:
    return {"client": actor.client_id, "account": actor.account_id}


def _waiting_first(requests: list[Request]) -> list[Request]:
    """They come the newest first, and stay so within both halves."""
    return sorted(requests, key=lambda it: it.over)
