"""A client who is late with an instalment."""

from __future__ import annotations

from datetime import date

from playground.core.drafts import Drafts, cover, customer, named, rub
from playground.core.resources import Compensation, Customer, Payment, Policy

LATE = 3
"""Days since the second of four instalments was due: the days of grace are not over."""


def konstantin(drafts: Drafts) -> tuple[Customer, list[Policy]]:
    """A KASKO in four instalments: the first is paid, the second overdue."""
    client = customer(20, named("Рыжов", "Константин", "Андреевич"), date(1981, 4, 17), 20, "ryzhov.ka")
    driver = drafts.driver(client.name, client.birth_date, date(2002, 11, 8), client.sex)
    car = drafts.car("Changan Uni-K", 2023, "LS4", "796")
    term = drafts.since(-LATE - 91)
    covers = [cover("damage", "Ущерб", "2420000", "20000"), cover("theft", "Угон и хищение", "2420000")]
    payments = [
        Payment(maturity_date=drafts.day(91 * turn - LATE - 91), amount=rub("18350.00"), paid=turn == 0)
        for turn in range(4)
    ]
    return client, [drafts.kasko(client, car, term, payments, covers, driver, Compensation.REPAIR)]
