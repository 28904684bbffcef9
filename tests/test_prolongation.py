"""Prolongation through the chat: from the card to the new policy, changed on the way, and everything that can come between."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import pytest

from bot.adapters import make_vault
from tests.support.person import Person
from tests.support.reminders import never_quiet
from tests.support.second import database, rows
from tests.support.town import Town

pytestmark = pytest.mark.lengthy


@pytest.fixture
async def anna(village: Town) -> Person:
    """Her contract ends in five days and has two drivers; nobody at the desk checks anything by themselves."""
    await village.call("POST", "/desk/checks", {"auto": False})
    person = village.seeded(100001)
    await person.log_in()
    return person


async def open_card(person: Person) -> None:
    await person.tap("Мои полисы")
    await person.tap("Kia Rio")


async def decide(town: Town, outcome: str = "passed", **more: Any) -> str:
    """The desk decides the one check that waits. Returns the application's number."""
    waiting = (await town.call("GET", "/desk"))["checks"]
    assert len(waiting) == 1, waiting
    await town.call("POST", f"/desk/checks/{waiting[0]['id']}", {"outcome": outcome, **more})
    await town.settle()
    return str(waiting[0]["id"])


async def pay(town: Town) -> None:
    """The payer pays the newest payment."""
    payments = await town.call("GET", "/payments")
    pending = [payment for payment in payments if payment["status"] == "pending"]
    await town.call("POST", f"/payments/{pending[-1]['id']}/succeed", {})
    await town.settle()


async def test_an_unchanged_renewal_is_four_taps(anna: Person) -> None:
    await open_card(anna)
    await anna.tap("Продлить")
    await anna.sees("Новый срок")
    await anna.tap("Всё верно")
    await anna.sees("АИС страхования")
    await decide(anna.town)
    await anna.sees("Проверка прошла")
    await anna.tap("Согласиться и оплатить")
    screen = await anna.sees("К оплате", "Ссылка работает")
    link = [button for row in screen["buttons"] for button in row if button["kind"] == "url"]
    assert len(link) == 1
    await pay(anna.town)
    files = [message["document"]["file_name"] for message in await anna.chat() if message.get("document")]
    assert len(files) == 1
    number = re.search(r"ХХХ \d{10}", (await anna.sees("оформлен"))["text"])
    assert number
    sent = (await anna.town.call("GET", "/sms"))[-1]["text"]
    assert number[0] in sent
    (letter,) = await anna.town.call("GET", "/mail")
    assert number[0] in letter["subject"]
    assert len(letter["attachments"]) == 1


async def renew(person: Person) -> None:
    """To the summary of what carries over."""
    await open_card(person)
    await person.tap("Продлить")


async def to_link(person: Person) -> None:
    """To the link to pay by, nothing changed."""
    await renew(person)
    await person.tap("Всё верно")
    await decide(person.town)
    await person.tap("Согласиться и оплатить")
    await person.sees("Ссылка работает")


async def notices(person: Person) -> str:
    """Everything that stands in the chat, as one text."""
    return "\n".join(str(message["text"] or message.get("caption") or "") for message in await person.chat())


# -- what may be changed ------------------------------------------------------------------------------------------------


async def test_a_driver_is_added_after_every_kind_of_slip(anna: Person) -> None:
    await renew(anna)
    await anna.tap("Водители", exact=True)
    await anna.tap("Добавить водителя")
    for slip, words in (("123", "Не получилось прочитать имя"), ("Петрова", "имя")):
        await anna.say(slip)
        await anna.sees(words)
    await anna.say("петрова-водкина анна сергеевна")
    await anna.sees("Дата рождения")
    for slip, words in (("вчера", "15.03.1990"), ("01.01.2015", "18 лет"), ("01.01.1890", "100 лет")):
        await anna.say(slip)
        await anna.sees(words)
    await anna.say("15 марта 1990")
    await anna.sees("удостоверения")
    for slip, words in (("99 12 34567", "10 знаков"), ("привет", "10 знаков")):
        await anna.say(slip)
        await anna.sees(words)
    await anna.say("99 12 № 345678")
    await anna.sees("есть права")
    for slip, words in (("2001", "16 лет"), ("31.12.2050", "точный день")):
        await anna.say(slip)
        await anna.sees(words)
    await anna.say("2012")
    await anna.sees("Петрова-Водкина Анна Сергеевна", "15.03.1990", "31.12.2012", "99 ** ***678")
    await anna.tap("Стаж")
    await anna.say("20.05.2010")
    await anna.sees("20.05.2010")
    await anna.tap("Добавить", exact=True)
    screen = await anna.sees("Кто будет управлять")
    assert screen["text"].count("•") == 3
    assert "99 12 № 345678" not in await notices(anna), "what holds a licence does not stay in the chat"
    await anna.tap("Готово")
    await anna.tap("Всё верно")
    number = await decide(anna.town)
    await anna.sees("Проверка прошла", "в прошлый раз")
    sent = await application(anna.town, number)
    assert [driver["licence"] for driver in sent["drivers"]][-1] == "9912345678"
    assert sent["drivers"][-1]["name"] == {"last": "Петрова-Водкина", "first": "Анна", "middle": "Сергеевна"}
    assert sent["drivers"][-1]["sex"] == "female"


async def application(town: Town, number: str) -> dict[str, Any]:
    """The application as the core has it."""
    found = (await town.call("GET", "/desk"))["applications"]
    rows = [row for row in found if row["number"] == number or row.get("id") == number]
    assert len(rows) == 1, found
    return dict(await town.call("GET", f"/desk/applications/{number}"))


async def test_a_driver_without_patronymic_and_with_a_foreign_licence(anna: Person) -> None:
    await renew(anna)
    await anna.tap("Водители", exact=True)
    await anna.tap("Добавить водителя")
    await anna.say("Mueller Hans")
    await anna.say("3/4/85")
    await anna.tap("Мужчина")
    await anna.tap("другой страны")
    await anna.say("ab-123456")
    await anna.say("2005")
    await anna.sees("Mueller Hans", "03.04.1985", "Мужчина", "***456")
    await anna.tap("Добавить", exact=True)
    await anna.tap("Готово")
    await anna.tap("Всё верно")
    sent = await application(anna.town, await decide(anna.town))
    assert sent["drivers"][-1]["foreignLicence"] is True


async def test_drivers_are_removed_and_anyone_may_drive(anna: Person) -> None:
    await renew(anna)
    await anna.tap("Водители", exact=True)
    await anna.tap("Убрать 1")
    await anna.tap("Убрать 1")
    await anna.sees("Пока никого")
    await anna.tap("Готово")
    await anna.sees("хотя бы одного")
    await anna.tap("Без ограничений")
    await anna.sees("любой с правами")
    await anna.tap("Готово")
    await anna.sees("любой с правами", "Новый срок")


async def test_the_same_driver_twice_is_refused(anna: Person) -> None:
    await renew(anna)
    await anna.tap("Водители", exact=True)
    for turn in range(2):
        await anna.tap("Добавить водителя")
        await anna.say("Петрова Анна Сергеевна")
        await anna.say("15.03.1990")
        await anna.say("9912345678" if not turn else "9912 345678")
        await anna.say("2012")
        await anna.tap("Добавить", exact=True)
    await anna.sees("уже есть в списке")
    await anna.tap("Не добавлять")
    await anna.tap("Готово")
    await anna.sees("Новый срок")


async def test_periods_are_chosen_in_a_calendar_or_typed(anna: Person) -> None:
    await renew(anna)
    await anna.tap("Периоды")
    await anna.tap("Добавить период")
    await anna.sees("С какого дня")
    await anna.say("01.02.2020")
    await anna.sees("вне срока")
    await anna.tap("30", exact=True)
    await anna.sees("по какой день")
    await anna.tap("декабрь")
    await anna.tap("31", exact=True)
    await anna.tap("Готово")
    await anna.sees("не короче трёх месяцев")
    await anna.tap("Добавить период")
    await anna.say("25.12.2026")
    await anna.sees("пересекается")
    await anna.say("01.06.2027")
    await anna.say("01.05.2027")
    await anna.sees("раньше начала")
    await anna.say("30.09.27")
    await anna.tap("Готово")
    await anna.sees("01.06.2027 – 30.09.2027")
    await anna.tap("Периоды")
    await anna.tap("Весь год")
    await anna.tap("Готово")
    await anna.sees("весь год")


async def test_a_diagnostic_card(anna: Person) -> None:
    await renew(anna)
    await anna.tap("Диагностическая карта")
    await anna.tap("Добавить карту")
    await anna.tap("Диагностическая карта", exact=True)
    await anna.say("12345")
    await anna.sees("15 цифр")
    await anna.say("123456 789012345")
    await anna.say("10.02.2030")
    await anna.sees("ещё не наступила")
    await anna.say("10.02.2026")
    await anna.say("09.02.2026")
    await anna.sees("раньше, чем карта выдана")
    await anna.say("10.02.2028")
    await anna.sees("123456789012345", "10.02.2028")
    await anna.tap("Сохранить")
    await anna.tap("Готово")
    await anna.sees("***2345", "до 10.02.2028")


async def test_a_draft_is_kept_and_offered(anna: Person) -> None:
    """Rule 3: it survives a restart, and whoever comes back goes on or begins anew."""
    await renew(anna)
    await anna.tap("Водители", exact=True)
    await anna.tap("Убрать 2")
    await anna.say("/menu")
    await anna.town.restart_bot()
    await open_card(anna)
    await anna.tap("Продлить")
    await anna.sees("уже начато")
    await anna.tap("Продолжить")
    screen = await anna.sees("Кто будет управлять")
    assert screen["text"].count("•") == 1
    await anna.say("/menu")
    await open_card(anna)
    await anna.tap("Продлить")
    await anna.tap("Начать заново")
    screen = await anna.sees("Новый срок")
    assert screen["text"].count("•") == 2


async def test_an_answer_that_does_not_fit_any_more_is_asked_for_again(anna: Person) -> None:
    """Back from the question leaves it open: the summary shows that, and whoever confirms is asked once more."""
    await renew(anna)
    await anna.tap("Водители", exact=True)
    await anna.tap("2. ")
    await anna.tap("Дата рождения")
    await anna.say("01.05.2005")
    await anna.sees("есть права")
    await anna.tap("Назад")
    await anna.sees("Права с —", "01.05.2005")
    await anna.tap("Удостоверение", exact=True)
    await anna.tap("Удостоверение другой страны")
    await anna.tap("Назад")
    await anna.sees("ВУ: —")
    await anna.tap("Сохранить")
    await anna.say("AB 123456")
    await anna.say("2024")
    await anna.sees("***456", "31.12.2024")


async def test_a_half_entered_driver_is_kept(anna: Person) -> None:
    await renew(anna)
    await anna.tap("Водители", exact=True)
    await anna.tap("Добавить водителя")
    await anna.say("Петрова Анна Сергеевна")
    await anna.say("/menu")
    await renew(anna)
    await anna.tap("Продолжить")
    await anna.sees("Дата рождения", "Анна")


# -- the window ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "words"),
    [(100002, None), (100003, None), (100004, "можно будет с")],
    ids=["59 days", "60 days", "61 days"],
)
async def test_the_window_opens_sixty_days_before_the_end(village: Town, who: int, words: str | None) -> None:
    person = village.seeded(who)
    await person.log_in()
    await person.tap("Мои полисы")
    await person.tap("ОСАГО")
    if words:
        await person.sees(words)
        assert "Продлить" not in await person.labels()
    else:
        await person.tap("Продлить")
        await person.sees("Новый срок")


async def test_a_gap_in_cover_is_said_with_its_days(village: Town) -> None:
    person = village.seeded(100005)  # ends in two days
    await person.log_in()
    await person.tap("Мои полисы")
    await person.tap("ОСАГО")
    await person.tap("Продлить")
    await person.sees("без полиса", "штраф")


# -- the check ----------------------------------------------------------------------------------------------------------


async def test_what_does_not_match_is_named_and_corrected(anna: Person) -> None:
    await renew(anna)
    await anna.tap("Всё верно")
    first = await decide(anna.town, "mismatch", fields=["drivers/0/licence"], comment="Удостоверение заменено")
    await anna.sees("не совпали", "номер удостоверения", "Удостоверение заменено", "Исправьте")
    await anna.tap("Исправить данные")
    await anna.tap("Водители", exact=True)
    await anna.tap("1. ")
    await anna.tap("Удостоверение", exact=True)
    await anna.say("77 12 123456")
    await anna.tap("Сохранить")
    await anna.tap("Готово")
    await anna.tap("Всё верно")
    assert await decide(anna.town) == first, "a correction is the same application"
    await anna.sees("Проверка прошла")
    sent = await application(anna.town, first)
    assert (sent["revision"], sent["drivers"][0]["licence"]) == (2, "7712123456")


async def test_unreliable_data_lead_to_a_human_with_the_application(anna: Person) -> None:
    await renew(anna)
    await anna.tap("Всё верно")
    await decide(anna.town, "unreliable", fields=["drivers/1/birthDate"])
    await anna.sees("не подтвердил", "дата рождения")
    await anna.tap("Человек")
    await anna.say("Дата верная, что делать?")
    await anna.tap("Отправить")
    asked = (await anna.town.call("GET", "/desk"))["questions"][-1]
    assert asked["screen"].startswith("application З-"), asked
    await anna.sees("Разговор")
    await anna.tap("Назад")
    await anna.sees("не подтвердил")


async def test_the_result_comes_by_itself_after_a_restart_too(anna: Person) -> None:
    await renew(anna)
    await anna.tap("Всё верно")
    await anna.say("/menu")
    await anna.town.stop_bot()
    waiting = (await anna.town.call("GET", "/desk"))["checks"]
    await anna.town.call("POST", f"/desk/checks/{waiting[0]['id']}", {"outcome": "passed"})
    await anna.town.start_bot()
    await anna.town.settle()
    assert "Проверка прошла" in await notices(anna)
    await anna.tap("Продление З-")
    await anna.sees("Проверка прошла", "24 часа")


async def test_the_check_counts_its_minutes(anna: Person) -> None:
    await renew(anna)
    await anna.tap("Всё верно")
    before = await anna.screen()
    for _ in range(3):
        await anna.town.call("POST", "/clock", {"advance": "PT1M"})
        await anna.town.settle()
    after = await anna.sees("уже 3 минуты")
    assert after["message_id"] == before["message_id"], "in place: nobody is rung"
    await anna.town.call("POST", "/clock", {"advance": "PT15M"})
    await anna.town.settle()
    await anna.sees("дольше обычного")
    await anna.tap("Отменить заявление")
    await anna.sees("Отменить заявление?")


# -- the price changes, the contract ends, the clock jumps -------------------------------------------------------------


async def test_the_price_changes_before_it_is_agreed_to(anna: Person) -> None:
    await renew(anna)
    await anna.tap("Всё верно")
    number = await decide(anna.town)
    await anna.town.call("POST", f"/desk/applications/{number}", {"price": "9999.99"})
    await anna.town.settle()
    await anna.sees("9 999,99".replace(" ", "\N{NO-BREAK SPACE}"))
    await anna.tap("Согласиться и оплатить")
    await anna.sees("К оплате", "9\N{NO-BREAK SPACE}999,99")
    payments = await anna.town.call("GET", "/payments")
    assert [payment["amount"]["value"] for payment in payments] == ["9999.99"]


async def test_the_price_changes_after_the_link_is_made(anna: Person) -> None:
    """The old link is not offered any more; whoever pays by it gets the money back."""
    await to_link(anna)
    number = (await anna.town.call("GET", "/desk"))["applications"][0]["number"]
    await anna.town.call("POST", f"/desk/applications/{number}", {"price": "9999.99"})
    await anna.town.settle()
    screen = await anna.sees("9\N{NO-BREAK SPACE}999,99")
    assert not [b for row in screen["buttons"] for b in row if b["kind"] == "url"]
    await pay(anna.town)
    payments = await anna.town.call("GET", "/payments")
    assert (await application(anna.town, number))["status"] != "issued"
    assert [payment["refunded_amount"]["value"] for payment in payments] == [payments[0]["amount"]["value"]]
    assert "возвращены" in await notices(anna)


async def test_the_contract_is_terminated_meanwhile(anna: Person) -> None:
    await to_link(anna)
    policy = next(p for p in (await anna.town.call("GET", "/desk"))["policies"] if "Kia Rio" in p["object"])
    await anna.town.call("POST", f"/desk/policies/{policy['number']}", {"status": "terminated"})
    await anna.town.settle()
    await anna.sees("отменено", "расторгнут")
    await pay(anna.town)
    payments = await anna.town.call("GET", "/payments")
    assert payments[0]["refunded_amount"]["value"] == payments[0]["amount"]["value"]
    assert "возвращ" in await notices(anna)


async def test_midnight_moves_the_first_day_of_cover(village: Town) -> None:
    """A price is for a term; the next day the term begins later, so it is checked again."""
    await village.call("POST", "/desk/checks", {"auto": False})
    person = village.seeded(100005)
    await person.log_in()
    await person.tap("Мои полисы")
    await person.tap("ОСАГО")
    await person.tap("Продлить")
    await person.tap("Всё верно")
    await decide(village)
    before = (await person.sees("Новый срок"))["text"]
    await village.call("POST", "/clock", {"advance": "P1D"})
    await village.settle()
    await person.say("/menu")  # by day a reminder of the contract may stand here
    await person.tap("Продление З-")
    await person.tap("Согласиться и оплатить")
    after = await person.sees("Проверяем ещё раз")
    assert after["text"] != before
    await decide(village)
    await person.tap("Согласиться и оплатить")
    await person.sees("К оплате")


async def test_unpaid_for_a_day_is_reminded_of_twice_cancelled_and_repeated_by_one_tap(anna: Person) -> None:
    [(client,)] = rows(anna.town, "select client_id from binding where ended_at is null")
    never_quiet(anna.town, client)
    with database(anna.town) as second:  # whatever the hour on the wall, no morning's reminder comes between
        second.execute("""update choice set off = '["renewal", "instalment", "card", "licence"]'""")
    await to_link(anna)
    heard = "select step, urgent from reminder where kind = 'application' order by id"
    rung = []
    for hours, told in ((17, []), (1, [(6, 1)]), (4, [(6, 1)]), (1, [(6, 1), (1, 1)])):
        await anna.town.call("POST", "/clock", {"advance": f"PT{hours}H10S"})
        await anna.town.settle()
        assert rows(anna.town, heard) == told
        if told:
            rung.append((await anna.sees("ждёт оплаты", "Kia Rio", "мск"))["message_id"])
    assert rung[0] == rung[1] < rung[2], "each comes once, as a message of its own"
    assert any(label.endswith("Оплатить") for label in await anna.labels())
    await anna.town.call("POST", "/clock", {"advance": "PT1H"})
    await anna.town.settle()
    await anna.sees("не оплатили за 24 часа")
    await anna.tap("Повторить заявление")
    await anna.sees("АИС страхования")
    assert len((await anna.town.call("GET", "/desk"))["checks"]) == 1


async def test_the_end_date_passes_meanwhile(anna: Person) -> None:
    await renew(anna)
    await anna.tap("Всё верно")
    await decide(anna.town)
    await anna.town.call("POST", "/clock", {"advance": "P7D"})
    await anna.town.settle()
    await anna.sees("отменено", "закончился")
    assert "Повторить заявление" not in await anna.labels()


# -- paying -------------------------------------------------------------------------------------------------------------

REASONS = {
    "insufficient_funds": "не хватило денег",
    "3d_secure_failed": "подтверждения",
    "card_expired": "Срок карты",
    "general_decline": "не назвал причину",
    "payment_method_limit_exceeded": "превышен лимит",
}


async def test_a_declined_payment_says_why_and_brings_a_new_link(anna: Person) -> None:
    await to_link(anna)
    for reason, words in REASONS.items():
        payments = await anna.town.call("GET", "/payments")
        await anna.town.call("POST", f"/payments/{payments[-1]['id']}/cancel", {"reason": reason})
        await anna.town.settle()
        await anna.sees(words)
        await anna.tap("Получить новую ссылку")
        await anna.sees("Ссылка работает")
    await pay(anna.town)
    await anna.sees("оформлен.")
    payments = await anna.town.call("GET", "/payments")
    assert sorted(payment["status"] for payment in payments) == ["canceled"] * len(REASONS) + ["succeeded"]


async def test_a_link_expires_after_an_hour(anna: Person) -> None:
    await to_link(anna)
    await anna.town.call("POST", "/clock", {"advance": "PT61M"})
    await anna.town.settle()
    await anna.sees("работает час")
    await anna.tap("Получить новую ссылку")
    await anna.sees("Ссылка работает")
    await pay(anna.town)
    await anna.sees("оформлен.")


async def test_money_for_a_cancelled_application_revives_it(anna: Person) -> None:
    await to_link(anna)
    await anna.tap("Отменить заявление")
    await anna.tap("Да, отменить")
    await anna.sees("как вы и просили")
    await pay(anna.town)
    assert "когда заявление уже было отменено" in await notices(anna)
    assert any(message.get("document") for message in await anna.chat())


async def test_notifications_that_are_lost_repeated_or_forged_change_nothing(anna: Person) -> None:
    await to_link(anna)
    payments = await anna.town.call("GET", "/payments")
    number = payments[-1]["id"]
    await anna.town.call("POST", f"/payments/{number}/notify", {"event": "payment.succeeded", "forged": True})
    await anna.town.settle()
    await anna.sees("Ссылка работает")
    await anna.town.call("POST", "/faults", {"on": "provider", "method": "notification", "error": "lost", "times": 50})
    await anna.town.call("POST", f"/payments/{number}/succeed", {})
    await anna.town.settle()
    await anna.sees("Ссылка работает")
    await anna.town.call("POST", "/clock", {"advance": "PT2M"})
    await anna.town.settle()
    await anna.sees("оформлен.")
    await anna.town.call("DELETE", "/faults")
    await anna.town.call("POST", f"/payments/{number}/notify", {"event": "payment.succeeded", "times": 20})
    await anna.town.settle()
    issued = [row for row in (await anna.town.call("GET", "/desk"))["policies"] if "Kia Rio" in row["object"]]
    assert len(issued) == 2


# -- two chats of one client --------------------------------------------------------------------------------------------


async def test_two_accounts_of_a_client_open_one_application(anna: Person) -> None:
    second = await another_account(anna)
    await renew(anna)
    await anna.tap("Всё верно")
    await open_card(second)
    await second.tap("Продление: посмотреть")
    await second.sees("АИС страхования")
    await decide(anna.town)
    await second.sees("Проверка прошла")
    await second.tap("Согласиться и оплатить")
    await second.sees("Ссылка работает")
    await anna.sees("Ссылка работает")
    await pay(anna.town)
    for person in (anna, second):
        await person.sees("оформлен.")
    files = [[message for message in await person.chat() if message.get("document")] for person in (anna, second)]
    assert [len(some) for some in files] == [1, 0], "the file goes to whoever began"
    assert len(await anna.town.call("GET", "/payments")) == 1


async def test_two_accounts_that_send_at_once_make_one_application(anna: Person) -> None:
    second = await another_account(anna)
    for person in (anna, second):
        await renew(person)
    await asyncio.gather(
        *(anna.town.call("POST", f"/client/{person.id}/tap", {"label": "Всё верно"}) for person in (anna, second))
    )
    await anna.town.settle()
    assert len((await anna.town.call("GET", "/desk"))["applications"]) == 1
    for person in (anna, second):
        await person.sees("АИС страхования")


async def another_account(person: Person) -> Person:
    """The same client in another Telegram account: a fact is asked there, too (A3)."""
    users = await person.town.call("GET", "/client/users")
    phone = next(str(user["phone"]) for user in users if user["id"] == person.id)
    customers = (await person.town.call("GET", "/desk"))["customers"]
    born = next(customer["birthDate"] for customer in customers if customer["phone"] == phone)
    second = await person.town.person(phone=phone, first_name="Анна")
    await second.knock()
    await second.share_contact()
    await second.say(born)
    await second.say(await second.code())
    return second


async def test_a_contract_is_prolonged_once(anna: Person) -> None:
    """Its card leads to what has become of it; only when that is terminated it may be prolonged again."""
    await to_link(anna)
    await pay(anna.town)
    both = [row for row in (await anna.town.call("GET", "/desk"))["policies"] if "Kia Rio" in row["object"]]
    old, new = sorted(both, key=lambda row: str(row["end"]))
    await anna.say("/menu")
    await anna.tap("Мои полисы")
    await anna.tap(old["number"][-4:])
    await anna.sees("уже продлён")
    await anna.tap("Продлён: посмотреть")
    await anna.sees(new["number"], "оформлен")
    await anna.town.call("POST", f"/desk/policies/{new['number']}", {"status": "terminated"})
    await anna.town.settle()
    await anna.tap("Мои полисы")
    await anna.tap(old["number"][-4:])
    await anna.tap("Продлить")
    await anna.sees("Новый срок")


async def test_news_of_money_wait_for_whoever_blocked_the_bot(anna: Person) -> None:
    await to_link(anna)
    await anna.tap("Отменить заявление")
    await anna.tap("Да, отменить")
    await anna.say("/menu")
    await anna.town.call("POST", f"/client/{anna.id}/block")
    await anna.town.settle()
    await pay(anna.town)
    await anna.town.call("POST", f"/client/{anna.id}/unblock")
    await anna.town.settle()
    await anna.say("/start")
    said = await notices(anna)
    assert "Пока бот был заблокирован" in said
    assert "когда заявление уже было отменено" in said


async def test_news_find_nobody_after_a_logout(anna: Person) -> None:
    """They were on their way when the session ended: nothing is said, nothing breaks."""
    await to_link(anna)
    for label in ("В меню", "Настройки", "Выйти", "Выйти"):
        await anna.tap(label)
    before = await anna.chat()
    body = json.dumps({"type": "application.news", "application": 1, "news": "paid", "mine": True}).encode()
    sealed = make_vault(anna.town.settings).seal("inbox.body", "cabinet:late", body)
    with database(anna.town) as second:
        insert = "insert into inbox(source, event_id, lane, body) values('cabinet', 'late', ?, ?)"
        second.execute(insert, (f"tg:{anna.id}", sealed))
    await anna.say("/help")
    assert rows(anna.town, "select state from inbox where event_id = 'late'") == [(1,)]
    assert len(await anna.chat()) == len(before) + 1


async def test_the_window_closes_while_the_summary_is_read(anna: Person) -> None:
    """The contract has ended: said in words, what to do next too, and nothing breaks."""
    await renew(anna)
    await anna.town.call("POST", "/clock", {"advance": "P7D"})
    await anna.town.settle()
    await anna.tap("Всё верно")
    await anna.sees("в чате не продлить", "Человек")
    assert not rows(anna.town, "select seq from inbox where state = 2")
