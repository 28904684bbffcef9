"""A claim told in the chat: each product and event, whatever is typed, changed from the summary, left and found again (G2, G8, G9)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.support.household import with_everything
from tests.support.insured import Insured, another_account, insured
from tests.support.person import Person
from tests.support.town import Town

pytestmark = pytest.mark.lengthy

SEND = "Отправить страховщику"
Deed = tuple[str, ...]
"""`tap` and a label, `say` and words, `here`: the button that shares one's place."""


async def do(person: Person, *deeds: Deed) -> None:
    for deed, *what in deeds:
        if deed == "here":
            assert await person.keyboard(), "one tap for the place"
            await person.send_location(55.7558, 37.6173)
        else:
            await (person.say if deed == "say" else person.tap)(what[0])


def taps(*labels: str) -> list[Deed]:
    return [("tap", label) for label in labels]


async def begin(person: Person, contract: str) -> None:
    """From the menu to the first question about this contract: on the first page of the list, or on the next."""
    await person.say("/menu")
    await do(person, *taps("Страховые случаи", "Новый случай"))
    if "Начать заново" in await person.labels():
        await person.tap("Начать заново")
    if not any(label.startswith(contract) for label in await person.labels()):
        await person.tap("Дальше")
    await person.tap(contract)


async def told(town: Town, person: Person) -> dict[str, Any]:
    """Send it; what the insurer has got of it."""
    await person.sees("Проверьте перед отправкой", "Пока это черновик")
    await person.tap(SEND)
    screen = await person.sees("Случай ")
    found = re.search(r"Случай (\S+):", screen["text"])
    assert found, screen["text"]
    notice: dict[str, Any] = (await town.call("GET", f"/desk/claims/{found[1]}"))["notice"]
    return notice


@pytest.fixture(scope="module")
async def rich(city: Town) -> Insured:
    """A contract of every kind. Every test begins anew."""
    person = await with_everything(city)
    await person.log_in()
    return person


@pytest.fixture
async def irina(city: Town) -> Insured:
    """One OSAGO."""
    person = await insured(city)
    await person.log_in()
    return person


STORY: list[Deed] = [("say", "Стоял на светофоре"), ("say", "Въехали сзади"), ("tap", "Дальше")]


# -- the roadside, counted ---------------------------------------------------------------------------------------------------


async def test_an_ordinary_accident_is_eighteen_inputs_from_the_card(city: Town, irina: Insured) -> None:
    """Fifteen taps with the one that sends, one for the place, two messages: by the europrotocol, from the contract's card."""
    await do(irina, *taps("Мои полисы", "ОСАГО"))
    deeds: list[Deed] = [
        *taps("Сообщить о страховом случае", "Виноват другой", "Сейчас"),
        ("here",),
        ("say", "Стоял на светофоре, въехали сзади"),
        *taps("Дальше", "По европротоколу", "Две", "Никто", "Да, у всех", "Не спорим", "Да, через приложение"),
        ("say", "а123вс77"),
        *taps("Больше не знаю", "Дальше", "Ремонт", "Дальше"),
    ]
    await do(irina, *deeds)
    await irina.sees("точка 55.75580, 37.61730", "А123**77", "Можно без полиции")
    assert [len([deed for deed in deeds if deed[0] == kind]) for kind in ("tap", "here", "say")] == [14, 1, 2]
    notice = await told(city, irina)
    assert notice["event"] == "injured"
    assert notice["place"] == {"words": None, "latitude": 55.7558, "longitude": 37.6173}
    assert notice["participants"] == [{"plate": "А123ВС77", "insurer": None, "policyNumber": None}]
    assert notice["europrotocol"] == {
        "dispute": False,
        "fixation": True,
        "limit": {"amount": "400000.00", "unit": "RUB"},
    }
    assert notice["contactPhone"] == irina.phone


# -- every product and event ---------------------------------------------------------------------------------------------------

WHEN: list[Deed] = [("say", "вчера 14:30")]
WHERE: list[Deed] = [("say", "Тула, Мира, 5")]
EVENTS: dict[str, tuple[str, list[Deed], dict[str, Any]]] = {
    "osago-guilty-police": (
        "ОСАГО · Kia",
        [
            *(*taps("Я виноват"), *WHEN, *WHERE, *STORY, *taps("С полицией", "Две", "Никто"), ("say", "В321ОР99")),
            *(("say", "Северный берег"), ("say", "XXX 016 617 1796"), *taps("Дальше", "Дальше")),
        ],
        {
            "event": "guilty",
            "registration": "police",
            "compensation": None,
            "injured": False,
            "participants": [{"plate": "В321ОР99", "insurer": "Северный берег", "policyNumber": "ХХХ0166171796"}],
        },
    ),
    "osago-injured-people": (
        "ОСАГО · Kia",
        [
            *(*taps("Виноват другой"), *WHEN, *WHERE, *STORY, *taps("С полицией", "Две", "Да, есть пострадавшие")),
            *taps("Пока не знаю", "Ничего не знаю", "Деньги", "Дальше"),
        ],
        {"event": "injured", "injured": True, "compensation": "money", "participants": []},
    ),
    "kasko-damage": (
        "КАСКО",
        [
            *(*taps("Повреждена"), *WHEN, *WHERE, *STORY, *taps("Пока никак", "Да, один элемент")),
            *taps("Гонки или бездорожье", "Готово", "Дальше"),
        ],
        {
            "event": "damage",
            "withoutCertificates": True,
            "circumstances": ["off-road"],
            "compensation": "repair",
            "injured": None,
        },
    ),
    "kasko-theft": (
        "КАСКО",
        [*taps("Угнали"), *WHEN, *WHERE, *STORY, *taps("С полицией", "Ничего из этого", "Дальше")],
        {"event": "theft", "compensation": "money", "circumstances": [], "withoutCertificates": False},
    ),
    "kasko-total": (
        "КАСКО",
        [*taps("Разбита"), *WHEN, *WHERE, *STORY, *taps("С полицией", "Ничего из этого", "Дальше")],
        {"event": "total", "compensation": "money"},
    ),
    "kasko-glass": (
        "КАСКО",
        [*taps("Только стекло"), *WHEN, *WHERE, *STORY, *taps("Дальше")],
        {"event": "glass", "withoutCertificates": True, "registration": "none", "compensation": "repair"},
    ),
    "property": (
        "Имущество",
        [*WHEN, *taps("Дата верна, передать"), *WHERE, *STORY, *taps("Дальше")],
        {"event": "damage", "registration": "none", "happenedAt": "14:30"},
    ),
    "dms": ("ДМС", [("say", "вчера"), *STORY, *taps("Дальше")], {"event": "event", "happenedAt": None}),
    "life": ("Жизнь", [*taps("Вчера"), *STORY, *taps("Дальше")], {"product": "life"}),
    "travel": (
        "Путешествие",
        [*taps("Сегодня", "Дата верна, передать"), ("say", "Анталья, отель"), *STORY, *taps("Дальше")],
        {"product": "travel", "place": {"words": "Анталья, отель", "latitude": None, "longitude": None}},
    ),
    "accident": ("Несчастный случай", [*taps("Вчера"), *WHERE, *STORY, *taps("Дальше")], {"product": "accident"}),
}


@pytest.mark.parametrize("name", list(EVENTS))
async def test_every_event_is_told_and_reaches_the_insurer(city: Town, rich: Insured, name: str) -> None:
    contract, deeds, sent = EVENTS[name]
    await begin(rich, contract)
    await do(rich, *deeds)
    notice = await told(city, rich)
    assert notice["story"] == "Стоял на светофоре\nВъехали сзади"
    assert {key: notice[key] for key in sent} == sent


# -- said on the way -----------------------------------------------------------------------------------------------------------


async def test_a_protocol_that_is_not_allowed_is_said_at_once_with_what_to_do(irina: Insured) -> None:
    await do(
        irina,
        ("say", "/menu"),
        *taps("Страховые случаи", "Новый случай", "Я виноват"),
        *WHEN,
        *WHERE,
        *STORY,
        *taps("По европротоколу", "Три или больше"),
    )
    await irina.sees("Без полиции не получится", "двух столкнувшихся машин", "102", "Кто-нибудь пострадал?")
    await do(irina, *taps("Никто", "Да, у всех", "Ничего не знаю", "Дальше"))
    await irina.sees("Проверьте перед отправкой", "Без полиции не получится")
    await do(irina, *taps("Столкнулись", "Две"))
    await irina.sees("Вы спорите")
    await do(irina, *taps("Спорим", "Нет"))
    await irina.sees("Без полиции не получится", "вы спорите и не снимаете")
    await do(irina, *taps("Приложение", "Да, через приложение"))
    await irina.sees("Можно без полиции", "200\xa0000\xa0₽")


async def test_to_whom_and_by_when_is_said(rich: Insured) -> None:
    await begin(rich, "ОСАГО · Kia")
    await do(rich, *EVENTS["osago-injured-people"][1])
    await rich.sees("страховщику виновника, ведь есть пострадавшие", "извещение о ДТП", "заявление о возмещении")
    await do(rich, *taps("Пострадавшие", "Никто"))
    await rich.sees("ваш страховщик", "обращаются в свою компанию")
    await do(rich, *taps("ОСАГО у всех", "Нет, не у всех"))
    await rich.sees("ОСАГО есть не у всех")
    await begin(rich, "КАСКО")
    await do(rich, *EVENTS["kasko-theft"][1])
    await rich.sees("сообщить страховщику об угоне", "письменное заявление об угоне", "так всегда при угоне")


async def test_a_term_that_is_over_is_said_and_no_reason_to_keep_silent(city: Town, irina: Insured) -> None:
    now = datetime.fromisoformat((await city.call("GET", "/clock"))["now"])
    await do(irina, ("say", "/menu"), *taps("Страховые случаи", "Новый случай", "Виноват другой"))
    await irina.say(f"{now - timedelta(days=60):%d.%m.%Y} 14:30")
    await do(irina, *WHERE, *STORY, *taps("По европротоколу", "Две", "Никто", "Да, у всех", "Не спорим", "Нет"))
    await do(irina, *taps("Ничего не знаю", "Деньги", "Дальше"))
    screen = await irina.sees("Срок прошёл", "заявление о возмещении", "сделайте это сейчас")
    assert "Не ремонтируйте" not in screen["text"]


async def test_a_term_beyond_the_calendar_is_said_without_a_date(irina: Insured) -> None:
    await do(irina, ("say", "/menu"), *taps("Страховые случаи", "Новый случай", "Виноват другой"))
    await do(irina, ("say", "01.02.2021 14:30"), *taps("Дата верна, передать"), *WHERE, *STORY)
    await do(irina, *taps("С полицией", "Две", "Никто", "Да, у всех", "Ничего не знаю", "Деньги", "Дальше"))
    await irina.sees("5 рабочих дней", "заявление о возмещении")


async def test_the_form_of_compensation_is_asked_only_where_the_contract_leaves_it_open(city: Town) -> None:
    person = await with_everything(city)
    await person.log_in()
    await begin(person, "КАСКО")
    await do(person, *EVENTS["kasko-glass"][1])
    await person.sees("Возмещение: Ремонт, так записано в договоре", "для стекла не нужны")
    (kasko,) = (policy for policy in person.policies if policy.product == "kasko")
    city.world.core.register.change(kasko.model_copy(update={"compensation": None}))
    await city.settle()
    await begin(person, "КАСКО")
    await do(person, *taps("Только стекло"), *WHEN, *WHERE, *STORY)
    await person.sees("ремонт или деньги", "Ваш договор оставляет выбор вам")
    await do(person, *taps("Деньги", "Дальше"))
    assert (await told(city, person))["compensation"] == "money"


async def test_a_day_out_of_the_contract_is_said_plainly_and_not_refused(irina: Insured) -> None:
    await do(irina, ("say", "/menu"), *taps("Страховые случаи", "Новый случай", "Я виноват"))
    await irina.say("01.02.2020")
    await irina.sees("01.02.2020 полис не действовал", "решает страховщик")
    await irina.tap("Исправить дату")
    await irina.say("01.02.2021")
    await do(
        irina, *taps("Дата верна, передать", "Не помню"), *WHERE, *STORY, *taps("С полицией", "Одна, моя", "Никто")
    )
    await irina.tap("Дальше")
    await irina.sees("Проверьте перед отправкой", "01.02.2021 полис не действовал")


async def test_the_sum_without_certificates_is_of_the_contracts_own_rules(city: Town) -> None:
    viktor = city.seeded(100018)
    await viktor.log_in()
    await do(viktor, ("say", "/menu"), *taps("Страховые случаи", "Новый случай", "Повреждена"), *WHEN, *WHERE, *STORY)
    await viktor.tap("Пока никак")
    await viktor.sees("раз в год договора", "до 119\xa0000\xa0₽")


# -- whatever is typed ----------------------------------------------------------------------------------------------------------

ABSURD = ("🚗", "²²²", "ж" * 4000, "'; drop table claim; --", "<b>жирно</b>", "/nothing")
BUTTONS_ONLY = {"event", "registration", "cars", "injured", "insured", "dispute", "fixation", "compensation", "photos"}
PATH: list[tuple[str, Deed]] = [
    ("event", ("tap", "Виноват другой")),
    ("when", ("say", "вчера")),
    ("time", ("say", "14:30")),
    ("place", ("say", "Тула, Мира, 5")),
    ("story", ("say", "Въехали сзади")),
    ("story", ("tap", "Дальше")),
    ("registration", ("tap", "По европротоколу")),
    ("cars", ("tap", "Две")),
    ("injured", ("tap", "Никто")),
    ("insured", ("tap", "Да, у всех")),
    ("dispute", ("tap", "Не спорим")),
    ("fixation", ("tap", "Нет")),
    ("participants", ("tap", "Добавить без номера")),
    ("plate", ("say", "а123вс77")),
    ("insurer", ("say", "Северный берег")),
    ("policy", ("tap", "Не знаю")),
    ("participants", ("tap", "Дальше")),
    ("compensation", ("tap", "Ремонт")),
    ("photos", ("tap", "Дальше")),
    ("summary", ("tap", "Телефон")),
    ("phone", ("say", "8 903 123-45-67")),
]
"""Every step of a long claim, and what answers it."""


async def place_of(person: Person) -> str:
    """The step whose screen stands."""
    buttons = [button for row in (await person.screen())["buttons"] for button in row if "data" in button]
    return str(buttons[0]["data"]).split(":")[0].removeprefix("claim.")


async def test_absurd_input_is_answered_at_every_step_and_loses_nothing(irina: Insured) -> None:
    await do(irina, ("say", "/menu"), *taps("Страховые случаи", "Новый случай"))
    for step, deed in PATH:
        assert await place_of(irina) == step
        for words in ABSURD:
            if step in ("place", "story", "insurer") and words in ABSURD[3:5]:
                continue  # words are words
            await irina.say(words)
            assert await place_of(irina) == step, (step, words)
        for kind in ("sticker", "voice", "poll"):
            await irina.send(kind)
            assert await place_of(irina) == step, (step, kind)
        await do(irina, deed)
    await irina.sees("Проверьте перед отправкой", "Тула, Мира, 5", "Въехали сзади", "А123**77, Северный берег", "14:30")
    await irina.sees("+7 903 ***-**-67")
    chat = str([message["text"] for message in await irina.chat()])
    assert "а123вс77" not in chat
    assert "8 903 123-45-67" not in chat, "what names somebody does not stay in the chat"


async def test_a_point_of_the_map_means_something_where_a_place_is_asked(irina: Insured) -> None:
    await do(irina, ("say", "/menu"), *taps("Страховые случаи", "Новый случай"))
    await irina.send_location(55.75, 37.62)
    assert await place_of(irina) == "event"
    await do(irina, *taps("Я виноват"), *WHEN)
    await irina.send("venue")
    assert await place_of(irina) == "story"


# -- changed, left, found again ---------------------------------------------------------------------------------------------------

EDITS: list[tuple[str, list[Deed], str]] = [
    ("Что случилось", taps("Я виноват"), "Я виноват"),
    ("Когда", [("say", "позавчера 8:15")], "08:15"),
    ("Во сколько", [("say", "9 вечера")], "21:00"),
    ("Где", [("here",)], "точка 55.75580"),
    ("Рассказ", [*taps("Написать заново"), ("say", "Задели на парковке"), *taps("Дальше")], "Задели на парковке"),
    ("Столкнулись", taps("Три или больше"), "Три или больше"),
    ("Пострадавшие", taps("Да, есть пострадавшие"), "Пострадавшие: да"),
    ("Оформление", taps("С полицией"), "С полицией"),
    (
        "Другие машины",
        [*taps("Изменить 1"), ("say", "В321ОР99"), *taps("Оставить прежнее", "Не знаю", "Дальше")],
        "В321**99, Северный берег",
    ),
    ("Снимки", taps("Дальше"), "Снимки: "),
    ("Телефон", [("say", "+7 903 123-45-68")], "***-**-68"),
]


async def test_each_line_is_changed_from_the_summary(irina: Insured) -> None:
    await do(irina, ("say", "/menu"), *taps("Страховые случаи", "Новый случай"), *(deed for _, deed in PATH))
    for line, deeds, shown in EDITS:
        await irina.tap(line, exact=True)
        await do(irina, *deeds)
        await irina.sees("Проверьте перед отправкой", shown)
        await do(irina, ("tap", line), ("tap", "Назад"))
        await irina.sees("Проверьте перед отправкой", shown)


async def test_a_claim_goes_on_after_a_restart_at_every_step(village: Town) -> None:
    irina = await insured(village)
    await irina.log_in()
    await do(irina, ("say", "/menu"), *taps("Страховые случаи", "Новый случай"))
    for step, deed in PATH:
        await village.restart_bot()
        assert await place_of(irina) == step
        await do(irina, deed)
    await village.restart_bot()
    notice = await told(village, irina)
    assert (notice["story"], notice["contactPhone"]) == ("Въехали сзади", "+79031234567")


async def test_a_draft_is_found_again_and_goes_on_or_begins_anew(irina: Insured) -> None:
    await do(irina, ("say", "/menu"), *taps("Страховые случаи", "Новый случай", "Я виноват"))
    await irina.say("/menu")
    await do(irina, *taps("Мои полисы", "ОСАГО", "Сообщить о страховом случае"))
    await irina.sees("Вы уже начали сообщать о случае")
    await irina.tap("Продолжить")
    assert await place_of(irina) == "when"
    await irina.say("/menu")
    await do(irina, *taps("Страховые случаи", "Новый случай", "Начать заново"))
    assert await place_of(irina) == "event"


async def test_back_leads_through_the_questions_and_out_to_the_card(irina: Insured) -> None:
    await do(irina, *taps("Мои полисы", "ОСАГО", "Сообщить о страховом случае", "Я виноват"), *WHEN)
    for step in ("time", "when", "event", "contract"):
        await irina.tap("Назад")
        assert await place_of(irina) == step
    await irina.tap("Назад")
    await irina.sees("Срок:")


async def test_a_claim_is_sent_once_however_often_it_is_pressed(city: Town, irina: Insured) -> None:
    await do(irina, ("say", "/menu"), *taps("Страховые случаи", "Новый случай", "Я виноват"), *WHEN, *WHERE, *STORY)
    await do(irina, *taps("С полицией", "Одна, моя", "Никто", "Дальше"))
    screen = await irina.screen()
    data = next(button["data"] for row in screen["buttons"] for button in row if button["text"] == SEND)
    for _ in range(3):
        await irina.press(screen["message_id"], data)
    await irina.say("/menu")
    await irina.sees("Здравствуйте")
    assert "Страховые случаи · 1" in await irina.labels()
    await irina.say("/cancel")
    await do(irina, *taps("Страховые случаи", "Новый случай"))
    assert await place_of(irina) == "event", "nothing of the last one is left"


async def test_two_chats_of_one_client_tell_their_own_claims(city: Town, irina: Insured) -> None:
    twin = await another_account(irina)
    await twin.log_in_with_fact()
    for person, story in ((irina, "Первый"), (twin, "Второй")):
        await do(person, ("say", "/menu"), *taps("Страховые случаи", "Новый случай", "Я виноват"), *WHEN, *WHERE)
        await do(person, ("say", story), *taps("Дальше", "С полицией", "Одна, моя", "Никто", "Дальше"))
    assert (await told(city, irina))["story"] == "Первый"
    assert (await told(city, twin))["story"] == "Второй"


async def test_an_english_claim_is_told_in_english(city: Town) -> None:
    person = await insured(city, language="en", first="Emily")
    await do(person, ("say", "/start"), *taps("Log in", "I agree"))
    await person.share_contact()
    await person.say(await person.code())
    await do(person, ("say", "/menu"), *taps("Claims", "New claim", "I am"), ("say", "yesterday 2:30 pm"))
    await do(person, ("say", "Tula, Mira 5"), ("say", "I hit a post"), *taps("Go on", "By the police", "One, mine"))
    await do(person, *taps("Nobody", "Go on"))
    await person.sees("Check it before it goes", "14:30", "This is a draft")
