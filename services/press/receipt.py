"""The receipt of a claim: what was told and when, every file by its SHA-256, and where anybody can verify it (G11).

It is the client's evidence: the first entry of the claim's journal and the hashes of the files as they were sent and as they are kept.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from services.press.sheet import INK, MARGIN, MUTED, QR, WIDTH, Sheet

FILE_WIDTHS = (8.0, 50.0, 17.0, WIDTH - 75.0)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Everything it says, in the words of its language. `made`: ISO, an instant of the claim itself, so that it prints the same for ever.

    `lines` are labels and answers; `files`: number, name, size, and both hashes, one a line; `head`: their heads.
    """

    language: str
    brand: str
    title: str
    number: str
    below: str
    lines: list[tuple[str, str]]
    files_title: str
    head: list[str]
    files: list[list[str]]
    journal_title: str
    journal: str
    verify_title: str
    verify: str
    link: str
    footer: str
    made: str

    @property
    def words(self) -> dict[str, Any]:
        """For a parcel."""
        return asdict(self)

    @classmethod
    def of(cls, words: dict[str, Any]) -> Receipt:
        """The inverse of `words`."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in words.items() if name in known})


def claim_receipt(words: dict[str, Any]) -> bytes:
    """The PDF."""
    it = Receipt.of(words)
    sheet = Sheet(f"{it.title} {it.number}", it.brand, it.footer, it.language, datetime.fromisoformat(it.made))
    sheet.qr(it.link)
    beside = WIDTH - QR - 6
    sheet.words(it.brand, 9, MUTED, at=(MARGIN, MARGIN), width=beside)
    sheet.words(it.title, 17, bold=True, width=beside)
    sheet.words(it.number, 13, bold=True, width=beside)
    sheet.words(it.below, 9, MUTED, width=beside)
    sheet.set_y(max(sheet.get_y(), MARGIN + QR) + 3)
    sheet.pairs((label, value) for label, value in it.lines)
    sheet.heading(it.files_title)
    if it.files:
        sheet.row(it.head, FILE_WIDTHS, (MUTED,) * 4, 7.5)
    for file in it.files:
        sheet.row(file, FILE_WIDTHS, (MUTED, INK, INK, INK), 7.5)
    sheet.heading(it.journal_title)
    sheet.words(it.journal, 8.5)
    sheet.heading(it.verify_title)
    sheet.words(it.verify, 9)
    sheet.set_font("sans", "", 9)
    sheet.set_text_color(*INK)
    sheet.cell(WIDTH, 5, it.link, link=it.link)
    return bytes(sheet.output())
