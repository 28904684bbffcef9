"""The insurer's letterhead on A4: colours, the lighthouse, who this is and that it is not real. Millimetres throughout."""

from __future__ import annotations

from datetime import UTC, datetime

from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos

from playground.core.press.words import DEMO, INSURER, file_path

Colour = tuple[int, int, int]
NAVY: Colour = (16, 48, 74)
TEAL: Colour = (24, 122, 138)
AMBER: Colour = (236, 170, 52)
INK: Colour = (27, 40, 51)
MUTED: Colour = (104, 122, 134)
LINE: Colour = (208, 218, 224)
MIST: Colour = (240, 245, 247)
GHOST: Colour = (244, 247, 248)
WHITE: Colour = (255, 255, 255)

MARGIN = 16.0
WIDTH = 210.0 - 2 * MARGIN
HEAD = 27.0
"""Height of the letterhead."""


class Letterhead(FPDF):
    """An empty sheet of this insurer, and the one way to write on it."""

    def __init__(self, title: str, now: datetime) -> None:
        super().__init__(format="A4")
        self.add_font("sans", "", file_path("PTSans-Regular.ttf"))
        self.add_font("sans", "B", file_path("PTSans-Bold.ttf"))
        self.set_margins(MARGIN, HEAD + 8, MARGIN)
        self.set_auto_page_break(auto=True, margin=14)
        self.c_margin = 0  # a cell begins where it is told to
        self.set_lang("ru-RU")
        self.set_title(f"{title} (ДЕМО)")
        self.set_author(INSURER)
        self.set_creation_date(now.astimezone(UTC))
        self.add_page()

    def header(self) -> None:
        """Letterhead with the lighthouse, and the watermark below everything else."""
        self._watermark()
        self.set_fill_color(*NAVY)
        self.rect(0, 0, 210, HEAD, style="F")
        self.set_fill_color(*TEAL)
        self.rect(0, HEAD, 210, 1.2, style="F")
        self._lighthouse(MARGIN + 1, 6)
        self.words(MARGIN + 15, 7.2, "Тихая гавань", 17, bold=True, colour=WHITE)
        self.words(MARGIN + 15.1, 15, "страховая компания", 9, colour=(178, 202, 214))
        self._pill(210 - MARGIN, 9.5, DEMO)
        self.set_y(HEAD + 8)

    def footer(self) -> None:
        """Who this is, and that it is not real."""
        self.set_draw_color(*LINE)
        self.line(MARGIN, 284, 210 - MARGIN, 284)
        self.words(
            MARGIN, 285.5, f"{INSURER} — вымышленный страховщик. Документ создан песочницей личного кабинета.", 7, MUTED
        )
        self.set_font("sans", "", 7)
        self.set_xy(MARGIN, 285.5)
        stand_in = self.get_string_width("{nb}") - self.get_string_width(
            "0"
        )  # fpdf2 aligns the stand-in, not the number
        self.cell(WIDTH + stand_in, 3.4, f"стр. {self.page_no()} из {{nb}}", align=Align.R)

    def words(
        self, x: float, y: float, text: str, size: float, colour: Colour = INK, *, bold: bool = False, width: float = 0
    ) -> float:
        """Write at a place, wrapped if a width is given; returns the y below."""
        self.set_font("sans", "B" if bold else "", size)
        self.set_text_color(*colour)
        self.set_xy(x, y)
        height = size * 0.3528 * 1.22
        if not width:
            self.cell(0, height, text)
            return y + height
        self.multi_cell(width, height, text, align=Align.L, new_x=XPos.LEFT, new_y=YPos.NEXT)
        return self.get_y()

    def _watermark(self) -> None:
        with self.rotation(52, 105, 165):
            self.set_font("sans", "B", 150)
            self.set_text_color(*GHOST)
            self.set_xy(0, 140)
            self.cell(210, 50, "ДЕМО", align=Align.C)

    def _pill(self, right: float, y: float, text: str) -> None:
        self.set_font("sans", "B", 7.4)
        width = self.get_string_width(text) + 7
        self.set_fill_color(*AMBER)
        self.rect(right - width, y, width, 7.4, style="F", round_corners=True, corner_radius=3.6)
        self.set_text_color(*NAVY)
        self.set_xy(right - width, y + 1.85)
        self.cell(width, 3.7, text, align=Align.C)

    def _lighthouse(self, x: float, y: float) -> None:
        """The mark: a lighthouse with two beams over quiet water, 11 × 15 mm."""
        self.set_fill_color(*AMBER)
        self.polygon([(x + 5, y + 2.6), (x - 1, y + 0.8), (x - 1, y + 4.0)], style="F")
        self.polygon([(x + 6, y + 2.6), (x + 12, y + 0.8), (x + 12, y + 4.0)], style="F")
        self.set_fill_color(*WHITE)
        self.polygon([(x + 3.6, y + 1.4), (x + 5.5, y - 0.6), (x + 7.4, y + 1.4)], style="F")
        self.rect(x + 4.3, y + 1.4, 2.4, 2.4, style="F")
        self.rect(x + 3.4, y + 3.9, 4.2, 0.7, style="F")
        self.polygon([(x + 4.1, y + 4.8), (x + 6.9, y + 4.8), (x + 8, y + 12.4), (x + 3, y + 12.4)], style="F")
        self.set_fill_color(*TEAL)
        self.polygon([(x + 3.86, y + 6.6), (x + 7.14, y + 6.6), (x + 7.4, y + 8.4), (x + 3.6, y + 8.4)], style="F")
        self.set_draw_color(*WHITE)
        self.set_line_width(0.5)
        self.line(x - 0.5, y + 13.6, x + 11.5, y + 13.6)
        self.line(x + 1.5, y + 15.0, x + 9.5, y + 15.0)
        self.set_line_width(0.2)
