"""When is everything done? Every update taken, every event posted, and the bot has nothing due any more."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import aiohttp

from playground.refusal import NoError
from playground.telegram.hub import Telegram
from playground.telegram.model import Bot

_BETWEEN = 0.01
_DUE = ("inbox", "outbox", "screens", "busy")


class Calm:
    """Waits for calm. The bot's internal listener is asked at `port + 10`; `news` tells why it may be silent."""

    def __init__(self, hub: Telegram, news: Callable[[], str]) -> None:
        self._hub = hub
        self._news = news
        settings = hub.world.settings
        self._lag = f"http://{settings.host}:{settings.port + 10}/lag"
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Drop the connection to the bot."""
        if self._session is not None:
            await self._session.close()

    async def wait(self, bot: Bot, seconds: float) -> dict[str, Any]:
        """Returns when nothing was pending twice in a row; raises NoError 504 with what is pending after `seconds`."""
        began = time.monotonic()
        quiet = 0
        while True:
            pending = await self._pending(bot)
            quiet = 0 if pending else quiet + 1
            if quiet == 2:
                return {"settled": True, "seconds": round(time.monotonic() - began, 3)}
            if time.monotonic() - began >= seconds:
                raise NoError(504, f"not settled after {seconds:g} s", _words(pending), pending=pending)
            await asyncio.sleep(_BETWEEN)

    async def _pending(self, bot: Bot) -> dict[str, Any]:
        """What is not done, by name; nothing when all is calm."""
        if updates := self._hub.undelivered(bot):
            return {"updates": updates}
        if events := sum(count() for count in self._hub.world.pending):
            return {"events": events}
        try:
            lag = await self._ask()
        except (aiohttp.ClientError, TimeoutError, ValueError):
            return {"bot": ": ".join(filter(None, (f"no answer from {self._lag}", self._news())))}
        return {name: lag[name] for name in _DUE if lag.get(name)}

    async def _ask(self) -> dict[str, Any]:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5), trust_env=False)
        async with self._session.get(self._lag) as answer:
            if answer.status != 200:
                raise ValueError(f"status {answer.status}")
            lag: dict[str, Any] = await answer.json()
            return lag


def _words(pending: dict[str, Any]) -> str:
    if not pending:
        return "it became calm only just now"
    return "pending: " + ", ".join(f"{name} {value}" for name, value in pending.items())
