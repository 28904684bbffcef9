"""Promises are watched: staff are warned before one breaks, the client is told when it does; a report ends the day (K3, X2)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from handlers import format as show
from handlers.desk.posting import Hear
from handlers.texts import Html, Texts
from services.cabinet import Cabinet
from services.db.pipe import Parcel
from services.db.unit import Unit

DAY = timedelta(days=1)


class Watch:
    """`events` are of the topics' lanes, `reports` of the lane of all staff."""

    def __init__(self, cabinet: Cabinet, t: Texts) -> None:
        self._cabinet, self._t = cabinet, t
        self.events: dict[str, Hear] = {"talk.warn": self._warn, "talk.broken": self._broken}
        self.reports: dict[str, Hear] = {"desk.report": self._report, "group.moved": self._moved}

    async def _warn(self, unit: Unit, facts: dict[str, Any]) -> None:
        """Somebody still waits: the whole group hears of it, in the general topic."""
        talk = await self._cabinet.talks.by_id(unit, facts["talk"])
        since = datetime.fromtimestamp(facts["since"], UTC)
        if not await self._cabinet.desk.warn(unit, talk, since):
            return
        topic = await self._cabinet.desk.topic(unit, talk.topic_id)
        due = self._cabinet.talks.promise.due(talk, since)
        who = await self._cabinet.employees.find(unit, talk.employee_id) if talk.employee_id else None
        names = {"who": who.name if who else "", "taken": "yes" if who else "no"}
        text = self._t("desk-warn", number=talk.number, until=show.clock(due), **names)
        self._general(unit, topic.group_id, f"warn:{talk.id}:{facts['since']}", text)
        once = f"broken:{talk.id}:{facts['since']}"
        unit.submit(topic.lane, once, "talk.broken", due=due, talk=talk.id, since=facts["since"])

    async def _broken(self, unit: Unit, facts: dict[str, Any]) -> None:
        """The promise is broken: the client hears it from us, with what can be done instead (X2)."""
        talk = await self._cabinet.talks.by_id(unit, facts["talk"])
        if talk.waits_since and talk.waits_since.timestamp() == facts["since"]:
            unit.submit(f"tg:{talk.account_id}", f"late:{talk.id}:{facts['since']}", "talk.late", talk=talk.id)

    async def _report(self, unit: Unit, facts: dict[str, Any]) -> None:
        """What the 24 hours up to that evening were like, to the first group; one that comes late, after an outage, is of its own day."""
        groups = await self._cabinet.groups.now(unit)
        if not groups:
            return
        until = datetime.fromtimestamp(
            facts.get("until", unit.now.timestamp()), UTC
        )  # an older release has not said it
        talks = await self._cabinet.desk.since(unit, until - DAY)
        found = self._cabinet.talks.promise.report(talks, until - DAY, until)
        text = self._t(
            "desk-report",
            until=show.moment(until),
            opened=found.opened,
            solved=found.solved,
            waiting=found.waiting,
            late=found.late,
            first=self._minutes(found.first_answer),
            resolved=self._minutes(found.resolved),
            rating=f"{found.rating:.1f}".replace(".", ",") if found.rating else "—",
        )
        self._general(unit, groups[0], f"report:{unit.event.event_id}", text)

    async def _moved(self, unit: Unit, facts: dict[str, Any]) -> None:
        """A group has got another id."""
        await self._cabinet.groups.moved(unit, facts["old"], facts["new"])

    def _general(self, unit: Unit, group: int, once: str, text: Html) -> None:
        """Words in the general topic, which has no thread of its own."""
        payload = {"text": text, "parse_mode": "HTML"}
        unit.send(Parcel(f"desk:{once}", "telegram", {"method": "sendMessage", "payload": payload}, chat_id=group))

    def _minutes(self, span: timedelta | None) -> str:
        """Whole minutes, or a dash."""
        return "—" if span is None else self._t.plain("desk-minutes", count=str(round(span.total_seconds() / 60)))
