"""The first minutes of an accident: open to everybody, and what was told is in the claim after the login (G1, G10)."""

from __future__ import annotations

import pytest

from tests.support.insured import Insured, insured
from tests.support.person import Person
from tests.support.town import Town, town

AGREED = ("Две", "Никто", "Да, у всех", "Не спорим", "Да, через приложение")


@pytest.fixture
async def stranger(city: Town) -> Person:
    """Somebody who has just opened the chat."""
    person = await city.person()
    await person.say("/start")
    return person


async def tap(person: Person, *labels: str) -> None:
    for label in labels:
        await person.tap(label)


async def come_in(person: Insured) -> None:
    """Through the door that a deed has led to."""
    await tap(person, "Соглашаюсь")
    await person.share_contact()
    await person.say(await person.code())


# -- open to everybody ---------------------------------------------------------------------------------------------------------


async def test_what_to_do_and_whom_to_call_is_one_tap_from_the_door(stranger: Person) -> None:
    await stranger.tap("ДТП сейчас")
    await stranger.sees("аварийную сигнализацию", "за 15 м", "за 30 м", "112", "102", "103", "страховщик")
    await stranger.sees("+7 800 000-00-01: эвакуатор", "+7 800 000-00-02: аварийный комиссар")


@pytest.mark.parametrize("words", ["/accident", "ДТП сейчас", "дтп сейчас!"])
async def test_it_opens_by_a_word_from_anywhere(city: Town, words: str) -> None:
    irina = await insured(city)
    await irina.log_in()
    await tap(irina, "Мои полисы", "ОСАГО")
    await irina.say(words)
    await irina.sees("ДТП: что делать")
    await irina.tap("В меню")
    await irina.sees("Здравствуйте")


async def test_phones_the_insurer_does_not_have_are_left_out(tmp_path_factory: pytest.TempPathFactory) -> None:
    async with town(tmp_path_factory.mktemp("plain"), CABINET_BRAND__TOW="", CABINET_BRAND__COMMISSIONER="") as plain:
        person = await plain.person()
        await person.say("/accident")
        text = (await person.sees("112"))["text"]
        assert "эвакуатор" not in text
        assert "комиссар" not in text


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (AGREED, ("Можно без полиции", "400\xa0000\xa0₽", "5 рабочих дней", "15 дней", "Один бланк")),
        ((*AGREED[:3], "Спорим", "Да, через приложение"), ("Можно без полиции", "200\xa0000\xa0₽")),
        ((*AGREED[:4], "Нет"), ("Можно без полиции", "100\xa0000\xa0₽", "через приложение: тогда до 400")),
        ((*AGREED[:2], "Пока не знаю", "Не спорим", "Нет"), ("Можно без полиции", "Проверьте полис второго водителя")),
        ((*AGREED[:3], "Спорим", "Нет"), ("Без полиции не получится", "вы спорите", "102")),
        (("Две", "Никто", "Нет, не у всех"), ("Без полиции не получится", "ОСАГО есть не у всех")),
        (("Две", "Да, есть пострадавшие"), ("Без полиции не получится", "112")),
        (("Одна",), ("Без полиции не получится", "двух столкнувшихся")),
        (("Три",), ("Без полиции не получится", "двух столкнувшихся")),
    ],
)
async def test_the_wizard_says_whether_and_up_to_what_and_what_to_do(
    stranger: Person, answers: tuple[str, ...], words: tuple[str, ...]
) -> None:
    await tap(stranger, "ДТП сейчас", "Можно без полиции?", *answers)
    await stranger.sees(*words)


async def test_an_answer_of_the_wizard_is_changed(stranger: Person) -> None:
    await tap(stranger, "ДТП сейчас", "Можно без полиции?", *AGREED)
    await tap(stranger, "Споры", "Спорим")
    await stranger.sees("200\xa0000\xa0₽")
    await tap(stranger, "Машины", "Три или больше")
    await stranger.sees("двух столкнувшихся")
    await tap(stranger, "Ответить заново")
    await stranger.sees("Сколько машин")
    await stranger.say("2")
    await stranger.sees("Выберите ответ кнопкой", "Сколько машин")


async def test_a_place_in_one_tap_or_in_words(stranger: Person) -> None:
    await tap(stranger, "ДТП сейчас", "Отправить место")
    assert await stranger.keyboard()
    await stranger.say("???")
    await stranger.sees("Нужны слова", "Где это случилось")
    await stranger.send_location(55.7558, 37.6173)
    await stranger.sees("Место записали", "точка 55.75580, 37.61730")
    assert not await stranger.keyboard()
    await stranger.tap("Изменить место")
    await stranger.say("МКАД, 34-й км")
    await stranger.sees("Место: МКАД, 34-й км")


async def test_who_has_declined_the_consent_still_has_help(stranger: Person) -> None:
    await tap(stranger, "ДТП сейчас", "Сообщить страховщику", "Не соглашаюсь")
    await stranger.say("/accident")
    await stranger.sees("ДТП: что делать")


# -- and after the login -------------------------------------------------------------------------------------------------------


async def test_what_was_told_before_the_login_is_in_the_claim_after_it(city: Town) -> None:
    irina = await insured(city)
    await irina.say("/start")
    await tap(irina, "ДТП сейчас", "Отправить место")
    await irina.send_location(55.7558, 37.6173)
    await tap(irina, "Можно без полиции?", *AGREED, "Сообщить страховщику")
    await come_in(irina)
    await irina.sees("По какому полису?")
    await tap(irina, "ОСАГО", "Виноват другой")
    await irina.say("Въехали сзади")
    await tap(irina, "Дальше", "По европротоколу")
    await irina.sees("Другие машины")
    await tap(irina, "Ничего не знаю", "Ремонт", "Дальше")
    await irina.sees(
        "Проверьте перед отправкой", "точка 55.75580", "Столкнулись: Две", "Пострадавшие: нет", "400\xa0000"
    )
    assert "Во сколько: —" not in (await irina.screen())["text"], "when the place was sent is when it happened"


async def test_what_was_told_survives_restarts_and_a_login_on_another_day(village: Town) -> None:
    irina = await insured(village)
    await irina.say("/start")
    await tap(irina, "ДТП сейчас", "Отправить место")
    await irina.say("МКАД, 34-й км")
    await village.restart_bot()
    await tap(irina, "Сообщить страховщику")
    await village.restart_bot()
    await village.call("POST", "/clock", {"advance": "P1D"})
    await village.settle()
    await tap(irina, "Соглашаюсь")
    await village.restart_bot()
    await irina.share_contact()
    await irina.say(await irina.code())
    await tap(irina, "ОСАГО", "Я виноват", "Вчера", "Не помню")
    await irina.sees("Что случилось?")
    await irina.say("Задел столб")
    await tap(irina, "Дальше", "Пока никак", "Одна, моя", "Никто", "Дальше")
    await irina.sees("Где: МКАД, 34-й км")


async def test_an_accident_of_another_day_does_not_speak_for_this_one(village: Town) -> None:
    person = await village.person()
    await person.say("/start")
    await tap(person, "ДТП сейчас", "Отправить место")
    await person.say("МКАД, 34-й км")
    await tap(person, "Можно без полиции?", "Две")
    await village.call("POST", "/clock", {"advance": "P2D"})
    await village.settle()
    await person.say("/accident")
    assert "МКАД" not in (await person.sees("ДТП: что делать"))["text"]
    await tap(person, "Можно без полиции?")
    await person.sees("Сколько машин")


async def test_a_claim_that_is_begun_is_not_lost_by_another_accident(city: Town) -> None:
    irina = await insured(city)
    await irina.log_in()
    await tap(irina, "ДТП сейчас", "Сообщить страховщику", "Я виноват")
    await irina.say("/accident")
    await tap(irina, "Отправить место")
    await irina.say("МКАД, 34-й км")
    await tap(irina, "Сообщить страховщику")
    await irina.sees("Вы уже начали сообщать о случае")
    await tap(irina, "Начать заново", "Я виноват")
    await irina.say("вчера 14:30")
    await irina.sees("Что случилось?")
