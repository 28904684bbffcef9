"""Files as people send them: one, an album, as files; and an album whose messages arrive in another order than they were sent."""

from __future__ import annotations

import io
import random
from itertools import count
from typing import Any

import aiohttp

from playground.photos import Photo, sample
from playground.telegram.files import with_file_ids
from playground.telegram.hub import CABINET
from tests.support.person import Person
from tests.support.second import message, update

_albums = count(1)


async def send(person: Person, *photos: Photo, plain: bool = False, caption: str = "") -> list[int]:
    """The numbers of their messages; `plain`: as files. Returns after everything it caused has happened."""
    form = aiohttp.FormData({"as_document": "1" if plain else "", "caption": caption}, quote_fields=False)
    for photo in photos:
        form.add_field("file", io.BytesIO(photo.content), filename=photo.name, content_type=photo.mime)
    async with person.town.http.post(f"{person.town.url}/client/{person.id}/photo", data=form) as response:
        done = await response.json()
        assert response.status == 200, done
    await person.town.settle()
    return list(done["message_ids"])


async def album_of(person: Person, *photos: Photo, first: int) -> list[dict[str, Any]]:
    """The messages of an album as Telegram would post them, numbered from `first`; nobody has posted them yet."""
    hub, album = person.town.world.hub, str(next(_albums))
    bodies = [with_file_ids(await hub.files.photo(photo.content), CABINET.id) for photo in photos]
    return [
        message(person.id, **body, media_group_id=album) | {"message_id": first + number}
        for number, body in enumerate(bodies)
    ]


async def post(town: Any, messages: list[dict[str, Any]], chance: random.Random) -> None:
    """Post them in any order."""
    chance.shuffle(messages)
    for said in messages:
        await update(town, "message", said)
    await town.settle()


def sharp(number: int) -> list[Photo]:
    """So many different good photos."""
    return [sample("sharp", seed) for seed in range(1, number + 1)]


async def dented(person: Person) -> None:
    """From the menu to the photos of a KASKO claim."""
    await person.tap("Страховые случаи")
    await person.tap("Новый случай")
    for label in ("КАСКО", "Повреждена", "Сегодня", "Не помню"):
        await person.tap(label)
    await person.say("Тула, Мира, 5")
    await person.say("Задела столб")
    for label in ("Дальше", "Пока никак", "Да", "Ничего"):
        await person.tap(label)
    await person.sees("Снимки и документы", "0 из 8")
