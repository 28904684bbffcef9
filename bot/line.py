"""The line to Telegram, as screens and parcels share it: calls in their turn, chats that have to wait, news for a person's lane."""

from __future__ import annotations

import time
from typing import Any

from bot.delivery import Hub, pause_after
from bot.pace import Pacer, Place
from bot.telegram import Answer, TelegramApi, Upload, Verdict

HEARING = ("tg:", "desk:")
"""Lanes that want to know what became of what they sent: persons, and topics of the staff groups."""
STAFF = "staff"
"""The lane of what concerns the staff groups as a whole."""


class Line:
    """`hub` takes the marks. A parked chat is told nothing until its time has come."""

    def __init__(self, api: TelegramApi, hub: Hub, pacer: Pacer) -> None:
        self.hub = hub
        self._api, self._pacer = api, pacer
        self._parked: dict[int, float] = {}

    async def call(self, method: str, chat: int, payload: dict[str, Any]) -> Answer:
        """A call that says nothing new: at once."""
        return await self._api.call(method, {"chat_id": chat, **payload})

    async def send(
        self,
        method: str,
        chat: int,
        payload: dict[str, Any],
        upload: Upload | None = None,
        place: Place | None = None,
    ) -> Answer:
        """A call that is seen in the chat: when it is this chat's turn, and that of its place in the line."""
        if not await self._pacer.turn(chat, place):
            return Answer(Verdict.LEFT)
        return await self._api.call(method, {"chat_id": chat, **payload}, upload)

    def waits(self, chat: int) -> float:
        """Until when this chat is parked; 0.0 if it is not."""
        until = self._parked.get(chat, 0.0)
        return until if until > time.time() else 0.0

    def park(self, chat: int, seconds: float) -> float:
        """Until when this chat is parked from now on."""
        until = self._parked[chat] = time.time() + seconds
        if len(self._parked) > 1000:
            self._parked = {chat: t for chat, t in self._parked.items() if t > time.time()}
        return until

    async def report(self, lane: str, event_id: str, facts: dict[str, Any]) -> None:
        """What became of something, to the person or the topic it was for; other lanes are not interested."""
        if lane.startswith(HEARING):
            await self.hub.report("sender", event_id, lane, facts)

    async def moved(self, old: int, new: int) -> float:
        """A group has got another id: whoever knows the old one hears of it. Returns until when the old chat is parked."""
        await self.hub.report("sender", f"moved:{old}:{new}", STAFF, {"type": "group.moved", "old": old, "new": new})
        return self.park(old, pause_after(0))
