"""Where one chat stands: its place, the revision of its screen, and the flows that are begun and not done.

It is stored as JSON with the lane, in the step's own transaction (`services.db`), so state and effects commit together. aiogram's
storage is not used: a second home of the state would be a second truth (`docs/decisions/0002-dialogs.md`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from fsm.flow import Draft, Flow, Position
from fsm.saved import dump, load

HOME = "welcome"
TRAIL = 5
"""Steps back that are remembered."""


@dataclass(slots=True)
class Dialog:
    """`rev` grows by one with every accepted input; a button of an older revision is stale.

    `then` is where to go when the login that interrupted it is done. `pressed` is the last accepted button: pressing it twice is
    one press. `flows` are positions by the flow's name, kept until their flow is done or begun anew (rule 3).
    `missed` are messages that found the bot blocked: what is said above it, and the text as HTML. `words` were typed where
    words have no meaning: they are offered to the human until the next input. `before` is where back leads out of that login.
    `trail` are the places before this one, for staff who take over. `offer` is what an employee offers to fill in or to open (X3).
    `wanted` are the papers that staff wait for: see `handlers.wanted`.
    `cards` are the hashes of what the chat's cards say, by their names: what says the same is not edited.
    `turns_at` (seconds) is when the words of the screen change by themselves: a timer of an earlier rendering is not for it.
    `unasked` is what the chat is to be shown without having asked, from then until it is known to stand there, or until the person acts:
    `{"since": rev, "place", "on_stop": facts | None, "once": bool, "until": cabinet time | None, "overtaken": facts | None}`. Every
    rendering until then bears it, so that whoever renders the chat meanwhile takes nothing from it; see `handlers/unasked.py`.
    """

    place: str = HOME
    args: dict[str, Any] = field(default_factory=dict)
    rev: int = 0
    pressed: str = ""
    refusals: int = 0
    then: tuple[str, dict[str, Any]] | None = None
    flows: dict[str, dict[str, Any]] = field(default_factory=dict)
    missed: list[tuple[str, str]] = field(default_factory=list)
    words: str = ""
    before: tuple[str, dict[str, Any]] | None = None
    turns_at: float = 0.0
    trail: list[str] = field(default_factory=list)
    offer: dict[str, Any] | None = None
    wanted: dict[str, Any] | None = None
    cards: dict[str, str] = field(default_factory=dict)
    unasked: dict[str, Any] | None = None

    @classmethod
    def load(cls, raw: bytes | None) -> Dialog:
        """A chat that was never seen, or one whose state an older release wrote, stands at the door."""
        if raw is None:
            return cls()
        data = json.loads(raw)
        known = {name: data[name] for name in cls.__slots__ if name in data}
        for name in ("then", "before"):
            if known.get(name):
                known[name] = tuple(known[name])
        return cls(**known)

    def dump(self) -> bytes:
        """Only what differs from a new dialog is written."""
        fresh = Dialog()
        data = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps({k: v for k, v in data.items() if v != getattr(fresh, k)}, ensure_ascii=False).encode()

    def go(self, place: str, **args: Any) -> None:
        """Stand somewhere else."""
        if place != self.place:
            self.trail = [*self.trail, self.where][-TRAIL:]
        self.place, self.args, self.refusals = place, args, 0

    def begin(self, flow: Flow[Any], draft: Draft | None = None) -> Position[Any]:
        """Start a flow anew, over an empty draft or a prefilled one."""
        return self.stand(flow.start(draft))

    def stand(self, at: Position[Any]) -> Position[Any]:
        """Keep this position of its flow."""
        self.flows[at.flow.name] = dump(at)
        return at

    def at(self, flow: Flow[Any]) -> Position[Any] | None:
        """The position in a flow; None if it is not begun, or if its draft cannot be read by this release."""
        raw = self.flows.get(flow.name)
        return load(flow, raw) if raw else None

    def end(self, flow: Flow[Any]) -> None:
        """The flow is done: its draft is forgotten."""
        self.flows.pop(flow.name, None)

    @property
    def where(self) -> str:
        """The place, and within a flow the step that is being asked: `login.code`. Buttons carry it."""
        at: dict[str, Any] | None = self.flows.get(self.place)
        while at and at.get("inner"):
            at = at["inner"]
        return f"{self.place}.{at['step']}" if at else self.place

    def is_stale(self, where: str, rev: int) -> bool:
        """Was a button made for another screen than the one that stands now?"""
        return where != self.where or rev != self.rev
