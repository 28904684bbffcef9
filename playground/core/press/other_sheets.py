"""Papers around a policy: invoice, receipt, certificate, rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from playground.core.drafts import rub
from playground.core.papers import PRODUCT_NAMES
from playground.core.press.rules import RULES
from playground.core.press.sheet import Sheet
from playground.core.press.words import INSURER, day, money
from playground.core.resources import Money, Payment, Policy


def invoice_sheet(policy: Policy, now: datetime) -> Sheet:
    """What is still to be paid, and when."""
    owed = [payment for payment in policy.premium.payments if not payment.paid]
    sheet = _about(policy, now, "Счёт на оплату", "Страховая премия. НДС не облагается.")
    sheet.section("К оплате")
    _payments(sheet, owed)
    sheet.tiles([("Итого к оплате", money(_total(owed))), ("Получатель", INSURER)])
    sheet.note("Оплатить счёт можно в личном кабинете. Демонстрационный счёт: настоящих реквизитов в нём нет.")
    return sheet


def receipt_sheet(policy: Policy, now: datetime) -> Sheet:
    """What was paid."""
    paid = [payment for payment in policy.premium.payments if payment.paid]
    sheet = _about(policy, now, "Квитанция об оплате", "Подтверждает получение страховой премии.")
    sheet.section("Получено")
    _payments(sheet, paid)
    sheet.tiles([("Итого получено", money(_total(paid))), ("Плательщик", str(policy.insured.name))])
    return sheet


def certificate_sheet(policies: Sequence[Policy], now: datetime) -> Sheet:
    """All contracts of one customer."""
    name = str(policies[0].insured.name)
    sheet = Sheet("Справка о договорах страхования", now)
    sheet.heading("Справка о договорах страхования", "Действующие, будущие и закончившиеся договоры.", name)
    sheet.prose(f"{INSURER} сообщает, что со страхователем ({name}) заключены следующие договоры страхования.")
    rows = [
        (
            PRODUCT_NAMES[policy.product],
            policy.full_number,
            f"{day(policy.term_start_date)} – {day(policy.term_end_date)}",
            money(policy.premium.amount),
        )
        for policy in policies
    ]
    sheet.section("Договоры")
    sheet.grid(("Вид страхования", "Номер", "Срок", "Премия"), rows, (2.4, 1.6, 2, 1.3), right="3")
    sheet.note("Справка выдана для предъявления по месту требования.")
    return sheet


def rules_sheet(policy: Policy, now: datetime) -> Sheet:
    """The rules that go with the policy's product, shortened for a demonstration."""
    product = PRODUCT_NAMES[policy.product]
    sheet = Sheet(f"Правила страхования: {product}", now)
    sheet.heading("Правила страхования", "Сокращённая демонстрационная редакция.", product)
    for heading, paragraphs in RULES[policy.product]:
        sheet.section(heading)
        for paragraph in paragraphs:
            sheet.prose(paragraph)
    return sheet


def _about(policy: Policy, now: datetime, title: str, below: str) -> Sheet:
    sheet = Sheet(f"{title} {policy.full_number}", now)
    sheet.heading(title, below, f"к полису {policy.full_number}")
    sheet.section("Договор")
    things = ", ".join(thing.identification for thing in policy.insured_objects)
    sheet.tiles([("Вид страхования", PRODUCT_NAMES[policy.product]), ("Объект", things)])
    sheet.tiles(
        [
            ("Страхователь", str(policy.insured.name)),
            ("Срок", f"{day(policy.term_start_date)} – {day(policy.term_end_date)}"),
        ]
    )
    return sheet


def _payments(sheet: Sheet, payments: Sequence[Payment]) -> None:
    rows = [(str(turn), day(it.maturity_date), money(it.amount)) for turn, it in enumerate(payments, 1)]
    sheet.grid(("№", "Срок платежа", "Сумма"), rows, (0.35, 2, 2), right="2")


def _total(payments: Sequence[Payment]) -> Money:
    return rub(sum((Decimal(payment.amount.amount) for payment in payments), Decimal(0)))
