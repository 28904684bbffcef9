"""A new client of the insurer for a test of its own, made at the insurer's core: no test needs the seeded ones untouched."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any

from playground.core.drafts import Drafts
from playground.core.resources import Customer, Name, PhoneStatus, Policy, Sex
from tests.support.person import Person
from tests.support.town import Town

BORN = date(1990, 3, 15)
UNSPOKEN = 22
"""Days to the end of a contract of which nothing is said today or in the next week, whatever the hour: the step of 30 days was more than
a week ago, that of 14 is a week ahead."""
_numbers = count(7001)


class Insured(Person):
    """A person whom the insurer knows as `client_id`, with one OSAGO each for `policies`."""

    client_id: str
    policies: list[Policy]

    async def log_in_with_fact(self, fact: str = "15.03.1990") -> None:
        """From /start to the menu, for somebody who is asked a fact as well."""
        await self.knock()
        await self.share_contact()
        await self.say(fact)
        await self.say(await self.code())
        await self.sees("Готово, вы вошли")


async def insured(
    town: Town,
    *,
    last: str = "Соколова",
    first: str = "Ирина",
    middle: str | None = "Олеговна",
    language: str = "ru",
    phone: str | None = None,
    email: str | None = "irina@pochta.example",
    phone_status: PhoneStatus = PhoneStatus.CONFIRMED,
    ends_in: tuple[int, ...] = (UNSPOKEN,),
    papers: bool = False,
    **osago: Any,
) -> Insured:
    """A client, and a Telegram account with their number. `ends_in`: in how many days each OSAGO ends; `papers`: printed, too."""
    number, register = next(_numbers), town.world.core.register
    known = await town.person(phone=phone, language=language, first_name=first)
    customer = Customer(
        customer_id=f"cus-{number}",
        name=Name(last=last, first=first, middle=middle),
        sex=Sex.FEMALE,
        birth_date=BORN,
        phone=known.phone,
        phone_status=phone_status,
        email=email,
        language=language,
    )
    register.customers.save(customer)
    drafts = Drafts(register.today(), Random(number))
    driver = drafts.driver(customer.name, customer.birth_date, date(2011, 6, 7))
    person = Insured(town, known.id, known.phone)
    person.client_id, person.policies = customer.customer_id, []
    for turn, days in enumerate(ends_in):
        car = drafts.car("Kia Rio", 2015 + turn, "Z94", "799")
        policy = drafts.osago(customer, car, drafts.until(days), Decimal(7000 + turn), [driver], **osago)
        policy = policy.model_copy(update={"policy_id": f"pol-{number}-{turn}"})
        person.policies.append((register.change if papers else register.policies.save)(policy))
    await town.settle()
    return person


async def come_in(person: Person, born: date, name: str = "") -> None:
    """From /start to the menu for anybody on file: choose the name where several are offered, say the birth date where it is asked."""
    await person.knock()
    await person.share_contact()
    if name in await person.labels():
        await person.tap(name)
    if "Дата рождения" in (await person.screen())["text"]:
        await person.say(f"{born:%d.%m.%Y}")
    await person.say(await person.code())
    await person.sees("Готово, вы вошли")


async def another_account(person: Insured) -> Insured:
    """A second Telegram account with the same number: a new phone, the old one still logged in."""
    second = await person.town.person(phone=person.phone)
    twin = Insured(person.town, second.id, person.phone)
    twin.client_id, twin.policies = person.client_id, person.policies
    return twin
