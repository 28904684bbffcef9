"""What becomes of a file that is made safe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Code = Literal["too-large", "unknown-kind", "broken", "too-many-pixels", "locked"]
Look = Literal["dark", "blurred", "small"]


class Refused(Exception):
    """This file will not be taken, however often it is sent."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code: Code = code


@dataclass(frozen=True, slots=True)
class Taken:
    """What the camera noted: `at` in ISO 8601, with an offset from UTC if it knew one; degrees, south and west negative."""

    at: str | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Made:
    """A file made anew. `width` and `height` in pixels, 0 for a PDF.

    `looks` only tell, they never refuse. `likeness` is a difference hash, 16 hexadecimal digits: two of one scene differ in few
    bits; empty for a PDF. `taken` is None when it was not asked for or not noted.
    """

    mime: str
    width: int = 0
    height: int = 0
    looks: tuple[Look, ...] = ()
    likeness: str = ""
    taken: Taken | None = None
