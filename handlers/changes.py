"""What may be changed in a prolongation: who drives, when the car is in use, the diagnostic card (D3–D5)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from fsm.flow import Position
from fsm.prolongation import MOST_DRIVERS, ProlongationDraft
from handlers import format as show
from handlers.flow import asked
from handlers.prolongation import card_line, driver_lines, room, use
from handlers.screen import Button, Row, Screen, column
from handlers.turn import Turn
from services.formats import sex_of
from services.prolongation.rules import MOST_PERIODS

__all__ = ["room"]

CARD_YEARS = timedelta(days=5 * 366)
"""How far a calendar of a diagnostic card reaches; older and longer ones are typed."""

MISSING = "—"
"""What has no answer yet, on a summary."""


@room.asks("drivers")
async def show_drivers(turn: Turn, at: Position[ProlongationDraft]) -> Screen:
    t, draft = turn.t, at.draft
    rows: list[Row] = []
    for number, driver in enumerate(draft.drivers):
        name = show.masked_name(driver.name)
        rows.append(
            [
                Button(t.plain("drivers-edit", number=number + 1, name=name), "open", str(number)),
                Button(t.plain("drivers-remove", number=number + 1), "change", f"remove={number}"),
            ]
        )
    more = [Button(t.plain("drivers-add"), "open", "")] if len(draft.drivers) < MOST_DRIVERS else []
    if not draft.unlimited:
        more.append(Button(t.plain("drivers-unlimited"), "change", "unlimited"))
    text = (
        "\n".join([t("drivers"), *driver_lines(t, draft.entered)])
        if draft.unlimited or draft.drivers
        else t("drivers-none")
    )
    return Screen(text, [*rows, more, [Button(t.plain("button-done"), "say", "done")]])


@room.asks("periods")
async def show_periods(turn: Turn, at: Position[ProlongationDraft]) -> Screen:
    t, draft = turn.t, at.draft
    rows: list[Row] = [
        [
            Button(
                t.plain("periods-remove", period=f"{show.day(first)} – {show.day(last)}"), "change", f"remove={number}"
            )
        ]
        for number, (first, last) in enumerate(draft.periods)
    ]
    more = [Button(t.plain("periods-add"), "open", "")] if len(draft.periods) < MOST_PERIODS else []
    if draft.periods:
        more.append(Button(t.plain("periods-year"), "change", "year"))
    starts, ends = draft.term
    text = t("periods", periods=use(t, draft.periods), starts=show.day(starts), ends=show.day(ends))
    return Screen(text, [*rows, more, [Button(t.plain("button-done"), "say", "done")]])


@room.asks("card")
async def show_card(turn: Turn, at: Position[ProlongationDraft]) -> Screen:
    t, draft = turn.t, at.draft
    row = [Button(t.plain("card-edit" if draft.card else "card-add"), "open", "0" if draft.card else "")]
    if draft.card:
        row.append(Button(t.plain("card-remove"), "change", "remove"))
    return Screen(f"{t('card')}\n\n{card_line(t, draft.card)}", [row, [Button(t.plain("button-done"), "say", "done")]])


@room.asks("period.first", "period.last")
async def show_period(turn: Turn, at: Position[Any]) -> Screen:
    t, draft, step = turn.t, at.leaf.draft, at.leaf.step
    starts, ends = draft.term
    text = t(f"period-{step}", starts=show.day(starts), ends=show.day(ends), first=show.day(draft.first or starts))
    return Screen(text, room.days(turn, at))


@room.asks("card.issued", "card.until")
async def show_card_day(turn: Turn, at: Position[Any]) -> Screen:
    return Screen(turn.t(f"card-{at.leaf.step}"), room.days(turn, at))


@room.asks("card.kind")
async def ask_kind(turn: Turn, _: Position[Any]) -> Screen:
    t = turn.t
    return Screen(
        t("card-kind"),
        column(*(Button(t.plain(f"card-kind-{kind}"), "say", kind) for kind in ("card", "international"))),
    )


@room.asks("card.number")
async def ask_number(turn: Turn, _: Position[Any]) -> Screen:
    return Screen(turn.t("card-number"))


@room.asks("driver.name", "driver.birth", "driver.since")
async def ask_words(turn: Turn, at: Position[Any]) -> Screen:
    """A step that is answered by typing."""
    name = at.leaf.draft.name
    return Screen(turn.t(f"driver-{at.leaf.step}", name=name.first if name else ""))


@room.asks("driver.sex")
async def ask_sex(turn: Turn, at: Position[Any]) -> Screen:
    t = turn.t
    return Screen(
        t("driver-sex", name=at.leaf.draft.name.first),
        [[Button(t.plain(f"sex-{sex}"), "say", sex) for sex in ("male", "female")]],
    )


@room.asks("driver.licence")
async def ask_licence(turn: Turn, at: Position[Any]) -> Screen:
    t, foreign = turn.t, at.leaf.draft.foreign
    key = "driver-licence-foreign" if foreign else "driver-licence"
    other = "ru" if foreign else "foreign"
    return Screen(t(key), column(Button(t.plain(f"licence-{other}"), "change", other)))


@room.asks("driver.summary")
async def show_driver(turn: Turn, at: Position[Any]) -> Screen:
    """The driver as entered, each line to be changed by itself. Back from a question that a change has opened leaves it open."""
    t, d = turn.t, at.leaf.draft
    lines = t(
        "driver-summary",
        name=d.name.full,
        birth=show.day(d.birth),
        sex=t.plain(f"sex-{d.sex}") if d.sex else MISSING,
        licence=(f"***{d.licence[-3:]}" if d.foreign else show.masked_licence(d.licence)) if d.licence else MISSING,
        since=show.day(d.since) if d.since else MISSING,
    )
    edits = [Button(t.plain(f"driver-edit-{step}"), "edit", step) for step in ("name", "birth", "licence", "since")]
    if sex_of(d.name.middle) is None:
        edits.append(Button(t.plain("driver-edit-sex"), "edit", "sex"))
    key = "driver-save" if at.key else "driver-add"
    drop = Button(t.plain("item-unchanged" if at.key else "driver-drop"), "undo")
    return Screen(lines, [[Button(t.plain(key), "ok"), drop], edits[:2], edits[2:]])


@room.asks("card.summary")
async def show_card_summary(turn: Turn, at: Position[Any]) -> Screen:
    t, d = turn.t, at.leaf.draft
    text = t(
        "card-summary",
        kind=t.plain(f"card-kind-{d.kind}"),
        number=d.number,
        issued=show.day(d.issued),
        until=show.day(d.until) if d.until else MISSING,
    )
    edits = [Button(t.plain(f"card-edit-{step}"), "edit", step) for step in ("kind", "number", "issued", "until")]
    return Screen(
        text, [[Button(t.plain("card-save"), "ok"), Button(t.plain("item-unchanged"), "undo")], edits[:2], edits[2:]]
    )


def bounds(turn: Turn, at: Position[Any]) -> tuple[date, date]:
    """Days that can be right: of the term for a period, of five years back or ahead for a card."""
    draft = at.leaf.draft
    match asked(at):
        case "period.first":
            return draft.term[0], draft.term[1]
        case "period.last":
            return draft.first, draft.term[1]
        case "card.issued":
            return turn.today - CARD_YEARS, turn.today
        case _:
            return turn.today, turn.today + CARD_YEARS


room.bounds = bounds
