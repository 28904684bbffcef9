"""Prolongation: all is shown at once and goes to the check with one tap; drivers, periods, card may be changed first (D1–D8)."""

from __future__ import annotations

from datetime import date

from fsm.flow import Position
from fsm.prolongation import PROLONGATION, ProlongationDraft
from handlers import format as show
from handlers import policies
from handlers.flow import FlowRoom, asked
from handlers.policies import thing
from handlers.room import Room
from handlers.screen import Button, Screen
from handlers.texts import Texts
from handlers.turn import Turn
from services.model import Access
from services.prolongation import AdmittedDriver, DiagnosticCard, Entered, Offer, Period

begun = Room("begun", needs=Access.BOUND, back="policies")
room = FlowRoom(
    "prolongation",
    PROLONGATION,
    needs=Access.BOUND,
    back="policy",
    typed={
        "driver.name": True,
        "driver.birth": True,
        "driver.licence": True,
        "driver.since": True,
        "card.number": True,
        "card.issued": False,
        "card.until": False,
        "period.first": False,
        "period.last": False,
    },
)


def sure(turn: Turn) -> Access:
    """Renewing unchanged needs the binding alone; drivers are personal data of others, the rest needs an unlock (A4)."""
    at = turn.dialog.at(PROLONGATION)
    step = at.step if at else ""
    return {"drivers": Access.FRESH, "periods": Access.UNLOCKED, "card": Access.UNLOCKED}.get(step, Access.BOUND)


room.sure = sure


async def begin(turn: Turn, policy_id: int) -> None:
    """From the card or the menu: to the application on its way, to the draft, or to a new draft of what carries over.

    Raises NotFound, TooEarly, NotProlongable.
    """
    offer = await turn.cabinet.prolongation.offer(turn.unit, turn.actor, policy_id, turn.today)
    if offer.application:
        turn.go("application", id=offer.application.id)
        return
    at = turn.dialog.at(PROLONGATION)
    if at is None or at.draft.correcting or not (at.draft.touched or at.inner or at.begun):
        start_anew(turn, offer)
    elif at.draft.policy != policy_id or asked(at) != "summary":
        turn.go("begun", wanted=policy_id)
        return
    turn.go("prolongation")


@policies.card.tap("renew")
async def renew(turn: Turn, _: str) -> None:
    """From the card."""
    await begin(turn, turn.args["id"])


def start_anew(turn: Turn, offer: Offer) -> None:
    """A draft of what carries over, looked at from its summary."""
    given = offer.carried
    term = (offer.window.starts, offer.window.ends)
    stand(
        turn,
        ProlongationDraft(
            policy=offer.policy.id, term=term, drivers=given.drivers, unlimited=given.unlimited, given=given
        ),
    )


def stand(turn: Turn, draft: ProlongationDraft) -> None:
    """Look at this draft from its summary."""
    turn.dialog.stand(PROLONGATION.review(draft))


@room.asks("summary")
async def show_summary(turn: Turn, at: Position[ProlongationDraft]) -> Screen:
    """What goes to the insurer, each line to be changed by itself; what stays is said, with where it can be changed."""
    t, draft = turn.t, at.draft
    policy = await turn.cabinet.policies.card(turn.unit, turn.actor, draft.policy)
    offer = (
        await turn.cabinet.prolongation.offer(turn.unit, turn.actor, draft.policy, turn.today)
        if not draft.correcting
        else None
    )
    starts, ends = (offer.window.starts, offer.window.ends) if offer else draft.term
    parts = [
        t("prolongation", object=thing(policy, full=False), number=policy.number),
        t("prolongation-term", starts=show.day(starts), ends=show.day(ends)),
        gap(turn, offer.window.gap if offer else None, policy.ends),
        "\n".join([t("prolongation-drivers"), *driver_lines(t, draft.entered)]),
        t("prolongation-use", periods=use(t, draft.periods)),
        card_line(t, draft.card),
        t("prolongation-fixed"),
    ]
    rows = [
        [Button(t.plain("prolongation-check"), "ok")],
        [
            Button(t.plain("prolongation-edit-drivers"), "edit", "drivers"),
            Button(t.plain("prolongation-edit-use"), "edit", "periods"),
        ],
        [Button(t.plain("prolongation-edit-card"), "edit", "card"), Button(t.plain("button-offices"), "offices")],
    ]
    return Screen("\n\n".join(part for part in parts if part), rows)


def gap(turn: Turn, days: Period | None, ends: date) -> str:
    """The days without cover, said before anything is sent (D6a)."""
    if days is None:
        return ""
    first, last = days
    return turn.t(
        "prolongation-gap-day" if first == last else "prolongation-gap",
        first=show.day(first),
        last=show.day(last),
        ends=show.day(ends),
    )


def driver_lines(t: Texts, entered: Entered) -> list[str]:
    """Who will drive, a line each."""
    if entered.unlimited:
        return [t("prolongation-unlimited")]
    return [
        t("prolongation-driver", name=show.masked_name(d.name), licence=licence_of(d), since=str(d.since.year))
        for d in entered.drivers
    ]


def licence_of(driver: AdmittedDriver) -> str:
    """Masked, in its own format."""
    return f"***{driver.licence[-3:]}" if driver.foreign else show.masked_licence(driver.licence)


def use(t: Texts, periods: tuple[Period, ...]) -> str:
    if not periods:
        return t.plain("prolongation-whole")
    return ", ".join(f"{show.day(first)} – {show.day(last)}" for first, last in periods)


def card_line(t: Texts, card: DiagnosticCard | None) -> str:
    if card is None:
        return t("prolongation-no-card")
    return t("prolongation-card", number=f"***{card.number[-4:]}", until=show.day(card.until))


async def send(turn: Turn, draft: ProlongationDraft) -> None:
    """To the insurer; another application of this policy that is on its way is opened instead."""
    sent = await turn.cabinet.prolongation.check(
        turn.unit, turn.actor, draft.policy, draft.entered, turn.today, draft.correcting
    )
    if sent.asked_at != turn.unit.now:
        turn.note("application-already")
    turn.go("application", id=sent.id)


room.finish = send


def leave(turn: Turn) -> None:
    """Back to the card, or to the application that was being corrected."""
    at = turn.dialog.at(PROLONGATION)
    if at and at.draft.correcting:
        turn.go("application", id=at.draft.correcting)
    elif at:
        turn.go("policy", id=at.draft.policy)
    else:
        turn.go("policies")


room.left = leave


@begun.screen
async def show_draft(turn: Turn) -> Screen:
    """Something is begun already: go on with it, or begin anew (rule 3)."""
    t = turn.t
    at = turn.dialog.at(PROLONGATION)
    policy = await turn.cabinet.policies.card(turn.unit, turn.actor, at.draft.policy if at else turn.args["wanted"])
    return Screen(
        t("prolongation-begun", object=thing(policy, full=False)),
        [[Button(t.plain("draft-continue"), "continue"), Button(t.plain("draft-anew"), "anew")]],
    )


@begun.tap("continue")
async def go_on(turn: Turn, _: str) -> None:
    turn.go("prolongation")


@begun.tap("anew")
async def begin_anew(turn: Turn, _: str) -> None:
    offer = await turn.cabinet.prolongation.offer(turn.unit, turn.actor, turn.args["wanted"], turn.today)
    start_anew(turn, offer)
    turn.go("prolongation")
