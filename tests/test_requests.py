"""Requests (I4, A12, A14): told, sent under a number, answered by an employee, commented, exported; somebody who cannot come in."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, timedelta

import pypdf
import pytest

from playground.photos import sample
from services.cabinet import Cabinet
from services.clock import MOSCOW
from services.db.unit import Unit as Step
from services.deadlines import Deadlines
from services.deadlines.calendar import Calendar
from services.deadlines.table import Unit
from services.requests import Kind, State
from tests.support.insured import Insured, another_account, insured
from tests.support.person import Message, Person
from tests.support.photographs import send
from tests.support.second import on_disk, rows
from tests.support.staff_side import answer, heard, order
from tests.support.town import Town

TERM = Deadlines(Calendar.known())


async def number_of(person: Person) -> str:
    """The number that was told last."""
    found = [re.search(r"ОБ-\d{6}", message["text"]) for message in await person.chat()]
    return next(it[0] for it in reversed(found) if it)


async def inside(town: Town, **facts: object) -> Insured:
    irina = await insured(town, **facts)  # type: ignore[arg-type] # passed on as they are
    await irina.log_in()
    return irina


async def begun(person: Person, kind: str, label: str = "Обращения") -> None:
    """From the menu to the first question of a request."""
    await person.say("/menu")
    await person.tap(label)
    await person.tap("Новое обращение")
    await person.tap(kind)


async def filed(person: Person, kind: str = "Жалоба", text: str = "В офисе не приняли заявление") -> str:
    """A request that needs only words. Returns its number."""
    await begun(person, kind)
    await person.say(text)
    await person.tap("Без файлов")
    await person.tap("Отправить", exact=True)
    return await number_of(person)


def moscow_today(town: Town) -> date:
    return town.world.world.clock.now().astimezone(MOSCOW).date()


# -- told and sent ------------------------------------------------------------------------------------------------------


async def test_a_complaint_from_the_menu_to_the_answer(city: Town) -> None:
    irina = await inside(city)
    await begun(irina, "Жалоба")
    await irina.sees("Жалоба", "Что случилось, где и когда?")
    await irina.say("В офисе не приняли заявление & <сказали> ждать")
    await irina.sees("Документы")
    await irina.say("Это было 21.11")
    await irina.sees("Документы")
    await irina.tap("Без файлов")
    due = TERM.count(moscow_today(city), 10, Unit.WORKING)
    await irina.sees(
        "Проверьте обращение", "не приняли заявление & <сказали> ждать\nЭто было 21.11", "за 10 рабочих дней"
    )
    await irina.say("Прошу разобраться")
    await irina.sees("Проверьте обращение", "Это было 21.11\nПрошу разобраться")
    await irina.tap("Отправить", exact=True)
    number = await number_of(irina)
    await irina.sees(f"{number} · Жалоба", "в обработке", f"ответим до {due:%d.%m.%Y}", "Прошу разобраться")
    assert any(f"его номер {number} (Жалоба)" in message["text"] for message in await irina.chat())
    assert heard(city, number) == ["request.filed"]
    assert "не приняли".encode() not in on_disk(city)

    await answer(city, number, State.CLARIFY, "Какой это был офис?")
    await irina.sees("требуется уточнение", "Какой это был офис?", "Мария, старший специалист")
    notice = (await irina.chat())[-2]["text"]
    assert notice.startswith(f"По обращению {number} нужно уточнение.")
    assert notice.endswith("Какой это был офис?\nМария, старший специалист")
    await irina.say("На Причальной, 12")
    await irina.sees("Передали сотруднику", "в обработке", "На Причальной, 12")
    await answer(city, number, None, "Спасибо, разбираемся")
    await irina.sees("в обработке", "Спасибо, разбираемся")
    assert (await irina.chat())[-2]["text"].startswith(f"Ответ по обращению {number}")
    await answer(city, number, State.DONE, "Заявление приняли, извинились")
    await irina.sees("завершено", "Заявление приняли, извинились")
    await irina.say("Не согласна")
    await irina.sees("уже завершено")
    assert heard(city, number) == ["request.filed", "request.commented"]
    await irina.say("/menu")
    assert "Обращения" in await irina.labels(), "nothing waits any more"


async def test_a_missed_term_is_decided_in_five_working_days(city: Town) -> None:
    irina = await inside(city)
    await filed(irina, "Пропущен срок", "Лежал в больнице")
    due = TERM.count(moscow_today(city), 5, Unit.WORKING)
    await irina.sees(f"ответим до {due:%d.%m.%Y}")


async def test_beyond_the_calendar_the_term_is_said_without_a_date(village: Town) -> None:
    irina = await insured(village, ends_in=(4000,))
    await village.call(
        "POST", "/clock", {"advance": f"P{(date(2031, 3, 3) - moscow_today(village)) // timedelta(days=1)}D"}
    )
    await irina.log_in()
    await filed(irina, "Предложение", "Тёмную тему")
    await irina.sees("ответим за 10 рабочих дней")


@pytest.mark.parametrize(
    ("kind", "hint"),
    [
        ("Исправить данные", "Что у нас записано неверно"),
        ("Пропущен срок", "Какой срок пропущен"),
        ("Предложение", "Что нам сделать лучше?"),
        ("Справка", "Какая справка"),
        ("Возмещение", "Эвакуатор"),
        ("Ремонт и счета", "Какие работы"),
        ("Выплата получена", "Что не так с выплатой?"),
        ("Перерасчёт", "Что пересчитать"),
    ],
)
async def test_every_kind_says_what_to_write(city: Town, kind: str, hint: str) -> None:
    """With one policy it is not asked which."""
    irina = await inside(city)
    await begun(irina, kind)
    await irina.sees(kind, hint)


async def test_of_several_policies_one_is_chosen_and_can_be_changed(city: Town) -> None:
    irina = await inside(city, ends_in=(30, 200))
    await begun(irina, "Справка")
    await irina.sees("О каком полисе речь?")
    await irina.say("этот")
    await irina.tap("Не нужно")
    first = (await irina.labels())[0]
    await irina.tap(first, exact=True)
    await irina.say("Об оплате")
    await irina.tap("Без файлов")
    await irina.sees("Полис: ОСАГО, Kia Rio")
    await irina.tap("Полис", exact=True)
    await irina.tap("Не о полисе")
    screen = await irina.sees("Проверьте обращение")
    assert "Полис:" not in screen["text"]
    await irina.tap("Текст")
    await irina.sees("Сейчас написано", "Об оплате")
    await irina.say("Об отсутствии аварий")
    await irina.sees("Проверьте обращение", "Об отсутствии аварий")


async def test_from_a_policys_card_it_is_about_that_policy(city: Town) -> None:
    irina = await inside(city, ends_in=(30, 200))
    await irina.tap("Мои полисы")
    await irina.tap((await irina.labels())[1], exact=True)
    await irina.tap("Обращение", exact=True)
    await irina.tap("Справка")
    await irina.sees("Какая справка")
    await irina.say("Об оплате")
    await irina.tap("Без файлов")
    await irina.tap("Отправить", exact=True)
    number = await number_of(irina)
    ((policy,),) = rows(city, "select policy_core_id from request where id = ?", int(number[3:]))
    assert policy == irina.policies[1].policy_id


async def test_absurd_words_are_answered_and_lost_to_nobody(city: Town) -> None:
    irina = await inside(city)
    await begun(irina, "Жалоба")
    for nothing in (" \u200b ", "\u2060"):
        await irina.say(nothing)
        await irina.sees("Что случилось, где и когда?")
    await irina.say("я" * 3001)
    await irina.sees("длиннее 3\xa0000 знаков")
    await irina.send("sticker")
    await irina.sees("Напишите словами")
    await irina.say("я" * 2990)
    await irina.sees("Документы")
    await irina.say("ещё одиннадцать")
    await irina.sees("больше 3\xa0000 знаков")
    await irina.tap("Без файлов")
    await irina.sees("Проверьте обращение")


async def test_a_card_number_is_masked_before_staff_see_it(city: Town) -> None:
    irina = await inside(city)
    number = await filed(irina)
    await irina.say("Верните на карту 4111 1111 1111 1111")
    await irina.sees("•••• 1111")
    assert heard(city, number)[-1] == "request.commented"


async def test_a_draft_survives_a_restart_and_another_kind_asks_first(village: Town) -> None:
    irina = await inside(village)
    await begun(irina, "Жалоба")
    await irina.say("Не дозвониться")
    await village.restart_bot()
    await irina.say("/menu")
    await irina.tap("Обращения")
    await irina.tap("Продолжить черновик")
    await irina.sees("Документы")
    await begun(irina, "Предложение")
    await irina.sees("Обращение уже начато")
    await village.restart_bot()
    await irina.tap("Продолжить")
    await irina.tap("Без файлов")
    await irina.sees("Проверьте обращение", "Жалоба", "Не дозвониться")
    await begun(irina, "Предложение")
    await irina.tap("Начать заново")
    await irina.sees("Что нам сделать лучше?")


async def test_twenty_wait_at_most(city: Town) -> None:
    irina = await inside(city)

    async def many(cabinet: Cabinet, unit: Step) -> None:
        actor = await cabinet.accounts.find(unit, irina.id)
        assert actor
        for number in range(20):
            await cabinet.requests.file(unit, actor, Kind.IDEA, f"{irina.id}-{number}", {"text": "Тёмную тему"})

    await order(city, many)
    await irina.say("/menu")
    assert "Обращения · 20" in await irina.labels()
    await irina.tap("Обращения")
    await irina.tap("Дальше")
    await irina.sees("Предложение")
    await begun(irina, "Жалоба", "Обращения · 20")
    await irina.say("Ещё одна")
    await irina.tap("Без файлов")
    await irina.tap("Отправить", exact=True)
    await irina.sees("не больше чем на 20", "Проверьте обращение", "Ещё одна")


# -- its life -----------------------------------------------------------------------------------------------------------


async def test_it_is_cancelled_after_a_question(city: Town) -> None:
    irina = await inside(city)
    number = await filed(irina)
    await irina.tap("Отменить обращение")
    await irina.sees("Отменить обращение?", number)
    await irina.tap("Оставить")
    await irina.sees("в обработке")
    await irina.tap("Отменить обращение")
    await irina.tap("Отменить", exact=True)
    await irina.sees("Обращение отменено", "отменено")
    assert "Отменить обращение" not in await irina.labels()
    assert heard(city, number) == ["request.filed", "request.cancelled"]


async def test_what_is_done_in_one_chat_is_seen_in_the_other(city: Town) -> None:
    irina = await inside(city)
    twin = await another_account(irina)
    await twin.log_in_with_fact()
    await twin.tap("Обращения")
    await twin.sees("Здесь можно попросить справку")
    number = await filed(irina)
    await twin.sees(number, "Жалоба", "в обработке")
    before = len(await twin.chat())
    await twin.tap(number)
    await irina.say("Подробности письмом")
    await twin.sees("Подробности письмом")
    assert len(await twin.chat()) == before, "one's own words need no notice"
    await answer(city, number, State.DONE, "Готово")
    for person in (irina, twin):
        assert (await person.chat())[-2]["text"].startswith(f"Обращение {number} завершено")


async def test_news_find_somebody_who_blocked_the_bot_later(city: Town) -> None:
    irina = await inside(city)
    number = await filed(irina)
    await irina._do("block", {})
    await answer(city, number, State.DONE, "Справка готова")
    await irina._do("unblock", {})
    await irina.say("/menu")
    told = [m["text"] for m in await irina.chat() if "Справка готова" in m["text"]]
    assert len(told) == 1
    assert told[0].startswith("Пока бот был заблокирован, пришли новости.")


async def test_the_history_comes_as_a_table_and_as_a_paper(city: Town) -> None:
    irina = await inside(city)
    number = await filed(irina, text="=1+1 «Причал» & сыновья")
    await answer(city, number, State.DONE, "Разобрались: виноват & исправится <сервис>")
    await irina.say("/menu")
    await irina.tap("Обращения")
    await irina.tap("История в XLSX")
    await irina.tap("История в PDF")
    table, paper = [await content(city, message) for message in await irina.chat() if message.get("document")][-2:]
    with zipfile.ZipFile(io.BytesIO(table)) as book:
        words = book.read("xl/sharedStrings.xml").decode()
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode(), "what somebody types is no formula"
    for word in (
        number,
        "Жалоба",
        "=1+1 «Причал» &amp; сыновья",
        "виноват &amp; исправится &lt;сервис&gt;",
        "Мария, старший",
    ):
        assert word in words
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper)).pages)
    for word in ("История обращений", number, "«Причал» & сыновья", "исправится <сервис>", "Мария, старший специалист"):
        assert word in text


async def content(town: Town, message: Message) -> bytes:
    """What a file in the chat holds."""
    async with town.http.get(town.url + message["document"]["url"]) as response:
        assert response.status == 200, await response.text()
        return await response.read()


async def test_files_go_with_it_and_are_added_later(village: Town) -> None:
    """Those that staff have are theirs; those on their way follow by themselves; the person may go on meanwhile."""
    irina = await inside(village)
    await begun(irina, "Ремонт и счета")
    await send(irina, sample("sharp", 1))
    await irina.sees("Какие работы сделаны")
    await irina.say("Бампер, 48 000 ₽")
    await send(irina, sample("sharp", 2))
    await village.restart_bot()
    await irina.tap("Готово")
    await irina.tap("Отправить", exact=True)
    number = await number_of(irina)
    await irina.sees(number, "Файлов: 2")
    await irina.tap("Приложить файлы")
    screen = await irina.sees("Файлы к обращению")
    assert "Что прислали" not in str(screen["buttons"]), "what staff have is not taken back"
    assert "Готово, отправить" not in await irina.labels()
    await send(irina, sample("sharp", 3))
    await irina.tap("Готово, отправить")
    await irina.sees("Приложены файлы.", "Файлов: 3")
    assert heard(village, number) == ["request.filed", "request.commented"]
    seen: list[int] = []

    async def look(cabinet: Cabinet, unit: Step) -> None:
        request = await cabinet.requests.by_id(unit, int(number[3:]))
        seen.extend(it.message_id for it in await cabinet.requests.files(unit, request))

    await order(village, look)
    photos = [message["message_id"] for message in await irina.chat() if message.get("photo")]
    assert seen == photos, "the messages they came in, to be copied"
    await answer(village, number, State.DONE, "Оплатим")
    assert "Приложить файлы" not in await irina.labels()


# -- phone and access ---------------------------------------------------------------------------------------------------


async def test_a_cabinet_is_blocked_everywhere_at_once(city: Town) -> None:
    irina = await inside(city)
    twin = await another_account(irina)
    await twin.log_in_with_fact()
    await begun(irina, "Телефон и доступ")
    await irina.tap("Закрыть кабинет")
    await irina.say("Телефон украли")
    await irina.tap("Без файлов")
    await irina.sees("Закрыть кабинет", "закроются сразу")
    await irina.tap("Отправить", exact=True)
    number = await number_of(irina)
    for person in (irina, twin):
        assert "Войти" in await person.labels()
        assert any("все входы завершены" in message["text"] for message in await person.chat())
    assert not rows(city, "select 1 from binding where client_id = ? and ended_at is null", irina.client_id)
    assert heard(city, number) == ["request.filed"]


async def test_another_number_needs_two_papers(city: Town) -> None:
    irina = await inside(city)
    await begun(irina, "Телефон и доступ")
    await irina.tap("Сменить номер")
    for rubbish in ("12", "мой новый", "+7 903"):
        await irina.say(rubbish)
        await irina.sees("+7 903 123-45-67")
    await irina.say("8 (903) 123-45-67")
    await irina.sees("Почему меняется номер?")
    await irina.say("Прежний отключён")
    await irina.sees("0 из 2", "Паспорт", "Заявление от руки")
    assert not {"Готово", "Без файлов"} & set(await irina.labels()), "both are needed"
    await send(irina, sample("sharp", 1))
    await irina.sees("1 из 2")
    assert "Готово" not in await irina.labels()
    await send(irina, sample("sharp", 2))
    await irina.sees("2 из 2")
    await irina.tap("Готово")
    await irina.sees("Проверьте обращение", "Сменить номер телефона", "+7 903 ***-**-67", "Прежний отключён")
    await irina.tap("Отправить", exact=True)
    number = await number_of(irina)
    await irina.sees(number, "Телефон и доступ", "Файлов: 2", "в обработке")
    given = rows(city, "select slot, state, handed_at is not null from upload where client_id = ?", irina.client_id)
    assert [(state, handed) for _, state, handed in given] == [("stored", 1)] * 2


async def test_whoever_cannot_come_in_asks_for_a_way_back(city: Town) -> None:
    oleg = await city.person(first_name="Олег")
    await oleg.knock()
    await oleg.share_contact()
    await oleg.sees("мы вас не нашли")
    await oleg.tap("Вернуть доступ")
    await oleg.say("Олег")
    await oleg.sees("Петрова Анна Сергеевна")
    await oleg.say("Ветров Олег Игоревич")
    for wrong in ("112-233-445 96", "7707083893", "123", "abc"):
        await oleg.say(wrong)
        await oleg.sees("Номер не сходится")
    await oleg.say("112-233-445 95")
    await send(oleg, sample("sharp", 1))
    await oleg.sees("Нужен номер полиса")
    await oleg.say("№")
    await oleg.sees("ХХХ 0123456789")
    await oleg.tap("Не помню")
    screen = await oleg.sees("Проверьте обращение", "Ве***в О. И.", "***4595", "Последний полис: —")
    assert oleg.phone not in screen["text"]
    await oleg.tap("Номер полиса")
    await oleg.say("xxx 0166171796")
    await oleg.sees("Последний полис: ХХХ0166171796")
    await oleg.tap("Отправить", exact=True)
    number = await number_of(oleg)
    await oleg.sees(number, "Вернуть доступ", "в обработке")
    assert b"11223344595" not in on_disk(city)
    await answer(city, number, State.DONE, "Войдите с номером, который указали")
    await oleg.sees("завершено", "Войдите с номером")
    await oleg.tap("Новое обращение")
    await oleg.sees("Чем помочь?")


async def test_a_strangers_request_is_nobody_elses(city: Town) -> None:
    oleg, irina = await city.person(first_name="Олег"), await inside(city)
    await oleg.knock()
    await oleg.share_contact()
    await oleg.tap("Вернуть доступ")
    await oleg.say("Ветров Олег Игоревич")
    await oleg.say("11223344595")
    await oleg.tap("Не помню")
    await oleg.tap("Отправить", exact=True)
    number = await number_of(oleg)
    await irina.tap("Обращения")
    screen = await irina.screen()
    assert number not in screen["text"]
