"""To Telegram: one call per chat at a time: notices in order, then the newest screen, then files, which take their time.

A chat that waits holds nobody else. How a screen is shown is `bot.screens`, how a message is sent `bot.parcels`; both say what an
answer of Telegram's leads to.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

import structlog

from bot.delivery import Hub
from bot.line import Line
from bot.pace import Pacer, Place
from bot.parcels import Documents, Parcels
from bot.screens import Screens
from bot.telegram import TelegramApi
from services.clock import Clock
from services.db.pipe import CARD, Marks, ParcelRow, Parked, ScreenRow

log = structlog.get_logger("sender")


@dataclass(slots=True)
class _Chat:
    """What one chat still has to be told."""

    parcels: deque[tuple[ParcelRow, dict[str, Any]]] = field(default_factory=deque)
    ids: set[int] = field(default_factory=set)
    screens: dict[str, tuple[ScreenRow, dict[str, Any]]] = field(default_factory=dict)  # the screen, and cards
    doing: dict[str, int] = field(default_factory=dict)  # the versions shown last
    showing: str = ""  # the lane of the screen that is being shown, and its place in the line
    place: Place = field(default_factory=Place)

    def hurry(self, lane: str = "") -> None:
        """Something more is to be told. What is being shown unasked is out of date if that is its newer version, or must not hold it."""
        self.place.leave() if lane and lane == self.showing else self.place.hurry()


class Sender:
    """`give_*` queue; a task per busy chat works. `aclose` lets calls in flight end."""

    def __init__(self, api: TelegramApi, hub: Hub, pacer: Pacer, documents: Documents, clock: Clock) -> None:
        self._line = Line(api, hub, pacer)
        self._screens, self._parcels = Screens(self._line, clock), Parcels(self._line, documents)
        self._chats: dict[int, _Chat] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._files: set[int] = set()  # parcels with a file, from the fetching to the mark
        self._closing = False

    @property
    def busy(self) -> int:
        """Chats that are being told something, and files on their way to one."""
        return len(self._chats) + len(self._files)

    def give_parcel(self, row: ParcelRow, body: dict[str, Any]) -> None:
        """Queue a message, after its file has been fetched if it has one; what is in hand already is ignored."""
        if "document" not in body:
            self._queue(row, body)
        elif not self._closing and row.id not in self._files:
            self._files.add(row.id)
            self._spawn(self._fetch(row, body))

    def give_screen(self, row: ScreenRow, body: dict[str, Any]) -> None:
        """Queue a screen or a card; it takes the place of an older one that has not left."""
        chat = self._open(row.chat_id, "screen", row.lane)
        waiting = chat.screens.get(row.lane) if chat else None
        if chat and row.version > max(chat.doing.get(row.lane, 0), waiting[0].version if waiting else 0):
            chat.screens[row.lane] = (row, body)
            chat.hurry(row.lane)

    def give_abandoned(self, row: ScreenRow, body: dict[str, Any]) -> None:
        """A screen to be shown at most once, found under way after a crash."""
        self._spawn(self._screens.abandoned(row, body))

    async def aclose(self) -> None:
        """No new chats; what is in flight ends, and what nobody waits for is left to the next process."""
        self._closing = True
        for chat in self._chats.values():
            if chat.place.unasked:
                chat.place.leave()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _queue(self, row: ParcelRow, body: dict[str, Any]) -> bool:
        """False when the chat is parked: the parcel comes back from the table."""
        chat = self._open(row.chat_id, "outbox", row.id)
        if chat and row.id not in chat.ids:
            chat.ids.add(row.id)
            chat.parcels.append((row, body))
            chat.hurry()
        return chat is not None

    async def _fetch(self, row: ParcelRow, body: dict[str, Any]) -> None:
        """Bring the file of a parcel, then queue it. This goes on beside the chat: a slow core holds no screen."""
        queued = False
        try:
            with_file = await self._parcels.fetch(row, body)
            queued = with_file is not None and self._queue(row, with_file)
        finally:
            if not queued:
                self._files.discard(row.id)

    def _open(self, number: int, what: str, key: str | int) -> _Chat | None:
        """The chat, if it may be told something now. One that is parked has its rows parked too, so that a restart changes nothing."""
        if self._closing:
            return None
        if until := self._line.waits(number):
            self._line.hub.mark(Marks(parked=[Parked(what, key, until, None)]))
            return None
        if number not in self._chats:
            self._chats[number] = _Chat()
            self._spawn(self._talk(number, self._chats[number]))
        return self._chats[number]

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _talk(self, number: int, chat: _Chat) -> None:
        try:
            await asyncio.sleep(0)  # the whole of a commit is handed over first
            while chat.parcels or chat.screens:
                if chat.parcels and not (chat.screens and "document" in chat.parcels[0][1]):
                    go_on = await self._parcels.send(*chat.parcels[0])
                    done, _ = chat.parcels.popleft()
                    chat.ids.discard(done.id)
                    self._files.discard(done.id)
                else:
                    go_on = await self._show(chat)
                if not go_on or self._closing:
                    return
        except Exception as bug:
            log.exception("sender_failed", error=type(bug).__name__)
            self._line.park(number, 5.0)
        finally:
            self._files.difference_update(chat.ids)
            del self._chats[number]

    async def _show(self, chat: _Chat) -> bool:
        """Cards first: the screen stands below them."""
        row, body = chat.screens.pop(min(chat.screens, key=lambda lane: not lane.startswith(CARD)))
        chat.doing[row.lane] = row.version
        chat.showing, chat.place = row.lane, Place(unasked="unasked" in body or "mending" in body)
        go_on = await self._screens.show(row, body, chat.place)
        if chat.place.gone and row.lane not in chat.screens:
            self._screens.put_back(row)
        return go_on
