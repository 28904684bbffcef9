"""Calls of an agent: when, where, and to whose home (I1, I2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from services.db.unit import Unit
from services.errors import WindowGone
from services.model import Actor
from services.requests import Kind, Request, Requests
from services.requests.windows import Window, Windows

FAR = 150.0
"""Kilometres from the office: beyond them is another region."""


class Agents:
    """`cities` are those whose agents come home, there and in the region around; elsewhere they call back."""

    def __init__(self, requests: Requests, windows: Windows, cities: Iterable[str]) -> None:
        self._requests, self._windows = requests, windows
        self.cities = tuple(cities)

    def come_home(self, city: str, kilometres: float = 0.0) -> bool:
        """Is an agent of this office sent so far?"""
        return city in self.cities and kilometres <= FAR

    def days(self, now: datetime) -> dict[date, list[Window]]:
        """When one has time."""
        return self._windows.days(now)

    async def call(self, unit: Unit, actor: Actor, draft: str, window: Window, entered: dict[str, Any]) -> Request:
        """Keep a call. Raises WindowGone, TooManyRequests."""
        self._check(unit, window)
        return await self._requests.file(
            unit, actor, Kind.AGENT, draft, {**entered, **_wire(window)}, due=window.starts
        )

    async def move(self, unit: Unit, actor: Actor, call_id: int, window: Window) -> bool:
        """Another time. False: the agent has called already, or the call is over. Raises NotFound, WindowGone."""
        before = await self._requests.one(unit, actor, call_id)
        self._check(unit, window)
        return await self._requests.move(unit, actor, before, before.entered | _wire(window), window.starts)

    def _check(self, unit: Unit, window: Window) -> None:
        if not self._windows.open(unit.now, window):
            raise WindowGone


def window_of(call: Request) -> Window:
    """The time that was chosen."""
    return Window(date.fromisoformat(call.entered["day"]), int(call.entered["hour"]))


def _wire(window: Window) -> dict[str, Any]:
    return {"day": window.day.isoformat(), "hour": window.hour}
