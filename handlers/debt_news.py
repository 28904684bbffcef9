"""News of the paying of an instalment or a deductible: the screen that shows it is renewed, and what matters is said (F3, F6)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from handlers import format as show
from handlers.debts import what_of
from handlers.stages import declined
from handlers.turn import Turn
from services.errors import NotFound
from services.payments import Purpose

QUIET = {"link"}
"""News that only renew the screen they are about, in place."""
OWN = {"link-expired", "declined"}
"""News of whoever asked for the link; everything about money every chat of the client hears."""


async def debt_news(turn: Turn, facts: dict[str, Any]) -> None:
    """Something has happened to a payment."""
    word, purpose = facts["news"], Purpose.of(facts["purpose"])
    here = turn.dialog.place == "debt" and turn.args.get("what") == facts["purpose"]
    turn.anew = here and word not in QUIET
    if word in QUIET or (word in OWN and (here or not facts["mine"])):
        turn.quiet = not here
        return
    try:
        what = await what_of(turn, purpose) if purpose else None
    except NotFound:  # logged out meanwhile
        what = None
    if what is None:
        turn.quiet = True
        return
    turn.say(
        f"debt-news-{word}",
        turn.unit.event.event_id,
        missed=turn.t("news-missed") if word not in OWN else "",
        what=what,
        amount=show.money(Decimal(facts["amount"])),
        ends=show.day(date.fromisoformat(facts["ends"])) if facts.get("ends") else "",
        why=turn.t(f"decline-{declined(facts['reason'])}") if facts.get("reason") else "",
    )
