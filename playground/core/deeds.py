"""How the core's deeds say no: nobody knows it, it is not in that state, the data cannot be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong; `pointer` is a JSON pointer into the request."""

    pointer: str
    detail: str


class Unknown(Exception):
    """There is nothing with this number."""


class Conflict(Exception):
    """Not in this state; `code` is stable and for machines."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class Unacceptable(Exception):
    """The data cannot be taken; `faults` says what is wrong with which of them."""

    def __init__(self, found: list[Fault]) -> None:
        super().__init__("; ".join(fault.detail for fault in found))
        self.faults = found
