"""What the insurer's core knows, in the words of its interface: names after Open Insurance Brasil where one fits.

The same shapes go out in lists, in events and through the desk; `docs/core-gateway.openapi.yaml` describes them for a partner.
Dates are Moscow dates, moments are UTC, money is a decimal string.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer, model_validator
from pydantic.alias_generators import to_camel

Amount = Annotated[str, Field(pattern=r"^\d{1,12}\.\d{2}$")]
Phone = Annotated[str, Field(pattern=r"^\+\d{10,15}$")]
GRACE = timedelta(days=7)
"""After the day an instalment of KASKO is due; paid within them it still keeps the contract."""
RulesEdition = Annotated[str, Field(pattern="^(2021|2025)$")]
BonusClass = Annotated[str, Field(pattern="^(M|[0-9]|1[0-3])$")]


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


Moment = Annotated[AwareDatetime, PlainSerializer(_rfc3339)]
"""Any offset is understood; what goes out is UTC to the second."""


class Part(BaseModel):
    """snake_case here, camelCase on the wire; an unknown field is a mistake, not an extension."""

    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True, validate_by_alias=True, extra="forbid")

    def wire(self) -> dict[str, Any]:
        """As it travels: plain JSON values under camelCase names."""
        return self.model_dump(mode="json", by_alias=True)


class Resource(Part):
    """What has a life of its own: every change counts `version` up by one."""

    version: int = 1


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


class PhoneStatus(StrEnum):
    """`CHANGED`: the insurer learnt that the number may have passed to somebody else."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    CHANGED = "changed"


class Product(StrEnum):
    OSAGO = "osago"
    KASKO = "kasko"
    DMS = "dms"
    PROPERTY = "property"
    TRAVEL = "travel"
    LIFE = "life"
    ACCIDENT = "accident"


class Status(StrEnum):
    """`ISSUED`: made, but not paid or not begun yet."""

    ISSUED = "issued"
    ACTIVE = "active"
    EXPIRED = "expired"
    TERMINATED = "terminated"


class DocumentKind(StrEnum):
    POLICY = "policy"
    RULES = "rules"
    INVOICE = "invoice"
    RECEIPT = "receipt"
    CERTIFICATE = "certificate"
    CLAIM_APPLICATION = "claim-application"
    INSPECTION_ACT = "inspection-act"
    REPAIR_DIRECTION = "repair-direction"
    REFUSAL = "refusal"
    CLAIM_HISTORY = "claim-history"


class Name(Part):
    last: str
    first: str
    middle: str | None = None

    def __str__(self) -> str:
        return " ".join(filter(None, (self.last, self.first, self.middle)))


class Named(Part):
    name: Name


class Money(Part):
    amount: Amount
    unit: str = "RUB"


class Customer(Resource):
    customer_id: str
    name: Name
    sex: Sex
    birth_date: date
    phone: Phone
    phone_status: PhoneStatus = PhoneStatus.CONFIRMED
    email: str | None
    language: Annotated[str, Field(pattern="^(ru|en)$")] = "ru"


class Payment(Part):
    """One instalment of the premium."""

    maturity_date: date
    amount: Money
    paid: bool


class Premium(Part):
    """`paid`: the whole of it; while instalments are open it is not."""

    amount: Money
    paid: bool
    payments: list[Payment]


class InsuredObject(Part):
    type: Annotated[str, Field(pattern="^(vehicle|property|person|trip)$")]
    identification: str
    plate: str | None = None
    vin: str | None = None
    year: int | None = None
    address: str | None = None


class Coverage(Part):
    code: str
    name: str
    limit: Money | None = None
    deductible: Money | None = None


class Driver(Part):
    """`licensed_since`: the first licence of the category. The insurer may not know the sex, nor the last day of the licence."""

    name: Name
    birth_date: date
    sex: Sex | None = None
    licence: str
    foreign_licence: bool = False
    licensed_since: date
    licence_until: date | None = None


class Period(Part):
    """Both days belong to it."""

    start: date
    end: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise ValueError("a period must not end before it starts")
        return self


class Compensation(StrEnum):
    """What a KASKO contract gives for damage: the repair, or its price."""

    REPAIR = "repair"
    MONEY = "money"


class Policy(Resource):
    """`bonus_class`: of OSAGO, the class of KBM its premium was counted with. Of KASKO: `compensation`, and the rules it follows.

    `diagnostic_card_until`: the last day of the vehicle's diagnostic card, if the insurer knows one.
    """

    policy_id: str
    customer_id: str
    product: Product
    series: str | None
    number: str
    form_number: str | None = None
    status: Status
    issuance_date: date
    term_start_date: date
    term_end_date: date
    premium: Premium
    insured_objects: list[InsuredObject]
    coverages: list[Coverage]
    drivers: list[Driver] = []
    unlimited_drivers: bool = False
    usage_periods: list[Period] = []
    bonus_class: BonusClass | None = None
    compensation: Compensation | None = None
    rules_edition: RulesEdition | None = None
    diagnostic_card_until: date | None = None
    insured: Named
    owner: Named | None = None

    @model_validator(mode="after")
    def _term_in_order(self) -> Self:
        if self.term_end_date < self.term_start_date:
            raise ValueError("termEndDate must not be before termStartDate")
        return self

    @property
    def full_number(self) -> str:
        """As people read it out: `ХХХ 0123456789`."""
        return f"{self.series} {self.number}" if self.series else self.number

    def lapsed_on(self, day: date) -> date | None:
        """From when it is over, for a later instalment was not paid within the days of grace (KASKO, rules of 2025); None if it stands."""
        if self.rules_edition != "2025" or not any(it.paid for it in self.premium.payments):
            return None
        late = (it.maturity_date for it in self.premium.payments if not it.paid and day - it.maturity_date > GRACE)
        return min(late, default=None)

    def status_on(self, day: date) -> Status:
        """What dates and money say; only `TERMINATED` is somebody's decision and stays."""
        if self.status is Status.TERMINATED:
            return self.status
        if day > self.term_end_date:
            return Status.EXPIRED
        begun = self.term_start_date <= day
        return Status.ACTIVE if begun and any(payment.paid for payment in self.premium.payments) else Status.ISSUED


class Document(Resource):
    """A paper that exists: `size` (bytes) and `sha256` are those of its content."""

    document_id: str
    customer_id: str
    policy_id: str | None
    claim_id: str | None = None
    kind: DocumentKind
    title: str
    mime_type: str = "application/pdf"
    size: int
    sha256: str
    issued_at: Moment


class Employee(Part):
    name: str
    post: str


class Answer(Resource):
    number: str
    customer_id: str | None
    answer: str
    answered_by: Employee
    answered_at: Moment


class Question(Part):
    """What a client (or, with `customer_id` None, a stranger) asks through the cabinet; `number` is the cabinet's own."""

    number: Annotated[str, Field(pattern=r"^В-\d{6,12}$")]
    customer_id: str | None
    screen: str | None
    text: Annotated[str, Field(min_length=1, max_length=10_000)]
    asked_at: AwareDatetime
