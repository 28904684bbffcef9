"""A claim: what the cabinet sends when something has happened, and the resource that comes of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from playground.core.files import FileName, Hash, MimeType, Slot
from playground.core.resources import Compensation, Employee, Moment, Money, Part, Phone, Product, Resource

PREFIX = "У-"
Number = Annotated[str, Field(pattern=rf"^{PREFIX}\d{{6,12}}$")]
Words = Annotated[str, Field(min_length=1, max_length=1000)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]


class ClaimState(StrEnum):
    """`CLARIFICATION` waits for the client's documents; `CLOSED` and `REFUSED` are the ends."""

    RECEIVED = "received"
    REVIEW = "review"
    CLARIFICATION = "clarification"
    INSPECTION = "inspection"
    REPAIR = "repair"
    PAYOUT = "payout"
    CLOSED = "closed"
    REFUSED = "refused"


class ClaimEvent(StrEnum):
    """What has happened. OSAGO: to others by the client's fault, or to the client; KASKO: to the car; elsewhere: something."""

    GUILTY = "guilty"
    INJURED = "injured"
    DAMAGE = "damage"
    THEFT = "theft"
    TOTAL = "total"
    GLASS = "glass"
    EVENT = "event"


EVENTS = {
    Product.OSAGO: (ClaimEvent.GUILTY, ClaimEvent.INJURED),
    Product.KASKO: (ClaimEvent.DAMAGE, ClaimEvent.THEFT, ClaimEvent.TOTAL, ClaimEvent.GLASS),
    Product.PROPERTY: (ClaimEvent.DAMAGE,),
    Product.DMS: (ClaimEvent.EVENT,),
    Product.LIFE: (ClaimEvent.EVENT,),
    Product.TRAVEL: (ClaimEvent.EVENT,),
    Product.ACCIDENT: (ClaimEvent.EVENT,),
}


class Place(Part):
    """In words, as a point of the map, both, or not known."""

    words: Annotated[str, Field(min_length=1, max_length=4096)] | None
    latitude: Latitude | None
    longitude: Longitude | None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("a point has a latitude and a longitude")
        return self


class Participant(Part):
    """Another car of the accident, as far as the client knows it."""

    plate: Annotated[str, Field(min_length=1, max_length=20)] | None
    insurer: Annotated[str, Field(min_length=1, max_length=200)] | None
    policy_number: Annotated[str, Field(min_length=1, max_length=40)] | None


class Europrotocol(Part):
    """Registered without police (40-ФЗ art. 11.1); `limit` is what the client was told it pays at most."""

    dispute: bool
    fixation: bool
    limit: Money


class FileNote(Part):
    """A file that is announced here and comes by itself: `size` in bytes."""

    sha256: Hash
    name: FileName
    mime_type: MimeType
    size: Annotated[int, Field(ge=1)]
    slot: Slot
    received_at: Moment


class ClaimRequest(Part):
    """The body of `PUT /claims/{number}`: the client's notice. `happened_at` is the clock on the wall where it happened."""

    customer_id: str
    policy_id: str
    product: Product
    event: ClaimEvent
    happened_on: date
    happened_at: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] | None
    place: Place
    story: Annotated[str, Field(max_length=10_000)]
    injured: bool | None
    participants: Annotated[list[Participant], Field(max_length=20)]
    registration: Literal["police", "europrotocol", "none"]
    europrotocol: Europrotocol | None
    circumstances: Annotated[list[Annotated[str, Field(min_length=1, max_length=100)]], Field(max_length=100)]
    without_certificates: bool
    compensation: Compensation | None
    contact_phone: Phone
    files: Annotated[list[FileNote], Field(max_length=100)]
    submitted_at: Moment


class StatusOrder(Part):
    """The body of `PUT /claims/{key}/status`: staff have decided in the cabinet. `comment`: for the client, of a refusal the reason."""

    reference: Annotated[str, Field(min_length=1, max_length=100)]
    status: ClaimState
    comment: Words | None
    documents: Annotated[list[Annotated[str, Field(min_length=1, max_length=200)]], Field(max_length=20)]
    ordered_by: Employee
    ordered_at: Moment


class Required(Part):
    """A document that is missing; the file that brings it has `code` for its slot."""

    code: Slot
    title: Annotated[str, Field(min_length=1, max_length=200)]


class Inspection(Part):
    at: Moment
    address: Words


class Station(Part):
    name: Words
    address: Words
    phone: Phone
    latitude: Latitude
    longitude: Longitude


class RepairForm(StrEnum):
    """Whose station: of the car's maker, of a contract with the insurer, of the client's own choice."""

    DEALER = "dealer"
    CONTRACTED = "contracted"
    OWN = "own"


class Direction(Part):
    """`document_id` is the paper the station wants to see."""

    document_id: str
    form: RepairForm
    station: Station


class Payout(Part):
    amount: Money
    paid_on: date | None


class Deductible(Part):
    """What the client pays of the repair, until the day `due`."""

    amount: Money
    due: date
    paid: bool


class Refusal(Part):
    """`clause`: of the law or of the rules."""

    reason: Words
    clause: Words | None


class Step(Part):
    """One line of the history."""

    status: ClaimState
    at: Moment
    comment: str | None


class Claim(Resource):
    """`number` is the cabinet's, None when the insurer has opened the claim; `claim_number` is what people read out.

    `required_by`: the last day for what is missing, where the insurer has named one.
    """

    number: Number | None
    claim_id: str
    claim_number: str
    customer_id: str
    policy_id: str
    product: Product
    event: ClaimEvent
    happened_on: date
    status: ClaimState = ClaimState.RECEIVED
    status_since: Moment
    comment: str | None = None
    required_documents: list[Required] = Field(default_factory=list)
    required_by: date | None = None
    inspection: Inspection | None = None
    direction: Direction | None = None
    payout: Payout | None = None
    refusal: Refusal | None = None
    deductible: Deductible | None = None
    files_received: list[Hash] = Field(default_factory=list)
    compensation: Compensation | None
    registered_at: Moment
    history: list[Step]
