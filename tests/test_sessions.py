"""Where a person is logged in: seen, ended, told (A5)."""

from __future__ import annotations

import re

from tests.support.insured import Insured, another_account, insured
from tests.support.second import rows
from tests.support.town import Town


async def two_accounts(town: Town) -> tuple[Insured, Insured]:
    """One client in two Telegram accounts, both inside."""
    first = await insured(town)
    await first.log_in()
    second = await another_account(first)
    await second.log_in_with_fact()
    return first, second


async def to_sessions(person: Insured) -> None:
    await person.tap("Настройки")
    await person.tap("Где выполнен вход")


async def test_a_new_login_is_told_to_the_others(city: Town) -> None:
    first, second = await two_accounts(city)
    told = [m["text"] for m in await first.chat() if "вошли с другого аккаунта Telegram" in m["text"]]
    assert len(told) == 1
    await first.sees("Здравствуйте, Ирина!")
    assert not [m for m in await second.chat() if "вошли с другого" in m["text"]]


async def test_the_list_names_this_chat_and_the_other_account(city: Town) -> None:
    first, _ = await two_accounts(city)
    await to_sessions(first)
    text = (await first.sees("Этот чат", "последнее действие"))["text"]
    own, other = text.split("\n\n")[2:]
    assert re.fullmatch(r"Этот чат\nвошли \d\d:\d\d мск", own)
    assert re.fullmatch(r"1\. Ирина\nвошли \d\d:\d\d мск, последнее действие \d\d:\d\d мск", other)
    assert sum(label.startswith("Завершить вход") for label in await first.labels()) == 1


async def test_an_ended_session_is_told_and_locked_and_its_buttons_are_dead(city: Town) -> None:
    first, second = await two_accounts(city)
    await second.tap("Мои полисы")
    old = await second.screen()
    await to_sessions(first)
    await first.tap("Завершить вход")
    await first.sees("Вход завершён", "Вход выполнен только в этом чате.", "Этот чат")
    assert not any(label.startswith("Завершить вход") for label in await first.labels())
    assert any("завершён с другого вашего аккаунта" in m["text"] for m in await second.chat())
    await second.sees("Это кабинет клиента")
    await second.toasts()
    for row in old["buttons"]:
        for button in row:
            await second.press(old["message_id"], button["data"])
            await second.sees("Это кабинет клиента")
    assert set(await second.toasts()) == {"Это кнопка прежнего экрана. Вот что сейчас."}
    await second.say("/menu")
    await second.sees("Это кабинет клиента")
    assert rows(city, "select ended_by from binding where account_id = ?", second.id) == [("owner",)]


async def test_logging_out_ends_this_account_only(city: Town) -> None:
    first, second = await two_accounts(city)
    await first.tap("Настройки")
    await first.tap("Выйти")
    await first.sees("Выйти из кабинета?")
    assert "Назад" not in await first.labels()
    await first.tap("Остаться")
    await first.sees("Здравствуйте, Ирина!")
    await first.tap("Настройки")
    await first.tap("Выйти")
    await first.tap("Выйти", exact=True)
    await first.sees("Вы вышли. До встречи!", "Это кабинет клиента")
    await first.say("/menu")
    await first.sees("Это кабинет клиента")
    await second.tap("Мои полисы")
    await second.sees("У вас 1 полис")
    assert not [m for m in await second.chat() if "завершён" in m["text"]]
