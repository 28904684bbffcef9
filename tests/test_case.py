"""A claim in the chat: the list, every state with its dates, papers, a refusal, and the card that counts days (G5–G7, G12, C4, E5)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.claims.complaint import path
from services.clock import MOSCOW
from services.deadlines import Deadlines
from services.deadlines.calendar import Calendar
from tests.support.insured import come_in
from tests.support.ops import fault, unparked
from tests.support.person import Message, Person
from tests.support.photographs import dented
from tests.support.town import Town, town

MARINA, VIKTOR, YULIYA = 100017, 100018, 100019
BORN = {MARINA: date(1985, 10, 2), VIKTOR: date(1968, 2, 21), YULIYA: date(1994, 6, 30)}
HIT, GLASS, DOOR = "АТ-15004026", "АТ-15004021", "АТ-15004024"
"""Marina's: another car has hit hers; the glass, closed; the bumper, in repair."""
RUST, REAR, FLAT = "АТ-15004022", "АТ-15004025", "ИМ-15004028"
"""Viktor's, refused. Yuliya's: hit from behind, documents are missing; her flat."""


async def enter(place: Town, number: int) -> Person:
    """Somebody to whom something has happened, logged in."""
    person = place.seeded(number)
    await come_in(person, BORN[number])
    return person


async def move(place: Town, claim: str, status: str, **more: Any) -> None:
    """The insurer moves a claim on."""
    await place.call("POST", f"/desk/claims/{claim}", {"status": status, **more})
    await place.settle()


async def open_case(person: Person, claim: str) -> Message:
    """From the menu to the screen of a claim."""
    await person.say("/menu")
    await person.tap("Страховые случаи")
    await person.tap(claim)
    return await person.sees(f"Случай {claim}")


async def notices(person: Person) -> list[str]:
    """What stands in the chat beside the screen, of the bot's own."""
    return [str(message["text"]) for message in (await person.chat())[:-1] if message["from"] == "bot"]


async def card(person: Person, claim: str) -> Message:
    """The live card: it begins with number and state, and has no buttons."""
    found = [it for it in await person.chat() if str(it["text"]).startswith(f"Случай {claim}: ") and not it["buttons"]]
    found = [it for it in found if "\n\n" in it["text"] and "Как идёт дело" not in it["text"]]
    assert len(found) == 1, found
    return found[0]


# -- the list -----------------------------------------------------------------------------------------------------------


async def test_open_claims_come_first_and_the_menu_counts_them(village: Town) -> None:
    marina = await enter(village, MARINA)
    assert "Страховые случаи · 2" in await marina.labels()
    await marina.tap("Страховые случаи")
    text = (await marina.sees("осмотр", "направление на ремонт", "завершено", "ДТП, пострадали вы"))["text"]
    assert text.index(HIT) < text.index(GLASS)
    assert text.index(DOOR) < text.index(GLASS)
    assert "С933**797" in text, "the plate is masked"


async def test_a_contract_shows_what_is_being_settled_under_it(village: Town) -> None:
    marina = await enter(village, MARINA)
    await marina.tap("Мои полисы")
    await marina.tap("КАСКО")
    await marina.sees(f"Страховой случай {DOOR}: направление на ремонт")
    assert not [label for label in await marina.labels() if GLASS in label], "one that is over is in the list"
    await marina.tap(DOOR)
    await marina.sees("Ремонт", "Кузовной цех")


async def test_somebody_without_claims_is_told_so(village: Town) -> None:
    anna = village.seeded(100001)
    await anna.log_in()
    await anna.tap("Страховые случаи")
    await anna.sees("Страховых случаев нет")


# -- every state --------------------------------------------------------------------------------------------------------


async def test_from_the_inspection_to_the_end(village: Town) -> None:
    """Each state is said once and renews the screen; direction, map and money are where one looks for them."""
    marina = await enter(village, MARINA)
    await open_case(marina, HIT)
    await marina.sees("Осмотр", "мск", "ул. Причальная, 12", "✓ на рассмотрении", "● осмотр", "○ решение")

    await move(village, HIT, "repair", comment="Позвоните на станцию.")
    await marina.sees(
        "Ремонт: на станции страховщика",
        "Кузовной цех «Причал»",
        "+7 907 000-09-22",
        "В офис приезжать не нужно",
        "30 рабочих дней",
        "Страховщик пишет: Позвоните на станцию.",
        "✓ осмотр",
        "● направление на ремонт",
    )
    await marina.tap("Показать на карте")
    venues = [message["venue"] for message in await marina.chat() if message.get("venue")]
    assert [(it["title"], it["location"]["latitude"]) for it in venues] == [("Кузовной цех «Причал»", 55.7574)]
    await marina.tap("Направление на ремонт")
    await marina.tap("Прислать сюда")
    files = [message["document"]["file_name"] for message in await marina.chat() if message.get("document")]
    assert files == [f"Направление-на-ремонт-{HIT}.pdf"]

    await open_case(marina, HIT)
    await move(village, HIT, "payout", amount="48 500")
    await marina.sees("К выплате 48 500 ₽", "● выплата")
    await move(village, HIT, "closed")
    await marina.sees("Выплачено 48 500 ₽", "Случай завершён", "✓ завершено")
    assert "Дослать фото или документ" not in await marina.labels()

    said = "\n".join(await notices(marina))
    for words in ("есть направление на ремонт", "страховщик решил платить", f"Случай {HIT} завершён"):
        assert said.count(words) == 1, words


async def test_a_deductible_is_said_in_figures(village: Town) -> None:
    marina = await enter(village, MARINA)
    await move(village, DOOR, "payout")
    await open_case(marina, DOOR)
    await marina.sees("К выплате 50 000 ₽", "Ущерб 60 000 ₽ − франшиза 10 000 ₽ = 50 000 ₽")


async def test_away_from_the_regions_of_the_setting_the_office_is_visited_first(tmp_path: Any) -> None:
    async with town(tmp_path, CABINET_CLAIMS__REMOTE='["Химки"]') as place:
        marina = await enter(place, MARINA)
        await open_case(marina, DOOR)
        await marina.sees("загляните с документами в офис")


async def test_a_refusal_names_its_reason_and_the_way_to_complain_with_dates(village: Town) -> None:
    viktor = await enter(village, VIKTOR)
    await open_case(viktor, RUST)
    await viktor.sees("Страховщик отказал", "коррозии", "Основание: Правила страхования КАСКО, пункт 5.1")
    await viktor.tap("Если не согласны")
    today = village.world.world.clock.now().astimezone(MOSCOW).date()
    ways = path(Deadlines(Calendar.known()), today, today)
    assert ways.electronic
    dates = [f"{day:%d.%m.%Y}" for day in (ways.electronic, ways.otherwise)]
    await viktor.sees("15 рабочих дней: если отправить сегодня", "30 дней", *dates, "500\u00a0000\u00a0₽")
    links = [b["url"] for row in (await viktor.screen())["buttons"] for b in row if b["kind"] == "url"]
    assert links == ["https://finombudsman.ru/"]
    await viktor.tap("Назад")
    await viktor.sees("Страховщик отказал")


async def test_papers_of_a_claim_go_to_the_chat_and_by_mail(village: Town) -> None:
    marina = await enter(village, MARINA)
    await open_case(marina, GLASS)
    await marina.tap("Документы")
    await marina.sees(f"Страховой случай {GLASS}")
    await marina.tap("Справка о случаях") if "Справка о случаях" in await marina.labels() else await marina.tap(
        "Направление"
    )
    await marina.tap("На почту")
    letters = await village.call("GET", "/mail")
    assert len(letters) == 1
    assert len(letters[0]["attachments"]) == 1
    await marina.tap("Назад")
    await marina.tap("Назад")
    await marina.sees(f"Случай {GLASS}")


async def test_while_the_insurer_is_away_it_is_sent_and_not_filed(village: Town) -> None:
    """The card counts the client's own days until the insurer has answered."""
    marina = await enter(village, MARINA)
    await fault(village, "core", method="claims", error=503, times=1000)
    await dented(marina)
    await marina.tap("Дальше")
    await marina.tap("Отправить страховщику")
    screen = await marina.sees("отправлено страховщику", "ждём номера", "У-0000", "сообщить страховщику о повреждении")
    own = screen["text"].split(":")[0].removeprefix("Случай ")
    watched = await card(marina, own)
    assert "Осталось 9 рабочих дней" in watched["text"] or "Осталось 10 рабочих дней" in watched["text"]
    assert "Лучше успеть до" in watched["text"]
    await village.call("DELETE", "/faults")
    await unparked(village)
    await village.settle()
    screen = await marina.sees("принято")
    number = screen["text"].split(":")[0].removeprefix("Случай ")
    assert number.startswith("АТ-")
    same = await card(marina, number)
    assert same["message_id"] == watched["message_id"]
    files = [message["document"]["file_name"] for message in await marina.chat() if message.get("document")]
    assert files == [f"Квитанция-{number}.pdf"]
    await marina.tap("Квитанция")
    await marina.tap("Прислать сюда")
    assert len([message for message in await marina.chat() if message.get("document")]) == 2


# -- the card -----------------------------------------------------------------------------------------------------------


async def test_the_card_counts_days_in_place_and_rests_at_the_end(village: Town) -> None:
    marina = await enter(village, MARINA)
    await open_case(marina, HIT)
    first = await card(marina, HIT)
    assert "чтобы страховщик заплатил или направил на ремонт" in first["text"]
    assert "Последний день" in first["text"]
    left = days(first)
    for passed in (1, 2):
        await village.call("POST", "/clock", {"advance": "P1D"})
        await village.settle()
        now = await card(marina, HIT)
        assert now["message_id"] == first["message_id"], "edited, not sent anew"
        assert days(now) == left - passed
    await move(village, HIT, "payout")
    await move(village, HIT, "closed")
    end = await card(marina, HIT)
    assert end["message_id"] == first["message_id"]
    assert "Больше ничего делать не нужно" in end["text"]
    before = end["text"]
    await village.call("POST", "/clock", {"advance": "P3D"})
    await village.settle()
    assert (await card(marina, HIT))["text"] == before


def days(message: Message) -> int:
    """The number of days a card says are left for the decision."""
    line = next(line for line in str(message["text"]).splitlines() if "направил на ремонт" in line)
    return int("".join(char for char in line.split(",")[0] if char.isdigit()))


async def test_each_chat_of_a_client_has_its_card_and_its_notice(village: Town) -> None:
    marina = await enter(village, MARINA)
    phone = next(u["phone"] for u in await village.call("GET", "/client/users") if u["id"] == MARINA)
    other = await village.person(phone=phone)
    await come_in(other, BORN[MARINA])
    await move(village, HIT, "review", comment="Смотрим ещё раз.")
    for person in (marina, other):
        assert "на рассмотрении" in (await card(person, HIT))["text"]
        assert sum("страховщик начал рассматривать" in it for it in await notices(person)) == 1


async def test_news_wait_for_whoever_has_blocked_the_bot(village: Town) -> None:
    marina = await enter(village, MARINA)
    await village.call("POST", f"/client/{MARINA}/block", {})
    await village.settle()
    await move(village, HIT, "clarification")
    await village.call("POST", f"/client/{MARINA}/unblock", {})
    await village.settle()
    said = "\n".join(await notices(marina))
    assert said.count("Пока бот был заблокирован") == 1
    assert "страховщик ждёт 2 документа" in said


async def test_after_a_logout_the_card_says_how_to_get_it_back(village: Town) -> None:
    marina = await enter(village, MARINA)
    await open_case(marina, HIT)
    await marina.say("/menu")
    await marina.tap("Настройки")
    await marina.tap("Выйти")
    await marina.tap("Выйти", exact=True)
    await village.call("POST", "/clock", {"advance": "P1D"})
    await village.settle()
    texts = await notices(marina)
    assert not [it for it in texts if HIT in it]
    assert sum("Войдите снова" in it for it in texts) == 1


async def test_whoever_stands_in_the_menu_is_led_to_the_upload(village: Town) -> None:
    yuliya = await enter(village, YULIYA)
    await move(village, REAR, "clarification", documents=["Извещение о ДТП", {"code": "sts", "title": "СТС"}])
    await yuliya.sees("Нужны документы", "Извещение о ДТП", "СТС")
    assert (await yuliya.labels())[0] == "Загрузить документы"
    assert sum("страховщик ждёт 2 документа" in it for it in await notices(yuliya)) == 1


async def test_another_wish_of_the_same_state_is_news_too(village: Town) -> None:
    yuliya = await enter(village, YULIYA)
    await open_case(yuliya, REAR)
    await move(village, REAR, "clarification", documents=["Справка"], comment="Теперь только справка.")
    await yuliya.sees("Справка", "Теперь только справка.")
    assert sum("страховщик ждёт 1 документ" in it for it in await notices(yuliya)) == 1


@pytest.mark.parametrize("language", ["en"])
async def test_it_speaks_english_too(village: Town, language: str) -> None:
    users = await village.call("GET", "/client/users")
    known = next(user for user in users if user["id"] == MARINA)
    await village.call(
        "POST", "/client/users", {"id": MARINA, "first_name": known["first_name"], "language_code": language}
    )
    marina = village.seeded(MARINA)
    for deed in ("/start",):
        await marina.say(deed)
    await marina.tap("Log in")
    await marina.tap("I agree", exact=True)
    await marina.share_contact()
    if "birth" in (await marina.screen())["text"]:
        await marina.say("02.10.1985")
    await marina.say(await marina.code())
    await marina.tap("Claims")
    await marina.tap(HIT)
    await marina.sees("Inspection", "How it goes", "days left for the insurer to pay")
