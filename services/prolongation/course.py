"""What becomes of an application: the insurer's word, the provider's, time; who has to hear of it, money's way back (D8–D10, F2, F3).

This runs in the client's own lane. Whoever has to hear of something gets an event of their own: `tell`.
"""

from __future__ import annotations

from typing import Any

import structlog

from services.applications import Application, Applications, Change, Stage
from services.clients import Clients
from services.clock import MOSCOW
from services.db.unit import Unit
from services.debts.settling import Settling
from services.documents import Documents
from services.errors import NotFound
from services.model import Document
from services.payments import Bill, Kind, Payment, Payments, Purpose, State
from services.policies import Policies
from services.prolongation.rules import prolongable, window_of
from services.reminders.terms import TermIndex
from services.reminders.wakes import look_again
from services.sessions import Sessions

log = structlog.get_logger("prolongation")

ALIVE = ("checking", "mismatch", "unreliable", "priced", "accepted")
"""The insurer's words for an application that is not over."""


class Course:
    def __init__(
        self,
        applications: Applications,
        payments: Payments,
        policies: Policies,
        documents: Documents,
        clients: Clients,
        sessions: Sessions,
        terms: TermIndex,
        settling: Settling,
    ) -> None:
        self._applications, self._payments = applications, payments
        self._policies, self._documents = policies, documents
        self._clients, self._sessions = clients, sessions
        self._terms, self._settling = terms, settling

    async def by_id(self, unit: Unit, application_id: int) -> Application | None:
        """For the events of the client's own lane, never for a person."""
        return await self._applications.by_id(unit, application_id)

    # -- what the insurer says ----------------------------------------------------------------------------------------

    async def heard(self, unit: Unit, resource: dict[str, Any]) -> None:
        """The insurer's newest word on an application."""
        change = await self._applications.take(unit, resource)
        if change is None:
            return
        now = change.now
        if now.stage is Stage.CANCELLED and resource["status"] in ALIVE:
            await self._applications.cancel_again(unit, now)  # the cancellation has overtaken the application
        if not change.stage:
            return
        if await self._saved_ahead(unit, now):
            await self.tell(unit, now, "saving")
            return
        if now.price != change.before.price or now.stage not in (Stage.SAVED, Stage.PAID):
            await self._payments.close(unit, purpose_of(now))
        if now.stage is Stage.SAVED:
            self._set_timer(unit, now)
            look_again(unit, now.client_id)
            await self.begin_payment(unit, now)
        elif now.stage is Stage.REFUSED:
            await self._give_back(unit, now)
        elif now.stage is Stage.ISSUED:
            await self.hand_over(unit, now)
        await self.tell(unit, now, news_of(change))

    async def _saved_ahead(self, unit: Unit, it: Application) -> bool:
        """The check has brought the very price the client has agreed to before it: saved without another word (D12).

        Not if the day has changed meanwhile and the term with it: then the client is asked.
        """
        if it.stage is not Stage.PRICED or it.price is None or it.price != it.agreed:
            return False
        policy = await self._policies.numbered(unit, it.policy_core_id)
        today = unit.now.astimezone(MOSCOW).date()
        if policy is None or not prolongable(policy, today) or window_of(policy, today).starts != it.starts:
            return False
        return await self._applications.save(unit, it)

    async def undelivered(self, unit: Unit, facts: dict[str, Any]) -> None:
        """The insurer does not take a command. An agreement it will not have is checked again, money it will not have goes back; the rest
        is for its people."""
        it = await self._applications.by_id(unit, facts["application"])
        op, code = facts["op"], facts.get("code")
        if it and op == "payment" and it.stage is Stage.PAID:
            await self._not_bought(unit, it, code)
            return
        if it is None or it.revision != facts["revision"] or it.over:
            return
        log.error("application_undelivered", number=it.number, op=op, code=code)
        if op == "acceptance":
            if await self._applications.correct(unit, it, (it.starts, it.ends), it.entered):
                await self.tell(unit, it, "checking")
        elif op != "cancellation":
            await self.end(unit, it, "exists" if code == "policy-taken" else "unable")
            await self.tell(unit, it, "cancelled")

    async def _not_bought(self, unit: Unit, it: Application, code: str | None) -> None:
        """The money has bought nothing: `not-payable` says that it has to go back; anything else is for people to mend."""
        log.error("payment_undelivered", number=it.number, code=code)
        if code == "not-payable" and await self._applications.turn_down(unit, it):
            await self._give_back(unit, it)
            await self.tell(unit, it, "refused")
        else:
            for payment in await self._payments.succeeded(unit, purpose_of(it)):
                self._alert(unit, it, payment, "stuck")
            await self.tell(unit, it, "stuck")

    async def policy_heard(self, unit: Unit, resource: dict[str, Any]) -> None:
        """A contract has changed: one that was terminated is not prolonged; a new one may be what a chat waits for."""
        core_id = str(resource["policyId"])
        before = await self._policies.numbered(unit, core_id)
        fresh = await self._policies.apply(unit, resource)
        if fresh and (policy := await self._policies.numbered(unit, core_id)):
            await self._terms.policy(unit, policy, before)
            if before:
                await self._settling.contract_heard(unit, before, policy)
        live = await self._applications.live(unit, str(resource["customerId"]), core_id)
        if live and resource["status"] in ("terminated", "expired") and await self.end(unit, live, "policy"):
            await self.tell(unit, live, "cancelled")
        if issued := await self._applications.issued_as(unit, core_id):
            await self.hand_over(unit, issued)

    async def document_heard(self, unit: Unit, resource: dict[str, Any]) -> None:
        """A paper has changed; that of a new policy goes to the chat by itself (C3)."""
        await self._documents.apply(unit, resource)
        policy = resource.get("policyId")
        if resource["kind"] == "policy" and policy and (issued := await self._applications.issued_as(unit, policy)):
            await self.hand_over(unit, issued)

    async def hand_over(self, unit: Unit, issued: Application) -> None:
        """Once, when the insurer has issued the policy and its paper is there."""
        if issued.stage is not Stage.ISSUED:
            return
        paper: Document | None = await self._documents.policy_paper(unit, issued.client_id, issued.issued_policy)
        policy = await self._policies.numbered(unit, issued.issued_policy)
        if paper and policy and await self._applications.hand_over(unit, issued):
            await self.tell(unit, issued, "ready", document=paper.id, policy=policy.id)
            unit.submit(
                unit.event.lane,
                f"ready:{issued.id}",
                "policy.ready",
                application=issued.id,
                document=paper.id,
                number=policy.number,
                starts=policy.starts.isoformat(),
            )

    # -- what the provider says ---------------------------------------------------------------------------------------

    async def paid_or_not(self, unit: Unit, before: Payment, after: Payment) -> None:
        """An attempt has changed: the policy is asked for, or a new link is offered, or only the link is here."""
        it = await self._applications.by_id(unit, after.purpose.row)
        if it is None:
            return
        if after.state is State.SUCCEEDED and not awaited(it, after):  # an old link was paid: give it back
            log.error("paid_in_vain", payment=after.id, application=it.number, stage=it.stage.value)
            news = "twice" if it.stage in (Stage.PAID, Stage.ISSUED) else "returning"
            await self._refund(unit, it, after, news)
            await self.tell(unit, it, news, amount=str(after.amount))
        elif after.state is State.SUCCEEDED:
            await self._applications.paid(unit, it, after.key, after.amount)
            await self.tell(unit, it, "late-money" if it.stage is Stage.CANCELLED else "paid")
        elif after.state in (State.DISPUTED, State.FAILED):
            log.error("payment_" + after.state, payment=after.id, application=it.number, reason=after.reason)
            if after.state is State.DISPUTED:
                self._alert(unit, it, after, "disputed")
            await self.tell(unit, it, after.state.value)
        elif before.live and it.stage is Stage.SAVED:
            expired = after.reason == "expired_on_confirmation"
            made = "link" if it.agreed is None else "payable"  # who agreed ahead may have left the screen it comes to
            news = made if after.state is State.LINK else "link-expired" if expired else "declined"
            await self.tell(unit, it, news, reason=after.reason)

    async def undisputed(self, unit: Unit, payment: Payment) -> None:
        """Nothing came of an attempt in dispute: it may be paid by a new link."""
        it = await self._applications.by_id(unit, payment.purpose.row)
        if it and it.stage is Stage.SAVED:
            await self.tell(unit, it, "link-expired", reason=payment.reason)

    async def returned(self, unit: Unit, back: Payment) -> None:
        """The money of a refused application is back."""
        if it := await self._applications.by_id(unit, back.purpose.row):
            await self.tell(unit, it, "returned", amount=str(back.amount))

    async def not_returned(self, unit: Unit, payment: Payment) -> None:
        """The provider does not take the refund: its people and ours have to look."""
        if it := await self._applications.by_id(unit, payment.purpose.row):
            self._alert(unit, it, payment, "stuck")
            await self.tell(unit, it, "stuck")

    # -- what time brings ---------------------------------------------------------------------------------------------

    async def expire(self, unit: Unit, facts: dict[str, Any]) -> None:
        """24 hours have passed: not paid, so cancelled (D10)."""
        it = await self._waiting(unit, facts)
        if it and await self.end(unit, it, "unpaid"):
            await self.tell(unit, it, "cancelled")

    async def _waiting(self, unit: Unit, facts: dict[str, Any]) -> Application | None:
        """The application of a timer, if it still waits for the money it waited for when the timer was set."""
        it = await self._applications.by_id(unit, facts["application"])
        same = it is not None and it.expires_at is not None and it.expires_at.timestamp() == facts["expires"]
        return it if it and same and it.stage in (Stage.SAVING, Stage.SAVED) else None

    def _set_timer(self, unit: Unit, it: Application) -> None:
        """Its end alone: that it waits for the money is the business of the reminders."""
        if it.expires_at is None:
            return
        lane, facts = f"client:{it.client_id}", {"application": it.id, "expires": it.expires_at.timestamp()}
        once = f"expire:{it.id}:{it.expires_at.timestamp():.0f}"
        unit.submit(lane, once, "application.expire", due=it.expires_at, **facts)

    # -- shared -------------------------------------------------------------------------------------------------------

    async def tell(self, unit: Unit, it: Application, news: str, **facts: Any) -> None:
        """One event for each chat of the client, but not for the one whose own step this is."""
        once = f"{news}:{it.id}"
        await self._sessions.tell(
            unit, it.client_id, "application.news", once, it.account_id, application=it.id, news=news, **facts
        )

    async def begin_payment(self, unit: Unit, it: Application) -> None:
        policy = await self._policies.numbered(unit, it.policy_core_id)
        client = await self._clients.by_id(unit, it.client_id)
        if policy is None or client is None or it.price is None:
            raise NotFound
        newest = await self._payments.newest(unit, purpose_of(it))
        if newest and newest.state is State.DISPUTED:
            return  # whether money has come is for people to find out, before more does
        bill = Bill(it.price, f"ОСАГО {policy.number}, продление", client.email, client.phone)
        await self._payments.begin(unit, purpose_of(it), it.client_id, it.account_id, bill)

    async def end(self, unit: Unit, it: Application, reason: str) -> bool:
        """End it; a link that is open is watched on, and late money is handed to the insurer, who revives or refuses (F2)."""
        if not await self._applications.cancel(unit, it, reason):
            return False
        await self._payments.close(unit, purpose_of(it))
        return True

    async def _give_back(self, unit: Unit, it: Application) -> None:
        for payment in await self._payments.succeeded(unit, purpose_of(it)):
            log.error("refund", application=it.number, payment=payment.id)
            await self._refund(unit, it, payment, "returning")

    async def _refund(self, unit: Unit, it: Application, payment: Payment, why: str) -> None:
        await self._payments.refund(unit, payment, f"Возврат по заявлению {it.number}")
        self._alert(unit, it, payment, why)

    def _alert(self, unit: Unit, it: Application, payment: Payment, word: str) -> None:
        """Staff are to know of every one (F2)."""
        self._payments.tell_staff(unit, payment, word, f"Продление ОСАГО, заявление {it.core_number or it.number}")


def purpose_of(it: Application) -> Purpose:
    """What its payments are for."""
    return Purpose(Kind.APPLICATION, it.id)


def news_of(change: Change) -> str:
    """The insurer's word as news for a chat: the stage, or that the price has changed."""
    now, before = change.now, change.before
    if now.stage is Stage.PRICED and before.price is not None and before.stage is not Stage.CHECKING:
        return "price"
    return now.stage.value


def awaited(it: Application, paid: Payment) -> bool:
    """Is this money the insurer's to decide about? It is when it was agreed to and is the price, or came after a cancellation (F2)."""
    return it.stage is Stage.CANCELLED or (it.stage in (Stage.SAVING, Stage.SAVED) and it.price == paid.amount)
