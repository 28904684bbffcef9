"""Requests: the list, what one may be about, the card of one with its history; words typed there are a comment (I4)."""

from __future__ import annotations

from fsm.request import REQUEST
from handlers import format as show
from handlers import request
from handlers.errand_rooms import errand_rooms
from handlers.request_lines import kind_of, told
from handlers.room import Room
from handlers.screen import Button, Row, Screen, column
from handlers.texts import Html
from handlers.turn import Turn
from handlers.widgets.pager import pager
from services.clock import MOSCOW
from services.model import Access
from services.requests import Kind, Remark, Request
from services.requests.values import days_of

PAGE = 6
"""Requests of a page."""
REMARKS = 8
"""Lines of the history that a card shows: the newest. An export has all of them."""
QUOTED = 400
"""Characters of each of them."""
KINDS = tuple(kind for kind in Kind if kind not in (Kind.AGENT, Kind.RECOVERY))
"""What a client may ask for; whoever cannot come in asks for a way back."""

listing = Room("requests", needs=Access.CONSENTED, back="menu")
new = Room("request-new", needs=Access.CONSENTED, back="requests")
card, end = errand_rooms("request", back="requests")


@listing.screen
async def show_list(turn: Turn) -> Screen:
    t = turn.t
    found = await turn.cabinet.requests.all(turn.unit, turn.actor)
    pages = max(1, -(-len(found) // PAGE))
    page = min(int(turn.args.get("page", 0)), pages - 1)
    shown = found[page * PAGE : (page + 1) * PAGE]
    rows = column(*(Button(label_of(turn, it), "open", str(it.id)) for it in shown))
    rows.append(pager(t, page, pages))
    at = turn.dialog.at(REQUEST)
    if at and at.draft.touched:
        rows.append([Button(t.plain("request-go-on"), "request")])
    rows.append([Button(t.plain("request-begin"), "request-new")])
    if found:
        rows.append(
            [Button(t.plain("requests-xlsx"), "export", "xlsx"), Button(t.plain("requests-pdf"), "export", "pdf")]
        )
    lines = [line_of(turn, it) for it in shown]
    return Screen("\n\n".join([t("requests") if found else t("requests-none"), *lines]), rows)


def line_of(turn: Turn, it: Request) -> Html:
    return turn.t(
        "requests-line",
        number=it.number,
        kind=kind_of(turn.t, it),
        filed=show.day(it.filed_at.astimezone(MOSCOW).date()),
        state=turn.t.plain(f"request-is-{it.state}"),
    )


def label_of(turn: Turn, it: Request) -> str:
    label = f"{it.number} · {kind_of(turn.t, it)}"
    return label if len(label) <= 40 else f"{label[:39].rstrip()}…"


@listing.tap("page")
async def turn_page(turn: Turn, page: str) -> None:
    turn.go("requests", page=int(page))


@listing.tap("open")
async def open_card(turn: Turn, number: str) -> None:
    turn.go("request-card", id=int(number))


@new.screen
async def show_kinds(turn: Turn) -> Screen:
    t = turn.t
    if turn.actor.client_id is None:
        return Screen(
            t("request-new-stranger"), column(Button(t.plain("request-kind-recovery"), "kind", Kind.RECOVERY))
        )
    buttons = [Button(t.plain(f"request-kind-{kind}"), "kind", kind) for kind in KINDS]
    rows: list[Row] = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    return Screen(t("request-new"), rows)


@new.tap("kind")
async def choose_kind(turn: Turn, word: str) -> None:
    """A change of a policy begins at the policy."""
    kind = Kind(word)
    if kind is Kind.CHANGE and "policy" not in turn.args:
        turn.go("policies")
        turn.note("change-choose")
        return
    await request.begin(turn, kind, turn.args.get("policy"))


@card.screen
async def show_card(turn: Turn) -> Screen:
    t = turn.t
    it = await turn.cabinet.requests.one(turn.unit, turn.actor, turn.args["id"])
    history = await turn.cabinet.requests.history(turn.unit, it)
    turn.args["screen"] = f"request {it.number}"
    files = await turn.cabinet.uploads.of_draft(turn.unit, turn.actor, it.files)
    kept = sum(one.live for one in files)
    parts = [
        t("request-card", number=it.number, kind=kind_of(t, it), state=t.plain(f"request-is-{it.state}")),
        "\n".join([*told(t, it), *([t("told-files", count=kept)] if kept else [])]),
        term(turn, it),
        "\n\n".join(line(turn, remark) for remark in history[-REMARKS:]),
        "" if it.over else t("request-how"),
    ]
    more = Button(t.plain("request-again"), "request-new")
    attach = [Button(t.plain("request-attach"), "request-files")] if turn.actor.client_id else []
    rows = [[more]] if it.over else [[*attach, Button(t.plain("request-cancel"), "request-end")]]
    return Screen("\n\n".join(part for part in parts if part), rows)


def term(turn: Turn, it: Request) -> Html:
    """When it was filed and until when there will be an answer."""
    filed = show.moment(it.filed_at)
    if it.over:
        return turn.t("request-filed-over", filed=filed)
    if it.answer_by is None:
        return turn.t("request-filed-days", filed=filed, days=days_of(it.kind))
    return turn.t("request-filed", filed=filed, due=show.day(it.answer_by.astimezone(MOSCOW).date()))


def line(turn: Turn, remark: Remark) -> Html:
    """One line of the history: who, when, which state, what was said."""
    t = turn.t
    who = t("remark-by", name=remark.name, post=remark.post) if remark.name else t("remark-own")
    head = t("remark", who=who, at=show.soon(remark.at, turn.unit.now))
    state = t("remark-state", state=t.plain(f"request-is-{remark.state}")) if remark.state else ""
    text = remark.text if len(remark.text) <= QUOTED else f"{remark.text[:QUOTED].rstrip()}…"
    return Html("\n".join(filter(None, (head, state, t("remark-text", text=text) if text else ""))))


@end.screen
async def show_end(turn: Turn) -> Screen:
    t = turn.t
    it = await turn.cabinet.requests.one(turn.unit, turn.actor, turn.args["id"])
    return Screen(
        t("request-end", number=it.number, kind=kind_of(t, it)),
        [[Button(t.plain("request-end-yes"), "yes"), Button(t.plain("request-end-no"), "back")]],
    )
