"""Methods about updates: the long poll and the webhook."""

from __future__ import annotations

import re
import time
from typing import Any

from playground.telegram import links
from playground.telegram.hub import Answer, Call
from playground.telegram.model import Webhook
from playground.telegram.refusals import Refusal, bad

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PORTS = (None, 80, 88, 443, 8443)


async def get_updates(call: Call) -> Any:
    """The next updates; see `polling`."""
    params = call.params
    _remember_allowed(call)
    return await call.hub.polls.get(
        call.bot, params.integer("offset"), params.integer("limit", 100), params.integer("timeout")
    )


async def set_webhook(call: Call) -> Any:
    """Where updates go from now on. Loopback addresses are taken over plain http and on any port."""
    url = call.params.text("url").strip()
    if not url:
        return await delete_webhook(call)
    _check_url(url)
    secret = call.params.text("secret_token")
    if len(secret) > 256:
        raise bad("secret token is too long")
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]+", secret):
        raise bad("secret token contains unallowed characters")
    _remember_allowed(call)
    if call.params.flag("drop_pending_updates"):
        call.hub.updates.drop_all(call.bot)
    bot = call.bot
    connections = min(max(call.params.integer("max_connections", 40), 1), 100)
    known = bot.webhook
    if known and (known.url, known.secret, known.max_connections) == (url, secret, connections):
        return Answer(result=True, description="Webhook is already set")
    _not_too_often(call)
    bot.webhook = Webhook(url=url, secret=secret, max_connections=connections)
    call.memory.keep_bot(bot)
    call.hub.polls.interrupt(bot)
    call.hub.deliveries.restart(bot)
    return Answer(result=True, description="Webhook was set")


async def delete_webhook(call: Call) -> Any:
    """Back to getUpdates."""
    bot = call.bot
    if call.params.flag("drop_pending_updates"):
        call.hub.updates.drop_all(bot)
    if bot.webhook is None:
        return Answer(result=True, description="Webhook is already deleted")
    bot.webhook = None
    call.memory.keep_bot(bot)
    call.hub.deliveries.stop(bot)
    return Answer(result=True, description="Webhook was deleted")


async def get_webhook_info(call: Call) -> Any:
    """Where updates go, how many wait, what went wrong last."""
    bot = call.bot
    hook = bot.webhook
    info: dict[str, Any] = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": call.hub.undelivered(bot),
    }
    if hook is not None:
        info |= {"ip_address": "127.0.0.1", "max_connections": hook.max_connections}
        if hook.last_error_date is not None:
            info |= {"last_error_date": hook.last_error_date, "last_error_message": hook.last_error_message}
    if bot.allowed_updates:
        info["allowed_updates"] = bot.allowed_updates
    return info


def _remember_allowed(call: Call) -> None:
    """`allowed_updates` lasts until the next call that names it; what cannot be read changes nothing."""
    try:
        value = call.params.json("allowed_updates", "allowed updates")
    except Refusal:
        return
    if isinstance(value, list):
        call.bot.allowed_updates = [str(kind) for kind in value] or None
        call.memory.keep_bot(call.bot)


def _check_url(url: str) -> None:
    try:
        parts = links.split(url if "://" in url else f"https://{url}")
        host, port = parts.hostname or "", parts.port
    except links.BadLinkError as error:
        raise bad(f"bad webhook: {error}") from error
    except ValueError as error:
        raise bad("bad webhook: Wrong port number specified in the URL") from error
    if host in _LOOPBACK:
        return
    if parts.scheme != "https":
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in _PORTS:
        raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _not_too_often(call: Call) -> None:
    """More than one change a second is refused with a pause of one second."""
    now, times = time.monotonic(), call.hub.webhooks_set
    if now - times.get(call.bot.id, -60.0) < 1:
        raise Refusal(429, "Too Many Requests: retry after 1", retry_after=1)
    times[call.bot.id] = now


METHODS = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
