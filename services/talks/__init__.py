"""Talks with staff, the client's side: begin, say, correct, close, rate, come back (I3, X2, X4).

What a client says is a row the moment it is heard (`lines`); its way to the topic is `desk`, in the topic's own lane, so that a client's
chat never waits for a group.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.db.unit import Unit
from services.history import Deed, History, hand_of
from services.model import Actor
from services.talks import statements as sql
from services.talks.lines import Lines
from services.talks.promise import Promise
from services.talks.secrets import masked
from services.talks.values import ALBUM, Face, Line, Queue, Talk, Topic, Word
from services.vault import Vault

__all__ = ["ALBUM", "Face", "Line", "Lines", "Queue", "Talk", "Talks", "Topic", "Word"]

REOPEN = timedelta(hours=72)
"""A closed talk is taken up again with the same person so long (X4)."""
LATE = timedelta(seconds=30)
"""What has not reached staff by then is said to be late."""


class Talks:
    """`department` is whose the talks are at first."""

    def __init__(self, vault: Vault, lines: Lines, promise: Promise, department: str, history: History) -> None:
        self._vault, self._lines, self._history = vault, lines, history
        self.promise, self._department = promise, department

    # -- reading ------------------------------------------------------------------------------------------------------

    async def live(self, unit: Unit, actor: Actor) -> Talk | None:
        """The actor's open talk."""
        row = await sql.LIVE.first(unit, account=actor.account_id)
        return Talk(*row) if row else None

    async def last(self, unit: Unit, actor: Actor) -> Talk | None:
        """The actor's newest talk, open or closed."""
        row = await sql.LAST.first(unit, account=actor.account_id)
        return Talk(*row) if row else None

    def can_reopen(self, unit: Unit, talk: Talk) -> bool:
        """May it go on with the same person?"""
        return talk.closed_at is not None and unit.now - talk.closed_at <= REOPEN

    async def queue(self, unit: Unit, talk: Talk) -> Queue:
        """Where the client stands, and by when an answer may be expected: honest by working hours (X2)."""
        since = talk.waits_since or unit.now
        before = await sql.BEFORE.first(unit, department=talk.department, since=since) or 0
        return Queue(before + 1, self.promise.due(talk, since), self.promise.hours.is_open(unit.now))

    async def late(self, unit: Unit, talk: Talk) -> int:
        """How many of the client's messages are late on their way to staff."""
        row = await sql.OLDEST_UNSENT.first(unit, talk=talk.id)
        if row is None or row[0] is None:
            return 0
        count: int = row[1]
        return count if unit.now - row[0] > LATE else 0

    async def dialog(self, unit: Unit, talk: Talk) -> bytes | None:
        """Where the client's chat stands, as JSON. For reading alone: it is written in the chat's own lane."""
        chat = f"tg:{talk.account_id}"
        row = await sql.DIALOG.first(unit, lane=chat)
        return self._vault.open("lane.state", chat, row[0]) if row and row[0] else None

    # -- what a client does -------------------------------------------------------------------------------------------

    async def begin(self, unit: Unit, actor: Actor, text: str, *, screen: str, question: int | None = None) -> Talk:
        """Open a talk with its first words; one that is open already takes them. Raises nothing: a human is never refused."""
        before = await self.last(unit, actor)
        topic = await self._lines.topic(unit, actor.account_id, actor.client_id)
        promised = before.employee_id if before and self.can_reopen(unit, before) else None
        opened = await sql.NEW_TALK.first(
            unit,
            topic_id=topic,
            account_id=actor.account_id,
            client_id=actor.client_id,
            question_id=question,
            screen=screen,
            department=self._department,
            promised_to=promised,
            opened_at=unit.now,
        )
        row = await sql.LIVE.first(unit, account=actor.account_id)
        if row is None:
            raise LookupError("a talk that was just opened")
        talk = Talk(*row)
        if opened is not None:
            await self._record(unit, talk, Deed.TALK_BEGUN)
        if talk.promised_to:
            await sql.KEEP_PROMISE.run(unit, talk_id=talk.id, now=unit.now)
        await self._say(unit, talk, Word(0, text, copied=False), code_sent=False)
        return talk

    async def say(self, unit: Unit, actor: Actor, talk: Talk, word: Word, *, code_sent: bool) -> bool:
        """Pass something on. True: it held something secret, which staff will not see."""
        covered = masked(word.text, code_sent=code_sent)
        bare = word.copied and not word.kept and covered != word.text
        await self._say(unit, talk, word, code_sent=code_sent, bare=bare)
        if bare:
            caption = Word(-word.message_id, covered, copied=False, album=word.album)
            await self._say(unit, talk, caption, code_sent=code_sent)
        return covered != word.text

    async def is_line(self, unit: Unit, actor: Actor, message_id: int) -> bool:
        """Does this message of the actor's chat belong to a talk?"""
        return await sql.IN_CHAT.first(unit, account=actor.account_id, message=message_id) is not None

    async def correct(self, unit: Unit, actor: Actor, message_id: int, text: str, *, code_sent: bool) -> bool:
        """The client has edited a message: staff see the new words. False: it never went to staff."""
        row = await sql.IN_CHAT.first(unit, account=actor.account_id, message=message_id)
        found = self._lines.read(row) if row else None
        if found is None or found.talk_id is None:
            return False
        await self._lines.reword(unit, found.id, masked(text, code_sent=code_sent))
        talk = await self.by_id(unit, found.talk_id)
        self._lines.wake(
            unit, talk.topic_id, f"correct:{found.id}:{unit.event.event_id}", "line.corrected", line=found.id
        )
        return True

    async def close(self, unit: Unit, talk: Talk, by: str) -> bool:
        """End it. `by`: client, staff, silence. False: it was closed already."""
        if not await sql.CLOSE.run(unit, talk_id=talk.id, now=unit.now, by=by):
            return False
        await self._record(unit, talk, Deed.TALK_CLOSED, by=by)
        self._lines.wake(unit, talk.topic_id, f"closed:{talk.id}", "talk.closed", talk=talk.id, by=by)
        return True

    async def rate(self, unit: Unit, actor: Actor, talk_id: int, stars: int) -> bool:
        """1 to 5, once. Whose it is not, or what is rated already: False."""
        if not 1 <= stars <= 5 or not await sql.RATE.run(unit, talk_id=talk_id, account=actor.account_id, stars=stars):
            return False
        talk = await self.by_id(unit, talk_id)
        await self._record(unit, talk, Deed.TALK_RATED, stars=stars)
        self._lines.wake(unit, talk.topic_id, f"rated:{talk.id}", "talk.rated", talk=talk.id, stars=stars)
        return True

    # -- for the other side -------------------------------------------------------------------------------------------

    async def stand_by(self, unit: Unit, topic: Topic) -> Talk | None:
        """A talk that has not begun, for staff who act where nobody has asked yet: their first words to the client open it."""
        account = await sql.ACCOUNT.first(unit, topic=topic.id)
        if account is None:
            return None
        number = await sql.STAND_BY.first(
            unit, topic=topic.id, account=account, client=topic.client_id, department=self._department, now=unit.now
        )
        return await self.by_id(unit, number) if number else None

    async def by_id(self, unit: Unit, talk_id: int) -> Talk:
        """For the topic's own lane. Raises LookupError."""
        row = await sql.TALK.first(unit, talk=talk_id)
        if row is None:
            raise LookupError(talk_id)
        return Talk(*row)

    async def of_question(self, unit: Unit, question: int) -> Talk | None:
        """The talk that this question has begun."""
        row = await sql.OF_QUESTION.first(unit, question=question)
        return Talk(*row) if row else None

    async def told(self, unit: Unit, question: int, answer: str, who: str) -> None:
        """The insurer's own desk has answered the question a talk began with: the topic sees it, and nobody waits any more."""
        if talk := await self.of_question(unit, question):
            await sql.ANSWERED.run(unit, talk_id=talk.id, now=unit.now)
            once = f"told:{talk.id}:{unit.event.event_id}"
            self._lines.wake(unit, talk.topic_id, once, "talk.told", talk=talk.id, text=answer, who=who)

    async def follow(self, unit: Unit, actor: Actor) -> None:
        """The account has become a client's. A stranger's talk goes on where it is, and its topic becomes the client's if they have none;
        a talk of another client's is over, for it is not this one's to read."""
        talk = await self.live(unit, actor)
        if talk is None or talk.client_id == actor.client_id:
            return
        if talk.client_id is not None:
            await self.close(unit, talk, "client")
            return
        await sql.KNOWN.run(unit, talk_id=talk.id, client=actor.client_id)
        await sql.ADOPT.run(unit, topic_id=talk.topic_id, to=f"client:{actor.client_id}")
        self._lines.wake(unit, talk.topic_id, f"known:{talk.id}:{unit.event.event_id}", "talk.known", talk=talk.id)

    async def wait(self, unit: Unit, talk: Talk) -> None:
        """The client waits, from now on; who waits already waits on. Staff are warned before the promise breaks."""
        if await sql.WAITS.run(unit, talk_id=talk.id, now=unit.now):
            since, topic = unit.now.timestamp(), talk.topic_id
            due = self.promise.warn_at(talk, unit.now)
            once = f"warn:{talk.id}:{since}"
            unit.submit(f"desk:{topic}", once, "talk.warn", due=due, topic=topic, talk=talk.id, since=since)

    # -- shared -------------------------------------------------------------------------------------------------------

    async def _say(self, unit: Unit, talk: Talk, word: Word, *, code_sent: bool, bare: bool = False) -> None:
        if await self._lines.up(unit, talk, word, code_sent=code_sent, bare=bare):
            await self.wait(unit, talk)

    async def _record(self, unit: Unit, talk: Talk, kind: Deed, **facts: Any) -> None:
        await self._history.record(unit, talk.client_id, hand_of(unit), kind, talk.number, **facts)
