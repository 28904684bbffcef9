"""What an employee offers a client in the middle of something: a step filled in, a screen, a document to send (X3)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.support.desk import ask, asked, chat_of, later, told, words_in, writes
from tests.support.insured import Insured, insured
from tests.support.second import rows
from tests.support.town import Town, town


@pytest.fixture(scope="module")
async def harbour(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    async with town(tmp_path_factory.mktemp("offers")) as own:
        yield own


async def entering_a_driver(harbour: Town) -> tuple[Insured, int]:
    """Somebody at the licence of a new driver of their prolongation, who has called a human; and the topic."""
    irina = await insured(harbour, ends_in=(5,))
    await irina.log_in()
    for label in ("Мои полисы", "ОСАГО", "Продлить", "Водители", "Добавить водителя"):
        await irina.tap(label)
    await irina.say("Петров Олег Игоревич")
    await irina.say("15.03.1990")
    await irina.sees("удостоверени")
    return irina, await ask(irina, "Где у прав номер?")


async def card_in(harbour: Town, topic: int) -> str:
    """What the pinned card says."""
    return str(next(it["text"] for it in await told(harbour, topic) if it["buttons"]))


async def test_a_step_is_filled_and_the_client_goes_on(harbour: Town) -> None:
    irina, topic = await entering_a_driver(harbour)
    card = await card_in(harbour, topic)
    assert "меню → полисы → полис → продление (номер прав)\n" in card
    assert "Начато: продление, сейчас: водители → номер прав. Заполнено 2 из 4." in card
    assert "Петров" not in card
    await writes(harbour, topic, "/fill 99")
    assert "Клиенту не показано" in await words_in(harbour, topic)
    await irina.sees("Разговор О-")
    assert "Предлагаю заполнить" not in await chat_of(irina), "a value the step refuses is not offered"

    await writes(harbour, topic, "/fill 99 12 345678")
    assert "Предложение показано клиенту" in await words_in(harbour, topic)
    await irina.sees("Анна, специалист поддержки", "Предлагаю заполнить шаг", "99 12 345678")
    await irina.tap("Да, всё верно")
    screen = await irina.sees("С какого дня есть права")
    assert "Предлагаю заполнить" not in screen["text"]
    assert "Клиент принял предложение" in await words_in(harbour, topic)
    assert "водители → права с какого дня. Заполнено 3 из 4." in await card_in(harbour, topic)
    await irina.say("2012")
    await irina.sees("Петров")
    assert rows(harbour, "select deed from access where whose = ?", f"client:{irina.client_id}")[-1] == ("fill",)


async def test_an_offer_is_declined_and_the_client_goes_on_alone(harbour: Town) -> None:
    irina, topic = await entering_a_driver(harbour)
    await writes(harbour, topic, "/fill 99 12 345678")
    await irina.tap("Нет, спасибо")
    screen = await irina.sees("Разговор О-")
    assert "Предлагаю" not in screen["text"]
    assert "решил сделать это сам" in await words_in(harbour, topic)
    await irina.tap("Назад")
    await irina.sees("удостоверени")


async def test_an_offer_for_a_step_that_is_passed_changes_nothing(harbour: Town) -> None:
    irina, topic = await entering_a_driver(harbour)
    await writes(harbour, topic, "/fill 99 12 345678")
    await irina.tap("Назад")
    await irina.say("77 34 567890")
    await irina.sees("Предлагаю заполнить", "С какого дня есть права")
    await irina.tap("Да, всё верно")
    await irina.sees("Этот шаг вы уже прошли", "С какого дня есть права")
    assert "Предложение опоздало" in await words_in(harbour, topic)
    await irina.say("2012")
    await irina.sees("77 ** ***890")


async def test_an_offer_finds_its_step_from_the_menu(harbour: Town) -> None:
    irina, topic = await entering_a_driver(harbour)
    await writes(harbour, topic, "/fill 99 12 345678")
    await irina.say("/menu")
    await irina.sees("Предлагаю заполнить")
    await irina.tap("Да, всё верно")
    await irina.sees("С какого дня есть права")


async def test_a_session_that_sleeps_is_woken_before_a_step_is_filled(harbour: Town) -> None:
    irina, topic = await entering_a_driver(harbour)
    await writes(harbour, topic, "/fill 99 12 345678")
    await later(harbour, 25 * 3600)
    await irina.tap("Да, всё верно")
    await irina.tap("Прислать код")
    assert "Предлагаю" not in (await irina.screen())["text"], "nothing is filled in at the door"
    await irina.say(await irina.code())
    await irina.sees("Предлагаю заполнить")
    await irina.tap("Да, всё верно")
    await irina.sees("С какого дня есть права")


async def test_nothing_is_filled_for_whoever_stands_at_no_step(harbour: Town) -> None:
    person, topic = await asked(harbour)
    await writes(harbour, topic, "/fill 99 12 345678")
    assert "не на шаге" in await words_in(harbour, topic)
    assert "Предлагаю" not in await chat_of(person)


async def test_a_screen_is_offered_and_opened(harbour: Town) -> None:
    person, topic = await asked(harbour)
    await writes(harbour, topic, "/open луна")
    assert "Можно: menu" in await words_in(harbour, topic)
    await person.sees("Ваше место в очереди")  # whoever mistypes has not taken the talk
    await writes(harbour, topic, "/open offices")
    await person.sees("Анна, специалист поддержки", "Предлагаю открыть нужный раздел")
    await person.tap("Открыть")
    await person.sees("Офис")
    assert "Клиент принял предложение" in await words_in(harbour, topic)


async def test_a_ready_answer_comes_with_its_fields_filled_in(harbour: Town) -> None:
    irina = await insured(harbour)
    await irina.log_in()
    topic = await ask(irina)
    await writes(harbour, topic, "/c")
    assert "hello: Здравствуйте, Ирина! Меня зовут Анна" in await words_in(harbour, topic)
    await writes(harbour, topic, "/c hello")
    assert "Здравствуйте, Ирина! Меня зовут Анна, уже смотрю ваш вопрос." in await chat_of(irina)
    await irina.sees("На связи Анна")
