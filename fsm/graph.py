"""All dialogs as one Mermaid flowchart, drawn from the very declarations that run: `python -m fsm.graph`.

A diamond is a condition, in the words of the code; a thick arrow opens a sub-flow or brings its result; a dotted one goes back, or
from the summary to the answer that is edited. Back goes to the nearest step before that this draft is asked.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterator
from typing import Any

import fsm
from fsm.flow import FLOWS, SUMMARY, Flow, Step, Sub

PLAIN: Step[Any] = Step("", lambda draft, _: draft)
ASKED_ALWAYS = PLAIN.when


def graph() -> str:
    """The whole diagram. Every module of `fsm/` is imported, so that no flow is missing."""
    for module in pkgutil.iter_modules(fsm.__path__, "fsm."):
        importlib.import_module(module.name)
    return draw(*(FLOWS.flows[name] for name in sorted(FLOWS.flows)))


def draw(*flows: Flow[Any]) -> str:
    """These flows, each in a frame of its own, their sub-flows inside."""
    lines = ["flowchart TD"]
    for flow in flows:
        lines += _indented(_frame(flow, flow.name))
    return "\n".join(lines)


def _frame(flow: Flow[Any], at: str) -> Iterator[str]:
    yield f'subgraph {at}["{flow.name}"]'
    yield from _indented(_inside(flow, at))
    yield "end"


def _inside(flow: Flow[Any], at: str) -> Iterator[str]:
    steps = flow.steps
    entries = [_entry(step, at) for step in steps] + [f"{at}_{SUMMARY}" if flow.summary else f"{at}_done"]
    before = f"{at}_left"
    yield f"{before}([left, draft kept])"
    for step, onward in zip(steps, entries[1:], strict=True):
        here = f"{at}_{step.name}"
        if step.when is not ASKED_ALWAYS:
            yield f'{_entry(step, at)}{{"{_words(condition(flow, step))}"}}'
            yield f"{_entry(step, at)} -->|yes| {here}"
            yield f"{_entry(step, at)} -->|no| {onward}"
        yield f'{here}["{step.name}"]'
        yield f"{here} --> {onward}"
        yield f"{here} -.->|back| {before}"
        if isinstance(step, Sub):
            yield from _frame(step.inner, f"{here}_{step.inner.name}")
            yield f"{here} ==>|open| {_entry(step.inner.steps[0], f'{here}_{step.inner.name}')}"
            yield f"{here}_{step.inner.name}_done ==>|result| {here}"
        before = here
    if flow.summary:
        yield f'{at}_{SUMMARY}[/"{SUMMARY}"/]'
        yield from (f"{at}_{SUMMARY} -.->|edit| {at}_{step.name}" for step in steps)
        yield f"{at}_{SUMMARY} -->|confirm| {at}_done"
    yield f"{at}_done([done])"


def _entry(step: Step[Any] | Sub[Any], at: str) -> str:
    """Where an arrow to this step ends: at its condition, if it has one."""
    return f"{at}_{step.name}" + ("" if step.when is ASKED_ALWAYS else "_if")


def condition(flow: Flow[Any], step: Step[Any] | Sub[Any]) -> str:
    """When a step is asked, as its declaration says: a function's name, or the body of a lambda."""
    if step.when.__name__ != "<lambda>":
        return step.when.__name__
    source = inspect.getsource(sys.modules[flow.draft.__module__])
    found = [
        ast.unparse(word.value.body)
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and _names(call, step.name)
        for word in call.keywords
        if word.arg == "when" and isinstance(word.value, ast.Lambda) and word.value.lineno == _line(step.when)
    ]
    return found[0] if found else "sometimes"


def _names(call: ast.Call, name: str) -> bool:
    said = [*call.args[:1], *(word.value for word in call.keywords if word.arg == "name")]
    return any(isinstance(word, ast.Constant) and word.value == name for word in said)


def _line(function: Callable[..., Any]) -> int:
    return function.__code__.co_firstlineno


def _words(text: str) -> str:
    """Text as Mermaid takes it within quotes."""
    return text.replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")


def _indented(lines: Iterator[str]) -> Iterator[str]:
    return (f"    {line}" for line in lines)


if __name__ == "__main__":
    print(graph())
