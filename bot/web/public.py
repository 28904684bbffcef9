"""The public listener: Telegram's webhook, the core's signed events, the provider's notifications, receipts. Nothing else."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.intake import BODY_LIMIT, Inbox, Webhook
from bot.lanes import NotStored
from bot.metrics import REFUSED_WEBHOOKS
from bot.web.payments import NOTIFICATIONS, Notifications
from bot.web.receipts import VERIFY, Receipts
from services.clock import Clock
from services.db.pipe import Event

SKEW = 300.0
"""Seconds a signed event may be older or newer than our clock."""
CORE_EVENTS = "/core/events"


class CoreEvents:
    """Signed by HMAC-SHA256 over `timestamp.body`; the keys are known by id, so that one can be changed while the other still signs."""

    def __init__(self, inbox: Inbox, keys: Mapping[str, bytes], clock: Clock) -> None:
        self._inbox, self._keys, self._clock = inbox, keys, clock

    async def handle(self, request: web.Request) -> web.Response:
        """One delivery of the core's."""
        try:
            raw = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=413)
        if not self._signed(request, raw):
            REFUSED_WEBHOOKS.labels("core_signature").inc()
            return web.Response(status=401)
        event = core_event(raw)
        if event is None:
            REFUSED_WEBHOOKS.labels("core_body").inc()
            return web.json_response({"error": "id, type and resource are needed"}, status=422)
        try:
            await self._inbox.submit(event)
        except NotStored:
            return web.Response(status=503, headers={"Retry-After": "1"})
        return web.json_response({})

    def _signed(self, request: web.Request, raw: bytes) -> bool:
        headers = request.headers
        stamp, key = headers.get("X-Cabinet-Timestamp", ""), self._keys.get(headers.get("X-Cabinet-Key-Id", ""))
        if (
            key is None
            or not (stamp.isascii() and stamp.isdigit())
            or abs(float(stamp[:12]) - self._clock.time()) > SKEW
        ):
            return False
        right = "v1=" + hmac.new(key, stamp.encode() + b"." + raw, hashlib.sha256).hexdigest()
        given = headers.get("X-Cabinet-Signature", "").encode("utf-8", "surrogateescape")
        return hmac.compare_digest(given, right.encode())


def core_event(raw: bytes) -> Event | None:
    """The event of a signed body: in the client's lane, or in that of the question a stranger has asked."""
    try:
        body: dict[str, Any] = json.loads(raw)
        resource = body["resource"]
        client = resource.get("customerId")
        lane = f"client:{client}" if client else f"question:{resource['number']}"
        int(resource["version"])
        return Event(
            "core", str(body["id"]), lane, json.dumps({"type": str(body["type"]), "resource": resource}).encode()
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        return None


def public_app(
    webhook_path: str, webhook: Webhook, core: CoreEvents, payments: Notifications, receipts: Receipts
) -> web.Application:
    """`webhook_path` empty: polling, and no path for Telegram."""
    app = web.Application(client_max_size=BODY_LIMIT)
    if webhook_path:
        app.router.add_post(webhook_path, webhook.handle)
    app.router.add_post(CORE_EVENTS, core.handle)
    app.router.add_post(NOTIFICATIONS, payments.handle)
    app.router.add_get(VERIFY, receipts.handle)
    return app
