"""The history (B4): what was done is there, from the right account; by kind and period, page by page; as a file; said once."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import pypdf

from handlers.texts import LOCALES
from services.cabinet import Cabinet
from services.db.unit import Unit
from services.history import Deed
from services.requests import Kind
from tests.support.insured import Insured, another_account, insured
from tests.support.person import Message
from tests.support.staff_side import order
from tests.support.town import Town


async def to_history(person: Insured) -> str:
    await person.say("/menu")
    await person.tap("Настройки")
    await person.tap("История")
    return str((await person.sees("Что происходило в вашем кабинете"))["text"])


async def record(town: Town, person: Insured, count: int, kind: Deed, ago: timedelta = timedelta()) -> None:
    """So many things that were done, a minute apart, the newest so long ago."""

    async def write(cabinet: Cabinet, unit: Unit) -> None:
        for number in range(count):
            at = unit.now - ago - timedelta(minutes=count - number)
            once, named = f"{kind}:{number}:{ago}", f"{kind}-{number}"
            await cabinet.history.record(unit, person.client_id, person.id, kind, named, at=at, once=once)

    await order(town, write)


async def test_what_was_done_is_there_with_the_account_that_did_it(city: Town) -> None:
    first = await insured(city, papers=True, email="ya@pochta.example")
    await first.log_in()
    second = await another_account(first)
    await second.log_in_with_fact()
    for label in ("Мои полисы", "ОСАГО", "Показать полностью"):
        await second.tap(label)
    await first.tap("Настройки")
    await first.tap("Согласия")
    await first.tap("Согласиться на предложения")
    text = await to_history(first)
    number = first.policies[0].number
    assert re.search(rf"\d\d:\d\d · Данные показаны полностью: ОСАГО ХХХ {number} \(Ирина\)", text)
    assert re.search(r"\d\d:\d\d · Согласие на предложения дано \(этот чат\)", text)
    assert text.count("Вход по номеру и коду (этот чат)") == 1
    assert text.count("Вход по номеру и коду (Ирина)") == 1
    assert text.count("Согласие на обработку данных дано (Ирина)") == 1


async def test_a_paper_and_a_request_and_the_end_of_a_session(city: Town) -> None:
    first = await insured(city, papers=True, email="ya@pochta.example")
    await first.log_in()
    second = await another_account(first)
    await second.log_in_with_fact()
    for label in ("Мои полисы", "ОСАГО", "Документы", "Полис", "Прислать сюда"):
        await first.tap(label)
    await first.say("/menu")
    for label in ("Обращения", "Новое обращение", "Предложение"):
        await first.tap(label)
    await first.say("Сделайте тёмную тему")
    for label in ("Без файлов", "Отправить"):
        await first.tap(label)
    await first.say("/menu")
    for label in ("Настройки", "Где выполнен вход", "Завершить вход"):
        await first.tap(label)
    text = await to_history(first)
    assert f"Документ отправлен в чат: Полис ОСАГО ХХХ {first.policies[0].number} (этот чат)" in text
    assert re.search(r"Обращение ОБ-\d{6} отправлено: Предложение \(этот чат\)", text)
    assert "Вход завершён с другого аккаунта: Ирина (этот чат)" in text


async def test_pages_go_both_ways(city: Town) -> None:
    irina = await insured(city)
    await irina.log_in()
    await record(city, irina, 25, Deed.ASKED)
    first = await to_history(irina)
    await irina.tap("Раньше")
    second = (await irina.screen())["text"]
    await irina.tap("Раньше")
    third = (await irina.screen())["text"]
    assert "Раньше" not in await irina.labels()
    seen = re.findall(r"Вопрос asked-(\d+) отправлен", first + second + third)
    assert seen == [str(number) for number in reversed(range(25))]
    await irina.tap("Позже")
    assert (await irina.screen())["text"] == second
    await irina.tap("Позже")
    assert (await irina.screen())["text"] == first
    assert "Позже" not in await irina.labels()


async def test_a_kind_and_a_period(city: Town) -> None:
    irina = await insured(city)
    await irina.log_in()
    await record(city, irina, 1, Deed.CLAIM_FILED, timedelta(days=20))
    await record(city, irina, 2, Deed.CLAIM_FILED, timedelta(days=2))
    await to_history(irina)
    await irina.tap("Выбрать раздел и срок")
    await irina.tap("Страховые случаи")
    assert "✓ Страховые случаи" in await irina.labels()
    await irina.tap("Показать", exact=True)
    text = (await irina.sees("Страховые случаи · За всё время"))["text"]
    assert text.count("передан страховщику") == 3
    assert "Вход" not in text
    await irina.tap("Выбрать раздел и срок")
    await irina.tap("За неделю")
    await irina.tap("Показать", exact=True)
    text = (await irina.sees("Страховые случаи · За неделю"))["text"]
    assert text.count("передан страховщику") == 2
    await irina.tap("Выбрать раздел и срок")
    await irina.tap("Напоминания")
    await irina.tap("Назад")
    await irina.sees("Здесь записей нет")
    assert "Скачать PDF" not in await irina.labels()


async def test_it_comes_as_a_table_and_as_a_paper(city: Town) -> None:
    irina = await insured(city)
    await irina.log_in()
    await record(city, irina, 15, Deed.ASKED)
    await to_history(irina)
    await irina.tap("Скачать XLSX")
    await irina.tap("Скачать PDF")
    table, paper = [await content(city, message) for message in await irina.chat() if message.get("document")][-2:]
    with zipfile.ZipFile(io.BytesIO(table)) as book:
        words = book.read("xl/sharedStrings.xml").decode()
        rows = book.read("xl/worksheets/sheet1.xml").decode().count("<row")
    assert rows == 1 + 17, "a head, fifteen questions, a login and a consent"
    for word in (
        "Вопрос asked-14 отправлен",
        "Вопрос asked-0 отправлен",
        "Вход по номеру и коду",
        "этот чат",
        "Откуда",
    ):
        assert word in words
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper)).pages)
    for word in ("История личного кабинета", "Записей: 17", "Вопрос asked-0 отправлен", "этот чат"):
        assert word in text


async def content(town: Town, message: Message) -> bytes:
    """What a file in the chat holds."""
    async with town.http.get(town.url + message["document"]["url"]) as response:
        assert response.status == 200, await response.text()
        return await response.read()


async def test_a_repeated_step_is_one_entry(city: Town) -> None:
    irina = await insured(city)
    await irina.log_in()

    async def file(cabinet: Cabinet, unit: Unit) -> None:
        actor = await cabinet.accounts.find(unit, irina.id)
        assert actor
        for _ in range(2):
            await cabinet.requests.file(unit, actor, Kind.IDEA, "again", {"text": "Дважды"})
            await cabinet.accounts.speak(unit, actor, "ru")

    await order(city, file)
    text = await to_history(irina)
    assert text.count("отправлено: Предложение") == 1
    assert text.count("изменён язык") == 1


async def test_wrong_codes_are_told_to_the_client(city: Town) -> None:
    irina = await insured(city)
    await irina.log_in()
    stranger = await another_account(irina)
    await stranger.knock()
    await stranger.share_contact()
    for day in ("01.01.1980", "02.01.1980", "03.01.1980"):
        await stranger.say(day)
    text = await to_history(irina)
    assert "Неверная дата рождения или номер полиса несколько раз подряд, вход не состоялся (Другой аккаунт" in text


TOLD: dict[Deed, tuple[dict[str, Any], str]] = {
    Deed.LOOKED: ({"name": "Мария", "post": "старший специалист"}, "Мария, старший специалист: сотрудник открыл"),
    Deed.AGREED: ({"amount": 765432}, "Заявление № 1: согласие с ценой 7\u00a0654,32\u00a0₽"),
    Deed.PAID: ({"amount": 765400}, "Заявление № 1: оплата 7\u00a0654\u00a0₽ получена"),
    Deed.CANCELLED: ({"why": "unpaid"}, "Заявление № 1 закрыто: не оплачено в срок"),
    Deed.INSTALMENT: ({"amount": 500000}, "№ 1: оплачен взнос 5\u00a0000\u00a0₽"),
    Deed.DEDUCTIBLE: ({"amount": 500000}, "№ 1: оплачена франшиза 5\u00a0000\u00a0₽"),
    Deed.CLAIM_PAPERS: ({"count": 3}, "Страховой случай № 1: отправлены документы (3)"),
    Deed.TALK_CLOSED: ({"by": "silence"}, "Разговор № 1 завершён без новых сообщений"),
    Deed.TALK_RATED: ({"stars": 5}, "Разговор № 1: ваша оценка 5 из 5"),
    Deed.REMINDED: ({"what": "renewal"}, "Напоминание: № 1, продление"),
}
"""Facts, and what is said of them."""


async def test_facts_are_told_in_words(city: Town) -> None:
    irina = await insured(city)
    await irina.log_in()

    async def write(cabinet: Cabinet, unit: Unit) -> None:
        for kind, (facts, _) in TOLD.items():
            await cabinet.history.record(unit, irina.client_id, None, kind, "№ 1", **facts)

    await order(city, write)
    text = await to_history(irina)
    await irina.tap("Раньше")
    text += (await irina.screen())["text"]
    for _, words in TOLD.values():
        assert words in text, words


def test_every_kind_has_its_words() -> None:
    for language in ("ru", "en"):
        text = (LOCALES / language / "history.ftl").read_text()
        for deed in Deed:
            assert f"\ndeed-{deed} =" in text, (language, deed)
