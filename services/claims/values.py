"""A claim as values: what the client tells of an insured event, and what the insurer says about it (G2, G6).

The words of the gateway (`docs/core-gateway.openapi.yaml`) and ours are the same.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """`SENT` is ours alone: handed over, and the insurer has not answered yet. The others are the insurer's."""

    SENT = "sent"
    RECEIVED = "received"
    REVIEW = "review"
    CLARIFICATION = "clarification"
    INSPECTION = "inspection"
    REPAIR = "repair"
    PAYOUT = "payout"
    CLOSED = "closed"
    REFUSED = "refused"


OVER = (State.CLOSED, State.REFUSED)
"""Nothing is waited for any more."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where it happened: words, a point on the map in degrees, or both."""

    words: str = ""
    latitude: float | None = None
    longitude: float | None = None

    def __bool__(self) -> bool:
        return bool(self.words) or self.latitude is not None


@dataclass(frozen=True, slots=True)
class Participant:
    """Another vehicle of an accident; what is not known is empty. `plate` and `policy` are canonical."""

    plate: str = ""
    insurer: str = ""
    policy: str = ""


@dataclass(frozen=True, slots=True)
class Protocol:
    """The accident was registered without the police. `limit`: roubles that can be paid on it (40-ФЗ art. 11.1)."""

    dispute: bool
    fixation: bool
    limit: int


@dataclass(frozen=True, slots=True)
class Report:
    """What the client tells. `happened_at` is local time as `HH:MM`, empty when not remembered; `circumstances` are codes (G9).

    `registration`: `police`, `europrotocol` or `none`; `compensation`: `repair` or `money`, empty where there is nothing to choose.
    """

    product: str
    event: str
    happened_on: date
    happened_at: str
    place: Place
    story: str
    injured: bool | None
    participants: tuple[Participant, ...]
    registration: str
    protocol: Protocol | None
    circumstances: tuple[str, ...]
    without_certificates: bool
    compensation: str
    phone: str

    def to_wire(self) -> dict[str, Any]:
        """The gateway's form, without the files and the parties."""
        protocol = self.protocol
        return {
            "product": self.product,
            "event": self.event,
            "happenedOn": self.happened_on.isoformat(),
            "happenedAt": self.happened_at or None,
            "place": {**asdict(self.place), "words": self.place.words or None},
            "story": self.story,
            "injured": self.injured,
            "participants": [
                {"plate": it.plate or None, "insurer": it.insurer or None, "policyNumber": it.policy or None}
                for it in self.participants
            ],
            "registration": self.registration,
            "europrotocol": {
                "dispute": protocol.dispute,
                "fixation": protocol.fixation,
                "limit": {"amount": f"{protocol.limit}.00", "unit": "RUB"},
            }
            if protocol
            else None,
            "circumstances": list(self.circumstances),
            "withoutCertificates": self.without_certificates,
            "compensation": self.compensation or None,
            "contactPhone": self.phone,
        }


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document the insurer asks for. `code` is the slot its file goes to."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Inspection:
    at: datetime
    address: str


@dataclass(frozen=True, slots=True)
class Direction:
    """To a repair station. `document` is the paper's id at the core."""

    document: str
    form: str
    station: str
    address: str
    phone: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Payout:
    """`amount` in roubles; `paid_on` is None while it is on its way."""

    amount: Decimal
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class Deductible:
    """What the client pays of the repair, in roubles, until the day `due`."""

    amount: Decimal
    due: date
    paid: bool


@dataclass(frozen=True, slots=True)
class Refusal:
    reason: str
    clause: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One line of the timeline."""

    state: State
    at: datetime
    comment: str


@dataclass(frozen=True, slots=True)
class Said:
    """The insurer's newest word on a claim. `wanted_by`: the last day for the papers it asks for, if it has named one."""

    comment: str = ""
    wanted: tuple[Wanted, ...] = ()
    inspection: Inspection | None = None
    direction: Direction | None = None
    payout: Payout | None = None
    refusal: Refusal | None = None
    deductible: Deductible | None = None
    compensation: str = ""
    received: frozenset[str] = frozenset()
    history: tuple[Stage, ...] = ()
    wanted_by: date | None = None

    @classmethod
    def of(cls, resource: dict[str, Any]) -> Said:
        """From the gateway's resource; a state this release does not know is left out of the timeline."""
        inspection, direction = resource.get("inspection"), resource.get("direction")
        payout, refusal = resource.get("payout"), resource.get("refusal")
        own = resource.get("deductible")
        return cls(
            resource.get("comment") or "",
            tuple(Wanted(it["code"], it["title"]) for it in resource.get("requiredDocuments") or ()),
            Inspection(datetime.fromisoformat(inspection["at"]), inspection["address"]) if inspection else None,
            _direction(direction) if direction else None,
            Payout(Decimal(payout["amount"]["amount"]), _day(payout.get("paidOn"))) if payout else None,
            Refusal(refusal["reason"], refusal.get("clause") or "") if refusal else None,
            Deductible(Decimal(own["amount"]["amount"]), date.fromisoformat(own["due"]), bool(own["paid"]))
            if own
            else None,
            resource.get("compensation") or "",
            frozenset(resource.get("filesReceived") or ()),
            tuple(
                Stage(State(it["status"]), datetime.fromisoformat(it["at"]), it.get("comment") or "")
                for it in resource.get("history") or ()
                if it["status"] in State._value2member_map_
            ),
            _day(resource.get("requiredBy")),
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """`entered` is what the client told, in the gateway's form; empty for a claim the insurer has opened.

    `account_id` is who filed it, 0 for the insurer. `token` opens the public page that verifies the receipt.
    """

    id: int
    client_id: str
    account_id: int
    policy_core_id: str
    core_id: str
    core_version: int
    core_number: str
    state: State
    product: str
    event: str
    happened_on: date
    token: str
    filed_at: datetime
    registered_at: datetime | None
    ended_at: datetime | None
    entered: dict[str, Any] = field(default_factory=dict)
    said: Said = Said()

    @property
    def number(self) -> str:
        """Ours: `У-000012`."""
        return number_of(self.id)

    @property
    def shown(self) -> str:
        """The number a person is told: the insurer's once there is one."""
        return self.core_number or self.number

    @property
    def key(self) -> str:
        """What the gateway knows it by."""
        return self.number if self.account_id else self.core_id

    @property
    def over(self) -> bool:
        return self.state in OVER

    @property
    def owed(self) -> Deductible | None:
        """What the client has yet to pay of the repair."""
        own = self.said.deductible
        return own if own and own.amount and not own.paid and not self.over else None


def number_of(row: int) -> str:
    """Our number of a claim: `У-000012`."""
    return f"У-{row:06d}"


def row_of(number: str) -> int:
    """The inverse of `number_of`; 0 for anything else."""
    head, _, digits = number.partition("-")
    return int(digits) if head == "У" and digits.isascii() and digits.isdigit() else 0


def _direction(raw: dict[str, Any]) -> Direction:
    station = raw["station"]
    return Direction(
        raw.get("documentId") or "",
        raw.get("form") or "",
        station["name"],
        station["address"],
        station.get("phone") or "",
        station.get("latitude"),
        station.get("longitude"),
    )


def _day(raw: str | None) -> date | None:
    return date.fromisoformat(raw) if raw else None
