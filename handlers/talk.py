"""The talk with staff as the client sees it: where they stand, who is there, and how it ends (I3, X2, X4).

Whatever is sent in this room reaches staff as it is. Leaving it keeps the talk open: answers come into the chat all the same, and a
reply to one of them goes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from handlers import format as show
from handlers import offers, wanted
from handlers.room import Room
from handlers.screen import Button, Screen
from handlers.texts import Html
from handlers.turn import Turn, replying
from handlers.updates import Message
from services.db.pipe import Parcel
from services.talks import Line, Talk, Word

room = Room("talk", aside=True)
LOOK = timedelta(seconds=30)
"""The queue moves: the screen says so."""


@room.screen
async def show_talk(turn: Turn) -> Screen:
    t, talks = turn.t, turn.cabinet.talks
    talk = await talks.last(turn.unit, turn.actor)
    if talk is None:
        turn.go("human", **turn.args)
        return Screen(t("talk-none"), [[Button(t.plain("button-human"), "human")]])
    if talk.closed_at:
        return _closed(turn, talk)
    late = await talks.late(turn.unit, talk)
    lines = [await _standing(turn, talk), wanted.said(turn), t("talk-late", count=late) if late else ""]
    if talk.employee_id and talk.waits_since:
        until = turn.cabinet.talks.promise.due(talk, talk.waits_since)
        lines.insert(1, t("talk-waits", until=show.soon(until, turn.unit.now)))
    rows = [*wanted.rows(turn), [Button(t.plain("talk-close"), "close")]]
    waits = (talk.waits_since and talk.employee_id is None) or late
    return Screen("\n\n".join(filter(None, lines)), rows, refresh=LOOK if waits else None)


async def _standing(turn: Turn, talk: Talk) -> Html:
    """Who is there; or the place in the queue, and by when an answer comes."""
    t = turn.t
    if talk.employee_id and (who := await turn.cabinet.employees.find(turn.unit, talk.employee_id)):
        return t("talk-joined", number=talk.number, name=who.name, post=who.post)
    if talk.waits_since is None:
        return t("talk-idle", number=talk.number)
    queue = await turn.cabinet.talks.queue(turn.unit, talk)
    until = show.soon(queue.answer_by, turn.unit.now)
    return t("talk-queue" if queue.open else "talk-closed-hours", number=talk.number, place=queue.place, until=until)


def _closed(turn: Turn, talk: Talk) -> Screen:
    t = turn.t
    rows = wanted.rows(turn)
    if talk.rating is None:
        stars = [Button(t.plain("talk-stars", count=count), "rate", str(count)) for count in range(1, 6)]
        rows += [stars[:3], stars[3:]]
    again = "talk-again" if turn.cabinet.talks.can_reopen(turn.unit, talk) else "talk-new"
    rows.append([Button(t.plain(again), "again")])
    over = t("talk-over", number=talk.number, rated="no" if talk.rating is None else "yes")
    return Screen("\n\n".join(filter(None, (over, wanted.said(turn)))), rows)


async def is_answer(turn: Turn, replied: Message | None) -> bool:
    """Is this a reply to what staff have said, while the talk is open?"""
    if replied is None or replied.from_user is None or not replied.from_user.is_bot:
        return False
    talk = await turn.cabinet.talks.live(turn.unit, turn.actor)
    return talk is not None and await turn.cabinet.talks.is_line(turn.unit, turn.actor, replied.message_id)


async def correct(turn: Turn, message: Message) -> bool:
    """The client has edited what staff were told: they see it. False: it was not for staff."""
    text = message.text if message.text is not None else message.caption or ""
    sent = await turn.cabinet.login.sent_lately(turn.unit, turn.actor)
    return await turn.cabinet.talks.correct(turn.unit, turn.actor, message.message_id, text, code_sent=sent)


async def begin(turn: Turn, text: str, screen: str, question: int) -> None:
    """The question opens a talk; the client stands in it."""
    await turn.cabinet.talks.begin(turn.unit, turn.actor, text, screen=screen, question=question)


async def enter(turn: Turn) -> None:
    """To the human: into the talk that is open, else to where a question is asked."""
    talk = await turn.cabinet.talks.live(turn.unit, turn.actor)
    turn.aside("talk" if talk else "human")


@room.text
async def typed(turn: Turn, text: str) -> None:
    if isinstance(turn.said, Message):
        await say(turn, turn.said, text)


@room.anything
async def sent(turn: Turn, message: Message) -> None:
    """A photo, a voice, a place, a file: copied to staff as it is."""
    await say(turn, message, message.caption or "")


async def say(turn: Turn, message: Message, text: str) -> None:
    """To staff; without an open talk the words are offered to them as a question."""
    talk = await turn.cabinet.talks.live(turn.unit, turn.actor)
    if talk is None:
        if message.text is None or not turn.offer(text):
            turn.note("talk-over-write")
        return
    reply = message.reply_to_message.message_id if message.reply_to_message else None
    word = Word(message.message_id, text, message.text is None, message.media_group_id or "", reply)
    sent_code = await turn.cabinet.login.sent_lately(turn.unit, turn.actor)
    if await turn.cabinet.talks.say(turn.unit, turn.actor, talk, word, code_sent=sent_code):
        if word.copied:  # what is deleted before its copy is made has no copy
            turn.note("talk-secret-beside")
        else:
            turn.wipe_message()
            turn.note("talk-secret")
    await wanted.came(turn, message)


async def say_words(turn: Turn, text: str) -> bool:
    """Words that were written elsewhere and are for staff. False: no talk is open."""
    talk = await turn.cabinet.talks.live(turn.unit, turn.actor)
    if talk is None:
        return False
    await turn.cabinet.talks.say(turn.unit, turn.actor, talk, Word(0, text, copied=False), code_sent=False)
    if turn.dialog.place != "talk":
        turn.aside("talk")
    return True


@room.tap("close")
async def close(turn: Turn, _: str) -> None:
    if talk := await turn.cabinet.talks.live(turn.unit, turn.actor):
        await turn.cabinet.talks.close(turn.unit, talk, "client")


@room.tap("rate")
async def rate(turn: Turn, stars: str) -> None:
    talk = await turn.cabinet.talks.last(turn.unit, turn.actor)
    if talk:
        await turn.cabinet.talks.rate(turn.unit, turn.actor, talk.id, int(stars))


@room.tap("again")
async def again(turn: Turn, _: str) -> None:
    """What is written next begins the talk anew, with the same person within three days."""
    turn.go("human", **turn.args)


# -- what staff do, as the client's chat hears it --------------------------------------------------------------------


async def joined(turn: Turn, facts: dict[str, Any]) -> None:
    """Who is there is said once, by first name and post (X4)."""
    if who := await turn.cabinet.employees.find(turn.unit, facts["by"]):
        turn.say("talk-news-joined", turn.unit.event.event_id, name=who.name, post=who.post)


async def released(turn: Turn, _: dict[str, Any]) -> None:
    turn.say("talk-news-released", turn.unit.event.event_id)


async def over(turn: Turn, facts: dict[str, Any]) -> None:
    talk = await turn.cabinet.talks.by_id(turn.unit, facts["talk"])
    turn.say("talk-news-over", turn.unit.event.event_id, number=talk.number)
    if turn.dialog.place != "talk":
        turn.aside("talk")


async def line(turn: Turn, facts: dict[str, Any]) -> None:
    """An answer of staff: text is said by the bot with the name above it, anything else is copied, signed."""
    found = await turn.cabinet.desk.line(turn.unit, facts["line"])
    if found is None or found.employee_id is None:
        return
    signed = await sign(turn, found.employee_id)
    answered = await turn.cabinet.desk.line(turn.unit, found.reply_to) if found.reply_to else None
    reply = answered.chat_message_id if answered else None
    if found.kind == "text":
        _text(turn, found, signed, reply)
    else:
        talk = await turn.cabinet.talks.by_id(turn.unit, facts["talk"])
        together = await turn.cabinet.desk.album(turn.unit, found) if found.album else [found]
        if not together:
            return
        await _copy(turn, talk, together, signed, reply)
    turn.anew = True


def _text(turn: Turn, found: Line, signed: Html, reply: int | None) -> None:
    stands = {"type": "talk.stands", "lines": [found.id]}
    said = turn.t("talk-answer", who=signed, text=found.text)
    turn.tell(said, f"line:{found.id}", missed=turn.t("talk-missed"), sent=stands, reply=reply)


async def _copy(turn: Turn, talk: Talk, lines: Sequence[Line], signed: Html, reply: int | None) -> None:
    """One thing with its caption below the name; an album, or what takes no caption, below a message with the name."""
    first = lines[0]
    topic = await turn.cabinet.desk.topic(turn.unit, talk.topic_id)
    payload: dict[str, Any] = {"from_chat_id": topic.group_id}
    method = "copyMessage"
    if len(lines) == 1 and first.kind == "copy":
        caption = Html(f"{signed}\n{turn.t.escape(first.text)}")
        payload |= {"message_id": first.topic_message_id, "caption": caption, "parse_mode": "HTML"}
        if reply:
            payload["reply_parameters"] = replying(reply)
    else:
        turn.tell(signed, f"line:{first.id}:who", reply=reply)
        method, payload["message_ids"] = "copyMessages", [line.topic_message_id for line in lines]
    stands = {"type": "talk.stands", "lines": [line.id for line in lines]}
    body = {"method": method, "payload": payload, "on_sent": stands}
    turn.unit.send(Parcel(f"copy:{first.id}", "telegram", body, chat_id=turn.actor.account_id))


async def sign(turn: Turn, employee_id: int) -> Html:
    """First name and post, as they stand on every answer."""
    who = await turn.cabinet.employees.find(turn.unit, employee_id)
    return turn.t("talk-who", name=who.name, post=who.post) if who else turn.t("talk-who-left")


async def stands(turn: Turn, facts: dict[str, Any]) -> None:
    """An answer stands in the chat: replies to it, and its corrections, find it."""
    for line, message in zip(facts["lines"], facts["ids"], strict=False):  # Telegram may have skipped one of an album
        await turn.cabinet.desk.stands(turn.unit, line, message)
    turn.quiet = True


async def reworded(turn: Turn, facts: dict[str, Any]) -> None:
    found = await turn.cabinet.desk.line(turn.unit, facts["line"])
    turn.quiet = True
    if found is None or found.chat_message_id is None or found.employee_id is None:
        return
    signed = await sign(turn, found.employee_id)
    text = turn.t("talk-answer", who=signed, text=found.text)
    field = "text" if found.kind == "text" else "caption"
    method = "editMessageText" if found.kind == "text" else "editMessageCaption"
    body = {"method": method, "payload": {"message_id": found.chat_message_id, field: text, "parse_mode": "HTML"}}
    turn.unit.send(Parcel(f"reword:{turn.unit.event.event_id}", "telegram", body, chat_id=turn.actor.account_id))


async def taken_away(turn: Turn, facts: dict[str, Any]) -> None:
    found = await turn.cabinet.desk.line(turn.unit, facts["line"])
    turn.quiet = True
    if found and found.chat_message_id:
        turn.take_away(found.chat_message_id)


async def canned(turn: Turn, facts: dict[str, Any]) -> None:
    signed = await sign(turn, facts["by"])
    turn.tell(turn.t("talk-answer", who=signed, text=facts["text"]), turn.unit.event.event_id)


async def filled(turn: Turn, facts: dict[str, Any]) -> None:
    """An employee fills a step: what the step would not take is told to the employee, the rest is the client's to accept."""
    topic = await topic_of(turn, facts)
    _offered(turn, topic, offers.fill(turn, topic, facts["text"], await sign(turn, facts["by"])))


async def opened(turn: Turn, facts: dict[str, Any]) -> None:
    topic = await topic_of(turn, facts)
    offers.open_screen(turn, topic, facts["place"], await sign(turn, facts["by"]))
    _offered(turn, topic, offers.NOTHING)


async def topic_of(turn: Turn, facts: dict[str, Any]) -> int:
    """Where the talk of such an event stands with staff."""
    return (await turn.cabinet.talks.by_id(turn.unit, facts["talk"])).topic_id


def _offered(turn: Turn, topic: int, refused: Html) -> None:
    """The employee hears whether it was shown."""
    offers.tell_staff(turn, topic, "refused" if refused else "made", refused)
    turn.anew = not refused
    turn.quiet = bool(refused)


async def late(turn: Turn, facts: dict[str, Any]) -> None:
    """We have not kept our word: the client hears it from us."""
    talk = await turn.cabinet.talks.by_id(turn.unit, facts["talk"])
    turn.say("talk-news-late", turn.unit.event.event_id, number=talk.number)


HEARD = {
    "talk.late": late,
    "talk.filled": filled,
    "talk.opened": opened,
    "talk.joined": joined,
    "talk.released": released,
    "talk.over": over,
    "talk.line": line,
    "talk.stands": stands,
    "talk.reworded": reworded,
    "talk.taken-away": taken_away,
    "talk.canned": canned,
}
