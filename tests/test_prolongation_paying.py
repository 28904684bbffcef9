"""Prolongation from the check to the new policy: what does not match, another price, money, and two chats of one client."""

from __future__ import annotations

import asyncio
import json

import pytest

from bot.adapters import make_vault
from tests.support.person import Person
from tests.support.prolonging import (
    another_account,
    application,
    decide,
    notices,
    open_card,
    pay,
    prolonging,
    renew,
    to_link,
)
from tests.support.reminders import never_quiet
from tests.support.second import database, rows
from tests.support.town import Town

pytestmark = pytest.mark.lengthy


@pytest.fixture
async def anna(village: Town) -> Person:
    return await prolonging(village)


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
