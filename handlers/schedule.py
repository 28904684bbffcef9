"""The money of a contract in words: the premium, its instalments, until when each is due, and what comes of being late (C2, F6)."""

from __future__ import annotations

from datetime import date

from handlers import format as show
from handlers.turn import Turn
from services.debts import Debt
from services.model import Instalment, Policy


def payments(turn: Turn, policy: Policy, debts: list[Debt]) -> str:
    """The premium, what of it is still to be paid and when, and what comes of being late."""
    t = turn.t
    premium = t("policy-premium", amount=show.money(policy.premium))
    if policy.paid:
        return t("policy-paid", premium=premium)
    if len(policy.payments) < 2:
        return (
            t("policy-unpaid", premium=premium)
            if debts or not policy.payments
            else t("policy-booking", premium=premium)
        )
    owed = {it.purpose.part for it in debts}
    lines = [
        t(
            "policy-instalment",
            state=paid_or_not(it, owed, turn.today),
            due=show.day(it.due),
            amount=show.money(it.amount),
        )
        for it in policy.payments
    ]
    first = f"{until_when(turn, debts[0])}" if debts else ""
    return "\n".join(part for part in (premium, t("policy-schedule"), *lines, first) if part)


def paid_or_not(it: Instalment, owed: set[int], today: date) -> str:
    """How an instalment stands: `booking` while our money is on its way to the insurer."""
    if it.paid or it.number not in owed:
        return "paid" if it.paid else "booking"
    return "overdue" if it.due < today else "due"


def until_when(turn: Turn, debt: Debt) -> str:
    """Until when a debt is to be paid, and what comes of being late."""
    t = turn.t
    if debt.until:
        return t("debt-until", until=show.moment(debt.until))
    due = t("debt-overdue" if debt.overdue else "debt-due", due=show.day(debt.due), days=debt.overdue)
    return f"{due} {late(turn, debt)}"


def late(turn: Turn, debt: Debt) -> str:
    """What becomes of the contract, or of the repair."""
    t = turn.t
    if debt.last_day and debt.ends_on:
        key = "debt-late" if not debt.overdue else "debt-grace" if turn.today <= debt.last_day else "debt-lapsed"
        return t(key, last=show.day(debt.last_day), ends=show.day(debt.ends_on))
    return t(f"debt-why-{debt.reason}")
