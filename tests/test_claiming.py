"""A claim told in the chat: each product and event, whatever is typed, changed from the summary, left and found again."""

from __future__ import annotations

import pytest

from tests.support.person import Person
from tests.support.town import Town


@pytest.fixture
async def anna(village: Town) -> Person:
    """One OSAGO that ends in five days."""
    person = village.seeded(100001)
    await person.log_in()
    return person


async def test_osago_by_europrotocol(anna: Person) -> None:
    await anna.tap("Мои полисы")
    await anna.tap("Kia Rio")
    await anna.tap("Сообщить о страховом случае")
    await anna.sees("Кто виноват")
    await anna.tap("Виноват другой")
    await anna.tap("Сейчас")
    assert await anna.keyboard()
    await anna.send_location(55.7558, 37.6173)
    assert not await anna.keyboard()
    await anna.say("Стоял на светофоре, въехали сзади")
    await anna.say("Второй водитель признал вину")
    await anna.sees("Стоял на светофоре", "признал вину")
    await anna.tap("Дальше")
    await anna.tap("По европротоколу")
    await anna.tap("Две")
    await anna.tap("Никто")
    await anna.tap("Да, у всех")
    await anna.tap("Не спорим")
    await anna.tap("Да, через приложение")
    await anna.sees("Можно без полиции", "400\xa0000\xa0₽", "Другие машины")
    await anna.say("а123вс77")
    await anna.sees("Где застрахован")
    await anna.tap("Больше не знаю")
    await anna.sees("А123**77")
    await anna.tap("Дальше")
    await anna.tap("Ремонт")
    await anna.tap("Дальше")
    await anna.sees("Проверьте перед отправкой", "точка 55.75580", "А123**77", "+7 907 ***", "платит своя компания")
    await anna.tap("Отправить страховщику")
