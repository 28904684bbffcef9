"""What somebody has, in rows: as a table and as a paper. The history of requests (I4), that of the cabinet (B4)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter  # type: ignore[import-untyped] # the library ships no types

from services.press.sheet import MUTED, Sheet

CELL = 32_000
"""Characters that a cell holds at most: 32 767."""


@dataclass(frozen=True, slots=True)
class Item:
    """One part: what it is, labels and values, and what was said about it as heads and texts."""

    head: str
    lines: list[tuple[str, str]]
    remarks: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Listing:
    """All of it, in the words of its language. `columns` and `rows` are the table, `items` the paper.

    `widths` are those of the columns in characters; `made`: ISO.
    """

    language: str
    brand: str
    title: str
    below: str
    footer: str
    made: str
    columns: list[str]
    widths: list[int]
    rows: list[list[str]]
    items: list[Item]

    @property
    def words(self) -> dict[str, Any]:
        """For a parcel."""
        return asdict(self)

    @classmethod
    def of(cls, words: dict[str, Any]) -> Listing:
        """The inverse of `words`."""
        known = {field.name: words[field.name] for field in fields(cls) if field.name in words}
        return cls(**(known | {"items": [Item(**item) for item in known["items"]]}))


def listing_pdf(words: dict[str, Any]) -> bytes:
    """The paper."""
    it = Listing.of(words)
    sheet = Sheet(it.title, it.brand, it.footer, it.language, datetime.fromisoformat(it.made))
    sheet.words(it.brand, 9, MUTED)
    sheet.words(it.title, 17, bold=True)
    sheet.words(it.below, 9, MUTED)
    for item in it.items:
        sheet.heading(item.head)
        sheet.pairs((label, value) for label, value in item.lines)
        for head, text in item.remarks:
            sheet.ln(1.5)
            sheet.words(head, 8.5, MUTED)
            if text:
                sheet.words(text, 9)
    return bytes(sheet.output())


def listing_xlsx(words: dict[str, Any]) -> bytes:
    """The table. Every cell is text: what somebody has typed is no formula."""
    it, file = Listing.of(words), BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"title": it.title, "author": it.brand, "created": datetime.fromisoformat(it.made)})
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
    cell = book.add_format({"valign": "top", "text_wrap": True})
    page = book.add_worksheet()
    page.freeze_panes(1, 0)
    for column, (title, width) in enumerate(zip(it.columns, it.widths, strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, title, head)
    for number, row in enumerate(it.rows, start=1):
        for column, text in enumerate(row):
            page.write_string(number, column, text[:CELL], cell)
    page.autofilter(0, 0, len(it.rows), len(it.columns) - 1)
    book.close()
    return file.getvalue()
