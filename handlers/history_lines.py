"""One entry of the history in words: what was done, and from which account (B4)."""

from __future__ import annotations

from decimal import Decimal

from handlers import format as show
from handlers.turn import Turn
from services.clock import MOSCOW
from services.history import Deed, Entry


def day_of(it: Entry) -> str:
    """`22.11.2026`."""
    return show.day(it.at.astimezone(MOSCOW).date())


def told(turn: Turn, it: Entry, names: dict[int, str]) -> str:
    """What was done, without markup: the text `deed-<kind>`, with the facts in words."""
    t, facts = turn.t, dict(it.facts)
    words = {"number": it.subject or "no"}
    if it.deed in (Deed.AGREED, Deed.PAID, Deed.INSTALMENT, Deed.DEDUCTIBLE) and "amount" in facts:
        words["amount"] = show.money(Decimal(facts.pop("amount")) / 100)
    if it.deed is Deed.REQUEST_FILED or it.deed is Deed.REQUEST_CANCELLED:
        words["about"] = t.plain(f"request-kind-{facts.pop('about')}")
    if it.deed is Deed.SHOWN:
        words["product"] = t.plain(f"product-{facts.pop('product')}")
    if it.deed is Deed.ENDED:
        words["whose"] = called(turn, facts.pop("whose"), names)
    return t.plain(f"deed-{it.deed}", **words, **facts)


def hand(turn: Turn, it: Entry, names: dict[int, str]) -> str:
    """From which account; empty for what no chat of the client has done."""
    return called(turn, it.account_id, names) if it.account_id else ""


def called(turn: Turn, account: int, names: dict[int, str]) -> str:
    """This chat, the name of another account of the client's, or a stranger's."""
    if account == turn.actor.account_id:
        return turn.t.plain("history-here")
    return names.get(account) or turn.t.plain("sessions-nameless")
