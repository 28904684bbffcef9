"""What the articles say in figures is what the rules of the code say: a rule that changes makes its article wrong, and this test red."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from playground.core import tariff
from services import kasko, login
from services.applications.values import UNPAID_LIFE
from services.claims import complaint, protocol
from services.deadlines.table import TABLE, Unit
from services.knowledge import knowledge
from services.payments.values import LINK_LIFE
from services.prolongation.rules import LEAST_MONTHS, MIN_LEAD_DAYS, OPENS_BEFORE

TODAY = date(2026, 11, 22)
TARIFF = Path(tariff.__file__).parent
UNITS = {
    Unit.HOURS: "час",
    Unit.WORKING: "рабочих|рабочего",
    Unit.CALENDAR: "календарных",
    Unit.NO_HOLIDAYS: "календарных дней без праздников|дней",
}
TERMS = [
    ("europrotocol-after", "osago", "send_accident_notice"), ("europrotocol-after", "osago", "no_repair_hold_europrotocol"),
    ("europrotocol-after", "osago", "show_vehicle_on_demand"), ("guilty", "osago", "no_repair_hold_europrotocol"),
    ("guilty", "osago", "show_vehicle_on_demand"), ("claim-deadlines", "osago", "file_claim"),
    ("claim-deadlines", "kasko", "report_damage"), ("claim-deadlines", "kasko", "report_theft"),
    ("claim-documents", "osago", "missing_docs_notice"), ("inspection", "osago", "inspection"),
    ("payout-terms", "osago", "decision"), ("payout-terms", "osago", "decision_own_station"), ("payout-terms", "osago", "repair"),
    ("payout-terms", "osago", "other_beneficiaries_life"), ("repair-or-money", "osago", "decision_own_station"),
    ("repair-or-money", "osago", "repair"), ("injured", "osago", "other_beneficiaries_life"),
    ("injured", "osago", "payout_life_after_window"), ("plate-later", "osago", "tell_plate_number"),
    ("plate-later", "osago", "insurer_reissues_with_plate"), ("add-driver", "osago", "pay_extra_premium"),
    ("remove-driver", "osago", "refund"), ("car-sold", "osago", "refund"), ("osago-refund", "osago", "refund"),
    ("osago-price", "osago", "premium_calculation_on_request"), ("kasko-theft", "kasko", "report_theft"),
    ("kasko-theft", "kasko", "report_theft_written"), ("kasko-theft", "kasko", "payout_theft"),
    ("kasko-report", "kasko", "report_damage"), ("kasko-report", "kasko", "payout_damage"),
    ("kasko-report", "kasko", "payout_one_element"), ("kasko-report", "kasko", "payout_theft"),
    ("kasko-total-loss", "kasko", "payout_total_loss"), ("kasko-without-certificates", "kasko", "payout_one_element"),
    ("kasko-instalments", "kasko", "instalment_grace"),
]  # fmt: skip


def said(slug: str) -> str:
    article = knowledge().article(slug, "ru")
    assert article is not None
    return f"{article.answer}\n{article.details}\n{article.here}"


def roubles(sum_: int | Decimal) -> str:
    return f"{int(sum_):,} ₽".replace(",", " ")


def plain(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


@pytest.mark.parametrize(("slug", "product", "event"), TERMS)
def test_a_term_is_that_of_the_table(slug: str, product: str, event: str) -> None:
    rule = TABLE.rule(product, event, TABLE.edition_on(product, TODAY))
    assert re.search(rf"\b{rule.amount}[- ](?:{UNITS[rule.unit]})", said(slug)), (rule.amount, rule.unit)


@pytest.mark.parametrize(
    ("slug", "event"),
    [
        ("kasko-theft", "payout_theft_with_inquiries"), ("kasko-report", "payout_damage_with_inquiries"),
        ("kasko-total-loss", "payout_total_loss_with_inquiries"), ("kasko-cancel", "cooling_off"),
    ],
)  # fmt: skip
def test_a_term_whose_unit_is_named_before(slug: str, event: str) -> None:
    rule = TABLE.rule("kasko", event, TABLE.edition_on("kasko", TODAY))
    assert re.search(rf"\b{rule.amount}\b", said(slug))


def test_the_limits_of_an_accident_without_the_police() -> None:
    text = said("europrotocol-limits")
    since, disputed = protocol.DISPUTED[0]
    assert f"Без фиксации и без спора — до {roubles(protocol.UNFIXED)}" in text
    assert f"с фиксацией — до {roubles(disputed)} (так с {since:%d.%m.%Y})" in text
    assert f"Без спора и с фиксацией — до {roubles(protocol.AGREED)}" in text


def test_a_dispute_with_an_insurer() -> None:
    text = said("claim-refused")
    assert f"{complaint.ELECTRONIC} рабочих дней" in text
    assert f"до {complaint.OTHERWISE} дней" in text
    text = said("ombudsman")
    assert roubles(complaint.MOST) in text
    assert f"{complaint.YEARS} лет, решение принимают за {complaint.DECIDES} рабочих дней" in text


def test_wear_and_total_loss_of_kasko() -> None:
    text = said("kasko-wear")
    for year in (1, 2, 3):
        assert f"{plain(kasko.wear(year, 12))} %" in text
    for year, month in ((1, 1), (1, 2), (1, 3), (2, 1), (3, 1)):
        assert f"{plain(kasko.wear(year, month) - kasko.wear(year, month - 1))} %" in text
    assert roubles(kasko.reduced_sum(Decimal(1_000_000), 2, 4)) in text
    hundred = Decimal(100)
    text = said("kasko-total-loss")
    assert f"больше {plain(kasko.total_loss_over('2025', hundred, hundred))} %" in text
    assert f"больше {plain(kasko.total_loss_over('2021', hundred, hundred))} %" in text


def test_deductible_and_certificates_of_kasko() -> None:
    paid = kasko.payout(Decimal(60_000), Decimal(10_000))
    assert f"страховщик оплатит {roubles(paid)}" in said("kasko-deductible")
    text = said("kasko-without-certificates")
    assert f"{kasko.TRUCK_SHARE} % страховой суммы и не больше {roubles(kasko.TRUCK_MOST)}" in text
    limit = kasko.without_certificates("2021", "element", Decimal(100)).limit
    assert limit is not None
    assert f"{plain(limit)} %" in text


def test_the_tariff() -> None:
    text = said("kbm")
    for bonus_class in ("M", *map(str, range(14))):
        shown = "М" if bonus_class == "M" else bonus_class
        assert f"{shown} — {plain(tariff.kbm(bonus_class))}" in text
    assert f"умножают на {plain(tariff.ko(unlimited=True))}" in said("unlimited-drivers")
    assert plain(tariff.kbm(tariff.UNLIMITED_CLASS)) in said("unlimited-drivers")
    ages = json.loads((TARIFF / "kvs.json").read_text(), parse_float=Decimal)["ages"]
    cells = {row["from"]: row["kvs"] for row in ages}
    text = said("young-driver")
    assert f"В 18–21 год без стажа он {plain(Decimal(cells[18][0]))}" in text
    assert f"в 40–49 лет со стажем от 15 лет — {plain(Decimal(cells[40][-1]))}" in text


def test_the_share_of_a_part_of_the_year() -> None:
    text = said("usage-periods")
    for row in json.loads((TARIFF / "ks.json").read_text(), parse_float=Decimal)["rows"]:
        share = plain(Decimal(row["ks"]))
        assert share == "1" or re.search(rf"\b{row['up_to_months']}(?: месяца)? — {share}\b", text), row


def test_the_rules_of_the_cabinet() -> None:
    assert f"{OPENS_BEFORE.days}-го дня" in said("renewal-window")
    assert f"{MIN_LEAD_DAYS} полных дня" in said("cover-gap")
    assert f"не меньше {LEAST_MONTHS} месяцев" in said("usage-periods")
    assert timedelta(hours=1) == LINK_LIFE
    assert "Ссылка живёт час" in said("link-expired")
    assert f"{int(UNPAID_LIFE.total_seconds() // 3600)} часа" in said("link-expired")
    text = said("code-missing")
    assert f"{login.CODE_LIFE.seconds // 60} минут" in text
    assert f"{login.RESEND_AFTER.seconds} секунд" in text
    assert f"не больше {login.PER_CHANNEL} кодов в день" in text
    assert login.TRIES == login.FACT_TRIES == 3
    assert "После трёх неверных попыток" in said("login-paused")
