"""The insurer's employee: answers questions, changes policies and clients, is told what cannot be done."""

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.playground.insurer import Cabinet, Insurer, insurer


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Insurer]:
    async with insurer(tmp_path) as running:
        yield running


async def desk(house: Insurer) -> dict[str, list[dict[str, object]]]:
    async with house.session.get(house.outside("/desk")) as answer:
        table: dict[str, list[dict[str, object]]] = await answer.json()
        return table


async def test_the_table_shows_everything_briefly(house: Insurer) -> None:
    table = await desk(house)
    assert table["questions"] == []
    anna = table["policies"][0]
    assert (anna["customer"], anna["object"], anna["paid"]) == ("Ковалёва Анна Сергеевна", "Kia Rio, 2019", True)
    assert str(anna["number"]).startswith("ХХХ ")
    assert len(table["customers"]) == 19


async def test_a_question_is_answered_by_somebody_with_a_name(house: Insurer) -> None:
    await house.ask("В-000001", "cus-0001")
    await house.ask("В-000002", None)
    assert [row["status"] for row in (await desk(house))["questions"]] == ["waiting", "waiting"]
    async with Cabinet().at(house.port + 9) as cabinet:
        await house.tell_desk(f"/questions/{quote('В-000001')}", answer=" Да, в любой день. ")
        first = await cabinet.next()
        await house.tell_desk("/questions/В-000002", answer="Приходите в офис.")
        second = await cabinet.next()
        await house.tell_desk("/questions/В-000001", answer="Да, кроме последнего дня.")
        third = await cabinet.next()
    assert first["type"] == "question.answered"
    assert first["resource"]["answer"] == "Да, в любой день."
    assert first["resource"]["answeredBy"] == {"name": "Мария", "post": "специалист по полисам"}
    assert (second["resource"]["customerId"], second["resource"]["answeredBy"]["name"]) == (None, "Андрей")
    assert (third["resource"]["version"], third["resource"]["answeredBy"]["name"]) == (2, "Мария")
    (answered, _) = (await desk(house))["questions"]
    assert (answered["status"], answered["customer"]) == ("answered", "Ковалёва Анна Сергеевна")


async def test_a_policy_is_found_however_its_number_is_spelt(house: Insurer) -> None:
    number = (await house.get("/policies/pol-0001"))["data"]["number"]
    for spelt in (f"ХХХ {number}", f"ХХХ{number}", f"xxx{number}", number, "pol-0001"):
        async with house.session.get(house.outside(f"/desk/policies/{quote(spelt)}")) as answer:
            assert (await answer.json())["policyId"] == "pol-0001"


async def test_given_fields_are_merged_and_the_rest_stays(house: Insurer) -> None:
    before = (await house.get("/policies/pol-0001"))["data"]
    status, after = await house.tell_desk("/policies/pol-0001", insured={"name": {"last": "Орлова"}}, end="2020-01-01")
    assert (status, after["error"]) == (400, "the resource would be invalid")
    today = house.core.register.today().isoformat()
    status, after = await house.tell_desk("/policies/pol-0001", insured={"name": {"last": "Орлова"}}, end=today)
    assert status == 200
    assert after["insured"]["name"] == before["insured"]["name"] | {"last": "Орлова"}
    assert (after["termEndDate"], after["version"], after["status"]) == (today, 2, "active")
    untouched = before.keys() - {"insured", "termEndDate", "version"}
    assert {name: after[name] for name in untouched} == {name: before[name] for name in untouched}


async def test_a_status_may_be_decided(house: Insurer) -> None:
    assert (await house.tell_desk("/policies/pol-0001", status="terminated"))[1]["status"] == "terminated"
    assert (await house.tell_desk("/policies/pol-0001", formNumber="ТТТ 1"))[1]["status"] == "terminated"
    assert (await house.tell_desk("/policies/pol-0001", status="active"))[1]["status"] == "active"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/policies/0000000000", {"status": "active"}, 404),
        ("/policies/pol-0001", {"status": "asleep"}, 400),
        ("/policies/pol-0001", {"colour": "red"}, 400),
        ("/policies/pol-0001", {"version": 7}, 400),
        ("/policies/pol-0001", {}, 400),
        ("/customers/cus-9999", {"email": None}, 404),
        ("/customers/cus-0001", {"phone": "8 907"}, 400),
        ("/questions/В-999999", {"answer": "Да"}, 404),
        ("/questions/В-999999", {"answer": " "}, 400),
        ("/questions/В-999999", {"text": "Да"}, 400),
        ("/checks/1", {"outcome": "passed"}, 404),
        ("/checks/1", {}, 404),
        ("/checks", {"auto": "yes"}, 400),
        ("/applications/1", {"price": "1.00"}, 404),
        ("/claims/1", {"status": "closed"}, 404),
    ],
)
async def test_what_cannot_be_done_is_explained(
    house: Insurer, path: str, body: dict[str, object], status: int
) -> None:
    told, answer = await house.tell_desk(path, **body)
    assert told == status
    assert answer["error"]
    assert answer.keys() == {"error", "hint"}
    assert not house.world.store.all("core.event")
