"""The house is whole: every room shows something and leads somewhere, every button fits and is understood."""

from __future__ import annotations

import ast
import inspect
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import handlers
from bot.dispatcher import ALLOWED_UPDATES, HOUSE, ROUTES
from fsm.flow import FLOWS, SUMMARY, Flow, Sub
from handlers.buttons import LIMIT, Buttons, Press
from handlers.conversation import ANYWHERE, COMMANDS
from handlers.flow import FlowRoom
from handlers.room import Room
from services.model import Access

ROOMS = list(HOUSE.rooms.values())
rooms = pytest.mark.parametrize("room", ROOMS, ids=lambda room: str(room.name))


def steps(flow: Flow[Any]) -> list[str]:
    inner = [name for step in flow.steps if isinstance(step, Sub) for name in steps(step.inner)]
    return [step.name for step in flow.steps] + inner + [SUMMARY]


def places(room: Room) -> list[str]:
    """Every place a button of this room may carry."""
    flow = FLOWS.flows.get(room.name)
    return [room.name, *(f"{room.name}.{step}" for step in steps(flow))] if flow else [room.name]


@cache
def drawn() -> dict[str, list[tuple[str, bool]]]:
    """Every `Button(…)` of the handlers, by module: its action, and whether it is a link."""
    found: dict[str, list[tuple[str, bool]]] = {}
    for file in Path(handlers.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Button"):
                continue
            words = [*node.args[1:2], *(word.value for word in node.keywords if word.arg == "action")]
            link = any(word.arg == "url" for word in node.keywords)
            actions = [word.value if isinstance(word, ast.Constant) else None for word in words] or [""]
            assert None not in actions, f"{file.name}:{node.lineno}: an action is a word of the code"
            found.setdefault(file.stem, []).extend((str(action), link) for action in actions)
    return found


DRAWN_BY = {
    "changes": "prolongation",
    "claim_details": "claim",
    "claiming": "claim",
    "gathering": "case_files",
    "photos": "claim",
    "request_files": "request",
    "stages": "application",
    "windows": "agent_call",
}
"""Modules that draw for a room of another one."""


def home(room: Room) -> str:
    """The module that says how a room looks."""
    return (room.finish if isinstance(room, FlowRoom) else room.shows).__module__


@rooms
def test_every_room_shows_something(room: Room) -> None:
    assert inspect.iscoroutinefunction(room.shows)


@rooms
def test_back_leads_to_a_room(room: Room) -> None:
    assert not room.back or room.back in HOUSE.rooms
    assert not (room.back and room.aside), "one way back, not two"


@rooms
def test_back_leads_out_in_the_end(room: Room) -> None:
    seen = []
    while room.back:
        assert room.name not in seen
        seen.append(room.name)
        room = HOUSE.rooms[room.back]


@rooms
def test_everything_a_room_does_is_a_coroutine(room: Room) -> None:
    deeds = [*room.taps.values(), *(deed for deed in (room.types, room.shares, room.locates) if deed)]
    assert all(inspect.iscoroutinefunction(deed) for deed in deeds)


def test_every_route_is_a_coroutine() -> None:
    assert ALLOWED_UPDATES == ["message", "edited_message", "callback_query", "my_chat_member"]
    assert all(inspect.iscoroutinefunction(route) for route in ROUTES.values())


@rooms
def test_every_button_fits_into_telegrams_64_bytes(room: Room) -> None:
    """With the longest argument we have: a row's number; and after sixteen million inputs."""
    buttons = Buttons(b"k" * 32)
    for place in places(room):
        for action in {*room.taps, *ANYWHERE, *HOUSE.rooms, "back"}:
            made = buttons.make(2**52, 10**6, Press(place, action, "9" * 10, 0xFFFFFF))
            assert len(made.encode()) <= LIMIT
            assert buttons.read(2**52, 10**6, made) == Press(place, action, "9" * 10, 0xFFFFFF)


@pytest.mark.parametrize("module", sorted(drawn()))
def test_every_button_is_understood(module: str) -> None:
    homes = tuple(f".{name}" for name in {module, DRAWN_BY.get(module, module)})
    own = {action for room in ROOMS if home(room).endswith(homes) for action in room.taps}
    known = own | set(ANYWHERE) | set(HOUSE.rooms) | {"back", "accept"}
    if module in ("pager", "calendar"):
        known |= {action for room in ROOMS for action in room.taps}
    for action, link in drawn()[module]:
        assert link or action in known, f"{module}: nobody understands «{action}»"


def test_every_tap_has_a_button() -> None:
    shown = {action for buttons in drawn().values() for action, _ in buttons} | {"back"}
    unused = {f"{room.name}:{action}" for room in ROOMS for action in room.taps if action not in shown}
    assert not unused, "a deed nobody can ask for"


def test_no_action_is_both_a_deed_of_everywhere_and_of_a_room() -> None:
    for room in ROOMS:
        assert not set(room.taps) & (set(ANYWHERE) - {"help", "language"}), room.name


def test_a_name_with_a_colon_would_break_every_button() -> None:
    for room in ROOMS:
        for word in [*places(room), *room.taps]:
            assert ":" not in word


def test_the_commands_of_the_rules_are_there() -> None:
    assert {"/start", "/menu", "/accident", "/help", "/cancel", "/support", "/language"} == set(COMMANDS)


def test_help_a_human_and_the_first_minutes_are_open_to_everybody() -> None:
    for name in (
        "welcome",
        "help",
        "language",
        "human",
        "question",
        "offices",
        "trouble",
        "declined",
        "accident",
        "place",
        "protocol",
    ):
        assert HOUSE.rooms[name].needs == Access.ANYONE, name


def test_a_room_of_an_older_release_leads_to_the_door() -> None:
    assert HOUSE.room("gone") is HOUSE.rooms["welcome"]


def test_a_flow_has_a_room_of_its_name() -> None:
    assert set(FLOWS.flows) <= set(HOUSE.rooms)


def test_a_button_that_would_not_fit_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="too long"):
        Buttons(b"k").make(1, 1, Press("place", "action", "x" * 50, 1))


@pytest.mark.parametrize(
    "data", ["", ":", ":::::", "menu:open:1:1", "menu:open:1:1:AAAAAAAAAAA", "я" * 32, "menu:a:b:zz:x"]
)
def test_a_button_that_is_not_ours_is_nobodys(data: str) -> None:
    assert Buttons(b"k" * 32).read(1, 0, data) is None


def test_a_button_is_for_one_account_and_one_session() -> None:
    buttons = Buttons(b"k" * 32)
    made = buttons.make(1, 5, Press("menu", "policies", "", 3))
    assert buttons.read(1, 5, made) == Press("menu", "policies", "", 3)
    assert buttons.read(2, 5, made) is None
    assert buttons.read(1, 6, made) is None
    assert Buttons(b"j" * 32).read(1, 5, made) is None
