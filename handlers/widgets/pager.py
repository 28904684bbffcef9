"""A row that turns pages."""

from __future__ import annotations

from handlers.screen import Button, Row
from handlers.texts import Texts


def pager(t: Texts, page: int, pages: int) -> Row:
    """Earlier, where we are, later; nothing for a single page. Pages are counted from 0; the action is `page`."""
    if pages < 2:
        return []
    row = []
    if page > 0:
        row.append(Button(t.plain("pager-earlier"), "page", str(page - 1)))
    row.append(Button(t.plain("pager-here", page=str(page + 1), pages=str(pages)), "page", str(page)))
    if page < pages - 1:
        row.append(Button(t.plain("pager-later"), "page", str(page + 1)))
    return row
