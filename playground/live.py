"""What changed just now, for the open chat pages: a tiny publish/subscribe without memory."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Live:
    """Every subscriber gets every change as a small object, e.g. `{"kind": "chat", "user": 7}`; content is re-read."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[dict[str, Any]]] = set()

    def publish(self, kind: str, **what: Any) -> None:
        """Tell all open pages. Never blocks: a page that does not read loses the oldest changes."""
        for queue in self._queues:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait({"kind": kind, **what})

    @contextmanager
    def subscribe(self) -> Iterator[asyncio.Queue[dict[str, Any]]]:
        """A queue of changes for as long as the block runs."""
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue(maxsize=1000)
        self._queues.add(queue)
        try:
            yield queue
        finally:
            self._queues.discard(queue)
