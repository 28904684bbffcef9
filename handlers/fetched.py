"""What became of a file on its way to us: the screen that gathers says it in place; elsewhere only what needs the person is said."""

from __future__ import annotations

from typing import Any

from handlers import gathering
from handlers.gathering import SPOTS, WISHES
from handlers.turn import Turn
from handlers.wishes import Wish, called
from services.uploads import Upload

LISTING = ("files", "file")
"""Rooms about the files of another one."""
COUNTING = ("case", "claim.summary", *LISTING)
"""Where it is seen how files stand, though none are shown to be gathered."""
EMPTY = Wish.of("", (), ())


async def file_stored(turn: Turn, facts: dict[str, Any]) -> None:
    """It is safe; the same content again is not needed; dark, blurred, small or like another one: the person decides."""
    it = await turn.cabinet.uploads.stored(turn.unit, turn.actor, facts)
    args, wish = await gathered(turn)
    if it is None:
        turn.quiet = True
    elif it.duplicate:
        if wish:
            gathering.tell(args, turn.t("photos-duplicate", file=called(turn, wish.files, it)))
        show_in_place(turn)
    elif it.doubtful and not (wish and mentions(wish, it)):
        say(turn, gathering.doubt(turn, wish or EMPTY, it))
    else:
        show_in_place(turn)


async def file_refused(turn: Turn, facts: dict[str, Any]) -> None:
    """It is not kept: which one, why, and what to do."""
    it = await turn.cabinet.uploads.refused(turn.unit, turn.actor, facts)
    args, wish = await gathered(turn)
    if it is None:
        turn.quiet = True
    elif wish and mentions(wish, it):
        gathering.tell(args, gathering.refusal(turn, wish, it))
        show_in_place(turn)
    else:
        say(turn, gathering.refusal(turn, wish or EMPTY, it))


async def gathered(turn: Turn) -> tuple[dict[str, Any], Wish | None]:
    """What is gathered where the person stands, with the arguments of that place; None where nothing is."""
    place, args = turn.dialog.place, turn.args
    if place in LISTING:
        place, args = args.get("home") or ("", {})
    elif turn.dialog.where not in SPOTS:
        return {}, None
    if place not in WISHES or turn.actor.client_id is None:
        return {}, None
    return args, await WISHES[place](turn, args)


def mentions(wish: Wish, it: Upload) -> bool:
    """Is it one of those?"""
    return any(other.id == it.id for other in wish.files)


def show_in_place(turn: Turn) -> None:
    """Where files are counted, the screen is renewed without a message; elsewhere nothing is to be seen."""
    turn.quiet = turn.dialog.where not in (*SPOTS, *COUNTING)


def say(turn: Turn, words: str) -> None:
    """To somebody who stands elsewhere: a message that stays."""
    turn.say("photos-elsewhere", turn.unit.event.event_id, missed=turn.t("news-missed"), words=words)
