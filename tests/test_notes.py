"""Reminders of one's own: told in words or by buttons, listed, deleted; what cannot be is refused with what to do (H4)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.clock import MOSCOW
from tests.support.insured import Insured, another_account, insured
from tests.support.second import on_disk
from tests.support.town import Town

FAR = 200
"""Days to the end of a contract that nobody is reminded of yet, whatever the hour."""


def today(town: Town) -> date:
    return town.world.world.clock.now().astimezone(MOSCOW).date()


async def inside(town: Town) -> Insured:
    irina = await insured(town, ends_in=(FAR,))
    await irina.log_in()
    return irina


async def begun(person: Insured) -> None:
    """At the first question, from the menu."""
    await person.say("/menu")
    await person.tap("Напоминания")
    await person.tap("Новое напоминание")


async def test_from_the_menu_in_words(city: Town) -> None:
    irina = await inside(city)
    await irina.say("/menu")
    await irina.tap("Напоминания")
    await irina.sees("Пока пусто")
    await irina.tap("Новое напоминание")
    await irina.sees("О чём напомнить?")
    await irina.say("отвезти справку & <копию>   в офис")
    await irina.sees("Когда напомнить?", "отвезти справку & <копию> в офис")
    await irina.say("через 2 недели")
    day = today(city) + timedelta(days=14)
    screen = await irina.sees(f"Напомним {day:%d.%m.%Y}", "Ваши напоминания", "1. ")
    assert screen["text"].count("отвезти справку & <копию> в офис") == 2
    assert "отвезти справку".encode() not in on_disk(city), "a note is personal"
    await irina.tap("Удалить 1")
    await irina.sees("Пока пусто")
    assert await irina.toasts() == ["Удалили."]


async def test_words_on_the_list_are_a_new_reminder(city: Town) -> None:
    irina = await inside(city)
    await begun(irina)
    await irina.say("старое")
    await irina.say("/menu")
    await irina.tap("Напоминания")
    await irina.say("забрать машину у мастера")
    await irina.sees("Когда напомнить?", "забрать машину у мастера")
    await irina.say("завтра")
    await irina.sees("Ваши напоминания", "1. ", "забрать машину у мастера")
    await irina.say("ж" * 201)
    await irina.sees("О чём напомнить?", "200")


async def test_a_day_that_was_said_is_not_asked_for_again(city: Town) -> None:
    irina = await inside(city)
    await irina.say("/menu")
    await irina.tap("Напоминания")
    await irina.say("Напомните мне завтра забрать справку")
    tomorrow = today(city) + timedelta(days=1)
    await irina.sees(f"Напомним {tomorrow:%d.%m.%Y}", "Ваши напоминания", "\nзабрать справку")
    await irina.say("сегодня забрать справку")
    await irina.sees("Когда напомнить?", "сегодня забрать справку")


async def test_from_a_policy_by_buttons_alone(city: Town) -> None:
    irina = await inside(city)
    await irina.tap("Мои полисы")
    await irina.tap("ОСАГО")
    await irina.tap("Напомнить")
    await irina.sees("О чём напомнить?", "ОСАГО, Kia Rio")
    await irina.tap("Продлить полис")
    await irina.tap("Через неделю")
    await irina.sees("Напомним", "Продлить полис", "Кто может управлять")
    await irina.say("/menu")
    await irina.tap("Напоминания")
    await irina.sees("Продлить полис\nОСАГО, Kia Rio")


async def test_by_the_calendar_and_back(city: Town) -> None:
    irina = await inside(city)
    await begun(irina)
    await irina.tap("Пройти техосмотр")
    await irina.tap("Пн", exact=True)
    assert "Можно выбрать день с" in str(await irina.toasts())
    await irina.tap("Назад")
    await irina.sees("О чём напомнить?", "Сейчас: Пройти техосмотр")
    await irina.say("Забрать машину")
    tomorrow = today(city) + timedelta(days=1)
    if tomorrow.month != today(city).month:
        await irina.tap("›")
    await irina.tap(str(tomorrow.day), exact=True)
    await irina.sees("Забрать машину", f"{tomorrow:%d.%m.%Y}")
    await begun(irina)
    await irina.tap("Назад")
    await irina.sees("Ваши напоминания")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("сегодня", "напомнить можно начиная с"),
        ("01.01.2020", "напомнить можно начиная с"),
        ("через 3 года", "слишком далеко"),
        ("когда-нибудь", "Не получилось прочитать день"),
        ("31.02", "Не получилось прочитать день"),
        ("²", "Не получилось прочитать день"),
    ],
)
async def test_a_day_that_will_not_do(city: Town, typed: str, answer: str) -> None:
    irina = await inside(city)
    await begun(irina)
    await irina.tap("Оплатить взнос")
    await irina.say(typed)
    await irina.sees(answer, "Когда напомнить?", "Оплатить взнос")


async def test_absurd_words(city: Town) -> None:
    irina = await inside(city)
    await begun(irina)
    await irina.say("ж" * 201)
    await irina.sees("длиннее 200 знаков", "О чём напомнить?")
    await irina.say("\u200b\u200b")
    await irina.sees("Здесь пусто")
    await irina.send("sticker")
    await irina.sees("Напишите словами, о чём напомнить")
    await irina.say("=renewal")
    await irina.sees("Когда напомнить?", "=renewal")


async def test_a_full_list_says_so_before_anything_is_typed(city: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    irina = await inside(city)
    await begun(irina)
    await irina.say("первое")
    await irina.tap("Завтра")
    await irina.tap("Новое напоминание")
    for where in ("handlers.notes", "services.reminders.notes"):
        monkeypatch.setattr(f"{where}.MOST", 1)
    await irina.say("второе")
    await irina.tap("Завтра")
    await irina.sees("Здесь помещается 1 напоминание", "Когда напомнить?", "второе")
    await irina.say("/menu")
    await irina.tap("Напоминания")
    await irina.tap("Новое напоминание")
    await irina.sees("Здесь помещается 1 напоминание", "первое")


async def test_another_account_of_the_client_has_the_same_list(city: Town) -> None:
    irina = await inside(city)
    twin = await another_account(irina)
    await twin.log_in_with_fact()
    await begun(irina)
    await irina.say("позвонить агенту")
    await irina.tap("Завтра")
    await twin.tap("Напоминания")
    await twin.sees("позвонить агенту")
    await twin.tap("Удалить 1")
    await irina.tap("Удалить 1")
    await irina.sees("Пока пусто")


async def test_in_english(city: Town) -> None:
    john = await inside(city)
    await john.say("/language")
    await john.tap("English")
    await john.tap("Reminders")
    await john.tap("New reminder")
    await john.say("call the agent")
    await john.say("in 3 days")
    await john.sees("We will remind you on", "call the agent")
