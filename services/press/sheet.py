"""An A4 page of the cabinet, and the ways to write on it. Millimetres and points throughout; content flows from margin to margin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import segno
from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue, XPos, YPos
from fpdf.fonts import TTFFont

Colour = tuple[int, int, int]
INK: Colour = (27, 40, 51)
MUTED: Colour = (96, 112, 124)
ACCENT: Colour = (16, 84, 110)
LINE: Colour = (208, 218, 224)
MIST: Colour = (240, 245, 247)

MARGIN = 16.0
WIDTH = 210.0 - 2 * MARGIN
QR = 26.0
FONTS = Path(__file__).parent / "fonts"
UNKNOWN = "?"
"""Stands for a character the font does not have: a letter of another script, a picture."""


class Sheet(FPDF):
    """`made` is written into the file as its day, so that the same words make the same bytes."""

    def __init__(self, title: str, author: str, footer: str, language: str, made: datetime) -> None:
        super().__init__(format="A4")
        self._footer = footer
        self.add_font("sans", "", FONTS / "PTSans-Regular.ttf")
        self.add_font("sans", "B", FONTS / "PTSans-Bold.ttf")
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(auto=True, margin=18)
        self.c_margin = 0  # a cell begins where it is told to
        self.set_lang(language)
        self.set_title(title)
        self.set_author(author)
        self.set_creation_date(made.astimezone(UTC))
        self.add_page()

    def footer(self) -> None:
        """What the paper is not, and the number of the page."""
        self.set_draw_color(*LINE)
        self.line(MARGIN, 283, 210 - MARGIN, 283)
        self.words(f"{self._footer} · {self.page_no()}", 7, MUTED, at=(MARGIN, 284.5))

    def words(
        self,
        text: str,
        size: float,
        colour: Colour = INK,
        *,
        bold: bool = False,
        at: tuple[float, float] | None = None,
        width: float = WIDTH,
    ) -> None:
        """A paragraph; the next one goes below it."""
        self.set_font("sans", "B" if bold else "", size)
        self.set_text_color(*colour)
        if at:
            self.set_xy(*at)
        self.multi_cell(width, _pitch(size), self._legible(text), align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def qr(self, text: str) -> None:
        """In the top right corner, drawn as lines rather than as a picture."""
        rows = list(segno.make(text, error="m", micro=False).matrix)
        side, left = QR / len(rows), 210 - MARGIN - QR
        self.set_fill_color(*INK)
        for row, modules in enumerate(rows):
            for start, end in _runs(modules):
                self.rect(left + start * side, MARGIN + row * side, (end - start) * side, side, style="F")

    def heading(self, text: str) -> None:
        """Of a part; moves to the next page rather than stand alone at the bottom."""
        if self.will_page_break(24):
            self.add_page()
        self.ln(4)
        self.words(text, 11.5, ACCENT, bold=True)
        self.ln(1)

    def pairs(self, rows: Iterable[tuple[str, str]], first: float = 46.0) -> None:
        """Labels and values side by side."""
        for label, value in rows:
            self.row((label, value), (first, WIDTH - first), (MUTED, INK))

    def row(self, cells: Sequence[str], widths: Sequence[float], colours: Sequence[Colour], size: float = 9) -> None:
        """One line of a table, as high as its highest cell, never torn by the end of a page."""
        self.set_font("sans", "", size)
        told = [self._lines(self._legible(cell), width - 2, size) for cell, width in zip(cells, widths, strict=True)]
        height = _pitch(size) * max(map(len, told)) + 2
        if self.will_page_break(height):
            self.add_page()
        self.set_font("sans", "", size)  # the foot of the page before has a font of its own
        x, y = MARGIN, self.get_y()
        for lines, width, colour in zip(told, widths, colours, strict=True):
            self.set_text_color(*colour)
            for number, line in enumerate(lines):
                self.set_xy(x, y + 1 + number * _pitch(size))
                self.cell(width - 2, _pitch(size), line)
            x += width
        self.set_draw_color(*LINE)
        self.line(MARGIN, y + height, 210 - MARGIN, y + height)
        self.set_xy(MARGIN, y + height)

    def _legible(self, text: str) -> str:
        """With only what the font can draw."""
        drawn = cast(TTFFont, self.fonts["sans"]).cmap
        return "".join(char if char == "\n" or ord(char) in drawn else UNKNOWN for char in text)

    def _lines(self, text: str, width: float, size: float) -> list[str]:
        """At least one. Only what does not fit is broken up: that is slow, and a long history has thousands of short cells."""
        lines: list[str] = []
        for part in text.split("\n"):
            if self.get_string_width(part) <= width:
                lines.append(part)
            else:
                broken = self.multi_cell(width, _pitch(size), part, dry_run=True, output=MethodReturnValue.LINES)
                lines += cast(list[str], broken)
        return lines


def _pitch(size: float) -> float:
    """Millimetres from line to line for a size in points."""
    return size * 0.3528 * 1.3


def _runs(modules: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Stretches of dark modules in a row of a QR code."""
    start = None
    row = [*modules, 0]
    for column, dark in enumerate(row):
        if dark and start is None:
            start = column
        elif not dark and start is not None:
            yield start, column
            start = None
