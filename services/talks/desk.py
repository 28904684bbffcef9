"""The staff's side of talks: what goes to a topic next, what has become of it, who has taken a talk (K1–K3).

A group takes twenty messages a minute, edits and topics included, so one message of a topic is on its way at a time: what a client says
meanwhile waits as rows and goes joined. Many talks in one group therefore share it fairly, and nobody's words are lost or overtaken.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from services.db.unit import Unit
from services.employees import Employee
from services.talks import statements as sql
from services.talks.lines import Lines
from services.talks.values import ALBUM, Face, Line, Talk, Topic, Word

LONGEST = 3500
"""Characters of joined words: a message holds 4096, and a header stands above them."""
COPIES = 100
"""Messages that Telegram copies in one call."""
ALONE = ("note", "file")
"""Kinds that go one at a time."""
IN_FULL = timedelta(minutes=1)
"""How long a card shows personal data in full (rule 9)."""


class Desk:
    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    # -- reading ------------------------------------------------------------------------------------------------------

    async def topic(self, unit: Unit, topic_id: int) -> Topic:
        """Raises LookupError."""
        row = await sql.TOPIC.first(unit, topic=topic_id)
        if row is None:
            raise LookupError(topic_id)
        return _topic(row)

    async def of_thread(self, unit: Unit, group: int, thread: int) -> Topic | None:
        """The topic that stands there; None for threads that are not ours."""
        row = await sql.THREAD.first(unit, group=group, thread=thread)
        return _topic(row) if row else None

    async def talk(self, unit: Unit, topic: Topic) -> Talk | None:
        """The newest talk of a topic, open or closed."""
        row = await sql.OF_TOPIC.first(unit, topic=topic.id)
        return Talk(*row) if row else None

    async def waiting(self, unit: Unit) -> list[Talk]:
        """Talks whose client waits, the longest first."""
        return [Talk(*row) for row in await sql.WAITING.all(unit)]

    async def since(self, unit: Unit, moment: datetime) -> list[Talk]:
        """Talks of a report: opened since then, or open still."""
        return [Talk(*row) for row in await sql.SINCE.all(unit, since=moment)]

    async def history(self, unit: Unit, talk: Talk) -> list[Line]:
        """The newest words that stood in the topic of a talk, in their order: for one that is made anew. What waits comes by itself."""
        lines = [self._lines.read(row) for row in reversed(await sql.HISTORY.all(unit, talk=talk.id))]
        return [line for line in lines if line.text and (line.way == "down" or line.state != "waiting")]

    # -- what leaves --------------------------------------------------------------------------------------------------

    async def next(self, unit: Unit, topic: Topic) -> list[Line]:
        """What goes to the topic now, as one call, marked as on its way: words that follow one another, or things that are copied.

        Empty while something is on its way already, while the topic is not made, and when nothing waits.
        """
        if topic.thread_id is None:
            return []
        lines = [self._lines.read(row) for row in await sql.UNSENT.all(unit, topic=topic.id)]
        if not lines or any(line.state == "sending" for line in lines):
            return []
        segment = [line for line in _segment(lines) if not line.album or unit.now - line.at >= ALBUM]
        if not segment:
            return []  # an album is still arriving, and has a timer
        await sql.SENDING.run(unit, topic=topic.id, first=segment[0].id, last=segment[-1].id)
        return segment

    async def sent(self, unit: Unit, lines: Sequence[int], messages: Sequence[int]) -> None:
        """They stand in the topic: joined words under one message, copies each under its own if Telegram has taken all."""
        for place, number in enumerate(lines):
            one = len(messages) == 1
            message = messages[0] if one else messages[place] if len(messages) == len(lines) else None
            await sql.SENT.run(unit, row=number, message=message, now=unit.now)

    async def lost(self, unit: Unit, lines: Sequence[int]) -> None:
        """Telegram will never take these."""
        for number in lines:
            await sql.LOST.run(unit, row=number, now=unit.now)

    async def made(self, unit: Unit, topic_id: int, generation: int, thread: int) -> bool:
        """Telegram has made the topic. False: it stands already, or a newer one is being made."""
        return bool(await sql.MADE.run(unit, topic_id=topic_id, gen=generation, thread=thread))

    async def gone(self, unit: Unit, topic: Topic) -> bool:
        """The topic was deleted: it is made anew, and what was on its way waits again. False: known already."""
        if not await sql.GONE.run(unit, topic_id=topic.id, gen=topic.generation):
            return False
        await sql.AGAIN.run(unit, topic=topic.id)
        return True

    async def held(self, unit: Unit, topic: Topic) -> None:
        """What was on its way did not arrive: it waits again."""
        await sql.AGAIN.run(unit, topic=topic.id)

    async def same_message(self, unit: Unit, topic: Topic, line: Line) -> list[Line]:
        """All lines that stand in the same message of the topic as this one."""
        if line.topic_message_id is None:
            return []
        rows = await sql.IN_TOPIC.all(unit, topic=topic.id, message=line.topic_message_id)
        return [self._lines.read(row) for row in rows]

    async def line(self, unit: Unit, number: int) -> Line | None:
        row = await sql.LINE.first(unit, line=number)
        return self._lines.read(row) if row else None

    async def answer(self, unit: Unit, topic: Topic, message: int) -> Line | None:
        """The answer of staff that stands under this message of the topic."""
        rows = await sql.IN_TOPIC.all(unit, topic=topic.id, message=message)
        return next((line for line in map(self._lines.read, rows) if line.way == "down"), None)

    async def reword(self, unit: Unit, line: Line, text: str) -> None:
        """Staff have corrected an answer."""
        await self._lines.reword(unit, line.id, text)

    async def stands(self, unit: Unit, line: int, message: int) -> None:
        """An answer stands in the client's chat under this message."""
        await sql.STOOD.run(unit, row=line, message=message, now=unit.now)

    # -- what staff do ------------------------------------------------------------------------------------------------

    async def take(self, unit: Unit, talk: Talk, who: Employee) -> bool:
        """Of two who take it at once the first has it; False for the other."""
        return bool(await sql.TAKE.run(unit, talk_id=talk.id, employee=who.id, now=unit.now))

    async def reopen(self, unit: Unit, talk: Talk, who: Employee) -> bool:
        """An employee goes on with a talk that was closed. False: it is open."""
        return bool(await sql.REOPEN.run(unit, talk_id=talk.id, employee=who.id, now=unit.now))

    async def album(self, unit: Unit, line: Line) -> list[Line]:
        """What was sent together with this answer and is not in the client's chat yet; nothing if it is staff's own."""
        if line.talk_id is None or await self.is_noted(unit, line.talk_id, line.album):
            return []
        rows = await sql.ALBUM.all(unit, talk=line.talk_id, album=line.album)
        return [self._lines.read(row) for row in rows]

    async def note(self, unit: Unit, talk: Talk, word: Word, who: Employee) -> None:
        """One picture of an album is called a note: the whole album stays with staff, for only one carries the words."""
        number = await sql.NEW_LINE.first(
            unit,
            talk_id=talk.id,
            topic_id=talk.topic_id,
            way="down",
            kind="note",
            account_id=talk.account_id,
            topic_message_id=word.message_id,
            album=word.album,
            employee_id=who.id,
            state="waiting",
            at=unit.now,
        )
        if number is not None:
            await sql.LOST.run(unit, row=number, now=unit.now)

    async def is_noted(self, unit: Unit, talk_id: int, album: str) -> bool:
        """Is this album staff's own?"""
        return await sql.NOTED.first(unit, talk=talk_id, album=album) is not None

    async def hand_over(self, unit: Unit, talk: Talk, to: int | None, department: str | None = None) -> bool:
        """To a colleague, or back to the queue (of another department)."""
        return bool(await sql.HAND_OVER.run(unit, talk_id=talk.id, employee=to, dep=department))

    async def answered(self, unit: Unit, talk: Talk) -> None:
        """The client has an answer: nobody waits."""
        await sql.ANSWERED.run(unit, talk_id=talk.id, now=unit.now)

    async def warn(self, unit: Unit, talk: Talk, since: datetime) -> bool:
        """True once for one wait: the promise is about to break."""
        return bool(await sql.WARN.run(unit, talk_id=talk.id, since=since, now=unit.now))

    async def show(self, unit: Unit, topic: Topic, face: Face) -> bool:
        """The topic's icon and title are to say this. False: they do."""
        return bool(await sql.FACE.run(unit, topic_id=topic.id, face=face))

    async def show_full(self, unit: Unit, topic: Topic) -> datetime:
        """The card shows personal data in full for a minute; returns until when."""
        until = unit.now + IN_FULL
        await sql.SHOW_FULL.run(unit, topic_id=topic.id, until=until)
        return until


def _segment(lines: Sequence[Line]) -> list[Line]:
    """As much of the beginning as goes in one call."""
    first, taken = lines[0], [lines[0]]
    length = len(first.text)
    for line in lines[1:]:
        length += len(line.text) + 1
        if first.kind in ALONE:
            break
        if line.kind != first.kind or line.reply_to != first.reply_to:
            break
        if first.kind == "text" and length > LONGEST:
            break
        if len(taken) == COPIES:
            break
        taken.append(line)
    return taken


def _topic(row: Sequence[Any]) -> Topic:
    number, whose, group, thread, generation, face, full_until = row
    return Topic(number, whose, group, thread, generation, Face(face), full_until)
