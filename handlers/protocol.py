"""The europrotocol wizard, and the questions it shares with a claim: how many cars, anybody hurt, who has OSAGO (G10). No login needed."""

from __future__ import annotations

from typing import Any

from fsm.accident import PROTOCOL, AccidentDraft
from fsm.flow import Position
from handlers import claim
from handlers.flow import FlowRoom
from handlers.screen import Button, Screen, column
from handlers.turn import Turn

room = FlowRoom("protocol", PROTOCOL, back="accident", acts=("say", "edit", "ok"))

CHOICES = {
    "cars": ("2", "1", "3"),
    "injured": ("no", "yes"),
    "insured": ("yes", "no", "unknown"),
    "dispute": ("no", "yes"),
    "fixation": ("yes", "no"),
}
"""The questions, and their answers in the order of the buttons."""


@room.asks(*CHOICES)
@claim.room.asks(*CHOICES)
async def ask(turn: Turn, at: Position[Any]) -> Screen:
    t, step = turn.t, at.step
    return Screen(
        t(f"accident-{step}"),
        column(*(Button(t.plain(f"accident-{step}-{word}"), "say", word) for word in CHOICES[step])),
    )


@room.asks("summary")
async def show_verdict(turn: Turn, at: Position[AccidentDraft]) -> Screen:
    """May they, up to which sum, and what to do now; every answer can be changed."""
    t, draft = turn.t, at.draft
    found = draft.verdict(turn.today)
    if found.allowed is None:  # back from a question that a change has opened
        parts = [t("protocol-open")]
    else:
        parts = [claim.verdict_words(t, found, draft), t("protocol-how") if found.allowed else t("protocol-police")]
    edits = [Button(t.plain(f"accident-edit-{step}"), "edit", step) for step in PROTOCOL.path(draft)[:-1]]
    return Screen(
        "\n\n".join(parts),
        [
            [Button(t.plain("accident-report"), "ok")],
            *(edits[at : at + 3] for at in range(0, len(edits), 3)),
            [Button(t.plain("protocol-anew"), "anew"), Button(t.plain("accident-steps"), "accident")],
        ],
    )


@room.tap("anew")
async def anew(turn: Turn, _: str) -> None:
    """Other answers; where and when it happened stays."""
    at = room.position(turn)
    unsaid = {"cars": None, "injured": None, "insured": "", "dispute": None, "fixation": None}
    turn.dialog.begin(PROTOCOL, at.draft.model_copy(update=unsaid))


async def report(turn: Turn, draft: AccidentDraft) -> None:
    """To the insurer, with what has been told here."""
    await claim.begin(turn, told=draft)


room.finish = report
