"""One value that every part of the playground shares: where it runs, its time, its memory, its tasks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playground.clock import Clock
from playground.faults import Faults
from playground.live import Live
from playground.store import Store


@dataclass(frozen=True, slots=True)
class Settings:
    """`port` is Telegram and the page; the core is `port + 1`, SMTP `port + 2`, the bot `port + 9` and `port + 10`."""

    port: int = 8080
    data: Path = Path(".data/play")
    seed: int = 1
    host: str = "127.0.0.1"


class Tasks:
    """Background work somebody holds: cancelled and awaited at the end, its errors are not swallowed."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()
        self.errors: list[BaseException] = []

    def spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Start `work` and keep it until it ends."""
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self.errors.append(error)
            asyncio.get_running_loop().call_exception_handler({"message": "playground task failed", "exception": error})

    async def close(self) -> None:
        """Cancel what still runs and wait for it."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)


@dataclass(slots=True)
class World:
    """The outside world on one machine.

    `on_reset` holds what each part does to become new again; `pending` holds what each part counts as under way
    towards the bot (an event posted but not yet taken): whoever waits for calm waits until all of it is zero.
    """

    settings: Settings
    store: Store
    clock: Clock = field(default_factory=Clock)
    live: Live = field(default_factory=Live)
    tasks: Tasks = field(default_factory=Tasks)
    faults: Faults = field(default_factory=Faults)
    on_reset: list[Callable[[], None]] = field(default_factory=list)
    pending: list[Callable[[], int]] = field(default_factory=list)

    def reset(self) -> None:
        """A fresh world with the same seed: memory is cleared, then every part seeds itself anew, in order."""
        self.store.clear()
        self.faults.clear()
        for renew in self.on_reset:
            renew()
