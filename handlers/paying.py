"""What the client's own lane hears about applications and payments: the insurer's answers, the provider's word, time, the new policy.

What became of a payment is the business of what was paid for: the course of an application, or the settling of a debt.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import structlog

from handlers import format as show
from handlers.conversation import Conversation
from services.cabinet import Cabinet
from services.db.pipe import Parcel
from services.db.unit import Unit
from services.debts.settling import Settling
from services.history import Deed
from services.payments import Kind, Payment, State
from services.prolongation import Course

log = structlog.get_logger("payments")

Hear = Callable[[Unit, dict[str, Any]], Awaitable[None]]


class Paying:
    """`events` by their kind."""

    def __init__(self, cabinet: Cabinet, conversation: Conversation) -> None:
        self._cabinet, self._conversation = cabinet, conversation
        course = cabinet.course
        self.events: dict[str, Hear] = {
            "application.answered": self._answered,
            "application.undelivered": course.undelivered,
            "application.expire": course.expire,
            "application.file-sent": cabinet.copies.sent,
            "application.file-lost": cabinet.copies.lost,
            "policy.ready": self._ready,
            "payment.hint": self._hint,
            "payment.look": self._look,
            "payment.seen": self._seen,
            "payment.found": self._found,
            "payment.unmade": self._unmade,
            "payment.undisputed": self._undisputed,
            "refund.seen": self._returned,
            "refund.look": self._look_refund,
            "refund.unmade": self._not_returned,
            "debt.settled": self._settled,
            "debt.unsettled": cabinet.settling.unsettled,
        }

    async def _answered(self, unit: Unit, facts: dict[str, Any]) -> None:
        await self._cabinet.course.heard(unit, facts["resource"])

    async def _hint(self, unit: Unit, facts: dict[str, Any]) -> None:
        await self._cabinet.payments.hint(unit, facts["provider_id"])

    async def _look(self, unit: Unit, facts: dict[str, Any]) -> None:
        await self._cabinet.payments.look(unit, facts["payment"])

    async def _seen(self, unit: Unit, facts: dict[str, Any]) -> None:
        await self._turned(unit, await self._cabinet.payments.seen(unit, facts))

    async def _found(self, unit: Unit, facts: dict[str, Any]) -> None:
        await self._turned(unit, await self._cabinet.payments.found(unit, facts))

    async def _unmade(self, unit: Unit, facts: dict[str, Any]) -> None:
        await self._turned(unit, await self._cabinet.payments.unmade(unit, facts))

    async def _turned(self, unit: Unit, turned: tuple[Payment, Payment] | None) -> None:
        """An attempt to pay has changed, or not."""
        if turned:
            await self._whose(turned[1]).paid_or_not(unit, *turned)

    async def _undisputed(self, unit: Unit, facts: dict[str, Any]) -> None:
        """An employee says that no money is left of an attempt in dispute."""
        if over := await self._cabinet.payments.undispute(unit, facts["payment"]):
            await self._whose(over).undisputed(unit, over)

    async def _returned(self, unit: Unit, facts: dict[str, Any]) -> None:
        if back := await self._cabinet.payments.returned(unit, facts):
            whose = self._whose(back)
            await (whose.returned if back.state is State.REFUNDED else whose.not_returned)(unit, back)

    async def _not_returned(self, unit: Unit, facts: dict[str, Any]) -> None:
        log.error("refund_unmade", payment=facts["payment"], code=facts.get("code"))
        if payment := await self._cabinet.payments.by_id(unit, facts["payment"]):
            await self._whose(payment).not_returned(unit, payment)

    def _whose(self, payment: Payment) -> Course | Settling:
        """Who decides what becomes of it."""
        return self._cabinet.course if payment.purpose.kind is Kind.APPLICATION else self._cabinet.settling

    async def _settled(self, unit: Unit, facts: dict[str, Any]) -> None:
        """The insurer's answer to money for an instalment or a deductible: the contract or the claim as it is now."""
        paid = await self._cabinet.payments.by_id(unit, facts["payment"])
        if paid is None:
            return
        if paid.purpose.kind is Kind.DEDUCTIBLE:
            await self._cabinet.adjusting.heard(unit, facts["resource"])
        else:
            await self._cabinet.course.policy_heard(unit, facts["resource"])
        await self._cabinet.settling.settled(unit, paid)

    async def _look_refund(self, unit: Unit, facts: dict[str, Any]) -> None:
        self._cabinet.payments.ask_refund(unit, facts)

    async def _ready(self, unit: Unit, facts: dict[str, Any]) -> None:
        """The new policy by mail and its number by SMS, whatever becomes of the chat (F3)."""
        it = await self._cabinet.course.by_id(unit, facts["application"])
        client = await self._cabinet.clients.by_id(unit, it.client_id) if it else None
        if it is None or client is None:
            return
        account = await self._cabinet.accounts.find(unit, it.account_id)
        t = self._conversation.texts(account.language if account else "ru")
        words = {"number": facts["number"], "starts": show.day(date.fromisoformat(facts["starts"]))}
        if client.phone:
            text = t.plain("sms-policy-ready", **words)
            unit.send(Parcel(f"ready-sms:{it.id}", "sms", {"phone": client.phone, "text": text}, lives=24 * 3600))
        if client.email:
            letter = {"subject": t.plain("letter-ready-subject", **words), "text": t.plain("letter-ready", **words)}
            paper = await self._cabinet.documents.policy_paper(unit, it.client_id, it.issued_policy)
            body = (
                {"to": client.email, **letter, "document": paper.to_fetch} if paper else {"to": client.email, **letter}
            )
            unit.send(Parcel(f"ready-mail:{it.id}", "mail", body, lives=24 * 3600))
            if paper:
                mailed = t.plain("paper-policy-osago", number=facts["number"])
                await self._cabinet.history.record(unit, it.client_id, None, Deed.PAPER_MAILED, mailed)
