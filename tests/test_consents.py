"""Consents later on: offers apart from the rest, and everything can be taken back (A16)."""

from __future__ import annotations

from tests.support.insured import insured
from tests.support.second import rows
from tests.support.town import Town

ANSWERS = "select purpose, given, withdrawn_at is not null from consent where account_id = ? order by id"


async def test_offers_are_off_until_asked_for_and_have_a_document_of_their_own(city: Town) -> None:
    irina = await insured(city)
    await irina.log_in()
    await irina.tap("Настройки")
    await irina.tap("Согласия")
    await irina.sees("Предложения и новости: выключены", "на получение предложений и новостей")
    assert rows(city, ANSWERS, irina.id) == [("processing", 1, 0)]
    await irina.tap("Согласиться на предложения")
    await irina.sees("Предложения и новости: включены")
    assert await irina.toasts() == ["Записали."]
    assert rows(city, ANSWERS, irina.id) == [("processing", 1, 0), ("marketing", 1, 0)]
    await irina.tap("Отключить предложения")
    await irina.sees("Предложения и новости: выключены")
    assert rows(city, ANSWERS, irina.id) == [("processing", 1, 0), ("marketing", 1, 1)]
    await irina.tap("В меню")
    await irina.sees("Здравствуйте, Ирина!")


async def test_without_the_consent_the_cabinet_closes_and_the_record_stays(city: Town) -> None:
    irina = await insured(city)
    await irina.log_in()
    await irina.tap("Настройки")
    await irina.tap("Согласия")
    await irina.tap("Отозвать согласие")
    await irina.sees("Отозвать согласие на обработку данных?")
    assert "Назад" not in await irina.labels()
    await irina.tap("Оставить")
    await irina.sees(
        "Вы согласились на обработку персональных данных (документ от 01.11.2026)", "СОГЛАСИЕ\nна обработку"
    )
    await irina.tap("Отозвать согласие")
    await irina.tap("Отозвать", exact=True)
    await irina.sees("Согласие отозвано, вход завершён")
    assert rows(city, ANSWERS, irina.id) == [("processing", 1, 1)]
    assert rows(city, "select ended_by from binding where account_id = ?", irina.id) == [("consent",)]
    await irina.tap("Войти")
    await irina.sees("Сначала нужно ваше согласие")
    await irina.tap("Соглашаюсь", exact=True)
    await irina.sees("Ваш номер телефона")
