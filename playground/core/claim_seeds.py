"""What has happened before the first day: a claim in every state, told by telephone or in the office, so without a cabinet's number.

Moments follow from the day alone, so that the papers about them are the same after a reset.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from playground.core.adjusting import opened
from playground.core.claim_moves import Move, moved
from playground.core.claimants import MARINA, VIKTOR, YULIYA
from playground.core.claims import Claim, ClaimEvent, ClaimRequest, ClaimState, Participant, Place, RepairForm
from playground.core.register import MOSCOW, Register
from playground.core.resources import Policy, Product

_Way = Literal["police", "europrotocol", "none"]


@dataclass(frozen=True, slots=True)
class Story:
    """One claim: `days` ago it was told, a day after it had happened; then what was done, as (days ago, order).

    `answer_in`: in how many days, from the first of the world, the papers that were asked for have to come.
    """

    customer_id: str
    product: Product
    event: ClaimEvent
    days: int
    where: Place
    told: str
    deeds: tuple[tuple[int, Move], ...] = ()
    registration: _Way = "none"
    others: tuple[Participant, ...] = ()
    without_certificates: bool = False
    answer_in: int = 0


S = ClaimState
_REVIEWED = Move(status=S.REVIEW)


def _at(words: str, latitude: float | None = None, longitude: float | None = None) -> Place:
    return Place(words=words, latitude=latitude, longitude=longitude)


STORIES = (
    Story(
        MARINA,
        Product.KASKO,
        ClaimEvent.GLASS,
        75,
        _at("Дмитровское шоссе, 34-й километр"),
        "Из-под встречной машины вылетел камень, по лобовому стеклу пошла трещина.",
        (
            (74, _REVIEWED),
            (72, Move(status=S.REPAIR, form=RepairForm.DEALER)),
            (58, Move(status=S.CLOSED, comment="Стекло заменили, станция прислала акт работ.")),
        ),
        without_certificates=True,
    ),
    Story(
        VIKTOR,
        Product.KASKO,
        ClaimEvent.DAMAGE,
        61,
        _at("Двор дома, ул. Парусная, 8"),
        "Заметил ржавчину и вздутие краски на порогах с обеих сторон.",
        (
            (60, _REVIEWED),
            (57, Move(status=S.INSPECTION)),
            (
                50,
                Move(
                    status=S.REFUSED,
                    reason="Повреждения появились от коррозии, а не от внешнего события. Такие договор не покрывает.",
                    clause="Правила страхования КАСКО, пункт 5.1",
                ),
            ),
        ),
    ),
    Story(
        VIKTOR,
        Product.KASKO,
        ClaimEvent.DAMAGE,
        24,
        _at("Парковка у торгового центра, ул. Маячная, 21", 55.7034, 37.6266),
        "Вернулся к машине и увидел вмятину на задней правой двери. Кто это сделал, неизвестно.",
        ((23, _REVIEWED), (21, Move(status=S.INSPECTION)), (9, Move(status=S.PAYOUT))),
        registration="police",
    ),
    Story(
        MARINA,
        Product.KASKO,
        ClaimEvent.DAMAGE,
        16,
        _at("Якорный проезд, у дома 4"),
        "При выезде со двора задела бетонный столбик. Повреждены передний бампер и правое крыло.",
        (
            (15, _REVIEWED),
            (13, Move(status=S.INSPECTION)),
            (5, Move(status=S.REPAIR, comment="Позвоните на станцию и выберите день: запчасти уже заказаны.")),
        ),
        registration="police",
    ),
    Story(
        YULIYA,
        Product.OSAGO,
        ClaimEvent.INJURED,
        8,
        _at("Ленинградское шоссе, поворот на ул. Якорную", 55.8893, 37.4446),
        "Стояла на светофоре, сзади въехала другая машина. Повреждены бампер и крышка багажника.",
        (
            (7, _REVIEWED),
            (
                3,
                Move(
                    status=S.CLARIFICATION,
                    comment="Оборотная сторона извещения не читается, а снимка СТС нет.",
                ),
            ),
        ),
        registration="police",
        others=(Participant(plate="М412ОР750", insurer="СК «Северный берег»", policy_number="ХХХ 0419876523"),),
        answer_in=9,
    ),
    Story(
        MARINA,
        Product.OSAGO,
        ClaimEvent.INJURED,
        6,
        _at("ул. Причальная, 30", 55.7611, 37.5487),
        "Другая машина сдавала назад на парковке и помяла мне левую заднюю дверь.",
        ((5, _REVIEWED), (1, Move(status=S.INSPECTION))),
        registration="police",
        others=(Participant(plate="Т085КЕ199", insurer="СК «Северный берег»", policy_number=None),),
    ),
    Story(
        YULIYA,
        Product.ACCIDENT,
        ClaimEvent.EVENT,
        5,
        _at("Каток в парке"),
        "Упала на катке, перелом запястья. Наложили гипс, сижу дома.",
        ((4, Move(status=S.REVIEW, comment="Запросили выписку из травмпункта, ответ ждём через неделю.")),),
    ),
    Story(
        YULIYA,
        Product.PROPERTY,
        ClaimEvent.DAMAGE,
        1,
        _at("Химки, ул. Якорная, д. 5, кв. 17"),
        "Соседи сверху залили кухню: мокрый потолок, вздулся ламинат.",
    ),
)
"""Oldest first; one for each state."""


def claims(register: Register) -> Iterator[tuple[Claim, ClaimRequest]]:
    """All of them around the register's today."""
    for turn, story in enumerate(STORIES):
        policy = next(
            it for it in register.policies.where("customerId", story.customer_id) if it.product is story.product
        )
        notice = _notice(story, policy, register)
        claim = opened(notice, turn, notice.submitted_at, None)
        for days, move in story.deeds:
            day = _moment(register, -story.answer_in).date() if story.answer_in else None
            claim = moved(claim, policy, move.model_copy(update={"required_by": day}), _moment(register, days))
        yield claim, notice


def _notice(story: Story, policy: Policy, register: Register) -> ClaimRequest:
    customer = register.customers.get(story.customer_id)
    if customer is None:
        raise LookupError(f"nobody is insured as {story.customer_id}")
    told = _moment(register, story.days)
    return ClaimRequest(
        customer_id=story.customer_id,
        policy_id=policy.policy_id,
        product=story.product,
        event=story.event,
        happened_on=(told - timedelta(days=1)).date(),
        happened_at="18:40",
        place=story.where,
        story=story.told,
        injured=False if story.product in (Product.OSAGO, Product.KASKO) else None,
        participants=list(story.others),
        registration=story.registration,
        europrotocol=None,
        circumstances=[],
        without_certificates=story.without_certificates,
        compensation=policy.compensation,
        contact_phone=customer.phone,
        files=[],
        submitted_at=told,
    )


def _moment(register: Register, days: int) -> datetime:
    """Ten in the morning in Moscow."""
    return datetime.combine(register.today() - timedelta(days=days), time(10), MOSCOW)
