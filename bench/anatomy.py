"""One step under the glass, in this very process: its statements and commits, the cost of its texts, and what must never happen in it."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pydantic._internal import _model_construction

from bench.load import Crowd, Load, start_of, tap_of, update
from bench.servers import Target
from bot.adapters import make_store, make_vault
from bot.config import Settings
from bot.container import make_dialogs
from bot.dispatcher import Handler
from bot.insurer import make_calendar
from bot.process import running
from handlers.texts import Texts
from services.clock import Clock
from services.db.pipe import Event
from services.db.sqlite import SqliteStore
from services.db.unit import Unit

REPLAYS = 300
STEPS = 100
Said = tuple[Callable[..., str], Texts, str, dict[str, Any]]


@dataclass(slots=True)
class Anatomy:
    """`statements` and `commits` a step by (deed, connections); `texts` in milliseconds a screen.

    `hops` counts `asyncio.to_thread`, `builds` pydantic classes built while steps ran: both have to be 0.
    """

    statements: dict[tuple[str, int], float] = field(default_factory=dict)
    commits: dict[tuple[str, int], float] = field(default_factory=dict)
    texts: dict[str, float] = field(default_factory=dict)
    hops: int = 0
    builds: int = 0


class TracedStore(SqliteStore):
    """Tells every statement the driver runs."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.heard: list[str] = []

    async def open(self) -> None:
        await super().open()
        self._connection.set_trace_callback(self.heard.append)


async def dissect(settings: Settings, load: Load, outside: str, people: range, steps: int = STEPS) -> Anatomy:
    """Everything this page can tell of a cabinet on SQLite whose people are settled in and have never written."""
    anatomy, path = Anatomy(), settings.sqlite_path
    if path is None:
        raise ValueError("the statements are those of SQLite")
    anatomy.texts = await text_costs(settings, people[0])
    store, token = TracedStore(path), settings.telegram.token.get_secret_value()
    async with running(settings, store=store):
        target = Target("in process", settings.web.port, token, settings.web.internal_port)
        crowd = Crowd(load, target, outside, people)
        await crowd.come(len(people), first=True)
        await crowd.burst("list", await crowd.bodies("list"), connections=16)
        with counted() as never:
            for connections in (1, 16):
                for deed in ("start", "list", "repeat"):
                    bodies = await crowd.bodies(deed)
                    store.heard.clear()
                    burst = await crowd.burst(deed, islice(bodies, steps), connections)
                    heard = Counter(sql.split(None, 1)[0].lower() for sql in store.heard)
                    commits = heard.pop("commit", 0)
                    anatomy.commits[deed, connections] = commits / burst.count
                    anatomy.statements[deed, connections] = (heard.total() - heard["begin"]) / burst.count
        anatomy.hops, anatomy.builds = never["hops"], never["builds"]
    return anatomy


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """Counts what no step may do."""
    count: Counter[str] = Counter()

    def counting(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            count[name] += 1
            return original(*args, **kwargs)

        return call

    build = _model_construction.complete_model_class
    with (
        patch.object(asyncio, "to_thread", counting("hops", asyncio.to_thread)),
        patch.object(_model_construction, "complete_model_class", counting("builds", build)),
    ):
        yield count


async def text_costs(settings: Settings, person: int) -> dict[str, float]:
    """Milliseconds to format all texts of the list and of the card, the markup of buttons and signatures not counted."""
    store, clock = make_store(settings), Clock()
    handler = Handler(*make_dialogs(settings, make_vault(settings), clock, make_calendar(settings)))
    await store.open()
    try:
        async with store.tx() as tx:

            async def step(facts: dict[str, Any], state: bytes | None) -> Unit:
                unit = Unit(tx, Event("tg", "1", f"tg:{person}", update(1, facts)), clock.now(), state, 1)
                await handler(unit)
                return unit

            unit, costs = await step(start_of(person), None), {}
            for name, action in (("list", "menu:policies:"), ("card", "policies:open:")):
                screen = {"message_id": 1, **(unit.screen.body if unit.screen else {})}
                with heard() as said:
                    unit = await step(tap_of(person, screen, action), unit.state)
                costs[name] = _cost(said)
            return costs
    finally:
        await store.close()


@contextmanager
def heard() -> Iterator[list[Said]]:
    """Everything that is said meanwhile: which text, with which values."""
    said: list[Said] = []

    def recording(original: Callable[..., str]) -> Callable[..., str]:
        def call(texts: Texts, key: str, **values: Any) -> str:
            said.append((original, texts, key, values))
            return original(texts, key, **values)

        return call

    with (
        patch.object(Texts, "__call__", recording(Texts.__call__)),
        patch.object(Texts, "plain", recording(Texts.plain)),
    ):
        yield said


def _cost(said: list[Said]) -> float:
    begin = time.process_time()
    for _ in range(REPLAYS):
        for original, texts, key, values in said:
            original(texts, key, **values)
    return (time.process_time() - begin) / REPLAYS * 1000
