"""Payments by link: attempts, the provider's word on each, money back (F1, F2).

At most one attempt for a thing (an application, an instalment, a deductible) is live: the database holds that (`uq_payment_live`), so
a thousand taps make one. Its key is stored before the first call, so a call that is repeated after a crash makes no second payment.
Nobody is believed but the provider itself, asked by us: a notification is a hint to ask.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import structlog

from services.db.pipe import Parcel
from services.db.unit import Unit
from services.money import kopecks, roubles, written
from services.payments import statements as sql
from services.payments.values import (
    KEY_LIFE,
    LINK_LIFE,
    UNDECIDED,
    Kind,
    Payment,
    Purpose,
    State,
    Terms,
    pause_before_look,
    verdict,
)
from services.vault import Vault

log = structlog.get_logger("payments")

UNPAID = "expired_on_confirmation"
"""The provider's word for a link whose time is over."""
REFUND_PAUSE = timedelta(minutes=10)

__all__ = ["LINK_LIFE", "Bill", "Kind", "Payment", "Payments", "Purpose", "State", "Terms"]


@dataclass(frozen=True, slots=True)
class Bill:
    """What is paid for: `description` is what the payer reads; the receipt goes to `email`, or to `phone` without one."""

    amount: Decimal
    description: str
    email: str
    phone: str


class Payments:
    """`return_url` is where the payer's browser goes afterwards: the chat."""

    def __init__(self, vault: Vault, terms: Terms, return_url: str) -> None:
        self._vault, self._terms, self._return_url = vault, terms, return_url

    # -- reading ------------------------------------------------------------------------------------------------------

    async def newest(self, unit: Unit, purpose: Purpose) -> Payment | None:
        """The latest attempt for something the caller has shown to be the actor's own."""
        row = await sql.NEWEST.first(unit, **named(purpose))
        return self._open(row) if row else None

    async def by_id(self, unit: Unit, payment_id: int) -> Payment | None:
        """For events, never for a person."""
        row = await sql.BY_ID.first(unit, row=payment_id)
        return self._open(row) if row else None

    async def disputed(self, unit: Unit, client_id: str, number: str) -> Payment | None:
        """A client's attempt in dispute, by the provider's number or by ours: as the note of `tell_staff` names it."""
        row = await sql.BY_NUMBER.first(unit, client=client_id, number=number)
        found = self._open(row) if row else None
        return found if found and found.state is State.DISPUTED else None

    async def succeeded(self, unit: Unit, purpose: Purpose) -> list[Payment]:
        """The attempts whose money is with us."""
        rows = await sql.ALL_FOR.all(unit, **named(purpose))
        return [payment for row in rows if (payment := self._open(row)).state is State.SUCCEEDED]

    async def settled(self, unit: Unit, client_id: str) -> set[Purpose]:
        """The instalments and deductibles of a client whose money is with us: the insurer knows of it, or will."""
        succeeded = await self._in_state(unit, client_id, State.SUCCEEDED)
        return {it for it in succeeded if it.kind is not Kind.APPLICATION}

    async def in_dispute(self, unit: Unit, client_id: str) -> set[Purpose]:
        """What of a client's people have to find out about, whether its money has come."""
        return await self._in_state(unit, client_id, State.DISPUTED)

    async def _in_state(self, unit: Unit, client_id: str, state: State) -> set[Purpose]:
        rows = await sql.IN_STATE.all(unit, client=client_id, state=state)
        return {Purpose(Kind(kind), subject, part) for kind, subject, part in rows}

    # -- a new attempt ------------------------------------------------------------------------------------------------

    async def begin(self, unit: Unit, purpose: Purpose, client_id: str, account_id: int, bill: Bill) -> None:
        """Make an attempt and ask the provider for its link; nothing if one is live already, for this sum and not dead."""
        newest = await self.newest(unit, purpose)
        if newest and newest.live and (newest.spent(unit.now) or newest.amount != bill.amount):
            await self.close(unit, purpose)
        key = str(uuid.uuid4())
        row = await sql.BEGIN.first(
            unit,
            kind=purpose.kind,
            subject_id=purpose.row,
            part=purpose.part,
            client_id=client_id,
            account_id=account_id,
            key=key,
            amount=kopecks(bill.amount),
            created_at=unit.now,
        )
        if row is None:
            return
        context = {"payment": row}
        body = {
            "op": "create",
            "key": key,
            "reference": key,
            "amount": written(bill.amount),
            "description": bill.description,
            "return_url": self._return_url,
            "email": bill.email,
            "phone": bill.phone,
            "answer": "payment.seen",
            "context": context,
            "on_dead": {"type": "payment.unmade", **context},
        }
        life = KEY_LIFE.total_seconds()
        unit.send(Parcel(f"create:{row}", "provider", body, lane=f"client:{client_id}", lives=life))

    async def close(self, unit: Unit, purpose: Purpose) -> None:
        """The live attempt is not offered any more; its link is watched to its end."""
        await sql.CLOSE.run(unit, **named(purpose), now=unit.now)

    # -- the provider's word ------------------------------------------------------------------------------------------

    async def hint(self, unit: Unit, charge_id: str) -> None:
        """Somebody says something has happened to a payment: ask the provider. An unknown one is nobody's."""
        row = await sql.BY_CHARGE.first(unit, charge=charge_id)
        if row and (known := self._open(row)).state in UNDECIDED:
            self._ask(unit, known, f"hint:{unit.event.event_id}")

    async def look(self, unit: Unit, payment_id: int) -> None:
        """It is time to ask how an attempt goes, whether anybody has told us or not."""
        known = await self.by_id(unit, payment_id)
        if known and known.charge_id and known.state in UNDECIDED:
            self._ask(unit, known, f"look:{known.id}:{known.looks}")
            await sql.LOOKED.run(unit, row=known.id)
            self._watch(unit, replace(known, looks=known.looks + 1))

    async def seen(self, unit: Unit, charge: dict[str, Any]) -> tuple[Payment, Payment] | None:
        """Take in what the provider says of an attempt. Returns it before and after, None when nothing has changed."""
        before = await self.by_id(unit, charge["payment"])
        if before is None:
            return None
        state, reason = verdict(before, charge, self._terms)
        first = not before.charge_id and state is not State.DISPUTED
        if state is before.state and not first:
            return None
        closed = before.closed_at or (None if state in UNDECIDED else unit.now)
        after = replace(
            before,
            state=state,
            reason=reason,
            charge_id=before.charge_id or ("" if state is State.DISPUTED else charge["id"]),
            link=charge.get("link") or before.link,
            closed_at=closed,
        )
        await self._store(unit, before, after)
        if first and after.state in UNDECIDED:
            self._watch(unit, after)
        return before, after

    async def unmade(self, unit: Unit, facts: dict[str, Any]) -> tuple[Payment, Payment] | None:
        """No link could be made: refused, or no answer for a day. In the second case we ask whether it was made after all."""
        before = await self.by_id(unit, facts["payment"])
        if before is None or before.state is not State.NEW:
            return None
        if facts["code"] == "expired":
            self._find(unit, before)
            return None
        after = replace(before, state=State.FAILED, reason=str(facts["code"]), closed_at=before.closed_at or unit.now)
        await self._store(unit, before, after)
        return before, after

    async def found(self, unit: Unit, facts: dict[str, Any]) -> tuple[Payment, Payment] | None:
        """The answer to whether a payment was made after all."""
        if facts["id"] is not None:
            return await self.seen(unit, facts)
        return await self.unmade(unit, {**facts, "code": "never made"})

    def tell_staff(self, unit: Unit, it: Payment, word: str, what: str) -> None:
        """People have to settle it (`disputed`, `stuck`), or to know of it (`twice`, `returning`): once each. `what` it was paid for, as
        the payer reads it.
        """
        once = f"trouble:{word}:{it.id}"
        unit.submit(f"client:{it.client_id}", once, "payment.trouble", payment=it.id, word=word, what=what)

    async def undispute(self, unit: Unit, payment_id: int) -> Payment | None:
        """People have found that no money of this attempt is left with us: it counts as a link that was not paid. None: known already."""
        known = await self.by_id(unit, payment_id)
        if known is None:
            return None
        over = replace(known, state=State.CANCELED, reason=UNPAID)
        return over if await self._turn(unit, over, State.DISPUTED, State.CANCELED, None) else None

    # -- money back ---------------------------------------------------------------------------------------------------

    async def refund(self, unit: Unit, paid: Payment, description: str) -> None:
        """Return the whole sum (F2)."""
        if not await self._turn(unit, paid, State.SUCCEEDED, State.REFUNDING, None):
            return
        context = {"payment": paid.id}
        body = {
            "op": "refund",
            "key": f"refund-{paid.key}",
            "charge_id": paid.charge_id,
            "amount": written(paid.amount),
            "description": description,
            "answer": "refund.seen",
            "context": context,
            "on_dead": {"type": "refund.unmade", **context},
        }
        unit.send(Parcel(f"refund:{paid.id}", "provider", body, lane=f"client:{paid.client_id}"))

    async def returned(self, unit: Unit, facts: dict[str, Any]) -> Payment | None:
        """The provider's word on a refund. The payment, once its money is back, or will not be: then it stays `REFUNDING`, and people have
        to look; until either we ask again.
        """
        known = await self.by_id(unit, facts["payment"])
        if known is None or known.state is not State.REFUNDING:
            return None
        if facts["status"] == "canceled":
            log.error("refund_canceled", payment=known.id, reason=facts["reason"])
            return known
        if facts["status"] != "succeeded":
            self._watch_refund(unit, known, facts)
            return None
        done = await self._turn(unit, known, State.REFUNDING, State.REFUNDED, facts["id"])
        return replace(known, state=State.REFUNDED) if done else None

    def ask_refund(self, unit: Unit, facts: dict[str, Any]) -> None:
        """It is time to ask how a refund goes."""
        body = {
            "op": "refund_by",
            "id": facts["refund"],
            "answer": "refund.seen",
            "context": {"payment": facts["payment"], "looks": facts["looks"]},
        }
        unit.send(Parcel(f"refund:{facts['refund']}:{facts['looks']}", "provider", body, lane=unit.event.lane))

    def _watch_refund(self, unit: Unit, known: Payment, facts: dict[str, Any]) -> None:
        looks = int(facts.get("looks", 0)) + 1
        unit.submit(
            f"client:{known.client_id}",
            f"refund:{known.id}:{looks}",
            "refund.look",
            due=unit.now + REFUND_PAUSE,
            payment=known.id,
            refund=facts["id"],
            looks=looks,
        )

    # -- rows and parcels ---------------------------------------------------------------------------------------------

    def _ask(self, unit: Unit, known: Payment, once: str) -> None:
        body = {"op": "charge", "id": known.charge_id, "answer": "payment.seen", "context": {"payment": known.id}}
        unit.send(Parcel(once, "provider", body, lane=f"client:{known.client_id}"))

    def _find(self, unit: Unit, known: Payment) -> None:
        body = {
            "op": "find",
            "reference": known.key,
            "since": known.created_at.isoformat(),
            "answer": "payment.found",
            "context": {"payment": known.id},
        }
        unit.send(Parcel(f"find:{known.id}", "provider", body, lane=f"client:{known.client_id}"))

    def _watch(self, unit: Unit, known: Payment) -> None:
        due: datetime = unit.now + pause_before_look(known.looks)
        unit.submit(
            f"client:{known.client_id}", f"look:{known.id}:{known.looks}", "payment.look", due=due, payment=known.id
        )

    async def _turn(self, unit: Unit, known: Payment, before: State, after: State, refund: str | None) -> bool:
        return bool(
            await sql.RETURN.run(
                unit, row=known.id, before=before, state=after, refund=refund, reason=known.reason or None
            )
        )

    async def _store(self, unit: Unit, before: Payment, after: Payment) -> None:
        link = self._vault.seal("payment.link", before.key, after.link) if after.link else None
        await sql.SEEN.run(
            unit,
            row=before.id,
            before=before.state,
            state=after.state,
            charge=after.charge_id or None,
            link=link,
            reason=after.reason or None,
            closed=after.closed_at,
        )

    def _open(self, row: tuple[Any, ...]) -> Payment:
        number, kind, subject, part, client, account, key, amount, state, charge, link, reason, looks, *times = row
        created, closed = times
        return Payment(
            number,
            Purpose(Kind(kind), subject, part),
            client,
            account,
            key,
            roubles(amount),
            State(state),
            charge or "",
            self._vault.text("payment.link", key, link) if link else "",
            reason or "",
            looks,
            created,
            closed,
        )


def named(purpose: Purpose) -> dict[str, Any]:
    """As the statements name it."""
    return {"kind": purpose.kind, "subject": purpose.row, "part": purpose.part}
