"""What flows through the pipe, and what a database must do for it.

    inbox ─▶ lane ─▶ step ─▶ (state, screen, outbox, follow-up events) ─▶ one commit

The two stores (`sqlite`, `postgres`) speak the driver's language; everything above them sees only these values.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, NamedTuple, Protocol

from services.db.statement import Connection

CARD = "card:"
"""A row of `screen` whose key begins so is no lane's screen but a card: `card:<name>@<lane>`."""


class Sent(IntEnum):
    """States of an outbox row."""

    NEW = 0
    SENT = 1
    DEAD = 2
    STOPPED = 3  # the person blocked the bot, or the message has expired: nothing to retry
    SENDING = 4  # at-most-once only: committed before the call
    UNKNOWN = 5  # at-most-once only: the call's outcome was never seen


@dataclass(slots=True)
class Event:
    """Something happened to the cabinet. `(source, event_id)` makes it unique; `lane` orders it.

    `body` is the event as bytes (Telegram's update as it came, JSON of our own otherwise). `due_at` is cabinet time (timers),
    `retry_at` machine time (back-off). `late` is set when the outer party no longer waits for the answer, `noticed` when a step has
    words for that answer.
    """

    source: str
    event_id: str
    lane: str
    body: bytes
    due_at: float = 0.0
    retry_at: float = 0.0
    seq: int = 0
    attempts: int = 0
    late: bool = False
    noticed: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return self.source, self.event_id


@dataclass(slots=True)
class Parcel:
    """Something that leaves, exactly one row for each `dedup`.

    `body` is JSON the channel understands. `at_most_once`: never repeated when the outcome is unknown.
    `lives` is for how many seconds it makes sense to send it (None: always).
    """

    dedup: str
    channel: str
    body: dict[str, Any]
    chat_id: int = 0
    lane: str = ""
    at_most_once: bool = False
    lives: float | None = None
    delay: float = 0.0

    def dump(self) -> bytes:
        """What is stored, before it is sealed."""
        return json.dumps(self.body, ensure_ascii=False).encode()


@dataclass(slots=True)
class ScreenBody:
    """The one screen of a chat, or a card: JSON of `sendMessage` without its `chat_id`, and whether it must stand at the bottom.

    Three keys of the JSON are the sender's: `keyboard`, a message with the contact button; `unasked` for a screen nobody has asked for,
    see `Dialog.unasked`; `mending` for one that is edited in place or not shown, see `Turn.mend`. `chat` is where a card stands; 0 for the
    lane's own chat.
    """

    body: dict[str, Any]
    anew: bool = False
    chat: int = 0

    def dump(self) -> bytes:
        """What is stored, before it is sealed."""
        return json.dumps(self.body, ensure_ascii=False).encode()


class LaneRow(NamedTuple):
    """What is known of a lane the moment it is locked. `message_id` is that of its screen, if the mark is stored already; `waits` the
    version of that screen while nobody knows that it stands, else 0.
    """

    state: bytes | None
    message_id: int | None
    waits: int


class ScreenRow(NamedTuple):
    """A screen to show. `anew` > `shown` means: send it at the bottom and take the old one away."""

    lane: str
    chat_id: int
    body: bytes
    version: int
    shown: int
    anew: int
    message_id: int | None
    keyboard_id: int | None


class ParcelRow(NamedTuple):
    """An outbox row that is due."""

    id: int
    dedup: str
    channel: str
    lane: str
    chat_id: int
    body: bytes
    at_most_once: bool
    expires_at: float | None
    attempts: int


class Shown(NamedTuple):
    """The sender's mark: this version stands in the chat under this message id."""

    lane: str
    version: int
    message_id: int | None
    keyboard_id: int | None


class Sending(NamedTuple):
    """The sender's mark: this version is about to be sent, at most once; it is not read as due any more."""

    lane: str
    version: int


class Settled(NamedTuple):
    """The sender's mark: what became of an outbox row. A dead row keeps its body, so that it can be sent again."""

    id: int
    state: int
    error: str | None


class Parked(NamedTuple):
    """The sender's mark: not now. `what` is `screen` or `outbox`, `until` is machine time."""

    what: str
    key: str | int
    until: float
    error: str | None


@dataclass(slots=True)
class Marks:
    """A bundle of the sender's marks, stored together."""

    shown: list[Shown] = field(default_factory=list)
    sending: list[Sending] = field(default_factory=list)
    settled: list[Settled] = field(default_factory=list)
    parked: list[Parked] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.shown or self.sending or self.settled or self.parked)

    def add(self, other: Marks) -> None:
        """Take the other bundle in; of two marks of one screen the newer version stays."""
        newest = {mark.lane: mark for mark in self.shown}
        for mark in other.shown:
            if mark.lane not in newest or newest[mark.lane].version <= mark.version:
                newest[mark.lane] = mark
        self.shown = list(newest.values())
        self.sending += other.sending
        self.settled += other.settled
        self.parked += other.parked


@dataclass(slots=True)
class Ledger:
    """Everything a batch leaves behind, sealed and ready to be written in one go."""

    states: dict[str, bytes] = field(default_factory=dict)
    done: list[Event] = field(default_factory=list)  # born done, or done now (seq > 0)
    waiting: list[tuple[Event, bytes]] = field(default_factory=list)  # to be stored, with the sealed body
    screens: dict[str, tuple[int, bytes, bool]] = field(default_factory=dict)  # lane: chat, sealed body, anew
    parcels: list[tuple[Parcel, bytes]] = field(default_factory=list)


class Written(NamedTuple):
    """What the database answered to a ledger: screens and parcels to hand to the sender, how many events were new."""

    screens: dict[str, ScreenRow]
    parcels: dict[str, int]  # dedup: id of a row that is new


class Tx(Connection, Protocol):
    """One transaction. Statements of the services run on it too, so state, effects and messages commit together."""

    async def claim(self, now: float, clock: float, limit: int) -> dict[str, LaneRow]:
        """Lock up to `limit` lanes that have something due. `now` is machine time, `clock` cabinet time."""
        ...

    async def lock(self, lanes: Sequence[str]) -> dict[str, LaneRow]:
        """Lock these lanes; those held elsewhere are left out."""
        ...

    async def known(self, events: Sequence[Event]) -> set[tuple[str, str]]:
        """Which of these are stored already. To be asked after the lock."""
        ...

    async def pending(self, lanes: Sequence[str], clock: float) -> list[tuple[Event, bytes]]:
        """What waits in held lanes, oldest first, with sealed bodies: all that is due, and what is being retried."""
        ...

    async def write(self, ledger: Ledger, now: float) -> Written:
        """Write what a batch leaves behind."""
        ...

    async def mark(self, marks: Marks) -> None:
        """Store the sender's marks."""
        ...

    async def attempt(self, event: Event, retry_at: float, state: int, error: str | None, count: int) -> None:
        """Count an attempt, or bury the event (`state` 2)."""
        ...

    async def dirty(self, now: float, limit: int) -> tuple[list[ScreenRow], list[ParcelRow]]:
        """Screens and parcels that are due to leave."""
        ...


class Occupied(Exception):
    """Another process works on this database."""


class Store(Protocol):
    """A database as the pipe sees it."""

    @property
    def single(self) -> bool:
        """One process owns the database: marks may ride in the next batch, the sender needs no election."""
        ...

    @property
    def transient(self) -> tuple[type[Exception], ...]:
        """Errors that are nobody's fault: the batch is tried again, no attempt is counted."""
        ...

    def tx(self) -> AbstractAsyncContextManager[Tx]:
        """Begin; commit at the end of the block, roll back if it raises."""
        ...

    async def open(self) -> None: ...

    async def close(self) -> None: ...


@asynccontextmanager
async def opened(store: Store) -> AsyncIterator[Store]:
    """The store for the length of a block."""
    await store.open()
    try:
        yield store
    finally:
        await store.close()
