"""Notifications to the cabinet: posted without a signature, repeated for a day until they are taken, in no promised order.

Pauses between attempts are real seconds; the day is one of the world's clock. A notification is in the store before its
first attempt and leaves it when it was taken, so a restart repeats rather than loses.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
import uuid
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import Any

import aiohttp

from playground.faults import Fault
from playground.world import World

GIVE_UP_AFTER = 24 * 3600.0
LONGEST_PAUSE = 60.0
AT_ONCE = 32
EARLY = 3
"""Attempts after which a notification counts as waiting rather than as on its way."""
LATE = 5.0
"""Seconds a late one is held back when nobody says for how long."""
SOURCE = "185.71.76.1"
"""An address of the provider's published networks, as a proxy in front of the cabinet would note it."""
FORGER = f"{SOURCE}, 203.0.113.66"
"""What the same proxy notes of a stranger who has written the provider's address himself."""
_KIND = "provider.notice"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Notice:
    """One notification under way. `since` is of the world's clock, `due` machine seconds since the epoch."""

    id: str
    payment: str
    event: str
    body: str
    since: float
    due: float
    source: str = SOURCE
    tries: int = 0


class Notices:
    """Posts to one address. `first_pause` doubles with every failed attempt, up to a minute."""

    first_pause = 1.0

    def __init__(self, world: World, target: str) -> None:
        self._world, self._target = world, target
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._session: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._hurry = asyncio.Event()
        self._notices = {id_: Notice(id=id_, **row) for id_, row in world.store.all(_KIND).items()}
        world.pending.append(self.due)
        world.on_reset.append(self._notices.clear)

    async def start(self) -> None:
        """Begin with what an earlier run left."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10), trust_env=False)
        for notice in list(self._notices.values()):
            self._send(notice)

    async def close(self) -> None:
        """Stop; what was not taken waits in the store."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def post(
        self, event: str, payment: str, about: dict[str, Any], *, source: str = SOURCE, delay: float = 0.0
    ) -> None:
        """Put one on its way, `delay` seconds from now."""
        body = json.dumps({"type": "notification", "event": event, "object": about}, ensure_ascii=False)
        since, due = self._world.clock.time(), time.time() + delay
        notice = Notice(uuid.uuid4().hex, payment, event, body, since=since, due=due, source=source)
        self._keep(notice)
        self._send(notice)

    def due(self) -> int:
        """How many are on the very way: due now, or refused so lately that the next attempt is a matter of seconds."""
        now = time.time()
        return sum(notice.due <= now or 0 < notice.tries < EARLY for notice in self._notices.values())

    def waiting(self, payment: str) -> int:
        """How many about this payment have not been taken yet."""
        return sum(notice.payment == payment for notice in self._notices.values())

    def hurry(self) -> None:
        """The cabinet has just come back: what failed before goes at once."""
        now = time.time()
        for notice in list(self._notices.values()):
            if notice.tries:
                self._keep(replace(notice, due=now))
        self._hurry.set()
        self._hurry = asyncio.Event()

    def _send(self, notice: Notice) -> None:
        if self._session is None:
            return
        task = self._world.tasks.spawn(self._deliver(notice.id, self._session))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, id_: str, session: aiohttp.ClientSession) -> None:
        while (notice := self._notices.get(id_)) is not None:
            if (pause := notice.due - time.time()) > 0:
                await self._wait(pause)
                continue
            if self._world.clock.time() - notice.since > GIVE_UP_AFTER:
                log.warning("notification %s was not taken within a day and is given up", id_)
                self._forget(notice)
                return
            after = await self._attempt(notice, session)
            if id_ not in self._notices:  # the world was reset meanwhile
                return
            if after is None:
                self._forget(notice)
            else:
                self._keep(after)

    async def _attempt(self, notice: Notice, session: aiohttp.ClientSession) -> Notice | None:
        """One try and the faults ordered for it: the notice as it goes on, or None when it is over."""
        ordered = self._world.faults.take("provider", "notification") if notice.source == SOURCE else None
        fault = ordered or Fault()
        if fault.error == "lost":
            return None
        if fault.error == "late" or fault == Fault(delay=fault.delay or LATE):
            return replace(notice, due=time.time() + (fault.delay or LATE))
        await asyncio.sleep(fault.delay)
        taken = False if isinstance(fault.error, int) else await self._taken(notice, session)
        if taken and (fault.error == "duplicate" or fault.drop_answer):
            return replace(notice, due=time.time())
        if taken:
            return None
        pause = min(LONGEST_PAUSE, self.first_pause * 2**notice.tries)
        return replace(notice, tries=notice.tries + 1, due=time.time() + pause)

    async def _taken(self, notice: Notice, session: aiohttp.ClientSession) -> bool:
        """Whether the cabinet has answered 200. Nobody listening is as ordinary as a refusal: it may be restarting."""
        headers = {"Content-Type": "application/json", "X-Forwarded-For": notice.source}
        try:
            async with (
                self._gate,
                session.post(self._target, data=notice.body.encode(), headers=headers, allow_redirects=False) as answer,
            ):
                return answer.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def _wait(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._hurry.wait()

    def _keep(self, notice: Notice) -> None:
        self._notices[notice.id] = notice
        row = asdict(notice)
        self._world.store.put(_KIND, row.pop("id"), row)

    def _forget(self, notice: Notice) -> None:
        del self._notices[notice.id]
        self._world.store.drop(_KIND, notice.id)
        self._world.live.publish("payments", id=notice.payment)
