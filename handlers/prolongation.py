"""Prolongation: all is shown at once and goes to the check with one tap; drivers, periods, card may be changed first (D1–D8)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from fsm.flow import Position
from fsm.prolongation import MOST_DRIVERS, PROLONGATION, ProlongationDraft
from handlers import format as show
from handlers import policies
from handlers.flow import FlowRoom, asked
from handlers.policies import thing
from handlers.screen import Button, Row, Screen, column
from handlers.texts import Texts
from handlers.turn import Turn
from services.formats import sex_of
from services.model import Access
from services.prolongation import AdmittedDriver, DiagnosticCard, Entered, Offer, Period
from services.prolongation.rules import MOST_PERIODS

CARD_YEARS = timedelta(days=5 * 366)
"""How far a calendar of a diagnostic card reaches; older and longer ones are typed."""

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
    if at is None or not at.draft.touched or at.draft.correcting:
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


@room.asks("drivers")
async def show_drivers(turn: Turn, at: Position[ProlongationDraft]) -> Screen:
    t, draft = turn.t, at.draft
    rows: list[Row] = []
    for number, driver in enumerate(draft.drivers):
        name = show.masked_name(driver.name)
        rows.append(
            [
                Button(t.plain("drivers-edit", number=number + 1, name=name), "open", str(number)),
                Button(t.plain("drivers-remove", number=number + 1), "change", f"remove={number}"),
            ]
        )
    more = [Button(t.plain("drivers-add"), "open", "")] if len(draft.drivers) < MOST_DRIVERS else []
    if not draft.unlimited:
        more.append(Button(t.plain("drivers-unlimited"), "change", "unlimited"))
    text = (
        "\n".join([t("drivers"), *driver_lines(t, draft.entered)])
        if draft.unlimited or draft.drivers
        else t("drivers-none")
    )
    return Screen(text, [*rows, more, [Button(t.plain("button-done"), "say", "done")]])


@room.asks("periods")
async def show_periods(turn: Turn, at: Position[ProlongationDraft]) -> Screen:
    t, draft = turn.t, at.draft
    rows: list[Row] = [
        [
            Button(
                t.plain("periods-remove", period=f"{show.day(first)} – {show.day(last)}"), "change", f"remove={number}"
            )
        ]
        for number, (first, last) in enumerate(draft.periods)
    ]
    more = [Button(t.plain("periods-add"), "open", "")] if len(draft.periods) < MOST_PERIODS else []
    if draft.periods:
        more.append(Button(t.plain("periods-year"), "change", "year"))
    starts, ends = draft.term
    text = t("periods", periods=use(t, draft.periods), starts=show.day(starts), ends=show.day(ends))
    return Screen(text, [*rows, more, [Button(t.plain("button-done"), "say", "done")]])


@room.asks("card")
async def show_card(turn: Turn, at: Position[ProlongationDraft]) -> Screen:
    t, draft = turn.t, at.draft
    row = [Button(t.plain("card-edit" if draft.card else "card-add"), "open", "0" if draft.card else "")]
    if draft.card:
        row.append(Button(t.plain("card-remove"), "change", "remove"))
    return Screen(f"{t('card')}\n\n{card_line(t, draft.card)}", [row, [Button(t.plain("button-done"), "say", "done")]])


@room.asks("period.first", "period.last")
async def show_period(turn: Turn, at: Position[Any]) -> Screen:
    t, draft, step = turn.t, at.leaf.draft, at.leaf.step
    starts, ends = draft.term
    text = t(f"period-{step}", starts=show.day(starts), ends=show.day(ends), first=show.day(draft.first or starts))
    return Screen(text, room.days(turn, at))


@room.asks("card.issued", "card.until")
async def show_card_day(turn: Turn, at: Position[Any]) -> Screen:
    return Screen(turn.t(f"card-{at.leaf.step}"), room.days(turn, at))


def bounds(turn: Turn, at: Position[Any]) -> tuple[date, date]:
    """Days that can be right: of the term for a period, of five years back or ahead for a card."""
    draft = at.leaf.draft
    match asked(at):
        case "period.first":
            return draft.term[0], draft.term[1]
        case "period.last":
            return draft.first, draft.term[1]
        case "card.issued":
            return turn.today - CARD_YEARS, turn.today
        case _:
            return turn.today, turn.today + CARD_YEARS


room.bounds = bounds


@room.asks("card.kind")
async def ask_kind(turn: Turn, _: Position[Any]) -> Screen:
    t = turn.t
    return Screen(
        t("card-kind"),
        column(*(Button(t.plain(f"card-kind-{kind}"), "say", kind) for kind in ("card", "international"))),
    )


@room.asks("card.number")
async def ask_number(turn: Turn, _: Position[Any]) -> Screen:
    return Screen(turn.t("card-number"))


@room.asks("driver.name", "driver.birth", "driver.since")
async def ask_words(turn: Turn, at: Position[Any]) -> Screen:
    """A step that is answered by typing."""
    name = at.leaf.draft.name
    return Screen(turn.t(f"driver-{at.leaf.step}", name=name.first if name else ""))


@room.asks("driver.sex")
async def ask_sex(turn: Turn, at: Position[Any]) -> Screen:
    t = turn.t
    return Screen(
        t("driver-sex", name=at.leaf.draft.name.first),
        [[Button(t.plain(f"sex-{sex}"), "say", sex) for sex in ("male", "female")]],
    )


@room.asks("driver.licence")
async def ask_licence(turn: Turn, at: Position[Any]) -> Screen:
    t, foreign = turn.t, at.leaf.draft.foreign
    key = "driver-licence-foreign" if foreign else "driver-licence"
    other = "ru" if foreign else "foreign"
    return Screen(t(key), column(Button(t.plain(f"licence-{other}"), "change", other)))


@room.asks("driver.summary")
async def show_driver(turn: Turn, at: Position[Any]) -> Screen:
    """The driver as entered, each line to be changed by itself."""
    t, d = turn.t, at.leaf.draft
    lines = t(
        "driver-summary",
        name=d.name.full,
        birth=show.day(d.birth),
        sex=t.plain(f"sex-{d.sex}") if d.sex else "—",
        licence=f"***{d.licence[-3:]}" if d.foreign else show.masked_licence(d.licence),
        since=show.day(d.since),
    )
    edits = [Button(t.plain(f"driver-edit-{step}"), "edit", step) for step in ("name", "birth", "licence", "since")]
    if sex_of(d.name.middle) is None:
        edits.append(Button(t.plain("driver-edit-sex"), "edit", "sex"))
    key = "driver-save" if at.key else "driver-add"
    drop = Button(t.plain("item-unchanged" if at.key else "driver-drop"), "undo")
    return Screen(lines, [[Button(t.plain(key), "ok"), drop], edits[:2], edits[2:]])


@room.asks("card.summary")
async def show_card_summary(turn: Turn, at: Position[Any]) -> Screen:
    t, d = turn.t, at.leaf.draft
    text = t(
        "card-summary",
        kind=t.plain(f"card-kind-{d.kind}"),
        number=d.number,
        issued=show.day(d.issued),
        until=show.day(d.until),
    )
    edits = [Button(t.plain(f"card-edit-{step}"), "edit", step) for step in ("kind", "number", "issued", "until")]
    return Screen(
        text, [[Button(t.plain("card-save"), "ok"), Button(t.plain("item-unchanged"), "undo")], edits[:2], edits[2:]]
    )


async def send(turn: Turn, draft: ProlongationDraft) -> None:
    """To the insurer; another application of this policy that is on its way is opened instead."""
    try:
        sent = await turn.cabinet.prolongation.check(
            turn.unit, turn.actor, draft.policy, draft.entered, turn.today, draft.correcting
        )
    except Exception:
        stand(turn, draft)  # what was entered is kept
        raise
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
        turn.go("menu")


room.left = leave
