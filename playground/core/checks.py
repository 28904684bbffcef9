"""The check of an application's data, which passes by itself a few seconds after submission unless the desk has switched that off.

The seconds are the machine's: a person who jumps a day ahead waits as long as anybody. What waits is in the store.
"""

from __future__ import annotations

import asyncio
import time

from playground.core.applications import Application, Check, Outcome, State
from playground.core.register import Register
from playground.core.underwriting import Underwriting

KIND = "core.check"


class Checks:
    """`pause`: seconds between an application and its outcome."""

    pause = 4.0

    def __init__(self, register: Register, underwriting: Underwriting) -> None:
        self._register, self._underwriting = register, underwriting
        self._store = register.world.store
        self._wake = asyncio.Event()

    @property
    def auto(self) -> bool:
        """Whether checks pass by themselves."""
        known = self._store.get(KIND, "auto")
        return known is None or bool(known["on"])

    def switch(self, *, on: bool) -> None:
        """From now on checks pass by themselves, or wait for the desk."""
        self._store.put(KIND, "auto", {"on": on})
        self._register.world.live.publish("desk", resource=KIND, id="auto")
        self._wake.set()

    def begin(self, application: Application) -> None:
        """New data have come; their time counts from now."""
        self._store.put(KIND, application.number, {"due": time.time() + self.pause})
        self._wake.set()

    def waiting(self) -> list[Application]:
        """What is to be checked, oldest first."""
        return [it for it in self._register.applications.all() if it.status is State.CHECKING]

    async def run(self) -> None:
        """Pass what is due, for ever; ends by cancellation."""
        while True:
            self._wake.clear()
            pause = self._pass_due() if self.auto else None
            try:
                async with asyncio.timeout(pause):
                    await self._wake.wait()
            except TimeoutError:
                continue

    def _pass_due(self) -> float | None:
        """Seconds until the next one; None when nothing waits."""
        now, later = time.time(), []
        for application in self.waiting():
            due = float((self._store.get(KIND, application.number) or {"due": now})["due"])
            if due > now:
                later.append(due - now)
            else:
                self._underwriting.decide(application.number, Check(outcome=Outcome.PASSED))
        return min(later, default=None)
