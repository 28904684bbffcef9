"""What a topic is told, in its own lane: the client's words, its card, its title; and what becomes of each (K1).

    desk.flush ─▶ (topic is made) ─▶ one message on its way ─▶ line.sent ─▶ the next

While a message is on its way the client's further words wait as rows and go joined: the group's pace is shared, nothing is overtaken.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any

import structlog

from handlers.desk.card import ICONS, Cards
from handlers.texts import Html, Texts
from handlers.turn import replying
from services.cabinet import Cabinet
from services.db.pipe import Parcel
from services.db.unit import Unit
from services.talks import Face, Line, Talk, Topic

log = structlog.get_logger("desk")

FLIPPING = frozenset((Face.WORK, Face.WAITING))
"""What a topic's icon goes to and fro between while people talk."""
CALM = timedelta(seconds=10)
"""So long such an icon waits: a group takes twenty calls a minute, and a quick exchange is not to cost one each way."""
Hear = Callable[[Unit, dict[str, Any]], Awaitable[None]]
GONE = ("thread not found", "topic_deleted", "topic_id_invalid")
"""Telegram's words for a topic that an administrator has deleted."""
RIGHTS = "not enough rights"
AGAIN = timedelta(minutes=5)
"""A group the bot may not write in is tried again after so long."""


class Relay:
    """`events` by their kind, all in lanes `desk:<topic>`."""

    def __init__(self, cabinet: Cabinet, t: Texts, cards: Cards) -> None:
        self._cabinet, self._desk, self._t, self._cards = cabinet, cabinet.desk, t, cards
        self.events: dict[str, Hear] = {
            "desk.flush": self._flush,
            "topic.made": self._made,
            "line.sent": self._sent,
            "line.refused": self._refused,
            "line.corrected": self._corrected,
            "group.away": self._away,
            "talk.changed": self._changed,
            "talk.closed": self._closed,
            "talk.rated": self._rated,
            "talk.offered": self._offered,
            "talk.told": self._told,
            "talk.known": self._known,
            "topic.mask": self._changed,
            "topic.face": self._face,
            "card.placed": self._placed,
            "screen.refused": self._lost_card,
        }

    # -- the way up ---------------------------------------------------------------------------------------------------

    async def _flush(self, unit: Unit, facts: dict[str, Any]) -> None:
        topic = await self._desk.topic(unit, facts["topic"])
        await self.refresh(unit, topic, await self._desk.talk(unit, topic))
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
        self._parcel(
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
        if any(known in words for known in GONE):
            await self._make_anew(unit, topic, facts["generation"])
            return
        if RIGHTS in words:
            await self._away(unit, facts)
            return
        log.error("line_refused", topic=topic.id, words=words)
        await self._desk.lost(unit, facts["lines"])
        self.note(unit, topic, f"lost:{facts['lines'][0]}", self._t("desk-not-copied"))
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

    # -- the topic ----------------------------------------------------------------------------------------------------

    async def refresh(self, unit: Unit, topic: Topic, talk: Talk | None) -> None:
        """The topic, its icon and its card say how things are; a topic of requests alone has no card."""
        if topic.thread_id is None:
            await self._make(unit, topic, talk)
            return
        if talk is None:
            return
        await self._cards.pin(unit, topic, talk)
        if {topic.face, talk.face} == FLIPPING:
            once = f"face:{topic.id}:{unit.event.source}:{unit.event.event_id}"
            unit.submit(topic.lane, once, "topic.face", due=unit.now + CALM, topic=topic.id)
        else:
            await self._show_face(unit, topic, talk)

    async def _face(self, unit: Unit, facts: dict[str, Any]) -> None:
        """A while after the icon was right: is it wrong still?"""
        topic = await self._desk.topic(unit, facts["topic"])
        talk = await self._desk.talk(unit, topic)
        if talk and topic.thread_id is not None:  # one that is made anew is given its icon then
            await self._show_face(unit, topic, talk)

    async def _show_face(self, unit: Unit, topic: Topic, talk: Talk) -> None:
        if topic.face is not talk.face and await self._desk.show(unit, topic, talk.face):
            await self._retitle(unit, topic, talk)

    async def _make(self, unit: Unit, topic: Topic, talk: Talk | None) -> None:
        self._parcel(
            unit,
            topic,
            f"topic:{topic.generation}",
            "createForumTopic",
            {"name": await self._cards.title(unit, topic, talk), "icon_custom_emoji_id": ICONS[Face.NEW]},
            on_sent={"type": "topic.made", "topic": topic.id, "generation": topic.generation},
            on_dead=away(topic),
            on_stop=away(topic),
        )

    async def _made(self, unit: Unit, facts: dict[str, Any]) -> None:
        if not await self._desk.made(unit, facts["topic"], facts["generation"], facts["ids"][0]):
            return
        topic = await self._desk.topic(unit, facts["topic"])
        talk = await self._desk.talk(unit, topic)
        await self.refresh(unit, topic, talk)
        if talk and topic.generation > 1 and (stood := await self._desk.history(unit, talk)):
            self.note(unit, topic, "history", self._history(stood))
        await self._go_on(unit, topic)

    def _history(self, lines: Sequence[Line]) -> Html:
        """The talk so far, for a topic that is made anew."""
        told = "\n".join(f"{'→' if line.way == 'down' else '←'} {line.text}" for line in lines)
        return self._t("desk-history", text=told[-3000:])

    async def _make_anew(self, unit: Unit, topic: Topic, generation: int) -> None:
        if generation != topic.generation or not await self._desk.gone(unit, topic):
            return
        log.warning("topic_gone", topic=topic.id)
        topic = await self._desk.topic(unit, topic.id)
        await self._make(unit, topic, await self._desk.talk(unit, topic))

    async def _retitle(self, unit: Unit, topic: Topic, talk: Talk) -> None:
        self._parcel(
            unit,
            topic,
            f"face:{topic.generation}:{unit.event.event_id}",
            "editForumTopic",
            {
                "message_thread_id": topic.thread_id,
                "name": await self._cards.title(unit, topic, talk),
                "icon_custom_emoji_id": ICONS[talk.face],
            },
        )

    async def _placed(self, unit: Unit, facts: dict[str, Any]) -> None:
        """A new card is pinned."""
        topic = await self._desk.topic(unit, int(unit.event.lane.partition(":")[2]))
        pinned = {"message_id": facts["message_id"], "disable_notification": True}
        self._parcel(unit, topic, f"pin:{facts['message_id']}", "pinChatMessage", pinned)

    async def _lost_card(self, unit: Unit, facts: dict[str, Any]) -> None:
        topic = await self._desk.topic(unit, int(unit.event.lane.partition(":")[2]))
        if any(known in str(facts.get("words", "")).lower() for known in GONE):
            await self._make_anew(unit, topic, topic.generation)

    # -- what changes -------------------------------------------------------------------------------------------------

    async def _changed(self, unit: Unit, facts: dict[str, Any]) -> None:
        topic = await self._desk.topic(unit, facts["topic"])
        if talk := await self._desk.talk(unit, topic):
            await self.refresh(unit, topic, talk)

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
            self._parcel(unit, topic, once, "editMessageText", edited)
        else:
            edited = {"message_id": line.topic_message_id, "caption": line.text[:1024]}
            self._parcel(unit, topic, once, "editMessageCaption", edited)

    async def _closed(self, unit: Unit, facts: dict[str, Any]) -> None:
        await self._changed(unit, facts)
        topic = await self._desk.topic(unit, facts["topic"])
        self.note(unit, topic, f"closed:{facts['talk']}", self._t(f"desk-closed-{facts['by']}"))

    async def _rated(self, unit: Unit, facts: dict[str, Any]) -> None:
        topic = await self._desk.topic(unit, facts["topic"])
        self.note(unit, topic, f"rated:{facts['talk']}", self._t("desk-rated", stars=facts["stars"]))

    async def _offered(self, unit: Unit, facts: dict[str, Any]) -> None:
        """What came of filling a step, or opening a screen, for the client; the card shows how far they are by now."""
        await self._changed(unit, facts)
        topic = await self._desk.topic(unit, facts["topic"])
        text = self._t(f"desk-offer-{facts['came']}", why=Html(facts["why"]))
        self.note(unit, topic, unit.event.event_id, text)

    async def _told(self, unit: Unit, facts: dict[str, Any]) -> None:
        """The insurer's own desk has answered."""
        topic = await self._desk.topic(unit, facts["topic"])
        talk = await self._cabinet.talks.by_id(unit, facts["talk"])
        who = facts["who"] or self._t.plain("desk-insurer")
        text = self._t("desk-told", who=who, text=facts["text"])
        await self._cabinet.talks.note(unit, talk.account_id, topic.client_id, text)
        await self._changed(unit, facts)

    async def _known(self, unit: Unit, facts: dict[str, Any]) -> None:
        """A stranger has logged in: the topic says who they are."""
        topic = await self._desk.topic(unit, facts["topic"])
        talk = await self._cabinet.talks.by_id(unit, facts["talk"])
        if topic.thread_id is not None:
            await self._cards.pin(unit, topic, talk)
            await self._retitle(unit, topic, talk)
            self.note(unit, topic, f"known:{talk.id}", self._t("desk-known"))

    # -- shared -------------------------------------------------------------------------------------------------------

    def note(self, unit: Unit, topic: Topic, once: str, text: Html) -> None:
        """The bot's own words in a topic."""
        if topic.thread_id is not None:
            payload = {"message_thread_id": topic.thread_id, "text": text, "parse_mode": "HTML"}
            self._parcel(unit, topic, f"note:{topic.generation}:{once}", "sendMessage", payload)

    def _parcel(
        self,
        unit: Unit,
        topic: Topic,
        once: str,
        method: str,
        payload: dict[str, Any],
        document: dict[str, Any] | None = None,
        on_sent: dict[str, Any] | None = None,
        on_dead: dict[str, Any] | None = None,
        on_stop: dict[str, Any] | None = None,
    ) -> None:
        body: dict[str, Any] = {"method": method, "payload": payload}
        heard = {"document": document, "on_sent": on_sent, "on_dead": on_dead, "on_stop": on_stop}
        body |= {name: facts for name, facts in heard.items() if facts}
        unit.send(Parcel(f"desk:{topic.id}:{once}", "telegram", body, chat_id=topic.group_id, lane=topic.lane))


def away(topic: Topic) -> dict[str, Any]:
    """The facts of an event: this could not be said in the group at all."""
    return {"type": "group.away", "topic": topic.id, "generation": topic.generation}
