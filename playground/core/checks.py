"""The check of an application's data, which passes by itself a few seconds after submission."""

from __future__ import annotations

from collections.abc import Iterable

from playground.core.applications import Application, Check, Outcome, State
from playground.core.automatic import Automatic
from playground.core.register import Register
from playground.core.underwriting import Underwriting


class Checks(Automatic):
    kind = "core.check"
    on_at_first = True

    def __init__(self, register: Register, underwriting: Underwriting) -> None:
        super().__init__(register.world)
        self._register, self._underwriting = register, underwriting

    def waiting(self) -> list[Application]:
        """What is to be checked, oldest first."""
        return [it for it in self._register.applications.all() if it.status is State.CHECKING]

    def keys(self) -> Iterable[str]:
        return [it.number for it in self.waiting()]

    def finish(self, key: str) -> None:
        self._underwriting.decide(key, Check(outcome=Outcome.PASSED))
