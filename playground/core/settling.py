"""Money for what a contract or a claim leaves to pay: an instalment of the premium, the client's own part of a repair.

The same reference again changes nothing. Money that buys nothing is refused as `not-payable`: it has to go back.
"""

from __future__ import annotations

from playground.core.adjusting import Adjusting
from playground.core.applications import ApplicationPayment
from playground.core.claims import Claim
from playground.core.deeds import Conflict, Unknown
from playground.core.register import Register
from playground.core.resources import Policy, Status

SETTLED = "core.settled"
"""What was paid through the cabinet, with its reference."""


class Settling:
    def __init__(self, register: Register, adjusting: Adjusting) -> None:
        self._register, self._adjusting, self._store = register, adjusting, register.world.store

    def instalment(self, policy_id: str, number: int, money: ApplicationPayment) -> Policy:
        """`number` counts the instalments from 1. Raises Unknown or Conflict."""
        policy = self._register.policies.get(policy_id)
        if policy is None or not 1 <= number <= len(policy.premium.payments):
            raise Unknown(policy_id)
        at = f"{policy_id}/{number}"
        if self._known(at, money):
            return policy
        due = policy.premium.payments[number - 1]
        if policy.status in (Status.TERMINATED, Status.EXPIRED):
            raise Conflict("not-payable", f"the contract is {policy.status}: this money has to go back")
        if due.paid or due.amount != money.amount:
            raise Conflict("not-payable", "paid already" if due.paid else f"{due.amount.amount} is due, not this sum")
        payments = list(policy.premium.payments)
        payments[number - 1] = due.model_copy(update={"paid": True})
        premium = policy.premium.model_copy(update={"payments": payments, "paid": all(it.paid for it in payments)})
        paid = policy.model_copy(update={"premium": premium})
        with self._store.together():
            self._store.put(SETTLED, at, money.wire())
            return self._register.change(paid.model_copy(update={"status": paid.status_on(self._register.today())}))

    def deductible(self, key: str, money: ApplicationPayment) -> Claim:
        """Raises Unknown or Conflict."""
        claim = self._adjusting.known(key)
        if self._known(claim.claim_id, money):
            return claim
        due = claim.deductible
        if due is None or due.paid or due.amount != money.amount:
            raise Conflict("not-payable", f"{due.amount.amount} is due" if due and not due.paid else "nothing is due")
        with self._store.together():
            self._store.put(SETTLED, claim.claim_id, money.wire())
            paid = due.model_copy(update={"paid": True})
            return self._register.change_claim(claim.model_copy(update={"deductible": paid}))

    def _known(self, at: str, money: ApplicationPayment) -> bool:
        """Has this very money come before?"""
        known = self._store.get(SETTLED, at)
        return bool(known and known["reference"] == money.reference)
