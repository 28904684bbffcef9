"""What becomes of an application: submitted, checked, priced, accepted, paid and issued; or refused, or cancelled.

Every deed is one write of the store: the new state, the new contract and the events about both survive a crash together.
Repeating a deed changes nothing. What cannot be done raises one of `Unacceptable`, `Unknown` and `Conflict`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from playground.core.admission import earliest_start, faults, policy_faults
from playground.core.applications import (
    EDITABLE,
    LIVE,
    Acceptance,
    Application,
    ApplicationPayment,
    ApplicationRequest,
    Check,
    Outcome,
    State,
    Wish,
)
from playground.core.deeds import Conflict, Fault, Unacceptable, Unknown
from playground.core.files import Files, SentFile
from playground.core.issuing import next_policy
from playground.core.price import price_of
from playground.core.register import MOSCOW, Register
from playground.core.resources import Money, Policy, Status
from playground.core.tariff import ImpossibleCell

OLDEST = timedelta(days=1)
"""An application that took longer to arrive counts as submitted today."""
SUSPECT = {Outcome.MISMATCH: State.MISMATCH, Outcome.UNRELIABLE: State.UNRELIABLE}
TERMINATED = "Договор, который вы продлевали, расторгнут."
ENDED = "Договор, который вы продлевали, закончился, а заявка не оплачена."
RENEWED = "Этот договор уже продлён."
TAKEN = "По этому договору уже оформляется другая заявка."
TOO_LATE = "Деньги пришли слишком поздно: новый полис уже не успеет начаться в выбранный день."


class Underwriting:
    """The applications of the register. A terminated contract takes its unpaid application with it."""

    def __init__(self, register: Register, files: Files) -> None:
        self._register, self._applications, self._files = register, register.applications, files
        register.after_change.append(self._policy_changed)

    def submit(self, number: str, request: ApplicationRequest) -> tuple[Application, bool]:
        """File a new application, or a higher revision of it; whether it is new. Raises Unacceptable or Conflict."""
        known = self._applications.get(number)
        if known and request.revision <= known.revision:
            return known, False
        if known and (known.policy_id, known.customer_id) != (request.policy_id, request.customer_id):
            raise Conflict("number-taken", f"{number} is an application about another policy")
        if known and known.status not in EDITABLE:
            raise Conflict("state", f"the application is {known.status}: its data stay")
        self._admit(request)
        if reason := self._rival(number, request.policy_id):
            raise Conflict("policy-taken", "renewed already" if reason == RENEWED else "another application is live")
        wish = {name: getattr(request, name) for name in Wish.model_fields}
        if known:
            return self._save(known, **wish, status=State.CHECKING, check=None, price=None), False
        draft = Application(number=number, application_id=self._next_id(), **wish)
        with self._register.world.store.together():
            return self._applications.save(draft), True

    def decide(self, number: str, check: Check) -> Application:
        """The check's outcome: passed brings the price, unless no price is possible. Raises Unknown or Conflict."""
        application = self.known(number)
        if application.status not in (State.CHECKING, State.MISMATCH, State.UNRELIABLE):
            raise Conflict("state", f"the application is {application.status}: there is nothing to check")
        if status := SUSPECT.get(check.outcome):
            return self._save(application, status=status, check=check, price=None)
        try:
            price = price_of(self._policy(application), application)
        except ImpossibleCell as error:
            at = f"drivers/{error.place}"
            doubt = Check(outcome=Outcome.UNRELIABLE, fields=[f"{at}/birthDate", f"{at}/licensedSince"])
            return self._save(application, status=State.UNRELIABLE, check=doubt, price=None)
        return self._save(application, status=State.PRICED, check=check, price=price)

    def accept(self, number: str, acceptance: Acceptance) -> Application:
        """The client agrees to today's price. Raises Unknown or Conflict."""
        application = self.known(number)
        todays = (application.revision, application.price) == (acceptance.revision, acceptance.price)
        if todays and application.status in (State.ACCEPTED, State.ISSUED):
            return application
        if application.status is not State.PRICED:
            raise Conflict("state", f"the application is {application.status}")
        if not todays:
            raise Conflict("not-todays", "the revision or the price is not the present one")
        return self._save(application, status=State.ACCEPTED)

    def cancel(self, number: str, reason: str) -> Application:
        """Raises Unknown, or Conflict when there is a new contract already."""
        application = self.known(number)
        if application.status is State.ISSUED:
            raise Conflict("state", "the policy is issued")
        return self._end(application, State.CANCELLED, reason)

    def refuse(self, number: str, reason: str) -> Application:
        """The insurer's own decision. Raises Unknown or Conflict."""
        application = self.known(number)
        if application.status not in LIVE:
            raise Conflict("state", f"the application is {application.status}")
        return self._end(application, State.REFUSED, reason)

    def reprice(self, number: str, price: Money) -> Application:
        """Another price; whoever has accepted the last one has to accept anew. Raises Unknown or Conflict."""
        application = self.known(number)
        if application.status not in (State.PRICED, State.ACCEPTED):
            raise Conflict("state", f"the application is {application.status}: it has no price to change")
        return self._save(application, status=State.PRICED, price=price)

    def pay(self, number: str, payment: ApplicationPayment) -> Application:
        """Money: a new contract, or a refusal that says why. Raises Unknown, or Conflict: nothing here is to be paid (again)."""
        application = self.known(number)
        if application.payment and application.payment.reference == payment.reference:
            return application
        if application.status is State.REFUSED:
            return application if application.payment else self._save(application, payment=payment)
        payable = application.status in (State.PRICED, State.ACCEPTED, State.CANCELLED)
        if application.price is None or not payable:
            raise Conflict("not-payable", f"the application is {application.status}: this money has to go back")
        if reason := self._why_not(application, payment):
            return self._save(application, status=State.REFUSED, reason=reason, payment=payment)
        policy = next_policy(self._register, self._policy(application), application, application.price)
        with self._register.world.store.together():
            self._register.change(policy)
            issued = {"status": State.ISSUED, "payment": payment, "issued_policy_id": policy.policy_id, "reason": None}
            return self._applications.save(application.model_copy(update=issued))

    def received(self, number: str, file: SentFile) -> bool:
        """A copy of a document has come; whether for the first time. Raises Unknown."""
        application = self.known(number)
        new = file.sha256 not in application.files_received
        with self._register.world.store.together():
            self._files.note(number, file)
            if new:
                received = [*application.files_received, file.sha256]
                self._applications.save(application.model_copy(update={"files_received": received}))
        return new

    def roll(self) -> None:
        """Midnight: a contract that is over cannot be prolonged any more."""
        today = self._register.today()
        for application in self._applications.all():
            if application.status in LIVE:
                policy = self._policy(application)
                if today > policy.term_end_date:
                    self._end(application, State.CANCELLED, ENDED)
                self._policy_changed(policy)  # a crash may have come between its end and this

    def known(self, number: str) -> Application:
        """One application. Raises Unknown."""
        application = self._applications.get(number)
        if application is None:
            raise Unknown(number)
        return application

    def _admit(self, request: ApplicationRequest) -> None:
        """Raises Unacceptable."""
        if self._register.customers.get(request.customer_id) is None:
            raise Unacceptable([Fault("/customerId", "unknown customer")])
        today = self._register.today()
        policy = self._register.policies.get(request.policy_id)
        found = list(policy_faults(policy, request.customer_id, today))
        if policy and not found:
            now = self._register.world.clock.now()
            fresh = now - OLDEST <= request.submitted_at <= now
            found = faults(request, policy, today, _day(request.submitted_at) if fresh else today)
        if found:
            raise Unacceptable(found)

    def _why_not(self, application: Application, payment: ApplicationPayment) -> str | None:
        """Why this money cannot become a contract, in words for people."""
        policy, today = self._policy(application), self._register.today()
        if policy.status is Status.TERMINATED:
            return TERMINATED
        if payment.amount != application.price and application.price is not None:
            return f"Сумма платежа {_said(payment.amount)} не равна цене полиса {_said(application.price)}."
        if reason := self._rival(application.number, application.policy_id):
            return reason
        revived = application.status is State.CANCELLED
        earliest = earliest_start(policy, today) if revived else today + timedelta(days=1)
        return TOO_LATE if today > policy.term_end_date or application.term_start_date < earliest else None

    def _rival(self, number: str, policy_id: str) -> str | None:
        """Who else has this contract in hand: an application under way, or one that has brought a contract which still stands."""
        for other in self._about(policy_id):
            if other.number == number:
                continue
            if other.status in LIVE:
                return TAKEN
            renewal = self._register.policies.get(other.issued_policy_id or "")
            if renewal and renewal.status is not Status.TERMINATED:
                return RENEWED
        return None

    def _policy_changed(self, policy: Policy) -> None:
        if policy.status is not Status.TERMINATED:
            return
        for application in self._about(policy.policy_id):
            self._end(application, State.CANCELLED, TERMINATED)

    def _about(self, policy_id: str) -> list[Application]:
        return self._applications.where("policyId", policy_id)

    def _end(self, application: Application, status: State, reason: str) -> Application:
        """Refused or cancelled; what has ended stays as it ended."""
        return self._save(application, status=status, reason=reason) if application.status in LIVE else application

    def _save(self, application: Application, **change: object) -> Application:
        with self._register.world.store.together():
            return self._applications.save(application.model_copy(update=change))

    def _policy(self, application: Application) -> Policy:
        policy = self._register.policies.get(application.policy_id)
        if policy is None:
            raise LookupError(f"the register has lost the policy of {application.number}")
        return policy

    def _next_id(self) -> str:
        return f"{self._register.today():%y}-{len(self._applications.column('number')) + 1:06}"


def _day(moment: datetime) -> date:
    return moment.astimezone(MOSCOW).date()


def _said(money: Money) -> str:
    """`12 345,67 ₽`, not to be broken into lines."""
    return f"{Decimal(money.amount):,.2f} ₽".translate(str.maketrans(", .", "\u00a0\u00a0,"))
