"""Documents that staff ask for: a button on the client's side, a place to gather them, files in the topic (X3)."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator

import pytest
from PIL import ExifTags, Image

from playground.photos import draw, jpeg, sample
from tests.support.desk import ask, asked, chat_of, told, topic_of, words_in, writes
from tests.support.insured import Insured, insured
from tests.support.person import Message, Person
from tests.support.photographs import send, sharp
from tests.support.town import Town, town

UPLOAD = "Загрузить документ"


@pytest.fixture(scope="module")
async def harbour(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    async with town(tmp_path_factory.mktemp("wanted")) as own:
        yield own


async def talking(harbour: Town) -> tuple[Insured, int]:
    """A client on file who looks at their policies, with an open talk; and its topic."""
    irina = await insured(harbour)
    await irina.log_in()
    topic = await ask(irina)
    await irina.say("/menu")
    await irina.tap("Мои полисы")
    return irina, topic


async def sent_to(harbour: Town, topic: int) -> list[str]:
    """What kind of files stand in a topic, in order."""
    return [it["kind"] for it in await told(harbour, topic) if it["kind"] in ("photo", "document")]


async def content_of(harbour: Town, message: Message) -> bytes:
    """What a file in a topic holds."""
    async with harbour.http.get(harbour.url + message["document"]["url"]) as response:
        return await response.read()


def places_of(picture: bytes) -> dict[int, object]:
    """Where a picture says it was taken."""
    return dict(Image.open(io.BytesIO(picture)).getexif().get_ifd(ExifTags.IFD.GPSInfo))


async def in_question(person: Person) -> bool:
    return UPLOAD in await person.labels()


async def test_documents_are_asked_for_gathered_and_sent(harbour: Town) -> None:
    irina, topic = await talking(harbour)
    await writes(harbour, topic, "/doc Паспорт, первая страница\nПолис <прошлый>")
    assert "Анна, специалист поддержки\nНужны документы: Паспорт, первая страница; Полис <прошлый>." in await chat_of(
        irina
    )
    await irina.sees("Разговор О-", "Специалист ждёт документы: Паспорт, первая страница; Полис <прошлый>")
    assert "Ждём от клиента: Паспорт, первая страница; Полис <прошлый>" in await words_in(harbour, topic)
    await writes(harbour, topic, "/doc паспорт, первая страница")
    assert "Об этом клиента уже попросили" in await words_in(harbour, topic)
    assert (await chat_of(irina)).count("Нужны документы") == 1

    await irina.tap(UPLOAD)
    screen = await irina.sees("0 из 2", "— Паспорт, первая страница", "— Полис <прошлый>", "Сейчас: Паспорт")
    assert "Отправить" not in str(screen["buttons"])
    assert "ремя и место" not in f"{screen['text']}{screen['buttons']}", "of a paper nobody needs to know them"
    await send(irina, sample("dark"))
    await irina.sees("1 из 2", "слишком темно")
    await irina.tap("Убрать")
    await irina.sees("0 из 2")
    await send(irina, sharp(1)[0], caption="Карта 4111 1111 1111 1111")
    await harbour.restart_bot()
    await irina.say("Что-то ещё?")
    await irina.tap("Не нужно")
    await irina.sees("1 из 2", "✓ Паспорт")
    assert await sent_to(harbour, topic) == [], "nothing is staff's before it is sent"
    await irina.tap("Отправить")
    await irina.sees("Отправили специалисту 1 файл", "Разговор О-", "ждёт документ: Полис <прошлый>")
    seen = await words_in(harbour, topic)
    assert "Ждём от клиента: Полис <прошлый>" in seen
    assert "Клиент:\nОтправляю документ: Паспорт, первая страница" in seen
    assert "4111 1111" not in seen, "a card's number is covered as anywhere in a talk"
    assert await sent_to(harbour, topic) == ["photo"]

    await irina.tap(UPLOAD)
    at_home = sample("placed")
    assert places_of(at_home.content)
    await send(irina, at_home, plain=True, caption="Карта 4111 1111 1111 1111")
    await send(irina, *sharp(4)[1:])
    await irina.sees("1 из 1", "И ещё 3 файла")
    await irina.tap("Отправить")
    await irina.sees("Отправили специалисту 4 файла")
    assert await sent_to(harbour, topic) == ["photo", "document", "photo", "photo", "photo"]
    [file] = [it for it in await told(harbour, topic) if it["kind"] == "document"]
    assert not places_of(await content_of(harbour, file)), "where its owner lives is nobody's business"
    assert file["document"]["file_name"] == at_home.name
    assert "4111 1111" not in file["caption"]
    assert not await in_question(irina)
    assert "Ждём от клиента" not in await words_in(harbour, topic)
    assert "клиент ждёт с" in await words_in(harbour, topic), "somebody has to look at them"
    await irina.tap("Назад")
    await irina.sees("У вас 1 полис")  # where the order has found them


async def test_a_talk_that_is_closed_meanwhile_still_takes_them(harbour: Town) -> None:
    irina, topic = await talking(harbour)
    await writes(harbour, topic, "/doc СТС")
    await irina.tap(UPLOAD)
    await send(irina, sample("pdf"), plain=True)
    await writes(harbour, topic, "/close")
    await irina.sees("завершён", "ждёт документ: СТС")
    await irina.say("/menu")
    await irina.tap("Человек")
    await irina.sees("ждёт документ: СТС")
    await irina.tap(UPLOAD)
    await irina.sees("✓ СТС")
    await irina.tap("Отправить")
    assert await topic_of(harbour, irina) == topic, "a talk is open again"
    await irina.sees("На связи Анна")
    assert await sent_to(harbour, topic) == ["document"]


async def test_what_is_not_needed_any_more_is_not_asked_for(harbour: Town) -> None:
    irina, topic = await talking(harbour)
    await writes(harbour, topic, "/doc СТС")
    await irina.tap(UPLOAD)
    await send(irina, sharp(1)[0])
    await irina.tap("Что прислали")
    await writes(harbour, topic, "/doc -")
    assert "больше не просим" in await words_in(harbour, topic)
    await irina.sees("Разговор О-")
    assert "больше не нужны" in await chat_of(irina)
    assert not await in_question(irina)
    assert "Ждём от клиента" not in await words_in(harbour, topic)
    await writes(harbour, topic, "/doc -")
    assert (await chat_of(irina)).count("больше не нужны") == 1

    await writes(harbour, topic, "/doc " + "\n".join(f"Справка {number}" for number in range(12)))
    await irina.sees("Справка 9")
    assert "Справка 10" not in (await irina.screen())["text"]
    await writes(harbour, topic, "/doc Ещё одна")
    assert "больше пока не попросить" in await words_in(harbour, topic)


async def test_sent_straight_into_the_talk_it_is_sent_too(harbour: Town) -> None:
    irina, topic = await talking(harbour)
    await writes(harbour, topic, "/doc СТС")
    await irina.send("voice")
    assert await in_question(irina)
    await send(irina, sharp(1)[0])
    assert await sent_to(harbour, topic) == ["photo"]
    assert not await in_question(irina)


async def test_somebody_who_is_no_client_sends_it_into_the_talk(harbour: Town) -> None:
    person, topic = await asked(harbour)
    await person.say("/menu")
    await writes(harbour, topic, "/doc Паспорт")
    assert "Нужен документ: Паспорт.\nСфотографируйте и пришлите прямо сюда" in await chat_of(person)
    assert await topic_of(harbour, person) == topic, "they stand where it is sent"
    await person.send_photos(jpeg(draw(7, (320, 240))))
    assert await sent_to(harbour, topic) == ["photo"]


async def test_the_next_client_of_a_phone_is_not_told_what_the_one_before_was_asked_for(harbour: Town) -> None:
    irina, topic = await talking(harbour)
    await writes(harbour, topic, "/doc Паспорт")
    await irina.say("/menu")
    for label in ("Настройки", "Выйти"):
        await irina.tap(label)
    await irina.tap("Выйти", exact=True)
    await irina.tap("Человек")
    assert "Паспорт" not in (await irina.screen())["text"]
    assert not await in_question(irina)
