"""The internal listener: health, readiness, metrics; in development also the clock and what is still under way."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from typing import Protocol

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.metrics import WAITING
from services.clock import Clock

Lag = Callable[[], Awaitable[dict[str, int]]]
READY_SECONDS = 1.0


class Health(Protocol):
    """What readiness depends on. Telegram and the core are not among it: their outage must not restart the bot."""

    async def ready(self) -> str:
        """Empty when ready, otherwise why not."""
        ...


def internal_app(
    health: Health, lag: Lag, clock: Clock, moved: Callable[[], None], *, development: bool
) -> web.Application:
    """`moved` is called after the clock has jumped."""

    async def live(_: web.Request) -> web.Response:
        return web.json_response({"live": True})

    async def ready(_: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(READY_SECONDS):
                why = await health.ready()
        except TimeoutError:
            why = "database does not answer"
        return web.json_response({"ready": not why, "why": why}, status=503 if why else 200)

    async def metrics(_: web.Request) -> web.Response:
        for queue, count in (await lag()).items():
            WAITING.labels(queue).set(count)
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def show_lag(_: web.Request) -> web.Response:
        return web.json_response(await lag())

    async def set_clock(request: web.Request) -> web.Response:
        try:
            offset = float((await request.json())["offset"])
        except (ValueError, KeyError, TypeError):
            offset = math.nan
        if not math.isfinite(offset):
            return web.json_response({"error": "offset: seconds, a number"}, status=400)
        clock.offset = offset
        moved()
        return web.json_response({})

    app = web.Application()
    app.router.add_get("/live", live)
    app.router.add_get("/ready", ready)
    app.router.add_get("/metrics", metrics)
    app.router.add_get("/lag", show_lag)
    if development:
        app.router.add_post("/clock", set_clock)
    return app
