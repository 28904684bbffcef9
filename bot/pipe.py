"""How one event becomes a unit, and units become rows: shared by the batch (`bot.lanes`) and by the careful replay."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from services.clock import Clock
from services.db.pipe import Event, LaneRow, Ledger, Store
from services.db.unit import Unit
from services.vault import Vault

STEP_SECONDS = 5.0
Handle = Callable[[Unit], Awaitable[None]]


class StepTimeout(Exception):
    """A step took longer than STEP_SECONDS. An own class: TimeoutError is an OSError, which would be called the database's fault."""


class Pipe:
    """How a unit is opened, run and turned into rows: shared by the batch and by the careful replay."""

    def __init__(self, store: Store, vault: Vault, clock: Clock, handle: Handle) -> None:
        self.store, self.vault, self.clock, self._handle = store, vault, clock, handle

    def state(self, lane: str, row: LaneRow) -> bytes | None:
        """The dialog's state of a locked lane."""
        return None if row.state is None else self.vault.open("lane.state", lane, row.state)

    def open_event(self, event: Event, sealed: bytes) -> Event:
        """A stored event with its body."""
        event.body = self.vault.open("inbox.body", f"{event.source}:{event.event_id}", sealed)
        return event

    def seal_event(self, event: Event) -> tuple[Event, bytes]:
        """An event to be stored."""
        return event, self.vault.seal("inbox.body", f"{event.source}:{event.event_id}", event.body)

    async def run(self, unit: Unit) -> None:
        """The step itself. Raises what the handler raises, or StepTimeout."""
        try:
            async with asyncio.timeout(STEP_SECONDS):
                await self._handle(unit)
        except TimeoutError as late:
            raise StepTimeout(unit.event.key) from late

    def ledger(self, units: list[Unit]) -> Ledger:
        """Everything these units leave behind, sealed. Of several screens of one lane the newest is shown."""
        ledger = Ledger()
        for unit in units:
            lane = unit.event.lane
            ledger.done.append(unit.event)
            if unit.state is not None:
                ledger.states[lane] = self.vault.seal("lane.state", lane, unit.state)
            if unit.screen is not None:
                earlier = ledger.screens.get(lane)
                anew = unit.screen.anew or (earlier is not None and earlier[2])
                ledger.screens[lane] = (chat_of(lane), self.vault.seal("screen.body", lane, unit.screen.dump()), anew)
            for key, card in unit.cards.items():
                ledger.screens[key] = (
                    card.chat or chat_of(lane),
                    self.vault.seal("screen.body", key, card.dump()),
                    False,
                )
            for parcel in unit.parcels:
                ledger.parcels.append((parcel, self.vault.seal("outbox.body", parcel.dedup, parcel.dump())))
            ledger.waiting += [self.seal_event(event) for event in unit.events]
        return ledger


def chat_of(lane: str) -> int:
    """The private chat of a person's lane (`tg:<user id>`: chat and user are the same number); 0 for other lanes."""
    return int(lane[3:]) if lane.startswith("tg:") else 0
