"""Telegram's side of the bench: people who write and tap, each request over a kept connection, and what came of it.

A benchmark of a broken step looks like a slow step (or a quick one), so every burst is checked: as many effects as requests, nothing
refused, nothing in the log.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any

import aiohttp

from bench.servers import Target
from bench.yardstick import SECRET

HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
PATIENCE = 10.0
"""Seconds until the last effect of a burst must have arrived."""
LINGER = 0.15
"""Seconds after that, in which marks are stored and the loop comes to rest."""

EFFECTS: dict[str, Counter[str]] = {
    "arrive": Counter(sendMessage=1),
    "start": Counter(sendMessage=1, deleteMessage=1),
    "list": Counter(editMessageText=1),
    "repeat": Counter(),
    "echo": Counter(sendMessage=1),
    "nothing": Counter(),
}
"""What one request of each kind causes at the Bot API. `arrive` is the first /start of all: no older screen is taken away."""
TELLING = {"sendMessage", "editMessageText", "deleteMessage", "answerCallbackQuery"}

BOT = {"id": 42, "is_bot": True, "first_name": "Кабинет", "username": "cabinet_bot"}


class Wrong(AssertionError):
    """The effects are not those of the requests: the figures would mean nothing."""


@dataclass(frozen=True, slots=True)
class Burst:
    """`count` requests in `seconds`, the last effect included."""

    count: int
    seconds: float


class Load:
    """One client for all servers. Every answer must be 200, and no tap may be told anything (a notice means: stale)."""

    def __init__(self, http: aiohttp.ClientSession) -> None:
        self._http = http

    async def post(self, url: str, body: bytes) -> None:
        async with self._http.post(url, data=body, headers=HEADERS) as response:
            said = await response.read()
            if response.status != 200 or b'"text"' in said:
                raise Wrong(f"{response.status}: {said.decode()[:200]}")

    async def closed(self, url: str, bodies: Iterator[bytes], connections: int, seconds: float = 3600) -> int:
        """`connections` at once, each sends its next as soon as the last is answered. Returns how many were sent."""
        sent, end = 0, time.monotonic() + seconds

        async def one() -> None:
            nonlocal sent
            while time.monotonic() < end and (body := next(bodies, None)) is not None:
                sent += 1
                await self.post(url, body)

        await asyncio.gather(*(one() for _ in range(connections)))
        return sent

    async def opened(self, url: str, bodies: list[bytes], rate: float) -> list[float]:
        """`rate` a second, whatever the answers do. Returns the moment each left."""
        begin, left = time.monotonic(), []
        async with asyncio.TaskGroup() as answers:
            for number, body in enumerate(bodies):
                await asyncio.sleep(max(0.0, begin + number / rate - time.monotonic()))
                left.append(time.monotonic())
                answers.create_task(self.post(url, body))
        return left

    async def until_ready(self, cabinet: Target) -> None:
        """Wait until a cabinet says that it is."""
        while True:
            async with self._http.get(f"http://127.0.0.1:{cabinet.internal}/ready") as response:
                if response.status == 200:
                    return
            await asyncio.sleep(0.02)

    async def json(self, url: str) -> Any:
        async with self._http.get(url) as response:
            return await response.json()

    async def text(self, url: str) -> str:
        async with self._http.get(url) as response:
            return await response.text()


class Crowd:
    """The people of one server. Only those who have just sent /start stand in the menu and can tap "my policies" there."""

    def __init__(self, load: Load, server: Target, outside: str, people: range) -> None:
        self.server, self._load, self._outside = server, load, outside
        self._turn = cycle(people)
        self._numbers = iter(range(1, 10**9))
        self._sent: list[bytes] = []
        self._menu: list[int] = []

    # -- what they do ----------------------------------------------------------------------------------------------------

    async def bodies(self, deed: str) -> Iterator[bytes]:
        """Requests of one kind; those of a list end when everybody in a menu has tapped."""
        match deed:
            case "list":
                return await self._taps()
            case "repeat":
                return cycle(self._sent)
            case _:
                self._sent, self._menu = [], []
                return self._messages()

    def _messages(self) -> Iterator[bytes]:
        for person in self._turn:
            body = update(next(self._numbers), start_of(person))
            self._sent.append(body)
            self._menu.append(person)
            yield body

    async def _taps(self) -> Iterator[bytes]:
        screens = await self._load.json(f"{self._outside}/screens?token={self.server.token}")
        people, self._menu = self._menu, []
        return (
            update(next(self._numbers), tap_of(person, screens[str(person)], "menu:policies:")) for person in people
        )

    # -- what comes of it ------------------------------------------------------------------------------------------------

    async def burst(self, deed: str, bodies: Iterator[bytes], connections: int, seconds: float = 3600) -> Burst:
        """Send, and wait until everything has arrived. Raises Wrong."""
        before, begin = await self.calls(), time.monotonic()
        count = await self._load.closed(self.server.webhook, bodies, connections, seconds)
        taken = await self._arrived(before, deed, count, begin)
        return Burst(count, taken)

    async def come(self, count: int, *, first: bool = False) -> None:
        """The next `count` people come to the menu; the first time in their lives or again."""
        deed = "arrive" if first else "start"
        await self.burst(deed, islice(await self.bodies(deed), count), connections=16)

    async def delays(self, rate: float, count: int) -> list[float]:
        """Milliseconds from a tap to the edit of its screen, at so many taps a second."""
        await self.come(count)
        taps = list(await self.bodies("list"))
        people = [json.loads(body)["callback_query"]["from"]["id"] for body in taps]
        await self._load.json(f"{self._outside}/arrivals")
        before, begin = await self.calls(), time.monotonic()
        left = dict(zip(people, await self._load.opened(self.server.webhook, taps, rate), strict=True))
        await self._arrived(before, "list", count, begin)
        arrived = dict(await self._load.json(f"{self._outside}/arrivals"))
        return [(arrived[person] - moment) * 1000 for person, moment in left.items()]

    async def calls(self) -> Counter[str]:
        """What chats have been told so far, by method of the Bot API."""
        seen = await self._load.json(f"{self._outside}/seen?token={self.server.token}")
        return Counter({method: count for method, count in seen.items() if method in TELLING})

    async def counters(self) -> Counter[str]:
        """The cabinet's own counts, by the names of its metrics; nothing for a yardstick."""
        if not self.server.internal:
            return Counter()
        lines = (await self._load.text(f"http://127.0.0.1:{self.server.internal}/metrics")).splitlines()
        pairs = (line.rsplit(" ", 1) for line in lines if line.startswith("cabinet_"))
        return Counter({name: int(float(value)) for name, value in pairs if "_total" in name})

    async def _arrived(self, before: Counter[str], deed: str, count: int, begin: float) -> float:
        wanted = Counter({method: count * times for method, times in EFFECTS[deed].items()})
        late = time.monotonic() + PATIENCE
        while (seen := await self.calls() - before) != wanted:
            if seen - wanted or time.monotonic() > late:
                raise Wrong(f"{self.server.name} {deed}: {dict(seen)} instead of {dict(wanted)}")
            await asyncio.sleep(0.01)
        taken = time.monotonic() - begin
        await asyncio.sleep(LINGER)
        if complaints := self.server.complaints():
            raise Wrong(f"{self.server.name}: {complaints[0]}")
        return taken


def update(number: int, facts: dict[str, Any]) -> bytes:
    """An update as Telegram posts it."""
    return json.dumps({"update_id": number, **facts}, ensure_ascii=False).encode()


def start_of(person: int) -> dict[str, Any]:
    """`/start` in a private chat."""
    return {"message": {"message_id": 7, "date": int(time.time()), "text": "/start", **_private(person)}}


def tap_of(person: int, screen: dict[str, Any], action: str) -> dict[str, Any]:
    """A tap on the first button of a screen whose data begins with `action`, with the whole message under it."""
    buttons = [button for row in screen["reply_markup"]["inline_keyboard"] for button in row]
    data = next(button["callback_data"] for button in buttons if button["callback_data"].startswith(action))
    private = _private(person)
    shown = {name: screen[name] for name in ("message_id", "text", "reply_markup")}
    message = {**shown, "date": int(time.time()), "chat": private["chat"], "from": BOT}
    tap = {"id": "1", "from": private["from"], "chat_instance": "1", "message": message, "data": data}
    return {"callback_query": tap}


def _private(person: int) -> dict[str, Any]:
    who = {"id": person, "first_name": "Анна", "last_name": "Ветрова", "username": f"anna{person}"}
    return {"chat": {**who, "type": "private"}, "from": {**who, "is_bot": False, "language_code": "ru"}}
