"""What is said: somebody is looked at in their own lane, and what is due now is journalled once and told to every chat (H1–H3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from services.accounts import Accounts
from services.clock import MOSCOW
from services.consent import MARKETING, Consents
from services.db.unit import Unit
from services.history import Deed, History
from services.reminders import choices as chosen
from services.reminders import manners, wakes
from services.reminders import statements as sql
from services.reminders.prices import PATIENCE, Prices
from services.reminders.sources import Sources
from services.reminders.values import Cause, Kind, Said
from services.reminders.wakes import look_again
from services.sessions import Session, Sessions

JOURNAL = timedelta(days=100)
"""The journal is read so far back: no series is longer."""
MISSED = timedelta(days=7)
"""What was due so long before the client came to the chat is told them still."""


class Saying:
    def __init__(
        self,
        sources: Sources,
        prices: Prices,
        accounts: Accounts,
        sessions: Sessions,
        consents: Consents,
        history: History,
    ) -> None:
        self._sources, self._prices = sources, prices
        self._accounts, self._sessions, self._consents, self._history = accounts, sessions, consents, history

    async def look(self, unit: Unit, client_id: str, *, waited: bool = False) -> None:
        """Say what is due now to every chat of the client, each key once, and plan the next look.

        A renewal without its price is not said yet, nor is what comes with it: there is another look when the answer is there, and
        one that has `waited` long enough.
        """
        sessions = await self._sessions.of_client(unit, client_id)
        if not sessions:
            return
        agreed = [session for session in sessions if await self._offered(unit, session)]
        wanted = await chosen.read(unit, client_id)
        causes = await self._sources.causes(unit, client_id, offers=bool(agreed))
        journal = await sql.JOURNAL.all(unit, client=client_id, since=unit.now - JOURNAL)
        hushes = await sql.HUSHES.all(unit, client=client_id)
        came = min(session.bound_at for session in sessions) - MISSED
        verdict = manners.decide(causes, journal, hushes, wanted, unit.now, came)
        renewals = {due.cause.policy for due in verdict.say if due.cause.kind is Kind.RENEWAL}
        if not waited and await self._prices.awaited(unit, client_id, renewals):
            look_again(unit, client_id, unit.now + PATIENCE)
            return
        service: list[int] = []
        offers: list[int] = []
        for due in verdict.say:
            row = await sql.SAY.first(
                unit,
                key=f"{client_id}:{due.key}",
                client_id=client_id,
                kind=due.cause.kind,
                subject=due.cause.subject,
                thing=due.cause.thing,
                day=due.cause.day,
                step=due.step,
                urgent=due.urgent,
                moment=due.moment,
                said_at=unit.now,
            )
            if row is not None:
                await self._record(unit, client_id, due.cause)
                (offers if due.cause.kind is Kind.OFFER else service).append(row)
        for session in sessions:
            if ids := [*service, *(offers if session in agreed else ())]:
                account = session.account_id
                unit.submit(f"tg:{account}", f"reminder:{ids[0]}:{account}", "reminder.due", ids=ids)
        if verdict.again:
            await wakes.plan(unit, client_id, verdict.again)
        await self._prices.watch(unit, client_id, renewals)
        told = renewals | {it.policy for it in causes if it.kind is Kind.RENEWAL and _said_today(it, journal, unit.now)}
        await self._prices.ask_ahead(unit, client_id, [it for it in causes if it.kind not in wanted.off], told)

    async def _record(self, unit: Unit, client_id: str, cause: Cause) -> None:
        once = f"{unit.event.source}:{unit.event.event_id}:{cause.kind}:{cause.subject}"
        await self._history.record(unit, client_id, None, Deed.REMINDED, cause.number, once=once, what=cause.kind)

    async def _offered(self, unit: Unit, session: Session) -> bool:
        actor = await self._accounts.find(unit, session.account_id)
        return actor is not None and await self._consents.given(unit, actor, MARKETING) is True


def _said_today(cause: Cause, journal: Iterable[Said], now: datetime) -> bool:
    today = now.astimezone(MOSCOW).date()
    return any(row.series == cause.series and row.said_at.astimezone(MOSCOW).date() == today for row in journal)
