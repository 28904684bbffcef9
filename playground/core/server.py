"""The reference core as one thing to start: its register, its courier of events, its press and its HTTP server."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

from aiohttp import web

from playground import keys
from playground.core import portfolio
from playground.core.adjusting import Adjusting
from playground.core.api import Api, guard
from playground.core.application_api import ApplicationApi
from playground.core.checks import Checks
from playground.core.claim_api import ClaimApi
from playground.core.courier import Courier
from playground.core.files import Files
from playground.core.press import Press
from playground.core.problem import refuse_well
from playground.core.register import MOSCOW, Register
from playground.core.settling import Settling
from playground.core.settling_api import SettlingApi
from playground.core.triage import Triage
from playground.core.underwriting import Underwriting
from playground.world import World


class Core:
    """The insurer on `port + 1`. What is public here is what the desk works with."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._key = keys.load(world.settings.data)["core"]
        host, port = world.settings.host, world.settings.port
        self._courier = Courier(world, f"http://{host}:{port + 9}/core/events", self._key)
        self.register = Register(world, self._courier)
        self.files = Files(world)
        self.underwriting = Underwriting(self.register, self.files)
        self.checks = Checks(self.register, self.underwriting)
        self.adjusting = Adjusting(self.register, self.files)
        self.triage = Triage(self.register, self.adjusting)
        self._routes = [
            *Api(self.register, Press(self.register)).routes(),
            *ApplicationApi(self.register, self.underwriting, self.checks, self.files).routes(),
            *ClaimApi(self.register, self.adjusting, self.files, self.triage).routes(),
            *SettlingApi(Settling(self.register, self.adjusting)).routes(),
        ]
        self._runner: web.AppRunner | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._jumped = asyncio.Event()
        world.clock.subscribe(self._jumped.set)
        world.on_reset.append(self._open)
        if not self.register.customers.wire():
            self._open()

    async def start(self) -> None:
        """Answer and deliver."""
        app = web.Application(middlewares=[self._world.faults.middleware("core"), refuse_well, guard(self._key)])
        app.add_routes(self._routes)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._world.settings.host, self._world.settings.port + 1).start()
        work = (self._courier.run(), self._midnights(), self.checks.run(), self.triage.run())
        self._tasks = [self._world.tasks.spawn(one) for one in work]

    async def close(self) -> None:
        """Stop both; what was not delivered waits in the store."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._runner is not None:
            await self._runner.cleanup()

    def addresses(self) -> set[tuple[str, str]]:
        """Method and path of everything that is answered, as the OpenAPI document spells them."""
        return {(route.method, route.path) for route in self._routes}

    def hurry(self) -> None:
        """The cabinet is back: deliver what waits for it now."""
        self._courier.hurry()

    def _open(self) -> None:
        """The first day of the insurer."""
        portfolio.fill(self.register, self._world.settings.seed)
        self.register.roll()

    async def _midnights(self) -> None:
        """Contracts begin and end at Moscow midnight, whether the clock walks there or jumps over it."""
        while True:
            self._jumped.clear()
            self.register.roll()
            self.underwriting.roll()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._until_midnight()):
                    await self._jumped.wait()

    def _until_midnight(self) -> float:
        now = self._world.clock.now().astimezone(MOSCOW)
        midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), MOSCOW)
        return (midnight - now).total_seconds()
