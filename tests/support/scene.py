"""A playground here and a bot in a process of its own, which may die at any moment and is started again over the same database."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import aiohttp

from bot.config import Settings
from bot.marks import LINGER
from playground.app import Running, serve
from playground.bot_process import environment
from playground.world import Settings as WorldSettings
from tests.support.town import FAST, free_ports, share_press
from tests.support.victim import Fuse

PATIENCE = 30.0
CHECK = 0.05
"""Seconds that the insurer's check of an application takes."""
_ROOT = Path(__file__).parent.parent.parent


class Nursery:
    """The process that forks victims, one at a time."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def open(cls) -> Nursery:
        pipe = asyncio.subprocess.PIPE
        command = (sys.executable, "-W", "error", "-m", "tests.support.victim")
        return cls(await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, cwd=_ROOT))

    async def fork(self, **wish: Any) -> Victim:
        """A new victim; the one before it must have ended."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(wish).encode() + b"\n")
        return Victim(int((await self._hear())["pid"]), asyncio.ensure_future(self._hear()))

    async def close(self) -> None:
        if self._process.stdin:
            self._process.stdin.close()
        await self._process.wait()

    async def _hear(self) -> dict[str, Any]:
        assert self._process.stdout
        heard: dict[str, Any] = json.loads(await self._process.stdout.readline())
        return heard


@dataclass(slots=True)
class Victim:
    """A bot's process. `end` is done when it has ended."""

    pid: int
    end: asyncio.Future[dict[str, Any]]

    @property
    def dead(self) -> bool:
        return self.end.done()

    async def ended(self) -> int:
        """The exit code, or minus the signal that killed it."""
        return int((await asyncio.shield(self.end))["status"])

    def signal(self, number: int) -> None:
        if not self.dead:
            os.kill(self.pid, number)


class Scene:
    """A playground and a bot in another process, restarted at will over the same database."""

    def __init__(self, world: Running, nursery: Nursery, http: aiohttp.ClientSession, **settings: str) -> None:
        self.world, self.nursery, self.http = world, nursery, http
        self.folder = world.settings.data
        self.bold = self.before = False
        self.linger = LINGER
        self.policies = len(world.core.register.policies.wire())
        self.claims = len(world.core.register.claims.wire())
        self.deaths: list[str] = []
        self.scratch = self.folder / "scratch"
        self.scratch.mkdir(exist_ok=True)
        self._words = environment(world.settings) | FAST | {"TMPDIR": str(self.scratch)} | settings
        with patch.dict("os.environ", self._words):
            self.settings = Settings(_env_file=None)  # type: ignore[call-arg] # fields come from the environment
        self.fuse = Fuse(self.folder / "fuse")
        self.victim: Victim

    @property
    def database(self) -> Path:
        path = self.settings.sqlite_path
        assert path
        return path

    @property
    def store(self) -> Path:
        """What clients have sent, in the cabinet."""
        return Path(self.settings.files.folder)

    @property
    def log(self) -> Path:
        return self.folder / "victim.log"

    async def start(self) -> None:
        """A new process; returns when it is ready and knows the time."""
        self.victim = await self.nursery.fork(
            environment=self._words,
            log=str(self.log),
            fuse=str(self.folder / "fuse"),
            bold=self.bold,
            before=self.before,
            linger=self.linger,
        )
        async with asyncio.timeout(PATIENCE):
            while not await self.world.link.ready():
                if self.victim.dead:
                    return
                await asyncio.sleep(0.005)
        await self.world.link.push_clock()
        self.world.core.hurry()
        self.world.provider.hurry()
        for bot in self.world.hub.memory.bots.values():
            self.world.hub.deliveries.hurry(bot)

    async def stop(self) -> int:
        """SIGTERM; the exit code."""
        self.victim.signal(signal.SIGTERM)
        return await self.victim.ended()

    async def revive(self) -> None:
        """Start again after a death, as often as it dies while starting."""
        while self.victim.dead:
            self.deaths.append(self.fuse.name)
            await self.start()

    async def kill(self) -> None:
        """SIGKILL, now."""
        self.victim.signal(signal.SIGKILL)
        await self.victim.ended()

    async def calm(self, patience: float = PATIENCE) -> bool:
        """Until everything due is done; False when the victim died first."""
        still = 0
        async with asyncio.timeout(patience):
            while still < 2:
                if self.victim.dead:
                    return False
                still = 0 if await self._busy() else still + 1
                await asyncio.sleep(0.005)
        return True

    async def _busy(self) -> bool:
        hub = self.world.hub
        if any(hub.undelivered(bot) for bot in hub.memory.bots.values()) or any(n() for n in self.world.world.pending):
            return True
        try:
            async with self.http.get(f"http://127.0.0.1:{self.settings.web.internal_port}/lag") as answer:
                busy = any((await answer.json()).values())
        except (aiohttp.ClientError, TimeoutError):
            return True
        return busy or (self.world.core.checks.auto and bool(self.world.core.checks.waiting()))

    async def call(self, method: str, path: str, body: Any = None) -> Any:
        """The playground's endpoints; raises AssertionError for an error."""
        async with self.http.request(method, self.world.url + path, json=body) as response:
            answer = await response.json()
            assert response.status < 400, (path, response.status, answer)
            return answer

    async def claims_of(self, user: int) -> list[dict[str, Any]]:
        """A person's claims as the desk lists them, the newest last."""
        users, desk = await self.call("GET", "/client/users"), await self.call("GET", "/desk")
        phone = next(it["phone"] for it in users if it["id"] == user)
        own = {it["customerId"] for it in desk["customers"] if it["phone"] == phone}
        return [it for it in desk["claims"] if it["customerId"] in own]

    # -- the same world again --------------------------------------------------------------------------------------------

    async def found(self) -> None:
        """The first start: the database is made, the insurer's lists are read; kept to begin from again."""
        await self.start()
        assert await self.calm()
        assert await self.stop() == 0
        shutil.copy(self.database, self.folder / "template.db")

    async def renew(self, *, bold: bool, before: bool = False, linger: float = LINGER, papers: bool = True) -> None:
        """A fresh world and a bot that has just read the lists.

        `bold`: not careful after a death. `before`: points are before commits and calls, too. `linger`: how long a mark waits for company.
        `papers`: those of a new policy are printed, which takes the better part of a second.
        """
        if not self.victim.dead:
            assert await self.stop() == 0
        self.bold, self.before, self.linger = bold, before, linger
        self.world.world.reset()
        if papers:
            await self._catalogue()
        for file in self.database.parent.glob(self.database.name + "-*"):
            file.unlink()
        shutil.rmtree(self.store, ignore_errors=True)
        shutil.copy(self.folder / "template.db", self.database)
        self.log.write_bytes(b"")
        self.deaths.clear()
        self.fuse.set(0)
        await self.start()
        assert await self.calm()

    async def _catalogue(self) -> None:
        """The insurer's list of papers is looked at, as by the bot of the template: from then on a new paper is an event."""
        headers = {"Authorization": f"Bearer {self.settings.core.key.get_secret_value()}"}
        async with self.http.get(f"{self.settings.core.url}/documents", headers=headers) as answer:
            assert answer.status == 200


@asynccontextmanager
async def scene(folder: Path, nursery: Nursery, **settings: str) -> AsyncIterator[Scene]:
    """A scene with a template, its bot not running."""
    share_press(folder)
    world = await serve(WorldSettings(port=free_ports(), data=folder / "world"), bot=False)
    world.core.checks.pause = CHECK
    async with aiohttp.ClientSession() as http:
        made = Scene(world, nursery, http, **settings)
        try:
            await made.found()
            yield made
        finally:
            with suppress(AttributeError):
                await made.kill()
            await world.close()
            made.fuse.close()
