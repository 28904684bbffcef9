"""The topic itself, in its own lane: it is made, has a title, an icon and a pinned card, and is told what becomes of its talk (K1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import structlog

from handlers.desk.card import ICONS, Cards
from handlers.desk.posting import Hear, away, note, post
from handlers.texts import Html, Texts
from services.cabinet import Cabinet
from services.db.unit import Unit
from services.talks import Face, Line, Talk, Topic

log = structlog.get_logger("desk")

FLIPPING = frozenset((Face.WORK, Face.WAITING))
"""What a topic's icon goes to and fro between while people talk."""
CALM = timedelta(seconds=10)
"""So long such an icon waits: a group takes twenty calls a minute, and a quick exchange is not to cost one each way."""
GONE = ("thread not found", "topic_deleted", "topic_id_invalid")
"""Telegram's words for a topic that an administrator has deleted."""


def is_gone(facts: dict[str, Any]) -> bool:
    """Does Telegram's refusal say that there is no such topic any more?"""
    words = str(facts.get("words", "")).lower()
    return any(known in words for known in GONE)


class Topics:
    """`events` by their kind, all in lanes `desk:<topic>`."""

    def __init__(self, cabinet: Cabinet, t: Texts, cards: Cards) -> None:
        self._cabinet, self._desk, self._t, self._cards = cabinet, cabinet.desk, t, cards
        self.events: dict[str, Hear] = {
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

    # -- how it stands --------------------------------------------------------------------------------------------------

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
        post(
            unit,
            topic,
            f"topic:{topic.generation}",
            "createForumTopic",
            {"name": await self._cards.title(unit, topic, talk), "icon_custom_emoji_id": ICONS[Face.NEW]},
            on_sent={"type": "topic.made", "topic": topic.id, "generation": topic.generation},
            on_dead=away(topic),
            on_stop=away(topic),
        )

    async def made(self, unit: Unit, facts: dict[str, Any]) -> Topic | None:
        """Telegram has made it; what was said in one that stood here before is told again. None: it stands already."""
        if not await self._desk.made(unit, facts["topic"], facts["generation"], facts["ids"][0]):
            return None
        topic = await self._desk.topic(unit, facts["topic"])
        talk = await self._desk.talk(unit, topic)
        await self.refresh(unit, topic, talk)
        if talk and topic.generation > 1 and (stood := await self._desk.history(unit, talk)):
            note(unit, topic, "history", self._history(stood))
        return topic

    def _history(self, lines: Sequence[Line]) -> Html:
        """The talk so far, for a topic that is made anew."""
        told = "\n".join(f"{'→' if line.way == 'down' else '←'} {line.text}" for line in lines)
        return self._t("desk-history", text=told[-3000:])

    async def make_anew(self, unit: Unit, topic: Topic, generation: int) -> None:
        """This one of its generations was deleted: another takes its place, once."""
        if generation != topic.generation or not await self._desk.gone(unit, topic):
            return
        log.warning("topic_gone", topic=topic.id)
        topic = await self._desk.topic(unit, topic.id)
        await self._make(unit, topic, await self._desk.talk(unit, topic))

    async def _retitle(self, unit: Unit, topic: Topic, talk: Talk) -> None:
        post(
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
        post(unit, topic, f"pin:{facts['message_id']}", "pinChatMessage", pinned)

    async def _lost_card(self, unit: Unit, facts: dict[str, Any]) -> None:
        topic = await self._desk.topic(unit, int(unit.event.lane.partition(":")[2]))
        if is_gone(facts):
            await self.make_anew(unit, topic, topic.generation)

    # -- what changes -------------------------------------------------------------------------------------------------

    async def _changed(self, unit: Unit, facts: dict[str, Any]) -> None:
        topic = await self._desk.topic(unit, facts["topic"])
        if talk := await self._desk.talk(unit, topic):
            await self.refresh(unit, topic, talk)

    async def _closed(self, unit: Unit, facts: dict[str, Any]) -> None:
        await self._changed(unit, facts)
        topic = await self._desk.topic(unit, facts["topic"])
        note(unit, topic, f"closed:{facts['talk']}", self._t(f"desk-closed-{facts['by']}"))

    async def _rated(self, unit: Unit, facts: dict[str, Any]) -> None:
        topic = await self._desk.topic(unit, facts["topic"])
        note(unit, topic, f"rated:{facts['talk']}", self._t("desk-rated", stars=facts["stars"]))

    async def _offered(self, unit: Unit, facts: dict[str, Any]) -> None:
        """What came of filling a step, or opening a screen, for the client; the card shows how far they are by now."""
        await self._changed(unit, facts)
        topic = await self._desk.topic(unit, facts["topic"])
        text = self._t(f"desk-offer-{facts['came']}", why=Html(facts["why"]))
        note(unit, topic, unit.event.event_id, text)

    async def _told(self, unit: Unit, facts: dict[str, Any]) -> None:
        """The insurer's own desk has answered."""
        topic = await self._desk.topic(unit, facts["topic"])
        talk = await self._cabinet.talks.by_id(unit, facts["talk"])
        who = facts["who"] or self._t.plain("desk-insurer")
        text = self._t("desk-told", who=who, text=facts["text"])
        await self._cabinet.lines.note(unit, talk.account_id, topic.client_id, text)
        await self._changed(unit, facts)

    async def _known(self, unit: Unit, facts: dict[str, Any]) -> None:
        """A stranger has logged in: the topic says who they are."""
        topic = await self._desk.topic(unit, facts["topic"])
        talk = await self._cabinet.talks.by_id(unit, facts["talk"])
        if topic.thread_id is not None:
            await self._cards.pin(unit, topic, talk)
            await self._retitle(unit, topic, talk)
            note(unit, topic, f"known:{talk.id}", self._t("desk-known"))
