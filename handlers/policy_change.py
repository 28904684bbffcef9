"""A change of a policy in force (C5): drivers, periods of use and diagnostic card of OSAGO here, KASKO in words, the rest in an office."""

from __future__ import annotations

from fsm.flow import Position
from fsm.policy_change import CHANGE, ChangeDraft
from handlers import changes as pages
from handlers import format as show
from handlers import policies, request, unfinished
from handlers.flow import FlowRoom
from handlers.policies import thing
from handlers.request_lines import changes
from handlers.room import Room
from handlers.screen import Button, Screen
from handlers.turn import Turn
from services.errors import NotFound
from services.model import Access, Policy, Standing
from services.prolongation.rules import Entered, Period, carried, to_wire
from services.requests import Kind

room = FlowRoom(
    "change",
    CHANGE,
    needs=Access.UNLOCKED,
    back="policy",
    typed=dict.fromkeys(("driver.name", "driver.birth", "driver.licence", "driver.since", "card.number"), True)
    | dict.fromkeys(("card.issued", "card.until", "period.first", "period.last"), False),
)
office = Room("change-office", needs=Access.BOUND, back="policy")
room.like(pages.room)


def sure(turn: Turn) -> Access:
    """Drivers are personal data of others (A4)."""
    at = turn.dialog.at(CHANGE)
    return Access.FRESH if at and at.step == "drivers" else Access.UNLOCKED


room.sure = sure


def changeable(policy: Policy, turn: Turn) -> bool:
    """May something of it be changed without an office today?"""
    return policy.product in ("osago", "kasko") and policy.standing(turn.today) is Standing.ACTIVE


@policies.card.tap("alter")
async def alter(turn: Turn, _: str) -> None:
    """From the card: to the draft that waits, or to a new one."""
    policy = await turn.cabinet.policies.card(turn.unit, turn.actor, turn.args["id"])
    if not changeable(policy, turn):
        turn.go("change-office", id=policy.id)
    elif policy.product == "kasko":
        await request.begin(turn, Kind.CHANGE, policy.id)
    else:
        at = turn.dialog.at(CHANGE)
        if at is None or not (at.draft.touched or at.inner or at.begun):
            await begin_anew(turn, policy.id)
        elif at.draft.policy == policy.id:
            turn.go("change")
        else:
            unfinished.ask(turn, "change", policy=policy.id)


async def begin_anew(turn: Turn, policy: int) -> None:
    """Over what the contract holds today. Raises NotFound."""
    it = await turn.cabinet.policies.card(turn.unit, turn.actor, policy)
    if it.product != "osago" or not changeable(it, turn):
        raise NotFound
    today, event = carried(it), turn.unit.event
    given = Entered(today.drivers, today.unlimited, periods_of(it))
    draft = ChangeDraft(
        key=f"{event.source}-{event.event_id}",
        policy=it.id,
        term=(it.starts, it.ends),
        since=turn.today,
        drivers=given.drivers,
        unlimited=given.unlimited,
        periods=given.periods,
        given=given,
    )
    turn.dialog.stand(CHANGE.review(draft))
    turn.go("change")


unfinished.DRAFTS["change"] = begin_anew


def periods_of(policy: Policy) -> tuple[Period, ...]:
    """Its periods of use; empty for the whole term."""
    return () if policy.usage in ((), ((policy.starts, policy.ends),)) else policy.usage


def over(draft: ChangeDraft, turn: Turn) -> bool:
    """Has the last period of use ended? Longer use had to be asked for before that (837-П, 5.1)."""
    given = draft.given.periods if draft.given else ()
    return bool(given) and turn.today > max(last for _, last in given)


@room.asks("summary")
async def show_summary(turn: Turn, at: Position[ChangeDraft]) -> Screen:
    """What would be different, and the law about it; nothing is changed before the insurer has confirmed it."""
    t, draft = turn.t, at.draft
    policy = await turn.cabinet.policies.card(turn.unit, turn.actor, draft.policy)
    lines = changes(t, draft.given, draft.entered) if draft.given else []
    closed = over(draft, turn)
    parts = [
        t("change", object=thing(policy, full=False), number=policy.number, ends=show.day(policy.ends)),
        "\n".join(lines) if lines else t("change-nothing"),
        t("change-use-over") if closed else "",
        t("change-rule"),
        t("change-office-hint"),
    ]
    edits = [Button(t.plain("prolongation-edit-drivers"), "edit", "drivers")]
    if not closed:
        edits.append(Button(t.plain("prolongation-edit-use"), "edit", "periods"))
    rows = [
        [Button(t.plain("change-send"), "ok")] if lines else [],
        edits,
        [Button(t.plain("prolongation-edit-card"), "edit", "card"), Button(t.plain("change-other"), "change-office")],
    ]
    return Screen("\n\n".join(part for part in parts if part), rows)


@room.tap("change-office")
async def open_office(turn: Turn, _: str) -> None:
    turn.go("change-office", id=room.position(turn).draft.policy)


async def send(turn: Turn, draft: ChangeDraft) -> None:
    """A request with what is there and what is wanted; the surcharge is an employee's work and comes before anything binds."""
    policy = await turn.cabinet.policies.card(turn.unit, turn.actor, draft.policy)
    if draft.given is None or not draft.touched:
        raise NotFound
    title = ", ".join((turn.t.plain("product-osago"), thing(policy, full=False), policy.number))
    entered = {
        "policy": title,
        "term": [day.isoformat() for day in draft.term],
        "before": to_wire(draft.given, draft.term),
        "after": to_wire(draft.entered, draft.term),
    }
    filed = await turn.cabinet.requests.file(
        turn.unit, turn.actor, Kind.CHANGE, draft.key, entered, policy=policy.core_id
    )
    request.tell(turn, filed)


room.finish = send


def leave(turn: Turn) -> None:
    """Back to the card; what was changed waits."""
    at = turn.dialog.at(CHANGE)
    if at:
        turn.go("policy", id=at.draft.policy)
    else:
        turn.go("policies")


room.left = leave


@office.screen
async def show_office(turn: Turn) -> Screen:
    """What only an office changes, and why."""
    t = turn.t
    policy = await turn.cabinet.policies.card(turn.unit, turn.actor, turn.args.get("id", 0))
    key = "change-office" if changeable(policy, turn) else "change-office-only"
    return Screen(
        t(key, object=thing(policy, full=False)),
        [[Button(t.plain("button-offices"), "offices"), Button(t.plain("button-requests"), "requests")]],
    )


@office.tap("back")
async def back_to_card(turn: Turn, _: str) -> None:
    turn.go("policy", id=turn.args["id"])
