"""getUpdates as Telegram serves it (telegram-bot-api: Client.cpp `process_get_updates_query`)."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from playground.telegram.model import Bot
from playground.telegram.refusals import NEW_WEBHOOK, OTHER_POLLER, WEBHOOK_ACTIVE, Refusal
from playground.telegram.updates import Pending, Updates

_MAX_TIMEOUT = 50
_CONFLICT_PAUSE = 3.0
_Refused = Refusal | None


@dataclass(slots=True)
class _Poller:
    """How one bot polls. Times are of the monotonic clock: pace has nothing to do with the world's clock."""

    woken: asyncio.Future[_Refused] | None = None
    offset: int | None = None
    began: float = -60.0
    next_conflict: float = -60.0


class Polls:
    """The long polls of all bots: at most one each."""

    def __init__(self, updates: Updates) -> None:
        self._updates = updates
        self._pollers: dict[int, _Poller] = defaultdict(_Poller)
        updates.subscribe(self._wake)

    async def get(self, bot: Bot, offset: int, limit: int, patience: int) -> list[dict[str, Any]]:
        """The next updates, after waiting up to `patience` seconds for the first. Raises Refusal 409 on a conflict."""
        if bot.webhook is not None:
            raise Refusal(409, WEBHOOK_ACTIVE)
        poller = self._pollers[bot.id]
        self._terminate(poller, OTHER_POLLER)
        limit, patience = min(max(limit, 1), 100), min(max(patience, 0), _MAX_TIMEOUT)
        now = time.monotonic()
        if offset == poller.offset:
            patience = 3 if patience < 3 and now < poller.began + 3 else patience
            limit = 1 if now < poller.began + 0.5 else limit
        poller.offset, poller.began = offset, now
        found = self._read(bot, offset, limit)
        if not found and patience:
            await self._wait(poller, patience)
            found = self._read(bot, offset, limit)
        return [pending.body for pending in found]

    def interrupt(self, bot: Bot) -> None:
        """setWebhook ends a long poll."""
        self._terminate(self._pollers[bot.id], NEW_WEBHOOK)

    def close(self) -> None:
        """Let every long poll answer now, with nothing."""
        for poller in self._pollers.values():
            self._end(poller, None)

    def _read(self, bot: Bot, offset: int, limit: int) -> list[Pending]:
        """Below a positive offset everything is forgotten; -N keeps the last N; an offset of the future is ignored."""
        waiting = self._updates.waiting(bot)
        if offset < 0:
            gone = waiting[:offset]
        elif 0 < offset <= bot.next_update:
            gone = [pending for pending in waiting if pending.update_id < offset]
        else:
            gone = []
        for pending in gone:
            self._updates.confirm(bot, pending.update_id)
        return waiting[len(gone) :][:limit]

    async def _wait(self, poller: _Poller, patience: float) -> None:
        woken: asyncio.Future[_Refused] = asyncio.get_running_loop().create_future()
        poller.woken = woken
        await asyncio.wait([woken], timeout=patience)
        if poller.woken is woken:
            poller.woken = None
        refusal = woken.result() if woken.done() else None
        if refusal is None:
            return
        if time.monotonic() < poller.next_conflict:
            await asyncio.sleep(_CONFLICT_PAUSE)
        else:
            poller.next_conflict = time.monotonic() + _CONFLICT_PAUSE
        raise refusal

    def _wake(self, bot: Bot, pending: Pending) -> None:
        self._end(self._pollers[bot.id], None)

    def _terminate(self, poller: _Poller, why: str) -> None:
        self._end(poller, Refusal(409, why))

    def _end(self, poller: _Poller, refusal: _Refused) -> None:
        if poller.woken is not None and not poller.woken.done():
            poller.woken.set_result(refusal)
        poller.woken = None
