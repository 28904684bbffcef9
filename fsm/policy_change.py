"""A change of an OSAGO in force: drivers, periods of use, diagnostic card, asked for as in a prolongation (C5)."""

from __future__ import annotations

from datetime import date

from fsm.driver import DRIVER, DriverDraft
from fsm.flow import FLOWS, Flow, Sub
from fsm.prolongation import (
    CARD,
    PERIOD,
    ProlongationDraft,
    begin_card,
    begin_driver,
    begin_period,
    finish_card,
    finish_driver,
    finish_period,
    take_card,
    take_drivers,
    take_periods,
)
from services.prolongation.rules import short_use


class ChangeDraft(ProlongationDraft):
    """`term` is that of the contract; `since` the day the change would count from: ages and experience count on it."""

    key: str = ""
    since: date = date.max


def begin_driver_now(draft: ChangeDraft, key: str) -> DriverDraft:
    """A driver is covered from the change on, not from the beginning of the contract."""
    return begin_driver(draft, key).model_copy(update={"starts": draft.since})


CHANGE = FLOWS.add(
    Flow(
        "change",
        ChangeDraft,
        steps=(
            Sub(
                "drivers",
                DRIVER,
                begin_driver_now,
                finish_driver,
                take_drivers,
                answered=lambda d: d.unlimited or bool(d.drivers),
            ),
            Sub(
                "periods",
                PERIOD,
                begin_period,
                finish_period,
                take_periods,
                answered=lambda d: not short_use(d.periods),
            ),
            Sub("card", CARD, begin_card, finish_card, take_card),
        ),
    )
)
