"""The list of claims: what is on its way first (G6)."""

from __future__ import annotations

from handlers.policies import thing
from handlers.room import Room
from handlers.screen import Button, Screen, column
from handlers.texts import Html
from handlers.turn import Turn
from handlers.watching import keep_card
from handlers.widgets.pager import pager
from services.claims.values import Claim
from services.errors import NotFound
from services.model import Access

PAGE = 5
"""Claims of a page."""

room = Room("claims", needs=Access.BOUND, back="menu")


@room.screen
async def show_claims(turn: Turn) -> Screen:
    t = turn.t
    found = await turn.cabinet.claims.of_client(turn.unit, turn.actor)
    new = [Button(t.plain("claims-new"), "new")]
    if not found:
        return Screen(t("claims-none"), [new])
    pages = -(-len(found) // PAGE)
    page = min(int(turn.args.get("page", 0)), pages - 1)
    shown = found[page * PAGE : (page + 1) * PAGE]
    lines = [await line_of(turn, claim) for claim in shown]
    rows = column(*(Button(label_of(turn, claim), "open", str(claim.id)) for claim in shown))
    return Screen("\n\n".join([t("claims"), *lines]), [*rows, pager(t, page, pages), new])


async def line_of(turn: Turn, claim: Claim) -> Html:
    """Number, what happened to what, and how it stands."""
    return turn.t(
        "claims-line",
        number=claim.shown,
        event=event_of(turn, claim),
        object=await thing_of(turn, claim),
        state=state_of(turn, claim),
    )


def label_of(turn: Turn, claim: Claim) -> str:
    """The number tells two alike apart."""
    return turn.t.plain("claims-label", number=claim.shown, event=event_of(turn, claim))


def event_of(turn: Turn, claim: Claim) -> str:
    """What happened, in a word or two: `Вы пострадали в ДТП`; of an event this release does not know, that it is a claim."""
    key = f"case-event-{claim.product}-{claim.event}"
    return turn.t.plain(key if turn.t.has(key) else "case-event-other")


def state_of(turn: Turn, claim: Claim) -> str:
    return turn.t.plain(f"claim-state-{claim.state}")


async def thing_of(turn: Turn, claim: Claim) -> str:
    """The insured object, masked; the kind of insurance if the contract is not here (yet)."""
    try:
        policy = await turn.cabinet.policies.by_core_id(turn.unit, turn.actor, claim.policy_core_id)
    except NotFound:
        return turn.t.plain(f"product-{claim.product}")
    return thing(policy, full=False) or turn.t.plain(f"product-{claim.product}")


@room.tap("page")
async def turn_page(turn: Turn, page: str) -> None:
    turn.go("claims", page=int(page))


@room.tap("open")
async def open_case(turn: Turn, number: str) -> None:
    await follow(turn, int(number))


async def follow(turn: Turn, claim_id: int) -> None:
    """Open a claim; from now on this chat has its card, if there is anything left to wait for. Raises NotFound."""
    claim = await turn.cabinet.claims.one(turn.unit, turn.actor, claim_id)
    if not claim.over:
        keep_card(turn, claim)
    turn.go("case", id=claim.id)
