"""How values look to a person: money, dates, times, and personal data masked (rules 9 and 13)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import phonenumbers

from services.clock import MOSCOW
from services.model import Name

NBSP = "\N{NO-BREAK SPACE}"


def money(amount: Decimal) -> str:
    """`12 345,67 ₽`; whole roubles without kopecks."""
    sign = "−" if amount < 0 else ""
    whole, _, cents = f"{abs(amount):.2f}".partition(".")
    groups = f"{int(whole):,}".replace(",", NBSP)
    return f"{sign}{groups}{'' if cents == '00' else ',' + cents}{NBSP}₽"


def day(value: date) -> str:
    """`21.11.2026`."""
    return f"{value.day:02}.{value.month:02}.{value.year}"


def moment(value: datetime) -> str:
    """`21.11.2026 14:05`, Moscow time."""
    return f"{value.astimezone(MOSCOW):%d.%m.%Y %H:%M}"


def clock(value: datetime) -> str:
    """`14:05`, Moscow time."""
    return f"{value.astimezone(MOSCOW):%H:%M}"


def soon(value: datetime, now: datetime) -> str:
    """`14:05` of today, `22.11.2026 14:05` of any other day, Moscow time."""
    today = value.astimezone(MOSCOW).date() == now.astimezone(MOSCOW).date()
    return clock(value) if today else moment(value)


def phone(value: str) -> str:
    """`+7 903 123-45-67`: the spelling Telegram makes a link of."""
    number = phonenumbers.parse(value)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def masked_phone(value: str) -> str:
    """`+7 903 ***-**-12`: country, operator and the last two digits."""
    if value.startswith("+7") and len(value) == 12:
        return f"+7 {value[2:5]} ***-**-{value[-2:]}"
    return f"{value[:2]}{'*' * max(0, len(value) - 4)}{value[-2:]}"


def masked_email(value: str) -> str:
    """`i***@mail.ru`."""
    box, _, host = value.partition("@")
    return f"{box[:1]}***@{host}"


def masked_plate(value: str) -> str:
    """`А123**777`: every letter but the first is hidden."""
    letters = [position for position, char in enumerate(value) if char.isalpha()]
    hidden = set(letters[1:])
    return "".join("*" if position in hidden else char for position, char in enumerate(value))


def masked_vin(value: str) -> str:
    """The maker's three characters and the last four."""
    return f"{value[:3]}{'*' * max(0, len(value) - 7)}{value[-4:]}" if len(value) > 7 else "*" * len(value)


def masked_name(name: Name) -> str:
    """`Ив***в И. И.`; a short surname keeps its first letter only."""
    last = f"{name.last[:2]}***{name.last[-1:]}" if len(name.last) > 3 else f"{name.last[:1]}***"
    return f"{last} {initials(name)}"


def initials(name: Name) -> str:
    """`И. И.`."""
    return " ".join(f"{part[0]}." for part in (name.first, name.middle) if part)


def masked_licence(value: str) -> str:
    """`45 ** ***456`."""
    return f"{value[:2]} ** ***{value[-3:]}"


def licence(value: str) -> str:
    """`99 12 345678`."""
    return f"{value[:2]} {value[2:4]} {value[4:]}"


def size(count: int) -> str:
    """`18 КБ`; the unit is chosen by the texts, so only the number is made here."""
    return f"{max(1, round(count / 1024))}"
