"""Calls of an agent: what they are for, those on the way, and one of them: another time, or not needed any more (I1, I2)."""

from __future__ import annotations

from datetime import date

from fsm.call import CALL
from fsm.flow import Rejected
from handlers import agent_call
from handlers import format as show
from handlers.errand_rooms import errand_rooms, sure
from handlers.request_lines import told, window
from handlers.requests import line
from handlers.room import Room
from handlers.screen import Button, Screen, column
from handlers.turn import Turn
from handlers.windows import day_rows, hour_rows
from services.errors import NotFound
from services.model import Access
from services.requests import Kind, Request
from services.requests.agents import window_of
from services.requests.values import MOVABLE
from services.requests.windows import Window

SHOWN = 5
"""Calls that are listed: what waits first."""

landing = Room("calls", back="menu")
card, end = errand_rooms("call", back="calls")
move = Room("call-move", needs=Access.CONSENTED, back="call-card", sure=sure)


@landing.screen
async def show_landing(turn: Turn) -> Screen:
    """For buying only; other matters are requests."""
    t = turn.t
    known = turn.access >= Access.CONSENTED
    found = (await turn.cabinet.requests.calls(turn.unit, turn.actor))[:SHOWN] if known else []
    lines = [
        t("calls-line", number=it.number, when=window(t, window_of(it)), state=t.plain(f"request-is-{it.state}"))
        for it in found
    ]
    at = turn.dialog.at(CALL)
    rows = column(*(Button(it.number, "open", str(it.id)) for it in found))
    if at and at.draft.touched:
        rows.append([Button(t.plain("call-go-on"), "call")])
    rows += [[Button(t.plain("call-begin"), "begin")], [Button(t.plain("calls-other"), "requests")]]
    cities = ", ".join(turn.cabinet.agents.cities)
    return Screen("\n\n".join([t("calls", cities=cities), *lines]), rows)


@landing.tap("begin")
async def begin(turn: Turn, _: str) -> None:
    await agent_call.begin(turn, turn.args.get("product", ""))


@landing.tap("open")
async def open_card(turn: Turn, number: str) -> None:
    turn.go("call-card", id=int(number))


async def call_of(turn: Turn) -> Request:
    """The one that is looked at. Raises NotFound."""
    it = await turn.cabinet.requests.one(turn.unit, turn.actor, turn.args["id"])
    if it.kind is not Kind.AGENT:
        raise NotFound
    return it


@card.screen
async def show_card(turn: Turn) -> Screen:
    t, it = turn.t, await call_of(turn)
    turn.args["screen"] = f"call {it.number}"
    history = await turn.cabinet.requests.history(turn.unit, it)
    parts = [
        t("call-card", number=it.number, state=t.plain(f"request-is-{it.state}"), filed=show.moment(it.filed_at)),
        "\n".join(told(t, it)),
        "\n\n".join(line(turn, remark) for remark in history),
        t(f"call-next-{it.state}"),
    ]
    rows = [[Button(t.plain("call-another-time"), "call-move")]] if it.state in MOVABLE else []
    if not it.over:
        rows.append([Button(t.plain("call-cancel"), "call-end")])
    return Screen("\n\n".join(part for part in parts if part), rows)


@card.tap("call-move")
async def ask_time(turn: Turn, _: str) -> None:
    turn.go("call-move", id=turn.args["id"])


@move.screen
async def show_move(turn: Turn) -> Screen:
    """The days, then the hours of the one that was chosen."""
    t, it = turn.t, await call_of(turn)
    if day := turn.args.get("day"):
        return Screen(t("call-hour", day=show.day(date.fromisoformat(day))), hour_rows(turn, date.fromisoformat(day)))
    return Screen(t("call-move", number=it.number, when=window(t, window_of(it))), day_rows(turn))


@move.tap("say")
async def choose(turn: Turn, word: str) -> None:
    """A day, then an hour. Raises Rejected for neither."""
    day = turn.args.get("day")
    if day is None:
        turn.args["day"] = word
        return
    if not word.isdecimal():
        raise Rejected("choose-one")
    there = Window(date.fromisoformat(day), int(word))
    turn.args.pop("day")
    done = await turn.cabinet.agents.move(turn.unit, turn.actor, turn.args["id"], there)
    turn.go("call-card", id=turn.args["id"])
    turn.note("call-moved" if done else "call-too-late", when=window(turn.t, there))


@move.tap("back")
async def another_day(turn: Turn, _: str) -> None:
    """From the hours to the days, from there to the call."""
    if turn.args.pop("day", None) is None:
        turn.go("call-card", id=turn.args["id"])


@end.screen
async def show_end(turn: Turn) -> Screen:
    t, it = turn.t, await call_of(turn)
    return Screen(
        t("call-end", number=it.number),
        [[Button(t.plain("call-end-yes"), "yes"), Button(t.plain("call-end-no"), "back")]],
    )
