"""A request as it is told: the policy, the words, the papers, one look at all of it (I4, A12, A14)."""

from __future__ import annotations

from typing import Any

from fsm.flow import Answer, Change, Edit, Input, Position, Said
from fsm.request import ABOUT_POLICY, REQUEST, RequestDraft
from handlers import unfinished
from handlers.errand_rooms import sure
from handlers.flow import FlowRoom, added
from handlers.policies import labels_of, thing
from handlers.request_lines import called, kind_of, phone_of
from handlers.screen import Button, Row, Screen, column
from handlers.texts import Html
from handlers.turn import Turn
from services.model import Access, PolicyLine
from services.requests import Kind, Request
from services.requests.values import days_of

MISSING = "—"
OFFERED = 8
"""Policies a request may be about, the first page of the list."""


def appended(said: Said) -> list[Input]:
    """At the summary words are added to what is told."""
    return [Edit("files"), Change(said), Answer(Said("done", said.today, said.clock))]


room = FlowRoom(
    "request",
    REQUEST,
    needs=Access.CONSENTED,
    back="requests",
    typed={
        "text": False,
        "files": False,
        "summary": False,
        "phone": True,
        "name": True,
        "paper": True,
        "contract": False,
    },
    meant={"files": added, "summary": appended},
)


room.without("change", "open", "undo", "day", "month", "closed")


room.sure = sure


async def begin(turn: Turn, kind: Kind, policy: int | None = None, phone: str = "") -> None:
    """From anywhere; what is begun about something else is not lost."""
    at = turn.dialog.at(REQUEST)
    if at is None or not at.draft.touched:
        await begin_anew(turn, kind, policy, phone)
    elif (at.draft.kind, at.draft.policy) == (kind, policy) or (at.draft.kind == kind and policy is None):
        turn.go("request")
    else:
        unfinished.ask(turn, "request", kind=kind, policy=policy, phone=phone)


async def begin_anew(turn: Turn, kind: str, policy: int | None = None, phone: str = "") -> None:
    """An empty draft; of several policies one is chosen."""
    lines = await policies_of(turn)
    if policy is None and kind in ABOUT_POLICY and len(lines) < 2:
        policy = lines[0].id if lines else 0
    event = turn.unit.event
    draft = RequestDraft(
        key=f"{event.source}-{event.event_id}", kind=kind, policy=policy, choice=policy is None, phone=phone
    )
    turn.dialog.begin(REQUEST, draft)
    turn.go("request")


unfinished.DRAFTS["request"] = begin_anew


async def policies_of(turn: Turn) -> list[PolicyLine]:
    """What a request may be about."""
    if turn.actor.client_id is None:
        return []
    return (await turn.cabinet.policies.page(turn.unit, turn.actor, turn.today, "all", 0)).lines[:OFFERED]


@room.asks("policy")
async def ask_policy(turn: Turn, _: Position[RequestDraft]) -> Screen:
    t = turn.t
    labels = labels_of(t, await policies_of(turn))
    buttons = [Button(label, "say", str(line.id)) for line, label in labels]
    return Screen(t("request-policy"), column(*buttons, Button(t.plain("request-policy-none"), "say", "0")))


@room.asks("deed")
async def ask_deed(turn: Turn, _: Position[RequestDraft]) -> Screen:
    t = turn.t
    return Screen(
        t("request-deed"), column(*(Button(t.plain(f"request-deed-{it}"), "say", it) for it in ("change", "block")))
    )


@room.asks("phone", "name", "paper")
async def ask_words(turn: Turn, at: Position[RequestDraft]) -> Screen:
    return Screen(turn.t(f"request-{at.step}"))


@room.asks("contract")
async def ask_contract(turn: Turn, _: Position[RequestDraft]) -> Screen:
    return Screen(turn.t("request-contract"), [[Button(turn.t.plain("request-contract-none"), "say", "none")]])


@room.asks("text")
async def ask_text(turn: Turn, at: Position[RequestDraft]) -> Screen:
    """What to write, with an example, by kind; what is written already is shown."""
    t, draft = turn.t, at.draft
    key = f"request-text-{draft.deed if draft.kind == 'phone' else draft.kind}"
    parts = [t("request-text-head", kind=t.plain(f"request-kind-{draft.kind}")), t(key)]
    if draft.text:
        parts.append(t("request-text-now", text=draft.text))
    return Screen("\n\n".join(parts))


@room.asks("summary")
async def show_summary(turn: Turn, at: Position[RequestDraft]) -> Screen:
    """Everything once more, each line to be changed by itself, and by when there will be an answer."""
    t, draft = turn.t, at.draft
    lines = [line async for line in summary_lines(turn, draft)]
    days = days_of(Kind(draft.kind))
    parts = [
        t("request-summary", kind=t.plain(f"request-kind-{draft.kind}")),
        "\n".join(lines),
        t("request-term", days=days),
    ]
    if draft.deed == "block":
        parts.append(t("request-block-warning"))
    edits = [Button(t.plain(f"request-edit-{step}"), "edit", step) for step in REQUEST.path(draft)[:-1]]
    rows: list[Row] = [[Button(t.plain("request-send"), "ok")], *(edits[n : n + 2] for n in range(0, len(edits), 2))]
    return Screen("\n\n".join(parts), rows)


async def summary_lines(turn: Turn, draft: RequestDraft) -> Any:
    """What was answered, a line each."""
    t = turn.t
    if policy := await policy_words(turn, draft):
        yield t("told-policy", policy=policy)
    if draft.deed:
        yield t(f"told-deed-{draft.deed}")
    if draft.name:
        yield t("told-name", name=called(draft.name.full, full=False))
    if draft.phone:
        yield t("told-phone", phone=phone_of(draft.phone, full=False))
    if draft.paper:
        yield t("told-paper", paper=f"***{draft.paper[-4:]}")
    if draft.stranger:
        yield t("told-contract", contract=draft.contract or MISSING)
    if draft.text:
        yield t("told-text", text=draft.text)


async def policy_words(turn: Turn, draft: RequestDraft) -> str:
    """The contract it is about; empty for none. Raises NotFound for somebody else's."""
    if not draft.policy:
        return ""
    policy = await turn.cabinet.policies.card(turn.unit, turn.actor, draft.policy)
    return ", ".join(
        filter(None, (turn.t.plain(f"product-{policy.product}"), thing(policy, full=False), policy.number))
    )


async def send(turn: Turn, draft: RequestDraft) -> None:
    """To the insurer under a number; a blocked cabinet is closed everywhere at once (A14)."""
    core_id = ""
    if draft.policy:
        core_id = (await turn.cabinet.policies.card(turn.unit, turn.actor, draft.policy)).core_id
    entered = {
        "policy": await policy_words(turn, draft),
        "deed": draft.deed,
        "phone": draft.phone,
        "name": draft.name.full if draft.name else "",
        "paper": draft.paper,
        "text": draft.text,
        **({"contract": draft.contract} if draft.stranger else {}),
    }
    filed = await turn.cabinet.requests.file(
        turn.unit, turn.actor, Kind(draft.kind), draft.key, entered, policy=core_id
    )
    tell(turn, filed)
    if draft.deed == "block" and turn.actor.client_id:
        await turn.cabinet.sessions.end_all(turn.unit, turn.actor.client_id, why="block")


room.finish = send


def tell(turn: Turn, filed: Request) -> None:
    """The number stays in the chat; the card is shown below it."""
    turn.say("request-sent", f"request:{filed.number}", number=filed.number, kind=Html(kind_of(turn.t, filed)))
    turn.go("request-card", id=filed.id)
