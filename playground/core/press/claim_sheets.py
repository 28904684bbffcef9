"""Papers of a claim: what was told, what was seen, where it is repaired, why it is refused, how it went."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from playground.core.claims import Claim, ClaimEvent, ClaimRequest, ClaimState, Place, RepairForm
from playground.core.papers import PRODUCT_NAMES
from playground.core.press.sheet import Sheet
from playground.core.press.words import COMPENSATION, INSURER, day, moment, money, plate, telephone
from playground.core.resources import DocumentKind, Policy, Product

EVENTS = {
    ClaimEvent.GUILTY: "ДТП, виновник — страхователь",
    ClaimEvent.INJURED: "ДТП, страхователь — потерпевший",
    ClaimEvent.DAMAGE: "Повреждение",
    ClaimEvent.THEFT: "Угон, хищение",
    ClaimEvent.TOTAL: "Полная гибель",
    ClaimEvent.GLASS: "Повреждение стекла",
    ClaimEvent.EVENT: "Страховое событие",
}
STATES = {
    ClaimState.RECEIVED: "Принято",
    ClaimState.REVIEW: "На рассмотрении",
    ClaimState.CLARIFICATION: "Требуется уточнение",
    ClaimState.INSPECTION: "Назначен осмотр",
    ClaimState.REPAIR: "Направление на ремонт",
    ClaimState.PAYOUT: "Выплата",
    ClaimState.CLOSED: "Завершено",
    ClaimState.REFUSED: "Отказ",
}
REGISTRATION = {"police": "с участием полиции", "europrotocol": "европротокол", "none": "без оформления"}
FORMS = {
    RepairForm.DEALER: "станция официального дилера",
    RepairForm.CONTRACTED: "станция по договору со страховщиком",
    RepairForm.OWN: "станция по выбору клиента",
}


def claim_sheet(
    kind: DocumentKind, claim: Claim, notice: ClaimRequest, policy: Policy, of: date, now: datetime
) -> Sheet:
    """The paper of that kind, dated `of`."""
    title, below = {
        DocumentKind.CLAIM_APPLICATION: ("Заявление о страховом случае", "Со слов заявителя."),
        DocumentKind.INSPECTION_ACT: ("Акт осмотра", "Осмотр застрахованного имущества."),
        DocumentKind.REPAIR_DIRECTION: ("Направление на ремонт", "Покажите его на станции, на бумаге или с экрана."),
        DocumentKind.REFUSAL: ("Отказ в выплате", "Решение по страховому случаю."),
        DocumentKind.CLAIM_HISTORY: ("История страхового случая", "Что и когда было сделано."),
    }[kind]
    sheet = Sheet(f"{title} {claim.claim_number}", now)
    if kind is DocumentKind.REPAIR_DIRECTION and claim.direction:
        station = claim.direction.station
        sheet.qr(f"geo:{station.latitude:.5f},{station.longitude:.5f}", "станция на карте")
    sheet.heading(title, f"{below} От {day(of)}.", f"дело {claim.claim_number}")
    _contract(sheet, claim, policy)
    match kind:
        case DocumentKind.CLAIM_APPLICATION:
            _application(sheet, claim, notice)
        case DocumentKind.INSPECTION_ACT:
            _inspection(sheet, claim, notice)
        case DocumentKind.REPAIR_DIRECTION:
            _direction(sheet, claim, policy)
        case DocumentKind.REFUSAL:
            _refusal(sheet, claim)
        case DocumentKind.CLAIM_HISTORY:
            _history(sheet, claim)
    return sheet


def _contract(sheet: Sheet, claim: Claim, policy: Policy) -> None:
    sheet.section("Договор и событие")
    things = ", ".join(thing.identification for thing in policy.insured_objects)
    sheet.tiles([("Полис", f"{PRODUCT_NAMES[policy.product]} {policy.full_number}"), ("Объект", things)])
    sheet.tiles(
        [("Страхователь", str(policy.insured.name)), ("Событие", f"{EVENTS[claim.event]}, {day(claim.happened_on)}")]
    )
    for thing in policy.insured_objects:
        if thing.type == "vehicle":
            sheet.tiles([("Государственный номер", plate(thing.plate)), ("VIN", thing.vin or "отсутствует")])


def _application(sheet: Sheet, claim: Claim, notice: ClaimRequest) -> None:
    sheet.section("Что произошло")
    at = f"{day(notice.happened_on)}{f' в {notice.happened_at}' if notice.happened_at else ''}"
    sheet.tiles([("Когда", at), ("Где", _where(notice.place))], [1, 3])
    sheet.prose(notice.story or "Заявитель ничего не добавил.")
    hurt = {True: "есть", False: "нет", None: "не указано"}[notice.injured]
    sheet.tiles([("Оформление", REGISTRATION[notice.registration]), ("Пострадавшие", hurt)])
    if notice.europrotocol:
        _europrotocol(sheet, notice)
    if notice.participants:
        sheet.section("Другие участники")
        rows = [(it.plate or "—", it.insurer or "—", it.policy_number or "—") for it in notice.participants]
        sheet.grid(("Номер машины", "Страховщик", "Полис"), rows, (1, 2, 1.4))
    sheet.section("Заявитель и возмещение")
    sheet.tiles(
        [
            ("Телефон для связи", telephone(notice.contact_phone)),
            ("Возмещение", COMPENSATION[notice.compensation] if notice.compensation else "по договору"),
        ]
    )
    if notice.files:
        sheet.section("Приложенные файлы")
        rows = [(str(turn), it.name, f"{it.sha256[:32]} {it.sha256[32:]}") for turn, it in enumerate(notice.files, 1)]
        sheet.grid(("№", "Файл", "SHA-256"), rows, (0.25, 1.5, 2.6))
    sheet.note(f"Принято {moment(claim.registered_at)} по Москве под номером {claim.claim_number}.")


def _europrotocol(sheet: Sheet, notice: ClaimRequest) -> None:
    if told := notice.europrotocol:
        sheet.tiles(
            [
                ("Разногласия участников", "есть" if told.dispute else "нет"),
                ("Фотофиксация", "есть" if told.fixation else "нет"),
                ("Лимит", money(told.limit)),
            ]
        )


def _inspection(sheet: Sheet, claim: Claim, notice: ClaimRequest) -> None:
    if claim.inspection is None:
        return
    sheet.section("Осмотр")
    sheet.tiles([("Когда", f"{moment(claim.inspection.at)} по Москве"), ("Где", claim.inspection.address)], [1.4, 2])
    sheet.prose("Осмотр проведён в присутствии заявителя. Повреждения сличены с его рассказом:")
    sheet.prose(notice.story or "—")
    sheet.prose(
        "Видимые повреждения относятся к заявленному событию, если иное не сказано в решении по делу. Скрытые повреждения "
        "устанавливаются при разборке; о них составляется дополнительный акт."
    )


def _direction(sheet: Sheet, claim: Claim, policy: Policy) -> None:
    if claim.direction is None:
        return
    station = claim.direction.station
    sheet.section("Станция")
    sheet.tiles([("Название", station.name), ("Телефон", telephone(station.phone))], [2, 1])
    sheet.tiles(
        [("Адрес", station.address), ("Координаты", f"{station.latitude:.4f}, {station.longitude:.4f}")], [2, 1]
    )
    sheet.tiles([("Какая станция", FORMS[claim.direction.form])])
    sheet.section("Условия")
    sheet.prose("Станция ремонтирует повреждения, указанные в акте осмотра, и согласует с нами скрытые.")
    owed = [it.deductible for it in policy.coverages if it.code == "damage" and it.deductible]
    if owed:
        sheet.prose(f"Франшизу {money(owed[0])} вы оплачиваете станции сами.")
    if claim.product is Product.OSAGO:
        sheet.note(
            "Срок ремонта — не больше 30 рабочих дней со дня передачи машины станции (40-ФЗ, статья 12, пункт 15.2)."
        )


def _refusal(sheet: Sheet, claim: Claim) -> None:
    if claim.refusal is None:
        return
    sheet.section("Решение")
    sheet.prose(f"{INSURER} рассмотрело случай {claim.claim_number} и отказывает в выплате.")
    sheet.tiles([("Причина", claim.refusal.reason)])
    sheet.tiles([("Основание", claim.refusal.clause or "условия договора")])
    sheet.section("Если вы не согласны")
    sheet.prose(
        "Направьте нам письменную претензию. Если ответ не устроит, обратитесь к финансовому уполномоченному (123-ФЗ): "
        "для гражданина это бесплатно. После его решения можно идти в суд."
    )


def _history(sheet: Sheet, claim: Claim) -> None:
    sheet.section("Ход дела")
    rows = [(moment(it.at), STATES[it.status], it.comment or "") for it in claim.history]
    sheet.grid(("Когда, по Москве", "Состояние", "Пояснение"), rows, (1.2, 1.4, 2.6))
    if claim.payout and Decimal(claim.payout.amount.amount):
        paid = f"перечислено {day(claim.payout.paid_on)}" if claim.payout.paid_on else "ещё не перечислено"
        sheet.tiles([("Выплата", money(claim.payout.amount)), ("Состояние", paid)])
    if claim.direction:
        sheet.tiles([("Ремонт", f"{claim.direction.station.name}, {claim.direction.station.address}")])
    sheet.note("Справка выдана для предъявления по месту требования.")


def _where(place: Place) -> str:
    point = "" if place.latitude is None else f"{place.latitude:.5f}, {place.longitude:.5f}"
    return " · ".join(filter(None, (place.words, point))) or "не указано"
