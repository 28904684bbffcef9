"""What happens without the person's hand: the core's news, answers, ends of sessions, what became of what we sent.

Events of the core run in the client's lane and change data; a chat hears of it by an event of its own, in the chat's lane.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

import structlog

from handlers import code, receipt, reminder, reminder_shut, talk, unasked, wanted_files
from handlers.claim_news import claim_news, new_day
from handlers.conversation import Conversation
from handlers.debt_news import debt_news
from handlers.desk.posting import Hear
from handlers.documents import full_title
from handlers.fetched import file_refused, file_stored
from handlers.menu import leave_behind
from handlers.news import application_news
from handlers.paying import Paying
from handlers.renew_now import quote_news
from handlers.request_news import request_news
from handlers.turn import Turn
from services.cabinet import Cabinet
from services.clock import MOSCOW
from services.db.unit import Unit
from services.errors import NotFound
from services.fill import LANE
from services.model import Document
from services.questions import row_of
from services.reminders import wakes
from services.retention import sweep

log = structlog.get_logger("events")

MISSED = 20
"""Messages kept for somebody who blocks the bot: the newest."""


class Hopeless(Exception):
    """Trying again cannot help: the event is a dead letter at once, and the person is told its number."""


Heard = Callable[[Turn, dict[str, Any]], Awaitable[None]]
"""What a chat does about an event: says something, moves somewhere."""


async def login_elsewhere(turn: Turn, _: dict[str, Any]) -> None:
    turn.say("login-elsewhere", turn.unit.event.event_id)


async def session_ended(turn: Turn, facts: dict[str, Any]) -> None:
    await leave_behind(turn)
    key = f"session-ended-{facts['why']}" if facts["why"] in ("phone", "block") else "session-ended"
    turn.say(key, turn.unit.event.event_id)


async def question_answered(turn: Turn, facts: dict[str, Any]) -> None:
    """Who answers is always said: an employee by first name and post, or the insurer."""
    by = facts["by"]
    if by.get("name") and by.get("post"):
        who = turn.t("question-answered-by", name=by["name"], post=by["post"])
    elif by.get("name"):
        who = turn.t("question-answered-by-name", name=by["name"])
    else:
        who = turn.t("question-answered-by-brand")
    number = facts["number"]
    turn.say(
        "question-answered",
        turn.unit.event.event_id,
        missed=turn.t("question-missed"),
        dead={"type": "question.lost", "number": number},
        number=number,
        answer=facts["answer"],
        who=who,
    )
    await turn.cabinet.talks.told(turn.unit, row_of(number), facts["answer"], by.get("name") or "")


async def question_lost(turn: Turn, facts: dict[str, Any]) -> None:
    """Telegram has refused the answer for good: the question waits again, and staff can find it by its number."""
    await turn.cabinet.questions.waits_again(turn.unit, turn.actor, facts["number"])
    if talk := await turn.cabinet.talks.of_question(turn.unit, row_of(facts["number"])):
        await turn.cabinet.talks.wait(turn.unit, talk)
    log.error("answer_lost", number=facts["number"])
    turn.quiet = True


async def notice_stopped(turn: Turn, facts: dict[str, Any]) -> None:
    """It found the bot blocked: it is said at the first sign of life."""
    turn.dialog.missed = [*turn.dialog.missed, (facts["missed"], facts["text"])][-MISSED:]
    turn.quiet = True


async def question_undelivered(turn: Turn, facts: dict[str, Any]) -> None:
    turn.say("question-undelivered", turn.unit.event.event_id, number=facts["number"])


async def placed(turn: Turn, _: dict[str, Any]) -> None:
    """A file or a card stands in the chat: the screen goes below it."""
    turn.anew = True


async def paper_late(turn: Turn, facts: dict[str, Any]) -> None:
    """A minute after it was asked for."""
    if await turn.cabinet.documents.is_on_its_way(turn.unit, facts["parcel"]):
        turn.say("paper-late", turn.unit.event.event_id, title=await _title(turn, facts))
    else:
        turn.quiet = True


async def paper_undelivered(turn: Turn, facts: dict[str, Any]) -> None:
    turn.say("paper-undelivered", turn.unit.event.event_id, title=await _title(turn, facts))


async def letter_sent(turn: Turn, facts: dict[str, Any]) -> None:
    turn.say("letter-sent", turn.unit.event.event_id, title=await _title(turn, facts))


async def letter_undelivered(turn: Turn, facts: dict[str, Any]) -> None:
    turn.say("letter-undelivered", turn.unit.event.event_id, title=await _title(turn, facts))


async def mask(turn: Turn, _: dict[str, Any]) -> None:
    turn.args.pop("full", None)


async def refresh(turn: Turn, facts: dict[str, Any]) -> None:
    """Time has passed: the screen says so. One that has been rendered since has a timer of its own."""
    turn.quiet = facts.get("at", turn.dialog.turns_at) != turn.dialog.turns_at
    if turn.dialog.place == reminder.room.name:  # at night
        turn.mend()


async def unreachable(turn: Turn, _: dict[str, Any]) -> None:
    await turn.cabinet.accounts.unreachable(turn.unit, turn.actor.account_id)


async def screen_unknown(turn: Turn, facts: dict[str, Any]) -> None:
    """Nobody knows whether the person has seen it, and it must not be shown twice."""
    unasked.give_up(turn, facts)


async def screen_refused(_: Turn, facts: dict[str, Any]) -> None:
    raise Hopeless(facts["words"])


def go_on(unit: Unit) -> None:
    """What comes again and again, each time asked for once: the next sweep and check of the core's lists, at three o'clock in Moscow; this
    evening's report of the desk; the next planning of reminders. The night and the hour ask for each other, so that neither ends for good
    when one of them has failed.
    """
    night = datetime.combine(unit.now.astimezone(MOSCOW).date() + timedelta(days=1), time(3), MOSCOW)
    unit.submit(LANE, f"fill:{night:%Y-%m-%d}", "fill.begin", due=night, run=f"{night:%Y-%m-%d}")
    evening = unit.now.astimezone(MOSCOW).replace(hour=21, minute=5, second=0, microsecond=0)
    unit.submit("staff", f"report:{evening:%Y-%m-%d}", "desk.report", due=evening, until=evening.timestamp())
    hour = wakes.next_hour(unit)
    unit.submit(wakes.LANE, f"reminders:{hour:%Y-%m-%dT%H}", "reminders.plan", due=hour)


async def _title(turn: Turn, facts: dict[str, Any]) -> str:
    try:
        document: Document = await turn.cabinet.documents.one(turn.unit, turn.actor, facts["document"])
    except NotFound:  # logged out meanwhile
        return turn.t.plain("paper-kind-other")
    return await full_title(turn, document)


HEARD: dict[str, Heard] = {
    "login.elsewhere": login_elsewhere,
    "session.ended": session_ended,
    "question.answered": question_answered,
    "question.undelivered": question_undelivered,
    "question.lost": question_lost,
    "notice.stopped": notice_stopped,
    "code.sent": code.sent,
    "code.undelivered": code.undelivered,
    "paper.sent": placed,
    "card.placed": placed,
    "paper.late": paper_late,
    "paper.undelivered": paper_undelivered,
    "letter.sent": letter_sent,
    "letter.undelivered": letter_undelivered,
    "application.news": application_news,
    "quote.news": quote_news,
    "debt.news": debt_news,
    **receipt.HEARD,
    "claim.news": claim_news,
    "claim.day": new_day,
    "file.stored": file_stored,
    "file.refused": file_refused,
    "request.news": request_news,
    "reminder.due": reminder.due,
    "reminder.stopped": reminder_shut.stopped,
    **talk.HEARD,
    **wanted_files.HEARD,
    "mask": mask,
    "refresh": refresh,
    "unreachable": unreachable,
    "screen.refused": screen_refused,
    "screen.unknown": screen_unknown,
    "screen.outdated": reminder.outdated,
}
SILENT = {"unreachable"}
"""Events after which nothing is shown."""
SAME = {"refresh", "code.sent", "card.placed", "claim.day", "file.stored", "file.refused"}
"""Events that change nothing but what a screen says of the time, or of files on their way: its buttons stay good."""


class Events:
    """Everything that is not an update of Telegram. `desk` are the events of the topics' lanes, `staff` those of all staff together."""

    def __init__(
        self, cabinet: Cabinet, conversation: Conversation, desk: Mapping[str, Hear], staff: Mapping[str, Hear]
    ) -> None:
        self._cabinet, self._conversation, self._desk, self._staff = cabinet, conversation, desk, staff
        self._changes: dict[str, Callable[[Unit, dict[str, Any]], Awaitable[None]]] = {
            "customer.changed": cabinet.clients.apply,
            "policy.changed": cabinet.course.policy_heard,
            "document.changed": cabinet.course.document_heard,
            "application.changed": cabinet.course.heard,
            "claim.changed": cabinet.adjusting.heard,
            "question.answered": cabinet.questions.answered,
        }
        self._news = Paying(cabinet, conversation).events | {
            "claim.answered": cabinet.adjusting.answered,
            "claim.undelivered": cabinet.adjusting.undelivered,
            "quote.answered": cabinet.quotes.answered,
            "quote.undelivered": cabinet.quotes.undelivered,
            "claim.file-ready": cabinet.adjusting.ready,
            "claim.file-sent": cabinet.adjusting.file_sent,
            "claim.file-lost": cabinet.adjusting.file_lost,
            "remind": self._remind,
            "reminders.plan": self._plan,
            "reminders.index": cabinet.backfill.page,
            "reminders.index-client": self._index,
        }

    async def handle(self, unit: Unit) -> None:
        """Run one event in its lane. An event nobody knows is done: a newer release of the core may send more than we need."""
        facts = json.loads(unit.event.body)
        kind = facts.get("type", "")
        if unit.event.lane.startswith("tg:"):
            await self._tell(unit, kind, facts)
        elif kind in (side := self._desk if unit.event.lane.startswith("desk:") else self._staff):
            await side[kind](unit, facts)
        elif unit.event.source == "core" and (apply := self._changes.get(kind)):
            await apply(unit, facts["resource"])
        elif hear := self._news.get(kind):
            await hear(unit, facts)
        elif kind == "core.page":
            await self._cabinet.fill.take(unit, facts)
        elif kind == "fill.begin":
            await sweep(unit)
            await self._cabinet.uploads.sweep(unit)
            await self._cabinet.history.sweep(unit)
            self._cabinet.deadlines.calendar.watch(unit.now.astimezone(MOSCOW).date())
            self._cabinet.fill.begin(unit, facts["run"])
            await self._cabinet.backfill.begin(unit, facts["run"])
            go_on(unit)

    async def _remind(self, unit: Unit, facts: dict[str, Any]) -> None:
        client_id = unit.event.lane.removeprefix("client:")
        await self._cabinet.saying.look(unit, client_id, waited=facts.get("waited", False))

    async def _index(self, unit: Unit, _: dict[str, Any]) -> None:
        await self._cabinet.backfill.client(unit, unit.event.lane.removeprefix("client:"))

    async def _plan(self, unit: Unit, _: dict[str, Any]) -> None:
        await wakes.plan_all(unit)
        go_on(unit)

    async def _tell(self, unit: Unit, kind: str, facts: dict[str, Any]) -> None:
        actor = await self._cabinet.accounts.find(unit, int(unit.event.lane.removeprefix("tg:")))
        heard = HEARD.get(kind)
        if actor is None or heard is None:
            return
        turn = self._conversation.turn(unit, actor)
        if facts.get("rev", turn.dialog.rev) != turn.dialog.rev:
            return  # it was about a screen that is gone
        await heard(turn, facts)
        if turn.quiet:
            unit.state = turn.dialog.dump()
        elif kind not in SILENT:
            turn.dialog.rev += kind not in SAME
            await self._conversation.show(turn)

    async def sorry(self, unit: Unit, number: int) -> None:
        """An event of this lane is dead: its person hears the number, and stands where nothing can fail."""
        if not unit.event.lane.startswith("tg:"):
            return
        actor = await self._cabinet.accounts.enter(unit, int(unit.event.lane.removeprefix("tg:")), None)
        turn = self._conversation.turn(unit, actor)
        turn.dialog.rev += 1
        turn.dialog.unasked = None
        turn.go("trouble")
        turn.say("trouble-number", f"sorry:{number}", number=str(number))
        await self._conversation.show(turn)
