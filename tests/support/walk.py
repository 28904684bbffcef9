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
from typing import Any, NamedTuple

import aiohttp
import structlog
from PIL import Image

from tests.support.atlas import QUOTED, Atlas, Move, State, action_of, buttons_of
from tests.support.lint import faults, not_one_screen
from tests.support.person import Message
from tests.support.town import Town


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
            loud += [str(entry) for entry in said if entry["log_level"] in ("warning", "error", "critical")]
    finally:
        logging.getLogger().removeHandler(ear)


def picture() -> bytes:
    """A small photo."""
    file = io.BytesIO()
    Image.new("RGB", (64, 48), (90, 130, 160)).save(file, "JPEG")
    return file.getvalue()


class Story(NamedTuple):
    """Somebody to walk as. `first` are the moves that lead to where their walk begins; `twin`: logged in elsewhere as well.

    `share` is how much there is to see, in steps of a short walk.
    """

    name: str
    user: int
    share: int
    fact: str = ""
    first: tuple[Move, ...] = ()
    twin: bool = False


ENTER = (Move("press", "enter"), Move("press", "yes"), Move("card", "own"))
LOG_IN = (*ENTER, Move("code", "right"))
STORIES = (
    Story(
        "seven contracts, logged in on two phones",
        100008,
        520,
        "23.08.1979",
        (*ENTER, Move("fact", "right"), Move("code", "right")),
        True,
    ),
    Story("an English speaker", 100011, 100, first=LOG_IN),
    Story("a stranger", 100010, 80, first=ENTER),
    Story("two clients on one phone", 100009, 100, "02.04.1969", (*ENTER, Move("press", "who"))),
    Story("declined", 100006, 60, first=(Move("press", "enter"), Move("press", "no"))),
    Story("a day later", 100001, 80, first=(*LOG_IN, Move("wait", "PT25H"))),
    Story("a phone in doubt", 100012, 60, "28.11.1976", ENTER),
    Story("no e-mail", 100013, 60, first=LOG_IN),
)


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
        self._photo = picture()
        self.state = State("", ())

    async def begin(self) -> None:
        """From nothing to where the story begins."""
        users = await self.town.call("GET", "/client/users")
        self._phone = next(user["phone"] for user in users if user["id"] == self.user)
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
        return next(Move("tap", button["text"]) for button in buttons_of(self.screen) if action_of(button)[1] == action)

    async def walk(self, steps: int) -> None:
        """Take so many steps. Raises AssertionError with the trail when something is not as it must be."""
        for _ in range(steps):
            await self.step(self.atlas.choose(self.state, self.chance))

    async def step(self, move: Move) -> None:
        """One move, and a look at everything it must not break."""
        before, screen = self.state, self.screen
        self.trail.append(f"{before.place} {move.how} {move.what[:30]}")
        written = await self._make(move)
        await self._look()
        if move.how == "stale":
            assert buttons_of(self.screen) == buttons_of(screen), self._story("an old button has changed something")
        elif move.how in ("code", "fact"):
            assert all(number not in self.chat for number in written), self._story("what was typed must not stay")
        if written and move.how not in ("code", "fact"):
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
            case Move("code", which):
                return await self._do("text", {"text": await self._code() if which == "right" else "000000"})
            case Move("fact", which):
                return await self._do(
                    "text", {"text": self.story.fact if which == "right" and self.story.fact else "01.01.1950"}
                )
        raise ValueError(move)

    async def _tap(self, label: str) -> list[int]:
        for row, buttons in enumerate(self.screen["buttons"]):
            for col, button in enumerate(buttons):
                if button["text"] == label:
                    await self._do("tap", {"message_id": self.screen["message_id"], "row": row, "col": col})
                    return []
        raise KeyError(label)

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
        await calm(self.town)
        return []

    async def _code(self) -> str:
        messages = await self.town.call("GET", f"/sms?phone={self._phone.removeprefix('+')}")
        found = re.search(r"\d{6}", messages[-1]["text"]) if messages else None
        return found[0] if found else "000001"

    async def _files(self, count: int, **fields: str) -> list[int]:
        form = aiohttp.FormData(fields)
        for number in range(count):
            form.add_field("file", self._photo, filename=f"{number}.jpg", content_type="image/jpeg")
        async with self.town.http.post(f"{self.town.url}/client/{self.user}/photo", data=form) as response:
            done = await response.json()
            assert response.status == 200, done
        await calm(self.town)
        return list(done["message_ids"])

    async def _do(self, deed: str, body: dict[str, Any]) -> list[int]:
        done = await self._post(deed, body)
        await calm(self.town)
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
        self.state = State(action_of(buttons[0])[0], tuple(button["text"] for button in buttons))
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
        wants = action_of(buttons_of(screen)[0])[0] == "login.contact"
        assert bool(self.keyboard) == wants, self._story(f"the contact button: {self.keyboard}")

    def _story(self, problem: str) -> str:
        text = self.screen["text"] if self.chat else ""
        return f"{problem}\n{self.story.name}, after: {' → '.join(self.trail[-8:])}\nthe last message: {text!r}"


async def calm(town: Town) -> None:
    """Until everything due is done: as `GET /settled`, from inside, and therefore quicker."""
    world, still = town.world, 0
    async with asyncio.timeout(30):
        while still < 2:
            bot = next(iter(world.hub.memory.bots.values()))
            busy = world.hub.undelivered(bot) or sum(count() for count in world.world.pending)
            lag = {} if busy else await town.process.lag()
            still = 0 if busy or any(lag[name] for name in ("inbox", "outbox", "screens", "busy")) else still + 1
            await asyncio.sleep(0.002)
