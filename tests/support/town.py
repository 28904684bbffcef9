"""A town: the playground and the cabinet's bot in one process, on ports of their own, over real HTTP."""

from __future__ import annotations

import asyncio
import shutil
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

import aiohttp

from bot.config import Settings
from bot.process import Process, running
from playground.app import Running, serve
from playground.bot_process import environment
from playground.world import Settings as WorldSettings
from tests.support.person import Person
from tests.support.tables import sqlite_town

FAST = {
    "CABINET_PACE__OVERALL": "10000",
    "CABINET_PACE__CHAT": "1000",
    "CABINET_PACE__BURST": "1000",
    "CABINET_PACE__GROUP": "10000",
    "CABINET_LOG_LEVEL": "WARNING",
}
"""Telegram's pace is a setting: the tests of the pacer keep it, the others do not wait."""
MOMENT = 0.004
"""Seconds between two looks whether all is done."""
_people = count(500_001)
PRESS = Path(__file__).parents[2] / ".pytest_cache" / "press"
"""What the insurer's press has printed, by day."""


def free_ports() -> int:
    """A base port whose neighbours the playground needs are free too."""
    for base in range(20_000 + (id(object()) % 997) * 12, 60_000, 12):
        with _all_bound([base + step for step in (0, 1, 2, 9, 10)]) as free:
            if free:
                return base
    raise OSError("no free ports")


@contextmanager
def _all_bound(ports: list[int]) -> Iterator[bool]:
    probes = [socket.socket() for _ in ports]
    try:
        for probe, port in zip(probes, ports, strict=True):
            probe.bind(("127.0.0.1", port))
        yield True
    except OSError:
        yield False
    finally:
        for probe in probes:
            probe.close()


class Town:
    """`world` is the playground, `process` the bot of the moment; `person` gives somebody a phone."""

    def __init__(self, world: Running, settings: Settings, http: aiohttp.ClientSession) -> None:
        self.world, self.settings, self.http = world, settings, http
        self._stack = AsyncExitStack()
        self.process: Process

    @property
    def url(self) -> str:
        return self.world.url

    @property
    def bot_url(self) -> str:
        """The bot's public listener."""
        return f"http://127.0.0.1:{self.settings.web.port}"

    async def start_bot(self) -> None:
        """A new process of the cabinet, in this process."""
        self.process = await self._stack.enter_async_context(running(self.settings))
        await self.world.link.push_clock()

    async def stop_bot(self) -> None:
        """A graceful stop."""
        await self._stack.aclose()

    async def restart_bot(self) -> None:
        await self.stop_bot()
        await self.start_bot()

    async def call(self, method: str, path: str, body: Any = None) -> Any:
        """The playground's own endpoints; raises AssertionError with the body for an error."""
        async with self.http.request(method, self.url + path, json=body) as response:
            answer = await response.json()
            assert response.status < 400, (path, response.status, answer)
            return answer

    async def settle(self, seconds: float = 30) -> None:
        """Until everything due is done, everywhere: as `GET /settled`, from inside, and therefore quicker."""
        still = 0
        try:
            async with asyncio.timeout(seconds):
                while still < 2:
                    still = 0 if await self._busy() else still + 1
                    await asyncio.sleep(MOMENT)
        except TimeoutError:
            await self.call("GET", "/client/100001/settled?timeout=0")  # an error that says what is pending
            raise

    async def _busy(self) -> bool:
        bot = next(iter(self.world.hub.memory.bots.values()))
        if self.world.hub.undelivered(bot) or any(count() for count in self.world.world.pending) or self.process.busy:
            return True
        try:
            lag = await self.process.lag()
        except self.process.parts.store.transient:
            return True
        return any(lag[name] for name in ("inbox", "outbox", "screens", "busy"))

    def seeded(self, number: int) -> Person:
        """One of the seeded people, e.g. 100001: the policy that ends in five days."""
        return Person(self, number)

    async def person(self, phone: str | None = None, language: str | None = "ru", first_name: str = "Ирина") -> Person:
        """A new Telegram user."""
        number = next(_people)
        phone = phone or f"+7907{number:07d}"
        user = {"id": number, "first_name": first_name, "language_code": language, "phone": phone}
        await self.call("POST", "/client/users", user)
        return Person(self, number, phone)


def share_press(folder: Path) -> None:
    """All towns of a day have one demo authority and print each paper once: it takes seconds. What was printed before today is dropped."""
    today = time.strftime("%Y-%m-%d")
    for old in PRESS.glob("????-??-??"):
        if old.name < today:
            shutil.rmtree(old, ignore_errors=True)
    for name in ("authority", "papers"):
        shared = PRESS / today / name
        shared.mkdir(parents=True, exist_ok=True)
        (folder / "world").mkdir(parents=True, exist_ok=True)
        if not (folder / "world" / name).exists():
            (folder / "world" / name).symlink_to(shared, target_is_directory=True)


@asynccontextmanager
async def town(folder: Path, database: str = "", **settings: str) -> AsyncIterator[Town]:
    """A town for the length of a block. `settings` are the bot's environment, e.g. `CABINET_TELEGRAM__WEBHOOK_URL=""`: polling."""
    share_press(folder)
    world = await serve(WorldSettings(port=free_ports(), data=folder / "world"), bot=False)
    words = environment(world.settings) | FAST | settings
    if database:
        words["CABINET_DATABASE"] = database
    with patch.dict("os.environ", words):
        read = Settings(_env_file=None)  # type: ignore[call-arg] # fields come from the environment
    if read.sqlite_path:
        sqlite_town(read.sqlite_path, folder.parent / "tables")
    async with aiohttp.ClientSession() as http:
        made = Town(world, read, http)
        try:
            await made.start_bot()
            await made.settle(90)  # the first town of a run prints all papers of the insurer
            yield made
        finally:
            await made.stop_bot()
            await world.close()
