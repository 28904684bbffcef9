"""What is asked of an accident: may it be registered without the police, and who pays (G10; 40-ФЗ art. 11.1, 14.1). No login needed.

The claim asks the same questions over a draft that holds these answers, so what was told at the roadside is not asked again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from fsm.flow import FLOWS, Draft, Flow, Rejected, Step
from services.claims.protocol import CARS, Verdict, verdict
from services.claims.values import Place

YES_NO = {"yes": True, "no": False}
VEHICLES = {"1": 1, "2": 2, "3": 3}
"""How many have collided; 3 stands for more."""


class AccidentDraft(Draft):
    """What is known of an accident; None or empty: not asked yet.

    `happened_at` is local time as `HH:MM`, empty when not remembered. `insured`: has everybody OSAGO: `yes`, `no` or `unknown`.
    `dispute`: the drivers do not agree on who is to blame. `fixation`: photos with time and place by the official app or a device.
    `since` is when the first of it was told at the roadside.
    """

    since: datetime | None = None
    happened_on: date | None = None
    happened_at: str | None = None
    place: Place = Place()
    cars: int | None = None
    injured: bool | None = None
    insured: str = ""
    dispute: bool | None = None
    fixation: bool | None = None

    @property
    def simple(self) -> bool:
        """Nothing told so far rules out that the two drivers register it by themselves."""
        return self.cars == CARS and self.injured is False and self.insured in ("yes", "unknown")

    def verdict(self, today: date) -> Verdict:
        """May it be registered without the police? Whether the other driver is insured is taken for granted while it is not known."""
        insured = {"yes": True, "unknown": True, "no": False}.get(self.insured)
        return verdict(self.happened_on or today, self.cars, self.injured, insured, self.dispute, self.fixation)


D = TypeVar("D", bound=Draft)


def one_of(field: str, choices: dict[str, Any]) -> Callable[[D, Any], D]:
    """A step that takes one of these words and keeps what it stands for."""

    def take(draft: D, said: Any) -> D:
        word = getattr(said, "text", None)
        if word not in choices:
            raise Rejected("choose-one")
        return draft.model_copy(update={field: choices[word]})

    return take


take_cars: Callable[[Any, Any], Any] = one_of("cars", VEHICLES)
take_injured: Callable[[Any, Any], Any] = one_of("injured", YES_NO)
take_insured: Callable[[Any, Any], Any] = one_of("insured", {word: word for word in ("yes", "no", "unknown")})
take_dispute: Callable[[Any, Any], Any] = one_of("dispute", YES_NO)
take_fixation: Callable[[Any, Any], Any] = one_of("fixation", YES_NO)

PROTOCOL = FLOWS.add(
    Flow(
        "protocol",
        AccidentDraft,
        brief=True,
        steps=(
            Step("cars", take_cars, answered=lambda d: d.cars is not None),
            Step("injured", take_injured, when=lambda d: d.cars == CARS, answered=lambda d: d.injured is not None),
            Step(
                "insured",
                take_insured,
                when=lambda d: d.cars == CARS and d.injured is False,
                answered=lambda d: bool(d.insured),
            ),
            Step("dispute", take_dispute, when=lambda d: d.simple, answered=lambda d: d.dispute is not None),
            Step("fixation", take_fixation, when=lambda d: d.simple, answered=lambda d: d.fixation is not None),
        ),
    )
)
"""It ends as soon as an answer has ruled the protocol out; its summary is the verdict."""
