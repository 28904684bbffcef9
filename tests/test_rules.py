"""The rules of the conversation that no single dialog owns."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image

from handlers import format as show
from services.model import Name
from tests.support.insured import Insured, insured
from tests.support.lint import faults, not_one_screen
from tests.support.second import rows
from tests.support.town import Town

ANYTHING = ("sticker", "voice", "video_note", "video", "animation", "poll", "dice", "venue")
STALE = "Это кнопка прежнего экрана. Вот что сейчас."


async def inside(town: Town) -> Insured:
    irina = await insured(town, papers=True)
    await irina.log_in()
    return irina


@pytest.fixture(scope="module")
async def guest(city: Town) -> Insured:
    """Somebody who is not in yet."""
    return await insured(city)


@pytest.fixture(scope="module")
async def client(city: Town) -> Insured:
    return await inside(city)


# -- 2: never silence ---------------------------------------------------------------------------------------------------

OUTSIDE = {
    "welcome": ([], "нажмите «Войти»"),
    "consent": (["Войти"], "выберите «Соглашаюсь» или «Не соглашаюсь»"),
    "declined": (["Войти", "Не соглашаюсь"], "Без согласия здесь доступны"),
    "help": (["Помощь"], "Здесь помогут кнопки ниже"),
    "human": (["Человек"], "Напишите вопрос словами"),
}
INSIDE = {
    "menu": ([], "Выберите кнопку"),
    "policies": (["Мои полисы"], "Выберите полис кнопкой"),
    "policy": (["Мои полисы", "ОСАГО"], "Выберите кнопку: документы, полные данные"),
    "papers": (["Мои полисы", "ОСАГО", "Документы"], "Выберите документ кнопкой"),
    "paper": (["Мои полисы", "ОСАГО", "Документы", "Правила"], "Выберите, куда прислать"),
    "settings": (["Настройки"], "Здесь помогут кнопки ниже"),
    "sessions": (["Настройки", "Где выполнен вход"], "Здесь помогут кнопки ниже"),
    "consents": (["Настройки", "Согласия"], "Здесь помогут кнопки ниже"),
    "language": (["Настройки", "Язык"], "Выберите язык кнопкой"),
}


async def is_answered(person: Insured, path: list[str], words: str, kinds: tuple[str, ...]) -> None:
    """Whatever is sent, what is expected is said, and the same screen stands below it."""
    await person.say("/start")
    for label in path:
        await person.tap(label)
    before = (await person.screen())["text"]
    for kind in kinds:
        await person.send(kind)
        shown = (await person.sees(words))["text"]
        assert shown.endswith(before), "what was there stays"
        assert not not_one_screen(await person.chat())


@pytest.mark.parametrize("place", OUTSIDE)
async def test_outside_anything_is_answered_with_what_is_expected(guest: Insured, place: str) -> None:
    await is_answered(guest, *OUTSIDE[place], ("sticker", "voice"))


@pytest.mark.parametrize("place", INSIDE)
async def test_inside_anything_is_answered_with_what_is_expected(client: Insured, place: str) -> None:
    await is_answered(client, *INSIDE[place], ("sticker", "poll"))


async def test_every_kind_of_message_is_answered(client: Insured) -> None:
    await is_answered(client, [], "Выберите кнопку", ANYTHING)
    await is_answered(client, [], "Передать это человеку?", ("forward",))


async def test_albums_places_and_foreign_cards_are_answered(client: Insured) -> None:
    await client.say("/menu")
    picture = BytesIO()
    Image.new("RGB", (64, 64), "teal").save(picture, "JPEG")
    await client.send_photos(*[picture.getvalue()] * 3)
    await client.sees("Выберите кнопку")
    assert not not_one_screen(await client.chat())
    await client.share_card("+79070000101", user_id=100001)
    await client.sees("Выберите кнопку")
    await client.town.call("POST", f"/client/{client.id}/location", {"latitude": 55.75, "longitude": 37.61})
    await client.town.settle()
    await client.sees("Выберите кнопку")
    assert not not_one_screen(await client.chat())


async def test_commands_work_in_every_state(client: Insured) -> None:
    for label in ("Мои полисы", "Помощь"):
        for command, words in (
            ("/help", "Что умеет кабинет"),
            ("/support", "Живой человек"),
            ("/language", "На каком языке"),
            ("/menu@tihaya_gavan_bot", "Здравствуйте, Ирина!"),
            ("/START promo", "Здравствуйте, Ирина!"),
            ("/nothing", "Такой команды нет"),
        ):
            await client.say("/menu")
            await client.tap(label)
            await client.say(command)
            await client.sees(words)


async def test_an_edited_message_is_noticed(client: Insured) -> None:
    await client.say("/menu")
    await client.say("опечтка")
    mine = [m["message_id"] for m in await client.chat() if m["from"] == "user"][-1]
    await client.town.call("POST", f"/client/{client.id}/edit", {"message_id": mine, "text": "опечатка"})
    await client.town.settle()
    await client.sees("Исправления в прежних сообщениях мы не видим")


async def test_two_refusals_offer_a_human(city: Town) -> None:
    irina = await insured(city)
    await irina.knock()
    for _ in range(2):
        await irina.share_card("+79070000101", user_id=100001)
    await irina.sees("Не получается? Нажмите «Человек»")
    await irina.share_contact()
    for _ in range(3):
        await irina.tap("Прислать новый код")
        assert "Не получается?" not in (await irina.sees("Новый код можно запросить с"))["text"]


# -- 5: stale buttons, double taps --------------------------------------------------------------------------------------


async def test_a_button_of_an_older_screen_changes_nothing(city: Town) -> None:
    irina = await inside(city)
    menu = await irina.screen()
    await irina.tap("Мои полисы")
    policies = await irina.screen()
    await irina.tap("ОСАГО")
    card = await irina.screen()
    await irina.toasts()
    for old in (menu, policies):
        for row in old["buttons"]:
            for button in row:
                await irina.press(card["message_id"], button["data"])
                assert (await irina.screen())["text"] == card["text"]
    assert set(await irina.toasts()) <= {STALE}


async def test_a_double_tap_is_one_tap(city: Town) -> None:
    irina = await inside(city)
    await irina.tap("Настройки")
    await irina.tap("Человек")
    await irina.say("Один вопрос")
    screen = await irina.screen()
    send = next(b["data"] for row in screen["buttons"] for b in row if b["text"] == "Отправить")
    await irina.toasts()
    await asyncio.gather(*(irina.press(screen["message_id"], send) for _ in range(5)))
    assert rows(city, "select count(*) from question where account_id = ?", irina.id) == [(1,)]
    assert len([m for m in await irina.chat() if m["text"].startswith("Вопрос записан")]) == 1
    assert await irina.toasts() == [], "a nervous finger needs no lesson"


# -- 6: one screen, at the bottom ---------------------------------------------------------------------------------------


async def test_a_tap_edits_in_place_and_a_message_brings_the_screen_below_itself(city: Town) -> None:
    irina = await inside(city)
    menu = await irina.screen()
    await irina.tap("Настройки")
    assert (await irina.screen())["message_id"] == menu["message_id"]
    await irina.say("ау")
    below = await irina.screen()
    assert below["message_id"] > menu["message_id"]
    standing = [m["message_id"] for m in await irina.chat()]
    assert menu["message_id"] not in standing
    assert not not_one_screen(await irina.chat())


async def test_the_contact_button_comes_and_goes_with_its_screen(city: Town) -> None:
    irina = await insured(city)
    await irina.knock()
    assert [[key["text"] for key in row] for row in await irina.keyboard() or []] == [["Поделиться номером"]]
    await irina.tap("Человек")
    assert await irina.keyboard() is None
    await irina.tap("Назад")
    assert await irina.keyboard()
    await irina.say("/start")
    assert await irina.keyboard() is None
    assert not not_one_screen(await irina.chat())
    said = [m["text"] for m in await irina.chat() if m["from"] == "bot"]
    assert len(said) == 1, "nothing of the keyboard is left in the chat"


# -- 3: drafts, restarts ------------------------------------------------------------------------------------------------


async def test_a_restart_in_the_middle_of_a_login_loses_nothing(village: Town) -> None:
    irina = await insured(village)
    await irina.knock()
    await village.restart_bot()
    await irina.share_contact()
    await village.restart_bot()
    await irina.sees("Введите код")
    await irina.say(await irina.code())
    await irina.sees("Здравствуйте, Ирина!")
    await irina.tap("Мои полисы")
    old = await irina.screen()
    await village.restart_bot()
    await irina.tap("ОСАГО")
    await irina.sees("Срок:")
    assert (await irina.screen())["message_id"] == old["message_id"]


# -- 9 and 13: how values look ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "looks"),
    [
        (show.money(Decimal("12345.67")), "12 345,67 ₽"),
        (show.money(Decimal("7000.00")), "7 000 ₽"),
        (show.money(Decimal("0.05")), "0,05 ₽"),
        (show.money(Decimal("-1500.5")), "−1 500,50 ₽"),
        (show.day(date(2026, 11, 21)), "21.11.2026"),
        (show.moment(datetime(2026, 12, 31, 21, 30, tzinfo=UTC)), "01.01.2027 00:30"),
        (show.phone("+79031234512"), "+7 903 123-45-12"),
        (show.masked_phone("+79031234512"), "+7 903 ***-**-12"),
        (show.masked_plate("А123ВС777"), "А123**777"),
        (show.masked_name(Name("Иванов", "Иван", "Иванович")), "Ив***в И. И."),
        (show.masked_name(Name("Ли", "Анна")), "Л*** А."),
        (show.masked_email("ivan@mail.ru"), "i***@mail.ru"),
        (show.masked_vin("Z94CB41AAGR323020"), "Z94**********3020"),
        (show.masked_licence("9912345678"), "99 ** ***678"),
        (show.licence("9912345678"), "99 12 345678"),
    ],
)
def test_values_look_as_people_write_them(shown: str, looks: str) -> None:
    assert shown.replace(show.NBSP, " ") == looks


# -- X10: the lint finds what it is for ---------------------------------------------------------------------------------

FINE = {
    "text": "Выберите.\n\n<b>шутка</b>",
    "buttons": [
        [{"text": "Полис", "data": "policy:open:1:1:x"}],
        [{"text": "В меню", "data": "policy:menu::1:x"}, {"text": "Человек", "data": "policy:human::1:x"}],
    ],
}


def test_the_lint_passes_a_fine_screen() -> None:
    assert faults(FINE, typed=["<b>шутка</b>"]) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"text": ""}, "no text"),
        ({"text": "а" * 4097}, "text of 4097"),
        ({"text": "Привет,  мир"}, "stray white space"),
        ({"text": "Привет\n\n\nмир"}, "stray white space"),
        ({"text": "Привет "}, "white space at an end"),
        ({"text": "Ждём <b>вас</b>"}, "markup in sight"),
        ({"text": "Машина &amp; дом"}, "markup in sight"),
        ({"text": "До None"}, "left over"),
        ({"text": "До { $ends }"}, "left over"),
        ({"text": "button-back"}, "untranslated"),
        ({"buttons": []}, "no way out"),
        ({"buttons": [[{"text": f"Дело {n}", "data": f"menu:human:{n}:1:x"} for n in range(4)]]}, "4 buttons in a row"),
        ({"buttons": [[{"text": "Ч" * 41, "data": "menu:human::1:x"}]]}, "label of 41"),
        ({"buttons": [[{"text": "👍", "data": "menu:human::1:x"}]]}, "label without words"),
        ({"buttons": [[{"text": "Раз", "data": "menu:human:" + "я" * 30}]]}, "callback data of"),
        ({"buttons": [[{"text": "Раз", "data": "policy:menu::1:x"}]]}, "no way to a human"),
        ({"buttons": [[{"text": "Раз", "data": "policy:human::1:x"}]]}, "no way to the menu"),
        (
            {"buttons": [[{"text": "Раз", "data": "menu:human:1:1:x"}], [{"text": "Раз", "data": "menu:b::1:x"}]]},
            "two buttons",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_lint_finds(change: dict[str, object], complaint: str) -> None:
    found = faults({**FINE, **change}, typed=["<b>шутка</b>"])
    assert any(complaint in fault for fault in found), found


def test_the_lint_lets_a_calendar_have_seven_days_a_row() -> None:
    week = [{"text": str(n), "data": f"policy:day:{n}:1:x"} for n in range(1, 8)]
    assert faults({**FINE, "buttons": [week, *FINE["buttons"]]}, typed=["<b>шутка</b>"]) == []
