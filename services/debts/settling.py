"""Paying an instalment or a deductible by link, and what becomes of the money (F4, F6): as with applications (F2), nothing is believed
but the provider itself, and money that buys nothing goes back at once.

Persons act in their chats' lanes; `paid_or_not` and what follows runs in the client's own. Who has to hear of something gets an event
of their own, `debt.news`, with a word: link, link-expired, declined, failed, disputed, paid, settled, twice, returning, returned, stuck,
lapsed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import structlog

from services.claims import Claims
from services.clients import Clients
from services.clock import MOSCOW
from services.db.pipe import Parcel
from services.db.unit import Unit
from services.debts import Debt, Debts
from services.debts.values import lapsed
from services.errors import NotFound
from services.history import Deed, History
from services.model import Actor, Policy
from services.money import kopecks, written
from services.payments import Bill, Kind, Payment, Payments, Purpose, State
from services.policies import Policies
from services.sessions import Sessions

log = structlog.get_logger("debts")


@dataclass(frozen=True, slots=True)
class Stand:
    """How the paying of one thing stands: what the insurer still waits for, None when nothing; the newest attempt; is the money with us,
    and has the insurer booked it?
    """

    debt: Debt | None
    payment: Payment | None
    settled: bool
    booked: bool

    @property
    def disputed(self) -> bool:
        """The provider has something else than was asked for: whether money has come is for people to find out, before more does."""
        return self.payment is not None and self.payment.state is State.DISPUTED


class Settling:
    def __init__(
        self,
        debts: Debts,
        payments: Payments,
        policies: Policies,
        claims: Claims,
        clients: Clients,
        sessions: Sessions,
        history: History,
    ) -> None:
        self._debts, self._payments = debts, payments
        self._policies, self._claims = policies, claims
        self._clients, self._sessions, self._history = clients, sessions, history

    # -- what a person sees and does ----------------------------------------------------------------------------------

    async def one(self, unit: Unit, actor: Actor, purpose: Purpose, today: date) -> Stand:
        """The paying of something of the actor's own. Raises NotFound."""
        if purpose.kind is Kind.INSTALMENT:
            policy = await self._policies.card(unit, actor, purpose.row)
            booked = any(it.paid for it in policy.payments if it.number == purpose.part)
        elif purpose.kind is Kind.DEDUCTIBLE:
            own = (await self._claims.one(unit, actor, purpose.row)).said.deductible
            booked = own is not None and own.paid
        else:
            raise NotFound
        debt = await self._debts.still(unit, actor.client_id or "", purpose, today)
        settled = bool(await self._payments.succeeded(unit, purpose))
        return Stand(debt, await self._payments.newest(unit, purpose), settled, booked)

    async def pay(self, unit: Unit, actor: Actor, purpose: Purpose, today: date) -> bool:
        """A link for it; one that is live stays the one. False: there is nothing to pay, or not by link, or not yet. Raises NotFound."""
        stand = await self.one(unit, actor, purpose, today)
        client = await self._clients.by_id(unit, actor.client_id or "")
        if stand.debt is None or stand.settled or stand.disputed or client is None or not stand.debt.payable:
            return False
        order = Bill(stand.debt.amount, await self._description(unit, purpose), client.email, client.phone)
        await self._payments.begin(unit, purpose, client.id, actor.account_id, order)
        return True

    async def _description(self, unit: Unit, purpose: Purpose) -> str:
        """What the payer and the receipt read, in Russian."""
        if purpose.kind is Kind.DEDUCTIBLE:
            claim = await self._claims.by_id(unit, purpose.row)
            return f"Франшиза по убытку {claim.shown}" if claim else "Франшиза"
        policy = await self._policies.by_row(unit, purpose.row)
        if policy is None:
            raise NotFound
        what = f"взнос {purpose.part} из {len(policy.payments)}" if len(policy.payments) > 1 else "страховая премия"
        return f"Договор {policy.number}, {what}"

    # -- what the provider says ---------------------------------------------------------------------------------------

    async def paid_or_not(self, unit: Unit, before: Payment, after: Payment) -> None:
        """An attempt has changed: the insurer is told of the money, or it goes back, or only the link is here, or not."""
        today = unit.now.astimezone(MOSCOW).date()
        debt = await self._debts.still(unit, after.client_id, after.purpose, today)
        if after.state is State.SUCCEEDED:
            others = [it for it in await self._payments.succeeded(unit, after.purpose) if it.id != after.id]
            if others or debt is None or debt.amount != after.amount:
                await self._back(unit, after, "twice" if others else "returning")
            else:
                await self._book(unit, after)
                await self._record(unit, after)
                await self._tell(unit, after, "paid")
        elif after.state in (State.DISPUTED, State.FAILED):
            log.error("payment_" + after.state, payment=after.id, purpose=str(after.purpose), reason=after.reason)
            if after.state is State.DISPUTED:
                await self._alert(unit, after, "disputed")
            await self._tell(unit, after, after.state.value)
        elif before.live and debt is not None:
            expired = after.reason == "expired_on_confirmation"
            news = "link" if after.state is State.LINK else "link-expired" if expired else "declined"
            await self._tell(unit, after, news, reason=after.reason)

    async def undisputed(self, unit: Unit, it: Payment) -> None:
        """Nothing came of an attempt in dispute: it may be paid by a new link."""
        await self._tell(unit, it, "link-expired", reason=it.reason)

    async def returned(self, unit: Unit, back: Payment) -> None:
        """Money that bought nothing is with the payer again."""
        await self._tell(unit, back, "returned")

    async def not_returned(self, unit: Unit, payment: Payment) -> None:
        """The provider does not take the refund: its people and ours have to look."""
        await self._stuck(unit, payment)

    async def contract_heard(self, unit: Unit, before: Policy, after: Policy) -> None:
        """A contract has changed: whoever has lost it for an instalment hears of it, once."""
        today = unit.now.astimezone(MOSCOW).date()
        if lost := lapsed(before, after, today, self._debts.last_day):
            facts = {"purpose": str(lost.purpose), "amount": str(lost.amount), "ends": after.ends.isoformat()}
            once = f"lapsed:{lost.purpose}"
            await self._sessions.tell(unit, after.client_id, "debt.news", once, 0, news="lapsed", **facts)

    async def _back(self, unit: Unit, paid: Payment, news: str) -> None:
        log.error("refund", purpose=str(paid.purpose), payment=paid.id)
        await self._payments.refund(unit, paid, f"Возврат: {await self._description(unit, paid.purpose)}")
        await self._alert(unit, paid, news)
        await self._tell(unit, paid, news)

    async def _stuck(self, unit: Unit, paid: Payment) -> None:
        await self._alert(unit, paid, "stuck")
        await self._tell(unit, paid, "stuck")

    async def _alert(self, unit: Unit, it: Payment, word: str) -> None:
        """Staff are to know of every one (F2)."""
        self._payments.tell_staff(unit, it, word, await self._description(unit, it.purpose))

    async def _record(self, unit: Unit, paid: Payment) -> None:
        """Into the client's history, under the number of the contract or of the claim."""
        if paid.purpose.kind is Kind.DEDUCTIBLE:
            claim = await self._claims.by_id(unit, paid.purpose.row)
            kind, number = Deed.DEDUCTIBLE, claim.shown if claim else ""
        else:
            policy = await self._policies.by_row(unit, paid.purpose.row)
            kind, number = Deed.INSTALMENT, policy.number if policy else ""
        await self._history.record(unit, paid.client_id, None, kind, number, amount=kopecks(paid.amount))

    # -- what the insurer says ----------------------------------------------------------------------------------------

    async def _book(self, unit: Unit, paid: Payment) -> None:
        """Tell the insurer: repeated until it answers; the same payment is the same row here and the same reference there."""
        if paid.purpose.kind is Kind.DEDUCTIBLE:
            claim = await self._claims.by_id(unit, paid.purpose.row)
            number = claim.key if claim else ""
        else:
            policy = await self._policies.by_row(unit, paid.purpose.row)
            number = f"{policy.core_id}:{paid.purpose.part}" if policy else ""
        body = {
            "op": paid.purpose.kind.value,
            "number": number,
            "body": {
                "reference": paid.key,
                "amount": {"amount": written(paid.amount), "unit": "RUB"},
                "paidAt": unit.now.isoformat(),
            },
            "answer": "debt.settled",
            "context": {"payment": paid.id},
            "on_dead": {"type": "debt.unsettled", "payment": paid.id},
        }
        unit.send(Parcel(f"settle:{paid.id}", "core", body, lane=f"client:{paid.client_id}"))

    async def settled(self, unit: Unit, paid: Payment) -> None:
        """The insurer has booked it, and its newest word on the contract or the claim is taken in."""
        await self._tell(unit, paid, "settled")

    async def unsettled(self, unit: Unit, facts: dict[str, Any]) -> None:
        """The insurer does not take the money: `not-payable` says that it has to go back; anything else is for people to mend."""
        paid = await self._payments.by_id(unit, facts["payment"])
        if paid is None:
            return
        log.error("payment_undelivered", purpose=str(paid.purpose), payment=paid.id, code=facts.get("code"))
        if facts.get("code") == "not-payable":
            await self._back(unit, paid, "returning")
        else:
            await self._stuck(unit, paid)

    async def _tell(self, unit: Unit, it: Payment, news: str, **facts: Any) -> None:
        await self._sessions.tell(
            unit,
            it.client_id,
            "debt.news",
            f"{news}:{it.id}",
            it.account_id,
            purpose=str(it.purpose),
            amount=str(it.amount),
            news=news,
            **facts,
        )
