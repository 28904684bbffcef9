"""Three clients to whom something has happened, and their contracts. What became of it is in `playground.core.claim_seeds`."""

from __future__ import annotations

from datetime import date, timedelta

from playground.core.drafts import Drafts, cover, customer, named, rub, tariff, year_later
from playground.core.resources import Compensation, Customer, InsuredObject, Payment, Policy, Product, Sex

MARINA, VIKTOR, YULIYA = "cus-0017", "cus-0018", "cus-0019"


def marina(drafts: Drafts) -> tuple[Customer, list[Policy]]:
    """OSAGO and KASKO on one car; the KASKO repairs and has a deductible of 10 000 roubles."""
    name = named("Соловьёва", "Марина", "Юрьевна")
    client = customer(17, name, date(1985, 10, 2), 17, "solovyova.m", sex=Sex.FEMALE)
    driver = drafts.driver(client.name, client.birth_date, date(2007, 5, 18), client.sex)
    car = drafts.car("Exeed LX", 2024, "LVV", "797")
    osago = drafts.osago(
        client, car, drafts.until(160), tariff("5350", "1.8", "0.57", "0.91", "1.4"), [driver], bonus="11"
    )
    term = drafts.until(160)
    covers = [
        cover("damage", "Ущерб", "2640000", "10000"),
        cover("theft", "Угон и хищение", "2640000"),
        cover("assistance", "Помощь на дороге", "50000"),
    ]
    kasko = drafts.kasko(
        client, car, term, drafts.instalments(term[0], "41300.00", 2), covers, driver, Compensation.REPAIR
    )
    return client, [osago, kasko]


def viktor(drafts: Drafts) -> tuple[Customer, list[Policy]]:
    """A KASKO of two years under the rules of 2021: money, less a deductible of 15 000 roubles."""
    name = named("Шестаков", "Виктор", "Ильич")
    client = customer(18, name, date(1968, 2, 21), 18, "shestakov.vi")
    driver = drafts.driver(client.name, client.birth_date, date(1989, 9, 4), client.sex)
    car = drafts.car("Toyota RAV4", 2020, "XW7", "152")
    start = drafts.day(-690)
    term = (start, year_later(year_later(start) + timedelta(days=1)))
    covers = [cover("damage", "Ущерб", "2380000", "15000"), cover("theft", "Угон и хищение", "2380000")]
    paid = [Payment(maturity_date=start, amount=rub("148900.00"), paid=True)]
    return client, [drafts.kasko(client, car, term, paid, covers, driver, Compensation.MONEY, "2021")]


def yuliya(drafts: Drafts) -> tuple[Customer, list[Policy]]:
    """OSAGO, a flat and herself."""
    name = named("Крылова", "Юлия", "Максимовна")
    client = customer(19, name, date(1994, 6, 30), 19, "krylova.yulia", sex=Sex.FEMALE)
    driver = drafts.driver(client.name, client.birth_date, date(2016, 4, 8), client.sex)
    car = drafts.car("Kia Ceed", 2018, "XWE", "190")
    osago = drafts.osago(
        client, car, drafts.until(88), tariff("5480", "1.8", "0.78", "1.0", "1.2"), [driver], bonus="7"
    )
    flat = InsuredObject(type="property", identification="Квартира, 38 м²", address="Химки, ул. Якорная, д. 5, кв. 17")
    home = _paid_at_once(
        drafts,
        client,
        Product.PROPERTY,
        "И",
        "5940.00",
        flat,
        ("structure", "Конструктивные элементы", "3200000"),
        ("finish", "Отделка и оборудование", "900000", "5000"),
    )
    herself = InsuredObject(type="person", identification=str(client.name))
    accident = _paid_at_once(drafts, client, Product.ACCIDENT, "Н", "3870.00", herself, ("trauma", "Травма", "250000"))
    return client, [osago, home, accident]


def _paid_at_once(
    drafts: Drafts,
    client: Customer,
    product: Product,
    letter: str,
    premium: str,
    thing: InsuredObject,
    *covers: tuple[str, str, str] | tuple[str, str, str, str],
) -> Policy:
    term = drafts.until(203)
    payment = Payment(maturity_date=term[0], amount=rub(premium), paid=True)
    number = f"{letter}-{drafts.digits(7)}"
    return drafts.policy(client, product, number, term, [payment], thing, [cover(*it) for it in covers])
