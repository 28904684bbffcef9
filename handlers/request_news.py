"""News of a request or an agent call: what staff have done is said in every chat of the client, its screen is renewed (I2, I4)."""

from __future__ import annotations

from typing import Any

from handlers.request_lines import window
from handlers.texts import Html
from handlers.turn import Turn
from services.errors import NotFound
from services.requests import Kind
from services.requests.agents import window_of

SHOWING = ("request-card", "call-card")
"""Rooms about one of them."""
LISTS = ("requests", "calls")
OWN = frozenset(("filed", "commented", "cancelled", "moved"))
"""What the client has done, in another chat: there is nothing to be said about it."""


async def request_news(turn: Turn, facts: dict[str, Any]) -> None:
    """An answer, another state; or what the client has done elsewhere, which only renews what stands here."""
    try:
        it = await turn.cabinet.requests.one(turn.unit, turn.actor, facts["request"])
    except NotFound:  # logged out meanwhile
        turn.quiet = True
        return
    place = turn.dialog.place
    here = (place in SHOWING and turn.args.get("id") == it.id) or place in LISTS
    word = facts["news"]
    if word in OWN:
        turn.quiet = not here
        return
    t = turn.t
    when = window(t, window_of(it)) if it.kind is Kind.AGENT else ""
    said = t(f"call-news-{word}" if when else f"request-news-{word}", number=it.number, when=when)
    (remark,) = (await turn.cabinet.requests.history(turn.unit, it))[-1:] or (None,)
    if remark and remark.text:
        who = t("remark-by", name=remark.name, post=remark.post)
        said = Html(f"{said}\n\n{t('remark-text', text=remark.text)}\n{who}")
    turn.tell(said, turn.unit.event.event_id, missed=t("request-missed"))
