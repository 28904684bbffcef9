"""What is asked for, what is here of it, and how both are spoken of: for every place that gathers photos and papers (G3, B3, D8)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handlers.turn import Turn
from services.claims.checklist import Board, assign
from services.uploads import Upload
from services.uploads.values import SENT_AS_PHOTO

LABEL = 40
"""Characters of a button."""
NAME, TITLE = 60, 80
"""Characters of a file's name, and of a document's title."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Something wanted: `code` for the insurer, `label` for people, `how` says how to take it, maybe nothing."""

    code: str
    label: str
    how: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """`draft` is the key new files are kept under, `files` what is here already, oldest message first, `board` what of it shows what."""

    draft: str
    slots: tuple[Slot, ...]
    files: tuple[Upload, ...]
    board: Board

    @classmethod
    def of(cls, draft: str, slots: tuple[Slot, ...], files: Iterable[Upload]) -> Wish:
        """Of the files of one draft."""
        files = tuple(files)
        return cls(draft, slots, files, assign([slot.code for slot in slots], files))

    @property
    def live(self) -> list[Upload]:
        """Here or on their way."""
        return [it for it in self.files if it.live]

    @property
    def doubtful(self) -> list[Upload]:
        """Here, something is wrong with them, and the client can still take them back."""
        return [it for it in self.files if it.state == "stored" and it.doubtful and not it.claim]

    @property
    def waiting(self) -> int:
        """How many are on their way."""
        return sum(it.state == "waiting" for it in self.files)

    def filled(self) -> list[tuple[Slot, Upload | None]]:
        """Each slot with the file that shows it."""
        known = {slot.code: slot for slot in self.slots}
        return [(known[code], it) for code, it in self.board.slots]

    def shows(self, it: Upload) -> Slot | None:
        """What a file shows."""
        return next((slot for slot, filler in self.filled() if filler and filler.id == it.id), None)

    @property
    def done(self) -> int:
        """Slots whose file is safe."""
        return sum(it is not None and it.state == "stored" for _, it in self.filled())

    def open(self) -> list[Slot]:
        """Slots without a file."""
        return [slot for slot, it in self.filled() if it is None]


def slots_of(turn: Turn, codes: tuple[str, ...]) -> tuple[Slot, ...]:
    """What is on a checklist, in words."""
    return tuple(Slot(code, turn.t.plain(f"slot-{code}"), turn.t(f"how-{code}")) for code in codes)


def labels(wish: Wish) -> list[tuple[int, str]]:
    """Every slot's button; where two would be alike, their numbers tell them apart."""
    cut = [short(slot.label) for slot in wish.slots]
    return [
        (number, label if cut.count(label) == 1 else f"{number + 1}. {short(label, LABEL - 4)}")
        for number, label in enumerate(cut)
    ]


def short(label: str, most: int = LABEL) -> str:
    return label if len(label) <= most else f"{label[: most - 1].rstrip(' ,.')}…"


def called(turn: Turn, files: Sequence[Upload], it: Upload) -> str:
    """How a file is spoken of: by its name, or by its place in the order of these files."""
    if name := named(turn, it.name):
        return name
    number = next((n for n, other in enumerate(files, 1) if other.id == it.id), 0)
    return turn.t.plain("file-numbered", number=str(number)) if number else turn.t.plain("file-nameless")


def named(turn: Turn, name: str) -> str:
    """In quotes; empty for a photo, which Telegram gives no name."""
    return turn.t.plain("file-named", name=short(name, NAME)) if name and not name.startswith(SENT_AS_PHOTO) else ""
