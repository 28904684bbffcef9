"""The words of the domain as values: who asks, whom we know, what is insured. `docs/glossary.md` has the Russian for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Any


class Access(IntEnum):
    """How sure we are of who is in the chat (A4). Each level includes those below."""

    ANYONE = 0  # help, phone, human, language
    CONSENTED = 1  # may be identified: agreed to the processing of personal data
    BOUND = 2  # masked lists
    UNLOCKED = 3  # entered a code: not idle for a day, at most 30 days ago
    FRESH = 4  # entered a code at most 12 hours ago with no pause over half an hour: personal data in full


UNLOCK_LIFE, UNLOCK_IDLE = timedelta(days=30), timedelta(hours=24)
FRESH_LIFE, FRESH_IDLE = timedelta(hours=12), timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking: a Telegram account and, once bound, its client. Every use case takes one and filters by it."""

    account_id: int
    language: str
    epoch: int
    seen_at: datetime
    consented: bool
    binding_id: int | None = None
    client_id: str | None = None
    unlocked_at: datetime | None = None
    fresh_at: datetime | None = None
    active_at: datetime | None = None
    unreachable: bool = False

    def access(self, now: datetime) -> Access:
        """The level this actor has at this moment; see `Access`."""
        if not self.consented:
            return Access.ANYONE
        if self.client_id is None:
            return Access.CONSENTED
        if self.unlocked_at is None or now - self.unlocked_at > UNLOCK_LIFE:
            return Access.BOUND
        if self.fresh_at is None or now - self.fresh_at > FRESH_LIFE:
            return Access.UNLOCKED
        return Access.FRESH


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name. `middle` is the patronymic, empty for those who have none."""

    last: str
    first: str
    middle: str = ""

    @classmethod
    def of(cls, raw: dict[str, Any]) -> Name:
        """From the core's JSON."""
        return cls(raw["last"], raw["first"], raw.get("middle") or "")

    @classmethod
    def of_parts(cls, parts: str) -> Name:
        """The inverse of `full_parts`."""
        return cls(*parts.split("\n"))

    @property
    def full_parts(self) -> str:
        """One text to be sealed; names hold no line breaks."""
        return "\n".join(" ".join(part.split()) for part in (self.last, self.first, self.middle))

    @property
    def full(self) -> str:
        """`Иванов Иван Иванович`."""
        return " ".join(part for part in (self.last, self.first, self.middle) if part)


@dataclass(frozen=True, slots=True)
class Client:
    """A client of the insurer, opened for the one who may see it. `phone` and `email` are empty when not on file."""

    id: str
    name: Name
    birth: date
    phone: str
    phone_status: str
    email: str


class Standing(Enum):
    """What a policy is on a given Moscow date, in the order a list shows it (C1)."""

    ACTIVE = "active"
    UNPAID = "unpaid"
    FUTURE = "future"
    ENDED = "ended"
    TERMINATED = "terminated"


@dataclass(frozen=True, slots=True)
class Instalment:
    """An instalment of the premium, in roubles. `number` is its place in the schedule, from 1."""

    number: int
    due: date
    amount: Decimal
    paid: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """One risk of a policy: its insured sum and deductible in roubles, where it has them. `code` is the insurer's, maybe empty."""

    name: str
    limit: Decimal | None
    deductible: Decimal | None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Driver:
    """A person admitted to drive. `licence` is canonical (`9912345678`), `foreign`: of another country; `sex` may be unknown, empty.

    `until` is the last day of the licence, if the insurer has told it.
    """

    name: Name
    birth: date
    licence: str
    since: date
    sex: str = ""
    foreign: bool = False
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """What of a contract names nobody. Dates are Moscow dates, `ends` is the last day of cover.

    `part_paid`: the premium, or an instalment of it.
    """

    id: int
    product: str
    status: str
    starts: date
    ends: date
    part_paid: bool

    def standing(self, today: date) -> Standing:
        """What it is today. An unpaid contract does not protect, whatever its dates say, so it is said first."""
        if self.status == "terminated":
            return Standing.TERMINATED
        if today > self.ends or self.status == "expired":
            return Standing.ENDED
        if not self.part_paid:
            return Standing.UNPAID
        return Standing.FUTURE if today < self.starts else Standing.ACTIVE

    def days_left(self, today: date) -> int:
        """Full days of cover after today; 0 on the last day."""
        return (self.ends - today).days


@dataclass(frozen=True, slots=True)
class PolicyLine(Term):
    """What a list shows of a contract.

    `object_kind` is `vehicle`, `property`, `person` or `trip`: the object of a life insurance is somebody's name.
    """

    number: str
    object: str
    object_kind: str
    plate: str


@dataclass(frozen=True, slots=True)
class Policy(PolicyLine):
    """A contract as the core knows it, in full. Money is in roubles.

    Of KASKO: `compensation` is `repair` or `money`, empty where the contract leaves it open; `rules` the edition it follows, if told.
    `card_until` is the last day of a vehicle's diagnostic card, if the insurer knows of one.
    """

    core_id: str
    client_id: str
    form: str
    issued: date
    paid: bool
    premium: Decimal
    payments: tuple[Instalment, ...]
    vin: str
    coverages: tuple[Coverage, ...]
    drivers: tuple[Driver, ...]
    unlimited: bool
    usage: tuple[tuple[date, date], ...]
    insured: Name | None
    owner: Name | None
    compensation: str = ""
    rules: str = ""
    card_until: date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A paper of a policy or a claim; its content stays at the core. `size` is in bytes."""

    id: int
    core_id: str
    policy_core_id: str | None
    kind: str
    title: str
    mime_type: str
    size: int
    issued_at: datetime

    @property
    def to_fetch(self) -> dict[str, str]:
        """What a parcel carries of it: its content is fetched on the way."""
        return {"id": self.core_id, "file_name": self.file_name, "mime_type": self.mime_type}

    @property
    def file_name(self) -> str:
        """Safe for any disk: letters, digits, dashes."""
        stem = "".join(c if c.isalnum() or c in "-_" else "-" for c in self.title).strip("-")[:80] or "document"
        return f"{stem}.{'pdf' if self.mime_type == 'application/pdf' else 'bin'}"
