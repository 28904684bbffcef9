"""What tests of payments are made of: a wish, YooKassa's answers, and a server that says what it is told to."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from services.adapters.yookassa import Fiscal, YooKassa
from services.adapters.yookassa_answers import Links
from services.ports.payments import Wanted

ID = "23d93cac-000f-5000-8000-126628f15141"
REFUND_ID = "216749f7-0016-50be-b000-078d43a63ae4"
LINK = f"https://yoomoney.ru/api-pages/v2/payment-confirm/epl?orderId={ID}"
FISCAL = Fiscal(1, 1, "service", "full_prepayment")
LINKS = Links(("yoomoney.ru", "yookassa.ru"))
WANTED = Wanted(
    "01J-reference",
    Decimal("7432.18"),
    "ОСАГО ХХХ 0123456789, продление",
    "https://t.me/cabinet_bot?start=pay_01J",
    "irina@pochta.example",
    "+79070000001",
)


def payment(**changed: Any) -> dict[str, Any]:
    """A payment in YooKassa's words."""
    return {
        "id": ID,
        "status": "pending",
        "paid": False,
        "amount": {"value": "7432.18", "currency": "RUB"},
        "confirmation": {"type": "redirect", "confirmation_url": LINK},
        "created_at": "2026-11-21T14:30:45.129Z",
        "description": WANTED.description,
        "metadata": {"payment_ref": WANTED.reference},
        "recipient": {"account_id": "100500", "gateway_id": "100700"},
        "refundable": False,
        "test": True,
        **changed,
    }


def refund(**changed: Any) -> dict[str, Any]:
    """A refund in YooKassa's words."""
    return {
        "id": REFUND_ID,
        "payment_id": ID,
        "status": "succeeded",
        "created_at": "2026-11-21T15:30:45.129Z",
        "amount": {"value": "7432.18", "currency": "RUB"},
        **changed,
    }


def error(code: str, **more: Any) -> dict[str, Any]:
    """YooKassa's refusal."""
    return {"type": "error", "id": "ab5a11cd-13cc-4e33-af8b-75a74e18dd09", "code": code, "description": "No.", **more}


@dataclass
class Asked:
    """A request as the server saw it."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any


Reply = Callable[[web.Request], Any]


def reply(body: Any, status: int = 200, **headers: str) -> Reply:
    """An answer of JSON, or of bytes as they are."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return lambda _: web.Response(body=raw, status=status, headers={"Content-Type": "application/json", **headers})


async def hang(_: web.Request) -> web.Response:
    """Never answers."""
    await asyncio.Event().wait()
    raise AssertionError


def reset(request: web.Request) -> web.Response:
    """Cuts the connection."""
    assert request.transport
    request.transport.abort()
    return web.Response()


async def half(request: web.Request) -> web.StreamResponse:
    """Promises more than it says, then hangs."""
    started = web.StreamResponse(headers={"Content-Length": "1000"})
    await started.prepare(request)
    await started.write(b'{"id": "')
    return await hang(request)


@dataclass
class Script:
    """A provider that answers as told, the last answer for ever; `asked` is what it was asked."""

    provider: YooKassa
    url: str
    replies: list[Reply] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        raw = await request.read()
        body = json.loads(raw) if raw else None
        self.asked.append(Asked(request.method, str(request.rel_url), dict(request.headers), body))
        answer = (self.replies.pop(0) if len(self.replies) > 1 else self.replies[0])(request)
        said: web.StreamResponse = await answer if asyncio.iscoroutine(answer) else answer
        return said


def adapter(url: str, http: aiohttp.ClientSession, seconds: float = 5.0, key: str = "test_PLAYGROUND") -> YooKassa:
    """The adapter with a patience of its own."""
    return YooKassa(url, "100500", key, LINKS, FISCAL, http, aiohttp.ClientTimeout(total=seconds))


@asynccontextmanager
async def scripted(*replies: Reply, seconds: float = 5.0) -> AsyncIterator[Script]:
    """The adapter before such a server."""
    app = web.Application()
    script: list[Script] = []

    async def handle(request: web.Request) -> web.StreamResponse:
        return await script[0].handle(request)

    app.router.add_route("*", "/v3/{tail:.*}", handle)
    async with TestServer(app, shutdown_timeout=0.1) as server, aiohttp.ClientSession() as http:
        url = str(server.make_url("/v3"))
        script.append(Script(adapter(url, http, seconds), url, list(replies)))
        yield script[0]
