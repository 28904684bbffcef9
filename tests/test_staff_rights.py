"""Who may order what in a topic: the matrix of every order and every kind of person, made from the table of orders (K5)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from handlers.desk.orders import ORDERS
from services.employees import INCLUDES, Role
from tests.support.desk import (
    ANNA,
    IGOR,
    KIRILL,
    MARIA,
    OLGA,
    PAVEL,
    TIMUR,
    VIKTOR,
    chat_of,
    press,
    told,
    words_in,
    writes,
)
from tests.support.desk import ask as ask_staff
from tests.support.insured import Insured, insured
from tests.support.second import database, rows
from tests.support.town import Town, town

SHOWN: dict[str, tuple[str, str, str]] = {
    "take": ("", "client", "Теперь с вами на связи"),
    "c": ("hello", "client", "уже смотрю ваш вопрос"),
    "doc": ("Паспорт", "client", "Нужен документ: Паспорт"),
    "open": ("offices", "client", "Предлагаю открыть"),
    "fill": ("99 12", "topic", "не на шаге"),
    "full": ("", "topic", "Соколова"),
    "del": ("", "topic", "Ответьте командой /del"),
    "req": ("", "topic", "Так: /req"),
    "help": ("", "topic", "В теме клиента"),
    "transfer": ("", "topic", "Кому передать"),
    "release": ("", "client", "передали другому специалисту"),
    "close": ("", "client", "завершил разговор"),
    "again": ("", "client", "На связи"),
    "claim": ("", "topic", "Так: /claim"),
    "pay": ("", "topic", "Так: /pay"),
}
"""What follows the order's name, and what is seen of it, by whom; in an order in which each can be done."""
ALLOWED = {ANNA: Role.OPERATOR, IGOR: Role.CLAIMS, MARIA: Role.SUPERVISOR, OLGA: Role.ADMIN}
REFUSED = {
    PAVEL: "Вас нет в списке сотрудников",
    VIKTOR: "Анонимный администратор",
    TIMUR: "Вас нет в списке сотрудников",
    KIRILL: "у вас нет прав",
}
"""Not in the table; in it, but anonymous; dismissed; in it without a role."""


@pytest.fixture(scope="module")
async def harbour(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    async with town(tmp_path_factory.mktemp("rights")) as own:
        await own.call("POST", "/staff/promote", {"operator": KIRILL, "status": "member"})
        with database(own) as second:
            second.execute("update employee set ended_at = 1 where id = ?", (TIMUR,))
            hired = "insert into employee(id, name, post, department, roles, added_at) values(?, 'Икс', 'пост', 'отдел', ?, 1)"
            second.execute(hired, (VIKTOR, "admin"))
            second.execute(hired, (KIRILL, ""))
        yield own


async def client(harbour: Town) -> tuple[Insured, int]:
    """Somebody on file with an open talk, and its topic."""
    irina = await insured(harbour)
    await irina.log_in()
    return irina, await ask_staff(irina)


def recorded(harbour: Town, person: Insured) -> list[tuple[int, str]]:
    """Who has looked at what of this client, as it is stored."""
    whose = f"client:{person.client_id}"
    found = rows(harbour, "select employee_id, deed from access where whose = ? order by id", whose)
    return [(employee, deed) for employee, deed in found]


def test_every_order_has_a_row() -> None:
    assert ORDERS.keys() == SHOWN.keys()


@pytest.mark.parametrize("order", ORDERS)
def test_the_least_role_of_an_order_is_known_and_included_upwards(order: str) -> None:
    least = ORDERS[order].role
    assert {role for role in Role if least in INCLUDES[role]} >= {least, Role.ADMIN}


@pytest.mark.parametrize("operator", ALLOWED, ids=lambda number: ALLOWED[number].value)
async def test_whoever_may_does(harbour: Town, operator: int) -> None:
    person, topic = await client(harbour)
    for name, (words, side, seen) in SHOWN.items():
        may = ORDERS[name].role in INCLUDES[ALLOWED[operator]]
        before = len(await told(harbour, topic)), len(await person.chat())
        await writes(harbour, topic, f"/{name} {words}".strip(), operator)
        found = await chat_of(person) if side == "client" else await words_in(harbour, topic)
        assert (seen in found) == may, (name, found, before)
        assert ("у вас нет прав" in await words_in(harbour, topic)) != may, name
    assert recorded(harbour, person) == [(operator, "fill"), (operator, "full")]


@pytest.mark.parametrize("operator", REFUSED)
async def test_whoever_may_not_does_nothing(harbour: Town, operator: int) -> None:
    person, topic = await client(harbour)
    before = await person.chat(), rows(harbour, "select * from talk")
    for name, (words, _, _) in SHOWN.items():
        await writes(harbour, topic, f"/{name} {words}".strip(), operator)
    await writes(harbour, topic, "Просто слова", operator)
    answers = [it for it in await told(harbour, topic) if REFUSED[operator] in (it["text"] or "")]
    assert len(answers) == len(SHOWN) + 1, "each is told why"
    assert (await person.chat(), rows(harbour, "select * from talk")) == before
    assert recorded(harbour, person) == []


async def test_what_is_forwarded_orders_nothing(harbour: Town) -> None:
    person, topic = await client(harbour)
    before = await person.chat(), rows(harbour, "select * from talk")
    for name, (words, _, _) in SHOWN.items():
        body = {"operator": ANNA, "user": person.id, "text": f"/{name} {words}".strip()}
        await harbour.call("POST", f"/staff/topics/{topic}/forward", body)
    await harbour.settle()
    answers = [it for it in await told(harbour, topic) if "Пересланное клиент не получит" in (it["text"] or "")]
    assert len(answers) == len(SHOWN)
    assert (await person.chat(), rows(harbour, "select * from talk")) == before
    assert recorded(harbour, person) == []


@pytest.mark.parametrize(
    ("operator", "toast"), [(PAVEL, "Вас нет в списке"), (TIMUR, "Вас нет в списке"), (KIRILL, "нет прав")]
)
async def test_buttons_ask_for_the_same_rights(harbour: Town, operator: int, toast: str) -> None:
    person, topic = await client(harbour)
    before = rows(harbour, "select * from talk")
    for label in ("Взять", "Показать данные"):
        assert toast in await press(harbour, topic, label, operator)
    assert rows(harbour, "select * from talk") == before
    assert recorded(harbour, person) == []


async def test_personal_data_is_shown_for_a_minute_and_every_look_is_recorded(harbour: Town) -> None:
    person, topic = await client(harbour)
    assert person.phone not in (await words_in(harbour, topic)).replace(" ", "").replace("-", "")
    for operator in (ANNA, MARIA):
        await press(harbour, topic, "Показать данные", operator)
        assert "Соколова Ирина Олеговна" in await words_in(harbour, topic)
        await harbour.call("POST", "/clock", {"advance": "PT61S"})
        await harbour.settle()
        assert "Соколова Ирина" not in await words_in(harbour, topic)
    assert recorded(harbour, person) == [(ANNA, "full"), (MARIA, "full")]


async def test_a_dismissal_ends_it_at_once(harbour: Town) -> None:
    person, topic = await client(harbour)
    await writes(harbour, topic, "Я ещё здесь", IGOR)
    with database(harbour) as second:
        second.execute("update employee set ended_at = 1 where id = ?", (IGOR,))
    await writes(harbour, topic, "А теперь нет", IGOR)
    with database(harbour) as second:
        second.execute("update employee set ended_at = null where id = ?", (IGOR,))
    found = await chat_of(person)
    assert "Я ещё здесь" in found
    assert "А теперь нет" not in found


async def test_of_many_who_press_at_once_one_has_the_talk(harbour: Town) -> None:
    person, topic = await client(harbour)
    card = next(it for it in await told(harbour, topic) if it["buttons"])
    tap = {"message_id": card["message_id"], "row": 0, "col": 0}
    await asyncio.gather(
        *(harbour.call("POST", f"/staff/topics/{topic}/tap", {"operator": who, **tap}) for who in ALLOWED)
    )
    await harbour.settle()
    assert (await chat_of(person)).count("Теперь с вами на связи") == 1
