"""Prolongation through the chat: four taps when nothing has changed, and whatever may be changed on the way."""

from __future__ import annotations

import re

import pytest

from tests.support.person import Person
from tests.support.prolonging import (
    application,
    decide,
    notices,
    open_card,
    pay,
    prolonging,
    renew,
)
from tests.support.town import Town

pytestmark = pytest.mark.lengthy


@pytest.fixture
async def anna(village: Town) -> Person:
    return await prolonging(village)


async def test_an_unchanged_renewal_is_four_taps(anna: Person) -> None:
    await open_card(anna)
    await anna.tap("Продлить")
    await anna.sees("Новый срок")
    await anna.tap("Всё верно")
    await anna.sees("АИС страхования")
    await decide(anna.town)
    await anna.sees("Проверка прошла")
    await anna.tap("Согласиться и оплатить")
    screen = await anna.sees("К оплате", "Ссылка работает")
    link = [button for row in screen["buttons"] for button in row if button["kind"] == "url"]
    assert len(link) == 1
    await pay(anna.town)
    files = [message["document"]["file_name"] for message in await anna.chat() if message.get("document")]
    assert len(files) == 1
    number = re.search(r"ХХХ \d{10}", (await anna.sees("оформлен"))["text"])
    assert number
    sent = (await anna.town.call("GET", "/sms"))[-1]["text"]
    assert number[0] in sent
    (letter,) = await anna.town.call("GET", "/mail")
    assert number[0] in letter["subject"]
    assert len(letter["attachments"]) == 1


# -- what may be changed ------------------------------------------------------------------------------------------------


async def test_a_driver_is_added_after_every_kind_of_slip(anna: Person) -> None:
    await renew(anna)
    await anna.tap("Водители", exact=True)
    await anna.tap("Добавить водителя")
    for slip, words in (("123", "Не получилось прочитать имя"), ("Петрова", "имя")):
        await anna.say(slip)
        await anna.sees(words)
    await anna.say("петрова-водкина анна сергеевна")
    await anna.sees("Дата рождения")
    for slip, words in (("вчера", "15.03.1990"), ("01.01.2015", "18 лет"), ("01.01.1890", "100 лет")):
        await anna.say(slip)
        await anna.sees(words)
    await anna.say("15 марта 1990")
    await anna.sees("удостоверения")
    for slip, words in (("99 12 34567", "10 знаков"), ("привет", "10 знаков")):
        await anna.say(slip)
        await anna.sees(words)
    await anna.say("99 12 № 345678")
    await anna.sees("есть права")
    for slip, words in (("2001", "16 лет"), ("31.12.2050", "точный день")):
        await anna.say(slip)
        await anna.sees(words)
    await anna.say("2012")
    await anna.sees("Петрова-Водкина Анна Сергеевна", "15.03.1990", "31.12.2012", "99 ** ***678")
    await anna.tap("Стаж")
    await anna.say("20.05.2010")
    await anna.sees("20.05.2010")
    await anna.tap("Добавить", exact=True)
    screen = await anna.sees("Кто будет управлять")
    assert screen["text"].count("•") == 3
    assert "99 12 № 345678" not in await notices(anna), "what holds a licence does not stay in the chat"
    await anna.tap("Готово")
    await anna.tap("Всё верно")
    number = await decide(anna.town)
    await anna.sees("Проверка прошла", "в прошлый раз")
    sent = await application(anna.town, number)
    assert [driver["licence"] for driver in sent["drivers"]][-1] == "9912345678"
    assert sent["drivers"][-1]["name"] == {"last": "Петрова-Водкина", "first": "Анна", "middle": "Сергеевна"}
    assert sent["drivers"][-1]["sex"] == "female"


async def test_a_driver_without_patronymic_and_with_a_foreign_licence(anna: Person) -> None:
    await renew(anna)
    await anna.tap("Водители", exact=True)
    await anna.tap("Добавить водителя")
    await anna.say("Mueller Hans")
    await anna.say("3/4/85")
    await anna.tap("Мужчина")
    await anna.tap("другой страны")
    await anna.say("ab-123456")
    await anna.say("2005")
    await anna.sees("Mueller Hans", "03.04.1985", "Мужчина", "***456")
    await anna.tap("Добавить", exact=True)
    await anna.tap("Готово")
    await anna.tap("Всё верно")
    sent = await application(anna.town, await decide(anna.town))
    assert sent["drivers"][-1]["foreignLicence"] is True


async def test_drivers_are_removed_and_anyone_may_drive(anna: Person) -> None:
    await renew(anna)
    await anna.tap("Водители", exact=True)
    await anna.tap("Убрать 1")
    await anna.tap("Убрать 1")
    await anna.sees("Пока никого")
    await anna.tap("Готово")
    await anna.sees("хотя бы одного")
    await anna.tap("Без ограничений")
    await anna.sees("любой с правами")
    await anna.tap("Готово")
    await anna.sees("любой с правами", "Новый срок")


async def test_the_same_driver_twice_is_refused(anna: Person) -> None:
    await renew(anna)
    await anna.tap("Водители", exact=True)
    for turn in range(2):
        await anna.tap("Добавить водителя")
        await anna.say("Петрова Анна Сергеевна")
        await anna.say("15.03.1990")
        await anna.say("9912345678" if not turn else "9912 345678")
        await anna.say("2012")
        await anna.tap("Добавить", exact=True)
    await anna.sees("уже есть в списке")
    await anna.tap("Не добавлять")
    await anna.tap("Готово")
    await anna.sees("Новый срок")


async def test_periods_are_chosen_in_a_calendar_or_typed(anna: Person) -> None:
    await renew(anna)
    await anna.tap("Периоды")
    await anna.tap("Добавить период")
    await anna.sees("С какого дня")
    await anna.say("01.02.2020")
    await anna.sees("вне срока")
    await anna.tap("30", exact=True)
    await anna.sees("по какой день")
    await anna.tap("декабрь")
    await anna.tap("31", exact=True)
    await anna.tap("Готово")
    await anna.sees("не короче трёх месяцев")
    await anna.tap("Добавить период")
    await anna.say("25.12.2026")
    await anna.sees("пересекается")
    await anna.say("01.06.2027")
    await anna.say("01.05.2027")
    await anna.sees("раньше начала")
    await anna.say("30.09.27")
    await anna.tap("Готово")
    await anna.sees("01.06.2027 – 30.09.2027")
    await anna.tap("Периоды")
    await anna.tap("Весь год")
    await anna.tap("Готово")
    await anna.sees("весь год")


async def test_a_diagnostic_card(anna: Person) -> None:
    await renew(anna)
    await anna.tap("Диагностическая карта")
    await anna.tap("Добавить карту")
    await anna.tap("Диагностическая карта", exact=True)
    await anna.say("12345")
    await anna.sees("15 цифр")
    await anna.say("123456 789012345")
    await anna.say("10.02.2030")
    await anna.sees("ещё не наступила")
    await anna.say("10.02.2026")
    await anna.say("09.02.2026")
    await anna.sees("раньше, чем карта выдана")
    await anna.say("10.02.2028")
    await anna.sees("123456789012345", "10.02.2028")
    await anna.tap("Сохранить")
    await anna.tap("Готово")
    await anna.sees("***2345", "до 10.02.2028")


async def test_a_draft_is_kept_and_offered(anna: Person) -> None:
    """Rule 3: it survives a restart, and whoever comes back goes on or begins anew."""
    await renew(anna)
    await anna.tap("Водители", exact=True)
    await anna.tap("Убрать 2")
    await anna.say("/menu")
    await anna.town.restart_bot()
    await open_card(anna)
    await anna.tap("Продлить")
    await anna.sees("уже начато")
    await anna.tap("Продолжить")
    screen = await anna.sees("Кто будет управлять")
    assert screen["text"].count("•") == 1
    await anna.say("/menu")
    await open_card(anna)
    await anna.tap("Продлить")
    await anna.tap("Начать заново")
    screen = await anna.sees("Новый срок")
    assert screen["text"].count("•") == 2


async def test_an_answer_that_does_not_fit_any_more_is_asked_for_again(anna: Person) -> None:
    """Back from the question leaves it open: the summary shows that, and whoever confirms is asked once more."""
    await renew(anna)
    await anna.tap("Водители", exact=True)
    await anna.tap("2. ")
    await anna.tap("Дата рождения")
    await anna.say("01.05.2005")
    await anna.sees("есть права")
    await anna.tap("Назад")
    await anna.sees("Права с —", "01.05.2005")
    await anna.tap("Удостоверение", exact=True)
    await anna.tap("Удостоверение другой страны")
    await anna.tap("Назад")
    await anna.sees("ВУ: —")
    await anna.tap("Сохранить")
    await anna.say("AB 123456")
    await anna.say("2024")
    await anna.sees("***456", "31.12.2024")


async def test_a_half_entered_driver_is_kept(anna: Person) -> None:
    await renew(anna)
    await anna.tap("Водители", exact=True)
    await anna.tap("Добавить водителя")
    await anna.say("Петрова Анна Сергеевна")
    await anna.say("/menu")
    await renew(anna)
    await anna.tap("Продолжить")
    await anna.sees("Дата рождения", "Анна")


# -- the window ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "words"),
    [(100002, None), (100003, None), (100004, "можно будет с")],
    ids=["59 days", "60 days", "61 days"],
)
async def test_the_window_opens_sixty_days_before_the_end(village: Town, who: int, words: str | None) -> None:
    person = village.seeded(who)
    await person.log_in()
    await person.tap("Мои полисы")
    await person.tap("ОСАГО")
    if words:
        await person.sees(words)
        assert "Продлить" not in await person.labels()
    else:
        await person.tap("Продлить")
        await person.sees("Новый срок")


async def test_a_gap_in_cover_is_said_with_its_days(village: Town) -> None:
    person = village.seeded(100005)  # ends in two days
    await person.log_in()
    await person.tap("Мои полисы")
    await person.tap("ОСАГО")
    await person.tap("Продлить")
    await person.sees("без полиса", "штраф")
