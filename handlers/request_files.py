"""Papers of a request: while it is told, and later, from its card (I4, A14)."""

from __future__ import annotations

from typing import Any

from fsm.flow import Position
from fsm.request import REQUEST, RequestDraft
from handlers.attached import Attached
from handlers.errand_rooms import sure
from handlers.gathering import brought, gathers, page
from handlers.request import room
from handlers.requests import card
from handlers.room import Room
from handlers.screen import Button, Screen
from handlers.turn import Turn
from handlers.wishes import Wish, slots_of
from services.errors import NotFound, RequestOver
from services.model import Access
from services.requests.values import files_of

__all__ = ["more", "room"]

STEP = "files"
IDENTITY = ("passport", "handwritten")
"""Papers without which staff do not change a number (A14)."""

more = Room("request-files", needs=Access.CONSENTED, back="request-card")
more.sure = sure


async def wish_of(turn: Turn, _: dict[str, Any]) -> Wish:
    """What goes with the request that is being told. Raises NotFound when there is none."""
    at = turn.dialog.at(REQUEST)
    if at is None:
        raise NotFound
    return await wish_for(turn, at.draft)


async def wish_for(turn: Turn, draft: RequestDraft) -> Wish:
    """The same for a draft."""
    key = files_of(draft.key)
    codes = IDENTITY if draft.kind == "phone" else ()
    return Wish.of(key, slots_of(turn, codes), await turn.cabinet.uploads.of_draft(turn.unit, turn.actor, key))


gathers(room, wish_of, STEP)


@room.file
async def bring(turn: Turn, attached: Attached) -> None:
    """At another step it is kept too, and that step goes on. Of somebody who cannot come in nothing can be kept."""
    at = room.position(turn)
    if at.draft.stranger:
        turn.note(room.expects(turn))
        return
    await brought(turn, attached)
    if at.step != STEP:
        turn.notes += turn.args.pop("told", []) or [turn.t("request-photos-kept")]


@room.asks(STEP)
async def show_files(turn: Turn, at: Position[RequestDraft]) -> Screen:
    """What must be there is waited for; the rest may be left out."""
    t, wish = turn.t, await wish_for(turn, at.draft)
    head = t("request-files-phone" if wish.slots else "request-files")
    label = "request-files-done" if wish.live else "request-files-none"
    ready = at.draft.deed == "block" or not wish.open()
    return page(turn, head, wish, [Button(t.plain(label), "say", "done")] if ready else [])


async def wish_of_more(turn: Turn, args: dict[str, Any]) -> Wish:
    """What is added to a request: what staff have already is taken back no more. Raises NotFound, RequestOver."""
    it = await turn.cabinet.requests.one(turn.unit, turn.actor, args["id"])
    if it.over:
        raise RequestOver
    found = await turn.cabinet.uploads.of_draft(turn.unit, turn.actor, it.files)
    return Wish.of(it.files, (), (one for one in found if not one.handed))


gathers(more, wish_of_more)
del more.taps["slot"]  # nothing in particular is wanted here


@more.screen
async def show_more(turn: Turn) -> Screen:
    t, wish = turn.t, await wish_of_more(turn, turn.args)
    return page(turn, t("request-more"), wish, [Button(t.plain("photos-send"), "send")] if wish.live else [])


@more.tap("send")
async def send(turn: Turn, _: str) -> None:
    """On to staff; what is on its way follows by itself."""
    await turn.cabinet.requests.attach(turn.unit, turn.actor, turn.args["id"], turn.t.plain("request-attached"))
    turn.go("request-card", id=turn.args["id"])
    turn.note("request-attached")


@more.tap("back")
async def back_to_card(turn: Turn, _: str) -> None:
    turn.go("request-card", id=turn.args["id"])


@card.tap("request-files")
async def open_more(turn: Turn, _: str) -> None:
    turn.go("request-files", id=turn.args["id"])
