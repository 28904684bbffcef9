"""A human: hours, a phone to tap, and a typed question that gets a number; the answer comes into the chat (I3's first day)."""

from __future__ import annotations

from fsm.flow import SUMMARY, Answer, Back, Confirm, Done, Edit, Rejected
from fsm.question import LIMIT, QUESTION, QuestionDraft
from handlers import answers, talk, wanted
from handlers import format as show
from handlers.room import Room
from handlers.screen import Button, Screen
from handlers.turn import Turn
from services.questions import row_of

room = Room("human", aside=True)
question = Room("question", back="human")


@room.screen
async def show_human(turn: Turn) -> Screen:
    t = turn.t
    waiting = await turn.cabinet.questions.waiting(turn.unit, turn.actor)
    lines = [t("human-waiting", number=q.number, at=show.moment(q.asked_at)) for q in waiting]
    at = turn.dialog.at(QUESTION)
    rows = wanted.rows(turn)
    if at and at.draft.text:
        rows.append([Button(t.plain("question-continue"), "continue"), Button(t.plain("question-anew"), "anew")])
        lines.append(t("human-draft"))
    rows.append([Button(t.plain("button-requests"), "requests"), Button(t.plain("button-agent"), "calls")])
    return Screen("\n\n".join(filter(None, [t("human"), wanted.said(turn), *lines])), rows)


@room.text
async def ask(turn: Turn, text: str) -> None:
    """The first words are the question, more words are added to it; it is looked at once more before it goes."""
    at = turn.dialog.at(QUESTION)
    if at and at.draft.text:
        turn.go("question", **turn.args)
        add(turn, text)
        return
    turn.dialog.begin(QUESTION, QuestionDraft(screen=turn.args.get("screen", "")))
    turn.input(QUESTION, Answer(text))
    turn.go("question", **turn.args)


async def take(turn: Turn, text: str) -> None:
    """Words written anywhere become a question, or a part of the one that is begun."""
    if await talk.say_words(turn, text):
        return
    if turn.dialog.place not in ("human", "question"):
        turn.aside("human")
    await ask(turn, text)


async def take_offered(turn: Turn) -> None:
    """The person wants what they wrote to reach the human."""
    await take(turn, turn.dialog.words)


async def is_own(turn: Turn, number: str) -> bool:
    """Did this account ask the question of this number?"""
    return await turn.cabinet.questions.is_of(turn.unit, turn.actor, number)


@room.tap("continue")
async def continue_draft(turn: Turn, _: str) -> None:
    turn.go("question", **turn.args)


@room.tap("anew")
async def forget_draft(turn: Turn, _: str) -> None:
    turn.dialog.end(QUESTION)
    turn.note("question-forgotten")


@question.screen
async def show_question(turn: Turn) -> Screen:
    t, at = turn.t, turn.dialog.at(QUESTION) or QUESTION.start()
    if at.step == SUMMARY:
        found = await answers.find(turn, at.draft.text)
        hint = t("answers-hint") if found else ""
        sending = [Button(t.plain("question-send"), "send"), Button(t.plain("question-edit"), "edit")]
        text = "\n\n".join(filter(None, [t("question-summary", text=at.draft.text), hint]))
        return Screen(text, [*answers.buttons(found), sending])
    return Screen(t("question-edit-ask", text=at.draft.text) if at.draft.text else t("question-ask"))


@question.text
async def typed(turn: Turn, text: str) -> None:
    """At the summary more words are added; while editing they replace what was there."""
    at = turn.dialog.at(QUESTION) or turn.dialog.begin(QUESTION)
    if at.step == SUMMARY:
        add(turn, text)
    else:
        turn.input(QUESTION, Answer(text))


def add(turn: Turn, text: str) -> None:
    """More words to the draft. Raises Rejected when both together are too long, or there are none."""
    at = turn.dialog.at(QUESTION) or turn.dialog.begin(QUESTION)
    editing = at.step != SUMMARY
    if not text.strip():
        raise Rejected("empty-text")
    if len(both := f"{at.draft.text}\n{text.strip()}") > LIMIT:
        raise Rejected("long-draft", limit=LIMIT)
    if not editing:
        turn.input(QUESTION, Edit("text"))
    turn.input(QUESTION, Answer(both))


@question.tap("article")
async def open_article(turn: Turn, place: str) -> None:
    """An answer that may be there already; the draft waits (I5)."""
    at = turn.dialog.at(QUESTION)
    if at:
        await answers.open_article(turn, at.draft.text, int(place))


@question.tap("edit")
async def edit(turn: Turn, _: str) -> None:
    turn.input(QUESTION, Edit("text"))


@question.tap("send")
async def send(turn: Turn, _: str) -> None:
    done = turn.input(QUESTION, Confirm())
    if isinstance(done, Done):
        number = await turn.cabinet.questions.ask(turn.unit, turn.actor, done.draft.screen, done.draft.text)
        turn.say("question-sent", f"question:{number}", number=number)
        if turn.cabinet.groups:
            await talk.begin(turn, done.draft.text, way_of(turn, done.draft.screen), row_of(number))
            turn.go("talk", **turn.args)
            return
        while turn.dialog.place == "question":  # the human was asked for from here
            turn.come_back()


def way_of(turn: Turn, screen: str) -> str:
    """The places before the human, and the screen the human was asked for from, in which each follows another one."""
    way = [*turn.dialog.trail[:-1], screen]
    return " → ".join(place for place, before in zip(way, ["", *way], strict=False) if place != before)


@question.tap("back")
async def back(turn: Turn, _: str) -> None:
    if turn.input(QUESTION, Back()) is None:
        turn.go("human", **turn.args)
