"""The history of one's requests as a file: a table, or a paper to be printed (I4)."""

from __future__ import annotations

import html
import re

from handlers import format as show
from handlers.errand_rooms import sure
from handlers.exporting import FORMATS, send
from handlers.request_lines import kind_of, told
from handlers.requests import listing
from handlers.turn import Turn
from services.clock import MOSCOW
from services.press.listing import Item, Listing
from services.requests import Remark, Request

__all__ = ["listing"]

TAG = re.compile(r"<[^<>]*>")


@listing.tap("export")
async def export(turn: Turn, kind: str) -> None:
    """What is in it is told after a code only."""
    if kind not in FORMATS or not turn.require(sure(turn)):
        return
    found = await history(turn)
    if found.items:
        now = turn.unit.now
        name = turn.t.plain("export-file", day=f"{now.astimezone(MOSCOW):%Y-%m-%d}")
        send(turn, found, kind, name, turn.t("export-caption", at=show.moment(now)))


async def history(turn: Turn) -> Listing:
    """Everything, in the person's language."""
    t, requests = turn.t, turn.cabinet.requests
    found = [(it, await requests.history(turn.unit, it)) for it in await requests.all(turn.unit, turn.actor)]
    return Listing(
        language=t.language,
        brand=t.plain("export-brand"),
        title=t.plain("export-title"),
        below=t.plain("export-below", at=show.moment(turn.unit.now), count=len(found)),
        footer=t.plain("export-footer"),
        made=turn.unit.now.isoformat(),
        columns=[
            t.plain(f"export-{name}") for name in ("number", "kind", "filed", "due", "state", "at", "who", "said")
        ],
        widths=[14, 24, 17, 14, 22, 17, 24, 70],
        rows=[row for it, remarks in found for row in rows_of(turn, it, remarks)],
        items=[item_of(turn, it, remarks) for it, remarks in found],
    )


def rows_of(turn: Turn, it: Request, remarks: list[Remark]) -> list[list[str]]:
    """What was asked, and every remark, a row each."""
    t = turn.t
    head = [it.number, kind_of(t, it), show.moment(it.filed_at), due(it), t.plain(f"request-is-{it.state}")]
    first = [show.moment(it.filed_at), t.plain("export-you"), "\n".join(plain_lines(turn, it))]
    return [[*head, *first], *([*head, show.moment(r.at), who(turn, r), said(turn, r)] for r in remarks)]


def item_of(turn: Turn, it: Request, remarks: list[Remark]) -> Item:
    t = turn.t
    return Item(
        head=f"{it.number} · {kind_of(t, it)}",
        lines=[
            (t.plain("export-state"), t.plain(f"request-is-{it.state}")),
            (t.plain("export-filed"), show.moment(it.filed_at)),
            *([(t.plain("export-due"), due(it))] if due(it) else []),
            (t.plain("export-said"), "\n".join(plain_lines(turn, it))),
        ],
        remarks=[(f"{show.moment(r.at)} · {who(turn, r)}", said(turn, r)) for r in remarks],
    )


def due(it: Request) -> str:
    return show.day(it.answer_by.astimezone(MOSCOW).date()) if it.answer_by else ""


def plain_lines(turn: Turn, it: Request) -> list[str]:
    """What was told, without markup."""
    return [html.unescape(TAG.sub("", line)) for line in told(turn.t, it)]


def who(turn: Turn, remark: Remark) -> str:
    return f"{remark.name}, {remark.post}" if remark.name else turn.t.plain("export-you")


def said(turn: Turn, remark: Remark) -> str:
    state = turn.t.plain(f"request-is-{remark.state}") if remark.state else ""
    return "\n".join(filter(None, (state, remark.text)))
