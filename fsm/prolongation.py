"""A prolongation as it is asked for: everything carries over and is shown at once; drivers, periods and card may be changed (D2–D5)."""

from __future__ import annotations

from datetime import date
from typing import Any

from fsm.answers import chosen, index_of, known
from fsm.driver import DRIVER, DriverDraft
from fsm.flow import FLOWS, Draft, Flow, Rejected, Step, Sub
from services.drivers import twin_problem
from services.formats import diagnostic_card, to_date
from services.prolongation.rules import (
    MOST_PERIODS,
    AdmittedDriver,
    DiagnosticCard,
    Entered,
    Period,
    period_problem,
    short_use,
)

MOST_DRIVERS = 10
"""More than any car has; a fleet is an office's work."""
CENTURY = date(2099, 12, 31)
"""For days that may lie ahead a year of two digits is of this century."""


class PeriodDraft(Draft):
    """One period of use inside the term; `others` are the periods already chosen."""

    term: Period = (date.min, date.max)
    others: tuple[Period, ...] = ()
    first: date | None = None
    last: date | None = None


def take_first(draft: PeriodDraft, said: Any) -> PeriodDraft:
    first = _day(said)
    if wrong := period_problem(first, first, draft.term, draft.others):
        raise Rejected(wrong)
    return draft.model_copy(update={"first": first, "last": None})


def take_last(draft: PeriodDraft, said: Any) -> PeriodDraft:
    last = _day(said)
    if wrong := period_problem(draft.first or last, last, draft.term, draft.others):
        raise Rejected(wrong)
    return draft.model_copy(update={"last": last})


PERIOD = Flow(
    "period",
    PeriodDraft,
    steps=(
        Step("first", take_first, answered=lambda d: d.first is not None),
        Step("last", take_last, answered=lambda d: d.last is not None),
    ),
    summary=False,
)


class CardDraft(Draft):
    """A diagnostic card, or an international certificate of inspection."""

    kind: str = ""
    number: str = ""
    issued: date | None = None
    until: date | None = None


def take_kind(draft: CardDraft, said: Any) -> CardDraft:
    return draft.model_copy(update={"kind": chosen(said, ("card", "international"))})


def take_number(draft: CardDraft, said: Any) -> CardDraft:
    return draft.model_copy(update={"number": known(diagnostic_card(said.text), Rejected("bad-card"))})


def take_issued(draft: CardDraft, said: Any) -> CardDraft:
    issued = _day(said)
    if issued > said.today:
        raise Rejected("card-future")
    return draft.model_copy(
        update={"issued": issued, "until": draft.until if draft.until and draft.until > issued else None}
    )


def take_until(draft: CardDraft, said: Any) -> CardDraft:
    until = _day(said)
    if draft.issued and until <= draft.issued:
        raise Rejected("card-order")
    if until < said.today:
        raise Rejected("card-over")
    return draft.model_copy(update={"until": until})


CARD = Flow(
    "card",
    CardDraft,
    steps=(
        Step("kind", take_kind, answered=lambda d: bool(d.kind)),
        Step("number", take_number, answered=lambda d: bool(d.number)),
        Step("issued", take_issued, answered=lambda d: d.issued is not None),
        Step("until", take_until, answered=lambda d: d.until is not None),
    ),
)


class ProlongationDraft(Draft):
    """`policy` is our row of the contract; `correcting` the application these data are a correction of, 0 for a new one.

    No periods: the whole term. `given` is what it began with, so that a draft nobody has touched can be left without a question.
    """

    policy: int = 0
    correcting: int = 0
    term: Period = (date.min, date.max)
    drivers: tuple[AdmittedDriver, ...] = ()
    unlimited: bool = False
    periods: tuple[Period, ...] = ()
    card: DiagnosticCard | None = None
    given: Entered | None = None

    @property
    def entered(self) -> Entered:
        """What goes to the insurer."""
        return Entered(self.drivers, self.unlimited, self.periods, self.card)

    @property
    def touched(self) -> bool:
        """Has anything been changed?"""
        return self.entered != self.given


def begin_driver(draft: ProlongationDraft, key: str) -> DriverDraft:
    if not key:
        if len(draft.drivers) >= MOST_DRIVERS:
            raise Rejected("many-drivers")
        return DriverDraft(starts=draft.term[0])
    return DriverDraft.of(draft.drivers[index_of(key, draft.drivers)], draft.term[0])


def finish_driver(draft: ProlongationDraft, key: str, inner: Any) -> ProlongationDraft:
    """The driver takes the place of the one they were, or comes last. Raises Rejected for somebody who is there already."""
    driver = inner.done()
    drivers = list(draft.drivers)
    place = index_of(key, draft.drivers) if key else len(drivers)
    if twin := twin_problem(driver, drivers[:place] + drivers[place + 1 :]):
        raise Rejected(twin)
    drivers[place : place + 1] = [driver]
    return draft.model_copy(update={"drivers": tuple(drivers), "unlimited": False})


def take_drivers(draft: ProlongationDraft, said: Any) -> ProlongationDraft:
    """`done`, `unlimited`, or `remove=0`."""
    word, _, key = said.text.partition("=")
    if word == "remove":
        gone = index_of(key, draft.drivers)
        return draft.model_copy(update={"drivers": draft.drivers[:gone] + draft.drivers[gone + 1 :]})
    if word == "unlimited":
        return draft.model_copy(update={"unlimited": True, "drivers": ()})
    if word != "done":
        raise Rejected("choose-one")
    if not draft.unlimited and not draft.drivers:
        raise Rejected("no-drivers")
    return draft


def begin_period(draft: ProlongationDraft, key: str) -> PeriodDraft:
    if key or len(draft.periods) >= MOST_PERIODS:
        raise Rejected("many-periods")
    return PeriodDraft(term=draft.term, others=draft.periods)


def finish_period(draft: ProlongationDraft, _: str, inner: Any) -> ProlongationDraft:
    return draft.model_copy(update={"periods": tuple(sorted((*draft.periods, (inner.first, inner.last))))})


def take_periods(draft: ProlongationDraft, said: Any) -> ProlongationDraft:
    """`done`, `year` (the whole term), or `remove=0`."""
    word, _, key = said.text.partition("=")
    if word == "remove":
        gone = index_of(key, draft.periods)
        return draft.model_copy(update={"periods": draft.periods[:gone] + draft.periods[gone + 1 :]})
    if word == "year":
        return draft.model_copy(update={"periods": ()})
    if word != "done":
        raise Rejected("choose-one")
    if short_use(draft.periods):
        raise Rejected("short-use")
    return draft


def begin_card(draft: ProlongationDraft, key: str) -> CardDraft:
    if draft.card is None or not key:
        return CardDraft()
    card = draft.card
    return CardDraft(kind=card.kind, number=card.number, issued=card.issued, until=card.until)


def finish_card(draft: ProlongationDraft, _: str, inner: Any) -> ProlongationDraft:
    return draft.model_copy(update={"card": DiagnosticCard(inner.kind, inner.number, inner.issued, inner.until)})


def take_card(draft: ProlongationDraft, said: Any) -> ProlongationDraft:
    """`done`, or `remove`: there is none, and none is needed."""
    if said.text == "remove":
        return draft.model_copy(update={"card": None})
    if said.text != "done":
        raise Rejected("choose-one")
    return draft


def _day(said: Any) -> date:
    """A day that may lie ahead: its year is written in full, or comes from a calendar. Raises Rejected."""
    return known(to_date(said.text, CENTURY), Rejected("bad-day"))


DRIVERS: Sub[Any] = Sub(
    "drivers",
    DRIVER,
    begin_driver,
    finish_driver,
    take_drivers,
    answered=lambda d: d.unlimited or bool(d.drivers),
)
PERIODS: Sub[Any] = Sub(
    "periods",
    PERIOD,
    begin_period,
    finish_period,
    take_periods,
    answered=lambda d: not short_use(d.periods),
)
CARDS: Sub[Any] = Sub("card", CARD, begin_card, finish_card, take_card)

PROLONGATION = FLOWS.add(Flow("prolongation", ProlongationDraft, steps=(DRIVERS, PERIODS, CARDS)))
