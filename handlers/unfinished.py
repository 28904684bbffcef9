"""Something is begun already: go on with it, or begin anew (rule 3). One room for every dialog that can be begun about different things.

    DRAFTS["call"] = begin

`begin(turn, **wanted)` starts the dialog of that name anew, over what was wanted when this room was come to.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from handlers.room import Room
from handlers.screen import Button, Screen
from handlers.turn import Turn
from services.errors import NotFound
from services.model import Access

DRAFTS: dict[str, Callable[..., Awaitable[None]]] = {}
"""How each dialog is begun anew, by the name of its flow, which is its room's as well."""

room = Room("unfinished", needs=Access.CONSENTED, back="menu")


def ask(turn: Turn, flow: str, **wanted: Any) -> None:
    """Let the person choose."""
    turn.go("unfinished", flow=flow, wanted=wanted)


@room.screen
async def show_choice(turn: Turn) -> Screen:
    t, flow = turn.t, turn.args.get("flow", "")
    if flow not in DRAFTS or flow not in turn.dialog.flows:
        raise NotFound
    return Screen(
        t(f"unfinished-{flow}"),
        [[Button(t.plain("draft-continue"), "continue"), Button(t.plain("draft-anew"), "anew")]],
    )


@room.tap("continue")
async def go_on(turn: Turn, _: str) -> None:
    turn.go(turn.args["flow"])


@room.tap("anew")
async def begin_anew(turn: Turn, _: str) -> None:
    await DRAFTS[turn.args["flow"]](turn, **turn.args["wanted"])
