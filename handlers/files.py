"""What was sent for something: the list with what became of each file, and one file: something else, stays, goes (G3, B3)."""

from __future__ import annotations

from typing import Any

from handlers import format as show
from handlers.gathering import WISHES, doubt, refusal
from handlers.room import Room
from handlers.screen import Button, Screen
from handlers.texts import Html
from handlers.turn import Turn
from handlers.widgets.pager import pager
from handlers.wishes import Wish, called, labels, short
from services.errors import NotFound
from services.model import Access
from services.uploads import Upload

PAGE = 8
"""Files of a page."""
WORDS = 100
"""Characters of a caption that are shown."""


class Files(Room):
    """The way out is where the files are gathered: a claim, an application, a request."""

    def lead_out(self, turn: Turn) -> None:
        """What is gathered there may be over by now: that place says so, and leads on."""
        home(turn)


room = Files("files", needs=Access.UNLOCKED, back="claims")
one = Room("file", needs=Access.UNLOCKED, back="files")


async def wish_of(turn: Turn) -> Wish:
    """What the person gathers for. Raises NotFound when they came from nowhere."""
    place, args = turn.args.get("home") or ("", {})
    if place not in WISHES:
        raise NotFound
    return await WISHES[place](turn, args)


def home(turn: Turn, **more: Any) -> None:
    """Back to where the files are gathered."""
    place, args = turn.args.get("home") or ("menu", {})
    turn.go(place, **args, **more)


@room.screen
async def show_files(turn: Turn) -> Screen:
    t, wish = turn.t, await wish_of(turn)
    if not wish.files:
        return Screen(t("files-none"))
    pages = -(-len(wish.files) // PAGE)
    page = min(int(turn.args.get("page", 0)), pages - 1)
    shown = wish.files[page * PAGE : (page + 1) * PAGE]
    numbered = list(enumerate(shown, page * PAGE + 1))
    rows = [Button(t.plain("files-open", number=str(number)), "open", str(it.id)) for number, it in numbered]
    lines = [line_of(turn, wish, number, it) for number, it in numbered]
    return Screen(
        "\n\n".join([t("files"), "\n".join(lines)]),
        [*(rows[at : at + 2] for at in range(0, len(rows), 2)), pager(t, page, pages)],
    )


def line_of(turn: Turn, wish: Wish, number: int, it: Upload) -> Html:
    slot = wish.shows(it)
    named = short(slot.label, 60) if slot else called(turn, wish.files, it)
    return turn.t("files-line", number=str(number), file=named, state=turn.t.plain(f"upload-{standing(it)}"))


def standing(it: Upload) -> str:
    """How a file stands, as a word of the texts (B3)."""
    if it.state == "stored":
        return "handed" if it.handed else "doubtful" if it.doubtful else "stored"
    return it.state


@room.tap("page")
async def turn_page(turn: Turn, page: str) -> None:
    turn.args["page"] = int(page)


@room.tap("open")
async def open_file(turn: Turn, number: str) -> None:
    turn.go("file", **turn.args, file=int(number))


@room.tap("back")
async def back_home(turn: Turn, _: str) -> None:
    home(turn)


async def file_of(turn: Turn, wish: Wish) -> Upload:
    """The one that is looked at. Raises NotFound when it was removed."""
    found = next((it for it in wish.files if it.id == turn.args.get("file")), None)
    if found is None:
        raise NotFound
    return found


@one.screen
async def show_file(turn: Turn) -> Screen:
    """What it is, what is wrong with it, and what else it may show; what belongs to a filed claim stays as it is."""
    t, wish = turn.t, await wish_of(turn)
    it = await file_of(turn, wish)
    slot = wish.shows(it)
    parts = [
        t("file", file=called(turn, wish.files, it), slot=slot.label if slot else t.plain("file-no-slot")),
        t("file-words", words=short(it.words, WORDS)) if it.words else "",
        refusal(turn, wish, it) if it.state == "refused" else doubt(turn, wish, it) if it.doubtful else "",
        t(f"file-is-{standing(it)}", at=show.soon(it.sent_at, turn.unit.now)),
    ]
    rows = []
    if not it.claim:
        others = [Button(label, "is", str(n)) for n, label in labels(wish) if it.live and wish.slots[n] != slot]
        rows = [[Button(t.plain("file-remove"), "remove")], *(others[at : at + 2] for at in range(0, len(others), 2))]
        if it.live and others:
            parts.append(t("file-other"))
    return Screen("\n\n".join(part for part in parts if part), rows)


@one.tap("remove")
async def remove(turn: Turn, _: str) -> None:
    """Take it back; where the insurer has it already, say so."""
    if await turn.cabinet.uploads.remove(turn.unit, turn.actor, turn.args["file"]):
        turn.note("file-removed")
    else:
        turn.note("file-kept")
    back(turn)


@one.tap("is")
async def show_as(turn: Turn, number: str) -> None:
    """«Это другое»."""
    wish = await wish_of(turn)
    if not await turn.cabinet.uploads.show_as(turn.unit, turn.actor, turn.args["file"], wish.slots[int(number)].code):
        turn.note("file-kept")
    back(turn)


@one.tap("back")
async def back_to_files(turn: Turn, _: str) -> None:
    back(turn)


def back(turn: Turn) -> None:
    turn.go("files", **{name: value for name, value in turn.args.items() if name != "file"})
