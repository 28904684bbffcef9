"""A human is one tap away from anywhere: a question gets a number, its answer comes by itself (I3's first day)."""

from __future__ import annotations

import re
from typing import Any

import pytest
import structlog.testing

from tests.support.desk import topic_of, words_in
from tests.support.insured import Insured, insured
from tests.support.person import Person
from tests.support.second import message, says
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


async def in_topic(town: Town, person: Person) -> str:
    """All that staff see of the talk this person stands in."""
    return await words_in(town, await topic_of(town, person))


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
    await irina.sees("Разговор О-", "Ваше место в очереди", "Ответим до")
    await irina.tap("Назад")
    await irina.sees("ОСАГО ХХХ", "Срок:")  # back where the question began
    question = await at_the_desk(city, number)
    assert question["text"] == "Как вписать водителя?"
    assert question["customerId"] == irina.client_id
    assert question["screen"] == "policy"
    await irina.tap("Человек")
    await irina.sees("Разговор О-", "Ваше место в очереди")

    await answer(city, number, "Впишем по телефону & <сразу>")
    await irina.sees("Разговор О-", "Ответ выше")
    chat = await irina.chat()
    assert chat[-2]["text"].startswith(f"Ответ на вопрос {number}\nВпишем по телефону & <сразу>\n")
    assert re.search(r"(Мария|Андрей), (старший )?специалист", chat[-2]["text"])
    assert "в очереди" not in chat[-1]["text"], "it waits no more"

    await answer(city, number, "Поправка: до конца недели")
    assert [m["text"].split("\n")[1] for m in await irina.chat() if m["text"].startswith("Ответ на вопрос")] == [
        "Впишем по телефону & <сразу>",
        "Поправка: до конца недели",
    ]
    await irina.sees("Разговор О-")


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
    await irina.sees("Вместе с уже написанным выходит больше 3\xa0000 знаков", "нажмите «Изменить»", "Первое")
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
    await igor.tap("Назад")
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
    await irina.tap("Назад")
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
    await irina.sees("Черновик удалён. Напишите новый вопрос.")
    assert "Продолжить" not in await irina.labels()
    await irina.say("Новый")
    await irina.sees("Отправляем?\nНовый")
    await irina.say("/cancel")
    await irina.sees("Вопрос не отправлен, черновик удалён.")
    await irina.say("/support")
    assert "Продолжить" not in await irina.labels()


async def test_while_the_core_is_away_questions_wait_and_arrive_by_themselves(city: Town) -> None:
    irina = await inside(city)
    await irina.say("/support")
    await irina.say("Вы там?")
    await city.call("POST", "/faults", {"on": "core", "method": "questions", "error": 503, "times": 1})
    number = await sent(irina)
    await irina.sees("Разговор О-")
    for _ in range(100):
        if await at_the_desk(city, number):
            break
        await city.call("GET", f"/client/{irina.id}/settled")
    assert (await at_the_desk(city, number))["text"] == "Вы там?"


async def asked(person: Person, words: str = "Когда?") -> str:
    """A question that is sent; returns its number."""
    await person.say("/support")
    await person.say(words)
    return await sent(person)


# -- an answer always arrives -------------------------------------------------------------------------------------------


async def test_a_long_answer_comes_whole_in_several_messages(city: Town) -> None:
    irina = await inside(city)
    number = await asked(irina)
    paragraphs = [f"Абзац {n}. " + "слово <и> ещё & слово " * 40 for n in range(12)]
    await answer(city, number, "\n\n".join(paragraph.strip() for paragraph in paragraphs))
    texts = [m["text"] for m in await irina.chat() if m["from"] == "bot"][:-1]
    first = next(place for place, text in enumerate(texts) if text.startswith(f"Ответ на вопрос {number}"))
    parts = texts[first:]
    assert len(parts) > 2
    assert all(len(part) <= 4096 for part in parts)
    assert "Остались вопросы?" in parts[-1]
    said = " ".join(" ".join(parts).split())
    assert " ".join(" ".join(paragraphs).split()) in said, "not a word is lost, and all are in order"
    await irina.sees("Разговор О-")


async def test_an_answer_without_a_space_is_cut_too(city: Town) -> None:
    irina = await inside(city)
    number = await asked(irina)
    await answer(city, number, "ы" * 9000)
    assert sum(m["text"].count("ы" * 1000) for m in await irina.chat()) >= 7


async def test_an_answer_that_telegram_refuses_leaves_the_question_waiting(city: Town) -> None:
    irina = await inside(city)
    number = await asked(irina)
    await city.call("POST", "/faults", {"on": "telegram", "method": "sendMessage", "error": 400, "times": 1})
    with structlog.testing.capture_logs() as logged:
        await answer(city, number, "Завтра")
    assert [entry for entry in logged if entry["log_level"] == "error" and entry.get("number") == number]
    await irina.say("/support")
    await irina.sees("Разговор О-", "Ваше место в очереди")


@pytest.mark.parametrize("sign", ["unblock", "words"])
async def test_an_answer_that_found_the_bot_blocked_comes_at_the_first_sign_of_life(city: Town, sign: str) -> None:
    irina = await inside(city)
    number = await asked(irina)
    await city.call("POST", f"/client/{irina.id}/block", {})
    await answer(city, number, "Завтра утром")
    assert not [m for m in await irina.chat() if "Завтра утром" in m["text"]]
    await city.call("POST", f"/client/{irina.id}/unblock", {})
    if sign == "words":
        await irina.say("/start")
    await city.settle()
    told = [m["text"] for m in await irina.chat() if "Завтра утром" in m["text"]]
    assert len(told) == 1
    assert told[0].startswith(f"Пока бот был заблокирован, пришёл ответ.\n\nОтвет на вопрос {number}")
    await irina.say("/menu")
    assert len([m for m in await irina.chat() if "Завтра утром" in m["text"]]) == 1, "once"


# -- words are never thrown away ----------------------------------------------------------------------------------------


async def test_words_typed_anywhere_can_be_passed_on(city: Town) -> None:
    irina = await inside(city)
    await irina.tap("Мои полисы")
    await irina.tap("ОСАГО")
    card = (await irina.screen())["text"]
    await irina.say("Можно вписать жену?")
    await irina.sees("Можно вписать жену?\nПередать это человеку?", card)
    await irina.tap("Не нужно")
    assert (await irina.screen())["text"] == card
    await irina.say("Можно вписать сына?")
    await irina.tap("Передать")
    await irina.sees("Отправляем?\nМожно вписать сына?")
    number = await sent(irina)
    assert (await at_the_desk(city, number))["text"] == "Можно вписать сына?"
    assert (await at_the_desk(city, number))["screen"] == "policy"
    await irina.tap("Назад")
    await irina.sees("Срок:")
    await irina.say("И сколько это стоит?")
    await irina.tap("Передать")
    await irina.sees("Разговор О-")
    assert "И сколько это стоит?" in await in_topic(city, irina)


async def test_whoever_has_no_contract_or_gave_no_consent_can_just_write(city: Town) -> None:
    igor = await city.person()
    await igor.say("/start")
    await igor.tap("Войти")
    await igor.tap("Не соглашаюсь")
    await igor.sees("Вопрос можно написать и здесь")
    await igor.say("Где ваш офис?")
    await igor.sees("Отправляем?\nГде ваш офис?")
    await sent(igor)
    await igor.tap("Назад")
    await igor.sees("номер телефона мы не спросим")


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("меню", "Здравствуйте, Ирина!"),
        ("Menu", "Здравствуйте, Ирина!"),
        ("Человек", "Живой человек"),
        ("ОПЕРАТОР!", "Живой человек"),
        ("живой человек", "Живой человек"),
        ("operator", "Живой человек"),
        ("human", "Живой человек"),
        ("помощь", "Что умеет кабинет"),
        ("help", "Что умеет кабинет"),
    ],
)
async def test_words_that_are_commands(traveller: Insured, word: str, shown: str) -> None:
    await traveller.say("/menu")
    await traveller.tap("Настройки")
    await traveller.say(word)
    await traveller.sees(shown)


async def test_a_reply_to_an_answer_is_a_question_about_it(city: Town) -> None:
    irina, other = await inside(city), await inside(city)
    number = await asked(irina)
    await answer(city, number, "Завтра")
    (reply_to,) = (m["message_id"] for m in await irina.chat() if m["text"].startswith("Ответ на вопрос"))
    await irina.tap("В меню")
    await irina.tap("Настройки")
    await city.call("POST", f"/client/{irina.id}/text", {"text": "А утром?", "reply_to": reply_to})
    await city.settle()
    irina.said.append("А утром?")
    await irina.sees("Разговор О-")
    assert f"По ответу на вопрос {number}:\nА утром?" in await in_topic(city, irina)

    bot = {"id": 1, "is_bot": True, "first_name": "Б"}
    foreign = message(other.id, text=f"Ответ на вопрос {number}") | {"from": bot}
    other.said.append("Что там?")
    await says(city, other.id, text="Что там?", reply_to_message=foreign)
    await other.sees("Что там?\nПередать это человеку?")


async def test_the_words_beside_a_photo_are_taken(city: Town) -> None:
    irina = await inside(city)
    await irina.say("/support")
    photo = [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}]
    irina.said.append("Вот царапина")
    await says(city, irina.id, photo=photo, caption="Вот царапина")
    await irina.sees("Фото здесь не принимаем, взяли только текст.", "Отправляем?\nВот царапина")


async def test_characters_that_nobody_sees_are_no_words(city: Town) -> None:
    irina = await inside(city)
    await irina.say("/support")
    await says(city, irina.id, text="\u200b\u202e\u2066\ufeff")
    await irina.sees("Здесь пусто")
    irina.said.append("Когда?")
    await says(city, irina.id, text="\u202eКог\u200bда?")
    number = await sent(irina)
    assert (await at_the_desk(city, number))["text"] == "Когда?"
