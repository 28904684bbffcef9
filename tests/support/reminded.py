"""Years of reminders: clients in every zone, renewals and payments at random, outages, crashes; and a model of what had to be said.

The model reads nothing of `services.reminders`: zones are hours of difference here, steps are written out, and what had to come is found
by walking through each series with the outages in hand.
"""

from __future__ import annotations

import heapq
import random
import sqlite3
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import StaticPool, create_engine

from services.db.pipe import Store, Tx
from services.db.sqlite import SqliteTx
from services.db.tables import metadata
from tests.support.reminding import Faults, World
from tests.support.resources import ROUBLES, policy

START = datetime(2026, 1, 5, 12, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
REGIONS = {"39": 2, "77": 3, "63": 4, "66": 5, "55": 6, "54": 7, "38": 8, "14": 9, "25": 10, "65": 11, "41": 12}
"""A region's code on plates, and how many hours its clocks are ahead of Greenwich."""
RENEWAL = (60, 30, 14, 7, 4, 1, 0)
INSTALMENT = (7, 3, 1, -1)
GRACE, SAVED = (1, 0, -1), 7
"""Of a KASKO by its rules of 2025: told so many days before the end of the days of grace, which are so many."""
OFFER = (-3, -30)


class Memory(Store):
    """A database that dies with the process: nothing here is about the disk."""

    single = True
    transient: tuple[type[Exception], ...] = ()

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:", isolation_level=None, cached_statements=512)

    async def open(self) -> None:
        engine = create_engine("sqlite://", creator=lambda: self.connection, poolclass=StaticPool)
        metadata.create_all(engine)

    async def close(self) -> None:
        self.connection.close()

    @asynccontextmanager
    async def tx(self) -> AsyncIterator[Tx]:
        self.connection.execute("begin")
        try:
            yield SqliteTx(self.connection)
        except BaseException:
            self.connection.execute("rollback")
            raise
        self.connection.execute("commit")


@dataclass(slots=True)
class Contract:
    """One year of one car. `renewed`, `paid` and `ended` (by the insurer, for it was not paid): when it happened, if it did."""

    number: int
    client: str
    account: int
    region: str
    ends: date
    due: date
    offers: bool
    kasko: bool
    renewed: datetime | None = None
    paid: datetime | None = None
    ended: datetime | None = None

    @property
    def saved(self) -> date:
        """The last day on which paying keeps it; of an OSAGO the rules know none."""
        return self.due + timedelta(days=SAVED if self.kasko else 0)

    def gone(self, kind: str) -> datetime | None:
        """Since when there is nothing to be said of it."""
        over = self.paid if kind in ("instalment", "grace") else self.renewed
        return min((it for it in (over, self.ended) if it), default=None)

    @property
    def zone(self) -> timedelta:
        return timedelta(hours=REGIONS[self.region])


@dataclass(slots=True)
class Years:
    """The run. `wrong` says what must not have happened, `counts` how often everything did."""

    world: World
    rng: random.Random
    outages: list[tuple[datetime, datetime]] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    async def live(self, policies: int, until: datetime) -> None:
        """Found everything, live to the end, renewing and paying on the way."""
        rng = self.rng
        moment = START
        while moment < until:
            moment += timedelta(hours=rng.expovariate(1 / (24 * 20)))
            self.outages.append(
                (moment, moment := moment + timedelta(hours=rng.choice((1, 3, 9, 30, 80)) * rng.random()))
            )
        self.world.faults = Faults(self._away, lambda: rng.random() < 0.01, lambda: rng.random() < 0.02)
        for number in range(policies):
            await self._found(number)
        steps: list[tuple[datetime, int, int, Contract]] = []
        for contract in self.contracts:
            self._decide(contract, steps)
        while steps and steps[0][0] < until:
            when, what, _, contract = heapq.heappop(steps)
            await self.world.until(when)
            if what == 0:
                contract.paid = when
                await self._heard(contract, version=2)
            elif what == 1:
                contract.renewed = when
                self._decide(await self._renew(contract), steps)
            else:
                contract.ended = when
                await self._heard(contract, version=2)
        await self.world.until(until)
        self._judge(until)

    # -- what happens -------------------------------------------------------------------------------------------------

    def _away(self, now: datetime) -> bool:
        return any(first <= now < last for first, last in self.outages)

    async def _found(self, number: int) -> None:
        rng = self.rng
        client, region = f"cus-{number // 3 * 2 + min(number % 3, 1)}", rng.choice(list(REGIONS))
        before = next((it for it in reversed(self.contracts[-3:]) if it.client == client), None)
        region = before.region if before else region
        account = before.account if before else number + 1
        offers = before.offers if before else rng.random() < 0.5
        ends = START.date() + timedelta(days=rng.randrange(5, 365))
        contract = Contract(
            number,
            client,
            account,
            region,
            ends,
            ends - timedelta(days=rng.randrange(100, 250)),
            offers,
            kasko=rng.random() < 0.5,
        )
        if before is None:
            await self.world.bind(client, account, offers=offers)
        self.contracts.append(contract)
        await self._heard(contract)

    async def _renew(self, old: Contract) -> Contract:
        ends = old.ends + timedelta(days=365)
        new = Contract(
            old.number + 1_000_000,
            old.client,
            old.account,
            old.region,
            ends,
            ends - timedelta(days=180),
            old.offers,
            old.kasko,
        )
        self.contracts.append(new)
        await self._heard(new)
        return new

    async def _heard(self, it: Contract, version: int = 1) -> None:
        car = it.number % 1_000_000
        plate = f"А{car % 900 + 100}{'АВЕКМНОРСТУХ'[car // 900 % 12]}С{it.region}"
        first = {"maturityDate": f"{it.ends - timedelta(days=364)}", "amount": ROUBLES, "paid": True}
        then = {"maturityDate": f"{it.due}", "amount": ROUBLES, "paid": it.paid is not None}
        await self.world.hears(
            policy(
                f"pol-{it.number}",
                version,
                it.client,
                termStartDate=f"{it.ends - timedelta(days=364)}",
                termEndDate=f"{it.ends}",
                number=f"{it.number:010d}",
                product="kasko" if it.kasko else "osago",
                rulesEdition="2025" if it.kasko else None,
                status="terminated" if it.ended else "active",
                premium={"amount": ROUBLES, "paid": it.paid is not None, "payments": [first, then]},
                insuredObjects=[{"type": "vehicle", "identification": f"Kia Rio {car}", "plate": plate}],
            )
        )

    def _decide(self, it: Contract, steps: list[tuple[datetime, int, int, Contract]]) -> None:
        """Will it be renewed; will it be paid, in time or in the days of grace; and if not, will the insurer say that it has ended?"""
        rng = self.rng
        now = self.world.now
        renewed = _midnight(it.ends) - timedelta(hours=rng.random() * 24 * 45)
        paid = _midnight(it.saved) - timedelta(hours=rng.random() * 24 * (9 + 2 * SAVED))
        lost = _midnight(it.saved) + DAY - 3 * HOUR
        pays, ends = rng.random() < 0.8, it.kasko and rng.random() < 0.7
        if rng.random() < 0.6 and renewed > now and (pays or not ends):
            heapq.heappush(steps, (renewed, 1, it.number, it))
        if pays and paid > now:
            heapq.heappush(steps, (paid, 0, it.number, it))
        elif ends and lost > now:
            heapq.heappush(steps, (lost, 2, it.number, it))

    # -- what is true of it -------------------------------------------------------------------------------------------

    def _judge(self, until: datetime) -> None:
        by_number = {it.number: it for it in self.contracts}
        keys: Counter[tuple[int, str, str, int]] = Counter()
        routine: Counter[tuple[int, date]] = Counter()
        heard: dict[tuple[int, str], list[tuple[datetime, int]]] = defaultdict(list)
        rows = {row: int(core.removeprefix("pol-")) for row, core in self._numbers()}
        for told in self.world.told:
            some = rows[int(told.reminders[0].cause.subject.split(":")[0])]
            contract = by_number[some]
            local = told.at + contract.zone
            if not 9 <= local.hour < 21:
                self.wrong.append(f"{told.at}: quiet hours of {contract.region}")
            if any(not it.urgent for it in told.reminders):
                routine[told.account, local.date()] += 1
            for it in told.reminders:
                kind, number = it.cause.kind.value, rows[int(it.cause.subject.split(":")[0])]
                self._stood(told.at, kind, by_number[number])
                keys[told.account, kind, it.cause.subject, it.step] += 1
                heard[number, kind].append((told.at, it.step))
                self.counts[kind] += 1
        self.wrong += [f"{key}: said {times} times" for key, times in keys.items() if times > 1]
        self.wrong += [f"{whose} had {times} routine messages" for whose, times in routine.items() if times > 1]
        self.counts["messages"] = len(self.world.told)
        self.counts["unknown"] = len(self.world.unknown)
        lost = {rows[int(it.reminders[0].cause.subject)] for it in self.world.unknown}
        for contract in self.contracts:
            for kind, day, steps in (
                ("renewal", contract.ends, RENEWAL),
                ("instalment", contract.due, INSTALMENT),
                ("grace", contract.saved, GRACE if contract.kasko else ()),
                ("offer", contract.ends, OFFER if contract.offers else ()),
            ):
                gone = contract.gone(kind)
                if not (kind == "offer" and (contract.number in lost or gone)):
                    self._had_to(contract, kind, day, steps, gone, heard[contract.number, kind], until)

    def _numbers(self) -> list[tuple[int, str]]:
        assert isinstance(self.world.store, Memory)
        return self.world.store.connection.execute("select id, core_id from policy").fetchall()

    def _stood(self, at: datetime, kind: str, it: Contract) -> None:
        gone, day = it.gone(kind), (at + timedelta(hours=3)).date()
        first, last = {
            "renewal": (date.min, it.ends),
            "instalment": (date.min, it.due + timedelta(days=5)),
            "grace": (it.saved - DAY, it.saved + timedelta(days=7)),
            "offer": (it.ends + DAY, date.max),
        }[kind]
        if not first <= day <= last or (gone and at > gone):
            self.wrong.append(f"{at}: {kind} of {it.number} has gone (ends {it.ends}, due {it.due}, {gone})")

    def _had_to(
        self,
        it: Contract,
        kind: str,
        day: date,
        steps: tuple[int, ...],
        gone: datetime | None,
        heard: list[tuple[datetime, int]],
        until: datetime,
    ) -> None:
        """Each step whose time was long enough, with the bot up on some morning of it, has come in that time."""
        mornings = [_midnight(day - timedelta(days=step)) + 10 * HOUR - it.zone for step in steps]
        for place, (step, begins) in enumerate(zip(steps, mornings, strict=True)):
            after = (
                mornings[place + 1]
                if place + 1 < len(mornings)
                else begins + (DAY * 9 if kind == "offer" else 4 * DAY if step < 0 else 10 * HOUR)
            )
            ends = min(after, gone or after, until)
            urgent = kind != "offer" and 0 <= step <= 1
            known = begins > max(START, _midnight(it.ends - timedelta(days=364))) and begins >= self._heard_at(it)
            calm = sum(self._up(begins + n * DAY, ends) for n in range(40))
            if known and calm >= (1 if urgent else 2 if kind != "offer" else 6):
                self.counts["had to"] += 1
                if not any(begins <= at <= ends and said == step for at, said in heard):
                    self.wrong.append(
                        f"{kind}:{step} of {it.number} in {it.region} between {begins} and {ends}: never said"
                    )

    def _heard_at(self, it: Contract) -> datetime:
        before = next((old for old in self.contracts if old.number + 1_000_000 == it.number), None)
        return (before.renewed if before and before.renewed else START) + DAY

    def _up(self, morning: datetime, ends: datetime) -> bool:
        """Was the bot up for four hours of this morning, and was it not over yet?"""
        span = (morning, morning + 4 * HOUR)
        return span[1] <= ends and not any(first < span[1] and last > span[0] for first, last in self.outages)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


async def years(seed: int, policies: int, days: int) -> Years:
    """A run of so many contracts and days."""
    store = Memory()
    await store.open()
    made = Years(World(store, START, frozenset(range(24))), random.Random(seed))
    try:
        await made.live(policies, START + timedelta(days=days))
    finally:
        await store.close()
    return made
