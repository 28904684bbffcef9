"""Everything that leaves but by Telegram: to the core, the provider, by SMS, mail, out of the store. One that is down holds no other.

A parcel's `on_sent` and `on_dead` are facts for its lane: what became of it comes back as an event, so that a step can tell the
person. Answers with content (a page of the core's list, an application, a payment) come back the same way. To `on_dead` is added
why: `code` ("expired" when it was too late to send it) with `errors` of the core or `words` of the provider.

Parcels of the core: `{"op": "list", …}`, `{"op": "ask", …}`, and about an application, by `services.ports.core.Deed`,
`{"op": "application" | "acceptance" | "cancellation" | "payment", "number", "body"}`; with `answer` the application comes back as
`{"type": answer, "resource": …, **context}`. The notice of a claim, what staff decide about it, a wish for a quote, and money for an
instalment or a deductible are the same with the ops `claim`, `status`, `quote`, `instalment`, `deductible`. A client's file goes by
`{"op": "claim-file" | "application-file", "number", "file": {"sha256", "name", "mimeType", "slot"}}`. Those of the provider: `bot.cashier`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

import structlog

from bot.cashier import Cashier
from bot.delivery import Hub, pause_after
from bot.in_hand import InHand
from bot.metrics import PARCELS
from bot.papers import Papers
from bot.shelf import Shelf
from services.db.pipe import Marks, ParcelRow, Parked, Sent, Settled
from services.ports.core import CoreRefused, CoreTrouble, Handed, InsurerCore, Owner
from services.ports.files import FileLost, Files, FilesTrouble
from services.ports.mail import Attachment, Mailer, MailRefused, MailTrouble
from services.ports.payments import PaymentProvider, ProviderRefused, ProviderTrouble
from services.ports.sms import SmsGateway, SmsRefused, SmsTrouble

log = structlog.get_logger("courier")

AT_ONCE = 4
"""Calls in flight per channel."""
LONGEST = 900.0
"""Seconds a neighbour may ask us to wait before the next attempt."""

Carry = Callable[[ParcelRow, dict[str, Any]], Awaitable[dict[str, Any] | None]]


class Courier:
    """`give_parcel` starts a call; `aclose` waits for those in flight."""

    def __init__(
        self,
        hub: Hub,
        core: InsurerCore,
        provider: PaymentProvider,
        sms: SmsGateway,
        mail: Mailer | None,
        files: Files,
        papers: Papers,
        shelf: Shelf,
    ) -> None:
        self._hub, self._files, self._papers, self._shelf = hub, files, papers, shelf
        self._core, self._cashier, self._sms, self._mail = core, Cashier(provider), sms, mail
        self._carry: Mapping[str, Carry] = {
            "core": self._to_core,
            "provider": self._to_provider,
            "sms": self._by_sms,
            "mail": self._by_mail,
            "shelf": self._from_shelf,
        }
        self._gates = {channel: asyncio.Semaphore(AT_ONCE) for channel in self._carry}
        self._in_hand = InHand(self._deliver, self._later)

    @property
    def busy(self) -> int:
        """Parcels in hand."""
        return len(self._in_hand)

    def give_parcel(self, row: ParcelRow, body: dict[str, Any]) -> None:
        """Carry a parcel; one in hand already is ignored."""
        self._in_hand.take(row, body)

    async def aclose(self) -> None:
        """What is in flight ends."""
        await self._in_hand.aclose()

    async def _deliver(self, row: ParcelRow, body: dict[str, Any]) -> None:
        async with self._gates[row.channel]:
            await self._one(row, body)

    async def _one(self, row: ParcelRow, body: dict[str, Any]) -> None:
        if row.expires_at is not None and row.expires_at < time.time():
            return await self._end(row, Sent.STOPPED, "expired", _dead(body, {"code": "expired"}))
        if row.at_most_once:
            await self._hub.marked(Marks(settled=[Settled(row.id, Sent.SENDING, None)]))
        try:
            answer = await self._carry[row.channel](row, body)
        except (CoreTrouble, ProviderTrouble, SmsTrouble, MailTrouble, FilesTrouble) as trouble:
            if row.at_most_once:
                return await self._end(row, Sent.UNKNOWN, str(trouble), body.get("on_dead"))
            return self._later(row, str(trouble), getattr(trouble, "retry_after", None))
        except (CoreRefused, ProviderRefused, SmsRefused, MailRefused, FileLost) as refused:
            log.error("parcel_dead", parcel=row.id, channel=row.channel, words=str(refused))
            return await self._end(row, Sent.DEAD, str(refused), _dead(body, _why(refused)))
        return await self._end(row, Sent.SENT, None, answer or body.get("on_sent"))

    def _later(self, row: ParcelRow, words: str, retry_after: float | None = None) -> None:
        PARCELS.labels(row.channel, "later").inc()
        until = time.time() + min(retry_after or pause_after(row.attempts), LONGEST)
        self._hub.mark(Marks(parked=[Parked("outbox", row.id, until, words)]))

    async def _end(self, row: ParcelRow, state: Sent, words: str | None, facts: dict[str, Any] | None) -> None:
        """Tell the lane first: if the process dies in between, the parcel goes again and the event is known already."""
        PARCELS.labels(row.channel, state.name.lower()).inc()
        if facts:
            await self._hub.report("outbox", f"{row.dedup}:{state.name}", row.lane, facts)
        self._hub.mark(Marks(settled=[Settled(row.id, state, words)]))

    async def _to_core(self, row: ParcelRow, body: dict[str, Any]) -> dict[str, Any] | None:
        if body["op"] == "list":
            page = await self._core.page(body["listing"], body["cursor"])
            return {
                "type": "core.page",
                "run": body["run"],
                "listing": body["listing"],
                "items": page.items,
                "next": page.following,
            }
        if body["op"] == "ask":
            asked_at = datetime.fromisoformat(body["asked_at"])
            await self._core.ask(body["number"], body["client_id"], body["screen"], body["text"], asked_at)
            return None
        if "file" in body:
            file = body["file"]
            content = await self._files.open(file["sha256"])
            owner: Owner = "claim" if body["op"] == "claim-file" else "application"
            handed = Handed(file["sha256"], file["name"], file["mimeType"], file["slot"], content)
            await self._core.hand_over(owner, body["number"], handed)
            return None
        resource = await self._core.put(body["op"], body["number"], body["body"])
        return {**body.get("context", {}), "type": body["answer"], "resource": resource} if "answer" in body else None

    async def _to_provider(self, row: ParcelRow, body: dict[str, Any]) -> dict[str, Any]:
        return await self._cashier.call(body)

    async def _by_sms(self, row: ParcelRow, body: dict[str, Any]) -> None:
        await self._sms.send(body["phone"], body["text"], row.id)

    async def _from_shelf(self, row: ParcelRow, body: dict[str, Any]) -> None:
        await self._shelf.drop(body["sha256"])

    async def _by_mail(self, row: ParcelRow, body: dict[str, Any]) -> None:
        if self._mail is None:
            raise MailRefused("mail is not set up")
        attachment = None
        if document := body.get("document"):
            content = await self._papers.content(document)
            attachment = Attachment(document["file_name"], document["mime_type"], content)
        await self._mail.send(body["to"], body["subject"], body["text"], attachment, row.dedup.replace(":", "."))


def _dead(body: dict[str, Any], why: dict[str, Any]) -> dict[str, Any] | None:
    """The facts of a parcel that will never arrive, if somebody has to hear of it."""
    failed: dict[str, Any] | None = body.get("on_dead")
    return {**why, **failed} if failed else None


def _why(refused: Exception) -> dict[str, Any]:
    match refused:
        case CoreRefused():
            return {"code": refused.code, "errors": refused.errors}
        case ProviderRefused():
            return {"code": refused.code, "words": refused.words}
        case FileLost():
            return {"code": "gone"}
    return {}
