"""A1 and A3 as a person sees them: one's own contact and nobody else's, and a fact where somebody might be somebody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from playground.core.resources import PhoneStatus
from tests.support.insured import Insured, another_account, insured
from tests.support.outside import later, moscow, sms
from tests.support.second import message, says
from tests.support.town import Town


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
    assert not await sms(irina)
    assert not await sms(other)


async def test_a_typed_number_logs_nobody_in(city: Town, asked: tuple[Insured, Insured]) -> None:
    irina, _ = asked
    for typed in (irina.phone, irina.phone.removeprefix("+"), f"8{irina.phone[2:]}"):
        await irina.say(typed)
        await irina.sees("Набранный номер или чужую карточку мы не принимаем")
    assert not await sms(irina)


@pytest.mark.parametrize("spelling", ["+{}", "{}"], ids=["with a plus", "without"])
async def test_the_own_contact_is_accepted(city: Town, spelling: str) -> None:
    irina = await insured(city)
    await irina.knock()
    number = spelling.format(irina.phone.removeprefix("+"))
    await says(city, irina.id, contact={"phone_number": number, "first_name": "И", "user_id": irina.id})
    await irina.sees("Введите код", "+7 907 ***-**-" + irina.phone[-2:])
    assert await irina.keyboard() is None
    assert len(await sms(irina)) == 1


async def test_a_contact_shared_too_early_or_too_late_changes_nothing(city: Town) -> None:
    irina = await insured(city)
    await irina.say("/start")
    await irina.share_contact()
    await irina.sees("нажмите «Войти»")
    await irina.tap("Войти")
    await irina.tap("Соглашаюсь", exact=True)
    await irina.share_contact()
    await irina.share_contact()
    await irina.sees("Номер уже получен", "Введите код")
    assert len(await sms(irina)) == 1


# -- A3: who is this ----------------------------------------------------------------------------------------------------


async def test_a_stranger_is_told_at_once_and_no_sms_is_spent(city: Town) -> None:
    igor = await city.person()
    await igor.knock()
    await igor.share_contact()
    shown = f"+7 907 {igor.phone[5:8]}-{igor.phone[8:10]}-{igor.phone[10:]}"
    await igor.sees(f"По номеру {shown} мы вас не нашли", "поможет человек", "+7 800 000-00-00")
    assert await igor.keyboard() is None
    assert not await sms(igor)
    await igor.say("а может?")
    await igor.sees("Отправляем?\nа может?")
    await igor.tap("В начало")
    await igor.tap("Войти")
    await igor.share_contact()
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
    assert not await sms(mother), "no code before it is known whose"
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
    paused = f"Вход приостановлен до {moscow(village, timedelta(days=1)):%d.%m.%Y}"
    await vera.sees(paused, "Три раза не совпало", "нажмите «Человек» или позвоните: +7 800 000-00-00")
    assert "Дата рождения" not in (await vera.screen())["text"]
    await vera.say("15.03.1990")
    await vera.sees(paused)
    assert not await sms(vera)
    await later(village, "P1DT1M")
    await vera.say("15.03.1990")
    await vera.sees("Введите код")


async def test_chatter_costs_no_try(city: Town) -> None:
    vera = await insured(city, phone_status=PhoneStatus.CHANGED)
    await vera.knock()
    await vera.share_contact()
    for words in ("здравствуйте", "мне 35 лет", "30.02.1990", "01.01.2090", "не помню номер полиса", "12345"):
        await vera.say(words)
        await vera.sees("Не получилось прочитать. Напишите дату рождения, например 15.03.1990, или номер полиса")
    await vera.say("123 456")
    await vera.sees("Код понадобится на следующем шаге. Сейчас нужна дата рождения, например 15.03.1990.")
    await vera.say("М-4852133")
    await vera.sees("Не совпало. Остались 2 попытки.")
    await vera.say("15.03.1990")
    await vera.sees("Введите код")


@pytest.mark.parametrize("status", [PhoneStatus.CHANGED, PhoneStatus.UNCONFIRMED])
async def test_a_phone_in_doubt_asks_a_fact(city: Town, status: PhoneStatus) -> None:
    vera = await insured(city, phone_status=status)
    await vera.knock()
    await vera.share_contact()
    await vera.sees("Дата рождения")
    assert not await sms(vera)
    number = vera.policies[0].full_number
    await vera.say(f"Полис ОСАГО {number.replace('ХХХ', 'xxx ').lower()}")
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


async def test_a_screen_that_says_the_same_is_not_edited(village: Town) -> None:
    """The code has been taken by the gateway: the moment at which it would have been late has nothing to say."""
    person = await village.person("+79070000101")
    await person.knock()
    await person.share_contact()
    since = (await village.call("GET", "/calls"))["cursor"]
    await later(village, "PT61S")
    calls = (await village.call("GET", f"/calls?since={since}"))["calls"]
    assert not [call for call in calls if not call["ok"]]
