"""A person with a phone, through the playground's API: what they do, and what they see afterwards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import aiohttp

from tests.support.lint import faults

if TYPE_CHECKING:
    from tests.support.town import Town

Message = dict[str, Any]


class Person:
    """Every deed returns after everything it caused has happened."""

    def __init__(self, town: Town, number: int, phone: str = "") -> None:
        self.town, self.id, self.phone = town, number, phone
        self.said: list[str] = []
        self._cursor = 0
        self._messages: dict[int, Message] = {}
        self._toasts: list[str] = []
        self._keyboard: list[list[dict[str, Any]]] | None = None

    async def _do(self, deed: str, body: dict[str, Any]) -> None:
        await self.town.call("POST", f"/client/{self.id}/{deed}", body)
        await self.town.settle()

    async def say(self, text: str) -> None:
        self.said.append(text)
        await self._do("text", {"text": text})

    async def tap(self, label: str, *, exact: bool = False) -> None:
        await self._do("tap", {"label": label, "exact": exact})

    async def press(self, message_id: int, data: str) -> None:
        """Any callback, stale or forged."""
        await self._do("tap", {"message_id": message_id, "data": data})

    async def share_contact(self) -> None:
        await self._do("contact", {"own": True})

    async def share_card(self, phone: str, user_id: int | None = None) -> None:
        """Somebody else's card."""
        await self._do("contact", {"own": False, "phone": phone, "first_name": "Пётр", "user_id": user_id})

    async def send(self, kind: str) -> None:
        await self._do("send", {"kind": kind})

    async def send_location(self, latitude: float, longitude: float) -> None:
        await self._do("location", {"latitude": latitude, "longitude": longitude})

    async def send_photos(self, *files: bytes) -> None:
        form = aiohttp.FormData()
        for number, content in enumerate(files):
            form.add_field("file", content, filename=f"{number}.jpg", content_type="image/jpeg")
        async with self.town.http.post(f"{self.town.url}/client/{self.id}/photo", data=form) as response:
            assert response.status == 200, await response.text()
        await self.town.settle()

    async def _look(self) -> None:
        """Read what has changed since the last look, as the page does."""
        seen = await self.town.call("GET", f"/client/{self.id}/chat?since={self._cursor}")
        self._cursor, self._keyboard = seen["cursor"], seen["reply_keyboard"]
        self._messages |= {message["message_id"]: message for message in seen["messages"]}
        self._toasts += [toast["text"] for toast in seen["toasts"]]

    async def chat(self) -> list[Message]:
        """All messages that stand in the chat, oldest first."""
        await self._look()
        return [message for _, message in sorted(self._messages.items()) if not message["deleted"]]

    async def screen(self) -> Message:
        """The newest message: the screen must be the last thing in the chat, from the bot, with buttons, and pass the lint."""
        last = (await self.chat())[-1]
        assert last["from"] == "bot", last
        assert last["buttons"], last
        assert not (wrong := faults(last, self.said)), (wrong, last["text"])
        return last

    async def sees(self, *words: str) -> Message:
        """The screen, which must hold these words."""
        screen = await self.screen()
        for word in words:
            assert word in screen["text"], (word, screen["text"])
        return screen

    async def labels(self) -> list[str]:
        """The buttons of the screen."""
        return [button["text"] for row in (await self.screen())["buttons"] for button in row]

    async def toasts(self) -> list[str]:
        """Toasts since they were last asked for."""
        await self._look()
        fresh, self._toasts = self._toasts, []
        return fresh

    async def keyboard(self) -> list[list[dict[str, Any]]] | None:
        """The reply keyboard below the input, if there is one."""
        await self._look()
        return self._keyboard

    async def code(self) -> str:
        """The newest one-time code that came by SMS."""
        phone = self.phone or next(
            u["phone"] for u in await self.town.call("GET", "/client/users") if u["id"] == self.id
        )
        async with self.town.http.get(f"{self.town.url}/sms", params={"phone": phone}) as response:
            messages = await response.json()
        found = re.search(r"\d{6}", messages[-1]["text"])
        assert found, messages
        return found[0]

    async def knock(self) -> None:
        """From /start to the screen that asks for the contact."""
        await self.say("/start")
        await self.tap("Войти")
        await self.tap("Соглашаюсь", exact=True)

    async def log_in(self) -> None:
        """From /start to the menu, for a client who needs nothing but a code."""
        await self.knock()
        await self.share_contact()
        await self.say(await self.code())
        await self.sees("Готово, вы вошли")
