"""What happened in the cabinet: the newest first, by day, from which account; by kind and period; as a file (B4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby

from handlers import format as show
from handlers.exporting import FORMATS, send
from handlers.history_lines import Teller
from handlers.room import Room
from handlers.screen import Button, Row, Screen
from handlers.texts import Html
from handlers.turn import Turn
from services.clock import MOSCOW
from services.history import EVER, GROUP_OF, NEWEST, Entry, Group
from services.model import Access
from services.press.listing import Item, Listing

PAGE = 10
"""Entries of a page."""
MOST = 2000
"""Entries of a file: the newest."""
PERIODS = {"week": timedelta(days=7), "month": timedelta(days=31), "year": timedelta(days=366)}
"""How far back one may look; everything, if none is chosen."""

room = Room("history", needs=Access.UNLOCKED, back="settings")
sieve = Room("history-sieve", needs=Access.UNLOCKED, back="history")


def wanted(turn: Turn) -> tuple[Group | None, datetime]:
    """What of it is looked at: a group or all of them, and since when."""
    group, period = turn.args.get("group"), turn.args.get("period")
    return Group(group) if group else None, turn.unit.now - PERIODS[period] if period else EVER


def chosen(turn: Turn) -> dict[str, str]:
    """The same as arguments of a place."""
    return {name: turn.args[name] for name in ("group", "period") if turn.args.get(name)}


async def page_of(turn: Turn) -> tuple[list[Entry], bool, bool]:
    """The entries of this page, and whether there are newer and older ones. What has come to an end since shows the newest."""
    history, (group, since) = turn.cabinet.history, wanted(turn)
    near = await history.place(turn.unit, turn.actor, turn.args.get("near", 0))
    if turn.args.get("way") == "newer":
        found = await history.newer(turn.unit, turn.actor, near, PAGE + 1, group=group, since=since)
        if len(found) > PAGE:
            return found[1:], True, True
        near = NEWEST
    found = await history.older(turn.unit, turn.actor, near, PAGE + 1, group=group, since=since)
    return found[:PAGE], near != NEWEST, len(found) > PAGE


@room.screen
async def show_history(turn: Turn) -> Screen:
    t = turn.t
    found, newer, older = await page_of(turn)
    teller = await Teller.of(turn)
    group, period = turn.args.get("group", ""), turn.args.get("period", "")
    head = t(
        "history" if found else "history-none",
        group=t.plain(f"history-group-{group or 'all'}"),
        period=t.plain(f"history-period-{period or 'ever'}"),
        clock=teller.clock,
    )
    days = [
        Html("\n".join([t("history-day", day=day), *(line_of(turn, it, teller) for it in entries)]))
        for day, entries in groupby(found, key=teller.day)
    ]
    turns: Row = []
    if newer and found:
        turns.append(Button(t.plain("history-newer"), "newer", str(found[0].id)))
    if older:
        turns.append(Button(t.plain("history-older"), "older", str(found[-1].id)))
    rows = [turns, [Button(t.plain("history-sieve-open"), "sieve")]]
    if found:
        rows.append(
            [Button(t.plain("history-xlsx"), "export", "xlsx"), Button(t.plain("history-pdf"), "export", "pdf")]
        )
    return Screen("\n\n".join([head, *days]), rows)


def line_of(turn: Turn, it: Entry, teller: Teller) -> Html:
    who = teller.hand(it)
    return turn.t("history-line", at=teller.time(it), what=teller.told(it), who=who, by="yes" if who else "no")


@room.tap("older")
async def go_back_in_time(turn: Turn, entry: str) -> None:
    turn.go("history", **chosen(turn), way="older", near=int(entry))


@room.tap("newer")
async def go_forth_in_time(turn: Turn, entry: str) -> None:
    turn.go("history", **chosen(turn), way="newer", near=int(entry))


@room.tap("sieve")
async def open_sieve(turn: Turn, _: str) -> None:
    turn.go("history-sieve", **chosen(turn))


@sieve.screen
async def show_sieve(turn: Turn) -> Screen:
    t = turn.t
    group, period = turn.args.get("group", ""), turn.args.get("period", "")
    groups = [
        Button(marked(t.plain(f"history-group-{word or 'all'}"), word == group), "group", word) for word in ("", *Group)
    ]
    periods = [
        Button(marked(t.plain(f"history-period-{word or 'ever'}"), word == period), "period", word)
        for word in ("", *PERIODS)
    ]
    pairs = [row[at : at + 2] for row in (groups, periods) for at in range(0, len(row), 2)]
    return Screen(t("history-sieve"), [*pairs, [Button(t.plain("history-show"), "show")]])


def marked(label: str, stands: bool) -> str:
    """The one that stands is ticked."""
    return f"✓ {label}" if stands else label


@sieve.tap("group")
async def choose_group(turn: Turn, word: str) -> None:
    turn.args["group"] = Group(word) if word else ""


@sieve.tap("period")
async def choose_period(turn: Turn, word: str) -> None:
    turn.args["period"] = word if word in PERIODS else ""


@sieve.tap("show")
@sieve.tap("back")
async def show_chosen(turn: Turn, _: str) -> None:
    turn.go("history", **chosen(turn))


@room.tap("export")
async def export(turn: Turn, kind: str) -> None:
    """What is shown now, all of it."""
    if kind not in FORMATS:
        return
    found = await listing(turn)
    if found.items:
        now = turn.unit.now
        name = turn.t.plain("history-file", day=f"{now.astimezone(MOSCOW):%Y-%m-%d}")
        send(turn, found, kind, name, turn.t("history-caption", at=show.moment(now)))


async def listing(turn: Turn) -> Listing:
    """In the person's language; a part of the paper is a day."""
    t, (group, since) = turn.t, wanted(turn)
    found = await turn.cabinet.history.older(turn.unit, turn.actor, NEWEST, MOST, group=group, since=since)
    teller = await Teller.of(turn)
    return Listing(
        language=t.language,
        brand=t.plain("export-brand"),
        title=t.plain("history-title"),
        below=t.plain("history-below", at=show.moment(turn.unit.now), count=len(found)),
        footer=t.plain("history-footer", clock=teller.clock),
        made=turn.unit.now.isoformat(),
        columns=[t.plain(f"history-column-{name}") for name in ("at", "group", "what", "who")],
        widths=[17, 22, 70, 28],
        rows=[
            [
                f"{teller.day(it)} {teller.time(it)}",
                t.plain(f"history-group-{GROUP_OF[it.deed]}"),
                teller.told(it),
                teller.hand(it),
            ]
            for it in found
        ],
        items=[
            Item(day, [(teller.time(it), paper_line(teller, it)) for it in entries], [])
            for day, entries in groupby(found, key=teller.day)
        ],
    )


def paper_line(teller: Teller, it: Entry) -> str:
    return "\n".join(filter(None, (teller.told(it), teller.hand(it))))
