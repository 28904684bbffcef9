"""Telegram's limits, kept exactly: at most `rate` calls in any trailing period; what a person waits for goes before the rest."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass

GUARD = 1.004
"""A window is so much longer than its period: calls bunch up on their way, and the receiver's count should be right too."""


MINUTE = 60.0
"""Seconds in which a group takes so many messages."""

Moment = list[float]
"""When a call has left; a list, for it is put right when it really does."""


class Place:
    """Where somebody stands in a line. `unasked`: behind everybody whom a person waits for. `gone`: not wanted any more."""

    def __init__(self, *, unasked: bool = False) -> None:
        self.unasked, self.gone = unasked, False
        self._window: Window | None = None
        self._called: asyncio.Future[Moment | None] | None = None

    def stand(self, window: Window) -> asyncio.Future[Moment | None]:
        """Wait at this window: the future ends with the moment of the call, or with None when the place is left."""
        self._window, self._called = window, asyncio.get_running_loop().create_future()
        return self._called

    def hurry(self) -> None:
        """A person waits for what comes behind it: from now on this place is among theirs, as the last."""
        if self.unasked:
            self.unasked = False
            if self._window and self._called and not self._called.done():
                self._window.join(self._called, unasked=False)

    def leave(self) -> None:
        """What was to be said is out of date."""
        self.gone = True
        if self._called and not self._called.done():
            self._called.set_result(None)


class Window:
    """The k-th call waits until a period after the (k-rate)-th. Two lines, first come, first served in each; O(1).

    The line of the unasked gets what the other leaves. Nothing is promised to anybody before its moment has come, so that whoever
    comes later but is waited for need not wait for those who came earlier and are not. And the unasked never go in a burst, which would
    shut the window for its whole period: they keep a distance to whatever went last, so that an opening is never far.
    """

    def __init__(self, rate: int, period: float = 1.0) -> None:
        self._period = period * GUARD
        self._past: deque[Moment] = deque(([float("-inf")] for _ in range(rate)), maxlen=rate)
        self._asked: deque[asyncio.Future[Moment | None]] = deque()
        self._unasked: deque[asyncio.Future[Moment | None]] = deque()
        self._alarm: asyncio.TimerHandle | None = None
        self._distance = self._period / rate
        self._due = float("-inf")  # of the next of the unasked

    async def turn(self, place: Place | None = None) -> bool:
        """Returns when this call may go. False: the place has been left, and nothing is to be sent."""
        place = place or Place()
        if place.gone:
            return False
        now = asyncio.get_running_loop().time
        called = place.stand(self)
        self.join(called, unasked=place.unasked)
        moment = await called
        if moment is not None:
            moment[0] = now()  # the loop may have been busy since: what counts is when the call leaves
        return moment is not None

    def join(self, called: asyncio.Future[Moment | None], *, unasked: bool) -> None:
        """At the end of a line. Who stands in both is served once."""
        (self._unasked if unasked else self._asked).append(called)
        self._serve(asyncio.get_running_loop().time())

    @property
    def idle(self) -> bool:
        """Nothing was sent for a whole period: the window may be forgotten."""
        return self._alarm is None and self._past[-1][0] + self._period < asyncio.get_running_loop().time()

    def _serve(self, now: float) -> None:
        for line in (self._asked, self._unasked):
            while line:
                if line[0].done():
                    line.popleft()
                elif (at := self._opens(unasked=line is self._unasked)) <= now:
                    self._past.append([now])
                    line.popleft().set_result(self._past[-1])
                    self._due = max(self._due + self._distance, now)  # a delay of one distance is made up for
                else:
                    self._wake(at)
                    return

    def _opens(self, *, unasked: bool) -> float:
        """When the next of a line may go."""
        free = self._past[0][0] + self._period
        return max(free, self._due) if unasked else free

    def _wake(self, at: float) -> None:
        """At that moment, or earlier if the alarm is set already; then it is looked again."""
        if self._alarm is None or self._alarm.when() > at:
            if self._alarm is not None:
                self._alarm.cancel()
            self._alarm = asyncio.get_running_loop().call_at(at, self._ring, at)

    def _ring(self, at: float) -> None:
        self._alarm = None
        self._serve(max(at, asyncio.get_running_loop().time()))


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
    """The windows of the whole bot and of each busy chat. In the bot's own the unasked stand behind; a chat's order is the sender's."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._overall = Window(pace.overall)
        self._chats: dict[int, Window | Bucket] = {}

    async def turn(self, chat: int, place: Place | None = None) -> bool:
        """Wait until a message to this chat may go. Groups have negative ids. False: the place has been left."""
        window = self._chats.get(chat)
        if window is None:
            self._forget()
            window = self._chats[chat] = self._window(chat)
        await window.turn()
        return await self._overall.turn(place)

    def _window(self, chat: int) -> Window | Bucket:
        pace = self._pace
        return Window(pace.group, MINUTE) if chat < 0 else Bucket(pace.chat, pace.burst)

    def _forget(self) -> None:
        if len(self._chats) > 1000:
            self._chats = {chat: window for chat, window in self._chats.items() if not window.idle}
