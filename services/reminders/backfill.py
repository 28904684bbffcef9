"""The index of days of a database that is older than the index, made up once: afterwards it is kept where a word of the insurer is heard.

A page of clients in a step; each is then indexed in a step of their own lane, where nothing else changes their contracts meanwhile.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.claims import Claims
from services.clients import Clients
from services.clock import MOSCOW
from services.db.unit import Unit
from services.policies import Policies
from services.reminders.terms import ENDED_LATELY, TermIndex
from services.reminders.wakes import GET, LANE, SET

PAGE = 50
PAUSE = timedelta(seconds=1)
"""Between two pages: a million clients take one night, and whoever writes meanwhile is not behind them all."""
DONE = "reminders.indexed.2"
"""The row of `meta`: since when everything is indexed, in the words of ISO 8601. Another number whenever the index learns of more days."""


class Backfill:
    def __init__(self, clients: Clients, policies: Policies, claims: Claims, terms: TermIndex) -> None:
        self._clients, self._policies, self._claims, self._terms = clients, policies, claims, terms

    async def begin(self, unit: Unit, run: str) -> None:
        """Begin with the first page, unless all is done. `run` names this attempt: one that was cut short is begun anew by the next."""
        if await GET.first(unit, key=DONE) is None:
            unit.submit(LANE, f"index:{run}:", "reminders.index", run=run, after="")

    async def page(self, unit: Unit, facts: dict[str, Any]) -> None:
        """Hand out the clients after this one to their lanes; the last page says that all is done."""
        run, found = facts["run"], await self._clients.page_of_ids(unit, facts["after"], PAGE)
        for client_id in found:
            unit.submit(f"client:{client_id}", f"index:{run}:client:{client_id}", "reminders.index-client")
        if len(found) < PAGE:
            await SET.run(unit, key=DONE, value=unit.now.astimezone(MOSCOW).isoformat(timespec="minutes"))
        else:
            last, due = found[-1], unit.now + PAUSE
            unit.submit(LANE, f"index:{run}:{last}", "reminders.index", due=due, run=run, after=last)

    async def client(self, unit: Unit, client_id: str) -> None:
        """Index what is known of one client; twice is once."""
        since = unit.now.astimezone(MOSCOW).date() - ENDED_LATELY
        for policy in await self._policies.lately(unit, client_id, since):
            await self._terms.policy(unit, policy)
        for claim in await self._claims.open_of(unit, client_id):
            await self._terms.claim(unit, claim)
