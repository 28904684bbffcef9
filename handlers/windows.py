"""When an agent may come or call, as buttons: the days, then the hours of one (I1). Two rooms use them: a new call, and another time."""

from __future__ import annotations

from datetime import date

from handlers.request_lines import day_of, hours_of
from handlers.screen import Button, Row
from handlers.turn import Turn


def day_rows(turn: Turn) -> list[Row]:
    """Two days a row."""
    days = turn.cabinet.agents.days(turn.unit.now)
    buttons = [Button(day_of(turn.t, day), "say", day.isoformat()) for day in days]
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]


def hour_rows(turn: Turn, day: date) -> list[Row]:
    """Two windows a row; empty when there is no time left on that day."""
    windows = turn.cabinet.agents.days(turn.unit.now).get(day, [])
    buttons = [Button(hours_of(it), "say", str(it.hour)) for it in windows]
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
