"""getUpdates as Telegram serves it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from playground.telegram import polling
from tests.playground.telegram_world import ANNA, Playground, eventually, playground


@pytest.fixture
async def tg(tmp_path: Path) -> AsyncIterator[Playground]:
    async with playground(tmp_path) as running:
        yield running


async def typed(tg: Playground, *texts: str) -> list[int]:
    """Anna types; the update ids."""
    return [(await tg.does(ANNA, "text", text=text))["update_id"] for text in texts]


async def polled(tg: Playground, **params: Any) -> list[int]:
    return [update["update_id"] for update in await tg.bot("getUpdates", **params)]


async def polling_begun(tg: Playground, **params: Any) -> asyncio.Task[tuple[int, dict[str, Any]]]:
    """A long poll that the server is already holding."""
    poller = tg.running.hub.polls._pollers[1000000001]
    before = poller.began
    task = asyncio.ensure_future(tg.raw("getUpdates", **params))
    await eventually(lambda: poller.began != before and poller.woken is not None)
    return task


async def test_numbers_begin_at_random_and_grow_by_one(tg: Playground) -> None:
    first, second, third = await typed(tg, "a", "b", "c")
    assert 2_000_001 <= first < 1_000_000_000
    assert (second, third) == (first + 1, first + 2)


async def test_an_offset_forgets_what_is_below_it_and_no_offset_nothing(tg: Playground) -> None:
    a, b, c = await typed(tg, "a", "b", "c")
    assert await polled(tg) == [a, b, c]
    assert await polled(tg, offset=b) == [b, c]
    assert await polled(tg, limit=1) == [b]
    assert await polled(tg, offset=c + 1) == []
    assert await polled(tg) == []


async def test_a_negative_offset_keeps_the_last(tg: Playground) -> None:
    _, b, c = await typed(tg, "a", "b", "c")
    assert await polled(tg, offset=-2) == [b, c]
    assert await polled(tg) == [b, c]


async def test_an_offset_of_the_future_forgets_nothing(tg: Playground) -> None:
    (a,) = await typed(tg, "a")
    assert await polled(tg, offset=a + 1000) == [a]


async def test_the_same_offset_at_once_gets_one(tg: Playground) -> None:
    a, b = await typed(tg, "a", "b")
    assert await polled(tg, offset=a) == [a, b]
    assert await polled(tg, offset=a) == [a]


async def test_a_long_poll_answers_when_something_happens(tg: Playground) -> None:
    waiting = await polling_begun(tg, timeout=50)
    (a,) = await typed(tg, "a")
    _, envelope = await waiting
    assert [update["update_id"] for update in envelope["result"]] == [a]


async def test_a_second_poll_ends_the_first(tg: Playground) -> None:
    first = await polling_begun(tg, timeout=50)
    second = await polling_begun(tg, timeout=50)
    status, envelope = await first
    assert (status, envelope["description"]) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    await typed(tg, "a")
    assert (await second)[0] == 200


async def test_repeated_conflicts_are_answered_late(tg: Playground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "_CONFLICT_PAUSE", 0.05)
    first = await polling_begun(tg, timeout=50)
    tg.running.hub.polls._pollers[1000000001].next_conflict = float("inf")
    loop = asyncio.get_running_loop()
    began = loop.time()
    tg.running.hub.polls.interrupt(tg.running.hub.memory.bots[1000000001])
    assert (await first)[0] == 409
    assert loop.time() - began >= 0.05


async def test_polling_and_a_webhook_exclude_each_other(tg: Playground) -> None:
    waiting = await polling_begun(tg, timeout=50)
    await tg.bot("setWebhook", url="http://127.0.0.1:9/x")
    assert (await waiting)[1]["description"] == "Conflict: terminated by setWebhook request"
    assert await tg.refused("getUpdates") == (
        "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    await tg.bot("deleteWebhook")
    assert await polled(tg, offset=1) == []


async def test_allowed_updates_count_when_an_update_is_made(tg: Playground) -> None:
    await tg.bot("getUpdates", allowed_updates=["callback_query"])
    assert (await tg.does(ANNA, "text", text="a"))["update_id"] is None
    pressed = (await tg.does(ANNA, "tap", message_id=1, data="x"))["update_id"]
    await tg.bot("getUpdates", allowed_updates="not json")
    assert (await tg.does(ANNA, "text", text="b"))["update_id"] is None
    await tg.bot("getUpdates", allowed_updates=[])
    assert (await tg.does(ANNA, "text", text="c"))["update_id"] == pressed + 1


async def test_updates_expire_by_the_worlds_clock(tg: Playground) -> None:
    message = (await tg.does(ANNA, "text", text="a"))["update_id"]
    tap = (await tg.does(ANNA, "tap", message_id=1, data="x"))["update_id"]
    assert await polled(tg) == [message, tap]
    await tg.post("/clock", advance="PT151S")
    assert await polled(tg) == [message]
    await tg.post("/clock", advance="P1D")
    assert await polled(tg, offset=1) == []


async def test_what_happens_in_a_private_chat_comes_as_updates(tg: Playground) -> None:
    await tg.does(ANNA, "text", text="a")
    await tg.does(ANNA, "edit", message_id=1, text="б")
    await tg.does(ANNA, "block")
    await tg.does(ANNA, "unblock")
    updates = await tg.bot("getUpdates")
    kinds = [next(key for key in update if key != "update_id") for update in updates]
    assert kinds == ["message", "edited_message", "my_chat_member", "my_chat_member"]
    assert updates[1]["edited_message"]["text"] == "б"
    assert updates[1]["edited_message"]["edit_date"] >= updates[1]["edited_message"]["date"]
    member = updates[2]["my_chat_member"]
    assert (member["old_chat_member"]["status"], member["new_chat_member"]["status"]) == ("member", "kicked")
