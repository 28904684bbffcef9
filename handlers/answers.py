"""Answers at once: the knowledge base, searched by any words; what did not help goes to a human with the question attached (I5)."""

from __future__ import annotations

import re

from fsm.flow import Answer
from fsm.question import QUESTION, QuestionDraft
from handlers.pieces import pieces
from handlers.room import Room
from handlers.screen import Button, Row, Screen, column
from handlers.texts import Html
from handlers.turn import Turn
from services.knowledge import Article, Found

room = Room("answers", aside=True)
article = Room("answer", back="answers")

BULLET = re.compile(r"^[-*] ", re.MULTILINE)
ASIDE = ("offices",)
"""Rooms of articles from which one comes back to where one was."""
LABEL = 40
"""Characters of a button that a phone shows."""


@room.screen
async def show_answers(turn: Turn) -> Screen:
    t, asked = turn.t, turn.args.get("asked", "")
    if not asked:
        return Screen(t("answers"))
    found = await find(turn, asked)
    if not found:
        return Screen(t("answers-none", asked=asked), [[Button(t.plain("answers-human"), "ask")]])
    return Screen(t("answers-found", asked=asked), [*buttons(found), [Button(t.plain("answers-human"), "ask")]])


async def find(turn: Turn, words: str) -> list[Found]:
    """The articles that answer, at most three, in the person's language."""
    return await turn.cabinet.knowledge.search(turn.unit, turn.t.language, words)


def buttons(found: list[Found]) -> list[Row]:
    """One a row; the place in the list is what comes back."""
    return column(*(Button(shortened(it.title), "article", str(place)) for place, it in enumerate(found)))


def shortened(title: str) -> str:
    """As much of a title as a button holds."""
    return title if len(title) <= LABEL else title[: LABEL - 1].rstrip(" ,") + "…"


@room.text
async def typed(turn: Turn, text: str) -> None:
    turn.args["asked"] = text.strip()[:300]


@room.tap("article")
async def open_found(turn: Turn, place: str) -> None:
    await open_article(turn, turn.args["asked"], int(place))


async def open_article(turn: Turn, asked: str, place: int) -> None:
    """One of the articles that were found by these words; they are kept for the human it may not help."""
    found = await find(turn, asked)
    if place < len(found):
        turn.go("answer", **turn.args | {"asked": asked, "slug": found[place].slug})


@room.tap("ask")
async def ask(turn: Turn, _: str) -> None:
    """To a human, with the question that was typed."""
    asked = turn.args.get("asked", "")
    at = turn.dialog.at(QUESTION)
    if at and at.draft.text:
        turn.go("question", **turn.args)
        return
    turn.aside("human")
    if asked:
        turn.dialog.begin(QUESTION, QuestionDraft(screen=turn.args.get("screen", "")))
        turn.input(QUESTION, Answer(asked))
        turn.go("question", **turn.args)


@article.screen
async def show_article(turn: Turn) -> Screen:
    t = turn.t
    found = turn.cabinet.knowledge.article(turn.args["slug"], t.language)
    if found is None:
        turn.go("answers", **turn.args)
        return await show_answers(turn)
    doors = [Button(t.plain(f"door-{room}"), "door", room) for room in found.rooms if room != "human"]
    helped = [Button(t.plain("answer-helped"), "helped"), Button(t.plain("answer-not-helped"), "ask")]
    return Screen(body(turn, found), [helped, doors[:2]])


def body(turn: Turn, found: Article) -> Html:
    """Title, the short answer, details, what to do here: as much as one message holds, and the rest is not lost but the details' end."""
    text = turn.t(
        "answer", title=found.title, answer=found.answer, details=plain(found.details), here=plain(found.here)
    )
    return pieces(text)[0]


def plain(markdown: str) -> str:
    """The Markdown of an article without its marks."""
    return BULLET.sub("• ", markdown).replace("**", "")


@article.tap("door")
async def go_through(turn: Turn, room: str) -> None:
    """To a room the article leads to."""
    found = turn.cabinet.knowledge.article(turn.args["slug"], turn.t.language)
    if found and room in found.rooms:
        turn.aside(room) if room in ASIDE else turn.go(room)


@article.tap("helped")
async def helped(turn: Turn, _: str) -> None:
    turn.toast("answer-thanks")
    turn.come_back()


article.taps["ask"] = ask
