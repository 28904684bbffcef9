"""What is known of a claim while it is told, and which questions make sense for it (G2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fsm.accident import AccidentDraft
from services.claims.values import Participant, Protocol, Report
from services.model import Policy
from services.prolongation.rules import Period

EVENTS: dict[str, tuple[str, ...]] = {
    "osago": ("guilty", "injured"),
    "kasko": ("damage", "theft", "total", "glass"),
    "property": ("damage",),
}
"""What can happen, by product; to the others just `event`."""
REGISTRATIONS: dict[tuple[str, str], tuple[str, ...]] = {
    ("kasko", "theft"): ("police", "none"),
    ("kasko", "glass"): (),
}
"""Ways it may have been registered, where they are not all three."""
CIRCUMSTANCES: dict[str, tuple[str, ...]] = {
    "damage": ("other-driver", "intoxicated", "left-scene", "off-road", "in-repair", "for-hire"),
    "total": ("other-driver", "intoxicated", "left-scene", "off-road", "in-repair", "for-hire"),
    "theft": ("keys", "alarm", "in-repair", "for-hire"),
}
"""What a KASKO contract may exclude, asked in plain words and never judged here (G9)."""


@dataclass(frozen=True, slots=True)
class Contract:
    """What of a contract decides which questions are asked. `compensation` is empty where the contract leaves it open."""

    id: int
    product: str
    term: Period
    compensation: str = ""

    @classmethod
    def of(cls, policy: Policy) -> Contract:
        return cls(policy.id, policy.product, (policy.starts, policy.ends), policy.compensation)


class ClaimDraft(AccidentDraft):
    """`case` is the key of its files. None or empty: not asked yet.

    `outside` is a day on which the contract was not in force and which the client insists on. `listed`: all participants are named.
    `looked_at` is the event whose circumstances were answered; `wished` the form of compensation, where there is a choice.
    """

    case: str = ""
    contract: Contract | None = None
    told_event: str = ""
    outside: date | None = None
    story: str = ""
    registration: str = ""
    participants: tuple[Participant, ...] = ()
    listed: bool = False
    without_certificates: bool | None = None
    circumstances: tuple[str, ...] = ()
    looked_at: str = ""
    wished: str = ""
    photos: bool = False
    phone: str = ""

    @property
    def begun(self) -> bool:
        """Has anything been told, beside what was known from the start?"""
        given = {"case": "", "contract": None, "phone": "", "since": None}
        return self.model_copy(update=given) != ClaimDraft()

    @property
    def product(self) -> str:
        return self.contract.product if self.contract else ""

    @property
    def events(self) -> tuple[str, ...]:
        return EVENTS.get(self.product, ("event",))

    @property
    def event(self) -> str:
        """What has happened; where only one thing can, it is not asked."""
        if self.told_event in self.events:
            return self.told_event
        return self.events[0] if len(self.events) == 1 else ""

    @property
    def registrations(self) -> tuple[str, ...]:
        if self.product not in ("osago", "kasko"):
            return ()
        return REGISTRATIONS.get((self.product, self.event), ("police", "europrotocol", "none"))

    @property
    def europrotocol(self) -> bool:
        return self.registration == "europrotocol" and "europrotocol" in self.registrations

    @property
    def compensation(self) -> str:
        """`repair` or `money`: by the contract, by the event, or by choice; empty where nothing is paid, or it is not chosen yet."""
        if self.product == "kasko" and self.contract:
            return "money" if self.event in ("theft", "total") else self.contract.compensation or self.wished
        return self.wished if asks_compensation(self) else ""

    def report(self, today: date) -> Report:
        """What goes to the insurer, once everything is answered."""
        found = self.verdict(today)
        return Report(
            product=self.product,
            event=self.event,
            happened_on=self.happened_on or today,
            happened_at=self.happened_at or "",
            place=self.place,
            story=self.story,
            injured=self.injured if asks_parties(self) else None,
            participants=self.participants if asks_participants(self) else (),
            registration=self.registration if self.registration in self.registrations else "none",
            protocol=Protocol(bool(self.dispute), bool(self.fixation), found.limit) if self.europrotocol else None,
            circumstances=self.circumstances if asks_circumstances(self) else (),
            without_certificates=self.event == "glass" or (asks_certificates(self) and bool(self.without_certificates)),
            compensation=self.compensation,
            phone=self.phone,
        )


def asks_event(draft: ClaimDraft) -> bool:
    return len(draft.events) > 1


def is_outside(draft: ClaimDraft) -> bool:
    """The contract was not in force on that day."""
    if draft.contract is None or draft.happened_on is None:
        return False
    starts, ends = draft.contract.term
    return not starts <= draft.happened_on <= ends


def asks_time(draft: ClaimDraft) -> bool:
    return draft.product in ("osago", "kasko") and draft.event != "glass"


def asks_place(draft: ClaimDraft) -> bool:
    return draft.product not in ("dms", "life")


def asks_registration(draft: ClaimDraft) -> bool:
    return bool(draft.registrations)


def asks_parties(draft: ClaimDraft) -> bool:
    """Who else was there decides whose insurer pays, and whether the drivers may do without the police."""
    return draft.product == "osago" or draft.europrotocol


def asks_insured(draft: ClaimDraft) -> bool:
    return asks_parties(draft) and (draft.cars or 0) > 1 and (draft.europrotocol or draft.event == "injured")


def asks_protocol(draft: ClaimDraft) -> bool:
    return draft.europrotocol and draft.simple


def asks_participants(draft: ClaimDraft) -> bool:
    return draft.product == "osago" and (draft.cars or 0) > 1


def asks_certificates(draft: ClaimDraft) -> bool:
    return (draft.product, draft.event, draft.registration) == ("kasko", "damage", "none")


def asks_circumstances(draft: ClaimDraft) -> bool:
    return draft.product == "kasko" and draft.event in CIRCUMSTANCES


def asks_compensation(draft: ClaimDraft) -> bool:
    if draft.product == "kasko":
        return draft.event in ("damage", "glass") and draft.contract is not None and not draft.contract.compensation
    return (draft.product, draft.event) == ("osago", "injured")
