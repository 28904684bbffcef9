"""Webhooks: in order within a chat, in parallel over chats, again until taken."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from playground.telegram import webhook
from tests.playground.telegram_world import ANNA, DMITRY, Playground, eventually, playground

Answer = Callable[[dict[str, Any]], web.Response]


class Receiver:
    """A bot's endpoint. `answers` are used up one by one (then it is 200); `gate` holds what is held."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.answers: list[web.Response] = []
        self.gates: dict[str, asyncio.Event] = {}
        self.inside: dict[int, int] = defaultdict(int)
        self.overlapped = False
        self._came = asyncio.Condition()

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        person = next(part for name, part in update.items() if name != "update_id")["from"]["id"]
        self.inside[person] += 1
        self.overlapped |= self.inside[person] > 1
        async with self._came:
            self.got.append(update)
            self.headers.append(dict(request.headers))
            self._came.notify_all()
        text = update.get("message", {}).get("text", "")
        if text in self.gates:
            await self.gates[text].wait()
        self.inside[person] -= 1
        return self.answers.pop(0) if self.answers else web.Response()

    async def until(self, count: int) -> None:
        async with asyncio.timeout(10), self._came:
            await self._came.wait_for(lambda: len(self.got) >= count)

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.got]


@pytest.fixture
async def tg(tmp_path: Path) -> AsyncIterator[Playground]:
    async with playground(tmp_path) as running:
        yield running


@pytest.fixture
async def receiver(tg: Playground) -> AsyncIterator[Receiver]:
    taken = Receiver()
    app = web.Application()
    app.router.add_post("/hook", taken.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", tg.running.settings.port + 9).start()
    url = f"http://127.0.0.1:{tg.running.settings.port + 9}/hook"
    await tg.bot("setWebhook", url=url, secret_token="tihaya-1")
    yield taken
    for gate in taken.gates.values():
        gate.set()
    await runner.cleanup()


async def drained(tg: Playground) -> None:
    """Everything was taken."""
    hub = tg.running.hub
    await eventually(lambda: not hub.undelivered(hub.memory.bots[1000000001]))


async def test_deliveries_carry_the_secret_and_one_update(tg: Playground, receiver: Receiver) -> None:
    update_id = (await tg.does(ANNA, "text", text="a"))["update_id"]
    await receiver.until(1)
    assert receiver.got[0]["update_id"] == update_id
    assert receiver.headers[0]["X-Telegram-Bot-Api-Secret-Token"] == "tihaya-1"
    assert receiver.headers[0]["Content-Type"] == "application/json"
    await drained(tg)


async def test_a_chat_waits_for_its_answer_while_others_go_on(tg: Playground, receiver: Receiver) -> None:
    receiver.gates["slow"] = asyncio.Event()
    for text in ("slow", "next"):
        await tg.does(ANNA, "text", text=text)
    await receiver.until(1)
    await tg.does(DMITRY, "text", text="other chat")
    await receiver.until(2)
    assert receiver.texts == ["slow", "other chat"]
    receiver.gates["slow"].set()
    await receiver.until(3)
    assert receiver.texts[-1] == "next"


async def test_a_tap_does_not_wait_for_the_same_persons_message(tg: Playground, receiver: Receiver) -> None:
    receiver.gates["slow"] = asyncio.Event()
    await tg.does(ANNA, "text", text="slow")
    await receiver.until(1)
    await tg.does(ANNA, "tap", message_id=1, data="x")
    await receiver.until(2)
    assert "callback_query" in receiver.got[1]


async def test_an_album_comes_part_after_part(tg: Playground, receiver: Receiver) -> None:
    await tg.sends(ANNA, b"one", b"two", b"three", as_document="1", name="a.txt")
    await receiver.until(3)
    numbers = [update["update_id"] for update in receiver.got]
    assert numbers == sorted(numbers)
    assert not receiver.overlapped


async def test_what_is_not_taken_comes_again(tg: Playground, receiver: Receiver) -> None:
    receiver.answers = [web.Response(status=500), web.Response(status=302, headers={"Retry-After": "0"})]
    await tg.does(ANNA, "text", text="a")
    await receiver.until(3)
    assert len({update["update_id"] for update in receiver.got}) == 1
    await drained(tg)
    info = await tg.bot("getWebhookInfo")
    assert info["pending_update_count"] == 0
    assert info["last_error_message"].startswith("Wrong response from the webhook: ")


async def test_pauses_between_tries_double_and_are_honoured(
    tg: Playground, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    async def pause(self: Any, hook: Any, seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr(webhook.Deliveries, "_pause", pause)
    receiver.answers = [web.Response(status=503) for _ in range(4)] + [
        web.Response(status=429, headers={"Retry-After": "7"})
    ]
    await tg.does(ANNA, "text", text="a")
    await receiver.until(6)
    await drained(tg)
    assert pauses == [0, 2, 4, 8, 7]


async def test_a_restarted_bot_is_tried_at_once(tg: Playground, receiver: Receiver) -> None:
    receiver.answers = [web.Response(status=503, headers={"Retry-After": "3600"})]
    await tg.does(ANNA, "text", text="a")
    await receiver.until(1)
    bot = tg.running.hub.memory.bots[1000000001]
    await eventually(lambda: bot.webhook is not None and bot.webhook.last_error_date is not None)
    tg.running.hub.deliveries.hurry(bot)
    await receiver.until(2)
    await drained(tg)


async def test_a_method_in_the_answer_is_executed(tg: Playground, receiver: Receiver) -> None:
    receiver.answers = [
        web.json_response({"method": "sendMessage", "chat_id": ANNA, "text": "ответ"}),
        web.json_response({"method": "deleteWebhook"}),
        web.Response(
            text="method=sendMessage&text=form&chat_id=100001", content_type="application/x-www-form-urlencoded"
        ),
    ]
    for text in ("a", "b", "c"):
        await tg.does(ANNA, "text", text=text)
    await receiver.until(3)
    await drained(tg)
    await eventually(lambda: len(tg.running.hub.memory.messages[f"1000000001:{ANNA}"]) == 5)
    assert {m["text"] for m in (await tg.chat(ANNA))["messages"]} == {"a", "b", "c", "ответ", "form"}
    assert (await tg.bot("getWebhookInfo"))["url"]


async def test_an_update_that_expired_is_not_delivered(tg: Playground, receiver: Receiver) -> None:
    receiver.gates["slow"] = asyncio.Event()
    await tg.does(ANNA, "text", text="slow")
    await tg.does(ANNA, "text", text="late")
    await receiver.until(1)
    await tg.post("/clock", advance="P2D")
    receiver.gates["slow"].set()
    await drained(tg)
    assert receiver.texts == ["slow"]


async def test_a_fault_delivers_twice(tg: Playground, receiver: Receiver) -> None:
    await tg.post("/faults", on="telegram", method="webhook", error="duplicate")
    await tg.does(ANNA, "text", text="a")
    await receiver.until(2)
    await drained(tg)
    assert receiver.got[0] == receiver.got[1]


async def test_a_fault_refuses_in_the_bots_place(tg: Playground, receiver: Receiver) -> None:
    await tg.post("/faults", on="telegram", method="webhook", error=502)
    await tg.does(ANNA, "text", text="a")
    await drained(tg)
    assert len(receiver.got) == 1
    assert (await tg.bot("getWebhookInfo"))["last_error_message"] == "Wrong response from the webhook: 502 (a fault)"


async def test_settings_of_the_webhook(tg: Playground, receiver: Receiver) -> None:
    url = (await tg.bot("getWebhookInfo"))["url"]
    _, same = await tg.raw("setWebhook", url=url, secret_token="tihaya-1")
    assert same["description"] == "Webhook is already set"
    status, often = await tg.raw("setWebhook", url=f"{url}/other")
    assert (status, often["parameters"]) == (429, {"retry_after": 1})
    await tg.bot("deleteWebhook", drop_pending_updates=True)
    _, gone = await tg.raw("deleteWebhook")
    assert gone["description"] == "Webhook is already deleted"


async def test_dropping_pending_updates(tg: Playground) -> None:
    await tg.does(ANNA, "text", text="a")
    await tg.bot("setWebhook", url="https://example.com/hook", drop_pending_updates=True, allowed_updates=["message"])
    info = await tg.bot("getWebhookInfo")
    assert (info["pending_update_count"], info["allowed_updates"]) == (0, ["message"])
