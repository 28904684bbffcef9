"""What else a client is reminded of: a deadline of a claim, papers, a deductible, a diagnostic card, a licence (H2, H3).

Each is said once, in its days and not before, leads in one tap to where it is done, and is gone with its cause.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta

import pytest

from playground.core.claim_moves import Appointment, Move
from playground.core.claims import Claim, ClaimEvent, ClaimState
from services.clock import MOSCOW
from services.db.pipe import Event
from tests.support.debtor import OWN, SUM, Debtor, damaged, debtor
from tests.support.insured import Insured, insured
from tests.support.reminders import forgotten, look, morning, never_quiet, said
from tests.support.second import database, rows
from tests.support.town import Town

KINDS = [("card", 7), ("claim", 3), ("deductible", 7), ("documents", 3), ("licence", 7)]
"""Of all these the step is yesterday's: due, whatever the hour."""
PLACES = (
    ("Загрузить", "Справка из полиции"),
    ("Открыть дело", "Осмотр"),
    ("Оплатить", "Ссылка работает"),
    ("Открыть полис", "Changan Uni-K"),
)


async def dated(person: Debtor, ahead: int) -> list[Claim]:
    """Papers are wanted in two days, an inspection is then, too; a deductible, a card and a licence have six; each `ahead` days later."""
    core, today = person.town.world.core, person.town.world.core.register.today()
    soon, later = today + timedelta(days=2 + ahead), today + timedelta(days=6 + ahead)
    seen = datetime.combine(soon, time(11), MOSCOW)
    moves = (
        Move(status=ClaimState.CLARIFICATION, documents=["Справка из полиции"], required_by=soon),
        Move(status=ClaimState.INSPECTION, inspection=Appointment(at=seen)),
        Move(status=ClaimState.REPAIR),
    )
    claims = [await damaged(person, move, turn) for turn, move in enumerate(moves, 1 if ahead else 4)]
    assert claims[2].deductible
    deductible = claims[2].deductible.model_copy(update={"due": later})
    claims[2] = core.register.change_claim(claims[2].model_copy(update={"deductible": deductible}))
    driver = person.kasko.drivers[0].model_copy(update={"licence_until": later})
    papers = {"diagnostic_card_until": later, "drivers": [driver]}
    core.register.change((await person.newest()).model_copy(update=papers))
    await person.town.settle()
    return claims


@pytest.fixture
async def late(city: Town) -> Debtor:
    """Logged in long ago, owing nothing yet."""
    person = await debtor(city, paid=2)
    await person.log_in()
    never_quiet(city, person.client_id)
    return person


async def test_five_kinds_once_in_their_days_each_with_one_tap(city: Town, late: Debtor) -> None:
    early = await dated(late, ahead=5)
    await look(city, late.client_id)
    assert sorted(said(city, late.client_id)) == [("card", 30), ("licence", 30)], "not before its days"
    await done(late, early)
    forgotten(city, late.client_id)
    claims = await dated(late, ahead=0)
    await late.say("/menu")  # out of the news of the claims: nobody is interrupted there
    for _ in range(2):
        await look(city, late.client_id)
        assert sorted(said(city, late.client_id)) == KINDS, "each once"
    screen = await late.sees(
        "Напоминания", "ждём документы", "• Справка из полиции", "осмотр машины через 2 дня", "11:00 мск"
    )
    assert "франшиза 20 000 ₽" in screen["text"].replace("\N{NO-BREAK SPACE}", " ")
    await late.sees("диагностическая карта заканчивается через 6 дней", "Водительское удостоверение", "Водитель: Ирина")
    for label, there in PLACES:
        forgotten(city, late.client_id)
        await look(city, late.client_id)
        await late.tap(next(it for it in await late.labels() if it.endswith(label)))
        await late.sees(there)
        await late.say("/menu")
    await done(late, claims)
    forgotten(city, late.client_id)
    await look(city, late.client_id)
    assert said(city, late.client_id) == []


async def test_a_plate_new_rules_and_a_note_are_said_in_words_and_an_offer_stands_alone(city: Town) -> None:
    """38-ФЗ 18: what stands there is not mixed with advertising, and what is due later takes its place."""
    person = await insured(city, ends_in=(200, 180, -4))
    await person.log_in()
    never_quiet(city, person.client_id)
    await person.tap("Настройки")
    await person.tap("Согласия")
    await person.tap("Согласиться на предложения")
    await unplated(person)
    forgotten(city, person.client_id)  # the new note was a reason to look
    await look(city, person.client_id)
    assert sorted(said(city, person.client_id)) == [("note", 0), ("plate", 0), ("rules", 0)], "the offer has to wait"
    await person.sees("сообщите госномер", "правила договора изменились", "Новая редакция: 2025")
    service = await person.sees("Вы просили напомнить", "Отвезти справку")
    with database(city) as second:
        second.execute("update reminder set said_at = said_at - 200000 where client_id = ?", (person.client_id,))
    await look(city, person.client_id)
    assert ("offer", -3) in said(city, person.client_id)
    assert await person.screen() == service
    await person.say("/menu")
    (ids,) = rows(city, "select id from reminder where client_id = ? and kind = 'offer'", person.client_id)
    body = json.dumps({"type": "reminder.due", "ids": ids}).encode()
    await city.process.parts.lanes.submit(Event("test", f"offer-{person.id}", f"tg:{person.id}", body))
    await city.settle()
    assert "сообщите госномер" not in (await person.sees("полис закончился", "Реклама"))["text"]
    forgotten(city, person.client_id)
    await look(city, person.client_id)
    assert "Реклама" not in (await person.sees("сообщите госномер"))["text"]


async def test_an_instalment_in_its_days_of_grace_and_after_them(city: Town) -> None:
    """Whatever the hour: each step is of yesterday, or says the same as the one before."""
    person = await debtor(city, days=(-93, -2, 89, 180))
    await person.log_in()
    never_quiet(city, person.client_id)
    await look(city, person.client_id)
    assert said(city, person.client_id) == [("instalment", -1)]
    due, last = (f"{person.kasko.premium.payments[1].maturity_date + timedelta(days=n):%d.%m.%Y}" for n in (0, 7))
    await person.sees(f"взнос {SUM} не оплачен", f"Срок был 2 дня назад: {due}, ", f"оплатите до {last} включительно")
    await person.tap("В календарь")
    assert f"{last[6:]}-{last[3:5]}-{last[:2]}" in str(rows(city, "select day from date_given")), "what is still ahead"
    await person.tap("Оплатить")
    await person.sees("Взнос 2 из 4", "льготные дни")
    for late, words in ((7, "Последний день, когда его можно оплатить, — сегодня"), (9, "льготные дни прошли")):
        await moved(person, late)
        await person.say("/menu")
        assert "К оплате · 1, есть просрочка" in await person.labels()
        forgotten(city, person.client_id)
        await look(city, person.client_id)
        due = f"{city.world.core.register.today() - timedelta(days=late):%d.%m.%Y}"
        assert [kind for kind, _ in said(city, person.client_id)] == ["grace"], "and no word beside it"
        await person.sees(words, f"закончи{'лся' if late > 7 else 'вшимся'} {due}")
    assert not {"Оплатить", "В календарь"} & set(await person.labels()), "it is too late for both"
    await person.tap("Открыть полис")
    await person.sees("Льготные дни прошли")


async def moved(person: Debtor, late: int) -> None:
    """The second instalment was due so many days ago."""
    core, kasko = person.town.world.core, await person.newest()
    payments = [*kasko.premium.payments]
    due = core.register.today() - timedelta(days=late)
    payments[1] = payments[1].model_copy(update={"maturity_date": due})
    core.register.change(kasko.model_copy(update={"premium": kasko.premium.model_copy(update={"payments": payments})}))
    await person.town.settle()


async def test_a_deductible_that_is_late_is_asked_for_politely(city: Town, late: Debtor) -> None:
    core = city.world.core
    claim = await damaged(late, Move(status=ClaimState.REPAIR))
    assert claim.deductible
    past = claim.deductible.model_copy(update={"due": core.register.today() - timedelta(days=2)})
    core.register.change_claim(claim.model_copy(update={"deductible": past}))
    await city.settle()
    await late.say("/menu")
    for _ in range(2):
        await look(city, late.client_id)
        assert said(city, late.client_id) == [("deductible", -1)], "once"
    await late.sees(f"франшиза {OWN} не оплачена", "Срок был 2 дня назад", "Если вы уже платили")


async def test_a_theft_is_told_in_writing_and_the_night_puts_the_words_right(village: Town) -> None:
    """In place: the same message, no other beside it; and when the day is over it says so itself."""
    person = await debtor(village, paid=2)
    await person.log_in()
    await damaged(person, Move(status=ClaimState.REVIEW), event=ClaimEvent.THEFT)
    await person.say("/menu")
    ((day,),) = rows(village, "select day from term where kind = 'claim' and client_id = ?", person.client_id)
    last = date.fromisoformat(day)
    await morning(village, last - timedelta(days=1))
    standing = await person.sees("срок истекает завтра", "подать письменное заявление об угоне")
    before = len(await person.chat())
    for late, words in ((0, "срок истекает сегодня"), (1, "срок прошёл")):
        night = datetime.combine(last + timedelta(days=late), time(5), MOSCOW)
        await village.call("POST", "/clock", {"set": night.isoformat()})
        await village.settle()
        assert (await person.sees(words))["message_id"] == standing["message_id"]
        assert len(await person.chat()) == before


async def unplated(person: Insured) -> None:
    """One contract has no plate yet, for another there are new rules since yesterday, and a note of one's own is for today."""
    register = person.town.world.core.register
    plain, ruled, _ = person.policies
    car = plain.insured_objects[0].model_copy(update={"plate": None})
    begun = register.today() - timedelta(days=16)
    register.change(plain.model_copy(update={"insured_objects": [car], "term_start_date": begun}))
    for edition in ("2021", "2025"):
        ruled = register.change(ruled.model_copy(update={"rules_edition": edition}))
        await person.town.settle()
    await person.say("/menu")
    await person.tap("Напоминания")
    await person.say("Отвезти справку")
    await person.tap("Завтра")
    await person.say("/menu")
    with database(person.town) as second:
        second.execute(
            "update term set day = date(day, '-2 day') where kind = 'rules' and client_id = ?", (person.client_id,)
        )
        second.execute("update note set day = date(day, '-2 day') where client_id = ?", (person.client_id,))


async def done(person: Debtor, claims: list[Claim]) -> None:
    """Papers came, the car was seen, the money too; the contract has new papers."""
    core = person.town.world.core
    core.adjusting.move(claims[0].claim_id, Move(status=ClaimState.REVIEW))
    for claim in claims[1:]:
        core.adjusting.move(claim.claim_id, Move(status=ClaimState.CLOSED))
    drivers = [it.model_copy(update={"licence_until": None}) for it in person.kasko.drivers]
    far = core.register.today() + timedelta(days=360)
    core.register.change((await person.newest()).model_copy(update={"drivers": drivers, "diagnostic_card_until": far}))
    await person.town.settle()


async def test_an_inspection_is_spoken_of_until_its_hour(city: Town, late: Debtor) -> None:
    now = city.world.world.clock.now()
    ahead = datetime.combine(now.astimezone(MOSCOW) + timedelta(days=2), time(11), MOSCOW)
    for turn, (at, told) in enumerate(((now - timedelta(hours=1), []), (ahead, [("claim", 3)])), 1):
        await damaged(late, Move(status=ClaimState.INSPECTION, inspection=Appointment(at=at)), turn)
        await late.say("/menu")
        await look(city, late.client_id)
        assert said(city, late.client_id) == told


async def test_a_contract_that_a_person_prolongs_leads_to_that_person_and_back(city: Town, late: Debtor) -> None:
    register = city.world.core.register
    ends = register.today() + timedelta(days=6)
    register.change((await late.newest()).model_copy(update={"term_end_date": ends}))
    await city.settle()
    await look(city, late.client_id)
    await late.sees("полис заканчивается через 6 дней", "продлевает сотрудник")
    assert "Продлить" not in await late.labels()
    await late.tap("Написать сотруднику")
    await late.sees("Живой человек", "напишите вопрос прямо сюда")
    await late.tap("Назад")
    await late.sees("полис заканчивается через 6 дней")
