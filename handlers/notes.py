"""Reminders of one's own: the list, and a new one, about a contract, a claim or anything else (H4)."""

from __future__ import annotations

from datetime import timedelta

from fsm.flow import Answer, Position
from fsm.note import CHOICES, CHOSEN, NOTE, NoteDraft, bounds
from handlers import case, policies
from handlers.flow import FlowRoom, told
from handlers.reminder_words import about_of, dated
from handlers.room import Room
from handlers.screen import Button, Row, Screen, column
from handlers.texts import Html
from handlers.turn import Turn
from handlers.widgets.pager import pager
from services.errors import NotFound, TooManyNotes
from services.model import Access
from services.reminders import Note
from services.reminders.notes import MOST

PAGE = 5
AHEAD = {"tomorrow": 1, "week": 7, "month": 30}
"""Days that are one tap away, and how far they lie ahead."""

listing = Room("notes", needs=Access.BOUND, back="menu")
room = FlowRoom("note", NOTE, needs=Access.BOUND, back="notes", typed={"text": False, "day": False})
room.without("change", "open", "undo", "edit", "ok")
room.bounds = lambda turn, _: bounds(turn.today)


@listing.screen
async def show_list(turn: Turn) -> Screen:
    t = turn.t
    found = await turn.cabinet.reminders.notes(turn.unit, turn.actor)
    pages = max(1, -(-len(found) // PAGE))
    page = min(int(turn.args.get("page", 0)), pages - 1)
    shown = list(enumerate(found, 1))[page * PAGE : (page + 1) * PAGE]
    lines = [await line_of(turn, number, it) for number, it in shown]
    buttons = [Button(t.plain("notes-drop", number=str(number)), "forget", str(it.id)) for number, it in shown]
    rows: list[Row] = [buttons[at : at + 3] for at in range(0, len(buttons), 3)]
    rows += [
        pager(t, page, pages),
        [Button(t.plain("notes-add"), "add")],
        [Button(t.plain("settings-notices"), "notices")],
    ]
    return Screen("\n\n".join([t("notes") if found else t("notes-none"), *lines]), rows)


async def line_of(turn: Turn, number: int, note: Note) -> Html:
    """Its day, its words, and what it is about."""
    about = await about_of(turn, *place_of(note.subject))
    day = dated(turn.t, note.day)
    if about:
        return turn.t("notes-line-about", number=str(number), day=day, text=note.text, about=about)
    return turn.t("notes-line", number=str(number), day=day, text=note.text)


@listing.tap("page")
async def turn_page(turn: Turn, page: str) -> None:
    turn.go("notes", page=int(page))


@listing.tap("forget")
async def drop(turn: Turn, number: str) -> None:
    await turn.cabinet.reminders.drop_note(turn.unit, turn.actor, int(number))
    turn.toast("notes-dropped")


@listing.text
async def write(turn: Turn, text: str) -> None:
    """Words on the list are a new reminder's own."""
    await begin(turn, anew=True)
    await room.take(turn, Answer(told(turn, text)))


@listing.tap("add")
async def add(turn: Turn, _: str) -> None:
    await begin(turn)


@policies.card.tap("remind")
async def about_policy(turn: Turn, _: str) -> None:
    turn.args.pop("full", None)
    policy = await turn.cabinet.policies.card(turn.unit, turn.actor, turn.args["id"])
    await begin(turn, "policy", policy.id)


@case.room.tap("remind")
async def about_claim(turn: Turn, _: str) -> None:
    claim = await turn.cabinet.claims.one(turn.unit, turn.actor, turn.args["id"])
    await begin(turn, "claim", claim.id)


async def begin(turn: Turn, about: str = "", row: int = 0, *, anew: bool = False) -> None:
    """From anywhere; what is begun about the very same thing goes on, unless `anew`. Raises TooManyNotes."""
    if len(await turn.cabinet.reminders.notes(turn.unit, turn.actor)) >= MOST:
        raise TooManyNotes(MOST)
    at = turn.dialog.at(NOTE)
    if anew or at is None or (at.draft.about, at.draft.row) != (about, row):
        turn.dialog.begin(NOTE, NoteDraft(about=about, row=row))
    turn.go("note")


def home(turn: Turn, draft: NoteDraft) -> None:
    """Where it was begun."""
    match draft.about:
        case "policy":
            turn.go("policy", id=draft.row)
        case "claim":
            turn.go("case", id=draft.row)
        case _:
            turn.go("notes")


def leave(turn: Turn) -> None:
    at = turn.dialog.at(NOTE)
    home(turn, at.draft if at else NoteDraft())


room.left = leave


@room.asks("text")
async def ask_text(turn: Turn, at: Position[NoteDraft]) -> Screen:
    t, draft = turn.t, at.draft
    choices = [Button(t.plain(f"note-choice-{it}"), "say", f"{CHOSEN}{it}") for it in CHOICES[draft.about]]
    about = await about_of(turn, draft.about, draft.row)
    now = words_of(turn, draft)
    asked = t("note-text-about", about=about) if about else t("note-text")
    parts = [asked, t("note-text-now", text=now)] if now else [asked]
    return Screen("\n\n".join(parts), column(*choices))


@room.asks("day")
async def ask_day(turn: Turn, at: Position[NoteDraft]) -> Screen:
    t = turn.t
    quick = [
        Button(t.plain(f"note-in-{name}"), "say", (turn.today + timedelta(days=days)).isoformat())
        for name, days in AHEAD.items()
    ]
    return Screen(t("note-day", text=words_of(turn, at.draft)), [quick, *room.days(turn, at)])


async def save(turn: Turn, draft: NoteDraft) -> None:
    """Kept in the person's own words; what a choice says is said in their language."""
    if draft.day is None:
        raise NotFound
    text = words_of(turn, draft)
    await turn.cabinet.reminders.add_note(
        turn.unit, turn.actor, draft.day, text, f"{draft.about}:{draft.row}" if draft.about else ""
    )
    home(turn, draft)
    turn.note("note-saved", day=dated(turn.t, draft.day), text=text)


room.finish = save


def words_of(turn: Turn, draft: NoteDraft) -> str:
    return turn.t.plain(f"note-choice-{draft.choice}") if draft.choice else draft.text


def place_of(subject: str) -> tuple[str, int]:
    """What a note is about: `policy:12`, `claim:3`, or nothing."""
    about, _, row = subject.partition(":")
    return (about, int(row)) if row else ("", 0)
