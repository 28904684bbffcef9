"""The time that bot and playground live in: the machine's clock plus an offset a person may move."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """Cabinet time; `offset` is in seconds. Deadlines are kept by it, pace limits by the monotonic clock."""

    def __init__(self, offset: float = 0.0) -> None:
        self.offset = offset
        self._listeners: list[Callable[[], None]] = []

    def time(self) -> float:
        """Seconds since the epoch, as this world sees them."""
        return time.time() + self.offset

    def now(self) -> datetime:
        """The same moment as an aware UTC datetime."""
        return datetime.fromtimestamp(self.time(), UTC)

    def advance(self, by: timedelta) -> None:
        """Jump; everybody who subscribed is told after the jump."""
        self._move(self.offset + by.total_seconds())

    def set(self, moment: datetime) -> None:
        """Jump to an aware moment, forward or back."""
        self._move(moment.timestamp() - time.time())

    def reset(self) -> None:
        """Back to the machine's own time."""
        self._move(0.0)

    def subscribe(self, listener: Callable[[], None]) -> None:
        """`listener` is called after every jump, in the event loop's thread."""
        self._listeners.append(listener)

    def _move(self, offset: float) -> None:
        self.offset = offset
        for listener in self._listeners:
            listener()
