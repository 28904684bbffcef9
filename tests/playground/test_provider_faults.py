"""The provider in trouble: what was not done, what was done and not said, and what takes for ever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.playground.provider_world import LOGIN, WANTED, Shop, shop


@pytest.fixture(scope="module")
async def till(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Shop]:
    async with shop(tmp_path_factory.mktemp("till")) as opened:
        yield opened


async def order(till: Shop, **fault: Any) -> None:
    await till.hand("/faults", on="provider", **fault)


async def payments(till: Shop) -> int:
    return len((await till.get("/payments", limit="100"))["items"])


async def test_the_work_is_done_but_the_answer_is_500(till: Shop) -> None:
    before = await payments(till)
    await order(till, method="create", error=500, after=True)
    status, answer = await till.ask("POST", "/payments", WANTED, key="after-500")
    assert (status, answer["code"]) == (500, "internal_server_error")
    assert await payments(till) == before + 1
    made = await till.payment(key="after-500")
    assert await payments(till) == before + 1
    assert (await till.get(f"/payments/{made['id']}"))["status"] == "pending"


async def test_nothing_is_done_and_the_answer_is_500(till: Shop) -> None:
    before = await payments(till)
    await order(till, method="payments.create", error=500)
    assert await payments(till) == before, "a list is another call"
    status, answer = await till.ask("POST", "/payments", WANTED)
    assert (status, answer["type"]) == (500, "error")
    assert await payments(till) == before


async def test_the_answer_is_lost(till: Shop) -> None:
    before = await payments(till)
    await order(till, method="create", drop_answer=True)
    with pytest.raises(aiohttp.ClientError):
        await till.ask("POST", "/payments", WANTED, key="dropped")
    assert await payments(till) == before + 1
    await till.payment(key="dropped")
    assert await payments(till) == before + 1


async def test_the_connection_is_cut_before_anything(till: Shop) -> None:
    before = await payments(till)
    await order(till, method="create", error="reset")
    with pytest.raises(aiohttp.ClientError):
        await till.ask("POST", "/payments", WANTED)
    assert await payments(till) == before


async def test_a_balancer_speaks_html(till: Shop) -> None:
    await order(till, error=502)
    async with till.world.http.get(f"{till.url}/me", headers=LOGIN) as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")
    assert (await till.get("/me"))["account_id"] == "100500"


async def test_too_many_requests(till: Shop) -> None:
    await order(till, method="payments", error=429, retry_after=2)
    async with till.world.http.get(f"{till.url}/payments", headers=LOGIN) as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (429, "2")
        assert (await answer.json())["code"] == "too_many_requests"


async def test_it_hangs(till: Shop) -> None:
    await order(till, delay=30)
    with pytest.raises(asyncio.TimeoutError):
        await till.ask("GET", "/me", timeout=aiohttp.ClientTimeout(total=0.2))


async def test_its_body_dribbles(till: Shop) -> None:
    await order(till, error="slow", delay=0.4)
    async with till.world.http.get(f"{till.url}/me", headers=LOGIN) as answer:
        assert answer.status == 200
        with pytest.raises(asyncio.TimeoutError):
            async with asyncio.timeout(0.1):
                await answer.read()
    await order(till, error="slow", delay=0.2)
    assert (await till.get("/me"))["account_id"] == "100500"


async def test_names_of_calls(till: Shop) -> None:
    paid = await till.paid()
    back = {"payment_id": paid["id"], "amount": paid["amount"]}
    for method, verb, path, body in (
        ("refunds.create", "POST", "/refunds", back),
        ("payments.get", "GET", f"/payments/{paid['id']}", None),
        ("list", "GET", "/payments", None),
        ("capture", "POST", f"/payments/{paid['id']}/capture", None),
        ("payments.cancel", "POST", f"/payments/{paid['id']}/cancel", None),
        ("me", "GET", "/me", None),
        ("post", "POST", "/payments", WANTED),
    ):
        await order(till, method=method, error=403)
        status, _ = await till.ask(verb, path, body)
        assert status == 403, method
        assert (await till.world.get("/faults"))[1] == [], method


async def test_after_alone_is_no_fault(till: Shop) -> None:
    status, answer = await till.world.post("/faults", on="provider", after=True)
    assert (status, answer["error"]) == (400, "this fault does nothing")
