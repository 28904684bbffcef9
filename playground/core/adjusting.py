"""What becomes of a claim at the insurer: registered at once, documented, decided by an employee.

Every deed is one write of the store, the events about it included. Repeating a deed changes nothing. What cannot be done raises
one of `Unacceptable`, `Unknown` and `Conflict`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from playground.core.claim_moves import Move, moved
from playground.core.claims import EVENTS, Claim, ClaimRequest, ClaimState, StatusOrder, Step
from playground.core.deeds import Conflict, Fault, Unacceptable, Unknown
from playground.core.files import Files, SentFile, filled
from playground.core.register import Register
from playground.core.resources import Policy, Product

EASTWARD = timedelta(days=1)
"""Where the day begins before Moscow's, today may be tomorrow."""
FIRST_NUMBER = 15_004_021
LETTERS = {
    Product.OSAGO: "АТ",
    Product.KASKO: "АТ",
    Product.PROPERTY: "ИМ",
    Product.DMS: "МД",
    Product.TRAVEL: "ВЗ",
    Product.LIFE: "ЖЗ",
    Product.ACCIDENT: "НС",
}
"""The department, before the number that people read out."""
ORDER = "core.claim-order"


class Adjusting:
    """The claims of the register, what was told in each and the files that have come."""

    def __init__(self, register: Register, files: Files) -> None:
        self._register, self._files = register, files

    def submit(self, number: str, request: ClaimRequest) -> tuple[Claim, bool]:
        """Register a claim under the cabinet's number; whether it is new. Raises Unacceptable or Conflict."""
        if known := self._numbered(number):
            if self._register.notice(known.claim_id).wire() != request.wire():
                raise Conflict("number-taken", f"{number} came with another body before")
            return known, False
        if found := list(_faults(request, self._register)):
            raise Unacceptable(found)
        turn = len(self._register.claims.column("claimId"))
        claim = opened(request, turn, self._register.world.clock.now(), number)
        with self._register.world.store.together():
            return self._register.new_claim(claim, request), True

    def received(self, key: str, file: SentFile) -> tuple[Claim, bool]:
        """A file has come; whether for the first time. Once every missing document is there, the claim goes back to review.

        Raises Unknown.
        """
        claim = self.known(key)
        new = file.sha256 not in claim.files_received
        change: dict[str, Any] = {"files_received": [*claim.files_received, file.sha256]} if new else {}
        with self._register.world.store.together():
            self._files.note(claim.claim_id, file, len(claim.history))
            if claim.status is ClaimState.CLARIFICATION and not self.missing(claim):
                now = self._register.world.clock.now()
                back = Step(status=ClaimState.REVIEW, at=now, comment=None)
                change |= {"status": back.status, "status_since": now, "comment": None}
                change |= {"required_documents": [], "required_by": None, "history": [*claim.history, back]}
            if change:
                claim = self._register.change_claim(claim.model_copy(update=change))
        return claim, new

    def missing(self, claim: Claim) -> set[str]:
        """Codes of the required documents for which nothing has come since they were asked for."""
        asked = {one.code for one in claim.required_documents}
        return asked - filled(self._files.of(claim.claim_id), len(claim.history))

    def move(self, key: str, move: Move) -> Claim:
        """An employee's order. Raises Unknown or Conflict."""
        claim = self.known(key)
        after = moved(claim, self._policy(claim), move, self._register.world.clock.now())
        with self._register.world.store.together():
            return self._register.change_claim(after)

    def order(self, key: str, order: StatusOrder) -> Claim:
        """The same from the cabinet, where its staff decide; an order that came before changes nothing. Raises Unknown or Conflict."""
        claim, store = self.known(key), self._register.world.store
        mark = f"{claim.claim_id}/{order.reference}"
        if store.get(ORDER, mark):
            return claim
        move = Move(status=order.status, comment=order.comment, documents=[*order.documents], reason=order.comment)
        after = moved(claim, self._policy(claim), move, self._register.world.clock.now())
        with store.together():
            store.put(ORDER, mark, order.wire())
            return self._register.change_claim(after)

    def known(self, key: str) -> Claim:
        """By the cabinet's number or the core's id. Raises Unknown."""
        claim = self._register.claims.get(key) or self._numbered(key)
        if claim is None:
            raise Unknown(key)
        return claim

    def _numbered(self, number: str) -> Claim | None:
        return next(iter(self._register.claims.where("number", number)), None)

    def _policy(self, claim: Claim) -> Policy:
        policy = self._register.policies.get(claim.policy_id)
        if policy is None:
            raise LookupError(f"the register has lost the policy of {claim.claim_id}")
        return policy


def opened(request: ClaimRequest, turn: int, now: datetime, number: str | None) -> Claim:
    """The claim of this notice on its first day; `turn` counts all claims from 0."""
    return Claim(
        number=number,
        claim_id=f"clm-{turn + 1:04}",
        claim_number=f"{LETTERS[request.product]}-{FIRST_NUMBER + turn}",
        customer_id=request.customer_id,
        policy_id=request.policy_id,
        product=request.product,
        event=request.event,
        happened_on=request.happened_on,
        status_since=now,
        compensation=request.compensation,
        registered_at=now,
        history=[Step(status=ClaimState.RECEIVED, at=now, comment=None)],
    )


def _faults(request: ClaimRequest, register: Register) -> Iterator[Fault]:
    """What makes the notice unusable. Whether the event is covered is decided later, by people."""
    policy = register.policies.get(request.policy_id)
    if register.customers.get(request.customer_id) is None:
        yield Fault("/customerId", "unknown customer")
    elif policy is None or policy.customer_id != request.customer_id:
        yield Fault("/policyId", "the customer has no such policy")
    elif policy.product is not request.product:
        yield Fault("/product", f"the policy is {policy.product}")
    if request.event not in EVENTS[request.product]:
        yield Fault("/event", f"no event of {request.product}")
    if request.happened_on > register.today() + EASTWARD:
        yield Fault("/happenedOn", "the day lies ahead")
    if (request.registration == "europrotocol") != (request.europrotocol is not None):
        yield Fault("/europrotocol", "tells about a registration by europrotocol, and only about that")
