"""Which deadlines are watched for a claim: the client's from the event on, the insurer's from the moment it has what it needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.deadlines import Deadline, Deadlines
from services.deadlines.calendar import CalendarMissing
from services.deadlines.table import TABLE, Rule

Who = Literal["client", "insurer"]
Ids = tuple[str, ...]

REPORTED: dict[tuple[str, str], Ids] = {
    ("osago", "guilty"): ("send_accident_notice",),
    ("osago", "injured"): ("send_accident_notice", "file_claim"),
    ("kasko", "damage"): ("report_damage",),
    ("kasko", "total"): ("report_damage",),
    ("kasko", "glass"): ("report_damage",),
    ("kasko", "theft"): ("report_theft", "report_theft_written"),
}
"""Total loss and broken glass are damage: they are reported in the same time."""
EUROPROTOCOL: Ids = ("no_repair_hold_europrotocol",)
"""40-ФЗ 11.1(3): both cars stay as they are, for the insurers may want to see them."""
PAID = {"damage": "payout_damage", "glass": "payout_damage", "theft": "payout_theft", "total": "payout_total_loss"}
ONE_ELEMENT = "payout_one_element"
WORKING_ON_IT = ("received", "review", "inspection", "payout")
"""States in which the insurer's time for its decision runs. Not `clarification`: it runs from the last document."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A deadline of a claim. `key` is the rule's id with dashes, a word of the texts; `rule` what the law or the contract says;
    the dates are None when the production calendar does not reach so far: the term is then told without a date.
    """

    key: str
    who: Who
    rule: Rule
    recommended: Deadline | None
    last: Deadline | None


def to_report(
    deadlines: Deadlines, product: str, event: str, happened_on: date, *, europrotocol: bool = False
) -> tuple[Watched, ...]:
    """What the client has to do, from the day of the event; empty where only the contract knows."""
    ids = REPORTED.get((product, event), ())
    if product == "osago" and europrotocol:
        ids += EUROPROTOCOL
    return tuple(_watched(deadlines, product, name, happened_on, "client") for name in ids)


def to_wait(
    deadlines: Deadlines, product: str, event: str, state: str, since: date, *, one_element: bool = False
) -> tuple[Watched, ...]:
    """What the insurer has to do in this state of a claim, and by when.

    `since` is the day it has had the claim and the last document it asked for; in `repair`, the day the car was handed over.
    `one_element`: damage paid without certificates, the client having chosen the element (KASKO, rules of 2025).
    """
    ids: Ids = ()
    if (product, event) == ("osago", "injured"):
        if state == "repair":
            ids = ("repair",)
        elif state in WORKING_ON_IT:
            ids = ("inspection", "decision") if state in ("received", "review") else ("decision",)
    elif product == "kasko" and event in PAID and state in WORKING_ON_IT:
        ids = (ONE_ELEMENT if one_element and TABLE.has(product, ONE_ELEMENT, since) else PAID[event],)
    return tuple(_watched(deadlines, product, name, since, "insurer") for name in ids)


def _watched(deadlines: Deadlines, product: str, event: str, start: date, who: Who) -> Watched:
    rule = TABLE.rule(product, event, TABLE.edition_on(product, start))
    try:
        recommended, last = deadlines.both(product, event, start)
    except CalendarMissing:
        return Watched(event.replace("_", "-"), who, rule, None, None)
    return Watched(event.replace("_", "-"), who, rule, recommended, last)
