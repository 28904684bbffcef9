"""The first minutes of an accident: what to do, whom to call, where it is; then the protocol, or the claim (G1). No login needed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from fsm.accident import PROTOCOL, AccidentDraft
from fsm.claim_answers import take_place
from fsm.claim_draft import ClaimDraft
from handlers import claim
from handlers import format as show
from handlers.claim_lines import place_words
from handlers.flow import told as words_of
from handlers.room import Room
from handlers.screen import Ask, Button, Screen
from handlers.turn import Turn
from services.claims.values import Place

room = Room("accident")
place = Room("place", back="accident")

LASTS = timedelta(hours=6)
"""What was told longer ago was of another accident, or of none."""
CALLS = ("tow", "commissioner")
"""Whom else to call, where the insurer has them."""


@room.screen
async def show_steps(turn: Turn) -> Screen:
    t = turn.t
    draft = told(turn)
    here = draft.place if draft else Place()
    phones = [t("accident-phones"), *(t(f"accident-{name}") for name in CALLS if t.knows(name))]
    parts = [t("accident"), "\n".join(phones), t("accident-here", place=place_words(t, here)) if here else ""]
    return Screen(
        "\n\n".join(part for part in parts if part),
        [
            [Button(t.plain("accident-report"), "report")],
            [
                Button(t.plain("accident-place-again" if here else "accident-place-send"), "place"),
                Button(t.plain("accident-protocol"), "wizard"),
            ],
        ],
    )


@room.tap("wizard")
async def open_wizard(turn: Turn, _: str) -> None:
    if told(turn) is None:
        turn.dialog.begin(PROTOCOL, begun(turn))
    turn.go("protocol")


@room.tap("report")
async def report(turn: Turn, _: str) -> None:
    """A claim, with whatever was told here; who has not come in yet is asked to, and nothing is lost."""
    await claim.begin(turn, told=told(turn) or begun(turn))


@place.screen
async def show_place(turn: Turn) -> Screen:
    t = turn.t
    return Screen(t("accident-where"), ask=Ask("location", t.plain("place-share"), t.plain("place-share-how")))


@place.location
async def located(turn: Turn, latitude: float, longitude: float) -> None:
    keep(turn, Place("", latitude, longitude))


@place.text
async def described(turn: Turn, text: str) -> None:
    keep(turn, take_place(ClaimDraft(), words_of(turn, text)).place)


def keep(turn: Turn, where: Place) -> None:
    """Remember the place; a point that was sent from there is taken for the time of it, too."""
    draft = told(turn) or begun(turn)
    update: dict[str, Any] = {"place": where}
    if where.latitude is not None and draft.happened_on is None:
        update |= {"happened_on": turn.today, "happened_at": show.clock(turn.unit.now)}
    turn.dialog.begin(PROTOCOL, draft.model_copy(update=update))
    turn.note("accident-place-kept")
    turn.go("accident")


def begun(turn: Turn) -> AccidentDraft:
    """Nothing told yet."""
    return AccidentDraft(since=turn.unit.now)


def told(turn: Turn) -> AccidentDraft | None:
    """What has been told here lately; None: nothing."""
    at = turn.dialog.at(PROTOCOL)
    if at is None or at.draft.since is None or turn.unit.now - at.draft.since > LASTS:
        return None
    draft: AccidentDraft = at.draft
    return draft
