"""The policy itself, of any product: OSAGO as the rules want it (837-П 2.2), the others in the same hand."""

from __future__ import annotations

from datetime import datetime

from playground.core.press.sheet import Sheet
from playground.core.press.words import COMPENSATION, INSURER, day, licence, money, period, plate, term
from playground.core.resources import InsuredObject, Policy, Product

TITLES = {
    Product.OSAGO: (
        "Страховой полис ОСАГО",
        "Обязательное страхование гражданской ответственности владельцев\nтранспортных средств. Электронный полис.",
    ),
    Product.KASKO: ("Страховой полис КАСКО", "Добровольное страхование транспортного средства."),
    Product.DMS: ("Полис ДМС", "Добровольное медицинское страхование."),
    Product.PROPERTY: ("Полис страхования имущества", "Страхование квартиры и ответственности перед соседями."),
    Product.TRAVEL: ("Полис путешественника", "Страхование выезжающих в поездку."),
    Product.LIFE: ("Полис страхования жизни", "Накопительное страхование жизни."),
    Product.ACCIDENT: ("Полис от несчастных случаев", "Добровольное страхование от несчастных случаев."),
}


def policy_sheet(policy: Policy, now: datetime) -> Sheet:
    """One page but for the seal of the signature."""
    title, below = TITLES[policy.product]
    sheet = Sheet(f"{title} {policy.full_number}", now)
    sheet.qr(qr_text(policy))
    sheet.heading(title, below, f"{policy.series} № {policy.number}" if policy.series else f"№ {policy.number}")
    _term(sheet, policy)
    _people(sheet, policy)
    for thing in policy.insured_objects:
        _thing(sheet, thing)
    if policy.product in (Product.OSAGO, Product.KASKO):
        _drivers(sheet, policy)
    _coverages(sheet, policy)
    if policy.compensation:
        sheet.tiles(
            [
                ("Возмещение ущерба", COMPENSATION[policy.compensation]),
                ("Правила", f"редакция {policy.rules_edition or '—'} года"),
            ]
        )
    _premium(sheet, policy)
    return sheet


def qr_text(policy: Policy) -> str:
    """What the QR code says: insurer, number, day of issue, term and periods of use, vehicle. One fact a line."""
    lines = [
        f"{INSURER} ДЕМО",
        policy.full_number,
        f"от {day(policy.issuance_date)}",
        f"{day(policy.term_start_date)}-{day(policy.term_end_date)}",
        *(f"исп. {day(used.start)}-{day(used.end)}" for used in policy.usage_periods),
    ]
    for thing in policy.insured_objects:
        lines += filter(None, (thing.identification, thing.vin, thing.plate))
    return "\n".join(lines)


def _term(sheet: Sheet, policy: Policy) -> None:
    facts = [("Срок страхования", term(policy)), ("Дата выдачи", day(policy.issuance_date))]
    if policy.form_number:
        facts.append(("Бланк", policy.form_number))
    sheet.tiles(facts, [3, *[1.1] * (len(facts) - 1)])
    if policy.usage_periods:
        used = "; ".join(map(period, policy.usage_periods))
        sheet.tiles([("Период использования транспортного средства", used)])


def _people(sheet: Sheet, policy: Policy) -> None:
    sheet.section("Страхователь и собственник" if policy.owner else "Страхователь")
    name = str(policy.insured.name)
    if policy.owner:
        sheet.tiles([("Страхователь", name), ("Собственник", str(policy.owner.name))])
    else:
        sheet.tiles([("Фамилия, имя, отчество", name)])


def _thing(sheet: Sheet, thing: InsuredObject) -> None:
    if thing.type == "vehicle":
        sheet.section("Транспортное средство")
        model, _, _ = thing.identification.rpartition(", ")
        sheet.tiles(
            [
                ("Марка, модель", model or thing.identification),
                ("Год выпуска", str(thing.year or "—")),
                ("Государственный номер", plate(thing.plate)),
                ("VIN", thing.vin or "отсутствует"),
            ],
            [2.1, 1, 1.6, 2.1],
        )
        return
    heading = {"property": "Застрахованное имущество", "person": "Застрахованный", "trip": "Поездка"}[thing.type]
    sheet.section(heading)
    facts = [(heading if thing.type != "property" else "Объект", thing.identification)]
    if thing.address:
        facts.append(("Адрес", thing.address))
    sheet.tiles(facts, [1.2, 2][: len(facts)])


def _drivers(sheet: Sheet, policy: Policy) -> None:
    sheet.section("Лица, допущенные к управлению")
    if policy.unlimited_drivers or not policy.drivers:
        sheet.tiles([("Кто может управлять", "Без ограничений: любой водитель с действующим удостоверением")])
        return
    rows = [
        (str(turn), str(driver.name), day(driver.birth_date), licence(driver.licence), day(driver.licensed_since))
        for turn, driver in enumerate(policy.drivers, 1)
    ]
    head = ("№", "Фамилия, имя, отчество", "Дата рождения", "Водительское удостоверение", "Стаж с")
    sheet.grid(head, rows, (0.35, 3.2, 1.2, 1.9, 1.1))


def _coverages(sheet: Sheet, policy: Policy) -> None:
    sheet.section(
        "Страховые суммы" if policy.product is not Product.OSAGO else "Страховые суммы на каждого потерпевшего"
    )
    if any(coverage.deductible for coverage in policy.coverages):
        rows = [(it.name, money(it.limit), money(it.deductible)) for it in policy.coverages]
        sheet.grid(("Риск", "Страховая сумма", "Франшиза"), rows, (3, 1.5, 1.2), right="12")
        return
    sheet.grid(
        ("Риск", "Страховая сумма"), [(it.name, money(it.limit)) for it in policy.coverages], (3, 1.5), right="1"
    )


def _premium(sheet: Sheet, policy: Policy) -> None:
    sheet.section("Страховая премия")
    payments = policy.premium.payments
    state = "оплачена" if policy.premium.paid else "оплачивается в рассрочку"
    if not any(payment.paid for payment in payments):
        state = "не оплачена"
    sheet.tiles([("Всего по договору", money(policy.premium.amount)), ("Состояние на день печати", state)])
    if len(payments) > 1:
        rows = [
            (str(turn), day(payment.maturity_date), money(payment.amount), "оплачен" if payment.paid else "предстоит")
            for turn, payment in enumerate(payments, 1)
        ]
        sheet.grid(("№", "Срок платежа", "Сумма", "Состояние"), rows, (0.35, 1.5, 1.5, 1.5), right="2")
