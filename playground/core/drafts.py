"""Believable numbers and contracts for the portfolio. Dates are given in days from the day the world began."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from playground.core.resources import (
    Compensation,
    Coverage,
    Customer,
    Driver,
    InsuredObject,
    Money,
    Name,
    Named,
    Payment,
    Period,
    PhoneStatus,
    Policy,
    Premium,
    Product,
    Sex,
    Status,
)
from playground.core.tariff import UNLIMITED_CLASS
from playground.seed import phone

PLATE_LETTERS = "АВЕКМНОРСТУХ"
VIN_SIGNS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"


def rub(amount: str | Decimal) -> Money:
    """Roubles, rounded once, half up, to the kopeck."""
    return Money(amount=str(Decimal(amount).quantize(Decimal("0.01"), ROUND_HALF_UP)))


def tariff(base: str, *coefficients: str) -> Decimal:
    """An OSAGO premium: base rate × KT × KBM × KVS × KO × KM × KS, as far as they differ from 1."""
    premium = Decimal(base)
    for coefficient in coefficients:
        premium *= Decimal(coefficient)
    return premium


def cover(code: str, name: str, limit: str, deductible: str | None = None) -> Coverage:
    """One risk of a contract; sums in roubles."""
    return Coverage(code=code, name=name, limit=rub(limit), deductible=rub(deductible) if deductible else None)


def year_later(start: date) -> date:
    """The last day of a term of one year; a term that starts on 29 February ends on 28 February."""
    day = 28 if (start.month, start.day) == (2, 29) else start.day
    return start.replace(year=start.year + 1, day=day) - timedelta(days=1 if day == start.day else 0)


def year_before(end: date) -> date:
    """The first day of the one-year term that ends on `end`."""
    first = end + timedelta(days=1)
    day = 28 if (first.month, first.day) == (2, 29) else first.day
    return first.replace(year=first.year - 1, day=day)


def customer(
    number: int,
    name: Name,
    born: date,
    telephone: int,
    email: str | None,
    *,
    sex: Sex = Sex.MALE,
    phone_status: PhoneStatus = PhoneStatus.CONFIRMED,
    language: str = "ru",
) -> Customer:
    """The person of Telegram with that short number of the telephone (`playground.seed.phone`), as the insurer knows them."""
    return Customer(
        customer_id=f"cus-{number:04}",
        name=name,
        sex=sex,
        birth_date=born,
        phone=phone(telephone),
        phone_status=phone_status,
        email=f"{email}@pochta.example" if email else None,
        language=language,
    )


def named(last: str, first: str, middle: str | None = None) -> Name:
    """A name of three parts, or of two."""
    return Name(last=last, first=first, middle=middle)


@dataclass(slots=True)
class Drafts:
    """Makes contracts around `today`; the same seed draws the same numbers."""

    today: date
    dice: Random
    _policies: int = field(default=0)

    def day(self, offset: int) -> date:
        """A date `offset` days from today."""
        return self.today + timedelta(days=offset)

    def until(self, offset: int) -> tuple[date, date]:
        """A term of one year whose last day is `offset` days from today."""
        return year_before(self.day(offset)), self.day(offset)

    def since(self, offset: int) -> tuple[date, date]:
        """A term of one year whose first day is `offset` days from today."""
        return self.day(offset), year_later(self.day(offset))

    def digits(self, count: int) -> str:
        """That many digits, not beginning with a zero."""
        return str(self.dice.randrange(10 ** (count - 1), 10**count))

    def car(self, name: str, year: int, maker: str, region: str) -> InsuredObject:
        """A car of `maker` (the first three signs of the VIN) registered in `region`."""
        first, second, third = self.dice.choices(PLATE_LETTERS, k=3)
        return InsuredObject(
            type="vehicle",
            identification=f"{name}, {year}",
            plate=f"{first}{self.dice.randrange(1, 1000):03}{second}{third}{region}",
            vin=maker + "".join(self.dice.choices(VIN_SIGNS, k=7)) + self.digits(7),
            year=year,
        )

    def driver(
        self, name: Name, born: date, licensed: date, sex: Sex | None = None, until: date | None = None
    ) -> Driver:
        """A driver whose licence was (re)issued in the form used since 2011: ten digits; `until`: its last day, if it is known."""
        licence = f"99{self.digits(8)}"
        return Driver(
            name=name, birth_date=born, sex=sex, licence=licence, licensed_since=licensed, licence_until=until
        )

    def osago(
        self,
        customer: Customer,
        car: InsuredObject,
        term: tuple[date, date],
        premium: Decimal,
        drivers: Sequence[Driver] = (),
        *,
        bonus: str = UNLIMITED_CLASS,
        periods: Iterable[Period] = (),
        paid: bool = True,
        owner: Name | None = None,
    ) -> Policy:
        """An electronic OSAGO; no drivers means that anybody may drive, no periods that the car is used all the year.

        `bonus` is the class of KBM in the premium.
        """
        return self.policy(
            customer,
            Product.OSAGO,
            f"0{self.digits(9)}",
            term,
            [Payment(maturity_date=min(self.today, term[0]), amount=rub(premium), paid=paid)],
            car,
            [
                Coverage(code="property", name="Вред имуществу", limit=rub("400000")),
                Coverage(code="health", name="Вред жизни и здоровью", limit=rub("500000")),
            ],
            series="ХХХ",
            drivers=list(drivers),
            unlimited_drivers=not drivers,
            usage_periods=list(periods) or [Period(start=term[0], end=term[1])],
            bonus_class=bonus,
            owner=Named(name=owner or customer.name),
        )

    def kasko(
        self,
        customer: Customer,
        car: InsuredObject,
        term: tuple[date, date],
        payments: list[Payment],
        coverages: list[Coverage],
        driver: Driver,
        compensation: Compensation,
        rules_edition: str = "2025",
    ) -> Policy:
        """A KASKO on a paper form, for one driver."""
        return self.policy(
            customer,
            Product.KASKO,
            f"К-{self.digits(7)}",
            term,
            payments,
            car,
            coverages,
            form_number=f"ТГ {self.digits(6)}",
            drivers=[driver],
            compensation=compensation,
            rules_edition=rules_edition,
        )

    def policy(
        self,
        customer: Customer,
        product: Product,
        number: str,
        term: tuple[date, date],
        payments: list[Payment],
        thing: InsuredObject,
        coverages: list[Coverage],
        *,
        series: str | None = None,
        form_number: str | None = None,
        drivers: list[Driver] | None = None,
        unlimited_drivers: bool = False,
        usage_periods: list[Period] | None = None,
        bonus_class: str | None = None,
        owner: Named | None = None,
        compensation: Compensation | None = None,
        rules_edition: str | None = None,
    ) -> Policy:
        """A contract of any kind; its status follows from the term and the payments."""
        self._policies += 1
        total = sum((Decimal(payment.amount.amount) for payment in payments), Decimal(0))
        draft = Policy(
            policy_id=f"pol-{self._policies:04}",
            customer_id=customer.customer_id,
            product=product,
            series=series,
            number=number,
            form_number=form_number,
            status=Status.ISSUED,
            issuance_date=self._signed(term[0]),
            term_start_date=term[0],
            term_end_date=term[1],
            premium=Premium(amount=rub(total), paid=all(payment.paid for payment in payments), payments=payments),
            insured_objects=[thing],
            coverages=coverages,
            drivers=drivers or [],
            unlimited_drivers=unlimited_drivers,
            usage_periods=usage_periods or [],
            bonus_class=bonus_class,
            compensation=compensation,
            rules_edition=rules_edition,
            insured=Named(name=customer.name),
            owner=owner,
        )
        return draft.model_copy(update={"status": draft.status_on(self.today)})

    def instalments(self, start: date, amount: str, count: int) -> list[Payment]:
        """Equal instalments over a year; those whose day has come are paid."""
        step = 365 // count
        days = [start + timedelta(days=step * turn) for turn in range(count)]
        return [Payment(maturity_date=day, amount=rub(amount), paid=day <= self.today) for day in days]

    def _signed(self, start: date) -> date:
        """Contracts are made some days before they begin, but never in the future."""
        return min(self.today, start - timedelta(days=self.dice.randrange(4, 12)))
