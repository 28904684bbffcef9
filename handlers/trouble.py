"""Where a person stands after a failure of ours: nothing in this room can fail, and every way out is open (rule 10)."""

from __future__ import annotations

from handlers.room import Room
from handlers.screen import Screen
from handlers.turn import Turn

room = Room("trouble")


@room.screen
async def show_trouble(turn: Turn) -> Screen:
    return Screen(turn.t("trouble"))
