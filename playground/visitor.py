"""Somebody with a phone, for scripts: the person's API in a few verbs. Every deed returns after all it has caused."""

from __future__ import annotations

import re
from typing import Any

import aiohttp


class Refused(Exception):
    """The playground did not do it; the words are its own."""


class Visitor:
    """One Telegram user of a running playground."""

    def __init__(self, url: str, user: int, http: aiohttp.ClientSession) -> None:
        self.url, self.user, self._http = url, user, http

    async def call(self, method: str, path: str, body: Any = None) -> Any:
        """Any endpoint of the playground. Raises Refused."""
        async with self._http.request(method, self.url + path, json=body) as response:
            answer = await response.json()
            if response.status >= 400:
                raise Refused(f"{path}: {answer}")
            return answer

    async def do(self, deed: str, **what: Any) -> None:
        """`text`, `tap`, `contact`, … of `/client/{user}/`."""
        await self.call("POST", f"/client/{self.user}/{deed}", what)
        await self.settle()

    async def settle(self) -> None:
        """Wait until everything due is done, everywhere."""
        await self.call("GET", f"/client/{self.user}/settled?timeout=60")

    async def messages(self) -> list[dict[str, Any]]:
        """What stands in the chat, oldest first."""
        chat = await self.call("GET", f"/client/{self.user}/chat?since=0")
        return [message for message in chat["messages"] if not message["deleted"]]

    async def sees(self) -> str:
        """The text of the newest message."""
        last = (await self.messages())[-1]
        return str(last["text"] or last["caption"])

    async def fetch(self, path: str) -> bytes:
        """The bytes behind a message's url, or of any absolute address."""
        async with self._http.get(path if path.startswith("http") else self.url + path) as response:
            return await response.read()

    async def code(self) -> str:
        """The newest one-time code this user's phone has received."""
        users = await self.call("GET", "/client/users")
        phone = next(user["phone"] for user in users if user["id"] == self.user)
        async with self._http.get(f"{self.url}/sms", params={"phone": phone}) as response:
            found = re.search(r"\d{6}", (await response.json())[-1]["text"])
        if not found:
            raise Refused("no code in the newest SMS")
        return found[0]
