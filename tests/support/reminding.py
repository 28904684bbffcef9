"""Reminders alone: the real services on a real database, with a clock of one's own, and no Telegram but a list of what was said.

Events of the clients' lanes run as the lanes run them: one transaction each, what they submit is kept with it; a chat shows what `present`
lets it show.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from itertools import count
from typing import Any

from services.accounts import Accounts
from services.applications import Applications
from services.claims import Claims
from services.clients import Clients
from services.consent import MARKETING, PROCESSING, Consents, ConsentText
from services.db.pipe import Event, Parcel, Store
from services.db.statement import Command, Query
from services.db.unit import Unit
from services.deadlines import Deadlines
from services.deadlines.calendar import Calendar
from services.debts import Debts
from services.history import History
from services.payments import Payments, Terms
from services.policies import Policies
from services.quotes import Quotes
from services.reminders import Kind, Notes, Reminder, Reminders, Sources, TermIndex, wakes
from services.reminders.prices import Prices
from services.reminders.saying import Saying
from services.reminders.wakes import look_again
from services.sessions import Sessions
from services.uploads import Limits, Uploads
from tests.support.stores import VAULT

TEXTS = {(p, "ru"): ConsentText(p, "ru", "2026-1", "Соглашаюсь") for p in (PROCESSING, MARKETING)}
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Told:
    """One message that a chat was shown."""

    at: datetime
    account: int
    reminders: tuple[Reminder, ...]

    @property
    def words(self) -> list[str]:
        return [f"{it.cause.kind}:{it.step}" for it in self.reminders]


class Crash(Exception):
    """The process dies here."""


@dataclass(slots=True)
class Faults:
    """What goes wrong, asked at each turn. `away`: is the bot down at this moment? `dies`: before the commit? `lost`: after it, before
    Telegram has answered? `silent`: is the insurer, who names prices?
    """

    away: Callable[[datetime], bool] = lambda _: False
    dies: Callable[[], bool] = lambda: False
    lost: Callable[[], bool] = lambda: False
    silent: Callable[[], bool] = lambda: False


@dataclass
class World:
    """One cabinet and its clock. `told` is all that chats were shown; `unknown` the offers of which nobody knows whether they came.

    `hours` (UTC) are those at which it plans: the cabinet does at each, but it must not matter.
    """

    store: Store
    now: datetime
    hours: frozenset[int] = frozenset({0, 4, 7})
    faults: Faults = field(default_factory=Faults)
    told: list[Told] = field(default_factory=list)
    unknown: list[Told] = field(default_factory=list)
    _events: list[tuple[float, int, Event]] = field(default_factory=list)
    _known: set[tuple[str, str]] = field(default_factory=set)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        history = History(VAULT)
        self.sessions, self.policies = Sessions(VAULT, history), Policies(VAULT)
        self.accounts, self.consents = Accounts("2026-1", ("ru",), history), Consents(TEXTS, history)
        self.applications = Applications(VAULT, history)
        payments = Payments(VAULT, Terms("shop", test=True), "https://bot.example.ru")
        self.deadlines = Deadlines(Calendar.known())
        self.claims = Claims(VAULT, Uploads(VAULT, Limits()), "https://bot.example.ru", history)
        self.terms = TermIndex(self.deadlines)
        debts = Debts(self.policies, self.claims, self.applications, payments, self.deadlines)
        notes = Notes(VAULT, self.terms)
        self.quotes = Quotes(VAULT, self.policies, self.sessions)
        sources = Sources(self.policies, self.applications, self.claims, debts, notes, self.terms, self.deadlines)
        prices = Prices(self.policies, self.quotes)
        self.saying = Saying(sources, prices, self.accounts, self.sessions, self.consents, history)
        clients = Clients(VAULT, self.sessions)
        self.reminders = Reminders(sources, notes, self.terms, self.sessions, self.consents, clients, history)

    # -- what happens -------------------------------------------------------------------------------------------------

    async def bind(self, client_id: str, *accounts: int, offers: bool = False) -> None:
        """These Telegram accounts are this client from now on; `offers`: and agree to be offered something."""
        for account in accounts:
            async with self.step(f"tg:{account}") as unit:
                actor = await self.accounts.enter(unit, account, "ru")
                await self.sessions.bind(unit, actor, client_id)
                await self.consents.answer(unit, actor, MARKETING, given=offers)

    async def hears(self, resource: dict[str, Any]) -> None:
        """The insurer's newest word on a contract."""
        core_id = str(resource["policyId"])
        async with self.step(f"client:{resource['customerId']}") as unit:
            before = await self.policies.numbered(unit, core_id)
            if await self.policies.apply(unit, resource) and (policy := await self.policies.numbered(unit, core_id)):
                await self.terms.policy(unit, policy, before)

    async def agrees(self, account: int, price: str = "7432.18") -> int:
        """The client has a prolongation of `pol-x` checked and agrees to its price. Returns our row of the application."""
        async with self.step(f"tg:{account}") as unit:
            actor = await self.accounts.enter(unit, account, "ru")
            begun = await self.applications.begin(unit, actor, "pol-x", (date(2026, 12, 1), date(2027, 11, 30)), {})
        assert begun
        word = {"number": begun.number, "customerId": begun.client_id, "version": 1, "revision": 1}
        word |= {"status": "priced", "price": {"amount": price, "unit": "RUB"}}
        async with self.step(f"client:{begun.client_id}") as unit:
            priced = await self.applications.take(unit, word)
            assert priced
            assert await self.applications.save(unit, priced.now)
            await self.applications.take(unit, word | {"version": 2, "status": "accepted"})
            look_again(unit, begun.client_id)
        return begun.id

    async def price(self, policy_core_id: str) -> Decimal | None:
        """What the insurer has said that another year costs, if it holds today."""
        async with self.step("test") as unit:
            policy = await self.policies.numbered(unit, policy_core_id)
            assert policy
            quote = await self.quotes.of(unit, policy.client_id, policy_core_id, self.now.date())
        return quote.price if quote else None

    async def note(self, account: int, day: date, text: str = "Позвонить") -> int:
        """The client asks to be reminded."""
        async with self.step(f"tg:{account}") as unit:
            actor = await self.accounts.enter(unit, account, "ru")
            return await self.reminders.add_note(unit, actor, day, text)

    async def look(self, client_id: str) -> None:
        """Something has changed: look at once."""
        self._queue(Event("test", f"look:{next(self._numbers)}", f"client:{client_id}", b'{"type": "remind"}'))
        await self._drain()

    # -- time ---------------------------------------------------------------------------------------------------------

    async def until(self, moment: datetime) -> None:
        """Live on to this moment: plan at every full hour, claim, handle what is due."""
        while self.now < moment:
            hour = self.now.replace(minute=0, second=0, microsecond=0) + HOUR
            nearest = datetime.fromtimestamp(self._events[0][0], UTC) if self._events else moment
            self.now = max(self.now, min(moment, hour, max(nearest, self.now + timedelta(minutes=1))))
            if not self.faults.away(self.now):
                if self.now == hour and hour.hour in self.hours:
                    await self._try(wakes.LANE, "plan", wakes.plan_all)
                await self._claim()
                await self._drain()

    async def _claim(self) -> None:
        async def claim(unit: Unit) -> None:
            await wakes.claim(unit, self.now, 100_000)

        await self._try(wakes.LANE, "claim", claim)

    async def _drain(self) -> None:
        while self._events and self._events[0][0] <= self.now.timestamp():
            due, _, event = heapq.heappop(self._events)
            if not await self._handled(event):
                heapq.heappush(self._events, (due + 600, next(self._numbers), event))
                if due + 600 <= self.now.timestamp():
                    continue

    async def _handled(self, event: Event) -> bool:
        facts = json.loads(event.body)
        if facts["type"] == "remind":
            return await self._try(event.lane, event.event_id, partial(self._look, waited=facts.get("waited", False)))
        if facts["type"] == "quote.answered":
            return await self._try(event.lane, event.event_id, partial(self.quotes.answered, facts=facts))
        if facts["type"] == "reminder.due":
            return await self._show(event, facts["ids"])
        return True

    async def _look(self, unit: Unit, *, waited: bool) -> None:
        await self.saying.look(unit, unit.event.lane.removeprefix("client:"), waited=waited)

    def _answer(self, parcel: Parcel) -> None:
        """The insurer names a price; a question that finds it silent is lost."""
        if parcel.body.get("op") == "quote" and not self.faults.silent():
            body = parcel.body
            word = {"price": {"amount": "7432.18", "unit": "RUB"}, "validUntil": body["body"]["termStartDate"]}
            facts = {"type": body["answer"], "resource": word} | body["context"]
            self._queue(Event("test", f"answer:{parcel.dedup}", parcel.lane, json.dumps(facts).encode()))

    async def _show(self, event: Event, ids: list[int]) -> bool:
        """The chat's step, and what leaves after its commit: an offer is marked before the call and not repeated, the others are."""
        account = int(event.lane.removeprefix("tg:"))
        async with self.step(event.lane) as unit:
            actor = await self.accounts.find(unit, account)
            assert actor is not None
            showing = await self.reminders.present(unit, actor, ids)
            if showing.wait:
                once = f"wait:{event.event_id}:{showing.wait.timestamp()}"
                unit.submit(event.lane, once, "reminder.due", due=showing.wait, ids=showing.held)
        if not showing.reminders:
            return True
        told = Told(self.now, account, tuple(showing.reminders))
        if self.faults.lost():
            if all(it.cause.kind is Kind.OFFER for it in told.reminders):
                self.unknown.append(told)
                return True
            return False
        self.told.append(told)
        return True

    async def _try(self, lane: str, name: str, act: Callable[[Unit], Any]) -> bool:
        """One step; False if the process died in it, and nothing of it is left."""
        try:
            async with self.step(lane, name) as unit:
                await act(unit)
                if self.faults.dies():
                    raise Crash
        except Crash:
            return False
        return True

    @asynccontextmanager
    async def step(self, lane: str, name: str = "") -> AsyncIterator[Unit]:
        """A transaction; its events, and what the insurer answers, once it is committed."""
        async with self.store.tx() as tx:
            unit = Unit(tx, Event("test", name or f"step:{next(self._numbers)}", lane, b""), self.now)
            yield unit
        for event in unit.events:
            self._queue(event)
        for parcel in unit.parcels:
            self._answer(parcel)

    def _queue(self, event: Event) -> None:
        if event.key not in self._known:
            self._known.add(event.key)
            due = max(event.due_at, self.now.timestamp())
            heapq.heappush(self._events, (due, next(self._numbers), event))


async def explained(store: Store) -> list[str]:
    """How the database means to plan and to claim."""
    now = datetime(2026, 11, 1, 7, tzinfo=UTC)
    asked: list[tuple[Command | Query[Any], dict[str, Any]]] = [
        (wakes.PLAN, {"slot": "Europe/Moscow", "at": now, **dict.fromkeys(wakes.DUE, date(2026, 12, 1))}),
        (wakes.CLAIM, {"now": now, "most": 20}),
        (wakes.WAITING, {"now": now}),
        (wakes.DONE, {"since": now}),
    ]
    found = []
    async with store.tx() as tx:
        if tx.kind == "postgres":
            await tx.fetch("set local enable_seqscan = off", ())  # so small a table would be read whole
        for statement, values in asked:
            found.append(await statement.explained(tx, **values))
    return found
