"""Events from the core to the cabinet: signed, in order for each customer, repeated until they are taken.

An event is in the store before its first attempt and leaves it when it was taken, so a restart repeats rather than loses.
Pauses and the final deadline go by the machine's clock: a person who jumps a day ahead must not expire what is on its way.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
import time
import uuid
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

import aiohttp

from playground.world import World

KEY_ID = "core-1"
LONGEST_PAUSE = 60.0
GIVE_UP_AFTER = 24 * 3600.0
AT_ONCE = 16
"""How many lanes are served side by side."""
EARLY = 3
"""Attempts after which a letter counts as waiting rather than as on its way."""

log = logging.getLogger(__name__)


def signature(key: str, timestamp: str, body: bytes) -> str:
    """`v1=` and the hex HMAC-SHA256 of `timestamp.body` under the shared key (its characters as they stand in UTF-8)."""
    return "v1=" + hmac.new(key.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def utc(moment: datetime) -> str:
    """RFC 3339 with a `Z`, to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Letter:
    """One event under way. `due` and `since` are machine seconds since the epoch; `body` is signed byte for byte."""

    id: str
    lane: str
    body: str
    since: float
    due: float
    tries: int = 0


class Courier:
    """Delivers to one address. `first_pause` doubles with every failed attempt, up to a minute."""

    first_pause = 1.0

    def __init__(self, world: World, target: str, key: str) -> None:
        self._world, self._target, self._key = world, target, key
        self._wake = asyncio.Event()
        self._letters: dict[str, Letter] = {
            id_: Letter(id=id_, **row) for id_, row in world.store.all("core.event").items()
        }
        world.pending.append(self.due)
        world.on_reset.append(self._letters.clear)

    def post(self, type_: str, resource: dict[str, Any]) -> None:
        """Put one event on its way; its lane is the customer, or the question of a stranger."""
        id_ = f"evt_{uuid.uuid4().hex}"
        event = {"id": id_, "type": type_, "occurredAt": utc(self._world.clock.now()), "resource": resource}
        lane = str(resource.get("customerId") or resource["number"])
        now = time.time()
        self._keep(Letter(id_, lane, json.dumps(event, ensure_ascii=False), since=now, due=now))
        self._wake.set()

    def due(self) -> int:
        """How many events are on the very way: due now, or refused so lately that the next attempt is a matter of seconds."""
        now = time.time()
        return sum(letter.due <= now or letter.tries < EARLY for letter in self._heads(now=float("inf")))

    def hurry(self) -> None:
        """The other side has just come back: what waits for a retry goes at once."""
        now = time.time()
        for letter in list(self._letters.values()):
            self._keep(replace(letter, due=min(letter.due, now)))
        self._wake.set()

    async def run(self) -> None:
        """Deliver for ever; ends by cancellation."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
            while True:
                self._wake.clear()
                if heads := self._heads(time.time()):
                    await asyncio.gather(*(self._deliver(session, letter) for letter in heads[:AT_ONCE]))
                else:
                    await self._nap()

    async def _nap(self) -> None:
        """Until something is posted or the earliest pause is over."""
        earliest = min((letter.due for letter in self._letters.values()), default=None)
        try:
            async with asyncio.timeout(None if earliest is None else max(0.0, earliest - time.time())):
                await self._wake.wait()
        except TimeoutError:
            return

    def _heads(self, now: float) -> list[Letter]:
        """The oldest letter of every lane, if its time has come by `now`: a later one never overtakes it."""
        oldest: dict[str, Letter] = {}
        for letter in self._letters.values():
            oldest.setdefault(letter.lane, letter)
        return [letter for letter in oldest.values() if letter.due <= now]

    async def _deliver(self, session: aiohttp.ClientSession, letter: Letter) -> None:
        taken = await self._attempt(session, letter)
        if letter.id not in self._letters:  # the world was reset meanwhile
            return
        if taken:
            self._forget(letter)
        elif time.time() - letter.since > GIVE_UP_AFTER:
            log.warning("event %s was not taken within a day and is given up", letter.id)
            self._forget(letter)
        else:
            pause = min(LONGEST_PAUSE, self.first_pause * 2**letter.tries)
            self._keep(replace(letter, tries=letter.tries + 1, due=time.time() + pause))

    async def _attempt(self, session: aiohttp.ClientSession, letter: Letter) -> bool:
        """Whether the other side has stored it. Nobody listening is as ordinary as a refusal: the bot may be restarting."""
        body = letter.body.encode()
        timestamp = str(int(self._world.clock.time()))
        headers = {
            "Content-Type": "application/json",
            "X-Cabinet-Timestamp": timestamp,
            "X-Cabinet-Key-Id": KEY_ID,
            "X-Cabinet-Signature": signature(self._key, timestamp, body),
        }
        try:
            async with session.post(self._target, data=body, headers=headers, allow_redirects=False) as answer:
                return answer.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False

    def _keep(self, letter: Letter) -> None:
        self._letters[letter.id] = letter
        row = asdict(letter)
        self._world.store.put("core.event", row.pop("id"), row)

    def _forget(self, letter: Letter) -> None:
        del self._letters[letter.id]
        self._world.store.drop("core.event", letter.id)
