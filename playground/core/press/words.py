"""How the insurer writes dates, money and names on paper."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from playground.core.register import MOSCOW
from playground.core.resources import Compensation, Money, Period, Policy

INSURER = "АО «СК „Тихая гавань“»"
DEMO = "ДЕМО · договором страхования не является"
COMPENSATION = {Compensation.REPAIR: "ремонт на станции", Compensation.MONEY: "деньги"}
_ASSETS = Path(__file__).parents[2] / "assets"
_SPACE = "\N{NO-BREAK SPACE}"


def file_path(name: str) -> Path:
    """A file of `playground/assets`."""
    return _ASSETS / name


def day(moment: date) -> str:
    """`21.11.2026`."""
    return moment.strftime("%d.%m.%Y")


def moment(at: datetime) -> str:
    """`21.11.2026 10:00`, as it is in Moscow."""
    return at.astimezone(MOSCOW).strftime("%d.%m.%Y %H:%M")


def telephone(number: str) -> str:
    """`+7 907 000-01-17`."""
    national = number[-10:]
    return f"{number[:-10]} {national[:3]} {national[3:6]}-{national[6:8]}-{national[8:]}"


def period(days: Period) -> str:
    """`21.11.2026 – 20.11.2027`."""
    return f"{day(days.start)} – {day(days.end)}"


def term(policy: Policy) -> str:
    """From which moment to which, as a policy says it."""
    return f"с 00:00 {day(policy.term_start_date)} по 24:00 {day(policy.term_end_date)}"


def money(value: Money | None) -> str:
    """`12 345,67 ₽`; a dash for none."""
    if value is None:
        return "—"
    whole, kopecks = value.amount.split(".")
    sign = "₽" if value.unit == "RUB" else value.unit
    return f"{int(whole):,}".replace(",", _SPACE) + f",{kopecks}{_SPACE}{sign}"


def licence(number: str) -> str:
    """`99 12 345678`."""
    return f"{number[:2]} {number[2:4]} {number[4:]}" if len(number) == 10 else number


def plate(number: str | None) -> str:
    """`А 123 ВС 777`; a dash where there is none yet."""
    return f"{number[0]} {number[1:4]} {number[4:6]} {number[6:]}" if number else "—"
