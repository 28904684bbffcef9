"""A walker who presses everything: an atlas of the conversation grows as people walk it, and every step is looked at.

After every move the chat must hold exactly one screen, at the bottom, without a fault that the lint knows; nothing may be refused by
Telegram or written into the log.
"""

from __future__ import annotations

import asyncio
import io
import logging
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import structlog
from PIL import Image

from playground.photos import Photo, sample
from services.clock import MOSCOW
from tests.support.atlas import ASKING, QUOTED, WIPED, Atlas, Move, State, action_of, buttons_of, label_of, state_of
from tests.support.hostile import CORPUS
from tests.support.lint import faults, not_one_screen
from tests.support.outsiders import NEWS, Outsiders
from tests.support.person import Message
from tests.support.reminders import forgotten, look, never_quiet
from tests.support.second import rows
from tests.support.stories import Story
from tests.support.town import Town

MORE = 100
"""Steps beyond its share after which a walk gives up what it has seen and cannot reach."""
EXPECTED = ("refund", "paid_in_vain")
"""What the bot may log: money that goes back is for staff to know of."""


@contextmanager
def quiet() -> Iterator[list[str]]:
    """What is logged at WARNING or above within the block, by whomever."""
    loud: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            loud.append(f"{record.name}: {record.getMessage()}")

    ear = Ear(logging.WARNING)
    logging.getLogger().addHandler(ear)
    try:
        with structlog.testing.capture_logs() as said:
            yield loud
            loud += [
                str(entry)
                for entry in said
                if entry["log_level"] in ("warning", "error", "critical") and entry["event"] not in EXPECTED
            ]
    finally:
        logging.getLogger().removeHandler(ear)


def picture(number: int) -> bytes:
    """A small photo, no two alike: too small to be of use, and it may stay all the same."""
    file = io.BytesIO()
    Image.frombytes("RGB", (64, 48), random.Random(number).randbytes(64 * 48 * 3)).save(file, "JPEG")
    return file.getvalue()


class Walker:
    """One person on a walk. `old` are buttons of screens that are gone, with the messages they stood on."""

    def __init__(self, town: Town, story: Story, atlas: Atlas, chance: random.Random) -> None:
        self.town, self.user, self.story, self.atlas, self.chance = town, story.user, story, atlas, chance
        self.chat: dict[int, Message] = {}
        self.trail: list[str] = []
        self.old: dict[str, int] = {}
        self.keyboard: list[Any] | None = None
        self._cursor = self._calls = 0
        self._phone = ""
        self._jumped = False
        self._photos = 0
        self.outsiders = Outsiders(town, "", chance)
        self.state = State("", (), ())

    async def begin(self) -> None:
        """From nothing to where the story begins."""
        users = await self.town.call("GET", "/client/users")
        known = next(user for user in users if user["id"] == self.user)
        self._phone = known["phone"]
        self.outsiders = Outsiders(self.town, self._phone, self.chance)
        if self.story.language:
            names = {"id": self.user, "first_name": known["first_name"]}
            await self.town.call("POST", "/client/users", {**names, "language_code": self.story.language})
        await self.town.call("POST", "/desk/checks", {"auto": False})
        if self.story.twin:
            twin = await self.town.person(self._phone)
            await twin.log_in()
        self._calls = (await self.town.call("GET", "/calls?since=0"))["cursor"]
        await self._do("text", {"text": "/start"})
        await self._look()
        for move in self.story.first:
            await self.step(self.button(move.what) if move.how == "press" else move)

    async def suffer(self, move: Move) -> None:
        """A move during which Telegram refuses something, because we asked it to."""
        await self._make(move)
        self._calls = (await self.town.call("GET", "/calls?since=0"))["cursor"]
        await self._look()

    def button(self, action: str) -> Move:
        """The first button of the screen that does this."""
        found = [Move("tap", label_of(it)) for it in buttons_of(self.screen) if action_of(it)[1] == action]
        assert found, self._story(f"no button does {action}")
        return found[0]

    async def walk(self, steps: int) -> None:
        """Take so many steps, and then as few more as lead to whatever was seen and never tried, whatever chance has done.

        Raises AssertionError with the trail when something is not as it must be.
        """
        for _ in range(steps):
            await self.step(self.atlas.choose(self.state, self.chance))
        for _ in range(MORE):
            if (move := self.atlas.must(self.state, self.chance)) is None:
                break
            await self.step(move)

    async def step(self, move: Move) -> None:
        """One move, and a look at everything it must not break."""
        before, screen = self.state, self.screen
        self.trail.append(f"{before.place} {move.how} {move.what[:30]}")
        written = await self._make(move)
        await self._look()
        if move.how == "stale":
            assert buttons_of(self.screen) == buttons_of(screen), self._story("an old button has changed something")
        typed = move.how in ("day", "type") and not move.what.startswith("/")
        if wiped := move.how in ("code", "fact") or (typed and before.place in WIPED):
            assert all(number not in self.chat for number in written), self._story("what was typed must not stay")
        if written and not wiped:
            assert self.screen["message_id"] > max(written), self._story("the answer is not below the message")
        self.atlas.learn(before, move, self.state)

    @property
    def screen(self) -> Message:
        return self.chat[max(self.chat)]

    # -- hands ----------------------------------------------------------------------------------------------------------

    async def _make(self, move: Move) -> list[int]:
        """Returns the numbers of the messages the person has written."""
        match move:
            case Move("tap", label):
                return await self._tap(label)
            case Move("type", text):
                return await self._do("text", {"text": text})
            case Move("send", kind):
                return await self._do("send", {"kind": kind})
            case Move("location"):
                return await self._do("location", {"latitude": 55.75, "longitude": 37.62})
            case Move("photo"):
                return await self._files(1)
            case Move("album"):
                return await self._files(3)
            case Move("file"):
                return await self._files(1, as_document="1")
            case Move("bring", kind):
                return await self._bring(kind)
            case Move("card", "own"):
                return await self._do("contact", {"own": True})
            case Move("card"):
                return await self._do("contact", {"own": False, "phone": "+79070000102", "first_name": "Пётр"})
            case Move("edit"):
                return await self._edit()
            case Move("stale"):
                return await self._stale()
            case Move("wait", duration):
                self._jumped = True
                await self.town.call("POST", "/clock", {"advance": duration})
                return await self._do("text", {"text": "/menu"})
            case Move("day", days):
                now = datetime.fromisoformat((await self.town.call("GET", "/clock"))["now"])
                day = now.astimezone(MOSCOW).date() + timedelta(days=int(days))
                return await self._do("text", {"text": f"{day:%d.%m.%Y}"})
            case Move("desk" | "payer" | "insurer" | "news" | "idle" | "fault" | "heal" | "remind" | "staff"):
                await self._happen(move)
                return []
            case Move("code", which):
                return await self._do("text", {"text": await self._code() if which == "right" else "000000"})
            case Move("fact", which):
                return await self._do(
                    "text", {"text": self.story.fact if which == "right" and self.story.fact else "01.01.1950"}
                )
        raise ValueError(move)

    async def _happen(self, move: Move) -> None:
        """Something that is not this person's doing."""
        match move:
            case Move("news"):
                await self.outsiders.do(*self.chance.choice(NEWS))
            case Move("idle", duration):
                self._jumped = True
                await self.town.call("POST", "/clock", {"advance": duration})
            case Move("remind"):
                await self._remind()
            case Move("fault", what):
                on, method = what.split()
                await self.town.call("POST", "/faults", {"on": on, "method": method, "error": 503, "times": 1000})
            case Move("heal"):
                await self.town.call("DELETE", "/faults")
                async with asyncio.timeout(30):
                    while rows(self.town, "select 1 from outbox where state = 0"):
                        await self.town.settle()
            case Move(who, what):
                await self.outsiders.do(who, what)
        await self.town.settle()

    async def _remind(self) -> None:
        """Whatever is due is said once more, to whoever has come in."""
        for (client,) in rows(
            self.town, "select client_id from binding where account_id = ? and ended_at is null", self.user
        ):
            never_quiet(self.town, client)
            forgotten(self.town, client)
            await look(self.town, client)

    async def _tap(self, label: str) -> list[int]:
        """One of the buttons that say this."""
        places = [
            {"row": row, "col": col}
            for row, buttons in enumerate(self.screen["buttons"])
            for col, button in enumerate(buttons)
            if "data" in button and label_of(button) == label
        ]
        await self._do("tap", {"message_id": self.screen["message_id"], **self.chance.choice(places)})
        return []

    async def _edit(self) -> list[int]:
        own = [number for number, message in self.chat.items() if message["from"] == "user" and message["text"]]
        if not own:
            own = await self._do("text", {"text": "опечатка"})
        await self._do("edit", {"message_id": own[-1], "text": f"исправлено {len(self.trail)}"})
        return []

    async def _stale(self) -> list[int]:
        """Buttons of old screens, on the messages they stood on: as a client may that has not seen the newest edit."""
        here = {button["data"] for row in self.screen["buttons"] for button in row if "data" in button}
        gone = [data for data in self.old if data not in here]
        by_action = {tuple(data.split(":")[:2]): data for data in self.chance.sample(gone, len(gone))}
        for data in list(by_action.values())[: None if self.atlas.thorough else 12]:
            await self._post("tap", {"message_id": self.old[data], "data": data})
        await self.town.settle()
        return []

    async def _code(self) -> str:
        messages = await self.town.call("GET", f"/sms?phone={self._phone.removeprefix('+')}")
        found = re.search(r"\d{6}", messages[-1]["text"]) if messages else None
        return found[0] if found else "000001"

    async def _bring(self, kind: str) -> list[int]:
        """A made-up photo, or a stranger's file, sent as a file."""
        known = CORPUS.get(kind)
        photo = Photo(kind, "image/jpeg", known.content()) if known else sample(kind, self.chance.randint(1, 50))
        return await self._send(photo, as_document="1")

    async def _files(self, count: int, **fields: str) -> list[int]:
        self._photos += count
        numbers = range(self._photos - count, self._photos)
        return await self._send(*(Photo(f"{n}.jpg", "image/jpeg", picture(n)) for n in numbers), **fields)

    async def _send(self, *photos: Photo, **fields: str) -> list[int]:
        form = aiohttp.FormData(fields)
        for photo in photos:
            form.add_field("file", photo.content, filename=photo.name, content_type=photo.mime)
        async with self.town.http.post(f"{self.town.url}/client/{self.user}/photo", data=form) as response:
            done = await response.json()
            assert response.status == 200, done
        await self.town.settle()
        return list(done["message_ids"])

    async def _do(self, deed: str, body: dict[str, Any]) -> list[int]:
        done = await self._post(deed, body)
        await self.town.settle()
        return [] if deed in ("tap", "edit") else list(done.get("message_ids", [done["message_id"]]))

    async def _post(self, deed: str, body: dict[str, Any]) -> Any:
        return await self.town.call("POST", f"/client/{self.user}/{deed}", body)

    # -- eyes -----------------------------------------------------------------------------------------------------------

    async def _look(self) -> None:
        """Read what has changed, and check what must hold after any move."""
        seen = await self.town.call("GET", f"/client/{self.user}/chat?since={self._cursor}")
        self._cursor, self.keyboard = seen["cursor"], seen["reply_keyboard"]
        for message in seen["messages"]:
            if message["deleted"]:
                self.chat.pop(message["message_id"], None)
            else:
                self.chat[message["message_id"]] = message
        await self._check_calls()
        self._check_screen()
        buttons = buttons_of(self.screen)
        self.state = state_of(self.screen)
        self.atlas.enter(self.state, buttons)
        for button in buttons:
            if len(self.old) > 2000:
                self.old.pop(next(iter(self.old)))
            self.old[button["data"]] = self.screen["message_id"]

    async def _check_calls(self) -> None:
        made = await self.town.call("GET", f"/calls?since={self._calls}")
        self._calls = made["cursor"]
        refused = [(call["method"], call["description"]) for call in made["calls"] if not call["ok"]]
        if self._jumped:  # what is older than two days cannot be deleted: it loses its buttons instead
            refused = [call for call in refused if call != ("deleteMessage", "Bad Request: message can't be deleted")]
        assert not refused, self._story(f"Telegram refused {refused}")

    def _check_screen(self) -> None:
        screen = self.screen
        assert screen["from"] == "bot", self._story("the last word is not the bot's")
        assert screen["buttons"], self._story("the last message has no buttons")
        assert not not_one_screen(self.chat.values()), self._story("more than one screen")
        assert not faults(screen, QUOTED), self._story(f"the screen: {faults(screen, QUOTED)}")
        wants = action_of(buttons_of(screen)[0])[0] in ASKING
        assert bool(self.keyboard) == wants, self._story(f"the button at the keyboard: {self.keyboard}")

    def _story(self, problem: str) -> str:
        text = self.screen["text"] if self.chat else ""
        return f"{problem}\n{self.story.name}, after: {' → '.join(self.trail[-8:])}\nthe last message: {text!r}"
