"""The provider's API: who asks, is it asked twice, does it fit the schema, and then the shop does it."""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from collections.abc import Callable, Iterable
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from playground.provider.once import HEADER, Once
from playground.provider.records import REFUND_REASONS, REFUND_STATUSES, SHOP, STATUSES, Payment, Refund
from playground.provider.refused import Refused
from playground.provider.requests import Capture, NewPayment, NewRefund, Query, read
from playground.provider.shop import Shop
from playground.provider.troubles import ORDER

KEY = "test_PLAYGROUND"
_METHODS = ["bank_card", "sbp", "yoo_money"]


class Api:
    """YooKassa's v3, as far as a shop that sells needs it."""

    def __init__(self, shop: Shop, once: Once) -> None:
        self._shop, self._once = shop, once

    def routes(self) -> list[web.RouteDef]:
        """Below `/provider/v3`."""
        return [
            web.post("/payments", self._create),
            web.get("/payments", self._payments),
            web.get("/payments/{id}", self._payment),
            web.post("/payments/{id}/capture", self._capture),
            web.post("/payments/{id}/cancel", self._cancel),
            web.post("/refunds", self._give_back),
            web.get("/refunds", self._refunds),
            web.get("/refunds/{id}", self._refund),
            web.get("/me", self._me),
        ]

    async def _create(self, request: web.Request) -> web.Response:
        def work(body: Any) -> Payment:
            wanted = read(NewPayment, body)
            if wanted.save_payment_method:
                raise Refused(403, "Forbidden to save payment method")
            return self._shop.create(wanted)

        return await self._do_once(request, work)

    async def _capture(self, request: web.Request) -> web.Response:
        def work(body: Any) -> Payment:
            amount = read(Capture, body).amount
            return self._shop.capture(self._shop.payment(request.match_info["id"]), amount)

        return await self._do_once(request, work)

    async def _cancel(self, request: web.Request) -> web.Response:
        def work(body: Any) -> Payment:
            return self._shop.cancel(self._shop.payment(request.match_info["id"]))

        return await self._do_once(request, work)

    async def _give_back(self, request: web.Request) -> web.Response:
        order = request.get(ORDER, "succeeded")
        status = order if order in ("pending", *REFUND_REASONS) else "succeeded"
        return await self._do_once(request, lambda body: self._shop.give_back(read(NewRefund, body), status))

    async def _payment(self, request: web.Request) -> web.Response:
        self._shop.expire()
        return web.json_response(self._shop.payment(request.match_info["id"]).wire())

    async def _refund(self, request: web.Request) -> web.Response:
        return web.json_response(self._shop.refund(request.match_info["id"]).wire())

    async def _payments(self, request: web.Request) -> web.Response:
        self._shop.expire()
        query = Query(request.query, STATUSES, ("created_at", "captured_at"))
        return _page(query, (payment.wire() for payment in reversed(self._shop.payments.values())))

    async def _refunds(self, request: web.Request) -> web.Response:
        query = Query(request.query, REFUND_STATUSES, ("created_at",))
        return _page(query, (refund.wire() for refund in reversed(self._shop.refunds.values())))

    async def _me(self, request: web.Request) -> web.Response:
        return web.json_response(
            {
                "account_id": SHOP,
                "test": True,
                "fiscalization_enabled": True,
                "fiscalization": {"enabled": True, "provider": "avanpost"},
                "payment_methods": _METHODS,
                "status": "enabled",
            }
        )

    async def _do_once(self, request: web.Request, work: Callable[[Any], Payment | Refund]) -> web.Response:
        raw = await request.read()
        try:
            body = json.loads(raw) if raw.strip() else {}
        except ValueError as error:
            raise Refused(400, "Failed to parse request body") from error
        self._shop.expire()
        what = f"{request.method} {request.path}"
        key = request.headers.get(HEADER)
        return web.json_response(self._once.do(key, what, body, lambda: work(body).wire()))


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Basic authentication with the shop's number and its secret key; a body must be JSON (415)."""
    kind, _, words = request.headers.get("Authorization", "").partition(" ")
    if not kind:
        raise Refused(401, "Authorization header not found")
    try:
        if kind.lower() != "basic":
            raise ValueError
        login = base64.b64decode(words, validate=True).decode()
    except (ValueError, binascii.Error) as error:
        raise Refused(401, "Authorization header has illegal format") from error
    if not hmac.compare_digest(login.encode(), f"{SHOP}:{KEY}".encode()):
        raise Refused(401, "Basic authentication failed")
    if request.method == "POST" and request.can_read_body and request.content_type != "application/json":
        raise Refused(415, "Unsupported Media Type")
    return await handler(request)


def _page(query: Query, wires: Iterable[dict[str, Any]]) -> web.Response:
    """One page of a list, newest first; the cursor is the id the next page begins with."""
    items: list[dict[str, Any]] = []
    begun = query.cursor is None
    cursor = None
    for wire in wires:
        begun = begun or wire["id"] == query.cursor
        if not begun or not query.takes(wire):
            continue
        if len(items) == query.limit:
            cursor = wire["id"]
            break
        items.append(wire)
    if not begun:
        raise Refused(400, parameter="cursor")
    body = {"type": "list", "items": items}
    return web.json_response(body | ({"next_cursor": cursor} if cursor else {}))
