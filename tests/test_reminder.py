"""What a chat says of reminders, and what can be done about them without a word typed (H1–H6)."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from icalendar import Calendar

from services.clock import MOSCOW
from tests.support.desk import told_of
from tests.support.insured import Insured, another_account, insured
from tests.support.ops import fault
from tests.support.person import Message, Person
from tests.support.reminders import forgotten, look, never_quiet, reminded, said
from tests.support.second import database, rows
from tests.support.town import Town


async def once(person: Person, words: str) -> Message:
    """The one message that says so."""
    (found,) = [message for message in await person.chat() if words in message["text"]]
    return found


async def test_a_renewal_says_what_until_when_and_what_threatens(city: Town) -> None:
    irina = await reminded(city)
    ends = irina.policies[0].term_end_date
    screen = await irina.sees("ОСАГО, Kia Rio", "через 3 дня", f"{ends:%d.%m.%Y}, ")
    plate = irina.policies[0].insured_objects[0].plate or "-"
    assert plate not in screen["text"], "nothing but masked data"
    assert {"Продлить", "Напомнить позже", "Не напоминать об этом", "В календарь", "Человек"} <= set(
        await irina.labels()
    )
    assert said(city, irina.client_id) == [("renewal", 4)]
    await look(city, irina.client_id)
    assert said(city, irina.client_id) == [("renewal", 4)], "each step once"
    await once(irina, "полис заканчивается")


async def test_a_gap_is_named_two_days_before(city: Town) -> None:
    irina = await reminded(city, ends_in=(1,))
    starts = irina.policies[0].term_end_date + timedelta(days=3)
    await irina.sees("завтра", f"Новый полис начнёт действовать {starts:%d.%m.%Y}", "штраф")


async def test_it_renews_without_a_word(city: Town) -> None:
    irina = await reminded(city)
    await irina.tap("Продлить")
    await irina.sees("Kia Rio", "Оплат" if "Оплат" in (await irina.screen())["text"] else "Новый срок")


async def test_months_after_the_last_login(city: Town) -> None:
    """The binding is enough: no code is asked."""
    irina = await reminded(city)
    with database(city) as second:
        second.execute("update binding set unlocked_at = null, fresh_at = null where account_id = ?", (irina.id,))
    await irina.say("/menu")
    never_quiet(city, irina.client_id)
    forgotten(city, irina.client_id)
    await look(city, irina.client_id)
    await irina.sees("полис заканчивается")
    await irina.tap("Продлить")
    assert "код" not in (await irina.screen())["text"].lower()


async def test_who_comes_when_the_morning_is_over_is_looked_at_an_hour_later(city: Town) -> None:
    irina = await insured(city, ends_in=(1,))
    await irina.log_in()
    never_quiet(city, irina.client_id)
    with database(city) as second:
        second.execute("update wake set at = at - 3600 where client_id = ?", (irina.client_id,))
    city.process.parts.rounds.poke()
    await city.settle()
    await irina.sees("полис заканчивается завтра")


async def test_put_off(city: Town) -> None:
    irina = await reminded(city)
    await irina.tap("Напомнить позже")
    tomorrow = (city.world.world.clock.now().astimezone(MOSCOW) + timedelta(days=1)).date()
    await irina.sees(f"напомним ещё раз {tomorrow:%d.%m.%Y}", "Выберите, что показать")
    await look(city, irina.client_id)
    await once(irina, "Выберите, что показать")


async def test_stopped_and_switched_on_again(city: Town) -> None:
    irina = await reminded(city)
    await irina.tap("Не напоминать об этом")
    await irina.sees("Больше не напомним об этом: ОСАГО, Kia Rio", "«Уведомления»", "Выберите, что показать")
    forgotten(city, irina.client_id)
    await look(city, irina.client_id)
    assert said(city, irina.client_id) == []
    await irina.tap("Настройки")
    await irina.tap("Уведомления")
    await irina.sees("Вы просили не напоминать: ОСАГО, Kia Rio")
    await irina.tap("Снова напоминать обо всём")
    assert "Снова напоминать обо всём" not in await irina.labels()
    await look(city, irina.client_id)
    assert said(city, irina.client_id) == [("renewal", 4)]


async def test_several_are_one_message(city: Town) -> None:
    irina = await reminded(city, ends_in=(3, 6))
    screen = await irina.sees("Напоминания", "1. ", "2. ")
    assert screen["text"].index("через 3 дня") < screen["text"].index("через 6 дней")
    assert {"1. Продлить", "2. Продлить", "Не напоминать: 1", "Не напоминать: 2"} <= set(await irina.labels())
    await irina.tap("Не напоминать: 1")
    await irina.sees("Больше не напомним", "через 6 дней")
    assert "Продлить" in await irina.labels()


async def test_more_than_a_message_holds_come_when_those_are_done_with(city: Town) -> None:
    irina = await reminded(city, ends_in=(3,) * 10)
    await irina.sees("8. ", "И ещё 2 напоминания")
    await irina.tap("Не напоминать: 8")
    await irina.sees("8. ", "И ещё 1 напоминание")
    await irina.tap("Напомнить позже")
    await irina.sees("напомним ещё раз", "полис заканчивается")
    assert "Не напоминать об этом" in await irina.labels()
    await irina.tap("Напомнить позже")
    await irina.sees("Выберите, что показать")


async def test_a_later_step_takes_the_place_of_an_earlier_one(city: Town) -> None:
    irina = await reminded(city)
    with database(city) as second:
        second.execute(
            "update reminder set key = 'earlier:' || id, step = 7, moment = 0, said_at = 0 where client_id = ?",
            (irina.client_id,),
        )
    await look(city, irina.client_id)
    screen = await irina.sees("через 3 дня")
    assert screen["text"].count("полис заканчивается") == 1
    assert "Продлить" in await irina.labels()


async def test_the_dialog_behind_waits(city: Town) -> None:
    irina = await reminded(city, ends_in=(3,))
    await irina.say("/menu")
    await irina.tap("Обращения")
    await irina.tap("Новое обращение")
    await irina.tap("Жалоба")
    forgotten(city, irina.client_id)
    with database(city) as second:  # the person has been silent for a while
        second.execute("update account set seen_at = seen_at - 3600 where id = ?", (irina.id,))
    await look(city, irina.client_id)
    await irina.sees("полис заканчивается")
    await irina.tap("Назад")
    await irina.sees("Жалоба", "Что случилось")


async def test_words_that_were_left_lying_are_not_offered_beside_a_reminder(city: Town) -> None:
    """Those of this very moment are."""
    irina = await reminded(city)
    for silent in (0, 3600):
        await irina.say("/menu")
        await irina.say("а где мой чек?")
        forgotten(city, irina.client_id)
        with database(city) as second:
            second.execute("update account set seen_at = seen_at - ? where id = ?", (silent, irina.id))
        await look(city, irina.client_id)
        await irina.sees("полис заканчивается")
        assert ("Передать" in await irina.labels()) is (silent == 0)


async def test_somebody_busy_is_not_interrupted_but_for_what_is_urgent(city: Town) -> None:
    irina = await reminded(city, ends_in=(3, 0))
    await irina.say("/menu")
    await irina.tap("Обращения")
    await irina.tap("Новое обращение")
    await irina.tap("Жалоба")
    forgotten(city, irina.client_id)
    with database(city) as second:
        second.execute(
            "insert into hush(client_id, kind, subject, until, since) select client_id, 'renewal', id, null, 0 from policy "
            "where core_id = ?",
            (irina.policies[1].policy_id,),
        )
    await look(city, irina.client_id)
    await irina.sees("Жалоба", "Что случилось")
    waits = rows(city, "select count(*) from inbox where lane = ? and due_at > 0", f"tg:{irina.id}")
    assert waits[0][0] >= 1
    with database(city) as second:
        second.execute("delete from hush where client_id = ?", (irina.client_id,))
    await look(city, irina.client_id)
    await irina.sees("полис заканчивается сегодня")


async def test_what_is_done_meanwhile_is_said_so(city: Town) -> None:
    irina = await reminded(city)
    await city.call("POST", f"/desk/policies/{quote(irina.policies[0].number)}", {"status": "terminated"})
    await city.settle()
    await irina.tap("Напомнить позже")
    await irina.sees("Уже сделано", "Выберите, что показать")


async def test_a_calendar_file(city: Town) -> None:
    irina = await reminded(city)
    await irina.tap("В календарь")
    await irina.sees("полис заканчивается")
    (paper,) = [message for message in await irina.chat() if message.get("document")]
    async with city.http.get(city.url + paper["document"]["url"]) as response:
        (entry,) = Calendar.from_ical(await response.read()).events
    ends = irina.policies[0].term_end_date
    assert entry.decoded("DTSTART").isoformat() == f"{ends}T10:00:00+03:00"
    assert "полис заканчивается" in str(entry["SUMMARY"])
    assert entry["SEQUENCE"] == 0
    assert re.fullmatch(r"[0-9a-f]{32}@cabinet", str(entry["UID"]))


async def test_both_accounts_hear(city: Town) -> None:
    irina = await reminded(city)
    twin = await another_account(irina)
    await twin.log_in_with_fact()
    forgotten(city, irina.client_id)
    await look(city, irina.client_id)
    await irina.sees("полис заканчивается")
    await twin.sees("полис заканчивается")
    await twin.tap("Не напоминать об этом")
    await irina.tap("Напомнить позже")
    assert "Больше" in str(await twin.chat())


@pytest.mark.parametrize("ends_in", [0, 3])
async def test_a_shut_chat_gets_what_is_urgent_by_mail(city: Town, ends_in: int) -> None:
    irina = await insured(city, ends_in=(ends_in,), email=f"irina{ends_in}@pochta.example")
    await irina.log_in()
    never_quiet(city, irina.client_id)
    await city.call("POST", f"/client/{irina.id}/block", {})
    await look(city, irina.client_id)
    await city.settle()
    letters = await city.call("GET", f"/mail?to=irina{ends_in}@pochta.example")
    told = [letter for letter in letters if "Напоминание" in letter["subject"]]
    assert len(told) == (0 if ends_in else 1)
    if told:
        assert "полис заканчивается" in told[0]["text"]


async def shut(city: Town, email: str, *, sms: bool = True, refused: bool = False) -> Insured:
    """A client whose only chat is shut when an urgent reminder comes. Their mail server may know no such address."""
    irina = await insured(city, ends_in=(0,), email=email)
    await irina.log_in()
    never_quiet(city, irina.client_id)
    with database(city) as second:
        second.execute("update choice set sms = ? where client_id = ?", (sms, irina.client_id))
    if refused:
        await fault(city, on="mail", error=550)
    await city.call("POST", f"/client/{irina.id}/block", {})
    await look(city, irina.client_id)
    return irina


async def messages(city: Town, person: Insured) -> int:
    """Reminders by SMS."""
    return sum(
        "полис заканчивается" in it["text"] for it in await city.call("GET", f"/sms?phone={quote(person.phone)}")
    )


async def test_what_cannot_be_delivered_by_mail_goes_by_sms(city: Town) -> None:
    irina = await shut(city, "nobody@pochta.example", refused=True)
    assert await messages(city, irina) == 1
    await look(city, irina.client_id)
    assert await messages(city, irina) == 1


@pytest.mark.parametrize(("email", "refused"), [("", False), ("noone@pochta.example", True)])
async def test_who_cannot_be_told_at_all_is_called_by_staff(city: Town, email: str, refused: bool) -> None:
    irina = await shut(city, email, sms=False, refused=refused)
    await city.settle()
    told = await told_of(city, irina.client_id)
    assert "Позвоните клиенту" in told
    assert "полис заканчивается, срок" in told
    assert ("доставить не удалось" if refused else "отключил") in told
    assert told.count("Позвоните клиенту") == 1
    assert await messages(city, irina) == 0


async def test_of_two_chats_that_are_shut_one_letter_goes(city: Town) -> None:
    irina = await insured(city, ends_in=(0,), email="both@pochta.example")
    await irina.log_in()
    twin = await another_account(irina)
    await twin.log_in_with_fact()
    never_quiet(city, irina.client_id)
    await asyncio.gather(*(city.call("POST", f"/client/{it.id}/block", {}) for it in (irina, twin)))
    await look(city, irina.client_id)
    await city.settle()
    assert len(await city.call("GET", "/mail?to=both@pochta.example")) == 1


async def test_in_english(city: Town) -> None:
    irina = await reminded(city)
    await irina.say("/language")
    await irina.tap("English")
    await irina.sees("the policy ends in 3 days")
    await irina.tap("Remind me later")
    await irina.sees("we will remind you again on")
