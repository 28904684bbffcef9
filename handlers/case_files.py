"""Papers the insurer waits for: those of a claim (G6, B3), and copies for an application whose data did not match (D8)."""

from __future__ import annotations

from typing import Any

from handlers.gathering import gathers, page
from handlers.room import Room
from handlers.screen import Button, Screen
from handlers.turn import Turn
from handlers.wishes import Slot, Wish, slots_of
from services.claims.checklist import asked, board
from services.claims.values import Claim
from services.model import Access
from services.prolongation.copies import key_of
from services.uploads import Upload, later

COPIES = ("licence-front", "licence-back", "sts-front", "sts-back")
"""Papers whose data a check compares."""

case_files = Room("case-files", needs=Access.UNLOCKED, back="case")
copies = Room("copies", needs=Access.UNLOCKED, back="application")


async def wish_of_claim(turn: Turn, args: dict[str, Any]) -> Wish:
    """What the insurer asks for, or else what is still missing of the checklist. Raises NotFound."""
    return await wish_for(turn, await turn.cabinet.claims.one(turn.unit, turn.actor, args["id"]))


async def wish_for(turn: Turn, claim: Claim) -> Wish:
    """The same for a claim at hand."""
    key = later(claim.id)
    mine = await turn.cabinet.uploads.of_claim(turn.unit, turn.actor, claim.id)
    fresh = [it for it in await turn.cabinet.uploads.of_draft(turn.unit, turn.actor, key) if not it.claim]
    wanted = tuple(Slot(it.code, it.title) for it in claim.said.wanted)
    slots = wanted or slots_of(turn, asked(claim))
    return Wish(key, slots, (*mine, *fresh), board(claim, mine, fresh))


gathers(case_files, wish_of_claim, proving=True)


@case_files.screen
async def show_case_files(turn: Turn) -> Screen:
    t = turn.t
    claim = await turn.cabinet.claims.one(turn.unit, turn.actor, turn.args["id"])
    wish = await wish_for(turn, claim)
    head = t("case-files" if claim.said.wanted else "case-photos", number=claim.shown)
    return page(turn, head, wish, [Button(t.plain("photos-send"), "send")] if unsent(wish) else [])


def unsent(wish: Wish) -> list[Upload]:
    """What is here and not yet given to the insurer."""
    return [it for it in wish.live if not it.claim and not it.handed]


@case_files.tap("send")
async def send(turn: Turn, _: str) -> None:
    """On to the insurer; what is on its way follows by itself."""
    await turn.cabinet.adjusting.more(turn.unit, turn.actor, turn.args["id"])
    turn.go("case", id=turn.args["id"])
    turn.note("case-files-sent")


async def wish_of_application(turn: Turn, args: dict[str, Any]) -> Wish:
    """Copies of the papers the application is about. Raises NotFound."""
    files = await turn.cabinet.copies.of(turn.unit, turn.actor, args["id"])
    return Wish.of(key_of(args["id"]), slots_of(turn, COPIES), files)


gathers(copies, wish_of_application)


@copies.screen
async def show_copies(turn: Turn) -> Screen:
    t, wish = turn.t, await wish_of_application(turn, turn.args)
    return page(turn, t("copies"), wish, [Button(t.plain("photos-send"), "send")] if unsent(wish) else [])


@copies.tap("send")
async def send_copies(turn: Turn, _: str) -> None:
    """On to the insurer, once all of them are here."""
    wish = await wish_of_application(turn, turn.args)
    if wish.waiting:
        turn.note("copies-wait")
        return
    await turn.cabinet.copies.send(turn.unit, turn.actor, turn.args["id"], wish.board.shown)
    turn.go("application", id=turn.args["id"])
    turn.note("copies-sent")


@case_files.tap("back")
async def back_to_case(turn: Turn, _: str) -> None:
    turn.go("case", id=turn.args["id"])


@copies.tap("back")
async def back_to_application(turn: Turn, _: str) -> None:
    turn.go("application", id=turn.args["id"])
