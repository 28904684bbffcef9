"""What a room shows: a text and rows of buttons. Plain values; nobody here knows a message id."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Button:
    """`action` and `arg` come back when it is tapped; together they have about 25 bytes. `url` makes it a link instead."""

    text: str
    action: str = ""
    arg: str = ""
    url: str = ""


Row = list[Button]


@dataclass(frozen=True, slots=True)
class Ask:
    """A button at the phone's keyboard that shares something: `what` is `contact` or `location`; `label` stands on it, `words` above it."""

    what: str
    label: str
    words: str


@dataclass(slots=True)
class Screen:
    """`text` is HTML. `ask` brings a button that shares one's own number or place.

    `fades`: it shows personal data in full, so it is masked again a minute later (rule 9). `refresh`: it says how long something has
    been going on, so it is shown again, in place, after so long (rule 7).
    """

    text: str
    rows: list[Row] = field(default_factory=list)
    ask: Ask | None = None
    fades: bool = False
    refresh: timedelta | None = None


def column(*buttons: Button) -> list[Row]:
    """One button a row."""
    return [[button] for button in buttons]
