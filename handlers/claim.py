"""A claim is told: begun from a contract or from the roadside, looked at once more, and handed to the insurer (G2)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from fsm.accident import PROTOCOL, AccidentDraft
from fsm.claim import CLAIM
from fsm.claim_draft import ClaimDraft, Contract, is_outside
from fsm.flow import Answer, Position
from handlers import claims, policies
from handlers import format as show
from handlers.claim_lines import lines, settled
from handlers.flow import FlowRoom, added, item_begun
from handlers.policies import thing
from handlers.room import Room
from handlers.screen import Button, Row, Screen
from handlers.texts import Html, Texts
from handlers.turn import Turn
from handlers.watching import HOLD, line, passed
from services.claims.addressee import addressee
from services.claims.protocol import Verdict
from services.deadlines.claims import to_report
from services.model import Access

begun = Room("begun-claim", needs=Access.UNLOCKED, back="claims")
room = FlowRoom(
    "claim",
    CLAIM,
    needs=Access.UNLOCKED,
    back="claims",
    typed={
        "when": False,
        "time": False,
        "place": False,
        "story": False,
        "participants": True,
        "participant.plate": True,
        "participant.insurer": False,
        "participant.policy": True,
        "phone": True,
    },
    meant={"story": added, "participants": item_begun},
)
PER_ROW = 3
"""Buttons of a row on the summary."""


async def begin(turn: Turn, policy_id: int = 0, told: AccidentDraft | None = None) -> None:
    """From a contract's card, from the list of claims, or from the roadside: to the draft that is there, or to a new one.

    Whoever is not in yet begins all the same: the door stands before the first question, and what was told is kept.
    """
    at = turn.dialog.at(CLAIM)
    if at is not None and at.draft.begun:
        turn.go("begun-claim", policy=policy_id, told=told.model_dump(mode="json") if told else None)
        return
    await start_anew(turn, policy_id, told)


async def start_anew(turn: Turn, policy_id: int, told: AccidentDraft | None) -> None:
    """A draft with what is known already. Raises NotFound for somebody else's contract."""
    chosen = await contract(turn, policy_id)
    known = {name: getattr(told, name) for name in AccidentDraft.model_fields} if told else {}
    case = f"case:{turn.actor.account_id}:{turn.unit.event.event_id}"
    turn.dialog.stand(CLAIM.start(ClaimDraft(**known, case=case)))
    turn.dialog.end(PROTOCOL)
    turn.go("claim")
    if chosen:
        await room.take(turn, Answer(chosen))


async def contract(turn: Turn, policy_id: int) -> tuple[Contract, str] | None:
    """This contract, or the only one there is, and the phone on file, to be called back; None: it has to be asked. Raises NotFound."""
    if not policy_id and turn.access >= Access.BOUND:
        found = await turn.cabinet.policies.page(turn.unit, turn.actor, turn.today, "all", 0)
        policy_id = found.lines[0].id if found.counts["all"] == 1 else 0
    if not policy_id:
        return None
    policy = await turn.cabinet.policies.card(turn.unit, turn.actor, policy_id)
    client = await turn.cabinet.clients.by_id(turn.unit, turn.actor.client_id or "")
    return Contract.of(policy), client.phone if client else ""


@policies.card.tap("claim")
async def report(turn: Turn, _: str) -> None:
    """From the card of a contract."""
    await begin(turn, turn.args["id"])


@claims.room.tap("new")
async def report_anything(turn: Turn, _: str) -> None:
    """From the list of claims."""
    await begin(turn)


@begun.screen
async def show_draft(turn: Turn) -> Screen:
    """Something is begun already: go on with it, or begin anew (rule 3)."""
    t = turn.t
    at = turn.dialog.at(CLAIM)
    contract = at.draft.contract if at else None
    policy = await turn.cabinet.policies.card(turn.unit, turn.actor, contract.id) if contract else None
    text = t("claim-begun-about", object=thing(policy, full=False)) if policy else t("claim-begun")
    return Screen(text, [[Button(t.plain("draft-continue"), "continue"), Button(t.plain("draft-anew"), "anew")]])


@begun.tap("continue")
async def go_on(turn: Turn, _: str) -> None:
    turn.go("claim")


@begun.tap("anew")
async def begin_anew(turn: Turn, _: str) -> None:
    told = turn.args.get("told")
    await start_anew(turn, turn.args.get("policy", 0), AccidentDraft.model_validate(told) if told else None)


@room.asks("summary")
async def show_summary(turn: Turn, at: Position[ClaimDraft]) -> Screen:
    """All that goes to the insurer, each line to be changed by itself: to whom, by when, and what comes next."""
    t, draft = turn.t, at.draft
    told = await lines(turn, draft)
    found = draft.verdict(turn.today)
    parts = [
        t("claim-summary"),
        "\n".join(told.values()),
        settled(t, draft),
        verdict_words(t, found, draft) if draft.europrotocol and found.allowed is not None else "",
        t("claim-outside-line", date=show.day(draft.outside)) if is_outside(draft) and draft.outside else "",
        whose(t, draft),
        due(turn, draft),
        t("claim-next"),
    ]
    edits = [Button(t.plain(f"claim-edit-{step}"), "edit", step) for step in told]
    rows: list[Row] = [[Button(t.plain("claim-send"), "ok")]]
    rows += [edits[first : first + PER_ROW] for first in range(0, len(edits), PER_ROW)]
    return Screen("\n\n".join(part for part in parts if part), rows)


def whose(t: Texts, draft: ClaimDraft) -> Html:
    """Whose insurer it goes to, and why (40-ФЗ 14.1)."""
    insured = {"yes": True, "no": False}.get(draft.insured)
    found = addressee(draft.product, draft.event, vehicles=draft.cars, injured=draft.injured, insured=insured)
    return t(f"claim-to-{found.reason}")


def verdict_words(t: Texts, found: Verdict, draft: AccidentDraft) -> Html:
    """May it be registered without the police, and up to which sum."""
    text = t(f"protocol-{found.reason}", limit=show.money(Decimal(found.limit)))
    return Html(f"{text}\n{t('protocol-check-insured')}") if found.allowed and draft.insured == "unknown" else text


def due(turn: Turn, draft: ClaimDraft) -> str:
    """By when it has to be done: a line for each term. One that is over is no reason to keep silent, but a hold that is over is gone."""
    if draft.happened_on is None:
        return ""
    watched = to_report(
        turn.cabinet.deadlines,
        draft.product,
        draft.event,
        draft.happened_on,
        europrotocol=draft.europrotocol,
    )
    return "\n".join(line(turn, it) for it in watched if it.key != HOLD or not passed(it, turn.today))


async def send(turn: Turn, draft: ClaimDraft) -> None:
    """To the insurer: the case shows what becomes of it. It is filed only when the insurer has answered."""
    policy = await turn.cabinet.policies.card(turn.unit, turn.actor, draft.contract.id if draft.contract else 0)
    filed = await turn.cabinet.claims.file(turn.unit, turn.actor, policy, draft.report(turn.today), draft.case)
    await claims.follow(turn, filed.id)


room.finish = send


def heard(turn: Turn, before: ClaimDraft, after: ClaimDraft) -> None:
    """The answer that decides whether the police are needed is commented on at once: later it may be too late."""
    was, now = before.verdict(turn.today), after.verdict(turn.today)
    if after.europrotocol and now.allowed is not None and (now != was or not before.europrotocol):
        turn.notes.append(verdict_words(turn.t, now, after))
        if not now.allowed:
            turn.note("protocol-police")


room.heard = heard


def leave(turn: Turn) -> None:
    """Back to the card it was begun from, or to the list; what was told waits."""
    at: Position[Any] | None = turn.dialog.at(CLAIM)
    if at and at.draft.contract:
        turn.go("policy", id=at.draft.contract.id)
    else:
        turn.go("claims")


room.left = leave
