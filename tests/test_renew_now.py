"""One-tap renewal through the chat: the quote, three taps to the link, and everything that can come between (D12)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from playground.core.drafts import rub
from tests.support.desk import told_of
from tests.support.insured import Insured, insured
from tests.support.ops import unparked
from tests.support.person import Person
from tests.support.reminders import SOON, forgotten, look, morning, never_quiet
from tests.support.second import database, rows
from tests.support.town import Town, town

NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture(scope="module")
async def quay(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A town where nobody at the desk checks anything by themselves; its clock stands."""
    async with town(tmp_path_factory.mktemp("quay")) as own:
        await own.call("POST", "/desk/checks", {"auto": False})
        yield own


@pytest.fixture
async def irina(quay: Town) -> Insured:
    """Her only contract ends in twenty days."""
    person = await insured(quay, ends_in=(20,))
    await person.log_in()
    return person


async def to_card(person: Person) -> None:
    await person.tap("Мои полисы")
    await person.tap("Kia Rio")


async def to_quote(person: Person) -> dict[str, Any]:
    """From the menu to the summary with the price."""
    await to_card(person)
    await person.tap("Без изменений")
    return await person.sees("Цена:", "Нажимая «Оплатить»")


async def application(person: Insured) -> dict[str, Any]:
    """The newest one of theirs, as the core has it."""
    found = person.town.world.core.register.applications.where("customerId", person.client_id)
    return found[-1].wire()


async def applications(person: Insured) -> int:
    return len(person.town.world.core.register.applications.where("customerId", person.client_id))


async def decide(person: Insured, outcome: str = "passed", **more: Any) -> None:
    """The desk decides this person's check."""
    number = (await application(person))["number"]
    await person.town.call("POST", f"/desk/checks/{number}", {"outcome": outcome, **more})
    await person.town.settle()


async def link_of(person: Person) -> str:
    """The one link of the screen."""
    screen = await person.sees("К оплате", "Ссылка работает")
    (link,) = [button["url"] for row in screen["buttons"] for button in row if button["kind"] == "url"]
    return str(link)


async def pay(person: Person) -> None:
    number = (await link_of(person)).rpartition("/")[2]
    await person.town.call("POST", f"/payments/{number}/succeed", {})
    await person.town.settle()


async def dearer(person: Insured, premium: str = "20000.00") -> None:
    """The insurer learns something that changes the price, after it has quoted."""
    register = person.town.world.core.register
    policy = register.policies.get(person.policies[0].policy_id)
    assert policy
    register.change(
        policy.model_copy(update={"premium": policy.premium.model_copy(update={"amount": rub(Decimal(premium))})})
    )
    await person.town.settle()


async def forget(person: Insured, hours: int) -> None:
    """So long nobody has used this chat."""
    with database(person.town) as second:
        for column in ("unlocked_at", "fresh_at", "active_at", "bound_at"):
            second.execute(
                f"update binding set {column} = {column} - ? where account_id = ?",  # noqa: S608 - our own names
                (hours * 3600, person.id),
            )


# -- three taps -------------------------------------------------------------------------------------------------------


async def test_renewing_is_three_taps_with_nothing_typed_months_after_the_login(irina: Insured) -> None:
    await to_card(irina)
    await forget(irina, hours=24 * 200)
    await irina.tap("Без изменений")  # 1, as «Продлить» of a reminder does
    summary = await irina.sees("Новый срок", "Кто будет управлять", "Со***а И. О.", "Цена:", "включительно")
    assert "Соколова" not in summary["text"]
    await irina.tap("Оплатить")  # 2
    await irina.sees("АИС страхования", "Вы согласились на")
    await decide(irina)
    link = await link_of(irina)  # 3: the link itself
    assert link
    await pay(irina)
    assert (await application(irina))["status"] == "issued"
    await irina.sees("оформлен")
    files = [message["document"] for message in await irina.chat() if message.get("document")]
    assert len(files) == 1, "the policy just paid comes by itself"


async def test_three_taps_from_a_reminder_and_back_to_it(quay: Town) -> None:
    """Months after the last login: «Продлить», «Оплатить», the link. Whoever looks and goes back stands at the reminder again."""
    person = await insured(quay, ends_in=(SOON,))
    await person.log_in()
    await forget(person, hours=24 * 200)
    never_quiet(quay, person.client_id)
    await look(quay, person.client_id)
    typed = [message["message_id"] for message in await person.chat() if message["from"] != "bot"]
    reminder = await person.sees("полис заканчивается", "Новый полис:", "За рулём: Ирина С.")
    await person.tap("Продлить")
    await person.sees("Новый срок", "Цена:")
    await person.tap("Назад")
    assert (await person.screen())["text"] == reminder["text"]
    await person.tap("В меню")
    await person.sees("Выберите, что показать")
    forgotten(quay, person.client_id)
    await look(quay, person.client_id)
    await person.tap("Продлить")  # 1
    await person.sees("Новый срок", "Цена:")
    await person.tap("Оплатить")  # 2
    await decide(person)
    assert await link_of(person)  # 3: the link itself
    assert [message["message_id"] for message in await person.chat() if message["from"] != "bot"] == typed
    await pay(person)
    assert (await application(person))["status"] == "issued"


async def test_the_quote_is_the_price_of_the_check(irina: Insured) -> None:
    screen = await to_quote(irina)
    (label,) = [name for name in await irina.labels() if name.startswith("Оплатить")]
    await irina.tap("Оплатить")
    await decide(irina)
    price = Decimal((await application(irina))["price"]["amount"])
    shown = f"{price:,.2f}".replace(",", NBSP).replace(".", ",").removesuffix(",00") + f"{NBSP}₽"
    assert label == f"Оплатить {shown}"
    assert shown in screen["text"]


async def test_a_quote_is_asked_once_and_kept(irina: Insured) -> None:
    for _ in range(3):
        await to_quote(irina)
        await irina.say("/menu")
    assert rows(irina.town, "select revision, state from quote where client_id = ?", irina.client_id) == [(1, "given")]
    asked = rows(
        irina.town, "select count(*) from outbox where dedup like 'quote:%' and lane = ?", f"client:{irina.client_id}"
    )
    assert asked == [(1,)]


async def test_what_a_quote_says_of_people_is_sealed(irina: Insured) -> None:
    await to_quote(irina)
    ((sealed,),) = rows(irina.town, "select terms_sealed from quote where client_id = ?", irina.client_id)
    assert "Соколова".encode() not in sealed
    assert b"licence" not in sealed


# -- the price is another one -----------------------------------------------------------------------------------------


async def test_another_price_after_the_check_is_asked_about_with_both(irina: Insured) -> None:
    await to_quote(irina)
    await dearer(irina)
    await irina.tap("Оплатить")
    await decide(irina)
    await irina.sees("Раньше страховщик называл", "цена другая", "Проверка прошла")
    assert "Оплатить" not in " ".join(await irina.labels()), "no link before the answer"
    await irina.tap("Согласиться и оплатить")
    assert await link_of(irina)


async def test_a_disputed_payment_is_for_staff_to_settle_and_not_to_be_paid_again(irina: Insured) -> None:
    await to_card(irina)
    await irina.tap("Без изменений")
    await irina.tap("Оплатить")
    await decide(irina)
    number = (await link_of(irina)).rpartition("/")[2]
    await irina.town.call("POST", f"/payments/{number}/succeed", {"amount": "100.00"})
    await irina.town.settle()
    await irina.sees("что-то не сошлось", "Платить ещё раз сейчас не нужно")
    assert "Получить новую ссылку" not in await irina.labels()
    told = await told_of(irina.town, irina.client_id)
    assert "Спорный платёж" in told
    assert "Продление ОСАГО, заявление" in told
    assert number in told


async def test_doubt_leads_to_the_usual_ways(irina: Insured) -> None:
    await to_quote(irina)
    await irina.tap("Оплатить")
    await decide(irina, "mismatch", fields=["drivers/0/licence"])
    await irina.sees("не совпали", "номер удостоверения")
    assert {"Исправить данные", "Человек"} <= {*await irina.labels()}


async def test_a_correction_makes_the_agreement_void(irina: Insured) -> None:
    """What was agreed to was agreed to for other data: the price is shown and asked about, though it is the same."""
    await to_quote(irina)
    await irina.tap("Оплатить")
    await decide(irina, "mismatch", fields=["drivers/0/licence"])
    await irina.tap("Исправить данные")
    await irina.tap("Всё верно")
    await decide(irina)
    await irina.sees("Проверка прошла", "Если согласны")


async def test_an_agreement_the_insurer_will_not_have_is_asked_for_again(irina: Insured) -> None:
    """It is checked again then; the client is asked, since nobody knows what was wrong."""
    await to_quote(irina)
    await irina.tap("Оплатить")
    await irina.town.call("POST", "/faults", {"on": "core", "method": "acceptance", "error": 409, "times": 1})
    await decide(irina)
    await irina.sees("АИС страхования")
    await decide(irina)
    await irina.sees("Проверка прошла", "Если согласны")


async def test_a_price_that_changes_after_the_link_is_asked_about_with_both(irina: Insured) -> None:
    await to_quote(irina)
    await irina.tap("Оплатить")
    await decide(irina)
    number = (await application(irina))["number"]
    await irina.town.call("POST", f"/desk/applications/{number}", {"price": "9999.99"})
    await irina.town.settle()
    await irina.sees("цена другая", f"9{NBSP}999,99")


# -- who comes twice, or too late -------------------------------------------------------------------------------------


async def test_a_double_tap_makes_one(irina: Insured) -> None:
    screen = await to_quote(irina)
    (data,) = [b["data"] for row in screen["buttons"] for b in row if b["text"].startswith("Оплатить")]
    await asyncio.gather(*(irina.press(screen["message_id"], data) for _ in range(3)))
    assert await applications(irina) == 1
    await irina.sees("Вы согласились на")


async def test_two_chats_at_once_make_one(irina: Insured) -> None:
    other = await second_chat(irina)
    await to_quote(irina)
    await to_quote(other)
    await asyncio.gather(irina.tap("Оплатить"), other.tap("Оплатить"))
    assert await applications(irina) == 1
    await irina.sees("Вы согласились на")
    await other.sees("Вы согласились на")


async def second_chat(person: Insured) -> Person:
    """Another Telegram account of the same client: a fact is asked there, too (A3)."""
    other = await person.town.person(phone=person.phone)
    await other.knock()
    await other.share_contact()
    await other.say("15.03.1990")
    await other.say(await other.code())
    return other


async def test_a_summary_of_what_somebody_has_begun_leads_to_it(irina: Insured) -> None:
    other = await second_chat(irina)
    await to_quote(irina)
    await to_quote(other)
    await irina.tap("Оплатить")
    await other.tap("Оплатить")
    await other.sees("уже начато", "Вы согласились на")
    assert await applications(irina) == 1


async def test_whoever_has_left_the_screen_hears_of_the_link(irina: Insured) -> None:
    await to_quote(irina)
    await irina.tap("Оплатить")
    await irina.say("/menu")
    await decide(irina)
    said = [message["text"] or "" for message in await irina.chat()]
    assert any("Ссылка на оплату" in text and "цена та же" in text for text in said)
    await irina.tap("Продление З-")
    assert await link_of(irina)


async def test_changing_something_is_the_usual_way_and_asks_for_the_code(irina: Insured) -> None:
    await to_quote(irina)
    await forget(irina, hours=24 * 40)
    await irina.tap("Изменить", exact=True)
    await irina.sees("Новый срок", "остаются прежними")
    await irina.tap("Водители", exact=True)
    await irina.sees("код")


@pytest.mark.parametrize(("days", "words"), [(70, "Продлить можно будет с"), (1, "останетесь без полиса")])
async def test_too_early_and_too_late_say_so(quay: Town, days: int, words: str) -> None:
    person = await insured(quay, ends_in=(days,))
    await person.log_in()
    await to_card(person)
    if days > 60:
        await person.sees(words)
        assert "Без изменений" not in await person.labels()
    else:
        await person.tap("Без изменений")
        await person.sees(words, "Цена:")


# -- the price does not come ------------------------------------------------------------------------------------------


async def test_while_the_insurer_is_silent_the_usual_way_is_open(irina: Insured) -> None:
    await to_card(irina)
    await irina.town.call("POST", "/faults", {"on": "core", "method": "quotes", "error": 503, "times": 1})
    await irina.tap("Без изменений")
    before = await irina.sees("Спрашиваем цену")
    await unparked(irina.town)
    after = await irina.sees("Цена:", "Нажимая «Оплатить»")
    assert after["message_id"] == before["message_id"], "in place"


async def test_no_price_ahead_leads_to_the_check(quay: Town) -> None:
    """The insurer can name none for these drivers; whoever opens the summary again asks again."""
    person = await insured(quay, ends_in=(20,))
    await person.log_in()
    register = quay.world.core.register
    policy = person.policies[0]
    child = policy.drivers[0].model_copy(update={"birth_date": register.today() - timedelta(days=365 * 17)})
    register.policies.save(policy.model_copy(update={"drivers": [child]}))
    await quay.settle()
    await to_card(person)
    await person.tap("Без изменений")
    await person.sees("Готовой цены сейчас нет")
    asked = "select revision, state from quote where client_id = ?"
    assert rows(quay, asked, person.client_id) == [(1, "refused")]
    await person.tap("Назад")
    await person.tap("Без изменений")
    await person.sees("Готовой цены сейчас нет")
    assert rows(quay, asked, person.client_id) == [(2, "refused")]
    await person.tap("Продлить с проверкой")
    await person.sees("остаются прежними")


async def test_other_drivers_need_another_quote(irina: Insured) -> None:
    first = await to_quote(irina)
    await irina.tap("Назад")
    register = irina.town.world.core.register
    policy = irina.policies[0]
    older = policy.drivers[0].model_copy(update={"licensed_since": date(2023, 1, 9)})
    register.policies.save(policy.model_copy(update={"drivers": [older]}))
    await irina.town.settle()
    await irina.say("/menu")
    second = await to_quote(irina)
    assert second["text"] != first["text"]
    assert rows(irina.town, "select revision from quote where client_id = ?", irina.client_id) == [(2,)]


# -- time -------------------------------------------------------------------------------------------------------------


async def test_a_quote_that_has_run_out_is_asked_again_and_said(irina: Insured) -> None:
    """The person has looked at it for too long."""
    await to_quote(irina)
    with database(irina.town) as second:
        second.execute("update quote set valid_until = '2026-01-01' where client_id = ?", (irina.client_id,))
    await irina.tap("Оплатить")
    await irina.sees("Прежняя цена", "перестала действовать", "Цена:")
    assert await applications(irina) == 0
    await irina.tap("Оплатить")
    await decide(irina)
    assert await link_of(irina)


async def test_a_day_that_moves_the_term_asks_again(village: Town) -> None:
    """Agreed to before midnight, checked after it: the cover would begin later, so nothing is saved by itself."""
    await village.call("POST", "/desk/checks", {"auto": False})
    person = await insured(village, ends_in=(3,))
    await person.log_in()
    await to_quote(person)
    await person.tap("Оплатить")
    await village.call("POST", "/clock", {"advance": "P1D"})
    await village.settle()
    await decide(person)
    await person.say("/menu")  # by day a reminder of the contract may stand here
    await person.tap("Продление З-")
    await person.sees("Проверка прошла", "Если согласны")
    await person.tap("Согласиться и оплатить")
    await person.sees("Проверяем ещё раз")


async def test_a_reminder_has_its_price_unless_the_insurer_is_away(village: Town) -> None:
    """Asked for on the eve, and not again in the morning. Without an answer it comes half a minute later, and the price is put in."""
    person = await insured(village, ends_in=(16,))
    await person.log_in()
    ends = person.policies[0].term_end_date
    quotes = "select revision, state from quote where client_id = ?"
    assert rows(village, quotes, person.client_id) == []
    await morning(village, ends - timedelta(days=15))
    assert rows(village, quotes, person.client_id) == [(1, "given")]
    await village.call("POST", "/faults", {"on": "core", "method": "quotes", "error": 503, "times": 20})
    await morning(village, ends - timedelta(days=14))
    stood = await person.sees(
        "через 14 дней", "Новый полис:", f"{ends + timedelta(days=1):%d.%m.%Y}", "За рулём: Ирина С."
    )
    assert rows(village, quotes, person.client_id) == [(1, "given")]
    with database(village) as second:
        second.execute("update quote set valid_until = '2026-01-01' where client_id = ?", (person.client_id,))
    await morning(village, ends - timedelta(days=7))
    assert (await person.screen())["message_id"] == stood["message_id"], "the price comes first"
    await village.call("POST", "/clock", {"advance": "PT31S"})
    await village.settle()
    without = await person.sees("через 7 дней")
    assert without["message_id"] != stood["message_id"]
    assert "Новый полис:" not in without["text"]
    await village.call("DELETE", "/faults")
    await unparked(village)
    assert (await person.sees("через 7 дней", "Новый полис:"))["message_id"] == without["message_id"], "in place"
