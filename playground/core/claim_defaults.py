"""What an employee who is in a hurry would enter: places, sums and reasons a client could believe. All of it is invented."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal

from playground.core.claims import ClaimEvent, Deductible, Inspection, Refusal, RepairForm, Required, Station
from playground.core.drafts import rub
from playground.core.register import MOSCOW
from playground.core.resources import Coverage, Money, Policy, Product

LOSS = Decimal(60_000)
"""Roubles; what the damage of a claim costs unless somebody says otherwise."""
OWN_PART = timedelta(days=14)
"""How long the client has for the own part of a repair."""
INSPECTION_PLACE = "Москва, ул. Причальная, 12, въезд со двора"
STATIONS = {
    RepairForm.DEALER: Station(
        name="Автоцентр «Маяк», официальный дилер",
        address="Москва, Якорный проезд, 9",
        phone="+79070000921",
        latitude=55.8117,
        longitude=37.4642,
    ),
    RepairForm.CONTRACTED: Station(
        name="Кузовной цех «Причал»",
        address="Москва, ул. Причальная, 40, стр. 2",
        phone="+79070000922",
        latitude=55.7574,
        longitude=37.5391,
    ),
    RepairForm.OWN: Station(
        name="Автосервис «Тихий ход»",
        address="Москва, наб. Парусная, 3",
        phone="+79070000923",
        latitude=55.6892,
        longitude=37.6510,
    ),
}
_AWAITED = {
    Product.OSAGO: (
        Required(code="notice-back", title="Извещение о ДТП, оборотная сторона"),
        Required(code="sts-front", title="Свидетельство о регистрации (СТС), лицевая сторона"),
    ),
    Product.KASKO: (
        Required(code="damage-close", title="Повреждение крупным планом"),
        Required(code="licence-front", title="Водительское удостоверение, лицевая сторона"),
    ),
    Product.PROPERTY: (
        Required(code="flood-act", title="Акт управляющей компании о заливе"),
        Required(code="ownership", title="Документ о праве собственности"),
    ),
}
_AWAITED_ELSEWHERE = (
    Required(code="medical-paper", title="Справка врача или выписка"),
    Required(code="bill", title="Чеки и договор с клиникой"),
)
_CLAUSES = {
    Product.OSAGO: Refusal(
        reason="Машину отремонтировали до осмотра, и установить размер ущерба уже нельзя.",
        clause="40-ФЗ, статья 12, пункт 20",
    ),
    Product.KASKO: Refusal(
        reason="Повреждения появились от естественного износа: такие договор не покрывает.",
        clause="Правила страхования КАСКО, пункт 5.1",
    ),
    Product.PROPERTY: Refusal(
        reason="Вред причинён перепланировкой, на которую не было разрешения.",
        clause="Правила страхования имущества, пункт 3.1",
    ),
}
_REFUSAL = Refusal(reason="Событие не относится к рискам, указанным в полисе.", clause=None)


def awaited(product: Product) -> list[Required]:
    """Two documents such a claim often lacks."""
    return list(_AWAITED.get(product, _AWAITED_ELSEWHERE))


def appointment(now: datetime) -> Inspection:
    """Eleven o'clock in Moscow on the second day from now, never at a weekend."""
    day = now.astimezone(MOSCOW).date() + timedelta(days=2)
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    return Inspection(at=datetime.combine(day, time(11), MOSCOW), address=INSPECTION_PLACE)


def refusal(product: Product) -> Refusal:
    """Why such claims are refused."""
    return _CLAUSES.get(product, _REFUSAL)


def own_part(policy: Policy, event: ClaimEvent, now: datetime) -> Deductible | None:
    """What the client pays of a repair when the contract has a deductible, within `OWN_PART` from the direction."""
    cover = _cover(policy, event)
    if policy.product is not Product.KASKO or cover is None or cover.deductible is None:
        return None
    return Deductible(amount=cover.deductible, due=now.astimezone(MOSCOW).date() + OWN_PART, paid=False)


def _cover(policy: Policy, event: ClaimEvent) -> Coverage | None:
    code = "theft" if event is ClaimEvent.THEFT else "damage"
    return next((it for it in policy.coverages if it.code == code), policy.coverages[0] if policy.coverages else None)


def sum_due(policy: Policy, event: ClaimEvent) -> Money:
    """The limit after theft or total loss, else an ordinary loss; less the deductible, never more than the limit."""
    cover = _cover(policy, event)
    limit = Decimal(cover.limit.amount) if cover and cover.limit else LOSS
    deductible = Decimal(cover.deductible.amount) if cover and cover.deductible else Decimal(0)
    loss = limit if event in (ClaimEvent.THEFT, ClaimEvent.TOTAL) else min(LOSS, limit)
    return rub(max(Decimal(0), loss - deductible))
