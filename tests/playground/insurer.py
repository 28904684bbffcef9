"""A whole insurer's side on free ports for one test: core, desk, SMS and mail, and a cabinet that takes (or refuses) its events."""

import asyncio
import json
import random
import socket
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from playground import desk, keys, sms
from playground.core import Core
from playground.mail import Post
from playground.refusal import say_no
from playground.store import Store
from playground.world import Settings, World

PATIENCE = 20.0


@dataclass
class Cabinet:
    """The receiver of events: answers with the statuses it was told to, then 200; what it stored and refused is kept."""

    statuses: deque[int] = field(default_factory=deque)
    refuses: set[str] = field(default_factory=set)
    refused: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    _taken: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)

    async def receive(self, request: web.Request) -> web.Response:
        body = await request.read()
        event = json.loads(body)
        self.headers.append(dict(request.headers))
        self.bodies.append(body)
        status = self.statuses.popleft() if self.statuses else 200
        if event["resource"].get("customerId") in self.refuses:
            status = 503
        if status == 200:
            self._taken.put_nowait(event)
        else:
            self.refused.append(event)
        return web.Response(status=status)

    async def next(self) -> dict[str, Any]:
        """The next event stored."""
        async with asyncio.timeout(PATIENCE):
            return await self._taken.get()

    @asynccontextmanager
    async def at(self, port: int) -> AsyncIterator["Cabinet"]:
        app = web.Application()
        app.add_routes([web.post("/core/events", self.receive)])
        async with serving(app, port):
            yield self


@dataclass
class Insurer:
    world: World
    core: Core
    session: aiohttp.ClientSession

    @property
    def port(self) -> int:
        return self.world.settings.port

    async def get(self, path: str, **options: Any) -> Any:
        """JSON of the core, which must be well."""
        async with self.session.get(self.at_core(path), **options) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def tell_desk(self, path: str, **body: Any) -> tuple[int, Any]:
        """What the insurer's employee does."""
        async with self.session.post(self.outside(f"/desk{path}"), json=body) as answer:
            return answer.status, await answer.json()

    async def ask(self, number: str, customer: str | None, **headers: str) -> tuple[int, Any]:
        body = {
            "number": number,
            "customerId": customer,
            "screen": "policy" if customer else None,
            "text": "Можно вписать второго водителя?",
            "askedAt": "2026-11-21T12:00:00Z",
        }
        key = {"Idempotency-Key": number} | headers
        async with self.session.post(self.at_core("/questions"), json=body, headers=key) as answer:
            return answer.status, await answer.json()

    def at_core(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port + 1}{path}"

    def outside(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@asynccontextmanager
async def insurer(folder: Path, port: int | None = None) -> AsyncIterator[Insurer]:
    """A world in `folder`; a second one there goes on where the first ended."""
    share_press(folder)
    world = World(Settings(port=port or free_port(), data=folder), Store(folder))
    core, post = Core(world), Post(world)
    app = web.Application(middlewares=[say_no, world.faults.middleware("sms", "/smsc/")])
    app.add_routes([*desk.routes(world, core), *sms.routes(world), *post.routes()])
    token = {"Authorization": f"Bearer {keys.load(folder)['core']}"}
    async with serving(app, world.settings.port), aiohttp.ClientSession(headers=token) as session:
        await core.start()
        await post.start()
        try:
            yield Insurer(world, core, session)
        finally:
            await post.close()
            await core.close()
            await world.tasks.close()
            world.store.close()
            assert world.tasks.errors == []


def share_press(folder: Path) -> None:
    """Worlds side by side in one directory have one authority and print each paper once for all of them: it takes seconds."""
    for name in ("authority", "papers"):
        shared = folder.parent / "press" / name
        shared.mkdir(parents=True, exist_ok=True)
        if not (folder / name).exists():
            (folder / name).symlink_to(shared, target_is_directory=True)


@asynccontextmanager
async def serving(app: web.Application, port: int) -> AsyncIterator[None]:
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield
    finally:
        await runner.cleanup()


def free_port() -> int:
    """One with its neighbours free as well, below those that outgoing connections take (32768 and up)."""
    while True:
        port = random.randrange(10_000, 32_000, 20)
        if all(_is_free(port + step) for step in (0, 1, 2, 9)):
            return port


def _is_free(port: int) -> bool:
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
