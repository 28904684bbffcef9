"""News of a claim: each is said once in every chat of the client, the card is renewed, and the screen that shows it (G6, G12)."""

from __future__ import annotations

from typing import Any

from handlers import format as show
from handlers import receipt
from handlers.claims import state_of
from handlers.turn import Turn
from handlers.watching import keep_card, let_go
from handlers.wishes import called
from services.claims.values import Claim
from services.errors import NotFound
from services.model import Access

SHOWING = ("case", "case-files", "complaint")
"""Rooms about one claim."""
IDLE = ("menu", "claims")
"""Whoever stands there is led to the claim the news are about: what it needs is a button away."""
LEADS = ("registered", "clarification", "inspection", "repair", "payout", "refused", "changed", "stuck")
"""News that there is something to do about, or to look at."""


async def claim_news(turn: Turn, facts: dict[str, Any]) -> None:
    """A new state, or that the insurer has registered the claim, or will not have it."""
    try:
        claim = await turn.cabinet.claims.one(turn.unit, turn.actor, facts["claim"])
    except NotFound:  # logged out meanwhile
        turn.quiet = True
        return
    keep_card(turn, claim)
    word = facts["news"]
    if word == "changed" and claim.said.wanted:
        word = "clarification"  # another list of documents
    here = turn.dialog.place in SHOWING and turn.args.get("id") == claim.id
    led = turn.dialog.place in IDLE and word in LEADS and turn.access >= Access.UNLOCKED
    if here or led:
        turn.go("case", id=claim.id)
    if turn.t.has(f"claim-news-{word}"):
        await tell(turn, claim, word, facts)
        if (
            word == "registered" and facts["mine"]
        ):  # the receipt comes by itself, as a policy does, whatever the session allows (A4)
            await receipt.send(turn, claim)
    else:
        turn.quiet = not here


async def tell(turn: Turn, claim: Claim, word: str, facts: dict[str, Any]) -> None:
    """What has happened and what to do, without what only the unlocked may see."""
    wanted, there = claim.said.wanted, claim.said.inspection
    turn.say(
        f"claim-news-{word}",
        turn.unit.event.event_id,
        missed=turn.t("claim-missed"),
        number=claim.shown,
        own=claim.number,
        count=len(wanted),
        at=show.moment(there.at) if there else "",
        state=state_of(turn, claim),
        file=await file_of(turn, facts),
    )


async def file_of(turn: Turn, facts: dict[str, Any]) -> str:
    """The file the news are about, by its name."""
    found = await turn.cabinet.uploads.of_claim(turn.unit, turn.actor, facts["claim"])
    it = next((it for it in found if it.id == facts.get("upload")), None)
    return called(turn, (), it) if it else ""


async def new_day(turn: Turn, facts: dict[str, Any]) -> None:
    """Midnight: the card counts a day less, and so does the screen of the claim if it stands there."""
    try:
        claim = await turn.cabinet.claims.one(turn.unit, turn.actor, facts["claim"])
    except NotFound:  # logged out meanwhile
        let_go(turn, facts["claim"])
        turn.quiet = True
        return
    keep_card(turn, claim)
    turn.quiet = turn.dialog.place != "case" or turn.args.get("id") != claim.id
