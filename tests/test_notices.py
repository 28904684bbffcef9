"""Settings of notifications: what, when, by which way; an offer needs a consent, whatever is switched (H5, A16)."""

from __future__ import annotations

import pytest

from tests.support.insured import Insured, another_account, insured
from tests.support.second import rows
from tests.support.town import Town


async def settings(town: Town) -> Insured:
    """At the settings of notifications."""
    irina = await insured(town, ends_in=(200,))  # nobody is reminded of it yet, whatever the hour
    await irina.log_in()
    await irina.tap("Настройки")
    await irina.tap("Уведомления")
    return irina


def kept(town: Town, person: Insured) -> tuple[object, ...]:
    (row,) = rows(
        town, "select zone, quiet_from, quiet_to, off, mail, sms from choice where client_id = ?", person.client_id
    )
    return row


async def test_what_is_meant_by_silence(city: Town) -> None:
    irina = await settings(city)
    await irina.sees("с 21:00 до 9:00", "Москва", "почта или SMS")
    labels = await irina.labels()
    for group in ("Продление", "Оплата", "Случаи", "Документы и даты"):
        assert f"{group}: да" in labels
    assert "Предложения: нет" in labels


async def test_kinds_and_ways(city: Town) -> None:
    irina = await settings(city)
    await irina.tap("Оплата: да")
    await irina.tap("Письмо: да")
    await irina.sees("Срочное, если чат закрыт: SMS")
    await irina.tap("SMS: да")
    await irina.sees("Срочное, если чат закрыт: никуда")
    assert await irina.toasts() == ["Сохранили."] * 3
    assert kept(city, irina)[3:] == ('["application", "deductible", "instalment"]', 0, 0)
    await irina.tap("Оплата: нет")
    assert kept(city, irina)[3] == "[]"


async def test_both_accounts_of_a_client_see_the_same(city: Town) -> None:
    irina = await settings(city)
    twin = await another_account(irina)
    await twin.log_in_with_fact()
    await irina.tap("Случаи: да")
    await twin.tap("Настройки")
    await twin.tap("Уведомления")
    assert "Случаи: нет" in await twin.labels()


async def test_quiet_hours_by_button_and_in_words(city: Town) -> None:
    irina = await settings(city)
    await irina.tap("Тихие часы")
    await irina.sees("Сейчас: с 21:00 до 9:00")
    await irina.tap("22–8")
    await irina.sees("с 22:00 до 8:00")
    await irina.tap("Тихие часы")
    await irina.say("с 23 до 7")
    await irina.sees("с 23:00 до 7:00")
    await irina.tap("Тихие часы")
    await irina.say("22 9")
    await irina.sees("с 22:00 до 9:00")
    await irina.tap("Тихие часы")
    await irina.say("с 10 вечера до 8 утра")
    await irina.sees("с 22:00 до 8:00")
    await irina.tap("Тихие часы")
    await irina.say("с 11 ночи до 12 дня")
    await irina.sees("с 23:00 до 12:00")
    await irina.tap("Тихие часы")
    await irina.say("from 12 am to 7 am")
    await irina.sees("с 0:00 до 7:00")
    await irina.tap("Тихие часы")
    await irina.tap("Без тихих часов")
    await irina.sees("Тихие часы: нет")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("ночью", "Не получилось прочитать часы"),
        ("25-8", "Не получилось прочитать часы"),
        ("22", "Не получилось прочитать часы"),
        ("²2-8", "Не получилось прочитать часы"),
        ("9-8", "хотя бы 6 часов"),
        ("0-24", "хотя бы 6 часов"),
    ],
)
async def test_hours_that_will_not_do(city: Town, typed: str, answer: str) -> None:
    irina = await settings(city)
    await irina.tap("Тихие часы")
    await irina.say(typed)
    await irina.sees(answer, "Сейчас: с 21:00 до 9:00")


async def test_a_zone_is_a_city(city: Town) -> None:
    irina = await settings(city)
    await irina.tap("Часовой пояс")
    labels = await irina.labels()
    assert len([label for label in labels if label not in ("Назад", "В меню", "Человек")]) == 11
    await irina.tap("Владивосток")
    await irina.sees("Время: Владивосток")
    assert kept(city, irina)[0] == "Asia/Vladivostok"
    await irina.tap("Часовой пояс")
    await irina.say("Вальпараисо")
    await irina.sees("Не получилось узнать время этого города", "МСК+4", "Часовой пояс")
    await irina.say("живу в Новосибирске")
    await irina.sees("время такое же, как в городе Красноярск", "Время: Красноярск")
    assert kept(city, irina)[0] == "Asia/Krasnoyarsk"


async def test_offers_are_a_consent_with_its_text(city: Town) -> None:
    irina = await settings(city)
    await irina.tap("Предложения: нет")
    await irina.sees("Согласия", "предложения о её услугах")
    await irina.tap("Согласиться на предложения")
    await irina.tap("Назад")
    await irina.tap("Уведомления")
    assert "Предложения: да" in await irina.labels()
    given = rows(
        city, "select given, length(sha256) from consent where account_id = ? and purpose = 'marketing'", irina.id
    )
    assert given == [(1, 64)]


async def test_in_english(city: Town) -> None:
    irina = await settings(city)
    await irina.say("/language")
    await irina.tap("English")
    await irina.sees("Notifications", "Moscow")
    assert "Renewal: yes" in await irina.labels()
