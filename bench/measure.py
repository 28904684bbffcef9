"""Interleaved rounds: every server alive at once, short bursts in turn, the order reversed each round.

CPU is what the kernel counted for the server's process during a burst and its aftermath, divided by the requests. Only ratios within
one run mean something: the machine's other work slows all of them alike.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.load import Crowd, Load, Wrong
from bench.servers import Server, Target, cpu_of, free_ports, started
from bench.yardstick import TOKEN

DEEDS = {"send": ["echo"], "bare": ["nothing"]}
CABINET = ["start", "list", "repeat"]
"""A list can be asked for only by those who have come to the menu, and only what has happened can be repeated."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One burst: CPU milliseconds a request, requests a second, and CPU milliseconds of the database server a request."""

    cpu: float
    rate: float
    database: float


@dataclass(slots=True)
class Contender:
    """A server with its people; `database` names the processes of its database server, if it has one."""

    server: Server
    crowd: Crowd
    database: Callable[[], list[int]] = list

    @property
    def name(self) -> str:
        return self.server.name


@dataclass(slots=True)
class Results:
    """Samples by (server, deed, connections)."""

    samples: dict[tuple[str, str, int], list[Sample]] = field(default_factory=dict)

    def median(self, *key: str | int) -> Sample:
        """The median of each figure over the rounds."""
        return self._over(key, statistics.median)

    def least(self, *key: str | int) -> Sample:
        """The smallest of each figure over the rounds."""
        return self._over(key, min)

    def _over(self, key: tuple[str | int, ...], pick: Callable[[Sequence[float]], float]) -> Sample:
        found = self.samples[key]  # type: ignore[index] # the three parts of a key, passed one by one
        return Sample(pick([s.cpu for s in found]), pick([s.rate for s in found]), pick([s.database for s in found]))


@asynccontextmanager
async def yardsticks(load: Load, outside: int, folder: Path, people: range) -> AsyncIterator[list[Contender]]:
    """The bare aiogram echo and the bare aiohttp handler."""
    api, (first, second) = f"http://127.0.0.1:{outside}", free_ports(2)
    async with (
        started("send", "bench.yardstick", "send", str(first), api, port=first, folder=folder, token=TOKEN) as send,
        started("bare", "bench.yardstick", "bare", str(second), api, port=second, folder=folder) as bare,
    ):
        yield [Contender(server, Crowd(load, server, api, people)) for server in (send, bare)]


async def rounds(
    results: Results, contenders: list[Contender], count: int, seconds: float, connections: Sequence[int]
) -> None:
    """All of it, after a round that only warms up."""
    for number in range(-1, count):
        for conns in connections:
            for contender in contenders if number % 2 else reversed(contenders):
                for deed in DEEDS.get(contender.name, CABINET):
                    sample = await _burst(contender, deed, conns, seconds)
                    if number >= 0:
                        results.samples.setdefault((contender.name, deed, conns), []).append(sample)


async def _burst(contender: Contender, deed: str, connections: int, seconds: float) -> Sample:
    crowd, server = contender.crowd, contender.server
    bodies, counted = await crowd.bodies(deed), await crowd.counters()
    database, own = cpu_of(contender.database()), server.cpu()
    burst = await crowd.burst(deed, bodies, connections, seconds)
    own, database = server.cpu() - own, cpu_of(contender.database()) - database
    _check(await crowd.counters() - counted, deed, burst.count, server)
    return Sample(own / burst.count, burst.count / burst.seconds, database / burst.count)


def _check(counted: Counter[str], deed: str, count: int, server: Target) -> None:
    """Every step was a step, every repeat was known, no button was refused."""
    if not server.internal:
        return
    steps, known = (0, count) if deed == "repeat" else (count, 0)
    refused = {name: value for name, value in counted.items() if "refused" in name or "dead" in name}
    if (counted["cabinet_steps_total"], counted["cabinet_duplicates_total"]) != (steps, known) or refused:
        raise Wrong(f"{server.name} {deed}: {count} requests, but {dict(counted)}")
