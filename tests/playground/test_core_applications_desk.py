"""The insurer's employee and the applications: sees them, decides checks, changes prices, refuses, switches the automatic outcome."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from playground.core.checks import Checks
from tests.playground.accident import hand_over
from tests.playground.insurer import Insurer, insurer
from tests.playground.renewal import NUMBER, Renewal, renewal


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Insurer]:
    async with insurer(tmp_path) as running:
        yield running


@pytest.fixture
async def anna(house: Insurer) -> Renewal:
    return await renewal(house)


async def table(house: Insurer) -> Any:
    async with house.session.get(house.outside("/desk")) as answer:
        return await answer.json()


async def test_the_table_shows_what_waits_and_what_became_of_it(house: Insurer, anna: Renewal) -> None:
    empty = await table(house)
    assert (empty["applications"], empty["checks"], empty["auto"]) == ([], [], False)
    await anna.submit()
    shown = await table(house)
    (check,), (row,) = shown["checks"], shown["applications"]
    assert check == row | {"id": NUMBER}
    assert (row["number"], row["customer"], row["status"]) == (NUMBER, "Ковалёва Анна Сергеевна", "checking")
    assert row["drivers"] == ["Ковалёва Анна Сергеевна", "Ковалёв Михаил Андреевич"]
    assert row["price"] is None
    price = (await anna.decide())["price"]["amount"]
    await anna.accept(price)
    await anna.pay(price)
    shown = await table(house)
    (row,) = shown["applications"]
    assert (shown["checks"], row["status"], row["price"], row["paid"]) == ([], "issued", price, True)
    assert row["issuedPolicy"].startswith("ХХХ ")
    assert row["issuedPolicy"] != row["policy"]


@pytest.mark.parametrize("spelt", [NUMBER, "Z-000001", "000001", "26-000001"])
async def test_an_application_is_found_however_its_number_is_spelt(house: Insurer, anna: Renewal, spelt: str) -> None:
    await anna.submit()
    own = (await anna.seen())["applicationId"]
    path = house.outside(f"/desk/applications/{quote(own if spelt.startswith('26-') else spelt)}")
    async with house.session.get(path) as answer:
        assert await answer.json() == await anna.seen()


async def test_a_changed_price_has_to_be_accepted_anew(house: Insurer, anna: Renewal) -> None:
    old = await anna.accepted()
    status, changed = await house.tell_desk(f"/applications/{NUMBER}", price="7000,5")
    assert (status, changed["status"], changed["price"]["amount"]) == (200, "priced", "7000.50")
    assert (await anna.accept(old))[0] == 409
    assert (await anna.accept("7000.50"))[1]["data"]["status"] == "accepted"
    assert (await anna.pay("7000.50"))[1]["data"]["status"] == "issued"


async def test_money_of_the_old_price_is_refused(house: Insurer, anna: Renewal) -> None:
    old = await anna.accepted()
    await house.tell_desk(f"/applications/{NUMBER}", price="7000.50")
    assert (await anna.pay(old))[1]["data"]["status"] == "refused"


async def test_refused_by_an_employee_and_money_that_comes_all_the_same(house: Insurer, anna: Renewal) -> None:
    price = await anna.accepted()
    _, refused = await house.tell_desk(f"/applications/{NUMBER}", status="refused", reason="Машина в розыске.")
    assert (refused["status"], refused["reason"]) == ("refused", "Машина в розыске.")
    status, answer = await anna.pay(price)
    assert (status, answer["data"]["status"], answer["data"]["reason"]) == (200, "refused", "Машина в розыске.")
    assert answer["data"]["payment"]["reference"] == "pay-1"
    assert (await anna.cancel())[1] == answer
    assert (await anna.submit(revision=2))[0] == 409


async def test_cancelled_by_an_employee(house: Insurer, anna: Renewal) -> None:
    await anna.submit()
    _, cancelled = await house.tell_desk(f"/applications/{NUMBER}", status="cancelled")
    assert (cancelled["status"], cancelled["reason"]) == ("cancelled", "Страховщик отменил заявку.")


async def test_a_doubt_may_be_settled_by_an_employee(house: Insurer, anna: Renewal) -> None:
    await anna.submit()
    await anna.decide("mismatch", fields=["drivers/1/licence"])
    settled = await anna.decide("passed", comment="Копии проверены.")
    assert (settled["status"], settled["check"]["comment"]) == ("priced", "Копии проверены.")


async def test_copies_of_documents_are_seen_and_decide_nothing(house: Insurer, anna: Renewal) -> None:
    path, copy = f"/applications/{quote(NUMBER)}", b"a copy of a licence"
    assert (await hand_over(house, path, copy, "licence-front"))[0] == 404
    await anna.submit()
    await anna.decide("mismatch", fields=["drivers/0/licence"])
    for expected in (201, 200):
        status, answer = await hand_over(house, path, copy, "licence-front", name="Права.jpg")
        assert (status, answer["data"]["size"]) == (expected, len(copy))
    assert (await hand_over(house, path, copy, "licence-front", sha256="0" * 64))[0] == 422
    seen = await anna.seen()
    assert (seen["status"], seen["version"], seen["filesReceived"]) == ("mismatch", 3, [answer["data"]["sha256"]])
    (row,) = (await table(house))["applications"]
    assert [(file["name"], file["slots"]) for file in row["files"]] == [("Права.jpg", ["licence-front"])]
    async with house.session.get(
        house.outside(f"/desk/applications/{quote(NUMBER)}/files/{row['files'][0]['sha256']}")
    ) as shown:
        assert (shown.status, await shown.read()) == (200, copy)
    assert (await anna.submit(revision=2))[1]["data"]["filesReceived"] == seen["filesReceived"]


async def test_the_switch_outlives_a_restart(tmp_path: Path) -> None:
    async with insurer(tmp_path) as house:
        assert (await table(house))["auto"] is True
        assert await house.tell_desk("/checks", auto=False) == (200, {"auto": False})
    async with insurer(tmp_path) as house:
        assert (await table(house))["auto"] is False


async def test_a_clock_that_jumps_hurries_no_check(
    house: Insurer, anna: Renewal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Checks, "pause", 600.0)
    await house.tell_desk("/checks", auto=True)
    await anna.submit()
    house.world.clock.advance(timedelta(hours=12))
    assert (await anna.seen())["status"] == "checking"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (f"/checks/{NUMBER}", {"outcome": "lost"}, 400),
        (f"/checks/{NUMBER}", {}, 400),
        (f"/checks/{NUMBER}", {"outcome": "mismatch", "fields": "licence"}, 400),
        (f"/applications/{NUMBER}", {"price": "1.00"}, 409),
        (f"/applications/{NUMBER}", {"price": "much"}, 400),
        (f"/applications/{NUMBER}", {"price": "-5"}, 400),
        (f"/applications/{NUMBER}", {"status": "issued"}, 400),
        (f"/applications/{NUMBER}", {}, 400),
        ("/checks", {}, 400),
    ],
)
async def test_what_cannot_be_done_is_explained(
    house: Insurer, anna: Renewal, path: str, body: dict[str, Any], status: int
) -> None:
    await anna.submit()
    told, answer = await house.tell_desk(path, **body)
    assert (told, answer.keys()) == (status, {"error", "hint"})
    assert (await anna.seen())["status"] == "checking"


async def test_what_is_decided_is_decided(house: Insurer, anna: Renewal) -> None:
    price = await anna.accepted()
    await anna.pay(price)
    for path, body in (("checks", {"outcome": "passed"}), ("applications", {"status": "refused"})):
        assert (await house.tell_desk(f"/{path}/{NUMBER}", **body))[0] == 409
    assert (await house.tell_desk(f"/applications/{NUMBER}", status="cancelled"))[0] == 409
    assert (await anna.seen())["status"] == "issued"
