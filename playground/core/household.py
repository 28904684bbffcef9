"""The client with a contract of every kind: running, to begin later, ended, paid by instalments."""

from __future__ import annotations

from datetime import date

from playground.core.drafts import Drafts, cover, rub, tariff
from playground.core.resources import Compensation, Customer, Driver, InsuredObject, Payment, Policy, Product


def contracts(drafts: Drafts, customer: Customer) -> list[Policy]:
    """Seven contracts, one of each product."""
    car = drafts.car("Haval Jolion", 2023, "LGW", "777")
    driver = drafts.driver(customer.name, customer.birth_date, date(1999, 3, 11), customer.sex)
    return [
        drafts.osago(
            customer, car, drafts.until(143), tariff("5760", "1.8", "0.46", "0.91", "1.4"), [driver], bonus="13"
        ),
        _kasko(drafts, customer, car, driver),
        _dms(drafts, customer),
        _property(drafts, customer),
        _travel(drafts, customer),
        _life(drafts, customer),
        _accident(drafts, customer),
    ]


def _person(customer: Customer) -> InsuredObject:
    return InsuredObject(type="person", identification=str(customer.name))


def _at_once(day: date, amount: str) -> list[Payment]:
    return [Payment(maturity_date=day, amount=rub(amount), paid=True)]


def _kasko(drafts: Drafts, customer: Customer, car: InsuredObject, driver: Driver) -> Policy:
    """Four instalments, those of the past are paid."""
    term = drafts.until(143)
    return drafts.kasko(
        customer,
        car,
        term,
        drafts.instalments(term[0], "23450.00", 4),
        [
            cover("damage", "Ущерб", "2150000", "30000"),
            cover("theft", "Угон и хищение", "2150000"),
            cover("assistance", "Помощь на дороге", "50000"),
        ],
        driver,
        Compensation.REPAIR,
    )


def _dms(drafts: Drafts, customer: Customer) -> Policy:
    term = drafts.until(76)
    return drafts.policy(
        customer,
        Product.DMS,
        f"М-{drafts.digits(7)}",
        term,
        _at_once(term[0], "68400.00"),
        _person(customer),
        [
            cover("outpatient", "Поликлиника", "600000"),
            cover("dental", "Стоматология", "120000"),
            cover("ambulance", "Скорая помощь", "100000"),
        ],
    )


def _property(drafts: Drafts, customer: Customer) -> Policy:
    """Begins in two weeks, paid."""
    term = drafts.since(14)
    flat = InsuredObject(
        type="property",
        identification="Квартира, 54 м²",
        address="Москва, ул. Маячная, д. 12, кв. 48",
    )
    return drafts.policy(
        customer,
        Product.PROPERTY,
        f"И-{drafts.digits(7)}",
        term,
        _at_once(drafts.day(-1), "7280.00"),
        flat,
        [
            cover("structure", "Конструктивные элементы", "4000000"),
            cover("finish", "Отделка и оборудование", "1200000", "10000"),
            cover("contents", "Домашнее имущество", "700000", "10000"),
            cover("liability", "Ответственность перед соседями", "500000"),
        ],
    )


def _travel(drafts: Drafts, customer: Customer) -> Policy:
    """Over since a month."""
    term = (drafts.day(-44), drafts.day(-31))
    trip = InsuredObject(type="trip", identification="Турция, отдых на море")
    return drafts.policy(
        customer,
        Product.TRAVEL,
        f"П-{drafts.digits(7)}",
        term,
        _at_once(drafts.day(-50), "3120.00"),
        trip,
        [
            cover("medical", "Медицинские расходы", "4500000"),
            cover("luggage", "Багаж", "90000"),
            cover("cancellation", "Отмена поездки", "180000", "5000"),
        ],
    )


def _life(drafts: Drafts, customer: Customer) -> Policy:
    """Five years, a contribution each year; the second is paid, three are to come."""
    start = drafts.day(-520)
    end = drafts.day(-520 + 1826)
    payments = [
        Payment(maturity_date=due, amount=rub("60000.00"), paid=due <= drafts.today)
        for due in (drafts.day(-520 + 365 * year) for year in range(5))
    ]
    return drafts.policy(
        customer,
        Product.LIFE,
        f"Ж-{drafts.digits(7)}",
        (start, end),
        payments,
        _person(customer),
        [
            cover("survival", "Дожитие до конца срока", "300000"),
            cover("death", "Уход из жизни", "900000"),
        ],
    )


def _accident(drafts: Drafts, customer: Customer) -> Policy:
    term = drafts.until(201)
    return drafts.policy(
        customer,
        Product.ACCIDENT,
        f"Н-{drafts.digits(7)}",
        term,
        _at_once(term[0], "4150.00"),
        _person(customer),
        [
            cover("trauma", "Травма", "300000"),
            cover("disability", "Инвалидность", "500000"),
            cover("death", "Уход из жизни", "500000"),
        ],
    )
