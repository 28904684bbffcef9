"""What the insurer's papers are made of: headings, tiles, tables, a QR code, the seal of the electronic signature."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import cast

import segno
from cryptography import x509
from fpdf.enums import Align, MethodReturnValue, XPos, YPos

from playground.core.press.letterhead import (
    AMBER,
    HEAD,
    INK,
    LINE,
    MARGIN,
    MIST,
    MUTED,
    NAVY,
    TEAL,
    WHITE,
    WIDTH,
    Letterhead,
)
from playground.core.press.words import INSURER, day


class Sheet(Letterhead):
    """A page that looks like this insurer's; content flows below `y`, from margin to margin."""

    def heading(self, text: str, below: str, number: str) -> None:
        """What kind of paper this is; the top right corner stays free for a QR code."""
        y = self.words(MARGIN, self.get_y(), text, 19, NAVY, bold=True)
        y = self.words(MARGIN, y + 0.4, below, 8.5, MUTED, width=WIDTH - 34)
        y = self.words(MARGIN, y + 2, number, 15, TEAL, bold=True)
        self.set_y(max(y + 3.5, HEAD + 8 + 27))

    def qr(self, text: str, below: str = "данные полиса") -> None:
        """20 × 20 mm in the top right corner, as 837-П 2.2 wants it on a policy; the quiet zone comes on top. `below` says what it is."""
        code = segno.make(text, error="m", micro=False, encoding="utf-8")
        rows = list(code.matrix)
        side, left, top = 20.0 / len(rows), 210 - MARGIN - 20, HEAD + 8.5
        self.set_fill_color(*WHITE)
        self.rect(left - 2, top - 2, 24, 24, style="F")
        self.set_fill_color(*INK)
        for row, modules in enumerate(rows):
            for start, end in _runs(modules):
                self.rect(left + start * side, top + row * side, (end - start) * side, side, style="F")
        self.set_xy(left - 6, top + 21)
        self.set_font("sans", "", 6.5)
        self.set_text_color(*MUTED)
        self.cell(32, 3, below, align=Align.C)
        self.set_y(HEAD + 8)

    def section(self, text: str) -> None:
        """A heading inside the page; moves to the next one rather than stand alone at the bottom."""
        if self.will_page_break(18):
            self.add_page()
        y = self.get_y() + 2.2
        self.set_fill_color(*AMBER)
        self.rect(MARGIN, y + 0.5, 1.1, 3.9, style="F")
        self.words(MARGIN + 3, y, text, 10.5, NAVY, bold=True)
        self.set_y(y + 6)

    def tiles(self, pairs: Sequence[tuple[str, str]], widths: Sequence[float] | None = None) -> None:
        """Facts side by side: a small label over a value. `widths` are shares of the line."""
        shares = widths or [1.0] * len(pairs)
        gap = 2.4
        room = WIDTH - gap * (len(pairs) - 1)
        sizes = [room * share / sum(shares) for share in shares]
        height = max(self._tile_height(value, width) for (_, value), width in zip(pairs, sizes, strict=True))
        if self.will_page_break(height):
            self.add_page()
        x, y = MARGIN, self.get_y()
        for (label, value), width in zip(pairs, sizes, strict=True):
            self.set_fill_color(*MIST)
            self.rect(x, y, width, height, style="F", round_corners=True, corner_radius=1.2)
            self.words(x + 2.6, y + 1.7, label, 7, MUTED)
            self.words(x + 2.6, y + 5, value, 10, INK, bold=True, width=width - 4)
            x += width + gap
        self.set_y(y + height + 2)

    def grid(
        self, head: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float], right: str = ""
    ) -> None:
        """A table; `right` names the columns (by index, e.g. "12") that hold figures."""
        sizes = [WIDTH * share / sum(widths) for share in widths]
        self._row(head, sizes, right, head=True)
        for row in rows:
            self._row(row, sizes, right)
        self.ln(1.6)

    def note(self, text: str, size: float = 8) -> None:
        """Small print."""
        self.set_y(self.words(MARGIN, self.get_y(), text, size, MUTED, width=WIDTH) + 1)

    def prose(self, text: str) -> None:
        """A paragraph."""
        self.set_y(self.words(MARGIN, self.get_y(), text, 9.5, INK, width=WIDTH) + 1.8)

    def seal(self, signer: x509.Certificate, signed: datetime) -> tuple[int, int, int, int]:
        """The usual stamp of an electronic signature; returns its box (x1, y1, x2, y2) in PDF points for the signature field."""
        width, height = 92.0, 27.0
        if self.will_page_break(height + 4):
            self.add_page()
        x, y = 210 - MARGIN - width, max(self.get_y() + 3, 284 - height - 3)
        self.set_draw_color(*TEAL)
        self.set_line_width(0.5)
        self.rect(x, y, width, height, style="D", round_corners=True, corner_radius=2.5)
        self.set_line_width(0.2)
        self.words(x + 4, y + 2.6, "ДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ", 8.6, TEAL, bold=True)
        lines = (
            f"Сертификат  {signer.serial_number:040X}",
            f"Владелец  {INSURER} (ДЕМО)",
            f"Действителен  с {day(signer.not_valid_before_utc.date())} по {day(signer.not_valid_after_utc.date())}",
            f"Подписан  {signed:%d.%m.%Y %H:%M} по Москве",
        )
        for turn, line in enumerate(lines):
            self.words(x + 4, y + 8 + turn * 4.2, line, 7.6, INK)
        self.words(MARGIN, y + 2.6, "Как проверить подпись", 8.6, NAVY, bold=True)
        how = (
            "Откройте файл в программе просмотра PDF: панель подписей покажет, кто подписал документ и не менялся ли он. "
            "Корневой сертификат демонстрационного центра: /authority.pem на адресе системы страховщика."
        )
        self.words(MARGIN, y + 8, how, 7.6, MUTED, width=WIDTH - width - 6)
        left, bottom, right, top = (round(side * self.k) for side in (x, 297 - y - height, x + width, 297 - y))
        return left, bottom, right, top

    def _row(self, cells: Sequence[str], sizes: Sequence[float], right: str, *, head: bool = False) -> None:
        size, colour = (7.4, MUTED) if head else (9, INK)
        self.set_font("sans", "", size)
        pitch = size * 0.3528 * 1.25
        counts = [len(self._wrapped(cell, width - 3, pitch)) for cell, width in zip(cells, sizes, strict=True)]
        height = max(counts) * pitch + 2.6
        if self.will_page_break(height):
            self.add_page()
        x, y = MARGIN, self.get_y()
        if head:
            self.set_fill_color(*MIST)
            self.rect(MARGIN, y, WIDTH, height, style="F")
        self.set_font("sans", "", size)
        self.set_text_color(*colour)
        for column, (cell, width) in enumerate(zip(cells, sizes, strict=True)):
            self.set_xy(x + 1.5, y + 1.3)
            align = Align.R if str(column) in right else Align.L
            self.multi_cell(width - 3, pitch, cell, align=align, new_x=XPos.RIGHT, new_y=YPos.TOP)
            x += width
        self.set_draw_color(*LINE)
        self.line(MARGIN, y + height, 210 - MARGIN, y + height)
        self.set_y(y + height)

    def _wrapped(self, text: str, width: float, pitch: float) -> list[str]:
        lines = self.multi_cell(width, pitch, text, dry_run=True, output=MethodReturnValue.LINES)
        return cast(list[str], lines) or [""]

    def _tile_height(self, value: str, width: float) -> float:
        self.set_font("sans", "B", 10)
        return 6.6 + 4.4 * len(self._wrapped(value, width - 4, 4.4))


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
