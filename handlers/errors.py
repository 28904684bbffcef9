"""Refusals become texts in one place: `error-<code>`, with the values the refusal carries."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from fsm.flow import Rejected
from handlers import format as show
from handlers.texts import Html, Texts
from services.errors import CabinetError


def text_of(t: Texts, refusal: CabinetError | Rejected, now: datetime) -> Html:
    """Why not, and what to do next. A refusal without a text of its own raises MissingText: a test finds it first."""
    return t(f"error-{refusal.code}", **{name: _shown(value, now) for name, value in refusal.facts.items()})


def _shown(value: Any, now: datetime) -> Any:
    if isinstance(value, datetime):
        return show.soon(value, now)
    return show.day(value) if isinstance(value, date) else value
