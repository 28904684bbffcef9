"""A change of an OSAGO in force: drivers, periods of use, diagnostic card, asked for as in a prolongation (C5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fsm.driver import DriverDraft
from fsm.flow import FLOWS, Flow
from fsm.prolongation import CARDS, DRIVERS, PERIODS, ProlongationDraft, begin_driver


class ChangeDraft(ProlongationDraft):
    """`term` is that of the contract; `since` the day the change would count from: ages and experience count on it."""

    key: str = ""
    since: date = date.max


def begin_driver_now(draft: ChangeDraft, key: str) -> DriverDraft:
    """A driver is covered from the change on, not from the beginning of the contract."""
    return begin_driver(draft, key).model_copy(update={"starts": draft.since})


CHANGE = FLOWS.add(
    Flow("change", ChangeDraft, steps=(replace(DRIVERS, begin=begin_driver_now), PERIODS, CARDS)),
)
