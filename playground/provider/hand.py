"""The payer's and the provider's hand: what a person, a page or a script does with a payment, and the payer's page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from aiohttp import web

from playground.provider.notices import FORGER, SOURCE, Notices
from playground.provider.records import REASONS, REFUND_REASONS, Payment, Refund, moment, money, paid_with
from playground.provider.refused import Refused
from playground.provider.shop import Shop
from playground.refusal import NoError, body_of
from playground.world import World

PAYERS = ("bank_card", "sbp")
EVENTS = ("payment.waiting_for_capture", "payment.succeeded", "payment.canceled", "refund.succeeded")
_MOST = 100
_LONGEST_DELAY = 86_400
_PAGE = Path(__file__).parent.parent / "page" / "pay.html"
_OVER = {"succeeded": "it is paid", "waiting_for_capture": "it is paid and held", "canceled": "it is cancelled"}


class Hand:
    """Errors are the playground's own."""

    def __init__(self, world: World, shop: Shop, notices: Notices) -> None:
        self._world, self._shop, self._notices = world, shop, notices

    def routes(self) -> list[web.RouteDef]:
        """On the playground's main port."""
        return [
            web.get("/payments", self._all),
            web.get("/payments/{id}", self._one),
            web.post("/payments/{id}/succeed", self._succeed),
            web.post("/payments/{id}/cancel", self._cancel),
            web.post("/payments/{id}/notify", self._notify),
            web.post("/refunds/{id}/succeed", self._refund_succeed),
            web.post("/refunds/{id}/cancel", self._refund_cancel),
            web.get("/pay/{id}", self._page),
        ]

    async def _all(self, request: web.Request) -> web.Response:
        self._shop.expire()
        return web.json_response([self._seen(payment) for payment in self._shop.payments.values()])

    async def _one(self, request: web.Request) -> web.Response:
        self._shop.expire()
        return web.json_response(self._seen(self._payment(request)))

    async def _succeed(self, request: web.Request) -> web.Response:
        body = await body_of(request)
        payment = self._to_pay(request)
        method = body.get("method") or payment.chosen or "bank_card"
        allowed = _methods(payment)
        if method not in allowed:
            raise NoError(400, f"this payment is not paid by {method}", f"one of {', '.join(allowed)}")
        if amount := body.get("amount"):  # of another sum than was asked for
            payment = replace(payment, amount=str(amount))
        return web.json_response(self._seen(self._shop.pay(payment, method)))

    async def _cancel(self, request: web.Request) -> web.Response:
        body = await body_of(request)
        self._shop.expire()
        payment = self._payment(request)
        if not payment.open:
            raise NoError(409, _OVER[payment.status], "only a payment that waits can be cancelled")
        reason = _reason(body, REASONS, "general_decline")
        return web.json_response(self._seen(self._shop.stop(payment, reason)))

    async def _notify(self, request: web.Request) -> web.Response:
        body = await body_of(request)
        forged = bool(body.get("forged"))
        times, delay, lie = body.get("times", 1), body.get("delay", 0), body.get("object") or {}
        if not isinstance(times, int) or not 1 <= times <= _MOST:
            raise NoError(400, f'"times" is a number from 1 to {_MOST}', '{"event": "payment.succeeded", "times": 3}')
        if not isinstance(delay, int | float) or not 0 <= delay <= _LONGEST_DELAY:
            raise NoError(400, f'"delay" is a number of seconds up to {_LONGEST_DELAY}', '{"delay": 2.5}')
        if not isinstance(lie, dict):
            raise NoError(400, '"object" is a JSON object', '{"forged": true, "object": {"paid": true}}')
        if forged:
            event = body.get("event") or "payment.succeeded"
            about = self._forgery(request.match_info["id"], event) | lie
        else:
            event, about = _again(self._payment(request), body.get("event"))
        for _ in range(times):
            source = FORGER if forged else SOURCE
            self._notices.post(event, request.match_info["id"], about, source=source, delay=float(delay))
        return web.json_response({"event": event, "times": times, "forged": forged, "object": about})

    async def _refund_succeed(self, request: web.Request) -> web.Response:
        return web.json_response(self._shop.end_refund(self._pending_refund(request), None).wire())

    async def _refund_cancel(self, request: web.Request) -> web.Response:
        reason = _reason(await body_of(request), REFUND_REASONS, "general_decline")
        return web.json_response(self._shop.end_refund(self._pending_refund(request), reason).wire())

    async def _page(self, request: web.Request) -> web.Response:
        known = request.match_info["id"] in self._shop.payments
        return web.Response(
            status=200 if known else 404,
            body=_PAGE.read_bytes(),
            headers={"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"},
        )

    def _payment(self, request: web.Request) -> Payment:
        try:
            return self._shop.payment(request.match_info["id"])
        except Refused as no:
            raise NoError(404, "there is no such payment", "GET /payments lists them") from no

    def _to_pay(self, request: web.Request) -> Payment:
        self._shop.expire()
        payment = self._payment(request)
        if payment.status != "pending":
            raise NoError(409, _OVER[payment.status], "ask the bot for a new link")
        return payment

    def _pending_refund(self, request: web.Request) -> Refund:
        try:
            refund = self._shop.refund(request.match_info["id"])
        except Refused as no:
            raise NoError(404, "there is no such refund", "GET /payments lists them with their payments") from no
        if refund.status != "pending":
            raise NoError(409, f"the refund has ended already: {refund.status}")
        return refund

    def _seen(self, payment: Payment) -> dict[str, Any]:
        """The provider's JSON and what only this side of the table knows."""
        refunds = [refund.wire() for refund in self._shop.refunds.values() if refund.payment_id == payment.id]
        return payment.wire() | {
            "link": payment.link,
            "return_url": payment.return_url,
            "until": moment(payment.until),
            "now": moment(self._world.clock.time()),
            "methods": _methods(payment),
            "reasons": list(REASONS),
            "events": [happened["event"] for happened in payment.happened],
            "under_way": self._notices.waiting(payment.id),
            "refunds": refunds,
        }

    def _forgery(self, id_: str, event: Any) -> dict[str, Any]:
        """What a stranger would claim: the event, as if it had happened to this payment."""
        if event not in EVENTS:
            raise NoError(400, f"there is no event {event}", f"one of {', '.join(EVENTS)}")
        now = self._world.clock.time()
        real = self._shop.payments.get(id_) or Payment(id_, "1.00", now, now, captures=True, link="")
        if event == "refund.succeeded":
            return Refund(id_[:9] + "0016" + id_[13:], id_, real.amount, now, status="succeeded").wire()
        status = event.removeprefix("payment.")
        paid = paid_with("bank_card", id_, self._world.clock.now().year)
        claim = replace(real, status=status, method=paid, reason=None, captured=now)
        claim = replace(claim, reason="general_decline") if status == "canceled" else claim
        return claim.wire() | {"amount": money(real.amount)}


def _again(payment: Payment, event: Any) -> tuple[str, dict[str, Any]]:
    """The event as it was told the first time; the last one if nobody says which."""
    for happened in reversed(payment.happened):
        if event in (None, happened["event"]):
            return happened["event"], happened["object"]
    told = ", ".join(happened["event"] for happened in payment.happened) or "nothing yet"
    hint = f'happened: {told}; what has not happened can only be sent with "forged": true'
    raise NoError(409, f"{event or 'nothing'} has not happened to this payment", hint)


def _methods(payment: Payment) -> list[str]:
    """What the payer may pay with: the fast payment system knows no holds."""
    if payment.chosen is not None:
        return [payment.chosen]
    return [method for method in PAYERS if payment.captures or method != "sbp"]


def _reason(body: dict[str, Any], known: dict[str, str], default: str) -> str:
    reason = body.get("reason") or default
    if not isinstance(reason, str) or reason not in known:
        raise NoError(400, f"there is no reason {reason}", f"one of {', '.join(known)}")
    return reason
