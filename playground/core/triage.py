"""A new claim is taken into review: by an employee, or by itself a few seconds after it has come, if the desk has switched that on."""

from __future__ import annotations

from collections.abc import Iterable

from playground.core.adjusting import Adjusting
from playground.core.automatic import Automatic
from playground.core.claim_moves import Move
from playground.core.claims import ClaimState
from playground.core.register import Register


class Triage(Automatic):
    kind = "core.triage"
    on_at_first = False

    def __init__(self, register: Register, adjusting: Adjusting) -> None:
        super().__init__(register.world)
        self._register, self._adjusting = register, adjusting

    def keys(self) -> Iterable[str]:
        return [it.claim_id for it in self._register.claims.all() if it.status is ClaimState.RECEIVED]

    def finish(self, key: str) -> None:
        self._adjusting.move(key, Move(status=ClaimState.REVIEW))
