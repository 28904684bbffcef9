"""News of an application: its screen is renewed where it stands, other chats get a notice if it is their business."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from handlers import format as show
from handlers.documents import full_title
from handlers.policies import thing
from handlers.stages import declined
from handlers.turn import Turn
from services.errors import NotFound

QUIET = {"checking", "saving", "saved", "link", "copies"}
"""News that only renew the screen they are about, in place."""
IN_PLACE = QUIET | {"payable"}
"""News that do not move the screen they are about; whoever has left it hears of the last."""
ASIDE = {"late-money", "twice", "disputed", "failed", "stuck", "returned", "returning"}
"""News that this screen does not tell by itself."""
EVERYBODY = {"paid", "issued", "refused", "returned", "returning", "late-money", "ready"}
"""News every chat of the client hears, whoever began."""


async def application_news(turn: Turn, facts: dict[str, Any]) -> None:
    """Something has happened to an application: the screen that shows it is renewed, other chats get a notice if it is their business."""
    try:
        it, payment = await turn.cabinet.prolongation.application(turn.unit, turn.actor, facts["application"])
    except NotFound:  # logged out meanwhile
        turn.quiet = True
        return
    word = facts["news"]
    if word == "ready" and facts["mine"]:
        await hand_over(turn, facts["document"])
        return
    if turn.dialog.place in ("application", "giving-up") and turn.args.get("id") == it.id:
        turn.go("application", id=it.id)
        turn.anew = word not in IN_PLACE
        if word == "price":
            turn.note("save-price")
        if word not in ASIDE:
            return
    elif word in QUIET or not (facts["mine"] or word in EVERYBODY):
        return
    policy = await turn.cabinet.prolongation.policy_of(turn.unit, turn.actor, it)
    turn.say(
        f"news-{word}",
        turn.unit.event.event_id,
        missed=turn.t("news-missed") if word in ASIDE | EVERYBODY else "",
        object=thing(policy, full=False),
        number=it.core_number or it.number,
        price=show.money(Decimal(facts.get("amount") or it.price or (payment.amount if payment else 0))),
        until=show.moment(it.expires_at) if it.expires_at else "",
        why=turn.t(f"decline-{declined(facts['reason'])}") if facts.get("reason") else "",
    )


async def hand_over(turn: Turn, document: int) -> None:
    """The policy just paid comes by itself, whatever the session allows (A4)."""
    paper = await turn.cabinet.documents.one(turn.unit, turn.actor, document)
    title = await full_title(turn, paper)
    caption = turn.t("paper-caption-osago", title=title)
    await turn.cabinet.documents.to_chat(turn.unit, turn.actor, paper, title, caption)
