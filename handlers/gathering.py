"""Photos and papers gathered in one place, whatever they are for: a claim's draft, what the insurer asks for later, copies (G3, B3, D8).

A place that gathers says what is wanted (`Wish`) and is fitted out once: `gathers(room, wish)`, in a dialog with the step's name.
Its arguments then hold `slot` (the next ones are shown as this), `album` (the last one seen), `told` (lines about files, until the
person's next deed) and, where something is to be proved, `exif` (time and place may be kept).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from handlers.attached import Attached
from handlers.errors import text_of
from handlers.room import Room
from handlers.screen import Button, Row, Screen
from handlers.texts import Html
from handlers.turn import Turn
from handlers.wishes import TITLE, Wish, called, labels, named, short
from services.errors import FileRefused
from services.uploads import Upload

MOST_TOLD = 6
"""Lines about files that are shown at once."""
WishOf = Callable[[Turn, dict[str, Any]], Awaitable[Wish]]
"""What a place wants; its arguments may be those the person has left it with."""
WISHES: dict[str, WishOf] = {}
"""Places that gather."""
SPOTS: set[str] = set()
"""Where one sees it: a place, or a step of a dialog."""
PROVING: set[str] = set()
"""Places whose pictures prove what has happened, so that the client may let their time and place be kept; elsewhere nobody needs them."""


def gathers(room: Room, wish: WishOf, step: str = "", *, proving: bool = False) -> None:
    """Let a room take photos and files; a dialog shows them at this step of it. `proving`: see PROVING."""
    WISHES[room.name] = wish
    SPOTS.add(f"{room.name}.{step}" if step else room.name)
    room.brings = brought
    room.taps |= {"slot": choose, "keep": keep, "discard": discard, "sent": look_through}
    if proving:
        PROVING.add(room.name)
        room.taps["exif"] = consent


async def wish_here(turn: Turn) -> Wish:
    """What is wanted where the person stands."""
    return await WISHES[turn.dialog.place](turn, turn.args)


def page(turn: Turn, head: str, wish: Wish, exits: Sequence[Button]) -> Screen:
    """What is here, what is wrong with it, what to take now and how. `exits` lead on, a row each."""
    t, filled = turn.t, wish.filled()
    lines = [t(f"mark-{mark(it)}", slot=short(slot.label, TITLE)) for slot, it in filled]
    counted = t("photos-count", done=str(wish.done), all=str(len(filled))) if filled else ""
    more = len(wish.board.extras)
    parts = [
        head,
        "\n".join([counted, *lines]).strip(),
        t("photos-more", count=more) if more else "",
        t("photos-waiting", count=wish.waiting) if wish.waiting else "",
        *turn.args.get("told", ()),
        *doubts(turn, wish),
        now(turn, wish),
        t("photos-how"),
        t("photos-exif-on" if turn.args.get("exif") else "photos-exif-off") if turn.dialog.place in PROVING else "",
    ]
    return Screen("\n\n".join(part for part in parts if part), [*buttons(turn, wish), *([it] for it in exits)])


def mark(it: Upload | None) -> str:
    """`done` when it is safe, `coming`, or `open`."""
    return "open" if it is None else "done" if it.state == "stored" else "coming"


def now(turn: Turn, wish: Wish) -> str:
    """What the next photo is taken to show."""
    open_slots = wish.open()
    chosen = next((slot for slot in wish.slots if slot.code == turn.args.get("slot")), None)
    if slot := chosen or next(iter(open_slots), None):
        key = "photos-now" if slot.how else "photos-now-plain"
        return turn.t(key, slot=slot.label, **({"how": slot.how} if slot.how else {}))
    return turn.t("photos-all") if wish.slots else ""


def buttons(turn: Turn, wish: Wish) -> list[Row]:
    """What is still missing, two a row; what to do about doubtful ones; what was sent."""
    t = turn.t
    missing = [
        Button(label, "slot", str(number)) for number, label in labels(wish) if wish.slots[number] in wish.open()
    ]
    rows: list[Row] = [missing[at : at + 2] for at in range(0, len(missing), 2)] if len(missing) > 1 else []
    if wish.doubtful:
        rows.append([Button(t.plain("photos-keep"), "keep"), Button(t.plain("photos-drop"), "discard")])
    if wish.files:
        rows.append([Button(t.plain("photos-sent", count=str(len(wish.files))), "sent")])
    if turn.dialog.place in PROVING:
        label = t.plain("photos-exif-stop" if turn.args.get("exif") else "photos-exif-keep")
        rows.append([Button(label, "exif", str(int(not turn.args.get("exif"))))])
    return rows


def doubts(turn: Turn, wish: Wish) -> list[Html]:
    """What is wrong with which pictures; of many the first, the list has them all."""
    lines = [doubt(turn, wish, it) for it in wish.doubtful[:MOST_TOLD]]
    rest = len(wish.doubtful) - len(lines)
    return [*lines, turn.t("photos-doubts", count=rest)] if rest else lines


def doubt(turn: Turn, wish: Wish, it: Upload) -> Html:
    """What is wrong with a picture."""
    slot = wish.shows(it)
    why = ", ".join(turn.t.plain(f"looks-{look}") for look in it.looks if turn.t.has(f"looks-{look}"))
    what = f"{called(turn, wish.files, it)} ({short(slot.label, TITLE)})" if slot else called(turn, wish.files, it)
    return turn.t("photos-doubt", file=what, why=why)


def refusal(turn: Turn, wish: Wish, it: Upload) -> Html:
    """Why a file is not kept and what to do."""
    key = f"refused-{it.why}"
    return turn.t(
        "photos-refused", file=called(turn, wish.files, it), why=turn.t(key if turn.t.has(key) else "refused-broken")
    )


def tell(args: dict[str, Any], line: str) -> None:
    """Keep a line about a file on the screen until the person's next deed; the same one once."""
    told = [it for it in args.get("told", ()) if it != line]
    args["told"] = [*told, line][-MOST_TOLD:]


async def brought(turn: Turn, attached: Attached) -> None:
    """A photo or a file. An album comes as messages of its own, in any order: they share a slot and one screen below them."""
    args = turn.args
    together = bool(attached.album) and attached.album == args.get("album")
    if together:
        turn.anew = (
            False  # the messages of an album stand in the chat at once, and the screen below them since the first
        )
    else:
        args.pop("told", None)
        if args.get("album"):
            args.pop("slot", None)  # that album was shown as it
    slot = args.get("slot", "")
    wish = await wish_here(turn)
    try:
        exif = attached.exif and turn.dialog.place in PROVING and bool(args.get("exif"))
        await turn.cabinet.uploads.take(turn.unit, turn.actor, wish.draft, attached.sent, slot=slot, exif=exif)
    except FileRefused as refused:
        name = named(turn, attached.name) or turn.t.plain("file-nameless")
        tell(args, turn.t("photos-refused", file=name, why=text_of(turn.t, refused, turn.unit.now)))
    args["album"] = attached.album
    if not attached.album:
        args.pop("slot", None)


async def choose(turn: Turn, number: str) -> None:
    """The next photo, or the next album, shows this."""
    turn.args.pop("told", None)
    wish = await wish_here(turn)
    turn.args.update(slot=wish.slots[int(number)].code, album="")


async def keep(turn: Turn, _: str) -> None:
    """Whatever is doubtful stays as it is."""
    turn.args.pop("told", None)
    wish = await wish_here(turn)
    await turn.cabinet.uploads.insist(turn.unit, turn.actor, wish.draft)


async def discard(turn: Turn, _: str) -> None:
    """Whatever is doubtful goes."""
    turn.args.pop("told", None)
    for it in (await wish_here(turn)).doubtful:
        await turn.cabinet.uploads.remove(turn.unit, turn.actor, it.id)


async def consent(turn: Turn, wanted: str) -> None:
    """Time and place may be kept from the files that follow, or not (152-ФЗ: only what the client agrees to)."""
    turn.args.pop("told", None)
    turn.args["exif"] = wanted == "1"


async def look_through(turn: Turn, _: str) -> None:
    """The list of what was sent, and back here afterwards."""
    turn.args.pop("told", None)
    turn.go("files", home=(turn.dialog.place, turn.args))
