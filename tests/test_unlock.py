"""How long a login holds (A4): idleness, thirty days, twelve hours, and a number that changed hands."""

from __future__ import annotations

import pytest

from tests.support.insured import Insured, insured
from tests.support.outside import later, sms
from tests.support.second import database, rows
from tests.support.town import Town


def entered_earlier(irina: Insured, *, unlocked: int = 0, fresh: int = 0) -> None:
    """The code was entered so many hours earlier; the person has been busy ever since."""
    with database(irina.town) as second:
        second.execute(
            "update binding set unlocked_at = unlocked_at - ?, fresh_at = fresh_at - ? where account_id = ?",
            (unlocked * 3600 + 60, fresh * 3600 + 60, irina.id),
        )


async def files(irina: Insured) -> int:
    """How many files stand in the chat."""
    return sum("document" in message for message in await irina.chat())


async def unlocked_by_code(irina: Insured) -> None:
    await irina.sees("Нужен код")
    before = len(await sms(irina))
    await irina.tap("Прислать код")
    assert len(await sms(irina)) == before + 1
    await irina.say(await irina.code())


async def test_idleness_locks_and_a_code_returns_to_the_interrupted_screen(village: Town) -> None:
    irina = await insured(village, papers=True, ends_in=(100,))
    await irina.log_in()
    await irina.tap("Мои полисы")
    await irina.tap("ОСАГО")
    await irina.tap("Документы")
    await irina.tap("Полис", exact=True)

    await later(village, "PT31M")
    await irina.tap("Прислать сюда")
    assert await files(irina) == 1, "the policy in force is for the roadside"
    await irina.tap("Назад")
    await irina.tap("Правила страхования")
    await irina.tap("Прислать сюда")
    await unlocked_by_code(irina)
    await irina.sees("Готово, кабинет открыт", "Правила страхования", "Куда прислать?")
    assert await files(irina) == 1
    await irina.tap("Прислать сюда")
    assert await files(irina) == 2

    await later(village, "PT25H")
    await irina.say("/menu")
    await irina.tap("Мои полисы")
    await irina.sees("У вас 1 полис", "Kia Rio")
    await irina.tap("ОСАГО")
    plate = irina.policies[0].insured_objects[0].plate or ""
    assert plate not in (await irina.screen())["text"]
    await irina.tap("Документы")
    await unlocked_by_code(irina)
    await irina.sees("Готово, кабинет открыт", "Документы", "Выберите документ")

    await irina.tap("Назад")
    entered_earlier(irina, fresh=12)
    await irina.say("/menu")
    await irina.tap("Мои полисы")
    await irina.tap("ОСАГО")
    await irina.tap("Показать полностью")
    await unlocked_by_code(irina)
    await irina.sees("Готово, кабинет открыт", plate)
    await later(village, "PT61S")
    assert plate not in (await irina.screen())["text"], "masked again after a minute"
    await irina.tap("Показать полностью")
    await irina.tap("В меню")
    menu = await irina.screen()
    await later(village, "PT61S")
    assert await irina.screen() == menu, "nothing happens to whoever has left the card"

    await later(village, "P45D")
    await irina.say("/menu")
    await irina.tap("Настройки")
    await irina.tap("История")
    await unlocked_by_code(irina)
    await irina.sees("Готово, кабинет открыт", "История")


async def test_thirty_days_end_the_unlock_however_busy(city: Town) -> None:
    irina = await insured(city)
    await irina.log_in()
    await irina.tap("Мои полисы")
    await irina.tap("ОСАГО")
    entered_earlier(irina, unlocked=30 * 24)
    await irina.tap("Документы")
    await irina.sees("Нужен код")


async def test_whoever_needs_no_code_after_all_goes_back(city: Town) -> None:
    irina = await insured(city, papers=True)
    await irina.log_in()
    await irina.tap("Мои полисы")
    await irina.tap("ОСАГО")
    card = (await irina.screen())["text"]
    entered_earlier(irina, unlocked=30 * 24)
    for label in ("Документы", "Показать полностью"):
        await irina.tap(label)
        await irina.sees("Нужен код")
        await irina.tap("Назад")
        assert (await irina.screen())["text"] == card
    await irina.say("/menu")
    await irina.tap("Настройки")
    await irina.tap("Где выполнен вход")
    await irina.tap("Прислать код")
    await irina.tap("Назад")
    await irina.sees("Настройки")
    await irina.say("/cancel")
    await irina.sees("Ввод кода отменён.", "Здравствуйте, Ирина!")
    await irina.say("/cancel")
    await irina.sees("Отменять нечего. Вот меню.")


@pytest.mark.parametrize("change", [{"phoneStatus": "changed"}, {"phone": "+79070999999"}], ids=["told", "moved"])
async def test_a_number_that_changed_hands_ends_the_session(city: Town, change: dict[str, str]) -> None:
    irina = await insured(city)
    await irina.log_in()
    old = await irina.screen()
    await city.call("POST", f"/desk/customers/{irina.client_id}", change)
    await city.settle()
    told = [m["text"] for m in await irina.chat() if "У нас теперь записан другой ваш номер" in m["text"]]
    assert told
    assert "Если вы его не меняли, нажмите «Человек» или позвоните: +7 800 000-00-00" in told[0]
    await irina.sees("Это кабинет клиента")
    data = next(b["data"] for row in old["buttons"] for b in row if b["text"].startswith("Мои полисы"))
    await irina.press(old["message_id"], data)
    await irina.sees("Это кабинет клиента")
    assert rows(city, "select ended_by from binding where account_id = ?", irina.id) == [("phone",)]
