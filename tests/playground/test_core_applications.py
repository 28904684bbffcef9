"""The life of an application at the reference core: submitted, checked, priced, accepted, paid, issued; refused and cancelled."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from playground.core.checks import Checks
from playground.store import Store
from tests.playground.insurer import Cabinet, Insurer, free_port, insurer
from tests.playground.renewal import NUMBER, Renewal, renewal


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Insurer]:
    async with insurer(tmp_path) as running:
        yield running


@pytest.fixture
async def anna(house: Insurer) -> Renewal:
    """Her contract ends in five days."""
    return await renewal(house)


async def test_from_application_to_policy(house: Insurer, anna: Renewal) -> None:
    present = (await house.get(f"/policies/{anna.body['policyId']}"))["data"]
    status, answer = await anna.submit()
    application = answer["data"]
    assert (status, application["status"], application["version"]) == (201, "checking", 1)
    assert application["number"] == NUMBER
    assert application["applicationId"].endswith("-000001")
    price = (await anna.decide())["price"]
    assert (await anna.accept(price["amount"]))[1]["data"]["status"] == "accepted"
    status, answer = await anna.pay(price["amount"])
    paid = answer["data"]
    assert (status, paid["status"], paid["payment"]["reference"]) == (200, "issued", "pay-1")
    policy = (await house.get(f"/policies/{paid['issuedPolicyId']}"))["data"]
    assert (policy["series"], policy["status"], policy["premium"]["paid"]) == ("ХХХ", "issued", True)
    assert policy["premium"]["amount"] == price
    assert (policy["termStartDate"], policy["termEndDate"]) == (anna.body["termStartDate"], anna.body["termEndDate"])
    assert (policy["drivers"], policy["usagePeriods"]) == (anna.body["drivers"], anna.body["usagePeriods"])
    assert (present["bonusClass"], policy["bonusClass"]) == ("9", "10")
    same = ("customerId", "product", "insuredObjects", "coverages", "insured", "owner")
    assert {name: policy[name] for name in same} == {name: present[name] for name in same}
    numbers = [row["number"] for row in (await house.get("/policies?limit=500"))["data"] if row["series"]]
    assert policy["number"] == max(numbers)
    assert len(set(numbers)) == len(numbers)


async def test_what_is_known_of_the_papers_goes_on(house: Insurer) -> None:
    """The licence was not told in the application, nor a card; a card that was told is the newer one."""
    for number, card, until in (("З-000001", None, "2030-02-01"), ("З-000002", "2031-02-01", "2031-02-01")):
        made = await renewal(house, f"cus-000{number[-1]}")
        policy = house.core.register.policies.get(made.body["policyId"])
        assert policy
        lasting = policy.drivers[0].model_copy(update={"licence_until": date(2030, 1, 1)})
        house.core.register.change(
            policy.model_copy(update={"drivers": [lasting], "diagnostic_card_until": date(2030, 2, 1)})
        )
        drivers = [{name: it for name, it in lasting.wire().items() if name != "licenceUntil"}]
        told = card and {"kind": "card", "number": "012345678901234", "issued": "2026-01-01", "validUntil": card}
        made = replace(made, number=number, body=made.body | {"drivers": drivers, "diagnosticCard": told})
        issued = (await made.pay(await made.accepted()))[1]["data"]["issuedPolicyId"]
        after = (await house.get(f"/policies/{issued}"))["data"]
        assert (after["drivers"][0]["licenceUntil"], after["diagnosticCardUntil"]) == ("2030-01-01", until)


async def test_every_step_is_told_in_order_and_the_papers_follow(house: Insurer, anna: Renewal) -> None:
    await house.get("/documents")
    async with Cabinet().at(house.port + 9) as cabinet:
        await anna.pay(await anna.accepted())
        events = [await cabinet.next() for _ in range(7)]
    assert [event["type"] for event in events[:5]] == [
        *["application.changed"] * 3,
        "policy.changed",
        "application.changed",
    ]
    told = [event["resource"]["status"] for event in events if event["type"] == "application.changed"]
    assert told == ["checking", "priced", "accepted", "issued"]
    assert [event["resource"]["version"] for event in events[:3]] == [1, 2, 3]
    papers = [event["resource"] for event in events[5:]]
    assert {paper["kind"] for paper in papers} == {"policy", "rules"}
    assert {paper["policyId"] for paper in papers} == {events[4]["resource"]["issuedPolicyId"]}
    assert sum(count() for count in house.world.pending) == 0


async def test_repeating_anything_changes_nothing(house: Insurer, anna: Renewal) -> None:
    async with Cabinet().at(house.port + 9) as cabinet:
        price = await anna.accepted()
        await anna.submit()
        await anna.accept(price)
        await anna.pay(price)
        states = [await anna.submit(), await anna.accept(price), await anna.pay(price), await anna.pay("1.00")]
        events = [await cabinet.next() for _ in range(5)]
    assert [(status, answer["data"]) for status, answer in states] == [(200, await anna.seen())] * 4
    assert events[-1]["resource"]["version"] == 4
    assert not house.world.store.all("core.event")


async def test_a_higher_revision_is_checked_anew(anna: Renewal) -> None:
    price = await anna.priced()
    driver = anna.body["drivers"][0]
    status, answer = await anna.submit(revision=2, drivers=[driver])
    assert (status, answer["data"]["status"], answer["data"]["price"]) == (200, "checking", None)
    assert (answer["data"]["drivers"], answer["data"]["applicationId"]) == (
        [driver],
        (await anna.seen())["applicationId"],
    )
    assert (await anna.submit(revision=1))[1]["data"]["revision"] == 2
    await anna.decide()
    assert (await anna.accept(price, revision=1))[0] == 409
    assert (await anna.accept("0.01", revision=2))[0] == 409
    assert (await anna.seen())["status"] == "priced"


@pytest.mark.parametrize("outcome", ["mismatch", "unreliable"])
async def test_a_doubtful_check_names_the_datum_and_waits_for_correction(anna: Renewal, outcome: str) -> None:
    await anna.submit()
    doubt = await anna.decide(outcome, fields=["drivers/0/licence"], comment="В базе другой номер.")
    assert (doubt["status"], doubt["price"]) == (outcome, None)
    assert doubt["check"] == {"outcome": outcome, "fields": ["drivers/0/licence"], "comment": "В базе другой номер."}
    assert (await anna.accept("1.00"))[0] == 409
    assert (await anna.pay("1.00"))[0] == 409
    status, answer = await anna.submit(revision=2)
    assert (status, answer["data"]["status"], answer["data"]["check"]) == (200, "checking", None)


async def test_accepted_data_stay(anna: Renewal) -> None:
    await anna.accepted()
    status, problem = await anna.submit(revision=2)
    assert (status, problem["type"]) == (409, "urn:core:problem:state")


async def test_one_live_application_a_policy(house: Insurer, anna: Renewal) -> None:
    await anna.submit()
    other = Renewal(house, anna.body, "З-000002")
    status, problem = await other.submit()
    assert (status, problem["type"]) == (409, "urn:core:problem:policy-taken")
    await anna.cancel()
    assert (await other.submit())[0] == 201
    assert (await anna.submit(revision=2))[0] == 409
    await other.decide()
    price = (await other.seen())["price"]["amount"]
    await other.accept(price)
    await other.pay(price)
    assert (await Renewal(house, anna.body, "З-000003").submit())[0] == 409


async def test_cancelled_once_and_never_after_issue(anna: Renewal) -> None:
    price = await anna.accepted()
    _, first = await anna.cancel("Прошли сутки.")
    _, second = await anna.cancel("Ещё раз.")
    assert first == second
    assert (first["data"]["status"], first["data"]["reason"]) == ("cancelled", "Прошли сутки.")
    await anna.pay(price)
    assert (await anna.cancel())[0] == 409


async def test_late_money_revives_while_the_first_day_lies_ahead(house: Insurer, anna: Renewal) -> None:
    price = await anna.accepted()
    await anna.cancel()
    house.world.clock.advance(timedelta(days=2))
    _, answer = await anna.pay(price)
    assert (answer["data"]["status"], answer["data"]["reason"]) == ("issued", None)


async def test_later_money_is_refused_in_words(house: Insurer, anna: Renewal) -> None:
    price = await anna.accepted()
    await anna.cancel()
    house.world.clock.advance(timedelta(days=3))
    status, answer = await anna.pay(price)
    assert (status, answer["data"]["status"]) == (200, "refused")
    assert answer["data"]["reason"].startswith("Деньги пришли слишком поздно")
    assert answer["data"]["payment"]["reference"] == "pay-1"
    assert (await anna.pay(price)) == (status, answer)


async def test_money_for_a_client_who_has_begun_anew_is_refused(house: Insurer, anna: Renewal) -> None:
    price = await anna.accepted()
    await anna.cancel()
    await Renewal(house, anna.body, "З-000002").submit()
    _, answer = await anna.pay(price)
    assert answer["data"]["reason"] == "По этому договору уже оформляется другая заявка."


async def test_another_amount_is_refused(anna: Renewal) -> None:
    price = await anna.accepted()
    _, answer = await anna.pay("1234.50")
    assert answer["data"]["status"] == "refused"
    said = answer["data"]["reason"].replace("\N{NO-BREAK SPACE}", " ")
    assert said == f"Сумма платежа 1 234,50 ₽ не равна цене полиса {price[0]} {price[1:4]},{price[-2:]} ₽."


async def test_a_second_payment_has_to_go_back(anna: Renewal) -> None:
    price = await anna.accepted()
    await anna.pay(price)
    status, problem = await anna.pay(price, "pay-2")
    assert (status, problem["type"]) == (409, "urn:core:problem:not-payable")


async def test_a_terminated_contract_takes_its_application_with_it(house: Insurer, anna: Renewal) -> None:
    price = await anna.accepted()
    await house.tell_desk(f"/policies/{anna.body['policyId']}", status="terminated")
    gone = await anna.seen()
    assert (gone["status"], gone["reason"]) == ("cancelled", "Договор, который вы продлевали, расторгнут.")
    _, answer = await anna.pay(price)
    assert (answer["data"]["status"], answer["data"]["reason"]) == ("refused", gone["reason"])


async def test_an_ended_contract_takes_it_too(house: Insurer, anna: Renewal) -> None:
    await anna.accepted()
    async with Cabinet().at(house.port + 9) as cabinet:
        house.world.clock.advance(timedelta(days=6))
        while (event := await cabinet.next())["resource"].get("status") != "cancelled":
            pass
    assert event["type"] == "application.changed"
    assert event["resource"]["reason"] == "Договор, который вы продлевали, закончился, а заявка не оплачена."


async def test_checks_pass_by_themselves(house: Insurer, anna: Renewal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Checks, "pause", 0.05)
    async with Cabinet().at(house.port + 9) as cabinet:
        await anna.submit()
        assert (await cabinet.next())["resource"]["status"] == "checking"
        await house.tell_desk("/checks", auto=True)
        assert (await cabinet.next())["resource"]["status"] == "priced"


async def test_a_check_waits_through_a_restart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Checks, "pause", 600.0)
    port = free_port()
    async with insurer(tmp_path, port) as house:
        made = await renewal(house)
        await house.tell_desk("/checks", auto=True)
        await made.submit()
        assert (await made.seen())["status"] == "checking"
    store = Store(tmp_path)
    store.put("core.check", made.number, {"due": 0.0})  # its time comes while nobody is there
    store.close()
    async with Cabinet().at(port + 9) as cabinet, insurer(tmp_path, port):
        assert [(await cabinet.next())["resource"]["status"] for _ in range(2)] == ["checking", "priced"]


async def test_lists_and_strangers(house: Insurer, anna: Renewal) -> None:
    assert (await house.get("/applications"))["data"] == []
    await anna.submit()
    assert (await house.get("/applications?limit=1"))["data"] == [await anna.seen()]
    unknown = Renewal(house, anna.body, "З-999999")
    assert [(await deed)[0] for deed in (unknown.cancel(), unknown.pay("1.00"), unknown.accept("1.00"))] == [404] * 3
    async with house.session.get(house.at_core("/applications/none")) as answer:
        assert answer.status == 404
