"""A change of a policy in force (C5): drivers, periods, card as a request with what the law says; KASKO in words; the rest in an office."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from playground.core.resources import Period, Policy
from playground.seed import ALEXEY, phone
from services.requests import State
from tests.support.insured import Insured, come_in, insured
from tests.support.person import Person
from tests.support.staff_side import answer, heard
from tests.support.town import Town


async def number_of(person: Person) -> str:
    found = [re.search(r"ОБ-\d{6}", message["text"]) for message in await person.chat()]
    return next(it[0] for it in reversed(found) if it)


async def at_the_card(town: Town, label: str = "ОСАГО", **facts: Any) -> Insured:
    irina = await insured(town, **facts)
    await irina.log_in()
    await irina.tap("Мои полисы")
    await irina.tap(label)
    return irina


async def add_driver(person: Person, name: str = "Петрова Анна Сергеевна", licence: str = "99 12 345678") -> None:
    """From the list of drivers, back to it."""
    await person.tap("Добавить водителя")
    await person.say(name)
    await person.say("15.03.1990")
    await person.say(licence)
    await person.say("2012")
    await person.tap("Добавить", exact=True)


async def test_a_driver_is_added_by_a_request(city: Town) -> None:
    irina = await at_the_card(city)
    await irina.tap("Изменить полис")
    await irina.sees(
        "Изменить ОСАГО",
        "Пока ничего не изменено",
        "до того, как передать ему руль",
        "рассчитает сотрудник, она придёт до подтверждения",
        "5 рабочих дней",
        "меняют в офисе",
    )
    assert "Отправить на расчёт" not in await irina.labels()
    await irina.tap("Водители")
    await add_driver(irina)
    await irina.tap("Готово")
    await irina.sees("＋ вписать: Пе***а А. С., ВУ 99 ** ***678")
    await irina.tap("Отправить на расчёт")
    number = await number_of(irina)
    await irina.sees(f"{number} · Изменить полис", "в обработке", "Полис: ОСАГО, Kia Rio", "＋ вписать: Пе***а А. С.")
    assert heard(city, number) == ["request.filed"]
    await answer(city, number, State.CLARIFY, "Доплата 2 310 ₽, оформляем?")
    await irina.say("Да")
    await irina.sees("Доплата 2 310 ₽", "в обработке")


async def test_what_goes_and_what_is_corrected_is_said(city: Town) -> None:
    irina = await at_the_card(city)
    await irina.tap("Изменить полис")
    await irina.tap("Водители")
    await irina.tap("1. ")
    await irina.tap("Удостоверение")
    await irina.say("99 12 999888")
    await irina.tap("Сохранить")
    await add_driver(irina)
    await irina.tap("Готово")
    await irina.sees("✎ исправить: Со***а И. О., ВУ 99 ** ***888", "＋ вписать: Пе***а А. С.")
    await irina.tap("Водители")
    await irina.tap("Убрать 1")
    await irina.tap("Готово")
    await irina.sees("－ убрать: Со***а И. О.", "＋ вписать: Пе***а А. С.")
    await irina.tap("Водители")
    await irina.tap("Без ограничений")
    await irina.tap("Готово")
    await irina.sees("• без ограничений: любой с правами")
    await irina.tap("Диагностическая карта")
    await irina.tap("Добавить карту")
    await irina.tap("Диагностическая карта")
    await irina.say("123456789012345")
    await irina.say("10.02.2026")
    await irina.say("10.02.2027")
    await irina.tap("Сохранить")
    await irina.tap("Готово")
    await irina.sees("без ограничений", "Диагностическая карта: ***2345, до 10.02.2027")


async def test_the_age_counts_on_the_day_of_the_change(city: Town) -> None:
    """Whoever is eighteen by now may be admitted, though they were not when the contract began."""
    irina = await at_the_card(city)
    await irina.tap("Изменить полис")
    await irina.tap("Водители")
    await irina.tap("Добавить водителя")
    await irina.say("Соколов Пётр Ильич")
    today = city.world.core.register.today()
    await irina.say(f"{today.replace(year=today.year - 18) + timedelta(days=1):%d.%m.%Y}")
    await irina.sees("должно быть 18 лет")
    await irina.say(f"{today.replace(year=today.year - 18):%d.%m.%Y}")
    await irina.sees("99 12 345678")


async def test_periods_are_changed_within_the_term(city: Town) -> None:
    irina = await at_the_card(city, ends_in=(200,))
    policy: Policy = irina.policies[0]
    await irina.tap("Изменить полис")
    await irina.tap("Периоды")
    await irina.tap("Добавить период")
    first = policy.term_end_date - timedelta(days=120)
    await irina.say(f"{policy.term_end_date + timedelta(days=1):%d.%m.%Y}")
    await irina.sees("вне срока")
    await irina.say(f"{first:%d.%m.%Y}")
    await irina.say(f"{policy.term_end_date:%d.%m.%Y}")
    await irina.tap("Готово")
    await irina.sees(f"периоды: весь год → {first:%d.%m.%Y} – {policy.term_end_date:%d.%m.%Y}")


async def test_a_draft_survives_a_restart(village: Town) -> None:
    irina = await at_the_card(village)
    await irina.tap("Изменить полис")
    await irina.tap("Водители")
    await irina.tap("Добавить водителя")
    await irina.say("Петрова Анна Сергеевна")
    await village.restart_bot()
    await irina.say("15.03.1990")
    await irina.sees("99 12 345678")
    await irina.say("/menu")
    await irina.tap("Мои полисы")
    await irina.tap("ОСАГО")
    await irina.tap("Изменить полис")
    await irina.sees("99 12 345678")


async def test_drivers_need_a_fresh_code(village: Town) -> None:
    irina = await at_the_card(village)
    await irina.tap("Изменить полис")
    await village.call("POST", "/clock", {"advance": "PT13H"})
    await irina.tap("Водители")
    await irina.sees("Нужен код")
    await irina.tap("Прислать код")
    await irina.say(await irina.code())
    await irina.sees("Кто будет управлять")


async def test_what_only_an_office_changes_is_said_with_the_search(city: Town) -> None:
    irina = await at_the_card(city)
    await irina.tap("Изменить полис")
    await irina.tap("Другое")
    await irina.sees("Kia Rio", "меняет офис", "паспорт и полис")
    await irina.tap("Офисы")
    await irina.tap("Назад")
    await irina.sees("меняет офис")
    await irina.tap("Назад")
    await irina.sees("Срок:")


async def test_kasko_is_changed_in_words_and_other_contracts_in_an_office(village: Town) -> None:
    """The seeded client has one of each kind."""
    register = village.world.core.register
    alexey = village.seeded(ALEXEY)
    known = next(it for it in register.customers.all() if it.phone == phone(8))
    await come_in(alexey, known.birth_date)
    await alexey.tap("Мои полисы")
    await alexey.tap("КАСКО")
    await alexey.tap("Изменить полис")
    await alexey.sees("Что изменить в полисе?", "сотрудник рассчитает и пришлёт до подтверждения")
    await alexey.say("Добавить водителя Громову Нину")
    await alexey.tap("Без файлов")
    await alexey.tap("Отправить", exact=True)
    number = await number_of(alexey)
    await alexey.sees(number, "Изменить полис", "Полис: КАСКО, Haval Jolion", "Добавить водителя Громову Нину")
    await alexey.say("/menu")
    await alexey.tap("Мои полисы")
    await alexey.tap("ДМС")
    await alexey.tap("Изменить полис")
    await alexey.sees("Этот договор меняет офис")
    await alexey.tap("Обращения")
    await alexey.sees(number)


async def test_from_the_kinds_of_requests_the_way_leads_to_the_policy(city: Town) -> None:
    irina = await insured(city)
    await irina.log_in()
    await irina.tap("Обращения")
    await irina.tap("Новое обращение")
    await irina.tap("Изменить полис")
    await irina.sees("Откройте полис и нажмите «Изменить полис»")
    await irina.tap("ОСАГО")
    await irina.tap("Изменить полис")
    await irina.sees("Изменить ОСАГО")


async def test_use_that_has_ended_is_not_extended_here(city: Town) -> None:
    """It has to be asked for before the period ends (837-П, 5.1)."""
    today = city.world.core.register.today()
    past = Period(start=today - timedelta(days=150), end=today - timedelta(days=1))
    irina = await at_the_card(city, ends_in=(200,), periods=[past])
    await irina.tap("Изменить полис")
    await irina.sees("Продлить период использования уже нельзя")
    assert "Периоды" not in await irina.labels()
