"""What to photograph, by kind of event, and which file shows which of it (G3).

A list is short enough for the roadside: eight for an ordinary accident. What the insurer may ask for beside it (837-П 7.20 and the
contract's rules) it names itself, and the client sends it later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.claims.values import Claim
from services.uploads import Upload

CAR = ("sts-front", "sts-back")
DRIVER = ("licence-front", "licence-back")
NOTICE = ("notice-front", "notice-back")
POLICE = ("police-paper",)
BY_EVENT: dict[tuple[str, str], tuple[str, ...]] = {
    ("osago", "guilty"): ("scene", "damage-wide", "damage-close", "other-car", *CAR, *DRIVER),
    ("osago", "injured"): ("scene", "damage-wide", "damage-close", "other-car", *CAR, *DRIVER),
    ("kasko", "damage"): ("scene", "damage-wide", "damage-close", "vin", *CAR, *DRIVER),
    ("kasko", "total"): ("scene", "damage-wide", "damage-close", "vin", *CAR, *DRIVER),
    ("kasko", "glass"): ("damage-wide", "damage-close", "vin", *CAR),
    ("kasko", "theft"): ("keys", "title", *CAR, *DRIVER),
    ("property", "damage"): ("scene", "damage-wide", "damage-close", "ownership", "bill"),
    ("dms", "event"): ("medical-paper", "bill"),
    ("life", "event"): ("medical-paper", "identity-paper"),
    ("travel", "event"): ("medical-paper", "bill", "tickets"),
    ("accident", "event"): ("medical-paper", "identity-paper"),
}
BY_REGISTRATION = {"europrotocol": NOTICE, "police": POLICE}
SLOTS = tuple(dict.fromkeys(slot for slots in (*BY_EVENT.values(), NOTICE, POLICE) for slot in slots))
"""Every word of a checklist, each once."""


@dataclass(frozen=True, slots=True)
class Board:
    """The slots in their order, each with the file that shows it; `extras` show something else, or the same once more."""

    slots: tuple[tuple[str, Upload | None], ...]
    extras: tuple[Upload, ...]

    @property
    def filled(self) -> int:
        """«5» of «5 из 8»."""
        return sum(1 for _, it in self.slots if it)

    @property
    def next(self) -> str:
        """What to take now; empty when everything is there."""
        return next((slot for slot, it in self.slots if it is None), "")

    @property
    def shown(self) -> list[tuple[str, Upload]]:
        """Every file with what it shows, empty for something else: how they go to the insurer."""
        return [(slot, it) for slot, it in self.slots if it] + [(it.slot, it) for it in self.extras]


def checklist(product: str, event: str, registration: str) -> tuple[str, ...]:
    """The slots of a claim; empty for an event nobody knows."""
    return (*BY_EVENT.get((product, event), ()), *BY_REGISTRATION.get(registration, ()))


def asked(claim: Claim) -> tuple[str, ...]:
    """What a filed claim can still do with: the documents its insurer asks for, or else what its kind of event needs."""
    if claim.said.wanted:
        return tuple(it.code for it in claim.said.wanted)
    return checklist(claim.product, claim.event, claim.entered.get("registration", "none"))


def board(claim: Claim, mine: Iterable[Upload], fresh: Iterable[Upload]) -> Board:
    """The files of a filed claim: `mine` belong to it and keep what they show, `fresh` were sent since and not handed over yet."""
    slots = asked(claim)
    return assign(slots, [*(it for it in mine if it.slot in slots), *(it for it in fresh if not it.claim)])


def assign(slots: Sequence[str], uploads: Iterable[Upload]) -> Board:
    """Files to slots. What the client has said comes first; the rest fills what is open in the order of the messages, so that the
    order in which an album arrives changes nothing."""
    waiting = sorted((it for it in uploads if it.live), key=lambda it: (it.message_id, it.id))
    found: dict[str, Upload] = {}
    for it in waiting:
        if it.slot in slots:
            found.setdefault(it.slot, it)
    free = [it for it in waiting if not it.slot]
    for slot in slots:
        if slot not in found and free:
            found[slot] = free.pop(0)
    placed = {it.id for it in found.values()}
    return Board(tuple((slot, found.get(slot)) for slot in slots), tuple(it for it in waiting if it.id not in placed))
