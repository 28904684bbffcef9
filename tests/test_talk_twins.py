"""Telegram makes a topic for every call: when its answer is lost the client has one topic all the same, and the empty copy goes."""

from __future__ import annotations

import pytest

import bot.delivery
from tests.support.desk import ANNA, asked, chat_of, later, topics, writes
from tests.support.ops import fault, rows, unparked
from tests.support.town import Town


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has failed is tried again at once."""
    monkeypatch.setattr(bot.delivery, "BACKOFF", (0.05,) * 5)


async def test_the_empty_copy_of_a_topic_goes(village: Town) -> None:
    await village.call("POST", "/staff/promote", {"operator": ANNA})
    own = await village.call("POST", "/staff/topics", {"operator": ANNA, "name": "Обед"})
    await fault(village, method="createForumTopic", drop_answer=True)
    person, _ = await asked(village)
    await unparked(village)
    [used] = [it for it in await topics(village) if it["pinned"]]
    [empty] = [it for it in await topics(village) if it["id"] not in (used["id"], own["id"])]
    assert (empty["name"], empty["messages"]) == (used["name"], 0)
    await later(village, 31)
    assert [it["id"] for it in await topics(village)] == [own["id"], used["id"]], "an employee's own topic is theirs"
    await writes(village, used["id"], "Добрый день!")
    assert "Добрый день!" in await chat_of(person)


async def test_an_edit_of_a_topic_that_is_repeated_is_no_trouble(village: Town) -> None:
    """`TOPIC_NOT_MODIFIED`: what was wanted stands there."""
    _, topic = await asked(village)
    await fault(village, method="editForumTopic", drop_answer=True)
    await writes(village, topic, "/take")
    await unparked(village)
    assert next(it["icon"] for it in await topics(village) if it["id"] == topic) == "👀"
    assert await rows(village, "select dedup, error from outbox where state <> 1") == []
