"""What to do about a refusal one does not agree with: whom to write to, and by when (G6)."""

from __future__ import annotations

from handlers import format as show
from handlers.room import Room
from handlers.screen import Button, Screen
from handlers.turn import Turn
from services.claims.complaint import COURT, DECIDES, ELECTRONIC, MOST, OTHERWISE, path
from services.claims.values import State
from services.clock import MOSCOW
from services.errors import NotFound
from services.model import Access

OMBUDSMAN = "https://finombudsman.ru"
"""The financial ombudsman's own site: complaints are free and made there."""

room = Room("complaint", needs=Access.UNLOCKED, back="case")


@room.screen
async def show_complaint(turn: Turn) -> Screen:
    """Three steps, each with its dates as of today. Raises NotFound where nothing was refused."""
    t = turn.t
    claim = await turn.cabinet.claims.one(turn.unit, turn.actor, turn.args["id"])
    if claim.state is not State.REFUSED:
        raise NotFound
    refused = next((it.at for it in reversed(claim.said.history) if it.state is State.REFUSED), claim.filed_at)
    ways = path(turn.cabinet.deadlines, refused.astimezone(MOSCOW).date(), turn.today)
    answers = [
        t("complaint-insurer"),
        *([t("complaint-electronic", count=ELECTRONIC, until=show.day(ways.electronic))] if ways.electronic else []),
        t("complaint-otherwise", count=OTHERWISE, until=show.day(ways.otherwise)),
    ]
    parts = [
        t("complaint", number=claim.shown),
        "\n".join(answers),
        t("complaint-ombudsman", until=show.day(ways.until), days=str(DECIDES)),
        "" if claim.product == "osago" else t("complaint-most", most=show.money(MOST)),
        t("complaint-court", days=str(COURT)),
    ]
    return Screen(
        "\n\n".join(part for part in parts if part),
        [[Button(t.plain("complaint-site"), url=OMBUDSMAN)], [Button(t.plain("button-offices"), "offices")]],
    )


@room.tap("back")
async def back_to_case(turn: Turn, _: str) -> None:
    turn.go("case", id=turn.args["id"])
