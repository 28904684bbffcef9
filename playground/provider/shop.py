"""The shop's account at the provider: payments and refunds, each only ever moving forward, and what is told about them.

    pending ──▶ waiting_for_capture ──▶ succeeded
       │                │
       └────────────────┴──▶ canceled

A link lives an hour, a hold six hours (a card's and a wallet's: seven days), by the world's clock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

from playground.provider.records import Payment, Refund, number, paid_with
from playground.provider.refused import Refused, invalid
from playground.provider.requests import NewPayment, NewRefund
from playground.provider.schema import Amount
from playground.world import World

LINK_LIVES = 3600.0
HOLD_LIVES, LONG_HOLD_LIVES = 6 * 3600.0, 7 * 86400.0
_LONG_HOLDS = ("bank_card", "yoo_money")

Tell = Callable[[str, str, dict[str, Any]], None]
"""Told of an event: its name, the payment's id and the object as it is now."""


class Shop:
    """Everything is in the world's store before it is told. Unknown ids raise Refused 404."""

    def __init__(self, world: World, tell: Tell) -> None:
        self._world, self._tell = world, tell
        self.payments: dict[str, Payment] = {}
        self.refunds: dict[str, Refund] = {}
        self._open: set[str] = set()
        host = "127.0.0.1" if world.settings.host == "localhost" else world.settings.host
        host = f"[{host}]" if ":" in host else host
        self._pages = f"http://{host}:{world.settings.port}/pay/"
        for row in world.store.all("provider.payment").values():
            self._remember(Payment(**row))
        for row in world.store.all("provider.refund").values():
            self.refunds[row["id"]] = Refund(**row)

    def forget(self) -> None:
        """A new world has no payments."""
        self.payments.clear()
        self.refunds.clear()
        self._open.clear()

    def create(self, wanted: NewPayment) -> Payment:
        """A payment that waits for its payer."""
        now = self._world.clock.time()
        id_ = number(now)
        payment = Payment(
            id=id_,
            amount=wanted.amount.value,
            created=now,
            until=now + LINK_LIVES,
            captures=wanted.capture,
            link=self._pages + id_,
            confirmation=wanted.confirmation.type,
            return_url=wanted.confirmation.return_url,
            chosen=wanted.payment_method_data.type if wanted.payment_method_data else None,
            description=wanted.description,
            metadata=dict(wanted.metadata),
            customer=wanted.merchant_customer_id,
            receipt=wanted.receipt is not None,
        )
        return self._keep(payment)

    def payment(self, id_: str) -> Payment:
        """One of the shop's payments."""
        if id_ not in self.payments:
            raise Refused(404, "Payment not found or forbidden")
        return self.payments[id_]

    def refund(self, id_: str) -> Refund:
        """One of its refunds."""
        if id_ not in self.refunds:
            raise Refused(404, "Refund not found or forbidden")
        return self.refunds[id_]

    def pay(self, payment: Payment, method: str) -> Payment:
        """The payer pays: at once, or a hold that the shop has to capture."""
        clock = self._world.clock
        paid = replace(payment, method=paid_with(method, payment.id, clock.now().year))
        if payment.captures:
            return self._happens(replace(paid, status="succeeded", captured=clock.time()), "payment.succeeded")
        until = clock.time() + (LONG_HOLD_LIVES if method in _LONG_HOLDS else HOLD_LIVES)
        return self._happens(replace(paid, status="waiting_for_capture", until=until), "payment.waiting_for_capture")

    def stop(self, payment: Payment, reason: str) -> Payment:
        """Declined, expired or called off."""
        return self._happens(replace(payment, status="canceled", reason=reason), "payment.canceled")

    def capture(self, payment: Payment, amount: Amount | None) -> Payment:
        """Take the held money, or a part of it. Raises Refused."""
        if payment.captures:
            raise Refused(400, "You can not capture payment with autocapture")
        if payment.status != "waiting_for_capture":
            raise Refused(400, "Payment can not be captured in current status.")
        if amount is not None and amount.decimal > Decimal(payment.amount):
            raise invalid("amount.value", "Illegal amount for capture")
        taken = amount.value if amount is not None else payment.amount
        done = replace(payment, status="succeeded", amount=taken, captured=self._world.clock.time())
        return self._happens(done, "payment.succeeded")

    def cancel(self, payment: Payment) -> Payment:
        """The shop lets a hold go. Raises Refused."""
        if payment.captures:
            raise Refused(400, "You can not cancel payment with autocapture")
        if payment.status != "waiting_for_capture":
            raise Refused(400, "Payment can not be canceled in current status")
        return self.stop(payment, "canceled_by_merchant")

    def give_back(self, wanted: NewRefund, status: str = "succeeded") -> Refund:
        """A refund, which has the `status` at once. Raises Refused where the payment does not allow it."""
        payment = self.payments.get(wanted.payment_id)
        if payment is None:
            raise invalid("payment_id", "Payment not found or forbidden")
        if payment.status != "succeeded":
            raise invalid("payment_id", "Payment can not be refunded in current status.")
        rest = Decimal(payment.amount) - self._promised(payment)
        if rest == 0:
            raise invalid("payment_id", "Payment is already completely refunded")
        if wanted.amount.decimal > rest:
            raise invalid("amount.value", "Refund sum exceeded")
        now = self._world.clock.time()
        refund = Refund(
            id=number(now, refund=True),
            payment_id=payment.id,
            amount=wanted.amount.value,
            created=now,
            description=wanted.description,
            metadata=dict(wanted.metadata),
            receipt=wanted.receipt is not None,
        )
        self._keep_refund(refund)
        return refund if status == "pending" else self.end_refund(refund, None if status == "succeeded" else status)

    def end_refund(self, refund: Refund, reason: str | None) -> Refund:
        """A pending refund arrives, or fails for a reason (which nobody is notified of: there is no such event)."""
        if reason is not None:
            return self._keep_refund(replace(refund, status="canceled", reason=reason))
        done = self._keep_refund(replace(refund, status="succeeded"))
        payment = self.payments[done.payment_id]
        total = Decimal(payment.refunded) + Decimal(done.amount)
        self._happens(replace(payment, refunded=f"{total:.2f}"), "refund.succeeded", done.wire())
        return done

    def expire(self) -> None:
        """Links and holds whose time is over are cancelled."""
        now = self._world.clock.time()
        for payment in [self.payments[id_] for id_ in self._open]:
            if payment.until <= now:
                self.stop(payment, "expired_on_confirmation" if payment.status == "pending" else "expired_on_capture")

    def next_end(self) -> float | None:
        """Seconds until the next link or hold is over; None when none is open."""
        ends = [self.payments[id_].until for id_ in self._open]
        return max(0.0, min(ends) - self._world.clock.time()) if ends else None

    def _promised(self, payment: Payment) -> Decimal:
        mine = [one for one in self.refunds.values() if one.payment_id == payment.id and one.status != "canceled"]
        return sum((Decimal(one.amount) for one in mine), Decimal(0))

    def _happens(self, payment: Payment, event: str, about: dict[str, Any] | None = None) -> Payment:
        told = payment.wire() if about is None else about
        kept = self._keep(replace(payment, happened=[*payment.happened, {"event": event, "object": told}]))
        self._tell(event, payment.id, told)
        return kept

    def _keep(self, payment: Payment) -> Payment:
        self._remember(payment)
        self._world.store.put("provider.payment", payment.id, asdict(payment))
        self._world.live.publish("payments", id=payment.id)
        return payment

    def _remember(self, payment: Payment) -> None:
        self.payments[payment.id] = payment
        (self._open.add if payment.open else self._open.discard)(payment.id)

    def _keep_refund(self, refund: Refund) -> Refund:
        self.refunds[refund.id] = refund
        self._world.store.put("provider.refund", refund.id, asdict(refund))
        self._world.live.publish("payments", id=refund.payment_id)
        return refund
