"""A broadcast at Telegram's pace, and people in between. `python -m bench.broadcast [--seconds N] [--write]`.

The cabinet runs in this process, on the disk; Telegram is a process of its own that notes when each message arrives and answers after
50 to 300 ms. Every message has its step, its commit and its screen. A window is over its pace when the second before a message holds
as many as the pace allows already; it is counted where the calls leave and where they arrive.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from bisect import bisect_right
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp

from bench import report
from bench.__main__ import cabinet, say
from bench.servers import free_ports, started
from bot.config import Settings
from bot.logs import set_up
from bot.process import Process, running
from bot.telegram import Answer, Upload
from services.db.pipe import Event, ScreenBody
from services.db.unit import Unit

BEGIN, END = "<!-- broadcast: written by python -m bench.broadcast --write -->", "<!-- end of broadcast -->"
PEOPLE = 10_000_000
"""Chats from here on have asked for what they get."""
TAPS = 5.0
"""Answers a second, while people are about."""
BACKLOG = 60
WARM = 2.0
"""Seconds at the start that do not count: the first window is full at once."""


@dataclass(frozen=True, slots=True)
class Case:
    """One run: a share of refusals, and whether there is a broadcast, and people."""

    name: str
    refused: float = 0.0
    broadcast: bool = True
    people: bool = False


CASES = (
    Case("broadcast"),
    Case("0.5 % refused by 429", refused=0.005),
    Case("and people", people=True),
    Case("people alone", broadcast=False, people=True),
)


@dataclass(slots=True)
class Run:
    """Monotonic seconds: when calls left, to whom, and arrived; and how long people waited from the commit to the arrival."""

    case: Case
    pace: int
    seconds: float
    left: list[float] = field(default_factory=list)
    chats: list[int] = field(default_factory=list)
    arrived: list[float] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    cpu: float = 0.0

    @property
    def reached(self) -> float:
        """The share of the pace that has arrived, once the first window is over."""
        begin = self.left[0] + WARM
        return sum(begin < moment <= begin + self.seconds for moment in self.arrived) / (self.pace * self.seconds)


def over(moments: list[float], pace: int) -> int:
    """How many windows held more than the pace: sends with so many others within the second before."""
    return sum(number - bisect_right(moments, moment - 1.0) + 1 > pace for number, moment in enumerate(moments))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.broadcast", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="of each run, after its first two")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/performance.md")
    options = parser.parse_args()
    set_up("ERROR")
    runs = []
    with tempfile.TemporaryDirectory(prefix="cabinet-bench-") as folder:
        for case in CASES:
            say(case.name)
            runs.append(asyncio.run(run(Path(folder), case, options.seconds)))
    tables = page_of(runs)
    print(tables)
    if options.write:
        report.write(tables, BEGIN, END)
    return 0


async def run(folder: Path, case: Case, seconds: float, pace: int = 30) -> Run:
    """One run in a cabinet of its own, at so many a second."""
    done = Run(case, pace, seconds)
    async with AsyncExitStack() as stack:
        port, name = free_ports(1)[0], f"broadcast-{case.name.replace(' ', '-')}"
        await stack.enter_async_context(started("outside", "bench.outside", str(port), port=port, folder=folder))
        http = await stack.enter_async_context(aiohttp.ClientSession())
        settings, _ = cabinet(port, name, f"sqlite:{folder}/{name}.db", folder)
        process = await stack.enter_async_context(running(_paced(settings, pace)))
        process.parts.lanes.pipe._handle = _show
        _watch(process, done)
        outside = f"http://127.0.0.1:{port}"
        async with http.get(f"{outside}/weather", params={"refused": str(case.refused), "slow": "0.3"}):
            pass
        committed: dict[int, float] = {}
        began = time.process_time()
        async with (
            _going(_broadcast(process) if case.broadcast else None),
            _going(_people(process, committed) if case.people else None),
        ):
            await asyncio.sleep(WARM + seconds + 0.5)
        done.cpu = time.process_time() - began
        async with http.get(f"{outside}/arrivals") as answer:
            arrivals = [(int(chat), float(moment)) for chat, moment in await answer.json()]
    done.arrived = sorted(moment for _, moment in arrivals)
    done.waited = [moment - committed[chat] for chat, moment in arrivals if chat in committed]
    return done


def _paced(settings: Settings, pace: int) -> Settings:
    return settings.model_copy(update={"pace": settings.pace.model_copy(update={"overall": pace})})


async def _show(unit: Unit) -> None:
    """The step of this bench: a screen, asked for or not."""
    facts = json.loads(unit.event.body)
    if facts["type"] == "bench":
        body: dict[str, Any] = {"text": "Полис ОСАГО заканчивается через 7 дней."}
        if facts["unasked"]:
            body["unasked"] = {"since": 0, "on_stop": None, "once": False}
        unit.screen = ScreenBody(body, anew=True)


def _watch(process: Process, done: Run) -> None:
    """Note when each call leaves."""
    api, real = process.parts.api, process.parts.api.call

    async def call(method: str, payload: dict[str, Any], upload: Upload | None = None, seconds: float = 20) -> Answer:
        if method == "sendMessage":
            done.left.append(time.monotonic())
            done.chats.append(payload["chat_id"])
        return await real(method, payload, upload, seconds)

    api.call = call  # type: ignore[method-assign] # the bench looks on


def _event(chat: int, *, unasked: bool) -> Event:
    body = json.dumps({"type": "bench", "unasked": unasked}).encode()
    return Event("bench", str(chat), f"tg:{chat}", body)


async def _broadcast(process: Process) -> None:
    """Always some to send, as `bot.rounds` does it."""
    chats = count(1)
    while True:
        while process.parts.sender.busy < BACKLOG:
            some = [_event(next(chats), unasked=True) for _ in range(10)]
            await asyncio.gather(*map(process.parts.lanes.submit, some))
        await asyncio.sleep(0.1)


async def _people(process: Process, committed: dict[int, float]) -> None:
    """Somebody else five times a second."""
    for chat in count(PEOPLE):
        await process.parts.lanes.submit(_event(chat, unasked=False))
        committed[chat] = time.monotonic()
        await asyncio.sleep(1 / TAPS)


@asynccontextmanager
async def _going(work: Any) -> AsyncIterator[None]:
    task = asyncio.ensure_future(work) if work else None
    yield
    if task:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def page_of(runs: list[Run]) -> str:
    """The table."""
    rows = [
        f"| {it.case.name} | {_reached(it)} | {over(it.left, it.pace)} | {over(it.arrived, it.pace)} | {_waits(it)} "
        f"| {it.cpu / (it.seconds + WARM) * 100:.1f} |"
        for it in runs
    ]
    return "\n".join(
        [
            report.where("python -m bench.broadcast"),
            "",
            f"Pace: {runs[0].pace} a second; {runs[0].seconds:g} s each; people: {TAPS:g} answers a second.",
            "",
            "| run | of the pace | windows over, leaving | windows over, arriving | an answer's wait, ms: p50 / p99 | CPU, % of a core |",
            "| --- | --- | --- | --- | --- | --- |",
            *rows,
        ]
    )


def _reached(run: Run) -> str:
    return f"{run.reached:.3f}" if run.case.broadcast else ""


def _waits(run: Run) -> str:
    waited = sorted(run.waited)
    return " / ".join(f"{waited[len(waited) * it // 100] * 1000:.0f}" for it in (50, 99)) if waited else ""


if __name__ == "__main__":
    sys.exit(main())
