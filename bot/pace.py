"""Telegram's limits, kept exactly: at most `rate` calls in any trailing period."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass

GUARD = 1.05
"""Calls bunch up on their way: a window five per cent longer than the period keeps the receiver's count right too."""


MINUTE = 60.0
"""Seconds in which a group takes so many messages."""


class Window:
    """The k-th call waits until a period after the (k-rate)-th. First come, first served; O(1)."""

    def __init__(self, rate: int, period: float = 1.0) -> None:
        self._period = period * GUARD
        self._past = deque([float("-inf")] * rate, maxlen=rate)

    async def turn(self) -> None:
        """Returns when this call may go. The place is taken first, then waited for: no lock is needed."""
        now = asyncio.get_running_loop().time()
        at = max(now, self._past[0] + self._period)
        self._past.append(at)
        if at > now:
            await asyncio.sleep(at - now)

    @property
    def idle(self) -> bool:
        """Nothing was sent for a whole period: the window may be forgotten."""
        return self._past[-1] + self._period < asyncio.get_running_loop().time()


class Bucket:
    """`rate` a second in the long run, `burst` at once: whoever taps quickly is answered quickly."""

    def __init__(self, rate: float, burst: int) -> None:
        self._gap, self._slack = 1.0 / rate, (burst - 1) / rate
        self._due = float("-inf")

    async def turn(self) -> None:
        """Returns when this call may go; first come, first served."""
        now = asyncio.get_running_loop().time()
        at = max(now, self._due - self._slack)
        self._due = max(self._due, now) + self._gap
        if at > now:
            await asyncio.sleep(at - now)

    @property
    def idle(self) -> bool:
        """The bucket is full again: it may be forgotten."""
        return self._due < asyncio.get_running_loop().time()


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the bot may talk: `overall` a second, `chat` a second with a burst, `group` a minute."""

    overall: int = 30
    chat: float = 1.0
    burst: int = 5
    group: int = 18


class Pacer:
    """The windows of the whole bot and of each busy chat."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._overall = Window(pace.overall)
        self._chats: dict[int, Window | Bucket] = {}

    async def turn(self, chat: int) -> None:
        """Wait until a message to this chat may go. Groups have negative ids."""
        window = self._chats.get(chat)
        if window is None:
            self._forget()
            window = self._chats[chat] = self._window(chat)
        await window.turn()
        await self._overall.turn()

    def _window(self, chat: int) -> Window | Bucket:
        pace = self._pace
        return Window(pace.group, MINUTE) if chat < 0 else Bucket(pace.chat, pace.burst)

    def _forget(self) -> None:
        if len(self._chats) > 1000:
            self._chats = {chat: window for chat, window in self._chats.items() if not window.idle}
