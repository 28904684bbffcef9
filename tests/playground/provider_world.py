"""A playground without a bot, a shop that asks its provider over HTTP, and a cabinet that takes the provider's notifications."""

from __future__ import annotations

import asyncio
import uuid
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from playground import keys
from tests.playground.insurer import serving, share_press
from tests.playground.telegram_world import Playground, playground

LOGIN = {"Authorization": aiohttp.encode_basic_auth("100500", "test_PLAYGROUND")}
WANTED: dict[str, Any] = {
    "amount": {"value": "7432.18", "currency": "RUB"},
    "capture": True,
    "confirmation": {"type": "redirect", "return_url": "https://t.me/tihaya_gavan_bot?start=pay_01J"},
    "description": "ОСАГО ХХХ 0123456789, продление",
    "metadata": {"payment_ref": "01J", "kind": "prolongation"},
    "merchant_customer_id": "cust-8f2c",
    "receipt": {
        "customer": {"email": "a@b.ru", "phone": "79000000000"},
        "tax_system_code": 1,
        "items": [
            {
                "description": "Страховая премия по договору ОСАГО",
                "quantity": "1.000",
                "amount": {"value": "7432.18", "currency": "RUB"},
                "vat_code": 1,
                "payment_mode": "full_prepayment",
                "payment_subject": "service",
            }
        ],
    },
}
HELD = {name: value for name, value in WANTED.items() if name != "capture"}


class Cabinet:
    """Takes notifications: answers with the statuses it was told to, then 200; all that came is kept, in its order."""

    def __init__(self) -> None:
        self.statuses: deque[int] = deque()
        self.got: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self._came = asyncio.Condition()
        self._gate = asyncio.Event()
        self._gate.set()

    def hold(self) -> asyncio.Event:
        """From now on it answers only when this is set."""
        self._gate = asyncio.Event()
        return self._gate

    async def take(self, request: web.Request) -> web.Response:
        async with self._came:
            self.got.append(await request.json())
            self.headers.append(dict(request.headers))
            self._came.notify_all()
        await self._gate.wait()
        return web.Response(status=self.statuses.popleft() if self.statuses else 200)

    async def until(self, count: int) -> list[dict[str, Any]]:
        """The first `count` notifications, once they are there."""
        async with asyncio.timeout(20), self._came:
            await self._came.wait_for(lambda: len(self.got) >= count)
        return self.got[:count]

    @property
    def events(self) -> list[str]:
        return [notification["event"] for notification in self.got]


class Shop:
    """`world` is the playground, `cabinet` what listens on the bot's port."""

    def __init__(self, world: Playground, cabinet: Cabinet) -> None:
        self.world, self.cabinet = world, cabinet
        self.url = f"{world.running.url}/provider/v3"

    async def ask(
        self, method: str, path: str, body: Any = None, key: str | None = None, **options: Any
    ) -> tuple[int, Any]:
        """Status and JSON. A POST has a fresh key unless one is given."""
        headers = {"Idempotence-Key": str(uuid.uuid4()) if key is None else key} if method == "POST" else {}
        options = {"headers": LOGIN | headers, "json": body} | options
        async with self.world.http.request(method, self.url + path, **options) as answer:
            return answer.status, await answer.json()

    async def post(self, path: str, body: Any = None, key: str | None = None) -> Any:
        """A POST that must be done."""
        status, answer = await self.ask("POST", path, body, key)
        assert status == 200, answer
        return answer

    async def get(self, path: str, **query: str) -> Any:
        """A GET that must be answered."""
        status, answer = await self.ask("GET", path, params=query)
        assert status == 200, answer
        return answer

    async def refused(self, path: str, body: Any = None, key: str | None = None) -> tuple[int, str, str | None]:
        """A POST that must be refused: status, description, parameter."""
        status, answer = await self.ask("POST", path, body, key)
        assert answer["type"] == "error", answer
        assert str(uuid.UUID(answer["id"])) == answer["id"]
        assert answer.get("code") == {400: "invalid_request", 403: "forbidden", 404: "not_found"}.get(status)
        return status, answer["description"], answer.get("parameter")

    async def payment(self, body: dict[str, Any] = WANTED, key: str | None = None) -> Any:
        """A new payment."""
        return await self.post("/payments", body, key)

    async def hand(self, path: str, **body: Any) -> Any:
        """What the payer or the provider does; must work."""
        status, answer = await self.world.post(path, **body)
        assert status == 200, answer
        return answer

    async def paid(self, body: dict[str, Any] = WANTED, method: str = "bank_card") -> Any:
        """A payment that has been paid."""
        payment = await self.payment(body)
        return await self.hand(f"/payments/{payment['id']}/succeed", method=method)


@asynccontextmanager
async def shop(folder: Path, port: int | None = None, *, listening: bool = True) -> AsyncIterator[Shop]:
    """A world in `folder`; a second one there goes on where the first ended. Not `listening`: the cabinet is down."""
    share_press(folder)
    async with playground(folder, port) as world:
        made = Shop(world, Cabinet())
        if not listening:
            yield made
            return
        async with answering(made):
            yield made


@asynccontextmanager
async def answering(shop: Shop) -> AsyncIterator[None]:
    """The cabinet is up."""
    settings = shop.world.running.settings
    app = web.Application()
    app.add_routes([web.post(f"/yookassa/{keys.load(settings.data)['provider']}", shop.cabinet.take)])
    async with serving(app, settings.port + 9):
        yield
