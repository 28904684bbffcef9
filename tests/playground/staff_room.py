"""Short words for the staff groups of a playground: what employees do, what the bot hears, what stands in a topic."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import aiohttp

from playground.seed_staff import ANNA, IGOR, KIRILL, MARIA, OLGA, PAVEL, TIMUR, VIKTOR
from playground.telegram.memory import STAFF_CHAT
from tests.playground.telegram_world import Playground

__all__ = ["ANNA", "IGOR", "KIRILL", "MARIA", "OLGA", "PAVEL", "STAFF_CHAT", "TIMUR", "VIKTOR", "Room"]


@dataclass(slots=True)
class Room:
    """One staff group; every deed names its operator."""

    tg: Playground
    chat_id: int = STAFF_CHAT

    async def topic(self, name: str = "Анна К.", **more: Any) -> int:
        """The bot opens a topic: its number."""
        made = await self.tg.bot("createForumTopic", chat_id=self.chat_id, name=name, **more)
        return int(made["message_thread_id"])

    async def writes(self, topic: int | None, text: str, **more: Any) -> dict[str, Any]:
        """The bot says something there (None: in General)."""
        thread = {"message_thread_id": topic} if topic else {}
        sent = await self.tg.bot("sendMessage", chat_id=self.chat_id, text=text, **thread, **more)
        return dict(sent)

    async def does(self, topic: int | str, deed: str, operator: int | str | None = ANNA, **body: Any) -> dict[str, Any]:
        """An employee's deed that must succeed."""
        status, answer = await self.tries(topic, deed, operator, **body)
        assert status == 200, answer
        return answer

    async def tries(
        self, topic: int | str, deed: str, operator: int | str | None = ANNA, **body: Any
    ) -> tuple[int, dict[str, Any]]:
        """An employee's deed: HTTP status and answer."""
        by = {} if operator is None else {"operator": operator}
        return await self.tg.post(f"/staff/topics/{topic}/{deed}", **by, **body, group=self.chat_id)

    async def sends(self, topic: int, deed: str, *files: tuple[str, bytes], **fields: str) -> dict[str, Any]:
        """An employee's photo, album, document or voice."""
        form = aiohttp.FormData({"operator": str(ANNA)} | fields, quote_fields=False)
        for name, data in files:
            form.add_field("file", io.BytesIO(data), filename=name, content_type="application/octet-stream")
        async with self.tg.http.post(f"{self.tg.running.url}/staff/topics/{topic}/{deed}", data=form) as answer:
            assert answer.status == 200, await answer.text()
            return dict(await answer.json())

    async def chat(self, topic: int | str, since: int = 0) -> dict[str, Any]:
        """What stands in a topic."""
        return dict((await self.tg.get(f"/staff/topics/{topic}/chat?since={since}&group={self.chat_id}"))[1])

    async def shown(self, topic: int | str) -> list[dict[str, Any]]:
        """Its living messages, notes of Telegram aside."""
        messages = (await self.chat(topic))["messages"]
        return [one for one in messages if not one["deleted"] and one["kind"] != "service"]

    async def topics(self) -> list[dict[str, Any]]:
        """The list of topics."""
        return list((await self.tg.get(f"/staff/topics?group={self.chat_id}"))[1])

    async def news(self) -> list[dict[str, Any]]:
        """The updates the bot has not taken yet, taken now: each as `{kind: content}`."""
        hub = self.tg.running.hub
        bot = hub.memory.by_token(self.tg.token)
        assert bot is not None
        waiting = hub.updates.waiting(bot)  # getUpdates makes whoever asks too often wait, as Telegram does
        for pending in waiting:
            hub.updates.confirm(bot, pending.update_id)
        return [{kind: value for kind, value in one.body.items() if kind != "update_id"} for one in waiting]

    async def heard(self) -> dict[str, Any]:
        """The content of the newest of them."""
        return dict(next(iter((await self.news())[-1].values())))
