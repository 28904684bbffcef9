"""An atlas of the conversation: which states there are, what can be done in each, and where that has led.

A state is a room, its step and its labels; a move is a button, or any other thing a person can do in a chat.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.dispatcher import HOUSE
from handlers.conversation import COMMANDS
from tests.support.person import Message


class State(NamedTuple):
    """Where a person stands, as the screen tells: `place` is `room` or `room.step`."""

    place: str
    labels: tuple[str, ...]

    @property
    def room(self) -> str:
        return self.place.partition(".")[0]


class Move(NamedTuple):
    """`how` is `tap`, `type`, `send`, `card`, `wait` or a deed's own name; `what` is its label, text or kind."""

    how: str
    what: str = ""


QUOTED = ("добрый день", '<b>5 < 7 & "8"</b> {name} `x` _y_', "ж" * 4000)
"""What people type; a screen may quote it."""
COMMON = (
    *(Move("type", command) for command in COMMANDS),
    Move("type", "/start abc"),
    Move("type", "/nothing"),
    *(Move("type", text) for text in QUOTED),
    *(
        Move("send", kind)
        for kind in ["sticker", "voice", "video_note", "video", "animation", "poll", "dice", "venue", "forward"]
    ),
    Move("location"),
    Move("photo"),
    Move("album"),
    Move("file"),
    Move("card", "own"),
    Move("card", "foreign"),
    Move("edit"),
    Move("stale"),
)
"""What may come in any state. `stale` taps buttons of old screens."""
SPECIAL = {
    "login.code": (Move("code", "wrong"), Move("code", "right"), Move("wait", "PT61S"), Move("wait", "PT6M")),
    "login.fact": (Move("fact", "wrong"), Move("fact", "right")),
    "paper": (Move("wait", "PT31M"),),
    "policies": (Move("wait", "PT25H"),),
}
"""What makes sense in one place only."""


@dataclass(slots=True)
class Atlas:
    """What is known: states, their moves and where they led; which button was pressed in which room.

    `thorough`: everything of COMMON is sent in every state; otherwise once in every place.
    """

    thorough: bool
    led: dict[State, dict[Move, State | None]] = field(default_factory=dict)
    actions: dict[State, dict[Move, tuple[str, str]]] = field(default_factory=dict)
    pressed: set[tuple[str, str]] = field(default_factory=set)
    sent: set[tuple[str, Move]] = field(default_factory=set)
    moves: int = 0

    @property
    def rooms(self) -> set[str]:
        return {state.room for state in self.led}

    def missed(self) -> set[str]:
        """Rooms nobody came to and actions nobody pressed. `trouble` is a failure's room: no walk leads there."""
        rooms = set(HOUSE.rooms) - {"trouble"}
        wanted = {(name, action) for name in rooms for action in HOUSE.rooms[name].taps}
        actions = {(name, "human") for name in rooms - {"human"}} | {
            (name, "menu") for name in rooms - {"menu", "welcome"}
        }
        missed = (wanted | actions) - self.pressed
        return {f"{name}: {action}" for name, action in missed} | (rooms - self.rooms)

    def enter(self, state: State, buttons: list[Message]) -> None:
        """A state was seen: its moves are known from now on."""
        if state not in self.led:
            taps = {Move("tap", button["text"]): (state.room, action_of(button)[1]) for button in buttons}
            self.actions[state] = taps
            self.led[state] = dict.fromkeys((*taps, *SPECIAL.get(state.place, ()), *COMMON))

    def choose(self, state: State, chance: random.Random) -> Move:
        """The next move: towards an action nobody has pressed, then to what nobody has sent, then to any other button."""
        goals = (
            (self._actions, self._buttons, self._anything)
            if self.thorough
            else (self._actions, self._messages, self._buttons)
        )
        for wanted in goals:
            if step := self._towards(wanted, state, chance):
                return step
        return chance.choice(list(self.led[state]))

    def _towards(self, wanted: Callable[[State], list[Move]], state: State, chance: random.Random) -> Move | None:
        """The first step of the shortest known way to a state that has what is wanted; that itself, if it is here."""
        if here := wanted(state):
            return chance.choice(here)
        first: dict[State, Move] = {}
        line = deque([state])
        while line:
            passed = line.popleft()
            for move, there in self.led[passed].items():
                if there is None or there in first or there == state:
                    continue
                first[there] = first.get(passed, move)
                if wanted(there):
                    return first[there]
                line.append(there)
        return None

    def _actions(self, state: State) -> list[Move]:
        return [move for move, action in self.actions[state].items() if action not in self.pressed]

    def _buttons(self, state: State) -> list[Move]:
        """Buttons, and what makes sense in this place only: they lead on."""
        return [move for move in self._anything(state) if move not in COMMON]

    def _messages(self, state: State) -> list[Move]:
        return [m for m in self._anything(state) if m not in self.actions[state] and (state.place, m) not in self.sent]

    def _anything(self, state: State) -> list[Move]:
        return [move for move, there in self.led[state].items() if there is None]

    def learn(self, before: State, move: Move, after: State) -> None:
        """A move was made."""
        self.moves += 1
        self.sent.add((before.place, move))
        self.led[before][move] = after
        if action := self.actions[before].get(move):
            self.pressed.add(action)


def action_of(button: Message) -> tuple[str, str]:
    """Place and action of a button: its data begins with them."""
    place, action = button["data"].split(":")[:2]
    return place, action


def buttons_of(screen: Message) -> list[Message]:
    """The buttons of a message, row by row."""
    return [button for row in screen["buttons"] for button in row]
