"""Whose insurer a claim goes to (40-ФЗ art. 14.1 and 12(1); G2)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Addressee:
    """`own`: one's own insurer, else the culprit's. `reason` is a word.

    Own: contract (any but OSAGO), guilty (the culprit tells their own insurer, art. 11(2)), direct (direct settlement). The culprit's:
    injured (somebody was hurt), uninsured (not everybody has OSAGO), alone (no collision of vehicles).
    """

    own: bool
    reason: str


def addressee(
    product: str, event: str, *, vehicles: int | None = None, injured: bool | None = None, insured: bool | None = None
) -> Addressee:
    """`vehicles` have collided, one's own among them; `insured`: all of them by OSAGO. What is not known is taken for the usual case."""
    if product != "osago":
        return Addressee(True, "contract")
    if event == "guilty":
        return Addressee(True, "guilty")
    if injured:
        return Addressee(False, "injured")
    if insured is False:
        return Addressee(False, "uninsured")
    if vehicles is not None and vehicles < 2:
        return Addressee(False, "alone")
    return Addressee(True, "direct")
