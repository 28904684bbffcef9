"""An atlas of the conversation: which states there are, what can be done in each, and where that has led.

A state is a room, its step and what its buttons say and do; a move is a button, or any other thing a person can do in a chat, or
something that others do meanwhile. Numbers, dates and names on buttons make no new state.
"""

from __future__ import annotations

import random
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bot.dispatcher import HOUSE
from fsm.flow import SUMMARY, Flow, Sub
from handlers.conversation import ANYWHERE, COMMANDS
from handlers.flow import FlowRoom
from tests.support.person import Message


class State(NamedTuple):
    """Where a person stands, as the screen tells: `place` is `room` or `room.step`; `does` are the actions, `url` for a link."""

    place: str
    does: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def room(self) -> str:
        return self.place.partition(".")[0]

    @property
    def spot(self) -> str:
        """What is to be seen by itself: a place, and of an application each of its stages."""
        return f"{self.place} {' '.join(sorted({*self.does} - ALWAYS))}" if self.place == "application" else self.place


class Move(NamedTuple):
    """`how` is `tap`, `type`, `send`, `card`, `wait` or a deed's own name; `what` is its label, text or kind.

    Of others: `desk` and `payer` do something about the application, `insurer` about a claim, `staff` order something in a topic, `news` is
    anything that ends nothing; `idle` is time that passes. `bring` sends a file of that kind. `remind`: what is due is said.
    """

    how: str
    what: str = ""


ALWAYS = frozenset(("menu", "human", "back", "pass", "drop"))
"""The way out, and what is offered about words that mean nothing: the same on every screen."""
ALIKE = frozenset(("office", "city", "speak", "slot", "is"))
"""Actions whose buttons differ in nothing but what they are about: one of them stands for all."""
STAGES = (
    "cancel",
    "cancel copies correct offices",
    "cancel correct save",
    "",
    "cancel url",
    "cancel pay",
    "policies",
    "offices",
    "repeat",
)
"""What can be done about an application: checking or saved without a link yet, in doubt, priced, saving or paid, with a link, without
one, issued, refused, cancelled."""
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
    Move("news"),
)
"""What may come in any state. `stale` taps buttons of old screens."""
WIPED = {
    f"{place}.{step}"
    for place, steps in {
        "prolongation": ("name", "birth", "licence", "since", "number"),
        "change": ("name", "birth", "licence", "since", "number"),
        "claim": ("participants", "plate", "policy", "phone"),
        "request": ("phone", "name", "paper"),
        "call": ("name", "email", "address"),
    }.items()
    for step in steps
}
"""Where what is typed does not stay in the chat."""
ASKING = {"login.contact", "place", "claim.place", "call.phone", "call.city"}
"""Where a button at the phone's keyboard shares something."""
BROUGHT = tuple(
    Move("bring", kind)
    for kind in ("sharp", "dark", "blurred", "heic", "pdf", "elf.jpg", "nothing.jpg", "locked.pdf", "jpeg-and-page.jpg")
)
"""Files as they come: good ones, doubtful ones, and those of strangers."""
SPECIAL = {
    "claim.photos": BROUGHT,
    "login.code": (Move("code", "wrong"), Move("code", "right"), Move("wait", "PT61S"), Move("wait", "PT6M")),
    "login.fact": (Move("fact", "wrong"), Move("fact", "right")),
    "paper": (Move("wait", "PT31M"),),
    "policies": (Move("wait", "PT25H"),),
    "prolongation.name": tuple(Move("type", it) for it in ("Петрова Анна Сергеевна", "Mueller Hans", "123")),
    "prolongation.birth": (Move("type", "15.03.1990"), Move("day", "-3650")),
    "prolongation.licence": tuple(Move("type", it) for it in ("99 12 345678", "ab-123456", "99 12")),
    "prolongation.since": (Move("type", "2012"), Move("type", "2001")),
    "prolongation.first": (Move("day", "+100"), Move("day", "-5")),
    "prolongation.last": (Move("day", "+130"), Move("day", "+250"), Move("day", "+90")),
    "prolongation.number": (Move("type", "123456 789012345"), Move("type", "12345")),
    "prolongation.issued": (Move("day", "-30"), Move("day", "+5")),
    "prolongation.until": (Move("day", "+400"), Move("day", "-3")),
    "place": (Move("location"), Move("type", "МКАД, 34-й км")),
    "claim.when": (Move("type", "вчера 14:30"), Move("day", "-3"), Move("day", "+5"), Move("day", "-2000")),
    "claim.time": (Move("type", "14:30"), Move("type", "25:00")),
    "claim.place": (Move("location"), Move("type", "Тула, Мира, 5"), Move("type", "?!")),
    "claim.story": (Move("type", "Въехали сзади на светофоре"), Move("type", "...")),
    "claim.participants": (Move("type", "А123ВС77"), Move("type", "без номера")),
    "claim.plate": (Move("type", "a 123 bc 77"), Move("type", "123")),
    "claim.insurer": (Move("type", "Северный берег"), Move("type", "123")),
    "claim.policy": (Move("type", "XXX 0123456789"), Move("type", "??")),
    "claim.phone": (Move("type", "8 903 123-45-67"), Move("type", "12")),
    "request.phone": (Move("type", "8 903 123-45-67"), Move("type", "12")),
    "request.name": (Move("type", "Петрова Анна Сергеевна"), Move("type", "Анна")),
    "request.paper": (Move("type", "112-233-445 95"), Move("type", "112-233-445 96")),
    "request.contract": (Move("type", "XXX 0123456789"), Move("type", "№")),
    "request.text": (Move("type", "Нужна справка об оплате"),),
    "call.name": (Move("type", "Анна"), Move("type", "123")),
    "call.email": (Move("type", "anna@mail.ru"), Move("type", "anna@")),
    "call.city": (Move("location"), Move("type", "Казань"), Move("type", "Атлантида")),
    "call.address": (Move("type", "Москва, ул. Причальная, 12"), Move("type", "дома")),
    "call.comment": (Move("type", "Машина новая"),),
    "change.name": tuple(Move("type", it) for it in ("Петрова Анна Сергеевна", "Mueller Hans", "123")),
    "change.birth": (Move("type", "15.03.1990"), Move("day", "-3650")),
    "change.licence": tuple(Move("type", it) for it in ("99 12 345678", "99 12")),
    "change.since": (Move("type", "2012"), Move("type", "2001")),
    "change.first": (Move("day", "+1"), Move("day", "+4000")),
    "change.last": (Move("day", "+4"), Move("day", "-5")),
    "change.number": (Move("type", "123456 789012345"), Move("type", "12345")),
    "change.issued": (Move("day", "-30"), Move("day", "+5")),
    "change.until": (Move("day", "+400"), Move("day", "-3")),
    "menu": (Move("remind"),),
    "reminder": (Move("remind"),),
    "note.text": (Move("type", "отвезти справку в офис"),),
    "note.day": tuple(Move("type", it) for it in ("через 2 недели", "в пятницу", "вчера", "через 5 лет")),
    "quiet-hours": (Move("type", "22-8"), Move("type", "9-8")),
    "offices": (Move("location"), Move("type", "Москва")),
    "case": tuple(
        Move("insurer", it) for it in ("review", "clarification", "inspection", "repair", "payout", "refused", "closed")
    ),
    "talk": (Move("staff", "/doc Паспорт\nСТС"), Move("staff", "/doc -")),
    "wanted": (Move("staff", "/doc Ещё"), *BROUGHT),
    "case-files": (Move("insurer", "review"), Move("insurer", "clarification"), *BROUGHT),
    "giving-up": (Move("desk", "passed"), Move("payer", "succeed"), Move("desk", "refused")),
    "application cancel": (
        *(Move("desk", it) for it in ("passed", "mismatch", "unreliable", "cancelled", "refused")),
        *(Move("idle", it) for it in ("PT1M", "PT15M")),
    ),
    "application cancel copies correct offices": (
        Move("desk", "passed"),
        Move("desk", "cancelled"),
        Move("idle", "P7D"),
    ),
    "application cancel correct save": (
        *(Move("desk", it) for it in ("price", "cancelled", "refused")),
        Move("idle", "P1D"),
        Move("payer", "succeed"),
    ),
    "application cancel url": (
        *(Move("payer", it) for it in ("succeed", "cancel")),
        *(Move("desk", it) for it in ("price", "cancelled", "refused")),
        *(Move("idle", it) for it in ("PT61M", "PT23H30M", "PT25H")),
    ),
    "application cancel pay": (Move("desk", "price"), Move("idle", "PT25H")),
    "application repeat": (Move("payer", "succeed"),),
}
"""What makes sense in one spot only: right and wrong answers, and what others do."""
ENDING = (
    *(Move("insurer", it) for it in ("refused", "closed")),
    Move("payer", "succeed"),
    *(Move("desk", it) for it in ("cancelled", "refused")),
    *(Move("idle", it) for it in ("P7D", "PT25H")),
)
"""After these there is less to see: they come last, and are no way to anywhere."""
LEADS_ON = ("type", "day", "code", "fact", "location")
"""Deeds of SPECIAL that are answers: without them nobody gets deeper."""


@dataclass(slots=True)
class Atlas:
    """What is known: states, their moves and where they led; which button was pressed in which spot, and which action was `tried` in
    which room.

    `thorough`: everything of COMMON is sent in every state; otherwise once in every place.
    """

    thorough: bool
    led: dict[State, dict[Move, State | None]] = field(default_factory=dict)
    actions: dict[State, dict[Move, tuple[str, str]]] = field(default_factory=dict)
    pressed: set[tuple[str, str]] = field(default_factory=set)
    tried: set[tuple[str, str]] = field(default_factory=set)
    sent: set[tuple[str, str]] = field(default_factory=set)
    moves: int = 0

    @property
    def rooms(self) -> set[str]:
        return {state.room for state in self.led}

    def missed(self) -> set[str]:
        """Rooms, steps and stages nobody came to, and actions nobody pressed. `trouble` is a failure's room: no walk leads there."""
        rooms = set(HOUSE.rooms) - {"trouble"}
        wanted = {(name, action) for name in rooms for action in HOUSE.rooms[name].taps}
        actions = {(name, "human") for name in rooms - {"human", "talk"}} | {
            (name, "menu") for name in rooms - {"menu", "welcome"}
        }
        steps = {
            f"{room.name}.{step}"
            for room in HOUSE.rooms.values()
            if isinstance(room, FlowRoom)
            for step in steps_of(room.flow)
        }
        places = rooms | steps | {f"application {stage}" for stage in STAGES}
        came = self.rooms | {state.place for state in self.led} | {state.spot for state in self.led}
        return {f"{name}: {action}" for name, action in (wanted | actions) - self.tried} | (places - came)

    def enter(self, state: State, buttons: list[Message]) -> None:
        """A state was seen: its moves are known from now on."""
        if state not in self.led:
            taps: dict[Move, tuple[str, str]] = {}
            for button in buttons:
                action = action_of(button)[1]
                label = label_of(button)
                everywhere = action in ANYWHERE or action in ALIKE
                taps[Move("tap", label)] = (state.room, action) if everywhere else (state.spot, f"{action} {label}")
            self.actions[state] = taps
            self.led[state] = dict.fromkeys((*taps, *SPECIAL.get(state.spot, ()), *COMMON))

    def choose(self, state: State, chance: random.Random) -> Move:
        """The next move: towards an action never tried in its room, then one not tried in this spot, an answer nobody has given, what
        nobody has sent, any other button."""
        messages = () if self.thorough else (self._messages,)
        for wanted in (self._untried, self._actions, self._answers, *messages, self._buttons, self._anything):
            if step := self._towards(wanted, state, chance):
                return step
        return chance.choice(list(self.led[state]))

    def must(self, state: State, chance: random.Random) -> Move | None:
        """The next move towards an action that was seen and never tried in its room: None if no way to one is known from here."""
        return self._towards(self._untried, state, chance)

    def _towards(self, wanted: Callable[[State], list[Move]], state: State, chance: random.Random) -> Move | None:
        """The first step of the shortest known way to a state that has what is wanted; that itself, if it is here."""
        if here := wanted(state):
            return chance.choice(here)
        first: dict[State, Move] = {}
        line = deque([state])
        while line:
            passed = line.popleft()
            for move, there in self.led[passed].items():
                if there is None or there in first or there == state or move in ENDING:
                    continue
                first[there] = first.get(passed, move)
                if wanted(there):
                    return first[there]
                line.append(there)
        return None

    def _untried(self, state: State) -> list[Move]:
        return [move for move, (_, what) in self.actions[state].items() if (state.room, verb(what)) not in self.tried]

    def _actions(self, state: State) -> list[Move]:
        return [move for move, action in self.actions[state].items() if action not in self.pressed]

    def _answers(self, state: State) -> list[Move]:
        fresh = [m for m in SPECIAL.get(state.spot, ()) if m.how in LEADS_ON or m == Move("desk", "passed")]
        return [move for move in fresh if (state.spot, str(move)) not in self.sent]

    def _buttons(self, state: State) -> list[Move]:
        """Buttons, and what makes sense in this place only: they lead on."""
        return [move for move in self._anything(state) if move not in COMMON and move not in ENDING]

    def _messages(self, state: State) -> list[Move]:
        """In every spot one of each kind, and what makes sense there."""
        untried = [m for m in self._anything(state) if m not in self.actions[state] and m not in ENDING]
        return [move for move in untried if (state.spot, kind_of(state, move)) not in self.sent]

    def _anything(self, state: State) -> list[Move]:
        return [move for move, there in self.led[state].items() if there is None]

    def learn(self, before: State, move: Move, after: State) -> None:
        """A move was made."""
        self.moves += 1
        self.sent |= {(before.spot, kind_of(before, move)), (before.spot, str(move))}
        if move in self.led[before]:
            self.led[before][move] = after
        if action := self.actions[before].get(move):
            self.pressed.add(action)
            self.tried.add((before.room, verb(action[1])))


def verb(action: str) -> str:
    """The action itself, without the label of its button."""
    return action.partition(" ")[0]


def kind_of(state: State, move: Move) -> str:
    """Messages of one kind are answered alike: commands, words, things; what makes sense in one spot is a kind of its own."""
    if move in SPECIAL.get(state.spot, ()):
        return str(move)
    if move.how == "type":
        return "command" if move.what.startswith("/") else "words"
    return move.how if move.how in ("stale", "news") else "thing"


def steps_of(flow: Flow[Any]) -> set[str]:
    """The names of all steps, those of flows within it too."""
    inner = {name for step in flow.steps if isinstance(step, Sub) for name in steps_of(step.inner)}
    return {step.name for step in flow.steps} | inner | ({SUMMARY} if flow.summary else set())


def action_of(button: Message) -> tuple[str, str]:
    """Place and action of a button: its data begins with them."""
    place, action = button["data"].split(":")[:2]
    return place, action


def label_of(button: Message) -> str:
    """What a button says, without numbers, dates, names and months."""
    text = str(button["text"])
    action = action_of(button)[1] if "data" in button else "url"
    if action == "month":
        return f"{'‹ ' if '‹' in text else ''}month{' ›' if '›' in text else ''}"
    if action == "closed":
        return "closed"
    text = re.sub(r"\S*\*\*\*\S*(?: \w\.)+", "…", text)
    return re.sub(r"\d[\d\s.,]*", "#", text)


def state_of(screen: Message) -> State:
    """The state a screen shows."""
    everything = [button for row in screen["buttons"] for button in row]
    buttons = buttons_of(screen)
    does = [action_of(button)[1] if "data" in button else "url" for button in everything]
    return State(
        action_of(buttons[0])[0], tuple(dict.fromkeys(does)), tuple(dict.fromkeys(label_of(it) for it in everything))
    )


def buttons_of(screen: Message) -> list[Message]:
    """The buttons of a message that can be pressed here, row by row: not its links."""
    return [button for row in screen["buttons"] for button in row if "data" in button]
