"""The flow kernel: a dialog that asks for something is a Flow, and where a person stands in it is a Position.

A flow is a list of steps over one immutable draft. A step may be conditional (`when`) or hold a sub-flow with a result (a driver
inside a list of drivers). `advance` is pure: an event gives a new position, or `Rejected` and nothing changes.

- Back walks the visible steps and never changes the draft; a sub-flow that is left half-way waits until it is opened again.
- From the summary any visible step can be edited; afterwards only what the edit has opened is asked, then the summary is back.
- Nothing is done while a visible step is open: whoever confirms too early is asked for what is missing.
- Revisions that make old buttons stale are kept by the screen (`fsm.dialog`), one count for everything a chat shows.
- A position survives JSON (`fsm.saved`). A draft of an older release is migrated by its flow, or the person begins anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

SUMMARY = "summary"


class Draft(BaseModel):
    """What has been answered so far. Subclasses raise `release` when a field changes its meaning."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    release: ClassVar[int] = 1


D = TypeVar("D", bound=Draft)


class Rejected(Exception):
    """The input is not accepted. `code` names the text, `facts` are its values; the position stays as it was."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass(frozen=True, slots=True)
class Step(Generic[D]):
    """One question. `accept(draft, input)` returns the draft with the answer, or raises Rejected.

    `answered` says whether the draft holds an answer: what holds none is open, and is asked before the flow is done.
    """

    name: str
    accept: Callable[[D, Any], D]
    when: Callable[[D], bool] = lambda _: True
    answered: Callable[[D], bool] = lambda _: True


@dataclass(frozen=True, slots=True)
class Sub(Generic[D]):
    """A step whose answers are made by another flow, one at a time.

    `begin(draft, key)` is the inner draft for a new item (`key` empty) or an existing one; `finish(draft, key, inner)` takes the
    result in. Any other input goes to `accept`, e.g. "that is all" or "remove this one".
    """

    name: str
    inner: Flow[Any]
    begin: Callable[[D, str], Draft]
    finish: Callable[[D, str, Any], D]
    accept: Callable[[D, Any], D]
    when: Callable[[D], bool] = lambda _: True
    answered: Callable[[D], bool] = lambda _: True


@dataclass(frozen=True, slots=True)
class Flow(Generic[D]):
    """A dialog. `summary`: the answers are confirmed on one screen before the flow is done.

    `brief`: what the draft knows already is not asked on the way; Back still shows it, and it is changed from the summary.
    `migrate(release, data)` turns the JSON of an older draft into today's, or returns None: begin anew.
    """

    name: str
    draft: type[D]
    steps: tuple[Step[D] | Sub[D], ...]
    summary: bool = True
    brief: bool = False
    migrate: Callable[[int, dict[str, Any]], dict[str, Any] | None] = lambda _release, _data: None

    def path(self, draft: D) -> list[str]:
        """The steps this draft is asked, in order, with the summary at the end if there is one."""
        return [step.name for step in self.steps if step.when(draft)] + ([SUMMARY] if self.summary else [])

    def open(self, draft: D) -> list[str]:
        """The steps of the path that have no answer yet."""
        return [step.name for step in self.steps if step.when(draft) and not step.answered(draft)]

    def step(self, name: str) -> Step[D] | Sub[D]:
        """The step of this name."""
        return next(step for step in self.steps if step.name == name)

    def start(self, draft: D | None = None) -> Position[D]:
        """The first position, over an empty draft or a prefilled one."""
        draft = draft or self.draft()
        path = self.path(draft)
        return Position(self, [*self.wanted(draft, path), *path[-1:]][0], draft)

    def wanted(self, draft: D, steps: list[str]) -> list[str]:
        """Those of these steps that are asked on the way."""
        if not self.brief:
            return steps
        missing = self.open(draft)
        return [name for name in steps if name in missing or name == SUMMARY]

    def review(self, draft: D) -> Position[D]:
        """The first position over a prefilled draft: what has no answer yet is asked, else the summary is shown at once."""
        if not self.summary:
            return self.start(draft)
        missing = self.open(draft)
        return Position(self, [*missing, SUMMARY][0], draft, editing=bool(missing), review=True)


@dataclass(frozen=True, slots=True)
class Position(Generic[D]):
    """Where a person stands. `editing`: came from the summary and returns there. `inner`: inside a sub-flow, under `key`.

    `review`: everything was there already, so the flow began at its summary, and Back leads out of it from there.
    `begun` holds sub-flows that were left by Back, as `step/key`.
    """

    flow: Flow[D]
    step: str
    draft: D
    editing: bool = False
    review: bool = False
    key: str = ""
    inner: Position[Any] | None = None
    begun: Mapping[str, Position[Any]] = field(default_factory=dict)

    @property
    def leaf(self) -> Position[Any]:
        """The innermost position: the one that is being asked."""
        return self.inner.leaf if self.inner else self


@dataclass(frozen=True, slots=True)
class Done(Generic[D]):
    """The flow has ended with this draft."""

    draft: D


@dataclass(frozen=True, slots=True)
class Answer:
    """An input for the step that is being asked."""

    value: Any


@dataclass(frozen=True, slots=True)
class Said:
    """What a person typed or chose, and when, in Moscow: two-digit years are the latest not in the future. `clock` is `HH:MM`."""

    text: str
    today: date
    clock: str = "00:00"


@dataclass(frozen=True, slots=True)
class Change:
    """An input that the step takes in without being done: an item removed from a list, a choice that changes what is asked."""

    value: Any


@dataclass(frozen=True, slots=True)
class Open:
    """Enter the sub-flow of this step: an existing item by its key, or a new one."""

    key: str = ""


@dataclass(frozen=True, slots=True)
class Drop:
    """Out of the sub-flow; what was begun in it is forgotten."""


@dataclass(frozen=True, slots=True)
class Edit:
    """From the summary to one step."""

    step: str


@dataclass(frozen=True, slots=True)
class Back:
    """One visible step back; out of a sub-flow; from an edit to the summary."""


@dataclass(frozen=True, slots=True)
class Confirm:
    """The summary is right."""


Input = Answer | Change | Open | Drop | Edit | Back | Confirm


def advance(at: Position[D], event: Input) -> Position[D] | Done[D] | None:
    """The next position, or Done, or None when Back leaves the flow (its draft is kept by the caller).

    Raises Rejected, after which `at` still holds.
    """
    if at.inner:
        return _inside(at, at.inner, event)
    flow, here = at.flow, at.step
    match event:
        case Back():
            return _back(at)
        case Confirm() if here == SUMMARY:
            missing = flow.open(at.draft)
            return replace(at, step=missing[0], editing=True) if missing else Done(at.draft)
        case Edit(step) if here == SUMMARY and step in flow.path(at.draft)[:-1]:
            return replace(at, step=step, editing=True)
        case Open(key) if here != SUMMARY and isinstance(sub := flow.step(here), Sub):
            begun = at.begun.get(f"{here}/{key}")
            fresh = sub.inner.review if key else sub.inner.start
            return replace(at, key=key, inner=begun or fresh(sub.begin(at.draft, key)))
        case Change(value) if here != SUMMARY:
            draft = flow.step(here).accept(at.draft, value)
            return replace(at, draft=draft, begun=_still_there(at))
        case Answer(value) if here != SUMMARY:
            return _onward(at, flow.step(here).accept(at.draft, value))
        case _:
            raise Rejected("unexpected")


def _inside(at: Position[D], inner: Position[Any], event: Input) -> Position[D] | Done[D]:
    name = f"{at.step}/{at.key}"
    if isinstance(event, Drop) and not inner.inner:
        return replace(at, key="", inner=None, begun={k: v for k, v in at.begun.items() if k != name})
    after, sub = advance(inner, event), at.flow.step(at.step)
    if isinstance(after, Position):
        return replace(at, inner=after)
    outside = replace(at, key="", inner=None)
    if after is None or not isinstance(sub, Sub):
        return replace(outside, begun={**at.begun, name: inner})
    draft = sub.finish(at.draft, at.key, after.draft)
    outside = replace(outside, draft=draft, begun={k: v for k, v in at.begun.items() if k != name})
    return outside if sub.when(draft) else _onward(outside, draft)


def _onward(at: Position[D], draft: D) -> Position[D] | Done[D]:
    """To the next step; from an edit, or at the end of the path, to what is still open, and then to the summary."""
    visible, order, editing = at.flow.path(draft), _order(at), at.editing
    rest = at.flow.wanted(draft, [name for name in order[order.index(at.step) + 1 :] if name in visible])
    if editing or rest in ([], [SUMMARY]):
        missing = [name for name in at.flow.open(draft) if name != at.step]
        rest, editing = [*missing, *(name for name in visible if name == SUMMARY)], at.flow.summary
    if not rest:
        return Done(draft)
    begun = at.begun if draft == at.draft else _still_there(at)
    return replace(at, step=rest[0], draft=draft, editing=editing and rest[0] != SUMMARY, begun=begun)


def _still_there(at: Position[Any]) -> dict[str, Position[Any]]:
    """After a change of a list: a new item that was begun waits on, existing ones may not be the same any more."""
    return {name: inner for name, inner in at.begun.items() if name.endswith("/") or not name.startswith(f"{at.step}/")}


def _back(at: Position[D]) -> Position[D] | None:
    if at.editing:
        return replace(at, step=SUMMARY, editing=False)
    if at.review and at.step == SUMMARY:
        return None
    visible, order = at.flow.path(at.draft), _order(at)
    before = [name for name in order[: order.index(at.step)] if name in visible]
    return replace(at, step=before[-1]) if before else None


def _order(at: Position[Any]) -> list[str]:
    """All steps, hidden ones too: an answer may hide the very step that took it."""
    return [*(step.name for step in at.flow.steps), SUMMARY]


@dataclass(slots=True)
class Registry:
    """All flows by name: what the storage loads and the graph draws."""

    flows: dict[str, Flow[Any]] = field(default_factory=dict)

    def add(self, flow: Flow[D]) -> Flow[D]:
        """Register and return, to be used where the flow is declared."""
        self.flows[flow.name] = flow
        return flow


FLOWS = Registry()
