"""Papers that staff have asked for: the client is told, gathers them, sends them; they stand in the topic as files (X3).

    /doc ─▶ talk.wanted ─▶ a message and a button ─▶ the room `wanted` ─▶ «Отправить» ─▶ the topic

It needs no open talk: what is sent after its end opens the next one, so that somebody waits for an answer again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handlers import human, offers, talk, wanted
from handlers.errand_rooms import sure
from handlers.gathering import gathers, page
from handlers.room import Room
from handlers.screen import Button, Screen
from handlers.turn import Turn
from handlers.wishes import Slot, Wish
from services.errors import NotFound
from services.model import Access
from services.talks import Word
from services.uploads import Upload

room = Room("wanted", needs=Access.CONSENTED, back="talk")
room.sure = sure


async def wish_of(turn: Turn, _: dict[str, Any]) -> Wish:
    """What staff wait for, and what of it is here and not theirs yet. Raises NotFound when they wait for nothing."""
    asked = wanted.papers(turn)
    if not asked:
        raise NotFound
    key = wanted.key(turn)
    found = await turn.cabinet.uploads.of_draft(turn.unit, turn.actor, key)
    return Wish.of(key, tuple(Slot(it["code"], it["title"]) for it in asked), (it for it in found if not it.handed))


gathers(room, wish_of)


@room.screen
async def show_wanted(turn: Turn) -> Screen:
    wish = await wish_of(turn, turn.args)
    return page(turn, turn.t("wanted"), wish, [Button(turn.t.plain("wanted-send"), "send")] if wish.live else [])


@room.tap("send")
async def send(turn: Turn, _: str) -> None:
    """On to the topic, each paper below its title, once all of them have been looked into; what is still missing is waited for."""
    wish = await wish_of(turn, turn.args)
    if wish.waiting:
        turn.note("copies-wait")
        return
    if not wish.live or turn.actor.client_id is None:
        return
    shown = [(slot, it) for slot, it in wish.filled() if it]
    for number, (slot, it) in enumerate(shown, 1):
        more = wish.board.extras if number == len(shown) else ()
        await _pass_on(turn, slot.label, [it, *more])
    await turn.cabinet.uploads.give(turn.unit, turn.actor.client_id, wish.draft)
    wanted.settle(turn, {slot.code for slot, _ in shown})
    turn.go("talk", **_way_back(turn.args))
    turn.note("wanted-sent", count=len(wish.live))


async def _pass_on(turn: Turn, title: str, files: Sequence[Upload]) -> None:
    """A line that says what it is, the photos as they came, and of files what we have made of them."""
    talks = turn.cabinet.talks
    opened = await talks.begin(turn.unit, turn.actor, turn.t.plain("wanted-here", title=title), screen=room.name)
    for it in files:
        word = Word(it.message_id, it.words, copied=True, kept=not it.as_photo)
        await talks.say(turn.unit, turn.actor, opened, word, code_sent=False)


def _way_back(args: dict[str, Any]) -> dict[str, Any]:
    """What the talk has to know to lead back to where the person was."""
    return {name: args[name] for name in ("origin", "screen") if name in args}


@room.tap("back")
async def back_to_talk(turn: Turn, _: str) -> None:
    turn.go("talk", **_way_back(turn.args))


@talk.room.tap("wanted")
@human.room.tap("wanted")
async def open_wanted(turn: Turn, _: str) -> None:
    turn.go("wanted", **turn.args)


# -- what staff do, as the client's chat hears it --------------------------------------------------------------------


async def asked(turn: Turn, facts: dict[str, Any]) -> None:
    """`/doc`: the client is told, and stands where it is sent; of somebody who is no client nothing is kept: they send it into the talk."""
    titles, topic = facts["title"].splitlines(), await talk.topic_of(turn, facts)
    if turn.actor.client_id and not (titles := wanted.add(turn, titles)):
        offers.tell_staff(turn, topic, "full" if len(wanted.papers(turn)) == wanted.MOST else "again")
        turn.quiet = True
        return
    _show_staff(turn, topic)
    key = "wanted-asked" if turn.actor.client_id else "wanted-asked-stranger"
    who = await talk.sign(turn, facts["by"])
    turn.say(key, turn.unit.event.event_id, who=who, titles=wanted.listed(titles), count=len(titles))
    if turn.dialog.place not in ("talk", "wanted"):
        turn.aside("talk")


async def unasked(turn: Turn, facts: dict[str, Any]) -> None:
    """`/doc -`: nothing is waited for any more."""
    if not wanted.papers(turn):
        turn.quiet = True
        return
    turn.dialog.wanted = None
    _show_staff(turn, await talk.topic_of(turn, facts))
    turn.say("wanted-dropped", turn.unit.event.event_id)
    home, args = turn.args.get("home") or (turn.dialog.place, turn.args)
    if home == room.name:  # gathered, or looked through, at this moment
        turn.go("talk", **_way_back(args))


def _show_staff(turn: Turn, topic: int) -> None:
    """The card in the topic says what is waited for."""
    event = turn.unit.event
    turn.unit.submit(f"desk:{topic}", f"wanted:{event.source}:{event.event_id}", "talk.changed", topic=topic)


HEARD = {"talk.wanted": asked, "talk.unwanted": unasked}
