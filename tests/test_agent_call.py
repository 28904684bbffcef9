"""A call of an agent (I1, I2): by a client with what is on file, by somebody nobody knows; its life, moved and cancelled."""

from __future__ import annotations

import re
from datetime import date, datetime
from itertools import pairwise

import pytest

from services.clock import MOSCOW
from services.deadlines.calendar import Calendar
from services.hours import Hours
from services.requests import State
from services.requests.windows import Window, Windows
from tests.support.insured import Insured, another_account, insured
from tests.support.person import Person
from tests.support.second import on_disk, rows
from tests.support.staff_side import answer, heard
from tests.support.town import Town

HOURS = Hours.of("mon-fri 09:00-19:30; sat-sun 10:00-18:00; holidays closed")
WINDOWS = Windows(HOURS, Calendar.known())


async def number_of(person: Person) -> str:
    """The number that was told last."""
    found = [re.search(r"АГ-\d{6}", message["text"]) for message in await person.chat()]
    return next(it[0] for it in reversed(found) if it)


async def first(person: Person) -> str:
    """Tap the first button; returns what it says."""
    label = (await person.labels())[0]
    await person.tap(label, exact=True)
    return label


async def ready(person: Person) -> tuple[str, str]:
    """From the choice of the day to the summary: the first time there is. Returns day and hours."""
    day, hours = await first(person), await first(person)
    await person.tap("Без комментария")
    await person.sees("Проверьте вызов")
    return day, hours


async def begin(person: Person) -> None:
    """From a menu to the first question."""
    await person.tap("Вызвать агента")
    await person.tap("Вызвать", exact=True)


async def tell(person: Person) -> None:
    """From the menu to the summary of a call in Kazan."""
    await begin(person)
    await person.tap("Казань")
    await person.tap("КАСКО")
    await ready(person)


async def logged_in(city: Town) -> Insured:
    """A client in the menu."""
    irina = await insured(city)
    await irina.log_in()
    return irina


async def called(person: Person) -> str:
    """A client calls an agent. Returns the number."""
    await person.say("/menu")
    await tell(person)
    await person.tap("Вызвать агента")
    return await number_of(person)


# -- asked for ----------------------------------------------------------------------------------------------------------


async def test_a_client_is_asked_nothing_that_is_on_file(city: Town) -> None:
    irina = await logged_in(city)
    await irina.tap("Вызвать агента")
    await irina.sees("купить полис", "Москва и область", "Обращениях")
    await irina.tap("Вызвать", exact=True)
    await irina.sees("Какой офис ближе?")
    assert await irina.keyboard(), "the place can be shared by one tap"
    await irina.tap("Казань")
    await irina.sees("Что хотите застраховать?")
    assert not await irina.keyboard()
    await irina.tap("КАСКО")
    await irina.sees("В какой день позвонить?")
    day, hours = await ready(irina)
    screen = await irina.sees("Застраховать: КАСКО", f"Позвонить: {day}, {hours} мск", "Ближайший офис: Казань")
    assert "Со***а И. О." in screen["text"]
    assert "Почта: i***@pochta.example" in screen["text"]
    assert irina.phone not in screen["text"]
    assert "Приехать или нет" not in await irina.labels(), "nobody comes home there"
    await irina.tap("Вызвать агента")
    number = await number_of(irina)
    await irina.sees(number, "принято")
    assert any(f"номер {number}. Агент позвонит {day}" in message["text"] for message in await irina.chat())
    assert heard(city, number) == ["request.filed"]
    assert irina.phone.encode() not in on_disk(city)


async def test_somebody_nobody_knows_is_visited_at_home(city: Town) -> None:
    """No login: the consent, a name by hand, the number by one's own contact, the office by a point on the map."""
    anna = await city.person(first_name="Анна")
    await anna.say("/help")
    await begin(anna)
    await anna.sees("согласие")
    await anna.tap("Соглашаюсь", exact=True)
    await anna.sees("Как к вам обращаться?")
    await anna.say("Анна")
    await anna.sees("Ваш номер телефона")
    await anna.share_contact()
    await anna.sees("Электронная почта")
    assert not await anna.keyboard()
    await anna.tap("Без почты")
    await anna.send_location(55.43, 37.54)  # Podolsk
    await anna.sees("Ближайший офис: Москва", "Что хотите застраховать?")
    await anna.tap("Имущество")
    await anna.tap("Приехать домой")
    await anna.sees("Куда приехать?")
    await anna.say("Подольск, ул. Кирова, 4, кв. 12")
    await anna.sees("В какой день приехать?")
    day, hours = await ready(anna)
    await anna.sees(
        f"Приехать домой: {day}, {hours}", "Адрес: Подольск, ул. Кирова, 4, кв. 12", "Имя: Анна", "Почта: —"
    )
    await anna.tap("Вызвать агента")
    number = await number_of(anna)
    await anna.tap(number)
    await anna.sees("Вызов агента", "принято")
    assert rows(city, "select client_id from request where id = ?", int(number[3:])) == [(None,)]


async def test_a_visit_far_away_is_not_offered(city: Town) -> None:
    irina = await logged_in(city)
    await begin(irina)
    await irina.send_location(56.86, 35.90)  # Tver: the nearest office is Moscow's, 160 km away
    await irina.sees("Ближайший офис: Москва")
    await irina.tap("ОСАГО")
    await irina.sees("В какой день позвонить?")


async def test_rubbish_in_every_step_is_answered_with_an_example(city: Town) -> None:
    anna = await city.person(first_name="Анна")
    await anna.say("/help")
    await begin(anna)
    await anna.tap("Соглашаюсь", exact=True)
    for rubbish in ("12345", "Я", "<b>", "А" * 101, "@nna"):
        await anna.say(rubbish)
        await anna.sees("Анна Сергеевна")
    await anna.send("sticker")
    await anna.sees("Нужно имя буквами")
    await anna.say("анна-мария о'коннор")
    await anna.say("+7 903 123-45-67")
    await anna.sees("набранный номер не принимаем")
    await anna.share_card("+79070000102", 100_001)
    await anna.sees("не ваша карточка")
    await anna.share_contact()
    for rubbish in ("нет", "a@b", "a b@mail.ru", "a@mail.ru b@mail.ru", "x" * 300 + "@mail.ru"):
        await anna.say(rubbish)
        await anna.sees("anna@mail.ru")
    await anna.share_contact()
    await anna.sees("Номер уже есть")
    await anna.say("Anna@Mail.ru")
    for rubbish in ("Атлантида", "!!!", "1"):
        await anna.say(rubbish)
        await anna.sees("офисов не нашли")
    await anna.say("в казани")
    await anna.sees("Что хотите застраховать?")
    await anna.send_location(55.75, 37.62)
    await anna.sees("одну из кнопок")
    await anna.tap("Путешествие")
    await anna.say("завтра")
    await anna.tap("Не нужно")
    await first(anna)
    await first(anna)
    await anna.say("я" * 501)
    await anna.sees("длиннее 500 знаков")
    await anna.say("Едем семьёй & с собакой {рыжей}")
    await anna.sees("Проверьте вызов", "Комментарий: Едем семьёй & с собакой {рыжей}", "Имя: ан***я о.")


async def test_a_draft_survives_a_restart_and_can_be_gone_on_with(village: Town) -> None:
    irina = await logged_in(village)
    await begin(irina)
    await irina.tap("Москва", exact=True)
    await irina.tap("ОСАГО")
    await village.restart_bot()
    await irina.tap("Перезвонить")
    await irina.sees("В какой день позвонить?")
    await irina.say("/menu")
    await begin(irina)
    await irina.sees("Вызов агента уже начат")
    await irina.tap("Продолжить")
    await irina.sees("В какой день позвонить?")
    await irina.tap("В меню")
    await begin(irina)
    await irina.tap("Начать заново")
    await irina.sees("Какой офис ближе?")


async def test_each_line_of_the_summary_is_edited_by_itself(city: Town) -> None:
    irina = await logged_in(city)
    await tell(irina)
    await irina.tap("Город")
    await irina.tap("Москва", exact=True)
    await irina.sees("Агент приедет к вам или перезвонит?")  # what the edit has opened
    await irina.tap("Приехать домой")
    await irina.say("Москва, ул. Причальная, 12")
    await irina.sees("Проверьте вызов", "Адрес: Москва, ул. Причальная, 12")
    await irina.tap("Время")
    hours = (await irina.labels())[1]
    await irina.tap(hours, exact=True)
    await irina.sees("Проверьте вызов", hours)
    await irina.tap("Имя")
    await irina.say("Ирина")
    await irina.sees("Имя: Ирина")
    await irina.tap("Телефон")
    await irina.share_contact()
    await irina.sees("Проверьте вызов")
    await irina.tap("День")
    await irina.tap("Назад")
    await irina.sees("Проверьте вызов")


async def test_a_time_that_has_passed_meanwhile_is_chosen_again(village: Town) -> None:
    irina = await logged_in(village)
    await tell(irina)
    await village.call("POST", "/clock", {"advance": "P7D"})
    await irina.tap("Вызвать агента")
    await irina.sees("агента уже нет", "Проверьте вызов")
    await irina.tap("Время")
    await irina.sees("времени уже нет")
    await irina.tap("Назад")
    await irina.tap("День")
    await first(irina)
    await first(irina)
    await irina.sees("Проверьте вызов")
    await irina.tap("Вызвать агента")
    assert await number_of(irina)


# -- its life -----------------------------------------------------------------------------------------------------------


async def test_every_state_is_said_in_every_chat_with_the_name_of_the_employee(city: Town) -> None:
    irina = await logged_in(city)
    twin = await another_account(irina)
    await twin.log_in_with_fact()
    number = await called(irina)
    await twin.tap("Вызвать агента")
    await twin.tap(number)
    await answer(city, number, State.ASSIGNED, "Приедет Олег Смирнов & его помощник")
    await twin.sees("назначен агент", "Мария, старший специалист")
    for person in (irina, twin):
        told = [m["text"] for m in await person.chat() if "назначен агент:" in m["text"]]
        assert len(told) == 1
        assert "Приедет Олег Смирнов & его помощник\nМария, старший специалист" in told[0]
    await twin.say("Пусть возьмёт договор")
    await twin.sees("Передали сотруднику", "Пусть возьмёт договор")
    await answer(city, number, State.CALLED)
    await twin.sees("перезвонили")
    assert "Другое время" not in await twin.labels()
    await answer(city, number, State.DONE)
    await twin.sees("завершено", "вызовите агента снова")
    assert "Отменить вызов" not in await twin.labels()
    await twin.say("И ещё")
    await twin.sees("уже завершено")
    assert heard(city, number) == ["request.filed", "request.commented"]


async def test_it_is_moved_and_cancelled(city: Town) -> None:
    irina = await logged_in(city)
    number = await called(irina)
    await irina.tap(number)
    await irina.tap("Другое время")
    days = [label for label in await irina.labels() if re.match(r"[а-я]{2} \d\d\.\d\d", label)]
    assert len(days) == 7, "the next seven working days"
    await irina.tap(days[3])
    await irina.tap("Назад")
    await irina.tap(days[4])
    hours = await first(irina)
    await irina.sees(f"Перенесли: {days[4]}, {hours}", f"Позвонить: {days[4]}, {hours}")
    await irina.tap("Отменить вызов")
    await irina.tap("Оставить")
    await irina.tap("Отменить вызов")
    await irina.tap("Отменить вызов")
    await irina.sees("Вызов отменён", "отменено")
    assert heard(city, number) == ["request.filed", "request.moved", "request.cancelled"]


async def test_what_an_agent_has_done_meanwhile_cannot_be_moved(city: Town) -> None:
    irina = await logged_in(city)
    number = await called(irina)
    await irina.tap(number)
    await irina.tap("Другое время")
    await first(irina)
    await answer(city, number, State.CALLED)
    await first(irina)
    await irina.sees("Перенести уже нельзя", "перезвонили")
    assert heard(city, number) == ["request.filed"]


async def test_three_calls_wait_at_most(city: Town) -> None:
    irina = await logged_in(city)
    for _ in range(3):
        await called(irina)
    await irina.say("/menu")
    await tell(irina)
    await irina.tap("Вызвать агента")
    await irina.sees("не больше чем на 3", "Проверьте вызов")


# -- windows ------------------------------------------------------------------------------------------------------------


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=MOSCOW)


def test_windows_are_two_hours_within_the_day_that_is_worked() -> None:
    days = WINDOWS.days(at("2026-11-20 08:00"))  # Friday
    assert [day.isoformat() for day in days] == [
        "2026-11-20",
        *(f"2026-11-{day}" for day in (23, 24, 25, 26, 27, 30)),
    ]
    assert [it.hour for it in days[date(2026, 11, 20)]] == [9, 11, 13, 15, 17], "19:00–21:00 is after the end"
    for windows in days.values():
        assert all(one.ends == other.starts for one, other in pairwise(windows))


def test_an_agent_needs_an_hour_to_be_found() -> None:
    assert [it.hour for it in WINDOWS.days(at("2026-11-20 10:00"))[date(2026, 11, 20)]] == [11, 13, 15, 17]
    assert [it.hour for it in WINDOWS.days(at("2026-11-20 10:01"))[date(2026, 11, 20)]] == [13, 15, 17]
    assert next(iter(WINDOWS.days(at("2026-11-20 16:30")))) == date(2026, 11, 23)


def test_holidays_are_not_worked_and_a_saturday_by_decree_is() -> None:
    assert next(iter(WINDOWS.days(at("2026-12-30 18:00")))) == date(2027, 1, 11)
    saturday = WINDOWS.days(at("2027-02-18 08:00"))[date(2027, 2, 20)]
    assert saturday[0].hour == 10


def test_a_year_that_is_not_known_yet_is_one_of_ordinary_weeks() -> None:
    assert len(WINDOWS.days(at("2090-01-01 08:00"))) == 7


def test_hours_that_are_too_short_for_a_window_offer_nothing() -> None:
    assert not Windows(Hours.of("mon-fri 09:00-10:00"), Calendar.known()).days(at("2026-11-20 08:00"))


@pytest.mark.parametrize(
    ("window", "open_"),
    [
        (Window(date(2026, 11, 20), 13), True),
        (Window(date(2026, 11, 20), 12), False),
        (Window(date(2026, 11, 21), 10), False),
        (Window(date(2026, 12, 30), 9), False),
    ],
    ids=["today", "between", "saturday", "far"],
)
def test_only_what_is_offered_may_be_chosen(window: Window, open_: bool) -> None:
    assert WINDOWS.open(at("2026-11-20 08:00"), window) is open_
