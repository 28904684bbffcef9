"""May an accident be registered without the police, and up to which sum (40-ФЗ art. 11.1; 837-П 7.6; G10).

A decision tree over answers; one that was not given yet is None, and the verdict says which to ask for next.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

CARS = 2
"""Exactly so many vehicles have collided: art. 11.1(1)(б)."""
UNFIXED = 100_000
"""Roubles without fixation, when the drivers agree: art. 11.1(4)."""
AGREED = 400_000
"""With fixation, when they agree: art. 11.1(6)."""
DISPUTED: tuple[tuple[date, int], ...] = ((date(2025, 7, 5), 200_000), (date.min, 100_000))
"""With fixation, when they do not: since 05.07.2025 by 160-ФЗ of 24.06.2025, before that the general limit."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`allowed` is None while `question` (vehicles, injured, insured, dispute, fixation) is open. `limit` in roubles, 0 if not allowed.

    `reason` is a word: vehicles, injured, insured, dispute (they disagree and nothing is fixed): the police are needed; agreed, disputed,
    unfixed: it may be done, up to the limit.
    """

    allowed: bool | None
    limit: int = 0
    reason: str = ""
    question: str = ""


def verdict(
    on: date,
    vehicles: int | None,
    injured: bool | None,
    insured: bool | None,
    dispute: bool | None,
    fixation: bool | None,
) -> Verdict:
    """`on` is the day of the accident; `insured`: both have OSAGO; `fixation`: by the app or a device that sends it to the insurers."""
    for name, answer, fits in (
        ("vehicles", vehicles, vehicles == CARS),
        ("injured", injured, injured is False),
        ("insured", insured, insured is True),
    ):
        if answer is None:
            return Verdict(None, question=name)
        if not fits:
            return Verdict(False, reason=name)
    if dispute is None or fixation is None:
        return Verdict(None, question="dispute" if dispute is None else "fixation")
    if dispute:
        return Verdict(True, _disputed(on), "disputed") if fixation else Verdict(False, reason="dispute")
    return Verdict(True, AGREED, "agreed") if fixation else Verdict(True, UNFIXED, "unfixed")


def _disputed(on: date) -> int:
    return next(limit for since, limit in DISPUTED if on >= since)
