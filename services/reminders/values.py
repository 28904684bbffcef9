"""The words of reminders as values: kinds and their steps, causes, what was said, what a client wants (H1–H5).

A cause is why somebody is spoken to: derived from data each time, never stored as truth. A series is all steps of one cause.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What a reminder is about. `OFFER` alone is advertising (38-ФЗ art. 18): the others say what the contract or the law ask for."""

    RENEWAL = "renewal"
    APPLICATION = "application"
    INSTALMENT = "instalment"
    GRACE = "grace"
    DEDUCTIBLE = "deductible"
    CLAIM = "claim"
    DOCUMENTS = "documents"
    CARD = "card"
    LICENCE = "licence"
    PLATE = "plate"
    RULES = "rules"
    NOTE = "note"
    OFFER = "offer"


INSPECTION = "inspection"
"""The word of the appointment to show the car of a claim: the others are keys of deadlines."""

STEPS: Mapping[Kind, tuple[int, ...]] = {
    Kind.RENEWAL: (60, 30, 14, 7, 4, 1, 0),
    Kind.APPLICATION: (6, 1),
    Kind.INSTALMENT: (7, 3, 1, -1),
    Kind.GRACE: (1, 0, -1),
    Kind.DEDUCTIBLE: (7, 3, 1, -1),
    Kind.CLAIM: (3, 1),
    Kind.DOCUMENTS: (3, 1),
    Kind.CARD: (30, 7, 1),
    Kind.LICENCE: (30, 7, 1),
    Kind.PLATE: (0,),
    Kind.RULES: (0,),
    Kind.NOTE: (0,),
    Kind.OFFER: (-3, -30),
}
"""How many days before the day of the cause something is said, the earliest first; below 0: after it. Of `APPLICATION`: hours.

The day of `GRACE` is the last of the days of grace of an instalment: it goes on where `INSTALMENT` has said that the day is over.
"""

URGENT: Mapping[Kind, int] = {
    Kind.RENEWAL: 1,
    Kind.APPLICATION: 6,
    Kind.INSTALMENT: 1,
    Kind.GRACE: 1,
    Kind.DEDUCTIBLE: 1,
    Kind.CLAIM: 1,
    Kind.DOCUMENTS: 1,
}
"""From this step on it cannot wait for tomorrow; kinds that are not here always can."""

LASTS: Mapping[Kind, int] = {
    Kind.INSTALMENT: 5,
    Kind.GRACE: 7,
    Kind.DEDUCTIBLE: 5,
    Kind.PLATE: 14,
    Kind.RULES: 14,
    Kind.NOTE: 7,
    Kind.OFFER: 40,
}
"""How many days after its day a cause may still be told, after an outage or while the day was taken; the others: none."""

PART_OF: Mapping[Kind, Kind] = {Kind.GRACE: Kind.INSTALMENT}
"""Who has stopped or switched off the one has stopped the other: to people it is one thing."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a client is spoken to. `subject` is unique within the kind; `thing` is what it is about, the same for causes that supersede one
    another.

    `day` is a Moscow date; `until` the very moment of a limit, `at` that of an appointment, where there is one. Steps before `since` are
    not told. The rest is for whoever says it: our row numbers (0: none), the contract's number, the thing insured and its plate, roubles,
    the end of the days of grace, as of when the contract `ends` if it is not paid in them, and `words`: of an instalment why it is owed
    (`services.debts.Reason`), of a claim the key of the deadline, of documents their titles, of a licence its holder, of rules the edition,
    of a note its text.
    """

    kind: Kind
    subject: str
    day: date
    thing: str
    until: datetime | None = None
    at: datetime | None = None
    since: date | None = None
    policy: int = 0
    claim: int = 0
    application: int = 0
    note: int = 0
    product: str = ""
    number: str = ""
    object: str = ""
    plate: str = ""
    amount: Decimal | None = None
    grace: date | None = None
    ends: date | None = None
    words: str = ""

    @property
    def series(self) -> tuple[Kind, str]:
        return self.kind, self.subject

    @property
    def family(self) -> tuple[Kind, str]:
        """The series that it is a part of: what is stopped, and what a calendar has one entry for."""
        return PART_OF.get(self.kind, self.kind), self.subject

    @property
    def told_until(self) -> date:
        """The last day on which it may be told; of an instalment whose days of grace are over nothing is said as if they were not."""
        last = self.day + timedelta(days=LASTS.get(self.kind, 0))
        return min(last, self.grace) if self.grace else last


@dataclass(frozen=True, slots=True)
class Said:
    """One row of the journal. `moment` is when it was due, `said_at` when it was said."""

    kind: Kind
    subject: str
    thing: str
    day: date
    moment: datetime
    said_at: datetime
    urgent: bool

    @property
    def series(self) -> tuple[Kind, str]:
        return self.kind, self.subject


@dataclass(frozen=True, slots=True)
class Hush:
    """A series that rests `until` a moment; None: it has been stopped."""

    kind: Kind
    subject: str
    until: datetime | None
    since: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """A step to be said now. `key` names it in the journal, for ever."""

    cause: Cause
    step: int
    moment: datetime
    urgent: bool
    key: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """One row of the journal for whoever shows it. `moment` is when it was due. `stands`: its cause has not gone meanwhile; else `cause`
    has nothing but kind, subject and day.
    """

    id: int
    cause: Cause
    step: int
    urgent: bool
    said_at: datetime
    moment: datetime
    stands: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A reminder of the client's own. `subject`: `policy:<id>`, `claim:<id>` (our row numbers), or nothing."""

    id: int
    day: date
    text: str
    subject: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What a client wants. Nothing is said from `quiet_from` to `quiet_to` o'clock in `zone`; equal hours: there is no such time.

    `chosen`: the zone is the client's own word, not guessed by plates. `mail` and `sms` are for what is urgent when the chat is shut.
    """

    zone: str = "Europe/Moscow"
    chosen: bool = False
    quiet_from: int = 21
    quiet_to: int = 9
    off: frozenset[Kind] = frozenset()
    mail: bool = True
    sms: bool = True
