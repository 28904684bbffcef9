"""Many clients write to staff at once, over several groups that take twenty messages a minute, in a minute that is shorter than ours.

What each has written must stand in their topic, whole and in order; Telegram's refusals of pace must be few and all obeyed.
"""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.support.person import Person
from tests.support.town import Town, town

WORD = re.compile(r"слово-(\d+)-(\d+)")


@dataclass(frozen=True, slots=True)
class Result:
    """`messages` carried the words, joined; `refused`: answers 429; `late`: seconds from the last word written to its arrival."""

    clients: int
    words: int
    lost: int
    doubled: int
    disordered: int
    refused: int
    messages: int
    late: float

    @property
    def clean(self) -> bool:
        """Nothing lost, nothing twice, nothing out of order."""
        return not (self.lost or self.doubled or self.disordered)


@asynccontextmanager
async def switchboard(folder: Path, groups: int, minute: float) -> AsyncIterator[Town]:
    """A town whose staff have so many groups, each with Telegram's pace; a minute lasts so many seconds there."""
    ids = [-1002000000001 - number for number in range(groups)]
    pace = {"CABINET_PACE__GROUP": "18", "CABINET_STAFF__GROUPS": str(ids)}
    with patch("bot.pace.MINUTE", minute):
        async with town(folder, **pace) as own:
            for number in range(1, groups):
                made = await own.call("POST", "/staff/groups", {"title": f"Смена {number + 1}"})
                assert made["chat_id"] == ids[number], made
            await own.call("POST", "/faults", {"on": "telegram", "group_pace": 20, "seconds": minute})
            yield own


async def write_at_once(own: Town, clients: int, minutes: int, minute: float, chance: random.Random) -> Result:
    """Each client opens a talk and writes ten messages in each of so many short minutes."""
    people = [await own.person() for _ in range(clients)]
    for person in people:
        await own.call("POST", f"/client/{person.id}/text", {"text": "/support"})
        await own.call("POST", f"/client/{person.id}/text", {"text": f"Вопрос {person.id}"})
    await own.settle(120)
    for person in people:
        await own.call("POST", f"/client/{person.id}/tap", {"label": "Отправить"})
    began = time.monotonic()
    await asyncio.gather(*(_write(own, person, 10 * minutes, minute / 10, chance) for person in people))
    wrote = time.monotonic() - began
    await own.settle(600)
    return await _read(own, people, 10 * minutes, wrote, time.monotonic() - began)


async def _write(own: Town, person: Person, words: int, pause: float, chance: random.Random) -> None:
    await asyncio.sleep(chance.uniform(0, pause))
    for number in range(words):
        await own.call("POST", f"/client/{person.id}/text", {"text": f"слово-{person.id}-{number}"})
        await asyncio.sleep(pause)


async def _read(own: Town, people: list[Person], words: int, wrote: float, drained: float) -> Result:
    stood: dict[int, list[int]] = {person.id: [] for person in people}
    messages = 0
    for group in (await own.call("GET", "/staff"))["groups"]:
        for topic in await own.call("GET", f"/staff/topics?group={group['chat_id']}"):
            seen = await own.call("GET", f"/staff/topics/{topic['id']}/chat?group={group['chat_id']}&since=0")
            for message in seen["messages"]:
                found = WORD.findall(message["text"] or "")
                messages += bool(found)
                for user, number in found:
                    stood[int(user)].append(int(number))
    calls: list[dict[str, Any]] = (await own.call("GET", "/calls"))["calls"]
    refused = [call for call in calls if call.get("error_code") == 429]
    lost = sum(words - len(set(numbers)) for numbers in stood.values())
    doubled = sum(len(numbers) - len(set(numbers)) for numbers in stood.values())
    disordered = sum(numbers != sorted(numbers) for numbers in stood.values())
    return Result(len(people), words * len(people), lost, doubled, disordered, len(refused), messages, drained - wrote)
