"""Photos and papers of a claim that is being told: a step that shows what is wanted, and takes them at any other step as well (G3)."""

from __future__ import annotations

from typing import Any

from fsm.claim import CLAIM
from fsm.claim_draft import ClaimDraft
from fsm.flow import Position
from handlers.attached import Attached
from handlers.claim_details import room
from handlers.claim_lines import wish_for
from handlers.flow import asked
from handlers.gathering import brought, gathers, page
from handlers.screen import Button, Screen
from handlers.turn import Turn
from handlers.wishes import Wish
from services.errors import NotFound

__all__ = ["room"]

STEP = "photos"


async def wish_of(turn: Turn, _: dict[str, Any]) -> Wish:
    """What such an event needs. Raises NotFound when no claim is being told."""
    at = turn.dialog.at(CLAIM)
    if at is None:
        raise NotFound
    return await wish_for(turn, at.draft)


gathers(room, wish_of, STEP, proving=True)


@room.file
async def bring(turn: Turn, attached: Attached) -> None:
    """At another step it is kept too, and that step goes on."""
    await brought(turn, attached)
    if asked(room.position(turn)) != STEP:
        turn.notes += turn.args.pop("told", []) or [turn.t("photos-kept")]


@room.asks(STEP)
async def show_photos(turn: Turn, at: Position[ClaimDraft]) -> Screen:
    """What is on its way follows by itself, so one may go on; nothing at all may be sent later."""
    t = turn.t
    return page(
        turn, t("claim-photos"), await wish_for(turn, at.draft), [Button(t.plain("claim-onward"), "say", "done")]
    )
