"""What a client owes, and paying it by link: instalments and deductibles, with everything that can come between (F4, F6)."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

import bot.delivery
from playground.core.claim_moves import Move
from playground.core.claims import ClaimState
from playground.core.resources import Status
from tests.support.debtor import (
    OWN,
    SUM,
    Debtor,
    charges,
    damaged,
    debtor,
    heard,
    links,
    paid,
    payer,
    said,
    to_link,
    to_repair,
)
from tests.support.desk import MARIA, told_of, topic_with, writes
from tests.support.insured import another_account
from tests.support.ops import unparked
from tests.support.reminders import look, never_quiet
from tests.support.reminders import said as reminded_of
from tests.support.town import Town


@pytest.fixture
async def late(city: Town) -> Debtor:
    """Logged in; the second of four instalments was due three days ago."""
    person = await debtor(city)
    await person.log_in()
    return person


async def test_an_overdue_instalment_is_seen_and_paid(late: Debtor) -> None:
    await late.say("/menu")
    assert "К оплате · 1, есть просрочка" in await late.labels()
    await late.tap("К оплате")
    screen = await late.sees("Взнос 2 из 4", late.kasko.number, SUM, "Просрочено", "прошло 3 дня", "льготные дни")
    assert "Взнос 3" not in screen["text"], "it is due in three months"
    await late.tap(f"Оплатить · {SUM}")
    await late.sees("Ссылка работает")
    assert len(await links(late)) == 1
    await payer(late)
    assert await heard(late, f"Оплата {SUM} получена")
    assert await heard(late, f"Страховщик зачёл оплату {SUM}")
    await late.sees("Здесь всё оплачено", "Взнос 2 из 4")
    assert await paid(late) == [True, True, False, False]
    [charge] = await charges(late)
    assert charge["amount"]["value"] == "18350.50"
    await late.say("/menu")
    assert not [label for label in await late.labels() if "К оплате" in label]


async def test_the_card_shows_the_schedule_and_pays_the_earliest(late: Debtor) -> None:
    await late.say("/menu")
    await late.tap("Мои полисы")
    await late.tap("КАСКО")
    screen = await late.sees("График взносов", "оплачен", "просрочен", "ещё не оплачен", "льготные дни")
    assert screen["text"].count("ещё не оплачен") == 2
    assert [label for label in await late.labels() if "Оплатить" in label] == [f"Оплатить взнос {SUM}"]
    await late.tap("Оплатить взнос")
    await late.sees("Взнос 2 из 4", "Ссылка работает")
    await payer(late)
    await late.say("/menu")
    await late.tap("Мои полисы")
    await late.tap("КАСКО")
    assert "просрочен" not in (await late.screen())["text"]


async def test_two_debts_of_one_sum_are_told_apart(city: Town) -> None:
    person = await debtor(city, days=(-94, 88))
    repair = Move(status=ClaimState.REPAIR)
    numbers = [(await damaged(person, repair, turn)).claim_number for turn in (8, 9)]
    await person.log_in()
    await person.tap("К оплате · 2")
    await person.sees("1. ", "2. ", *numbers)
    assert [it for it in await person.labels() if OWN in it] == [f"{n}. Оплатить франшизу · {OWN}" for n in (1, 2)]


async def test_what_comes_next_is_owed_only_after_what_comes_first(city: Town) -> None:
    person = await debtor(city, days=(-94, -3, 20, 111))
    await person.log_in()
    await person.tap("К оплате · 2")
    await person.sees("Взнос 2 из 4", "Взнос 3 из 4")
    assert [label for label in await person.labels() if SUM in label] == [f"1. Оплатить · {SUM}"]
    await person.tap(f"1. Оплатить · {SUM}")
    await payer(person)
    await to_link(person)
    await person.sees("Взнос 3 из 4")


async def test_after_the_days_of_grace_the_contract_is_not_paid_by_link(city: Town) -> None:
    person = await debtor(city, days=(-99, -8, 83, 174))
    await person.log_in()
    await person.tap("К оплате")
    await person.sees("Льготные дни прошли", "договор закончился", "человек")
    assert not [label for label in await person.labels() if "Оплатить" in label]


async def test_the_insurer_ends_the_contract_after_them_and_it_is_said_once(city: Town) -> None:
    person = await debtor(city, days=(-99, -8, 83, 174))
    await person.log_in()
    await person.tap("К оплате")
    register, due = city.world.core.register, f"{person.kasko.premium.payments[1].maturity_date:%d.%m.%Y}"
    before = register.today() - timedelta(days=2)
    for _ in range(2):  # the core was away for two nights; the second time it has nothing more to say
        city.world.world.store.put("core.day", "rolled", {"day": before.isoformat()})
        register.roll()
        await city.settle()
    register.policies.save(await person.newest())
    await city.settle()
    assert [text for text in await said(person) if f"Договор закончился {due}" in text and "Взнос 2 из 4" in text]
    assert len([text for text in await said(person) if "Договор закончился" in text]) == 1
    await person.sees("Сейчас платить нечего")
    await person.say("/menu")
    await person.tap("Мои полисы")
    await person.tap("КАСКО")
    await person.sees("расторгнут")


async def test_a_contract_that_nothing_is_paid_of_says_that_it_does_not_protect(city: Town) -> None:
    person = await debtor(city, days=(2, 93), paid=0)
    await person.log_in()
    await person.tap("К оплате")
    await person.sees("Взнос 1 из 2", "не защищает")


async def test_two_chats_that_pay_at_once_have_one_link(late: Debtor) -> None:
    twin = await another_account(late)
    await twin.log_in_with_fact()
    for person in (late, twin):
        await person.say("/menu")
        await person.tap("К оплате")
    await asyncio.gather(late.tap(f"Оплатить · {SUM}"), twin.tap(f"Оплатить · {SUM}"))
    for person in (late, twin):
        await person.sees("Ссылка работает")
    assert len(await charges(late)) == 1
    await payer(late)
    for person in (late, twin):
        assert any("Страховщик зачёл" in str(it["text"]) for it in await person.chat())


async def test_a_declined_payment_says_why_and_brings_a_new_link(late: Debtor) -> None:
    await to_link(late)
    await payer(late, "cancel", reason="insufficient_funds")
    await late.sees("не хватило денег")
    await late.tap("Получить новую ссылку")
    await late.sees("Ссылка работает")
    await payer(late)
    assert [it["status"] for it in await charges(late)] == ["canceled", "succeeded"]
    assert await paid(late) == [True, True, False, False]


async def test_money_for_what_was_paid_elsewhere_goes_back(late: Debtor) -> None:
    await to_link(late)
    payments = [it.wire() | {"paid": turn < 2} for turn, it in enumerate((await late.newest()).premium.payments)]
    await late.town.call("POST", f"/desk/policies/{late.kasko.policy_id}", {"premium": {"payments": payments}})
    await late.town.settle()
    await payer(late)
    assert await heard(late, "когда её уже не ждали")
    assert await heard(late, "возвращены туда, откуда пришли")
    [charge] = await charges(late)
    assert charge["refunded_amount"]["value"] == charge["amount"]["value"]


async def test_an_insurer_that_is_away_hears_of_the_money_once_it_is_back(
    late: Debtor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.delivery, "BACKOFF", (0.05,) * 5)
    await to_link(late)
    await late.town.call("POST", "/faults", {"on": "core", "method": "payment", "error": 503, "times": 1})
    await payer(late)
    await unparked(late.town)
    assert await heard(late, f"Оплата {SUM} получена")
    assert await paid(late) == [True, True, False, False]
    assert len([text for text in await said(late) if "зачёл" in text]) == 1


async def test_a_contract_that_ends_over_an_open_link_is_not_called_paid(late: Debtor) -> None:
    await to_link(late)
    ended = (await late.newest()).model_copy(update={"status": Status.TERMINATED})
    late.town.world.core.register.change(ended)
    await late.town.settle()
    await late.say("12")
    assert not await links(late)
    await late.sees("Оплата уже не нужна", "Взнос 2 из 4", "подскажет человек")


async def test_what_is_disputed_is_not_asked_for_again(late: Debtor) -> None:
    """Staff are told whose money it is, and look into it; until then the way to a second link is shut."""
    await to_link(late)
    await payer(late, amount="100.00")
    assert await heard(late, "что-то не сошлось")
    told = await told_of(late.town, late.client_id)
    assert all(
        words in told for words in ("Спорный платёж", SUM, f"{late.kasko.number}, взнос 2 из 4", "Не совпало: сумма")
    )
    await late.say("/menu")
    await late.tap("К оплате")
    await late.tap(f"Оплатить · {SUM}")
    await late.sees("что-то не сошлось", "Платить ещё раз сейчас не нужно")
    assert len(await charges(late)) == 1
    assert "Получить новую ссылку" not in await late.labels()
    never_quiet(late.town, late.client_id)
    await look(late.town, late.client_id)
    assert reminded_of(late.town, late.client_id) == [], "nor unasked"
    [charge] = await charges(late)
    topic = await topic_with(late.town, late.client_id)
    await writes(late.town, topic, f"/pay {charge['id']}", MARIA)
    assert "Готово" in await told_of(late.town, late.client_id)
    await late.tap("Получить новую ссылку")
    await late.sees("Ссылка работает")
    assert len(await charges(late)) == 2


async def test_the_insurer_refuses_the_money(late: Debtor) -> None:
    """It has ended the contract, and its news has not reached us yet."""
    await to_link(late)
    core = late.town.world.core.register
    core.policies.add((await late.newest()).model_copy(update={"status": Status.TERMINATED}))
    await payer(late)
    assert await heard(late, "Деньги сразу возвращаем")
    [charge] = await charges(late)
    assert charge["refunded_amount"]["value"] == charge["amount"]["value"]


async def test_money_that_cannot_be_returned_by_itself_is_said_to_be_looked_into(late: Debtor) -> None:
    await to_link(late)
    core = late.town.world.core.register
    core.policies.add((await late.newest()).model_copy(update={"status": Status.TERMINATED}))
    fault = {"on": "provider", "method": "refunds.create", "error": "insufficient_funds", "times": 1}
    await late.town.call("POST", "/faults", fault)
    await payer(late)
    assert len([text for text in await said(late) if "вышла заминка" in text]) == 1
    assert not await heard(late, "возвращены туда, откуда пришли")
    told = await told_of(late.town, late.client_id)
    assert (told.count("Возвращаем деньги"), told.count("Деньги застряли")) == (1, 1)


async def test_a_deductible_is_seen_at_the_claim_and_paid(city: Town) -> None:
    person = await debtor(city, days=(-94, 88))
    number = await to_repair(person)
    await person.log_in()
    await person.tap("К оплате · 1")
    await person.sees("Ваша часть ремонта", number, OWN)
    await person.say("/menu")
    await person.tap("Страховые случаи")
    await person.tap(number)
    await person.sees("Ваша часть ремонта (франшиза)", OWN)
    await person.tap("Оплатить франшизу")
    await person.sees("Ссылка работает")
    await payer(person)
    assert await heard(person, f"Страховщик зачёл оплату {OWN}")
    await person.say("/menu")
    await person.tap("Страховые случаи")
    await person.tap(number)
    await person.sees("оплачена")
    assert "Оплатить франшизу" not in await person.labels()
