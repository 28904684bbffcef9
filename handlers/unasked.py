"""What a chat is shown without having asked (a reminder). It is owed until it stands there, or until the person acts: `Dialog.unasked`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from handlers.turn import Turn

Facts = dict[str, Any]


def owe(
    turn: Turn,
    on_stop: Facts | None = None,
    *,
    once: bool = False,
    until: datetime | None = None,
    overtaken: Facts | None = None,
) -> None:
    """The screen of this turn was not asked for: it stands at the bottom, and whatever answers a person goes first.

    `on_stop` are the facts of an event for this chat if the person blocks the bot. `once`: at most once (38-ФЗ 18: an offer): when
    nobody knows whether Telegram has taken it, it is not repeated, and the chat hears `screen.unknown`.
    `until`: if it has not left by then it never does, and the chat hears `screen.outdated`. `overtaken` are the facts of an event for
    this chat if the person writes, and so goes elsewhere, before it has come.
    """
    turn.anew = True
    turn.dialog.unasked = {
        "since": turn.dialog.rev,
        "place": turn.dialog.place,
        "on_stop": on_stop,
        "once": once,
        "until": until.timestamp() if until else None,
        "overtaken": overtaken,
    }


def overtake(turn: Turn) -> None:
    """A person has written before it had come: they are answered, and what they have left unseen is said later."""
    owed, turn.dialog.unasked = turn.dialog.unasked, None
    if owed and owed["overtaken"] and owed["place"] != turn.dialog.place:
        facts = dict(owed["overtaken"])
        once = f"overtaken:{turn.actor.account_id}:{owed['since']}"
        turn.unit.submit(turn.unit.event.lane, once, facts.pop("type"), **facts)


def give_up(turn: Turn, facts: Facts) -> bool:
    """`screen.unknown` or `screen.outdated`: it is not shown (again), and the chat stands where it stood before. False: it has been seen
    meanwhile, or something else has come.
    """
    owed = turn.dialog.unasked
    turn.quiet = True
    if owed is None or owed["since"] != facts["since"]:
        return False
    turn.dialog.unasked = None
    if turn.dialog.place == owed["place"]:
        turn.come_back()
    turn.quiet = turn.unit.waits <= facts["version"]  # else a newer rendering of it is on its way, and is replaced
    return True
