"""The step's unit of work: what a use case is handed. It reads and writes through it, and never commits."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.db.pipe import CARD, Event, Parcel, ScreenBody, Tx
from services.db.statement import Kind


@dataclass(slots=True)
class Unit:
    """One event being handled, inside the one transaction that also stores everything it leaves behind.

    `now` is the cabinet's time, fixed for the step, so that a step that runs twice sees the same moment. `state` is the dialog of the
    lane as JSON; `message_id` is where its screen stands, if known; `waits` is the version that is on its way to there, 0 when none is;
    `cards` are messages that stay and are edited in place.
    """

    tx: Tx
    event: Event
    now: datetime
    state: bytes | None = None
    message_id: int | None = None
    waits: int = 0
    screen: ScreenBody | None = None
    toast: str | None = None
    cards: dict[str, ScreenBody] = field(default_factory=dict)
    parcels: list[Parcel] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        return self.tx.kind

    async def fetch(self, sql: str, args: Sequence[Any]) -> Sequence[Sequence[Any]]:
        return await self.tx.fetch(sql, args)

    async def execute(self, sql: str, args: Sequence[Any]) -> int:
        return await self.tx.execute(sql, args)

    def send(self, parcel: Parcel) -> None:
        """Let something leave after the commit; a row of the same `dedup` is sent once only."""
        parcel.lane = parcel.lane or self.event.lane
        self.parcels.append(parcel)

    def pin(self, name: str, body: dict[str, Any], chat: int = 0) -> None:
        """Show a card: a message that stays and is edited in place (G12). `name` makes it one card of this lane.

        It stands in the lane's own chat, or in `chat`: the group of a topic.
        """
        self.cards[f"{CARD}{name}@{self.event.lane}"] = ScreenBody(body, chat=chat)

    def submit(self, lane: str, event_id: str, kind: str, due: datetime | None = None, **facts: Any) -> None:
        """Let another lane (or this one, later) handle something: stored in this very transaction, handled once.

        `event_id` is unique among the cabinet's own events; `due` makes it a timer.
        """
        body = json.dumps({"type": kind, **facts}, ensure_ascii=False).encode()
        self.events.append(Event("cabinet", event_id, lane, body, due_at=due.timestamp() if due else 0.0))
