"""A position saved as JSON, and read again by a later release: what can still be read goes on, the rest begins anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from fsm.flow import SUMMARY, D, Flow, Position, Sub


def dump(at: Position[Any]) -> dict[str, Any]:
    """A position as JSON."""
    data: dict[str, Any] = {
        "step": at.step,
        "release": at.flow.draft.release,
        "draft": at.draft.model_dump(mode="json"),
    }
    for mark in ("editing", "review"):
        if getattr(at, mark):
            data[mark] = True
    if at.inner:
        data |= {"key": at.key, "inner": dump(at.inner)}
    if at.begun:
        data["begun"] = {name: dump(inner) for name, inner in at.begun.items()}
    return data


def load(flow: Flow[D], data: Mapping[str, Any]) -> Position[D] | None:
    """The position of `dump`; None when it belongs to a release this flow cannot read: begin anew, politely."""
    raw: dict[str, Any] | None = data["draft"]
    if data["release"] != flow.draft.release and raw is not None:
        raw = flow.migrate(data["release"], raw)
    try:
        draft = flow.draft.model_validate(raw)
    except ValidationError:
        return None
    step, path = data["step"], flow.path(draft)
    if removed := step not in path:
        step = [*flow.open(draft), path[-1]][0]
    editing, review = bool(data.get("editing")) and step != SUMMARY, bool(data.get("review"))
    at = Position(flow, step, draft, editing=editing, review=review, begun=_begun(flow, data))
    inner = None if removed else _inner(flow, step, data.get("inner"))
    return replace(at, key=data["key"], inner=inner) if inner else at


def _begun(flow: Flow[Any], data: Mapping[str, Any]) -> dict[str, Position[Any]]:
    read = {name: _inner(flow, name.partition("/")[0], raw) for name, raw in data.get("begun", {}).items()}
    return {name: inner for name, inner in read.items() if inner}


def _inner(flow: Flow[Any], step: str, data: Mapping[str, Any] | None) -> Position[Any] | None:
    sub = next((sub for sub in flow.steps if sub.name == step), None)
    return load(sub.inner, data) if data and isinstance(sub, Sub) else None
