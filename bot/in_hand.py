"""Parcels in hand: each is carried by a task of its own, once at a time, and what goes wrong with one is no other's trouble."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from services.db.pipe import ParcelRow

log = structlog.get_logger("in_hand")

Carry = Callable[[ParcelRow, dict[str, Any]], Awaitable[None]]
"""Does all there is to do about a parcel, its mark included."""
Later = Callable[[ParcelRow, str], None]
"""Puts it off; the words say why."""


class InHand:
    """`carry` is to settle a parcel or to put it off itself; should it fail, `later` is called instead."""

    def __init__(self, carry: Carry, later: Later) -> None:
        self._carry, self._later = carry, later
        self._rows: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False

    def __len__(self) -> int:
        return len(self._rows)

    def take(self, row: ParcelRow, body: dict[str, Any]) -> None:
        """Begin; one in hand already is ignored, and everything that comes after `aclose`."""
        if self._closing or row.id in self._rows:
            return
        self._rows.add(row.id)
        task = asyncio.get_running_loop().create_task(self._deliver(row, body))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def aclose(self, grace: float | None = None) -> None:
        """What is in flight ends; with `grace`, only what ends within so many seconds: the rest goes again at the next start."""
        self._closing = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _deliver(self, row: ParcelRow, body: dict[str, Any]) -> None:
        try:
            await self._carry(row, body)
        except Exception as bug:
            log.exception("parcel_failed", parcel=row.id, channel=row.channel, error=type(bug).__name__)
            self._later(row, type(bug).__name__)
        finally:
            self._rows.discard(row.id)
