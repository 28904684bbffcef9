"""A human is one tap away from anywhere: a question gets a number, its answer comes by itself (I3's first day)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.support.insured import Insured, insured
from tests.support.person import Person
from tests.support.town import Town


async def sent(person: Person) -> str:
    """Send the question that is being looked at; returns its number."""
    await person.tap("Отправить")
    found = [re.search(r"В-\d{6}", m["text"]) for m in await person.chat() if m["text"].startswith("Вопрос записан")]
    assert found
    assert found[-1]
    return found[-1][0]


async def at_the_desk(town: Town, number: str) -> dict[str, Any]:
    """The question as the insurer's employee has it."""
    desk = await town.call("GET", "/desk")
    return next((it for it in desk["questions"] if it["id"] == number), {})


async def answer(town: Town, number: str, words: str) -> None:
    await town.call("POST", f"/desk/questions/{number}", {"answer": words})
    await town.settle()


async def inside(town: Town) -> Insured:
    irina = await insured(town)
    await irina.log_in()
    return irina


async def test_the_answer_arrives_with_a_name_and_the_screen_below_it(city: Town) -> None:
    irina = await inside(city)
    await irina.tap("Мои полисы")
    await irina.tap("ОСАГО")
    await irina.tap("Человек")
    await irina.sees("Живой человек", "+7 800 000-00-00", "пн–пт")
    await irina.say("Как вписать водителя?")
    await irina.sees("Отправляем?", "Как вписать водителя?")
    number = await sent(irina)
    await irina.sees("ОСАГО ХХХ", "Срок:")  # back where the question began
    question = await at_the_desk(city, number)
    assert question["text"] == "Как вписать водителя?"
    assert question["customerId"] == irina.client_id
    assert question["screen"] == "policy"
    await irina.tap("Человек")
    await irina.sees(f"Вопрос {number} от", "ждёт ответа")

    await answer(city, number, "Впишем по телефону & <сразу>")
    await irina.sees("Живой человек")
    chat = await irina.chat()
    assert chat[-2]["text"].startswith(f"Ответ на вопрос {number}\nВпишем по телефону & <сразу>\n")
    assert re.search(r"(Мария|Андрей), (старший )?специалист", chat[-2]["text"])
    assert number not in chat[-1]["text"], "it waits no more"

    await answer(city, number, "Поправка: до конца недели")
    assert [m["text"].split("\n")[1] for m in await irina.chat() if m["text"].startswith("Ответ на вопрос")] == [
        "Впишем по телефону & <сразу>",
        "Поправка: до конца недели",
    ]
    await irina.sees("Живой человек")


async def test_a_question_of_several_messages_can_be_edited_and_html_is_taken_literally(city: Town) -> None:
    irina = await inside(city)
    await irina.say("/support")
    await irina.say("Сколько стоит <b>КАСКО</b> & что если 5 < 7?")
    await irina.say("Машина {новая}.")
    await irina.sees("Сколько стоит <b>КАСКО</b> & что если 5 < 7?\nМашина {новая}.")
    await irina.tap("Изменить")
    await irina.sees("Сейчас написано", "новый текст заменит этот")
    await irina.tap("Назад")
    await irina.sees("Отправляем?", "Машина {новая}.")
    await irina.tap("Изменить")
    await irina.say("Забудьте КАСКО")
    await irina.sees("Отправляем?\nЗабудьте КАСКО")
    number = await sent(irina)
    assert (await at_the_desk(city, number))["text"] == "Забудьте КАСКО"


async def test_what_is_no_question_is_answered_with_an_example(city: Town) -> None:
    irina = await inside(city)
    await irina.say("/support")
    await irina.send("voice")
    await irina.sees("Напишите вопрос словами", "Как вписать водителя?")
    await irina.say("ы" * 3001)
    await irina.sees("Это длиннее 3\xa0000 знаков")
    await irina.say("Первое")
    await irina.say("ы" * 3000)
    await irina.sees("Это длиннее 3\xa0000 знаков", "Отправляем?", "Первое")
    await irina.send("sticker")
    await irina.sees("Нужен текст", "Первое")


@pytest.mark.parametrize(
    "path",
    [
        ["Мои полисы"],
        ["Мои полисы", "ОСАГО"],
        ["Мои полисы", "ОСАГО", "Документы"],
        ["Настройки"],
        ["Настройки", "Где выполнен вход"],
        ["Настройки", "Согласия"],
        ["Настройки", "Согласия", "Отозвать согласие"],
        ["Настройки", "Язык"],
        ["Настройки", "Выйти"],
        ["Помощь"],
    ],
    ids=" / ".join,
)
async def test_the_human_is_a_tap_away_and_back_is_where_one_was(
    city: Town, traveller: Insured, path: list[str]
) -> None:
    await traveller.say("/menu")
    for label in path:
        await traveller.tap(label)
    before = (await traveller.screen())["text"]
    await traveller.tap("Человек")
    await traveller.sees("Живой человек")
    await traveller.tap("Назад" if "Назад" in await traveller.labels() else "В меню")
    after = (await traveller.screen())["text"]
    assert after == before or path[-1] in ("Помощь", "Язык"), "back leads past what was an aside itself"


@pytest.fixture(scope="module")
async def traveller(city: Town) -> Insured:
    return await inside(city)


async def test_a_strangers_question_carries_nothing_but_its_number(city: Town) -> None:
    igor = await city.person()
    await igor.knock()
    await igor.share_contact()
    await igor.tap("Человек")
    await igor.say("Я у вас не клиент, можно оформить ОСАГО?")
    number = await sent(igor)
    question = await at_the_desk(city, number)
    assert question["customerId"] is None
    assert question["customer"] is None
    assert igor.phone.removeprefix("+") not in str(question)
    assert str(igor.id) not in str(question)
    await igor.sees("мы вас не нашли")
    await answer(city, number, "Конечно")
    assert any("Конечно" in m["text"] for m in await igor.chat())
    await igor.sees("мы вас не нашли")


async def test_help_in_the_middle_of_a_question_leads_back_to_it(city: Town) -> None:
    irina = await inside(city)
    await irina.tap("Настройки")
    await irina.tap("Человек")
    await irina.say("Половина вопроса")
    await irina.say("/language")
    await irina.tap("Русский")
    await irina.sees("Отправляем?", "Половина вопроса")
    await irina.tap("Человек")
    await irina.sees("У вас есть неотправленный вопрос")
    await irina.say("Вторая половина")
    await irina.sees("Половина вопроса\nВторая половина")
    await sent(irina)
    await irina.sees("Настройки")


async def test_an_unsent_question_survives_a_restart(village: Town) -> None:
    irina = await inside(village)
    await irina.say("/support")
    await irina.say("Черновик")
    await irina.say("/menu")
    await village.restart_bot()
    await village.call("POST", "/clock", {"advance": "P29D"})
    await irina.say("/support")
    await irina.sees("У вас есть неотправленный вопрос")
    assert {"Продолжить", "Начать заново"} <= set(await irina.labels())
    await irina.tap("Продолжить")
    await irina.sees("Отправляем?", "Черновик")
    await irina.tap("Назад")
    await irina.tap("Назад")
    await irina.sees("Живой человек")
    await irina.tap("Начать заново")
    assert "Продолжить" not in await irina.labels()
    await irina.say("Новый")
    await irina.sees("Отправляем?\nНовый")
    await irina.say("/cancel")
    await irina.sees("Отменили")
    await irina.say("/support")
    assert "Продолжить" not in await irina.labels()


async def test_while_the_core_is_away_questions_wait_and_arrive_by_themselves(city: Town) -> None:
    irina = await inside(city)
    await irina.say("/support")
    await irina.say("Вы там?")
    await city.call("POST", "/faults", {"on": "core", "method": "questions", "error": 503, "times": 1})
    number = await sent(irina)
    await irina.sees("Здравствуйте, Ирина!")
    for _ in range(100):
        if await at_the_desk(city, number):
            break
        await city.call("GET", f"/client/{irina.id}/settled")
    assert (await at_the_desk(city, number))["text"] == "Вы там?"
