"""Deliveries to a webhook: in order within a lane, lanes in parallel, repeated until taken (WebhookActor.cpp)."""

from __future__ import annotations

import asyncio
import json
import random
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import aiohttp

from playground.telegram.memory import Memory
from playground.telegram.model import Bot
from playground.telegram.params import Params
from playground.telegram.updates import Pending, Updates

_ANSWER_TIMEOUT = aiohttp.ClientTimeout(total=60)
_MAX_RETRY_AFTER = 3600
_GONE_LIMIT = 23 * 3600.0

Reply = Callable[[Bot, str, Params], Awaitable[None]]


@dataclass(slots=True)
class _Hook:
    """The running deliveries of one bot."""

    gate: asyncio.Semaphore
    lanes: dict[str, deque[Pending]] = field(default_factory=dict)
    tasks: set[asyncio.Task[Any]] = field(default_factory=set)
    hurry: asyncio.Event = field(default_factory=asyncio.Event)
    gone_since: float | None = None


class Deliveries:
    """All webhooks. Pauses between tries are real seconds; an update's age is of the world's clock."""

    def __init__(self, memory: Memory, updates: Updates, reply: Reply) -> None:
        self._memory = memory
        self._world = memory.world
        self._updates = updates
        self._reply = reply
        self._hooks: dict[int, _Hook] = {}
        self._session: aiohttp.ClientSession | None = None
        updates.subscribe(self._offer)

    def start(self) -> None:
        """Begin to deliver what an earlier run left."""
        self._session = aiohttp.ClientSession(timeout=_ANSWER_TIMEOUT, trust_env=False)
        for bot in self._memory.bots.values():
            self.restart(bot)

    async def close(self) -> None:
        """Stop delivering; what was not taken waits on disk."""
        tasks = [task for hook in self._hooks.values() for task in hook.tasks]
        for bot in self._memory.bots.values():
            self.stop(bot)
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def restart(self, bot: Bot) -> None:
        """The webhook was set: deliver everything that waits, with fresh connections."""
        self.stop(bot)
        if bot.webhook is not None:
            for pending in self._updates.waiting(bot):
                self._offer(bot, pending)

    def stop(self, bot: Bot) -> None:
        """The webhook was removed."""
        hook = self._hooks.pop(bot.id, None)
        for task in hook.tasks if hook else ():
            task.cancel()

    def hurry(self, bot: Bot) -> None:
        """Try again now what waits for its next try: the bot was just restarted (a courtesy of the playground)."""
        if hook := self._hooks.get(bot.id):
            hook.hurry.set()
            hook.hurry = asyncio.Event()

    def _offer(self, bot: Bot, pending: Pending) -> None:
        if bot.webhook is None or self._session is None:
            return
        hook = self._hooks.setdefault(bot.id, _Hook(asyncio.Semaphore(bot.webhook.max_connections)))
        if pending.lane in hook.lanes:
            hook.lanes[pending.lane].append(pending)
            return
        hook.lanes[pending.lane] = deque([pending])
        task = self._world.tasks.spawn(self._drain(bot, hook, pending.lane))
        hook.tasks.add(task)
        task.add_done_callback(hook.tasks.discard)

    async def _drain(self, bot: Bot, hook: _Hook, name: str) -> None:
        lane = hook.lanes[name]
        while lane:
            await self._deliver(bot, hook, lane[0])
            lane.popleft()
        del hook.lanes[name]

    async def _deliver(self, bot: Bot, hook: _Hook, pending: Pending) -> None:
        """Try until the bot takes it or it expires: at once after the first failure, then 2, 4, 8 ... 60-120 s."""
        pause = 0.0
        while self._updates.holds(bot, pending.update_id) and bot.webhook is not None:
            if pending.expires <= self._world.clock.time():
                break
            fault = self._world.faults.take("telegram", "webhook")
            await asyncio.sleep(fault.delay if fault else 0)
            try:
                if fault and isinstance(fault.error, int):
                    raise _NotTakenError(f"Wrong response from the webhook: {fault.error} (a fault)")
                async with hook.gate:
                    answer = await self._post(bot, pending)
                if fault and (fault.drop_answer or fault.error == "duplicate"):
                    raise _NotTakenError("Read timeout expired (a fault)")
            except (aiohttp.ClientError, TimeoutError, _NotTakenError) as error:
                self._note(bot, error)
                if self._is_gone(hook, error):
                    bot.webhook = None
                    self._memory.keep_bot(bot)
                    return
                retry_after = error.retry_after if isinstance(error, _NotTakenError) else None
                await self._pause(hook, pause if retry_after is None else retry_after)
                pause = min(pause * 2 or 2.0, random.uniform(60, 120))
                continue
            hook.gone_since = None
            self._updates.confirm(bot, pending.update_id)
            if answer is not None:
                await self._reply(bot, *answer)
            return
        self._updates.confirm(bot, pending.update_id)

    async def _post(self, bot: Bot, pending: Pending) -> tuple[str, Params] | None:
        """One try. A method in the answer is returned to be executed. Raises when the update was not taken."""
        if self._session is None or bot.webhook is None:
            raise _NotTakenError("No webhook")
        headers = {"Accept-Encoding": "gzip, deflate"}
        if bot.webhook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = bot.webhook.secret
        body = json.dumps(pending.body, ensure_ascii=False).encode()
        headers["Content-Type"] = "application/json"
        async with self._session.post(bot.webhook.url, data=body, headers=headers, allow_redirects=False) as answer:
            raw = await answer.read()
            if not 200 <= answer.status < 300:
                pause = answer.headers.get("Retry-After", "")
                raise _NotTakenError(
                    f"Wrong response from the webhook: {answer.status} {answer.reason or ''}".strip(),
                    status=answer.status,
                    retry_after=min(int(pause), _MAX_RETRY_AFTER) if pause.isdigit() else None,
                )
            return _method_in(answer.content_type, raw)

    async def _pause(self, hook: _Hook, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await hook.hurry.wait()

    def _note(self, bot: Bot, error: Exception) -> None:
        if bot.webhook is not None:
            bot.webhook.last_error_date = self._memory.now()
            bot.webhook.last_error_message = str(error) or "Connection timed out"
            self._memory.keep_bot(bot)

    def _is_gone(self, hook: _Hook, error: Exception) -> bool:
        """HTTP 410 for 23 hours on end removes the webhook."""
        if not (isinstance(error, _NotTakenError) and error.status == 410):
            hook.gone_since = None
            return False
        now = self._world.clock.time()
        hook.gone_since = now if hook.gone_since is None else hook.gone_since
        return now - hook.gone_since >= _GONE_LIMIT


class _NotTakenError(Exception):
    """The bot did not take the update."""

    def __init__(self, why: str, *, status: int = 0, retry_after: int | None = None) -> None:
        super().__init__(why)
        self.status = status
        self.retry_after = retry_after


def _method_in(kind: str, raw: bytes) -> tuple[str, Params] | None:
    """A call of the Bot API in the answer to a webhook; what only reads or changes the webhook is not executed."""
    try:
        if kind == "application/json":
            values = json.loads(raw or b"{}")
        elif kind == "application/x-www-form-urlencoded":
            values = dict(parse_qsl(raw.decode()))
        else:
            return None
    except ValueError:
        return None
    method = str(values.pop("method", "")) if isinstance(values, dict) else ""
    barred = ("deletewebhook", "setwebhook", "close", "logout")
    if not method or method.lower() in barred or method.lower().startswith("get"):
        return None
    return method, Params(values)
