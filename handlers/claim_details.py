"""The other questions of a claim: how it was registered, who else was there, what the contract leaves open (G2, G8, G9)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from fsm.claim_answers import MOST_PARTICIPANTS
from fsm.claim_draft import CIRCUMSTANCES, ClaimDraft
from fsm.flow import Position
from handlers import format as show
from handlers.claim_lines import vehicle
from handlers.claiming import room
from handlers.screen import Button, Row, Screen, column
from handlers.turn import Turn
from services.deadlines.table import TABLE
from services.kasko import without_certificates

__all__ = ["room"]


@room.asks("registration")
async def ask_registration(turn: Turn, at: Position[ClaimDraft]) -> Screen:
    t, draft = turn.t, at.draft
    key = "claim-registration-theft" if draft.event == "theft" else "claim-registration"
    return Screen(t(key), column(*(Button(t.plain(f"registration-{it}"), "say", it) for it in draft.registrations)))


@room.asks("participants")
async def ask_participants(turn: Turn, at: Position[ClaimDraft]) -> Screen:
    """A plate that is typed begins a vehicle; each can be looked at again or taken out; nobody has to be known."""
    t, people = turn.t, at.draft.participants
    rows: list[Row] = [
        [
            Button(t.plain("participants-edit", number=number + 1), "open", str(number)),
            Button(t.plain("participants-remove", number=number + 1), "change", f"remove={number}"),
        ]
        for number in range(len(people))
    ]
    if len(people) < MOST_PARTICIPANTS:
        rows.append([Button(t.plain("participants-add"), "open", "")])
    rows.append([Button(t.plain("claim-onward" if people else "participants-none"), "say", "done")])
    known = "\n".join(f"{number}. {t.escape(vehicle(t, it))}" for number, it in enumerate(people, start=1))
    return Screen("\n\n".join([t("participants"), known] if known else [t("participants")]), rows)


@room.asks("participant.plate", "participant.insurer", "participant.policy")
async def ask_participant(turn: Turn, at: Position[Any]) -> Screen:
    t, step, draft = turn.t, at.leaf.step, at.leaf.draft
    rows = [[Button(t.plain("claim-unknown"), "say", "unknown")]]
    if getattr(draft.was, step):
        rows[0].append(Button(t.plain("participant-keep"), "say", "keep"))
    elif step == "insurer":
        rows[0].append(Button(t.plain("participant-rest"), "say", "rest"))
    undo = "item-unchanged" if at.key else "participant-drop"
    return Screen(t(f"participant-{step}"), [*rows, [Button(t.plain(undo), "undo")]])


@room.asks("certificates")
async def ask_certificates(turn: Turn, at: Position[ClaimDraft]) -> Screen:
    """When the contract pays without papers of the police, by the edition of its rules (G8)."""
    t = turn.t
    policy = await turn.cabinet.policies.card(turn.unit, turn.actor, at.draft.contract.id if at.draft.contract else 0)
    insured = next((it.limit for it in policy.coverages if it.code == "damage" and it.limit), Decimal(0))
    edition = policy.rules or TABLE.edition_on("kasko", policy.starts)
    limit = without_certificates("2021" if edition == "2021" else "2025", "element", insured).limit
    text = t("claim-certificates-limit", limit=show.money(limit)) if limit else t("claim-certificates")
    return Screen(text, column(*(Button(t.plain(f"certificates-{word}"), "say", word) for word in ("yes", "no"))))


@room.asks("circumstances")
async def ask_circumstances(turn: Turn, at: Position[ClaimDraft]) -> Screen:
    """What the insurer will ask about all the same; whatever is answered, the claim goes on (G9)."""
    t, draft = turn.t, at.draft
    rows = column(
        *(
            Button(
                t.plain("circumstance-chosen", words=words) if code in draft.circumstances else words, "change", code
            )
            for code in CIRCUMSTANCES.get(draft.event, ())
            for words in [t.plain(f"circumstance-{code}")]
        )
    )
    onward = Button(t.plain("button-done"), "say", "done")
    nothing = Button(t.plain("circumstances-none"), "say", "none")
    return Screen(t("circumstances"), [*rows, [onward if draft.circumstances else nothing]])


@room.asks("compensation")
async def ask_compensation(turn: Turn, at: Position[ClaimDraft]) -> Screen:
    t = turn.t
    return Screen(
        t(f"claim-compensation-{at.draft.product}"),
        column(*(Button(t.plain(f"compensation-{form}"), "say", form) for form in ("repair", "money"))),
    )
