"""A1–A4 as a person sees them: one's own contact, a code, a fact where somebody might be somebody else, and how long it holds."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import structlog.testing

from playground.core.resources import PhoneStatus
from services.clock import MOSCOW
from tests.support.insured import Insured, another_account, insured
from tests.support.person import Person
from tests.support.second import database, message, on_disk, rows, says, update
from tests.support.town import Town


async def texts(person: Person) -> list[str]:
    """What came by SMS to this person's number."""
    async with person.town.http.get(f"{person.town.url}/sms", params={"phone": person.phone}) as response:
        return [sms["text"] for sms in await response.json()]


async def letters(town: Town, address: str) -> list[dict[str, Any]]:
    """What came by e-mail to this address."""
    async with town.http.get(f"{town.url}/mail", params={"to": address}) as response:
        found: list[dict[str, Any]] = await response.json()
        return found


async def guess(person: Person) -> str:
    """Six digits that are not the code."""
    return f"{(int(await person.code()) + 1) % 10**6:06d}"


async def later(town: Town, span: str) -> None:
    """The clock goes on by an ISO-8601 duration."""
    await town.call("POST", "/clock", {"advance": span})
    await town.settle()


def moscow(town: Town, plus: timedelta = timedelta()) -> datetime:
    """The Moscow time of this world."""
    return town.world.world.clock.now().astimezone(MOSCOW) + plus


async def test_a_client_comes_in_with_contact_and_code(either: Town) -> None:
    anna = either.seeded(100001)
    await anna.log_in()
    await anna.sees("Анна")
    assert await anna.keyboard() is None
    said = [message["text"] for message in await anna.chat() if message["from"] == "user"]
    assert not any(text.strip().isdigit() for text in said), "the code must not stay in the chat"


# -- A1: whose contact --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
async def asked(city: Town) -> tuple[Insured, Insured]:
    """Somebody who stands before the contact button, and another client."""
    irina = await insured(city)
    other = await insured(city, last="Чужая", first="Мария")
    await irina.knock()
    return irina, other


OWN, OTHER, NOBODY = "own", "other", "nobody"
FORGED: dict[str, tuple[str, str, dict[str, Any]]] = {
    "another's card": (OTHER, OTHER, {}),
    "another's card without a user": (NOBODY, OTHER, {}),
    "own number without a user": (NOBODY, OWN, {}),
    "own number under another's user": (OTHER, OWN, {}),
    "own user with another's card, forwarded": (OWN, OTHER, {"forward_origin": {"type": "hidden_user"}}),
    "own contact, forwarded": (OWN, OWN, {"forward_origin": {"type": "hidden_user"}}),
    "own contact, forwarded from oneself": (OWN, OWN, {"forward_origin": {"type": "user"}}),
    "Arabic digits": (OWN, "٧٩٠٧٠٥٠٠٠٠١", {}),
    "fullwidth digits": (OWN, "７９０７０５０００１０", {}),
    "Devanagari digits": (OWN, "७९०७०५०००१०", {}),
    "superscript digits": (OWN, "⁷⁹⁰⁷⁰⁵⁰⁰⁰¹⁰", {}),
    "letters": (OWN, "+7907050OO10", {}),
    "words": (OWN, "позвоните мне", {}),
    "empty": (OWN, "", {}),
    "a plus alone": (OWN, "+", {}),
    "two pluses": (OWN, "++79070500010", {}),
    "a plus at the end": (OWN, "79070500010+", {}),
    "too short": (OWN, "+7907", {}),
    "too long": (OWN, "+7907050001077777", {}),
    "two numbers": (OWN, "+79070500010,+79070500011", {}),
    "a line break": (OWN, "+79070500010\n", {}),
    "a zero byte": (OWN, "+79070500010\x00", {}),
    "an invisible letter": (OWN, "+7907\u200b0500010", {}),
    "no such country": (OWN, "+00000000000", {}),
    "a sum": (OWN, "+7907050001e1", {}),
}
assert len(FORGED) >= 20


@pytest.mark.parametrize("case", FORGED)
async def test_a_forged_contact_is_refused(city: Town, asked: tuple[Insured, Insured], case: str) -> None:
    irina, other = asked
    whose, number, more = FORGED[case]
    phones = {OWN: irina.phone, OTHER: other.phone}
    user = {OWN: {"user_id": irina.id}, OTHER: {"user_id": other.id}, NOBODY: {}}[whose]
    if origin := more.get("forward_origin"):
        by = (
            {"sender_user_name": "Ирина"}
            if origin["type"] == "hidden_user"
            else {"sender_user": message(irina.id)["from"]}
        )
        more = {"forward_origin": {**origin, **by, "date": 1_790_000_000}}
    contact = {"phone_number": phones.get(number, number), "first_name": "Ирина", **user}
    await says(city, irina.id, contact=contact, **more)
    refusal = "Telegram передал номер, который" if whose == OWN and not more else "Это не ваша карточка"
    await irina.sees(refusal, "Ваш номер телефона")
    assert await irina.keyboard(), "the button is still there"
    assert not await texts(irina)
    assert not await texts(other)


async def test_a_typed_number_logs_nobody_in(city: Town, asked: tuple[Insured, Insured]) -> None:
    irina, _ = asked
    for typed in (irina.phone, irina.phone.removeprefix("+"), f"8{irina.phone[2:]}"):
        await irina.say(typed)
        await irina.sees("Набранный номер или чужую карточку мы не принимаем")
    assert not await texts(irina)


@pytest.mark.parametrize("spelling", ["+{}", "{}"], ids=["with a plus", "without"])
async def test_the_own_contact_is_accepted(city: Town, spelling: str) -> None:
    irina = await insured(city)
    await irina.knock()
    number = spelling.format(irina.phone.removeprefix("+"))
    await says(city, irina.id, contact={"phone_number": number, "first_name": "И", "user_id": irina.id})
    await irina.sees("Введите код", "+7 907 ***-**-" + irina.phone[-2:])
    assert await irina.keyboard() is None
    assert len(await texts(irina)) == 1


async def test_a_contact_shared_too_early_or_too_late_changes_nothing(city: Town) -> None:
    irina = await insured(city)
    await irina.say("/start")
    await irina.share_contact()
    await irina.sees("нажмите «Войти»")
    await irina.tap("Войти")
    await irina.tap("Согласен", exact=True)
    await irina.share_contact()
    await irina.share_contact()
    await irina.sees("Номер уже получен", "Введите код")
    assert len(await texts(irina)) == 1


# -- A2: the code -------------------------------------------------------------------------------------------------------


async def test_the_code_may_be_typed_with_spaces_and_works_once(city: Town) -> None:
    irina = await insured(city)
    await irina.knock()
    await irina.share_contact()
    code = await irina.code()
    await irina.say(f" {code[:3]} {code[3:]} ")
    await irina.sees("Готово, вы вошли")
    await irina.say(code)
    await irina.sees("Выберите кнопку")
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
    shown = (await irina.screen())["text"]
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
    await irina.sees("Введите код")
    assert "Код на почту k***@pochta.example" in await irina.labels()
    assert "Человек" in await irina.labels()
    await later(village, "PT61S")
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
    await irina.sees("Код действует до 12:05 мск", "Новый можно запросить с 12:01")
    first = await irina.code()
    await irina.tap("Прислать новый код")
    await irina.sees("Новый код можно запросить с ", "12:01 мск")
    assert len(await texts(irina)) == 1
    await later(village, "PT61S")
    await irina.tap("Прислать новый код")
    assert len(await texts(irina)) == 2
    second = await irina.code()
    if first != second:
        await irina.say(first)
        await irina.sees("Код не подошёл")
    await later(village, "PT5M1S")
    await irina.say(second)
    await irina.sees("Этот код уже не действует", "Действующего кода сейчас нет")
    for count in (3, 4, 5):
        await irina.tap("Прислать новый код")
        assert len(await texts(irina)) == count
        await later(village, "PT61S")
    await irina.tap("Прислать новый код")
    opens = moscow(village, timedelta(days=1) - timedelta(seconds=61 * 4 + 301))
    await irina.sees("Попыток пока больше нет", f"{opens:%d.%m.%Y}", "нажмите «Человек»")
    assert len(await texts(irina)) == 5
    await irina.say(await irina.code())
    await irina.sees("Готово, вы вошли")
    await later(village, "P1D")
    await irina.tap("Настройки")
    await irina.tap("Где выполнен вход")
    await irina.tap("Прислать код")
    assert len(await texts(irina)) == 6, "a day later there are codes again"


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
            await later(village, "PT61S")
            await nomad.tap("Прислать новый код")
        assert len(await texts(owner)) == 5
        await later(village, "PT61S")
        await nomad.tap("Войти с другим номером")
    await take_number(owners[2].phone)
    await nomad.sees("Попыток пока больше нет")
    assert not await texts(owners[2])


async def test_codes_that_were_entered_do_not_count(village: Town) -> None:
    irina = await insured(village)
    for number in range(1, 8):
        await irina.knock() if number == 1 else await irina.tap("Войти")
        await irina.share_contact()
        assert len(await texts(irina)) == number
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
    await later(village, "PT61S")
    await irina.tap("Прислать новый код")
    await irina.sees("вход по SMS закрыт", "нажмите «Человек»")
    assert len(await texts(irina)) == 1


# -- A3: who is this ----------------------------------------------------------------------------------------------------


async def test_a_stranger_is_told_at_once_and_no_sms_is_spent(city: Town) -> None:
    igor = await city.person()
    await igor.knock()
    await igor.share_contact()
    shown = f"+7 907 {igor.phone[5:8]}-{igor.phone[8:10]}-{igor.phone[10:]}"
    await igor.sees(f"По номеру {shown} мы вас не нашли", "поможет человек", "+7 800 000-00-00")
    assert await igor.keyboard() is None
    assert not await texts(igor)
    await igor.say("а может?")
    await igor.sees("Войдите с другим номером или нажмите «Человек»")
    await igor.tap("Войти с другим номером")
    await igor.sees("Ваш номер телефона")
    assert await igor.keyboard()


async def test_two_clients_on_one_phone_choose_by_masked_name_and_prove_it(city: Town) -> None:
    mother = await insured(city, last="Воронова", first="Наталья", middle="Петровна")
    await insured(city, last="Лис", first="Кирилл", middle=None, phone=mother.phone)
    await mother.knock()
    await mother.share_contact()
    await mother.sees("Кто вы?")
    labels = await mother.labels()
    assert labels[:2] == ["Во***а Н. П.", "Л*** К."]
    assert not await texts(mother), "no code before it is known whose"
    await mother.say("Наталья")
    await mother.sees("Выберите себя кнопкой")
    await mother.tap("Л*** К.")
    await mother.sees("Дата рождения")
    await mother.tap("Назад")
    await mother.sees("Кто вы?")
    await mother.tap("Во***а Н. П.")
    await mother.say("1 января 1950")
    await mother.sees("Не совпало. Остались 2 попытки.")
    await mother.say("15 марта 1990")
    await mother.sees("Введите код")
    await mother.tap("Назад")
    await mother.tap("Л*** К.")
    await mother.sees("Дата рождения")  # what one has proved does not make one somebody else
    await mother.tap("Назад")
    await mother.tap("Во***а Н. П.")
    await mother.say("15/3/90")
    await mother.sees("Введите код")
    typed = [m["text"] for m in await mother.chat() if m["from"] == "user" and "19" in m["text"]]
    assert not typed, "a birth date does not stay in the chat"
    await mother.say(await mother.code())
    await mother.sees("Здравствуйте, Наталья!")


async def test_a_wrong_fact_is_counted_three_a_day(village: Town) -> None:
    vera = await insured(village, phone_status=PhoneStatus.CHANGED)
    await vera.knock()
    await vera.share_contact()
    for words in ("Остались 2 попытки.", "Осталась 1 попытка."):
        await vera.say("01.01.1950")
        await vera.sees(words)
    await vera.say("ХХХ 0000000000")
    await vera.sees("Попыток пока больше нет", f"{moscow(village, timedelta(days=1)):%d.%m.%Y}")
    await vera.say("15.03.1990")
    await vera.sees("Попыток пока больше нет")
    assert not await texts(vera)
    await later(village, "P1DT1M")
    await vera.say("15.03.1990")
    await vera.sees("Введите код")


@pytest.mark.parametrize("status", [PhoneStatus.CHANGED, PhoneStatus.UNCONFIRMED])
async def test_a_phone_in_doubt_asks_a_fact(city: Town, status: PhoneStatus) -> None:
    vera = await insured(city, phone_status=status)
    await vera.knock()
    await vera.share_contact()
    await vera.sees("Дата рождения")
    assert not await texts(vera)
    number = vera.policies[0].full_number
    await vera.say(number.replace("ХХХ", "xxx ").lower())
    await vera.sees("Введите код")
    await vera.say(await vera.code())
    await vera.sees("Здравствуйте, Ирина!")


async def test_another_telegram_account_than_before_asks_a_fact(city: Town) -> None:
    irina = await insured(city)
    await irina.log_in()
    twin = await another_account(irina)
    await twin.knock()
    await twin.share_contact()
    await twin.sees("Дата рождения")
    await irina.tap("Настройки")
    await irina.tap("Выйти")
    await irina.tap("Выйти", exact=True)
    await irina.tap("Войти")
    await irina.share_contact()
    await irina.sees("Введите код")


# -- A4: how long it holds ----------------------------------------------------------------------------------------------


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
    before = len(await texts(irina))
    await irina.tap("Прислать код")
    assert len(await texts(irina)) == before + 1
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


async def test_thirty_days_end_the_unlock_however_busy(city: Town) -> None:
    irina = await insured(city)
    await irina.log_in()
    await irina.tap("Мои полисы")
    await irina.tap("ОСАГО")
    entered_earlier(irina, unlocked=30 * 24)
    await irina.tap("Документы")
    await irina.sees("Нужен код")


@pytest.mark.parametrize("change", [{"phoneStatus": "changed"}, {"phone": "+79070999999"}], ids=["told", "moved"])
async def test_a_number_that_changed_hands_ends_the_session(city: Town, change: dict[str, str]) -> None:
    irina = await insured(city)
    await irina.log_in()
    old = await irina.screen()
    await city.call("POST", f"/desk/customers/{irina.client_id}", change)
    await city.settle()
    assert any("номер телефона у нас изменился" in m["text"] for m in await irina.chat())
    await irina.sees("Это кабинет клиента")
    data = next(b["data"] for row in old["buttons"] for b in row if b["text"].startswith("Мои полисы"))
    await irina.press(old["message_id"], data)
    await irina.sees("Это кабинет клиента")
    assert rows(city, "select ended_by from binding where account_id = ?", irina.id) == [("phone",)]
