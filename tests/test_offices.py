"""Offices: the insurer's file, whatever a person types for a city, and the way to the point on the map (I6)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.offices import DEMO, BadOffices, Offices, read
from tests.support.person import Person
from tests.support.town import Town

ALL = Offices(read(DEMO))


def cities(typed: str) -> set[str]:
    return {office.city for office in ALL.find(typed)}


@pytest.mark.parametrize(
    ("typed", "city"),
    [
        ("Казань", "Казань"), ("казань ", "Казань"), ("КАЗАНЬ", "Казань"), ("в Казани", "Казань"), ("г. Казань", "Казань"),
        ("Кaзань", "Казань"), ("Kazan", "Казань"), ("Козань", "Казань"), ("Казнаь", "Казань"), ("город Уфа", "Уфа"),
        ("уфе", "Уфа"), ("Санкт-Петербург", "Санкт-Петербург"), ("санкт петербург", "Санкт-Петербург"),
        ("петербурге", "Санкт-Петербург"), ("СПб", "Санкт-Петербург"), ("питер", "Санкт-Петербург"),
        ("Екатиринбурге", "Екатеринбург"), ("екб", "Екатеринбург"), ("Ростов", "Ростов-на-Дону"),
        ("ростов на дону", "Ростов-на-Дону"), ("в Нижнем Новгороде", "Нижний Новгород"), ("Новгород", "Нижний Новгород"),
        ("москве", "Москва"), ("Moscow", "Москва"), ("Mocква", "Москва"), ("Краснодар", "Краснодар"),
        ("красноярске", "Красноярск"), ("Новасибирск", "Новосибирск"), ("офис Калининград", "Калининград"),
    ],
)  # fmt: skip
def test_a_city_however_it_is_typed(typed: str, city: str) -> None:
    assert cities(typed) == {city}


def test_what_could_be_several_cities_offers_them() -> None:
    assert cities("Красно") == {"Краснодар", "Красноярск"}
    assert len(ALL.find("Москва")) == 2


@pytest.mark.parametrize(
    "typed", ["", "у", "Рязань", "Омск", "Пермь", "привет", "😀", "в городе", "Казань-2000000", "!!!"]
)
def test_what_is_no_city_of_ours(typed: str) -> None:
    assert not ALL.find(typed)


@given(typed=st.text())
def test_no_text_is_too_strange_for_a_city(typed: str) -> None:
    assert set(ALL.find(typed)) <= set(ALL.all)


@pytest.mark.parametrize(
    ("latitude", "longitude", "city", "km"),
    [(55.7558, 37.6173, "Москва", 0), (59.9606, 30.1587, "Санкт-Петербург", 9), (54.6269, 39.6916, "Москва", 181)],
)
def test_the_nearest_office_and_how_far_it_is(latitude: float, longitude: float, city: str, km: int) -> None:
    near = ALL.nearest(latitude, longitude)
    assert near[0].office.city == city
    assert near[0].distance == pytest.approx(km, abs=1.5)
    assert [it.distance for it in near] == sorted(it.distance for it in near)
    assert len(near) == 5


GOOD = {
    "city": "Казань",
    "address": "ул. 1",
    "hours": "всегда",
    "phone": "+78430000000",
    "latitude": 55,
    "longitude": 49,
}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"phone": "8 843 000"}, 'офис 2 (Казань), поле phone. Напишите: phone = "+74950000000"'),
        ({"latitude": 155}, "офис 2 (Казань), поле latitude. Напишите: latitude = 55.7963"),
        ({"longitude": "восток"}, "офис 2 (Казань), поле longitude."),
        ({"city": ""}, 'поле city. Напишите: city = "Казань"'),
        ({"hours": None}, "офис 2 (Казань), поле hours."),
        ({"fax": "1"}, "офис 2 (Казань), поле fax. Напишите: уберите fax"),
    ],
)
def test_a_bad_file_says_where_and_what_to_write(tmp_path: Path, changed: dict[str, object], said: str) -> None:
    path = tmp_path / "offices.json"
    path.write_text(json.dumps([GOOD, GOOD | changed]))
    with pytest.raises(BadOffices) as refused:
        read(path)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.toml", b'[[office]]\ncity = "\xd0\x9a\naddress = 1', "line 2"), ("a.json", b'[{"city":\n}]', "line 2"),
        ("a.toml", b"", "[[office]]"), ("a.json", b"{}", "[[office]]"), ("a.json", b"[]", "[[office]]"),
        ("a.json", b"[1]", "офис 1"), ("a.toml", b"\xff\xfe", "a.toml"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_offices(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadOffices) as refused:
        read(tmp_path / name)
    assert said in str(refused.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadOffices, match="не читается"):
        read(tmp_path / "none.toml")


def test_a_json_file_is_as_good(tmp_path: Path) -> None:
    path = tmp_path / "offices.json"
    path.write_text(json.dumps([office.model_dump() for office in ALL.all]))
    assert read(path) == ALL.all


def test_the_demo_offices_can_be_called_by_nobody() -> None:
    assert all(office.phone.startswith("+790700009") for office in ALL.all)


async def stranger(city: Town, language: str = "ru") -> Person:
    """Somebody who is not a client yet."""
    person = await city.person(language=language)
    await person.say("/start")
    await person.say("/help")
    await person.tap("Офисы" if language == "ru" else "Offices")
    return person


async def test_a_city_by_taps_then_the_card_and_the_map(city: Town) -> None:
    igor = await stranger(city)
    await igor.sees("Выберите город", "Казань")
    await igor.tap("Дальше")
    await igor.tap("Раньше")
    await igor.tap("Казань")
    await igor.sees("Казань, ул. Парусная, 5", "пн–пт 9:00–19:00", "+7 907 000-09-05")
    await igor.tap("Показать на карте")
    point = next(message for message in await igor.chat() if message.get("venue"))
    assert point["venue"]["title"] == "Офис «Тихая гавань»"
    assert point["venue"]["address"] == "Казань, ул. Парусная, 5"
    assert point["location"] == {"latitude": 55.7963, "longitude": 49.1088}
    await igor.sees("Казань, ул. Парусная, 5")
    await igor.tap("Другой город")
    await igor.sees("Выберите город")
    await igor.tap("В начало")
    await igor.sees("Здравствуйте")


async def test_a_typed_city_of_several_offices_is_a_choice(city: Town) -> None:
    igor = await stranger(city)
    await igor.say("в москве")
    await igor.sees("Какой офис показать?")
    await igor.tap("Якорный")
    await igor.sees("Якорный проезд, 3, корп. 2")
    await igor.tap("Другой офис")
    await igor.tap("Причальная")
    await igor.sees("ул. Причальная, 12")
    await igor.say("уфа")
    await igor.sees("Уфа", "ул. Каютная, 14")
    assert "Другой офис" not in await igor.labels()


async def test_ones_own_location_shows_the_nearest_first(city: Town) -> None:
    igor = await stranger(city)
    await igor.send_location(55.75, 37.62)
    await igor.sees("Какой офис показать?")
    labels = await igor.labels()
    assert labels[0].startswith("1 км · Москва, ул. Причальная")
    assert labels[1].startswith("12 км · Москва, Якорный")
    await igor.tap(labels[0])
    await igor.sees("ул. Причальная, 12")


async def test_what_is_no_city_gets_an_example_and_a_list(city: Town) -> None:
    igor = await stranger(city)
    await igor.say("<b>Урюпинск</b>")
    await igor.sees("В городе «<b>Урюпинск</b>» офисов не нашли", "Казань", "Выберите город")
    await igor.send("sticker")
    await igor.sees("Напишите город", "геопозицию")


async def test_offices_in_english(city: Town) -> None:
    daniel = await stranger(city, language="en")
    await daniel.sees("Choose a city")
    await daniel.say("Kazan")
    await daniel.sees("Kazan, 5 Parusnaya St", "Mon–Fri 9–19")
    await daniel.tap("Show on the map")
    assert any(message.get("venue", {}).get("title") == "Office of Quiet Harbour" for message in await daniel.chat())
