"""Money that comes by a link of yesterday: the application has changed since, so it goes back, once, and the application goes on."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from tests.support.person import Person
from tests.support.town import Town


@pytest.fixture
async def anna(village: Town) -> Person:
    """She has agreed to the price and has a link; checks are the desk's."""
    await village.call("POST", "/desk/checks", {"auto": False})
    person = village.seeded(100001)
    await person.log_in()
    for label in ("Мои полисы", "Kia Rio", "Продлить", "Всё верно"):
        await person.tap(label)
    await decide(village)
    await person.tap("Согласиться и оплатить")
    await person.sees("К оплате")
    return person


async def application(town: Town) -> dict[str, Any]:
    """The one at the insurer."""
    [one] = (await town.call("GET", "/desk"))["applications"]
    return dict(one)


async def decide(town: Town) -> None:
    number = quote((await application(town))["number"])
    await town.call("POST", f"/desk/checks/{number}", {"outcome": "passed"})
    await town.settle()


async def change(town: Town, **change: str) -> None:
    """The desk's hand."""
    number = quote((await application(town))["number"])
    await town.call("POST", f"/desk/applications/{number}", change)
    await town.settle()


async def pay(town: Town, turn: int) -> None:
    """By the link that came as number `turn`."""
    payment = (await town.call("GET", "/payments"))[turn]
    await town.call("POST", f"/payments/{payment['id']}/succeed", {})
    await town.settle()


async def money(town: Town) -> list[list[str]]:
    """For every link: what the provider says of it, and of each refund."""
    charges = await town.call("GET", "/payments")
    return [[charge["status"], *(refund["status"] for refund in charge["refunds"])] for charge in charges]


async def texts(person: Person) -> str:
    return "\n".join(message["text"] for message in await person.chat())


async def test_an_older_price_goes_back_and_the_new_one_is_paid(anna: Person) -> None:
    town = anna.town
    await change(town, price="6100.00")
    await anna.tap("Согласиться и оплатить")
    await anna.sees("К оплате", "6\u00a0100\u00a0₽")
    await pay(town, 0)
    await anna.sees("К оплате", "6\u00a0100\u00a0₽")
    assert "пришла по старой ссылке" in await texts(anna)
    assert await money(town) == [["succeeded", "succeeded"], ["pending"]]
    await pay(town, 1)
    await anna.sees("оформлен. Он придёт")
    assert await money(town) == [["succeeded", "succeeded"], ["succeeded"]]


async def test_both_links_paid_bring_one_policy(anna: Person) -> None:
    town = anna.town
    await change(town, price="6100.00")
    await anna.tap("Согласиться и оплатить")
    await pay(town, 1)
    await anna.sees("оформлен. Он придёт")
    await pay(town, 0)
    assert "пришла второй раз" in await texts(anna)
    assert await money(town) == [["succeeded", "succeeded"], ["succeeded"]]
    assert (await application(town))["status"] == "issued"


async def test_money_does_not_end_a_check(anna: Person) -> None:
    """The price has changed, the data are being corrected, and the old link is paid."""
    town = anna.town
    await change(town, price="6100.00")
    for label in ("Изменить данные", "Всё верно"):
        await anna.tap(label)
    await pay(town, 0)
    await anna.sees("АИС страхования")
    assert await money(town) == [["succeeded", "succeeded"]]
    await decide(town)
    await anna.tap("Согласиться и оплатить")
    await pay(town, 1)
    await anna.sees("оформлен. Он придёт")
    assert await money(town) == [["succeeded", "succeeded"], ["succeeded"]]


async def test_money_for_what_was_refused_goes_back(anna: Person) -> None:
    town = anna.town
    await change(town, status="refused", reason="Автомобиль не прошёл проверку.")
    await pay(town, 0)
    await anna.sees("не прошёл проверку", "возвращены")
    assert await money(town) == [["succeeded", "succeeded"]]
    assert (await application(town))["status"] == "refused"


async def test_money_that_buys_nothing_goes_back(anna: Person) -> None:
    """Corrected, then cancelled: it has no price any more, and the insurer says that this money has to go back."""
    town = anna.town
    await change(town, price="6100.00")
    for label in ("Изменить данные", "Всё верно", "Отменить", "Да, отменить"):
        await anna.tap(label)
    await pay(town, 0)
    assert "когда заявление уже было отменено" in await texts(anna)
    await anna.sees("Страховщик отказал", "возвращены")
    assert "client" not in (await anna.screen())["text"]
    assert await money(town) == [["succeeded", "succeeded"]]
