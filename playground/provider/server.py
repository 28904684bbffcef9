"""The provider as one thing to start: the API, the notifications, the payer's page, and the end of every link in time."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from aiohttp import web

from playground import keys
from playground.provider.api import Api, guard
from playground.provider.hand import Hand
from playground.provider.notices import Notices
from playground.provider.once import Once
from playground.provider.refused import refuse_well
from playground.provider.shop import Shop
from playground.provider.troubles import middleware
from playground.world import World

PREFIX = "/provider/v3"


class Provider:
    """A part of the playground's main port: `api` goes below `PREFIX`, `routes` are a person's and the payer's."""

    def __init__(self, world: World) -> None:
        self._world = world
        secret = keys.load(world.settings.data)["provider"]
        self._notices = Notices(world, f"http://{world.settings.host}:{world.settings.port + 9}/yookassa/{secret}")
        self._shop = Shop(world, self._notices.post)
        self._hand = Hand(world, self._shop, self._notices)
        self._watch: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()
        world.clock.subscribe(self._jumped)
        world.on_reset.append(self._shop.forget)

    def api(self) -> web.Application:
        """What the cabinet talks to."""
        app = web.Application(middlewares=[middleware(self._world), refuse_well, guard])
        app.add_routes(Api(self._shop, Once(self._world)).routes())
        return app

    def routes(self) -> list[web.RouteDef]:
        """`/payments`, `/refunds` and `/pay/{id}`."""
        return self._hand.routes()

    async def start(self) -> None:
        """Deliver what waits, and watch the time."""
        await self._notices.start()
        self._watch = self._world.tasks.spawn(self._keep_time())

    async def close(self) -> None:
        """Stop; the store has everything."""
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        await self._notices.close()

    def hurry(self) -> None:
        """The cabinet is back: deliver what waits for it now."""
        self._notices.hurry()

    def _jumped(self) -> None:
        """Before anybody hears of the jump being over, what it has ended is ended."""
        self._shop.expire()
        self._changed.set()

    async def _keep_time(self) -> None:
        """Links end by themselves when the clock just walks."""
        while True:
            self._changed.clear()
            self._shop.expire()
            with suppress(TimeoutError):
                left = self._shop.next_end()
                async with asyncio.timeout(_LOOK if left is None else min(left, _LOOK)):
                    await self._changed.wait()


_LOOK = 30.0
"""Seconds between two looks at the clock: a link made meanwhile lives longer than that."""
