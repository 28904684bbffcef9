"""The list of contracts and the card of each: in order, true on the day, masked until asked (C1, C2)."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from decimal import Decimal

import pytest

from handlers import format as show
from playground.core.resources import Customer, Policy, Product
from tests.support.insured import come_in, insured
from tests.support.person import Person
from tests.support.town import Town

ALEXEY = "cus-0008"
NBSP = "\N{NO-BREAK SPACE}"
PRODUCTS = {
    Product.OSAGO: "ОСАГО",
    Product.KASKO: "КАСКО",
    Product.DMS: "ДМС",
    Product.PROPERTY: "Имущество",
    Product.TRAVEL: "Путешествие",
    Product.LIFE: "Жизнь",
    Product.ACCIDENT: "Несчастный случай",
}


def day(value: date) -> str:
    return f"{value:%d.%m.%Y}"


def rub(amount: str | Decimal) -> str:
    whole, _, cents = f"{Decimal(amount):.2f}".partition(".")
    return f"{int(whole):,}".replace(",", NBSP) + ("" if cents == "00" else f",{cents}") + f"{NBSP}₽"


def of(town: Town, client: str) -> list[Policy]:
    """A client's contracts as the insurer has them."""
    return [policy for policy in town.world.core.register.policies.all() if policy.customer_id == client]


def client(town: Town, number: str) -> Customer:
    found = town.world.core.register.customers.get(number)
    assert found
    return found


@pytest.fixture(scope="module")
async def alexey(city: Town) -> Person:
    """A fresh Telegram account of the one with seven contracts, inside."""
    person = await city.person(phone=client(city, ALEXEY).phone, first_name="Алексей")
    await come_in(person, client(city, ALEXEY).birth_date)
    return person


async def to_list(person: Person) -> None:
    await person.say("/menu")
    await person.tap("Мои полисы")


# -- C1 -----------------------------------------------------------------------------------------------------------------


async def test_the_list_begins_with_what_protects_and_ends_with_what_is_over(city: Town) -> None:
    irina = await insured(city, ends_in=(300, 10, 200, 200, -1))
    register, today = city.world.core.register, city.world.core.register.today()
    unpaid, future = irina.policies[2], irina.policies[3]
    owed = [payment.model_copy(update={"paid": False}) for payment in unpaid.premium.payments]
    register.policies.save(
        unpaid.model_copy(update={"premium": unpaid.premium.model_copy(update={"paid": False, "payments": owed})})
    )
    starts, ends = today + timedelta(days=5), today + timedelta(days=369)
    register.policies.save(future.model_copy(update={"term_start_date": starts, "term_end_date": ends}))
    await city.settle()
    await irina.log_in()
    await irina.tap("Мои полисы")
    head, *lines = (await irina.screen())["text"].split("\n\n")
    assert head == "У вас 5 полисов"
    assert [line.split("\n")[0].split(", ")[1] for line in lines] == ["2016", "2015", "2017", "2018", "2019"]
    assert [line.split("\n")[1] for line in lines] == [
        f"действует до {day(today + timedelta(days=10))}, осталось 10 дней",
        f"действует до {day(today + timedelta(days=300))}, осталось 300 дней",
        "не оплачен и пока не защищает",
        f"начнёт действовать {day(starts)}, до {day(ends)}",
        f"закончился {day(today - timedelta(days=1))}",
    ]
    for label, heading, years in (
        ("Действующие · 3", "Действующие полисы: 3", ["2016", "2015", "2018"]),
        ("Неоплаченные · 1", "Неоплаченные полисы: 1", ["2017"]),
        ("Прошлые · 1", "Прошлые полисы: 1", ["2019"]),
    ):
        await irina.tap(label)
        said, *shown = (await irina.screen())["text"].split("\n\n")
        assert said == heading
        assert [line.split("\n")[0].split(", ")[1] for line in shown] == years
        await irina.tap("Все · 5")


async def test_pages_of_five_and_back_to_the_same_page(alexey: Person) -> None:
    await to_list(alexey)
    await alexey.sees("У вас 7 полисов")
    assert (await alexey.screen())["text"].count("\n\n") == 5
    assert {"1 из 2", "Дальше"} <= set(await alexey.labels())
    assert "Раньше" not in await alexey.labels()
    await alexey.tap("Дальше")
    second = (await alexey.screen())["text"]
    assert second.count("\n\n") == 2
    assert {"Раньше", "2 из 2"} <= set(await alexey.labels())
    assert "Дальше" not in await alexey.labels()
    await alexey.tap("Путешествие")
    await alexey.tap("Назад")
    assert (await alexey.screen())["text"] == second
    await alexey.tap("2 из 2")
    assert (await alexey.screen())["text"] == second
    await alexey.tap("Раньше")
    await alexey.sees("ОСАГО", "КАСКО")


async def test_days_left_are_spoken_in_good_russian(city: Town) -> None:
    irina = await insured(city, ends_in=(0, 1, 2, 5, 21))
    await irina.log_in()
    await irina.tap("Мои полисы")
    for words in (
        "действует последний день, до",
        "остался 1 день",
        "осталось 2 дня",
        "осталось 5 дней",
        "остался 21 день",
    ):
        await irina.sees(words)


async def test_what_ends_in_years_has_no_days_to_count(city: Town) -> None:
    irina = await insured(city, ends_in=(300,))
    today = city.world.core.register.today()
    far = date(today.year + 4, 6, 20)
    city.world.core.register.policies.save(irina.policies[0].model_copy(update={"term_end_date": far}))
    await city.settle()
    await irina.log_in()
    await irina.tap("Мои полисы")
    assert (await irina.screen())["text"].endswith(f"действует до {day(far)}")


async def test_a_button_names_the_car_and_its_masked_plate_and_no_two_are_alike(city: Town) -> None:
    irina = await insured(city, ends_in=(30, 40, 50))
    register = city.world.core.register
    first, second, third = irina.policies
    car = first.insured_objects[0].model_copy(update={"plate": "О058ВС777", "identification": "Haval Jolion, 2023"})
    long = car.model_copy(
        update={"identification": "Mercedes-Benz Sprinter Classic 311 CDI, 2019", "plate": "А001ВС777"}
    )
    for policy, thing in ((first, car), (second, car), (third, long)):
        register.policies.save(policy.model_copy(update={"insured_objects": [thing]}))
    await city.settle()
    await irina.log_in()
    await irina.tap("Мои полисы")
    labels = (await irina.labels())[:3]
    assert labels[0] == f"ОСАГО · Haval Jolion · О058**777 · {first.number[-4:]}"
    assert labels[1] == f"ОСАГО · Haval Jolion · О058**777 · {second.number[-4:]}"
    assert labels[2].startswith("ОСАГО · Mercedes-Benz")
    assert labels[2].endswith("… · А001**777")
    assert len(labels[2]) <= 40
    register.policies.save(second.model_copy(update={"insured_objects": [long]}))
    await city.settle()
    await irina.say("/menu")
    await irina.tap("Мои полисы")
    assert (await irina.labels())[0] == "ОСАГО · Haval Jolion · О058**777"


async def test_nobody_has_no_contracts_without_a_word(city: Town) -> None:
    irina = await insured(city, ends_in=())
    await irina.log_in()
    assert "Мои полисы" in await irina.labels()
    await irina.tap("Мои полисы")
    await irina.sees("Полисов пока нет", "нажмите «Человек»")


# -- C2 -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("product", list(PRODUCTS), ids=str)
async def test_the_card_says_everything_about_a_contract(city: Town, alexey: Person, product: Product) -> None:
    (policy,) = (it for it in of(city, ALEXEY) if it.product is product)
    await to_list(alexey)
    name = PRODUCTS[product]
    if not any(label.startswith(name) for label in await alexey.labels()):
        await alexey.tap("Дальше")
    await alexey.tap(f"{name} ·")
    text = (await alexey.screen())["text"]
    assert f"{name} {policy.full_number}\n" in text
    assert f"Срок: {day(policy.term_start_date)} – {day(policy.term_end_date)}" in text
    assert f"Оформлен: {day(policy.issuance_date)}" in text
    assert f"Премия: {rub(policy.premium.amount.amount)}" in text
    assert f"Бланк: {policy.form_number}" in text if policy.form_number else "Бланк" not in text
    for risk in policy.coverages:
        limit = risk.limit
        assert limit
        deductible = f", франшиза {rub(risk.deductible.amount)}" if risk.deductible else ""
        assert f"• {risk.name}: {rub(limit.amount)}{deductible}\n" in text
    due = [payment for payment in policy.premium.payments if not payment.paid]
    if due:
        assert "График взносов" in text
        for payment in due:
            assert f"• {day(payment.maturity_date)}: {rub(payment.amount.amount)}, ещё не оплачен" in text
    else:
        assert f"{rub(policy.premium.amount.amount)}, оплачена" in text
    assert ("Кто может управлять" in text) == (product in (Product.OSAGO, Product.KASKO))
    assert "+7 800 000-00-00" in text.split("\n\n")[-1], "what can be done is said last, with the phone"


async def test_seasons_and_unlimited_drivers_are_said(city: Town) -> None:
    svetlana = await city.person(phone=client(city, "cus-0014").phone)
    await come_in(svetlana, client(city, "cus-0014").birth_date)
    (policy,) = of(city, "cus-0014")
    await svetlana.tap("Мои полисы")
    await svetlana.tap("ОСАГО")
    used = ", ".join(f"{day(period.start)} – {day(period.end)}" for period in policy.usage_periods)
    await svetlana.sees(f"Периоды использования: {used}")
    daniel = await city.person(phone=client(city, "cus-0011").phone)
    await come_in(daniel, client(city, "cus-0011").birth_date)
    await daniel.tap("Мои полисы")
    await daniel.tap("ОСАГО")
    await daniel.sees("Кто может управлять: без ограничений")
    if "Продлить можно будет" in (await daniel.screen())["text"]:
        await daniel.sees("Изменить договор поможет человек")


async def test_what_can_be_done_is_true_on_the_day(city: Town) -> None:
    irina = await insured(city, ends_in=(59, 60, 61, 2, -1))
    today = city.world.core.register.today()
    await irina.log_in()
    for days, words in (
        (59, f"Продлить можно уже сейчас, до {day(today + timedelta(days=59))} включительно"),
        (60, f"Продлить можно уже сейчас, до {day(today + timedelta(days=60))} включительно"),
        (61, f"Продлить можно будет с {day(today + timedelta(days=1))}"),
        (2, "Продлить можно уже сейчас"),
        (-1, "Этот договор уже не продлить, нужен новый"),
    ):
        await to_list(irina)
        plate = (
            next(p for p in irina.policies if p.term_end_date == today + timedelta(days=days)).insured_objects[0].plate
        )
        assert plate
        await irina.tap(show.masked_plate(plate))
        await irina.sees(words, "нажмите «Продлить»" if "сейчас" in words else "+7 800 000-00-00")


async def test_an_unpaid_contract_and_a_terminated_one_say_so(city: Town) -> None:
    irina = await insured(city, paid=False)
    await irina.log_in()
    await irina.tap("Мои полисы")
    await irina.tap("ОСАГО")
    await irina.sees("не оплачен и пока не защищает", "не оплачена", "Пока полис не оплачен, он не защищает")
    number = irina.policies[0].policy_id
    await city.call("POST", f"/desk/policies/{number}", {"status": "terminated"})
    await city.settle()
    await irina.say("/menu")
    await irina.tap("Мои полисы")
    await irina.sees("расторгнут")
    await irina.tap("ОСАГО")
    await irina.sees("Договор расторгнут")


async def test_data_in_full_are_shown_when_asked_for_and_hidden_again(city: Town) -> None:
    irina = await insured(city, last="Соколова")
    await irina.log_in()
    await irina.tap("Мои полисы")
    await irina.tap("ОСАГО")
    policy = irina.policies[0]
    car, driver = policy.insured_objects[0], policy.drivers[0]
    assert car.plate
    assert car.vin
    hidden = (car.plate, car.vin, "Соколова", driver.licence, f"{driver.licence[:2]} {driver.licence[2:4]}")
    masked = (
        f"{car.plate[:4]}**{car.plate[6:]}",
        f"VIN: {car.vin[:3]}**********{car.vin[-4:]}",
        "Страхователь: Со***а И. О.",
        f"ВУ {driver.licence[:2]} ** ***{driver.licence[-3:]}",
    )
    text = (await irina.sees(*masked))["text"]
    assert not [words for words in hidden if words in text]
    await irina.tap("Показать полностью")
    full = f"{driver.licence[:2]} {driver.licence[2:4]} {driver.licence[4:]}"
    await irina.sees(car.plate, car.vin, "Страхователь: Соколова Ирина Олеговна", f"ВУ {full}")
    await irina.tap("Скрыть данные")
    await irina.sees(*masked)


async def test_full_data_are_masked_again_when_one_comes_back(city: Town) -> None:
    irina = await insured(city)
    await irina.log_in()
    await irina.tap("Мои полисы")
    await irina.tap("ОСАГО")
    await irina.tap("Показать полностью")
    plate = irina.policies[0].insured_objects[0].plate or ""
    await irina.sees(plate)
    await irina.tap("Документы")
    await irina.tap("Назад")
    assert plate not in (await irina.screen())["text"]


async def test_no_screen_gives_away_a_person_unasked(city: Town) -> None:
    """Every seeded client: the list and all cards, and what must not be read over a shoulder."""

    async def look(customer: Customer) -> None:
        person = await city.person(phone=customer.phone, first_name=customer.name.first)
        last = customer.name.last
        masked = f"{last[:2]}***{last[-1]} " + " ".join(
            f"{it[0]}." for it in (customer.name.first, customer.name.middle) if it
        )
        await come_in(person, customer.birth_date, masked)
        contracts = of(city, customer.customer_id)
        secret = {customer.phone, customer.phone[2:], last, customer.email or last, day(customer.birth_date)}
        for policy in contracts:
            names = [
                policy.insured.name,
                *(it.name for it in policy.drivers),
                *([policy.owner.name] if policy.owner else []),
            ]
            secret |= {name.last for name in names} | {day(it.birth_date) for it in policy.drivers}
            secret |= {it.licence for it in policy.drivers} | {it.licence[2:] for it in policy.drivers}
            secret |= {value for it in policy.insured_objects for value in (it.plate, it.vin) if value}
        await person.tap("Мои полисы")
        seen = [await person.screen()]
        if "Дальше" in await person.labels():
            await person.tap("Дальше")
            seen.append(await person.screen())
        for screen in list(seen):
            for label in [
                b["text"] for row in screen["buttons"] for b in row if b["data"].startswith("policies:open:")
            ]:
                if label not in await person.labels():
                    await person.tap("Раньше" if "Раньше" in await person.labels() else "Дальше")
                await person.tap(label, exact=True)
                seen.append(await person.screen())
                await person.tap("Назад")
        assert len(seen) > len(contracts)
        said = "\n".join(s["text"] + "\n".join(b["text"] for row in s["buttons"] for b in row) for s in seen)
        assert not [word for word in secret if word in said], customer.customer_id

    seeds = [it for it in city.world.core.register.customers.all() if it.customer_id < "cus-0016"]
    assert len(seeds) == 15
    async with asyncio.TaskGroup() as group:
        for customer in seeds:
            if customer.customer_id != "cus-0010":  # shares the telephone of his mother: one at a time
                group.create_task(look(customer))
    await look(next(it for it in seeds if it.customer_id == "cus-0010"))


async def test_news_of_the_core_show_in_the_list(city: Town) -> None:
    irina = await insured(city)
    await irina.log_in()
    today = city.world.core.register.today()
    await city.call("POST", f"/desk/policies/{irina.policies[0].policy_id}", {"end": f"{today + timedelta(days=3)}"})
    await city.settle()
    await irina.tap("Мои полисы")
    await irina.sees("осталось 3 дня")


async def test_a_contract_that_moved_to_another_client_is_gone(city: Town) -> None:
    """Staff move policies to the right cabinet: whoever stands in the card sees what is left, not somebody else's data."""
    irina, other = await insured(city, papers=True), await insured(city, ends_in=())
    await irina.log_in()
    await irina.tap("Мои полисы")
    await irina.tap("ОСАГО")
    await irina.tap("Документы")
    register = city.world.core.register
    register.policies.save(irina.policies[0].model_copy(update={"customer_id": other.client_id}))
    await city.settle()
    await irina.say("ау")
    await irina.sees("Этого здесь больше нет", "Полисов пока нет")
