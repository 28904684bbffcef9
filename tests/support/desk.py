"""The staff group as tests use it: a client with an open talk, what employees do in its topic, what stands there."""

from __future__ import annotations

from typing import Any

import aiohttp

from tests.support.person import Message, Person
from tests.support.second import rows
from tests.support.town import Town

ANNA, IGOR, MARIA, TIMUR, OLGA, PAVEL, VIKTOR, KIRILL = range(200001, 200009)
"""Operator, claims, supervisor, operator, administrator; not in the staff table; an anonymous administrator; dismissed."""


async def topics(town: Town, group: int | None = None) -> list[dict[str, Any]]:
    """The topics of a group; without an id of the first one."""
    found: list[dict[str, Any]] = await town.call("GET", f"/staff/topics{f'?group={group}' if group else ''}")
    return found


async def topic_of(town: Town, person: Person) -> int:
    """The topic of the talk this person stands in: its name ends with the number."""
    number = (await person.sees("Разговор О-"))["text"].split("Разговор ")[1][:8]
    return next(int(it["id"]) for it in await topics(town) if it["name"].endswith(number))


async def ask(person: Person, words: str = "Как вписать водителя?") -> int:
    """A question that opens a talk; its topic."""
    await person.say("/support")
    await person.say(words)
    await person.tap("Отправить")
    return await topic_of(person.town, person)


async def asked(town: Town, words: str = "Как вписать водителя?") -> tuple[Person, int]:
    """Somebody new with an open talk, and its topic."""
    person = await town.person()
    return person, await ask(person, words)


async def told(town: Town, topic: int | str) -> list[Message]:
    """What stands in a topic (or `general`)."""
    path = "/staff/general" if topic == "general" else f"/staff/topics/{topic}"
    seen = await town.call("GET", f"{path}/chat?since=0")
    return [message for message in seen["messages"] if not message["deleted"]]


async def words_in(town: Town, topic: int | str) -> str:
    """The same as one text; what has no words by its kind."""
    return "\n".join((it["text"] or it["caption"] or it["kind"]) for it in await told(town, topic))


async def topic_with(town: Town, client_id: str) -> int:
    """The topic of a client; 0 if they have none."""
    found = rows(town, "select thread_id from topic where whose = ?", f"client:{client_id}")
    return int(found[0][0]) if found else 0


async def told_of(town: Town, client_id: str) -> str:
    """What stands in the topic of a client."""
    topic = await topic_with(town, client_id)
    return await words_in(town, topic) if topic else ""


async def staff(town: Town, topic: int, deed: str, operator: int = ANNA, **body: Any) -> None:
    """An employee does something in a topic."""
    await town.call("POST", f"/staff/topics/{topic}/{deed}", {"operator": operator, **body})
    await town.settle()


async def writes(town: Town, topic: int, text: str, operator: int = ANNA, **body: Any) -> None:
    """An employee writes there: words for the client, an order, a note."""
    await staff(town, topic, "text", operator, text=text, **body)


async def sends(town: Town, topic: int, deed: str, content: bytes, name: str, **fields: str) -> None:
    """An employee sends a file: `photo`, `document`, `voice`."""
    form = aiohttp.FormData({"operator": str(ANNA), **fields})
    form.add_field("file", content, filename=name)
    async with town.http.post(f"{town.url}/staff/topics/{topic}/{deed}", data=form) as response:
        assert response.status == 200, await response.text()
    await town.settle()


async def sends_album(town: Town, topic: int, files: dict[str, bytes], caption: str) -> None:
    """An employee sends several pictures at once, with words below the first."""
    form = aiohttp.FormData({"operator": str(ANNA), "caption": caption})
    for name, content in files.items():
        form.add_field("file", content, filename=name, content_type="image/jpeg")
    async with town.http.post(f"{town.url}/staff/topics/{topic}/album", data=form) as response:
        assert response.status == 200, await response.text()
    await town.settle()


async def press(town: Town, topic: int, label: str, operator: int = ANNA) -> str:
    """An employee presses a button of the card; returns the toast they see."""
    card = next(it for it in reversed(await told(town, topic)) if it["buttons"])
    places = [(r, c) for r, row in enumerate(card["buttons"]) for c, it in enumerate(row) if label in it["text"]]
    assert places, (label, card["buttons"])
    row, col = places[0]
    before = len((await town.call("GET", f"/staff/topics/{topic}/chat?since=0"))["toasts"])
    await staff(town, topic, "tap", operator, message_id=card["message_id"], row=row, col=col)
    toasts = (await town.call("GET", f"/staff/topics/{topic}/chat?since=0"))["toasts"][before:]
    return str(toasts[-1]["text"] or "") if toasts else ""


async def later(town: Town, seconds: int) -> None:
    """So much later."""
    await town.call("POST", "/clock", {"advance": f"PT{seconds}S"})
    await town.settle()


async def chat_of(person: Person) -> str:
    """Everything the bot says in a person's chat, as one text."""
    return "\n".join(it["text"] or it["caption"] or it["kind"] for it in await person.chat() if it["from"] == "bot")
