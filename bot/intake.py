"""Telegram's way in: webhook and polling, both into the same inbox. 200 means: it is stored, or no repeat could mend it.

aiogram's own handlers answer before the work is done (and lose it with the process), answer 500 to bodies a retry cannot mend, and
trust a forged address; hence this page.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from typing import Any, Protocol

import structlog
from aiohttp import web

from bot.lanes import NotStored
from bot.metrics import REFUSED_WEBHOOKS
from bot.telegram import TelegramApi, Verdict
from services.db.pipe import Event
from services.db.unit import Unit

log = structlog.get_logger("intake")

BODY_LIMIT = 1024 * 1024
TAP_PATIENCE = 1.0
"""Seconds a tap waits for its step before it is answered empty; the notice then goes on the screen."""
COMMIT_PATIENCE = 9.0
"""Seconds more that it waits for the commit of a step that has a notice: Telegram takes an answer for ten seconds at least."""
POLL_SECONDS = 25
SENDERS = ("message", "edited_message", "callback_query", "my_chat_member")
LARGEST_ID = 2**52
"""Telegram's ids fit the whole numbers of JavaScript."""


class Inbox(Protocol):
    """Where events go: `bot.lanes.Lanes`."""

    async def submit(self, event: Event) -> Unit | None: ...


def read_update(raw: bytes) -> dict[str, Any] | None:
    """The update as JSON, or None if it is not one."""
    try:
        update = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    number = update.get("update_id") if isinstance(update, dict) else None
    return update if isinstance(number, int) and not isinstance(number, bool) else None


def lane_of(update: dict[str, Any]) -> str | None:
    """A person's lane for what happens in their private chat; groups have lanes of their own. None for kinds nobody asked for."""
    for kind in SENDERS:
        if isinstance(said := update.get(kind), dict):
            place = said.get("message", {}) if kind == "callback_query" else said
            chat = place.get("chat", {}) if isinstance(place, dict) else {}
            if chat.get("type", "private") == "private" and isinstance(sender := said.get("from"), dict):
                return f"tg:{_id(sender)}"
            return f"group:{chat.get('id', 0)}"
    return None


def _id(sender: dict[str, Any]) -> int:
    number = int(sender["id"])
    if not 0 < number < LARGEST_ID:
        raise ValueError(number)
    return number


def event_of(raw: bytes) -> tuple[Event, dict[str, Any]] | None:
    """The event of an update; None for what is no update, or none of ours."""
    update = read_update(raw)
    if update is None:
        return None
    try:
        lane = lane_of(update)
        return (Event("tg", str(update["update_id"]), lane, raw), update) if lane else None
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return None


class Webhook:
    """`secret` is compared as bytes in constant time: a header may hold anything."""

    def __init__(self, inbox: Inbox, api: TelegramApi, secret: str) -> None:
        self._inbox, self._api, self._secret = inbox, api, secret.encode()

    async def handle(self, request: web.Request) -> web.Response:
        """One delivery of Telegram's."""
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "").encode("utf-8", "surrogateescape")
        if not self._secret or not hmac.compare_digest(given, self._secret):
            REFUSED_WEBHOOKS.labels("secret").inc()
            return web.Response(status=401)
        try:
            raw = await request.read()
        except web.HTTPRequestEntityTooLarge:
            REFUSED_WEBHOOKS.labels("size").inc()
            return web.Response()
        found = event_of(raw)
        if found is None:
            REFUSED_WEBHOOKS.labels("body").inc()
            return web.Response()
        try:
            answer = await take(self._inbox, self._api, *found)
        except NotStored:
            return web.Response(status=503, headers={"Retry-After": "1"})
        return web.json_response({"method": "answerCallbackQuery", **answer}) if answer else web.Response()


async def take(inbox: Inbox, api: TelegramApi, event: Event, update: dict[str, Any]) -> dict[str, Any] | None:
    """Store an update; of a tap, return its answer with the notice of its step. Raises NotStored.

    A step that has not run within a second: the tap is answered empty right away, so that the phone stops waiting. If it has run, only
    the commit is missing, and the answer with its notice may be late.
    """
    tap = update.get("callback_query")
    if not isinstance(tap, dict):
        await inbox.submit(event)
        return None
    answer = {"callback_query_id": tap.get("id")}
    stored = asyncio.ensure_future(inbox.submit(event))
    await asyncio.wait((stored,), timeout=TAP_PATIENCE)
    if event.noticed:
        await asyncio.wait((stored,), timeout=COMMIT_PATIENCE)
    if not stored.done():
        event.late = True
        await api.call("answerCallbackQuery", answer)
        await stored  # 200 waits for the commit all the same
        return None
    unit = stored.result()
    return answer | ({"text": unit.toast} if unit and unit.toast else {})


class Polling:
    """getUpdates for those without a public address. The offset moves after the commit, so nothing is lost by a crash."""

    def __init__(self, inbox: Inbox, api: TelegramApi, allowed: list[str]) -> None:
        self._inbox, self._api, self._allowed = inbox, api, allowed

    async def run(self) -> None:
        """For ever."""
        offset, pause = 0, 1.0
        await self._api.call("deleteWebhook", {})
        while True:
            wish = {"offset": offset, "timeout": POLL_SECONDS, "limit": 100, "allowed_updates": self._allowed}
            answer = await self._api.call("getUpdates", wish, seconds=POLL_SECONDS + 10)
            if answer.verdict is not Verdict.OK:
                log.warning("polling_refused", words=answer.words)
                await asyncio.sleep(answer.retry_after or pause)
                pause = min(pause * 2, 30.0)
                continue
            pause = 1.0
            try:
                await asyncio.gather(*(self._take(update) for update in answer.result))
            except NotStored:
                await asyncio.sleep(1.0)
                continue
            offset = max([offset, *(update["update_id"] + 1 for update in answer.result)])

    async def _take(self, update: dict[str, Any]) -> None:
        found = event_of(json.dumps(update, ensure_ascii=False).encode())
        if found is None:
            return
        if answer := await take(self._inbox, self._api, *found):
            await self._api.call("answerCallbackQuery", answer)
