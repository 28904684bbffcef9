"""Many people at once, each with Telegram's manners: updates go straight to the bot's webhook, again and again until it says 200.

A person's messages go in order, the next one after the 200 of the last; taps are a queue of their own and come in parallel. One in
ten updates comes once more afterwards, as if its 200 had been lost.
"""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
from collections.abc import Coroutine, Iterable
from contextlib import closing
from itertools import count
from typing import Any

import aiohttp

from tests.support.audit import state_of
from tests.support.kills import pressable
from tests.support.person import Message
from tests.support.scene import PATIENCE, Scene
from tests.support.tally import Tally

LINES = tuple(f"строка {number}" for number in range(1, 11))
LATE = "ещё одна"
"""What is typed at the very moment of the tap that sends."""
_updates = count(3_000_000_000)
_NOW = 1_790_000_000


class Crowd:
    """So many strangers. `taken` counts posts answered by 200, `sent_again` those that were not at once; `patience`: seconds until calm."""

    def __init__(self, scene: Scene, people: int, chance: random.Random) -> None:
        self.scene, self.people, self.chance = scene, range(600_001, 600_001 + people), chance
        self.taken = self.sent_again = 0
        self.patience = PATIENCE
        self._posted: list[dict[str, Any]] = []
        self._milestone, self._reached = 0, asyncio.Event()
        self._url = scene.settings.telegram.webhook_url
        self._headers = {"X-Telegram-Bot-Api-Secret-Token": scene.settings.telegram.secret.get_secret_value()}

    async def come(self) -> None:
        """Everybody gets a telephone and says the first word."""
        for user in self.people:
            body = {"id": user, "first_name": "Ирина", "language_code": "ru", "phone": f"+7907{user:07d}"}
            await self.scene.call("POST", "/client/users", body)
            await self.scene.call("POST", f"/client/{user}/text", {"text": "/start"})
        await self.calm()

    async def tap(self, action: str, times: int = 1) -> None:
        """Everybody taps a button, so many times at the same moment."""
        await self.tap_of(self.people, action, times)

    async def tap_of(self, users: Iterable[int], action: str, times: int = 1) -> None:
        """These people do."""
        await self._together(self._post(tap) for tap in await self._taps(action, times, users))
        await self.calm()

    async def type_quickly(self) -> None:
        """Everybody sends ten messages, as fast as they are taken."""
        await self._together(self._type(user, LINES) for user in self.people)
        await self.calm()

    async def tap_and_type(self, action: str) -> None:
        """Everybody taps, and sends a message in the same moment."""
        taps = [self._post(tap) for tap in await self._taps(action, 1, self.people)]
        works = [*taps, *(self._type(user, (LATE,)) for user in self.people)]
        self.chance.shuffle(works)
        await self._together(works)
        await self.calm()

    async def screen(self, user: int) -> Message:
        """The one message with buttons; the last of the chat."""
        seen = (await self.scene.call("GET", f"/client/{user}/chat?since=0"))["messages"]
        standing = [message for message in seen if not message["deleted"]]
        screens = [message for message in standing if message["buttons"]]
        assert screens == standing[-1:], (user, [message["text"][:60] for message in standing])
        screen: Message = screens[0]
        return screen

    async def more(self, posts: int) -> None:
        """Until so many more posts are taken."""
        self._milestone = self.taken + posts
        self._reached.clear()
        await self._reached.wait()

    def _count(self) -> None:
        self.taken += 1
        if self.taken >= self._milestone:
            self._reached.set()

    async def _taps(self, action: str, times: int, users: Iterable[int]) -> list[dict[str, Any]]:
        """Updates: each person's tap on the screen they see now. One who has no such button does not tap."""
        taps = []
        for user in users:
            screen = await self.screen(user)
            found = [data for data in pressable(screen) if data.split(":")[1] == action]
            taps += [self._callback(user, screen["message_id"], data) for data in found for _ in range(times)]
        return taps

    async def _type(self, user: int, lines: Iterable[str]) -> None:
        for text in lines:
            number = next(_updates)
            message = {"message_id": number - 2_900_000_000, "date": _NOW, "chat": _chat(user), "from": _user(user)}
            await self._post({"update_id": number, "message": message | {"text": text}})

    def _callback(self, user: int, message_id: int, data: str) -> dict[str, Any]:
        number = next(_updates)
        message = {"message_id": message_id, "date": _NOW, "chat": _chat(user), "text": "…"}
        query = {"id": str(number), "from": _user(user), "chat_instance": "1", "data": data, "message": message}
        return {"update_id": number, "callback_query": query}

    async def _post(self, update: dict[str, Any]) -> None:
        """Until 200."""
        self._posted.append(update)
        body = json.dumps(update, ensure_ascii=False).encode()
        for attempt in range(2000):
            try:
                async with self.scene.http.post(self._url, data=body, headers=self._headers) as answer:
                    if answer.status == 200:
                        self._count()
                        return
            except (aiohttp.ClientError, TimeoutError):
                pass
            self.sent_again += 1
            await asyncio.sleep(min(0.01 * (attempt + 1), 0.1))
        raise AssertionError(f"never taken: {update}")

    async def _together(self, works: Iterable[Coroutine[Any, Any, None]]) -> None:
        await asyncio.gather(*works)
        again = self.chance.sample(self._posted, len(self._posted) // 10)
        await asyncio.gather(*(self._post(update) for update in again))
        self._posted.clear()

    async def calm(self) -> None:
        """Until everything is done, everywhere."""
        assert await self.scene.calm(self.patience), "the bot has died"


def _user(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": "Ирина", "language_code": "ru"}


def _chat(number: int) -> dict[str, Any]:
    return {"id": number, "type": "private", "first_name": "Ирина"}


async def audit_crowd(crowd: Crowd) -> Tally:
    """One consent, one question with its lines in order, one screen that is what the state says, for everybody."""
    tally, scene = Tally(), crowd.scene
    core = (await scene.call("GET", "/desk"))["questions"]
    with closing(sqlite3.connect(f"file:{scene.database}?mode=ro", uri=True)) as database:
        waiting = database.execute(
            "select count(*) from inbox where state = 2 or (state = 0 and due_at = 0)"
        ).fetchone()[0]
        tally.check("lost", waiting, f"{waiting} events are not done")
        for what, table in (("consents", "consent where given"), ("questions", "question")):
            rows = dict(database.execute(f"select account_id, count(*) from {table} group by account_id").fetchall())  # noqa: S608 - two tables of our own
            tally.check("lost", len(set(crowd.people) - set(rows)), f"people without {what}")
            tally.check("doubled", sum(rows.values()) - len(rows), f"{sum(rows.values())} {what} of {len(rows)}")
    tally.check("doubled", len(core) - len({question["id"] for question in core}), "questions at the core")
    tally.check("lost", max(0, len(crowd.people) - len(core)), f"{len(core)} questions at the core")
    whole = ("\n".join(LINES), "\n".join((*LINES, LATE)))
    broken = [question["text"] for question in core if question["text"] not in whole]
    tally.check("order", len(broken), broken[:3])
    for user in crowd.people:
        screen, dialog = await crowd.screen(user), state_of(scene, user)
        place, _, _, rev, _ = pressable(screen)[0].split(":")
        tally.check("wrong_edits", (place, int(rev, 16)) != (dialog.where, dialog.rev), f"{user} sees {place} {rev}")
    tally.check("loud", scene.log.stat().st_size, scene.log.read_text()[:600])
    return tally
