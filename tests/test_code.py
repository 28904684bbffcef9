"""The one-time code (A2): where it goes, how long it lives, how often it may be tried and asked for."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import structlog.testing

from tests.support.insured import insured
from tests.support.outside import later, letters, moscow, sms
from tests.support.person import Person
from tests.support.second import database, message, on_disk, rows, update
from tests.support.town import Town


async def guess(person: Person) -> str:
    """Six digits that are not the code."""
    return f"{(int(await person.code()) + 1) % 10**6:06d}"


async def test_the_code_may_be_typed_with_spaces_and_works_once(city: Town) -> None:
    irina = await insured(city)
    await irina.knock()
    await irina.share_contact()
    code = await irina.code()
    await irina.say(f" {code[:3]} {code[3:]} ")
    await irina.sees("Готово, вы вошли")
    await irina.say(code)
    await irina.sees("Код удалили из чата: сейчас он не нужен")
    await irina.tap("Настройки")
    await irina.tap("Выйти")
    await irina.tap("Выйти", exact=True)
    await irina.tap("Войти")
    await irina.share_contact()
    await irina.say(code)
    await irina.sees("Код не подошёл. Остались 2 попытки.")
    assert rows(city, "select state from code where account_id = ? order by id", irina.id) == [("used",), ("live",)]


async def test_three_wrong_codes_and_it_is_spent(city: Town) -> None:
    irina = await insured(city)
    await irina.knock()
    await irina.share_contact()
    for typed in ("привет", "12345", "1234567", "١٢٣٤٥٦"):
        await irina.say(typed)
        await irina.sees("Код — это шесть цифр из сообщения", "123 456")
    right, wrong = await irina.code(), await guess(irina)
    for words in ("Остались 2 попытки.", "Осталась 1 попытка.", "Код не подошёл три раза и больше не действует"):
        await irina.say(wrong)
        await irina.sees(words)
    await irina.sees("Действующего кода сейчас нет", "нажмите «Человек»")
    await irina.say(right)
    await irina.sees("Этот код уже не действует")
    assert not [m for m in await irina.chat() if m["from"] == "user" and re.search(r"\d", m["text"])]


async def test_the_code_screen_is_still_true_after_a_walk(city: Town) -> None:
    irina = await insured(city)
    await irina.knock()
    await irina.share_contact()
    shown = (await irina.sees("Отправили шесть цифр на +7 907 ***-**-"))["text"]
    await irina.tap("В начало")
    await irina.tap("Войти")
    assert (await irina.screen())["text"] == shown
    await irina.say("/help")
    await irina.tap("Назад")
    assert (await irina.screen())["text"] == shown
    await irina.say(await irina.code())
    await irina.sees("Готово, вы вошли")


async def test_a_code_is_nowhere_but_in_the_sms(city: Town) -> None:
    irina = await insured(city)
    with structlog.testing.capture_logs() as logged:
        await irina.knock()
        await irina.share_contact()
        code = await irina.code()
        await irina.say(await guess(irina))
        assert code.encode() not in on_disk(city)
        await irina.say(code)
    await irina.sees("Готово, вы вошли")
    assert code.encode() not in on_disk(city)
    assert code not in str(logged)
    sent = "select state, body from outbox where lane = ? and channel = 'sms'"
    assert rows(city, sent, f"tg:{irina.id}") == [(1, None)], "the body of the SMS is wiped when it is sent"


async def test_the_code_by_mail_opens_as_well(village: Town) -> None:
    irina = await insured(village, email="kod@pochta.example")
    await village.call("POST", "/faults", {"on": "sms", "method": "send", "error": 503, "times": 99})
    await irina.knock()
    await irina.share_contact()
    await irina.sees("Отправляем шесть цифр на +7 907 ***-**-")
    assert "Код на почту k***@pochta.example" in await irina.labels()
    assert "Человек" in await irina.labels()
    await later(village, "PT21S")
    await irina.sees("SMS задерживается. Подождите или запросите код на почту.")
    await later(village, "PT2M")
    await irina.tap("Код на почту")
    await irina.sees("Отправили шесть цифр на k***@pochta.example")
    (letter,) = await letters(village, "kod@pochta.example")
    found = re.search(r"\d{6}", letter["text"])
    assert found
    await irina.say(found[0])
    await irina.sees("Готово, вы вошли")


async def test_a_number_that_takes_no_sms_is_said_at_once(city: Town) -> None:
    """The gateway refuses it for good: a landline."""
    irina = await insured(city, phone="+74950000123")
    await irina.knock()
    await irina.share_contact()
    await irina.sees("SMS не удалось отправить", "нажмите «Человек»")


async def test_a_thousand_guesses_at_once_are_three(city: Town) -> None:
    irina = await insured(city)
    await irina.knock()
    await irina.share_contact()
    wrong = [f"{(int(await irina.code()) + n) % 10**6:06d}" for n in range(1, 1001)]
    await asyncio.gather(*(update(city, "message", message(irina.id, text=text)) for text in wrong))
    await city.settle()
    ((tries, state),) = rows(city, "select tries, state from code where account_id = ?", irina.id)
    assert (tries, state) == (3, "spent")
    await irina.say(await irina.code())
    await irina.sees("Этот код уже не действует")


async def test_time_and_the_code(village: Town) -> None:
    """Resend after a minute, a new code kills the old one, five minutes of life, five a day."""
    irina = await insured(village)
    await irina.knock()
    await village.call("POST", "/clock", {"set": f"{moscow(village, timedelta(days=1)):%Y-%m-%d}T12:00:05+03:00"})
    await irina.share_contact()
    await irina.sees("Код действует до 12:05 мск", "Новый можно запросить с 12:02 мск")
    first = await irina.code()
    await irina.tap("Прислать новый код")
    await irina.sees("Новый код можно запросить с 12:02 мск")
    assert len(await sms(irina)) == 1
    noon = f"{moscow(village):%Y-%m-%d}T12:02:00+03:00"
    await village.call("POST", "/clock", {"set": noon})
    await irina.tap("Прислать новый код")
    assert len(await sms(irina)) == 2
    second = await irina.code()
    if first != second:
        await irina.say(first)
        await irina.sees("Подходит только последний код: его отправили на +7 907 ***-**-", "Остались 2 попытки")
    await later(village, "PT5M1S")
    await irina.sees("Срок кода вышел. Запросите новый")
    await irina.say(second)
    await irina.sees("Этот код уже не действует", "Действующего кода сейчас нет")
    for count in (3, 4, 5):
        await irina.tap("Прислать новый код")
        assert len(await sms(irina)) == count
        await later(village, "PT2M")
    assert len(await sms(irina)) == 5
    await irina.say(await irina.code())
    await irina.sees("Готово, вы вошли")
    await later(village, "P1D")
    await irina.tap("Настройки")
    await irina.tap("Где выполнен вход")
    await irina.tap("Прислать код")
    assert len(await sms(irina)) == 6, "a day later there are codes again"


async def test_ten_codes_a_day_for_one_account_whatever_the_phone(village: Town) -> None:
    owners = [await insured(village) for _ in range(3)]
    nomad = await village.person()
    await nomad.knock()

    async def take_number(phone: str) -> None:
        nomad.phone = phone
        await village.call("POST", "/client/users", {"id": nomad.id, "phone": phone})
        await nomad.share_contact()

    for owner in owners[:2]:
        await take_number(owner.phone)
        for _ in range(4):
            await later(village, "PT2M")
            await nomad.tap("Прислать новый код")
        assert len(await sms(owner)) == 5
        await later(village, "PT2M")
        await nomad.tap("Войти с другим номером")
    await take_number(owners[2].phone)
    await nomad.sees("Сегодня отправили уже все коды, что можно. Новый можно запросить завтра с")
    assert not [label for label in await nomad.labels() if "код" in label.lower()], "no button that would do nothing"
    assert not await sms(owners[2])


async def test_codes_that_were_entered_do_not_count(village: Town) -> None:
    irina = await insured(village)
    for number in range(1, 8):
        await irina.knock() if number == 1 else await irina.tap("Войти")
        await irina.share_contact()
        assert len(await sms(irina)) == number
        await irina.say(await irina.code())
        await irina.tap("Настройки")
        await irina.tap("Выйти")
        await irina.tap("Выйти", exact=True)


async def test_after_a_hundred_failures_only_staff_can_help(village: Town) -> None:
    irina = await insured(village)
    await irina.knock()
    await irina.share_contact()
    await irina.say(await guess(irina))
    with database(village) as second:
        second.execute(
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 99) "
            "insert into strike(scope, subject, at) select scope, subject, at - 86400 * 300 from strike, n"
        )
    await later(village, "PT2M")
    await irina.tap("Прислать новый код")
    await irina.sees("вход по SMS закрыт", "нажмите «Человек»")
    assert len(await sms(irina)) == 1


async def by_mail(person: Person, address: str) -> str:
    """The newest code that came by mail."""
    *_, letter = await letters(person.town, address)
    found = re.search(r"\d{6}", letter["text"])
    assert found
    return found[0]


async def test_after_the_last_sms_of_the_day_there_is_still_the_mail_and_then_the_truth(village: Town) -> None:
    irina = await insured(village, email="dolgo@pochta.example")
    await irina.knock()
    await village.call("POST", "/clock", {"set": f"{moscow(village, timedelta(days=1)):%Y-%m-%d}T12:00:00+03:00"})
    await irina.share_contact()
    for _ in range(4):
        await later(village, "PT2M")
        await irina.tap("Прислать новый код")
    await irina.sees("Отправили шесть цифр на +7 907", "SMS на сегодня больше нет")
    assert "Прислать новый код" not in await irina.labels()
    for _ in range(5):
        await later(village, "PT2M")
        await irina.tap("Код на почту")
    last = moscow(village, timedelta(minutes=5))
    await irina.sees(
        f"Последний действует до {last:%H:%M} мск: введите его",
        "Новый можно запросить завтра с 12:01 мск, а раньше поможет человек: +7 800 000-00-00",
    )
    assert not [label for label in await irina.labels() if "код" in label.lower()]
    assert len(await sms(irina)) == 5
    await irina.say(await by_mail(irina, "dolgo@pochta.example"))
    await irina.sees("Готово, вы вошли")


async def test_the_moment_that_is_said_is_the_moment_it_works(village: Town) -> None:
    irina = await insured(village)
    await irina.knock()
    day = f"{moscow(village, timedelta(days=1)):%Y-%m-%d}"
    await village.call("POST", "/clock", {"set": f"{day}T09:00:31+03:00"})
    await irina.share_contact()
    await irina.sees("Код действует до 09:05 мск", "Новый можно запросить с 09:02 мск")
    await village.call("POST", "/clock", {"set": f"{day}T09:01:59+03:00"})
    await irina.tap("Прислать новый код")
    assert len(await sms(irina)) == 1
    await village.call("POST", "/clock", {"set": f"{day}T09:02:00+03:00"})
    await irina.tap("Прислать новый код")
    assert len(await sms(irina)) == 2


async def test_a_code_that_still_works_is_not_denied(city: Town) -> None:
    irina = await insured(city)
    await irina.knock()
    await irina.share_contact()
    await irina.say("/cancel")
    await irina.sees("Вход отменён.")
    await irina.tap("Войти")
    await irina.share_contact()
    await irina.sees("Прежний код ещё действует: введите его. Новый можно запросить с", "Отправили шесть цифр")
    assert len(await sms(irina)) == 1
    await irina.say(await irina.code())
    await irina.sees("Готово, вы вошли")


async def test_the_whole_sms_may_be_pasted(city: Town) -> None:
    irina = await insured(city)
    await irina.knock()
    await irina.share_contact()
    await irina.say(f"{await guess(irina)} или {await irina.code()}")
    await irina.sees("Код — это шесть цифр")
    await irina.say((await sms(irina))[-1])
    await irina.sees("Готово, вы вошли")


async def test_an_sms_that_comes_after_the_letter_is_explained(village: Town) -> None:
    irina = await insured(village, email="pozdno@pochta.example")
    await irina.knock()
    await irina.share_contact()
    late = await irina.code()
    await later(village, "PT2M")
    await irina.tap("Код на почту")
    right = await by_mail(irina, "pozdno@pochta.example")
    if late != right:
        await irina.say(late)
        await irina.sees("Подходит только последний код: его отправили на p***@pochta.example. Остались 2 попытки.")
    await irina.say(right)
    await irina.sees("Готово, вы вошли")


async def test_a_code_typed_where_nobody_asks_for_it_is_deleted(village: Town) -> None:
    irina = await insured(village)
    await irina.log_in()
    code = await irina.code()
    await irina.say("/support")
    await irina.say(f"{code[:3]} {code[3:]}")
    await irina.sees("Код удалили из чата: сейчас он не нужен.", "Живой человек")
    assert not [m for m in await irina.chat() if m["from"] == "user" and code[3:] in m["text"]]
    await later(village, "PT61M")
    await irina.say("123456")
    await irina.sees("Отправляем?\n123456")
