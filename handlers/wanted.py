"""Papers that staff wait for, as every screen of the talk speaks of them: what they are, until they are sent or not needed any more (X3).

They are kept with the chat, like whatever else waits in it: an order of staff adds to them, the client's «Отправить» takes away.
"""

from __future__ import annotations

from typing import Any

from fsm.dialog import Dialog
from handlers.attached import Attached
from handlers.screen import Button, Row
from handlers.texts import Html
from handlers.turn import Turn
from handlers.updates import Message
from handlers.wishes import TITLE, short

MOST = 10
"""Papers that one client is asked for at once: more would fit no screen."""
Paper = dict[str, str]
"""`code` of the slot, `title` in the words of staff."""


def papers(turn: Turn) -> list[Paper]:
    """What is still waited for, of the client who is logged in now."""
    return standing(turn.dialog, turn.actor.client_id)


def standing(dialog: Dialog, client_id: str | None) -> list[Paper]:
    """What a chat still waits for, of this client."""
    wanted = dialog.wanted
    found: list[Paper] = wanted["papers"] if wanted and wanted["client"] == client_id else []
    return found


def key(turn: Turn) -> str:
    """What the files for them are kept under."""
    wanted: dict[str, Any] = turn.dialog.wanted or {}
    return str(wanted["key"])


def add(turn: Turn, titles: list[str]) -> list[str]:
    """Wait for these as well; returns those that were not waited for yet. The same title is the same paper, however it is written."""
    waited, event = papers(turn), f"{turn.unit.event.source}-{turn.unit.event.event_id}"
    known = {it["title"].casefold() for it in waited}
    fresh = {short(title, TITLE).casefold(): short(title, TITLE) for title in titles}
    new = [title for folded, title in fresh.items() if folded not in known][: MOST - len(waited)]
    if new:
        added = [{"code": f"{event}-{number}", "title": title} for number, title in enumerate(new)]
        at = key(turn) if waited else f"wanted:{turn.actor.account_id}:{event}"
        turn.dialog.wanted = {"client": turn.actor.client_id, "key": at, "papers": [*waited, *added]}
    return new


def settle(turn: Turn, codes: set[str]) -> None:
    """These are not waited for any more."""
    left = [it for it in papers(turn) if it["code"] not in codes]
    turn.dialog.wanted = {**(turn.dialog.wanted or {}), "papers": left} if left else None


async def came(turn: Turn, message: Message) -> None:
    """A photo or a file was sent straight into the talk: that is the one paper which was asked for, unless it is gathered already."""
    if len(papers(turn)) != 1 or Attached.of(message) is None:
        return
    if not await turn.cabinet.uploads.of_draft(turn.unit, turn.actor, key(turn)):
        turn.dialog.wanted = None


def said(turn: Turn) -> Html:
    """What is waited for, as a paragraph of a screen; empty if nothing is."""
    waited = papers(turn)
    titles = listed(it["title"] for it in waited)
    return turn.t("wanted-standing", count=len(waited), titles=titles) if waited else Html("")


def listed(titles: Any) -> str:
    """Titles as one line of words."""
    return "; ".join(titles)


def rows(turn: Turn) -> list[Row]:
    """The button that leads to where they are gathered."""
    return [[Button(turn.t.plain("wanted-upload"), "wanted")]] if papers(turn) else []
