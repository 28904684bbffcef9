"""Whom the demo insurer has insured on the first day, and how: one small function for one story of `playground.seed`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from playground.core import claim_seeds, claimants, debtors, household
from playground.core.drafts import Drafts, customer, named, tariff
from playground.core.register import Register
from playground.core.resources import Customer, Period, PhoneStatus, Policy, Sex


@dataclass(frozen=True, slots=True)
class Client:
    """A customer and what the customer has."""

    customer: Customer
    policies: list[Policy]


def fill(register: Register, seed: int) -> None:
    """File the whole portfolio, silently: a new cabinet reads it from the lists."""
    for client in clients(Drafts(register.today(), Random(seed))):
        register.customers.add(client.customer)
        for policy in client.policies:
            register.policies.add(policy)
    for claim, notice in claim_seeds.claims(register):
        register.file_claim(claim, notice)


def clients(drafts: Drafts) -> list[Client]:
    """Everybody, in the order of `PEOPLE`; the mother and her son share a telephone."""
    return [
        _anna(drafts),
        _dmitry(drafts),
        _elena(drafts),
        _sergey(drafts),
        _olga(drafts),
        _pavel(drafts),
        _tatyana(drafts),
        Client(alexey := _ALEXEY, household.contracts(drafts, alexey)),
        _natalya(drafts),
        _kirill(drafts),
        _daniel(drafts),
        _vera(drafts),
        _roman(drafts),
        _svetlana(drafts),
        _gleb(drafts),
        Client(*claimants.marina(drafts)),
        Client(*claimants.viktor(drafts)),
        Client(*claimants.yuliya(drafts)),
        Client(*debtors.konstantin(drafts)),
    ]


_ALEXEY = customer(8, named("Громов", "Алексей", "Викторович"), date(1979, 8, 23), 8, "gromov")


def _anna(drafts: Drafts) -> Client:
    """Ends in five days; she and her husband drive."""
    name = named("Ковалёва", "Анна", "Сергеевна")
    anna = customer(1, name, date(1990, 3, 15), 1, "anna.kovaleva", sex=Sex.FEMALE)
    drivers = [
        drafts.driver(anna.name, anna.birth_date, date(2011, 6, 7), anna.sex),
        drafts.driver(named("Ковалёв", "Михаил", "Андреевич"), date(1987, 11, 2), date(2006, 4, 19), Sex.MALE),
    ]
    car = drafts.car("Kia Rio", 2019, "Z94", "799")
    return Client(
        anna,
        [drafts.osago(anna, car, drafts.until(5), tariff("5120", "1.8", "0.68", "0.94", "1.1"), drivers, bonus="9")],
    )


def _dmitry(drafts: Drafts) -> Client:
    """The window of prolongation opened yesterday."""
    dmitry = customer(2, named("Орлов", "Дмитрий", "Павлович"), date(1984, 1, 30), 2, "orlov.d")
    driver = drafts.driver(dmitry.name, dmitry.birth_date, date(2003, 9, 12), dmitry.sex)
    car = drafts.car("Lada Vesta", 2021, "XTA", "178")
    return Client(
        dmitry,
        [
            drafts.osago(
                dmitry, car, drafts.until(59), tariff("4890", "1.64", "0.57", "0.91", "1.1"), [driver], bonus="11"
            )
        ],
    )


def _elena(drafts: Drafts) -> Client:
    """The window opens today."""
    name = named("Лебедева", "Елена", "Игоревна")
    elena = customer(3, name, date(1993, 7, 4), 3, "lebedeva.e", sex=Sex.FEMALE)
    driver = drafts.driver(elena.name, elena.birth_date, date(2014, 2, 25), elena.sex)
    car = drafts.car("Hyundai Creta", 2020, "Z94", "750")
    return Client(
        elena,
        [
            drafts.osago(
                elena, car, drafts.until(60), tariff("5300", "1.56", "0.74", "0.97", "1.2"), [driver], bonus="8"
            )
        ],
    )


def _sergey(drafts: Drafts) -> Client:
    """The window opens tomorrow."""
    sergey = customer(4, named("Морозов", "Сергей", "Николаевич"), date(1971, 12, 8), 4, "s.morozov")
    driver = drafts.driver(sergey.name, sergey.birth_date, date(1995, 5, 16), sergey.sex)
    car = drafts.car("Skoda Octavia", 2018, "XW8", "52")
    return Client(
        sergey,
        [
            drafts.osago(
                sergey, car, drafts.until(61), tariff("5075", "1.64", "0.46", "0.86", "1.2"), [driver], bonus="13"
            )
        ],
    )


def _olga(drafts: Drafts) -> Client:
    """Too late to renew without days of no cover."""
    name = named("Новикова", "Ольга", "Дмитриевна")
    olga = customer(5, name, date(1988, 5, 27), 5, "o.novikova", sex=Sex.FEMALE)
    driver = drafts.driver(olga.name, olga.birth_date, date(2019, 10, 1), olga.sex)
    car = drafts.car("Renault Logan", 2016, "X7L", "66")
    return Client(
        olga, [drafts.osago(olga, car, drafts.until(2), tariff("4760", "1.69", "0.91", "0.97"), [driver], bonus="5")]
    )


def _pavel(drafts: Drafts) -> Client:
    """Ended yesterday."""
    pavel = customer(6, named("Зайцев", "Павел", "Олегович"), date(1996, 10, 19), 6, "zaycev.pavel")
    driver = drafts.driver(pavel.name, pavel.birth_date, date(2016, 8, 30), pavel.sex)
    car = drafts.car("Volkswagen Polo", 2017, "XW8", "116")
    return Client(
        pavel,
        [
            drafts.osago(
                pavel, car, drafts.until(-1), tariff("5410", "1.86", "0.78", "1.07", "1.1"), [driver], bonus="7"
            )
        ],
    )


def _tatyana(drafts: Drafts) -> Client:
    """Made, not paid, begins in four days; the present policy runs out on the day before."""
    name = named("Белова", "Татьяна", "Алексеевна")
    tatyana = customer(7, name, date(1982, 9, 11), 7, "t.belova", sex=Sex.FEMALE)
    driver = drafts.driver(tatyana.name, tatyana.birth_date, date(2008, 3, 3), tatyana.sex)
    car = drafts.car("Toyota Camry", 2022, "XW7", "197")
    premium = tariff("5990", "1.8", "0.63", "0.91", "1.6")
    return Client(tatyana, [drafts.osago(tatyana, car, drafts.since(4), premium, [driver], bonus="10", paid=False)])


def _natalya(drafts: Drafts) -> Client:
    """The mother; her son is a client under the same telephone. Her car's diagnostic card and her licence end in some weeks."""
    name = named("Воронова", "Наталья", "Петровна")
    natalya = customer(9, name, date(1969, 4, 2), 9, "voronova.np", sex=Sex.FEMALE)
    driver = drafts.driver(natalya.name, natalya.birth_date, date(1998, 7, 14), natalya.sex, drafts.day(52))
    car = drafts.car("Nissan Qashqai", 2015, "SJN", "161")
    premium = tariff("5215", "1.7", "0.52", "0.86", "1.2")
    policy = drafts.osago(natalya, car, drafts.until(131), premium, [driver], bonus="12")
    return Client(natalya, [policy.model_copy(update={"diagnostic_card_until": drafts.day(45)})])


def _kirill(drafts: Drafts) -> Client:
    """The son, a young driver; the car is his mother's."""
    kirill = customer(10, named("Воронов", "Кирилл", "Евгеньевич"), date(2003, 2, 17), 9, None)
    driver = drafts.driver(kirill.name, kirill.birth_date, date(2022, 6, 21), kirill.sex)
    car = drafts.car("Lada Granta", 2014, "XTA", "61")
    premium, mother = tariff("5640", "1.7", "1.17", "1.13", "1.1"), named("Воронова", "Наталья", "Петровна")
    return Client(kirill, [drafts.osago(kirill, car, drafts.until(212), premium, [driver], bonus="3", owner=mother)])


def _daniel(drafts: Drafts) -> Client:
    """An English speaker; anybody may drive his car."""
    daniel = customer(11, named("Miller", "Daniel"), date(1986, 6, 5), 11, "daniel.miller", language="en")
    car = drafts.car("BMW X3", 2021, "X4X", "977")
    return Client(daniel, [drafts.osago(daniel, car, drafts.until(94), tariff("2910", "1.8", "1.17", "3.16", "1.6"))])


def _vera(drafts: Drafts) -> Client:
    """The number may have passed to somebody else."""
    name = named("Максимова", "Вера", "Антоновна")
    vera = customer(
        12, name, date(1976, 11, 28), 12, "vera.maksimova", sex=Sex.FEMALE, phone_status=PhoneStatus.CHANGED
    )
    driver = drafts.driver(vera.name, vera.birth_date, date(2001, 10, 10), vera.sex)
    car = drafts.car("Mazda CX-5", 2019, "RUM", "54")
    return Client(
        vera,
        [
            drafts.osago(
                vera, car, drafts.until(27), tariff("5130", "1.62", "0.57", "0.91", "1.4"), [driver], bonus="11"
            )
        ],
    )


def _roman(drafts: Drafts) -> Client:
    """A double surname, no patronymic, no e-mail."""
    roman = customer(13, named("Гусев-Ланской", "Роман"), date(1999, 1, 6), 13, None)
    driver = drafts.driver(roman.name, roman.birth_date, date(2018, 12, 4), roman.sex)
    car = drafts.car("Chery Tiggo 7 Pro", 2023, "LVV", "39")
    return Client(
        roman,
        [
            drafts.osago(
                roman, car, drafts.until(180), tariff("5560", "1.48", "0.83", "1.07", "1.4"), [driver], bonus="6"
            )
        ],
    )


def _svetlana(drafts: Drafts) -> Client:
    """An unconfirmed telephone; the car is used for some months of the year only."""
    name = named("Ильина", "Светлана", "Михайловна")
    svetlana = customer(
        14, name, date(1963, 8, 9), 14, "svetlana.ilina", sex=Sex.FEMALE, phone_status=PhoneStatus.UNCONFIRMED
    )
    driver = drafts.driver(svetlana.name, svetlana.birth_date, date(1991, 5, 20), svetlana.sex)
    car = drafts.car("Suzuki Vitara", 2016, "TSM", "10")
    start, end = drafts.until(40)
    used = [Period(start=start, end=drafts.day(-250)), Period(start=drafts.day(-90), end=end)]
    policy = drafts.osago(
        svetlana,
        car,
        (start, end),
        tariff("4980", "1.22", "0.46", "0.83", "1.2", "0.8"),
        [driver],
        bonus="13",
        periods=used,
    )
    return Client(svetlana, [policy])


def _gleb(drafts: Drafts) -> Client:
    """Ends in thirty days; anybody may drive."""
    gleb = customer(15, named("Фомин", "Глеб", "Романович"), date(1991, 2, 12), 15, "fomin.gleb")
    car = drafts.car("Geely Monjaro", 2022, "LB3", "193")
    return Client(gleb, [drafts.osago(gleb, car, drafts.until(30), tariff("2850", "1.8", "1.17", "3.16", "1.6"))])
