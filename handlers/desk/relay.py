"""The client's words on their way to their topic, in its own lane, and what becomes of each (K1).

    desk.flush ─▶ (topic is made) ─▶ one message on its way ─▶ line.sent ─▶ the next

While a message is on its way the client's further words wait as rows and go joined: the group's pace is shared, nothing is overtaken.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import structlog

from handlers.desk.posting import Hear, away, note, post
from handlers.desk.topics import Topics, is_gone
from handlers.texts import Texts
from handlers.turn import replying
from services.cabinet import Cabinet
from services.db.unit import Unit
from services.talks import Line, Topic

log = structlog.get_logger("desk")

RIGHTS = "not enough rights"
"""Telegram's word for a group where the bot may not write."""
AGAIN = timedelta(minutes=5)
"""A group the bot may not write in is tried again after so long."""


class Relay:
    """`events` by their kind, all in lanes `desk:<topic>`."""

    def __init__(self, cabinet: Cabinet, t: Texts, topics: Topics) -> None:
        self._cabinet, self._desk, self._t, self._topics = cabinet, cabinet.desk, t, topics
        self.events: dict[str, Hear] = {
            "desk.flush": self._flush,
            "topic.made": self._made,
            "line.sent": self._sent,
            "line.refused": self._refused,
            "line.corrected": self._corrected,
            "group.away": self._away,
        }

    async def _flush(self, unit: Unit, facts: dict[str, Any]) -> None:
        topic = await self._desk.topic(unit, facts["topic"])
        await self._topics.refresh(unit, topic, await self._desk.talk(unit, topic))
        await self._go_on(unit, topic)

    async def _made(self, unit: Unit, facts: dict[str, Any]) -> None:
        if topic := await self._topics.made(unit, facts):
            await self._go_on(unit, topic)

    async def _go_on(self, unit: Unit, topic: Topic) -> None:
        """Send what comes next, if nothing is on its way."""
        if lines := await self._desk.next(unit, topic):
            await self._send(unit, topic, lines)

    async def _send(self, unit: Unit, topic: Topic, lines: Sequence[Line]) -> None:
        first = lines[0]
        payload: dict[str, Any]
        document: dict[str, Any] | None = None
        numbers = [line.id for line in lines]
        if first.kind == "file":
            if (document := await self._kept(unit, first)) is None:
                await self._refused(unit, {"topic": topic.id, "lines": numbers})
                return
            method, payload = "sendDocument", {"caption": first.text[:1024]}
        elif first.kind == "note":
            method, payload = "sendMessage", {"text": first.text, "parse_mode": "HTML"}
        elif first.kind == "text":
            method, payload = "sendMessage", self.words(lines)
        else:
            ids = sorted(line.chat_message_id for line in lines if line.chat_message_id)
            method, payload = "copyMessages", {"from_chat_id": first.account_id, "message_ids": ids}
            if first.kind == "bare":
                payload["remove_caption"] = True
        if first.reply_to and (answered := await self._desk.line(unit, first.reply_to)) and answered.topic_message_id:
            if first.kind == "copy" and len(lines) == 1:  # several at once answer nothing in particular
                method, payload = "copyMessage", payload | {"message_id": payload.pop("message_ids")[0]}
            if method != "copyMessages":
                payload["reply_parameters"] = replying(answered.topic_message_id)
        payload["message_thread_id"] = topic.thread_id
        post(
            unit,
            topic,
            f"lines:{topic.generation}:{first.id}:{unit.event.event_id}",
            method,
            payload,
            document=document,
            on_sent={"type": "line.sent", "topic": topic.id, "lines": numbers},
            on_dead={"type": "line.refused", "topic": topic.id, "lines": numbers, "generation": topic.generation},
            on_stop=away(topic),
        )

    async def _kept(self, unit: Unit, line: Line) -> dict[str, Any] | None:
        """What is in our store of a file of the client's; None: nothing any more."""
        it = await self._cabinet.uploads.of_message(unit, line.account_id, line.chat_message_id or 0)
        if it is None or not it.sha256:
            return None
        return {"stored": it.sha256, "file_name": it.kept_name, "mime_type": it.mime}

    def words(self, lines: Sequence[Line]) -> dict[str, Any]:
        """The client's words as a quotation, which no client can imitate: cards and notices of the bot never are one."""
        text = "\n".join(line.text for line in lines)
        return {"text": self._t("desk-client-says", text=text), "parse_mode": "HTML"}

    async def _sent(self, unit: Unit, facts: dict[str, Any]) -> None:
        await self._desk.sent(unit, facts["lines"], facts["ids"])
        await self._go_on(unit, await self._desk.topic(unit, facts["topic"]))

    async def _refused(self, unit: Unit, facts: dict[str, Any]) -> None:
        """The topic is gone, or closed, or this cannot be passed on: the rest must go all the same."""
        topic = await self._desk.topic(unit, facts["topic"])
        words = str(facts.get("words", "")).lower()
        if is_gone(facts):
            await self._topics.make_anew(unit, topic, facts["generation"])
            return
        if RIGHTS in words:
            await self._away(unit, facts)
            return
        log.error("line_refused", topic=topic.id, words=words)
        await self._desk.lost(unit, facts["lines"])
        note(unit, topic, f"lost:{facts['lines'][0]}", self._t("desk-not-copied"))
        await self._go_on(unit, topic)

    async def _away(self, unit: Unit, facts: dict[str, Any]) -> None:
        """The bot is not in the group, or has no rights there: what was on its way waits, and goes again by itself. Nothing is lost."""
        topic = await self._desk.topic(unit, facts["topic"])
        log.error("group_away", group=topic.group_id, topic=topic.id)
        if topic.thread_id is None and facts["generation"] == topic.generation:
            await self._desk.gone(unit, topic)
        else:
            await self._desk.held(unit, topic)
        once = f"again:{topic.id}:{unit.event.event_id}"
        unit.submit(topic.lane, once, "desk.flush", due=unit.now + AGAIN, topic=topic.id)

    async def _corrected(self, unit: Unit, facts: dict[str, Any]) -> None:
        """The client has edited a message: so has the topic, and the joined words around it stay."""
        topic = await self._desk.topic(unit, facts["topic"])
        line = await self._desk.line(unit, facts["line"])
        if line is None or line.topic_message_id is None:
            return  # it has not left yet, and will with its new words
        together = await self._desk.same_message(unit, topic, line)
        once = f"edit:{line.id}:{unit.event.event_id}"
        if line.kind == "text":
            edited = {**self.words(together), "message_id": line.topic_message_id}
            post(unit, topic, once, "editMessageText", edited)
        else:
            edited = {"message_id": line.topic_message_id, "caption": line.text[:1024]}
            post(unit, topic, once, "editMessageCaption", edited)
