"""What an employee usually does within seconds, done by itself unless the desk has switched that off.

The seconds are the machine's: a person who jumps a day ahead waits as long as anybody. What waits is in the store.
"""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable

from playground.world import World


class Automatic(ABC):
    """One kind of work. `pause`: seconds between its beginning and its end; `on_at_first`: before anybody has switched."""

    pause = 4.0
    kind: str
    on_at_first: bool

    def __init__(self, world: World) -> None:
        self._world = world
        self._wake = asyncio.Event()

    @abstractmethod
    def keys(self) -> Iterable[str]:
        """What waits now, oldest first."""

    @abstractmethod
    def finish(self, key: str) -> None:
        """Do it."""

    @property
    def auto(self) -> bool:
        """Whether it is done by itself."""
        known = self._world.store.get(self.kind, "auto")
        return self.on_at_first if known is None else bool(known["on"])

    def switch(self, *, on: bool) -> None:
        """From now on by itself, or by the desk."""
        self._world.store.put(self.kind, "auto", {"on": on})
        self._world.live.publish("desk", resource=self.kind, id="auto")
        self._wake.set()

    def begin(self, key: str) -> None:
        """Something has come; its time counts from now."""
        self._world.store.put(self.kind, key, {"due": time.time() + self.pause})
        self._wake.set()

    async def run(self) -> None:
        """Do what is due, for ever; ends by cancellation."""
        while True:
            self._wake.clear()
            pause = self._finish_due() if self.auto else None
            try:
                async with asyncio.timeout(pause):
                    await self._wake.wait()
            except TimeoutError:
                continue

    def _finish_due(self) -> float | None:
        """Seconds until the next one; None when nothing waits."""
        now, later = time.time(), []
        for key in self.keys():
            due = float((self._world.store.get(self.kind, key) or {"due": now})["due"])
            if due > now:
                later.append(due - now)
            else:
                self.finish(key)
        return min(later, default=None)
