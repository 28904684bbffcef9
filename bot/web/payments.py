"""Notifications of the payment provider: hints that something has changed. The truth is asked of the provider itself.

They are not signed, so nothing of a body is believed but which payment to ask about. The secret in the path and the source network
only keep noise out.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import structlog
from aiohttp import web

from bot.intake import Inbox
from bot.lanes import NotStored
from bot.metrics import REFUSED_WEBHOOKS
from services.db.pipe import Event

log = structlog.get_logger("payments")

NOTIFICATIONS = "/yookassa/{secret}"
LARGEST = 64 * 1024
"""Bytes of a notification: a real one has about two thousand."""
KINDS = ("payment.waiting_for_capture", "payment.succeeded", "payment.canceled", "refund.succeeded")
IDENTITY = re.compile(r"[0-9A-Za-z-]{1,64}")

Networks = Sequence[IPv4Network | IPv6Network]


class Notifications:
    """`networks` empty: from anywhere. Of `X-Forwarded-For` only what `proxies` have written is read."""

    def __init__(self, inbox: Inbox, secret: str, networks: Networks, proxies: Networks) -> None:
        self._inbox, self._secret = inbox, secret.encode()
        self._networks, self._proxies = networks, proxies

    async def handle(self, request: web.Request) -> web.Response:
        """One delivery. 200: stored, or no repeat could mend it; 503: the provider repeats it for a day."""
        given = request.match_info["secret"].encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return _refused("pay_secret", 404)
        source = source_of(request.remote or "", request.headers.getall("X-Forwarded-For", []), self._proxies)
        if self._networks and not (source and _among(source, self._networks)):
            log.warning("notification_from_elsewhere", source=str(source))
            return _refused("pay_network", 403)
        try:
            raw = await request.clone(client_max_size=LARGEST).read()
        except web.HTTPRequestEntityTooLarge:
            return _refused("pay_size", 413)
        event = hint_of(raw)
        if event is None:
            return _refused("pay_body", 200)
        try:
            await self._inbox.submit(event)
        except NotStored:
            return web.Response(status=503, headers={"Retry-After": "1"})
        return web.Response()


def hint_of(raw: bytes) -> Event | None:
    """The event of a notification; None for what is none, or is about something we never asked for."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    match body:
        case {"type": "notification", "event": str(kind), "object": {"id": str(number)}}:
            if kind in KINDS and IDENTITY.fullmatch(number):
                facts = {"type": "payment.hint", "provider_id": number, "event": kind}
                return Event("pay", f"{number}:{kind}", f"pay:{number}", json.dumps(facts).encode())
    return None


def source_of(peer: str, forwarded: Sequence[str], proxies: Networks) -> IPv4Address | IPv6Address | None:
    """Who sent a request: the nearest hop that is no proxy of ours. What stands further left anybody could have written."""
    hops = [hop.strip() for line in forwarded for hop in line.split(",")]
    source = _address(peer)
    while source and hops and _among(source, proxies):
        source = _address(hops.pop())
    return source


def _address(said: str) -> IPv4Address | IPv6Address | None:
    """An address as a socket or a proxy writes it: maybe in brackets, with a port, or IPv4 inside of IPv6."""
    if said.count(":") == 1 or said.startswith("["):
        said = said.rpartition("]")[0].lstrip("[") if said.startswith("[") else said.partition(":")[0]
    try:
        address = ip_address(said)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _among(address: IPv4Address | IPv6Address, networks: Networks) -> bool:
    return any(address in network for network in networks)


def _refused(reason: str, status: int) -> web.Response:
    REFUSED_WEBHOOKS.labels(reason).inc()
    return web.Response(status=status)
