"""Somebody who prolongs OSAGO, the desk that checks, and the payer."""

from __future__ import annotations

from typing import Any

from tests.support.person import Person
from tests.support.town import Town


async def prolonging(town: Town) -> Person:
    """Anna, logged in: her contract ends in five days and has two drivers; nobody at the desk checks anything by themselves."""
    await town.call("POST", "/desk/checks", {"auto": False})
    person = town.seeded(100001)
    await person.log_in()
    return person


async def open_card(person: Person) -> None:
    await person.tap("Мои полисы")
    await person.tap("Kia Rio")


async def decide(town: Town, outcome: str = "passed", **more: Any) -> str:
    """The desk decides the one check that waits. Returns the application's number."""
    waiting = (await town.call("GET", "/desk"))["checks"]
    assert len(waiting) == 1, waiting
    await town.call("POST", f"/desk/checks/{waiting[0]['id']}", {"outcome": outcome, **more})
    await town.settle()
    return str(waiting[0]["id"])


async def pay(town: Town) -> None:
    """The payer pays the newest payment."""
    payments = await town.call("GET", "/payments")
    pending = [payment for payment in payments if payment["status"] == "pending"]
    await town.call("POST", f"/payments/{pending[-1]['id']}/succeed", {})
    await town.settle()


async def renew(person: Person) -> None:
    """To the summary of what carries over."""
    await open_card(person)
    await person.tap("Продлить")


async def to_link(person: Person) -> None:
    """To the link to pay by, nothing changed."""
    await renew(person)
    await person.tap("Всё верно")
    await decide(person.town)
    await person.tap("Согласиться и оплатить")
    await person.sees("Ссылка работает")


async def notices(person: Person) -> str:
    """Everything that stands in the chat, as one text."""
    return "\n".join(str(message["text"] or message.get("caption") or "") for message in await person.chat())


async def another_account(person: Person) -> Person:
    """The same client in another Telegram account: a fact is asked there, too (A3)."""
    users = await person.town.call("GET", "/client/users")
    phone = next(str(user["phone"]) for user in users if user["id"] == person.id)
    customers = (await person.town.call("GET", "/desk"))["customers"]
    born = next(customer["birthDate"] for customer in customers if customer["phone"] == phone)
    second = await person.town.person(phone=phone, first_name="Анна")
    await second.knock()
    await second.share_contact()
    await second.say(born)
    await second.say(await second.code())
    return second


async def application(town: Town, number: str) -> dict[str, Any]:
    """The application as the core has it."""
    found = (await town.call("GET", "/desk"))["applications"]
    rows = [row for row in found if row["number"] == number or row.get("id") == number]
    assert len(rows) == 1, found
    return dict(await town.call("GET", f"/desk/applications/{number}"))
