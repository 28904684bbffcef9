"""The first questions of a claim: which contract, what, when, where, how it happened (G2)."""

from __future__ import annotations

from datetime import date, timedelta

from fsm.claim_draft import ClaimDraft
from fsm.flow import Answer, Position
from handlers import claim
from handlers import format as show
from handlers.claim import room
from handlers.flow import asked
from handlers.policies import labels_of
from handlers.screen import Ask, Button, Screen, column
from handlers.turn import Turn
from handlers.widgets.pager import pager
from services.claims.values import Place

__all__ = ["room"]

YEARS = timedelta(days=3 * 366)
"""How far back the calendar reaches: as long as one may go to court about it. Older days are typed."""


CARS = ("osago", "kasko")


@room.asks("contract")
async def ask_contract(turn: Turn, _: Position[ClaimDraft]) -> Screen:
    """Which contract it is about: those in force first, and of these a car's, for at the roadside nothing else is looked for."""
    t = turn.t
    page = int(turn.args.get("page", 0))
    found = await turn.cabinet.policies.page(turn.unit, turn.actor, turn.today, "all", page, CARS)
    if not found.lines:
        return Screen(t("claim-no-policies"))
    rows = column(*(Button(label, "choose", str(line.id)) for line, label in labels_of(t, found.lines)))
    return Screen(t("claim-contract"), [*rows, pager(t, found.page, found.pages)])


@room.tap("choose")
async def choose(turn: Turn, number: str) -> None:
    turn.args.pop("page", None)
    await room.take(turn, Answer(await claim.contract(turn, int(number))))


@room.tap("page")
async def turn_page(turn: Turn, page: str) -> None:
    turn.args["page"] = int(page)


@room.asks("event")
async def ask_event(turn: Turn, at: Position[ClaimDraft]) -> Screen:
    t, draft = turn.t, at.draft
    return Screen(
        t(f"claim-event-{draft.product}"),
        column(*(Button(t.plain(f"claim-event-{draft.product}-{event}"), "say", event) for event in draft.events)),
    )


@room.asks("when")
async def ask_when(turn: Turn, at: Position[ClaimDraft]) -> Screen:
    """A tap for what has just happened, or was yesterday; any other day by the calendar or in words."""
    t = turn.t
    if "month" in turn.args:
        return Screen(t("claim-when"), room.days(turn, at))
    return Screen(
        t("claim-when"),
        [
            [Button(t.plain("claim-when-now"), "say", "now")],
            [Button(t.plain(f"when-{day}"), "say", day) for day in ("today", "yesterday")],
            [Button(t.plain("claim-when-other"), "month", f"{turn.today:%Y-%m}")],
        ],
    )


def bounds(turn: Turn, _: Position[ClaimDraft]) -> tuple[date, date]:
    return turn.today - YEARS, turn.today


room.bounds = bounds


@room.asks("outside")
async def ask_outside(turn: Turn, at: Position[ClaimDraft]) -> Screen:
    """The contract was not in force on that day: it is said plainly, and the insurer decides."""
    t, draft = turn.t, at.draft
    starts, ends = draft.contract.term if draft.contract else (turn.today, turn.today)
    days = {"date": show.day(draft.happened_on or turn.today), "starts": show.day(starts), "ends": show.day(ends)}
    return Screen(
        t("claim-outside", **days),
        column(Button(t.plain("claim-outside-yes"), "say", "yes"), Button(t.plain("claim-outside-no"), "back")),
    )


@room.asks("time")
async def ask_time(turn: Turn, _: Position[ClaimDraft]) -> Screen:
    t = turn.t
    return Screen(t("claim-time"), [[Button(t.plain("claim-time-unknown"), "say", "unknown")]])


@room.asks("place")
async def ask_place(turn: Turn, at: Position[ClaimDraft]) -> Screen:
    t = turn.t
    key = "claim-place-theft" if at.draft.event == "theft" else "claim-place"
    return Screen(t(key), ask=Ask("location", t.plain("place-share"), t.plain("place-share-how")))


@room.location
async def located(turn: Turn, latitude: float, longitude: float) -> None:
    """A point, from the button below or from the map; elsewhere it means nothing."""
    if asked(room.position(turn)) == "place":
        await room.take(turn, Answer(Place("", latitude, longitude)))
    else:
        turn.note(room.expects(turn))


@room.asks("story")
async def ask_story(turn: Turn, at: Position[ClaimDraft]) -> Screen:
    """In the client's own words, in as many messages as they like."""
    t, story = turn.t, at.draft.story
    if not story:
        return Screen(t("claim-story"))
    again = Button(t.plain("claim-story-anew"), "change", "clear")
    return Screen(t("claim-story-more", story=story), [[Button(t.plain("claim-onward"), "say", "done"), again]])


@room.asks("phone")
async def ask_phone(turn: Turn, _: Position[ClaimDraft]) -> Screen:
    return Screen(turn.t("claim-phone"))
