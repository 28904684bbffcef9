"""The insurer's employee and the claims: sees what has come, moves them on, is told what cannot be."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from playground.core.claim_defaults import appointment
from playground.core.register import MOSCOW
from tests.playground.accident import NUMBER, Accident, accident
from tests.playground.insurer import Insurer, insurer

PHOTO = b"\xff\xd8 a photo of a bumper"
DAMAGE = ("cus-0017", "kasko", "damage")
"""The car of Marina; its KASKO has a deductible of 10 000 roubles."""


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Insurer]:
    async with insurer(tmp_path) as running:
        yield running


@pytest.fixture
async def marina(house: Insurer) -> Accident:
    made = await accident(house, *DAMAGE)
    await made.submit()
    return made


async def row(house: Insurer, number: str = NUMBER) -> Any:
    async with house.session.get(house.outside("/desk")) as answer:
        return next(it for it in (await answer.json())["claims"] if it["id"] == number)


async def walk(made: Accident, *states: str) -> Any:
    for state in states:
        status, claim = await made.order(state)
        assert (status, claim.get("status")) == (200, state), claim
    return claim


async def test_the_table_shows_what_came_and_what_may_come_next(house: Insurer, marina: Accident) -> None:
    await marina.send(PHOTO, name="Бампер.jpg")
    await marina.order("clarification", documents=["Справка", {"code": "licence-front", "title": "Права"}])
    await marina.send(PHOTO, slot="licence-front")
    shown = await row(house)
    assert (shown["number"], shown["customer"], shown["status"]) == (
        NUMBER,
        "Соловьёва Марина Юрьевна",
        "clarification",
    )
    assert shown["policy"].startswith("К-")
    assert [(it["name"], it["received"], it["slots"]) for it in shown["files"]] == [
        ("Бампер спереди.jpg", True, ["damage-close", "licence-front"])
    ]
    assert [(it["title"], it["received"]) for it in shown["documents"]] == [("Справка", False), ("Права", True)]
    assert shown["next"] == ["review", "clarification", "inspection", "repair", "payout", "closed", "refused"]
    assert shown["filesReceived"] == 1


async def test_announced_files_are_awaited(house: Insurer) -> None:
    made = await accident(house)
    note = {"name": "a.jpg", "mimeType": "image/jpeg", "size": 5, "slot": "scene", "receivedAt": "2026-11-21T12:00:00Z"}
    await made.submit(files=[note | {"sha256": "1" * 64}])
    assert [(it["name"], it["received"]) for it in (await row(house))["files"]] == [("a.jpg", False)]


@pytest.mark.parametrize("spelt", [NUMBER, "У000001", "U-000001", "y-000001", "000001", "clm", "АТ", "at"])
async def test_a_claim_is_found_however_its_number_is_spelt(house: Insurer, marina: Accident, spelt: str) -> None:
    claim = await marina.seen()
    known = {"clm": claim["claimId"], "АТ": claim["claimNumber"], "at": claim["claimNumber"].replace("АТ", "at")}
    async with house.session.get(house.outside(f"/desk/claims/{quote(known.get(spelt, spelt))}")) as answer:
        whole = await answer.json()
    assert {name: whole[name] for name in claim} == claim
    assert whole["notice"]["story"] == marina.body["story"]
    assert whole["files"] == []


async def test_a_file_can_be_looked_at_and_never_runs(house: Insurer, marina: Accident) -> None:
    for photo, type_, expected in (
        (PHOTO, "image/jpeg", "image/jpeg"),
        (b"<script>", "text/html", "application/octet-stream"),
    ):
        _, sent = await marina.send(photo, type=type_)
        async with house.session.get(house.outside(f"/desk/claims/{NUMBER}/files/{sent['data']['sha256']}")) as answer:
            assert (answer.status, await answer.read(), answer.content_type) == (200, photo, expected)
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "sandbox" in answer.headers["Content-Security-Policy"]
    async with house.session.get(house.outside(f"/desk/claims/{NUMBER}/files/{'0' * 64}")) as answer:
        assert answer.status == 404


async def test_all_the_way_to_the_end_with_nothing_said(marina: Accident) -> None:
    claim = await walk(marina, "review", "clarification", "review", "inspection", "repair", "payout", "closed")
    assert claim["inspection"]["address"]
    assert claim["direction"]["documentId"] == f"doc-{claim['claimId']}-repair-direction"
    assert (claim["direction"]["form"], claim["direction"]["station"]["name"]) == (
        "contracted",
        "Кузовной цех «Причал»",
    )
    assert claim["payout"]["amount"]["amount"] == "50000.00", "a loss of 60 000 less the deductible of 10 000"
    assert claim["payout"]["paidOn"]
    states = [step["status"] for step in claim["history"]]
    assert states == ["received", "review", "clarification", "review", "inspection", "repair", "payout", "closed"]


async def test_what_is_said_is_taken(marina: Accident) -> None:
    at = "2026-12-01T12:00:00+03:00"
    _, claim = await marina.order(
        "inspection", inspection={"at": at, "address": "Химки, Якорная, 1"}, comment="Ждём вас."
    )
    assert claim["inspection"] == {"at": "2026-12-01T09:00:00Z", "address": "Химки, Якорная, 1"}
    assert (claim["comment"], claim["history"][-1]["comment"]) == ("Ждём вас.", "Ждём вас.")
    _, claim = await marina.order("repair", form="dealer", station={"address": "Химки, Портовая, 2"})
    assert (claim["direction"]["form"], claim["direction"]["station"]["address"]) == ("dealer", "Химки, Портовая, 2")
    assert claim["direction"]["station"]["name"].startswith("Автоцентр")
    _, claim = await marina.order("payout", amount="12 345,6")
    assert claim["payout"] == {"amount": {"amount": "12345.60", "unit": "RUB"}, "paidOn": None}
    _, claim = await marina.order("payout", paidOn="2026-12-05")
    assert claim["payout"] == {"amount": {"amount": "12345.60", "unit": "RUB"}, "paidOn": "2026-12-05"}
    assert [step["status"] for step in claim["history"]].count("payout") == 1


async def test_a_refusal_may_be_reconsidered(marina: Accident) -> None:
    _, claim = await marina.order("refused", reason="Водитель не вписан в полис.")
    assert claim["refusal"] == {"reason": "Водитель не вписан в полис.", "clause": None}
    claim = await walk(marina, "review")
    assert claim["refusal"] is None
    _, claim = await marina.order("refused")
    assert claim["refusal"]["clause"] == "Правила страхования КАСКО, пункт 5.1"


async def test_asked_again_the_list_is_another(marina: Accident) -> None:
    _, first = await marina.order("clarification", documents=["Справка"])
    _, second = await marina.order("clarification", documents=["Справка"])
    assert first["requiredDocuments"][0]["code"] != second["requiredDocuments"][0]["code"]
    assert second["history"][-1]["at"] == second["statusSince"]


async def test_the_last_day_for_papers_is_named_and_goes_with_them(house: Insurer, marina: Accident) -> None:
    _, claim = await marina.order("clarification", documents=["Справка"], requiredBy="2030-12-01")
    assert (claim["requiredBy"], (await row(house))["requiredBy"]) == ("2030-12-01", "2030-12-01")
    await marina.send(PHOTO, slot=claim["requiredDocuments"][0]["code"])
    back = await marina.seen()
    assert (back["status"], back["requiredDocuments"], back["requiredBy"]) == ("review", [], None)
    _, claim = await marina.order("clarification", requiredBy="2030-12-01")
    _, claim = await marina.order("clarification")
    assert claim["requiredBy"] is None, "asked anew, with no day"
    _, claim = await marina.order("clarification", requiredBy="2030-12-01")
    assert (await walk(marina, "inspection"))["requiredBy"] is None


async def test_after_a_theft_there_is_nothing_to_repair(house: Insurer) -> None:
    made = await accident(house, "cus-0018", "kasko", "theft")
    await made.submit()
    assert "repair" not in (await row(house))["next"]
    assert (await made.order("repair"))[0] == 409
    _, claim = await made.order("payout")
    assert claim["payout"]["amount"]["amount"] == "2380000.00"


@pytest.mark.parametrize(
    ("way", "to"),
    [
        ((), "received"),
        (("review",), "review"),
        (("repair",), "refused"),
        (("payout",), "review"),
        (("payout",), "repair"),
        (("closed",), "review"),
        (("refused",), "payout"),
        (("refused",), "closed"),
    ],
)
async def test_what_cannot_be_is_refused_with_what_can(marina: Accident, way: tuple[str, ...], to: str) -> None:
    for state in way:
        assert (await marina.order(state))[0] == 200
    before = await marina.seen()
    status, answer = await marina.order(to)
    assert (status, answer.keys()) == (409, {"error", "hint"})
    assert "possible: " in answer["error"]
    assert await marina.seen() == before


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (f"/claims/{NUMBER}", {"status": "lost"}, 400),
        (f"/claims/{NUMBER}", {}, 400),
        (f"/claims/{NUMBER}", {"status": "payout", "amount": "much"}, 400),
        (f"/claims/{NUMBER}", {"status": "payout", "amount": "-5"}, 400),
        (f"/claims/{NUMBER}", {"status": "review", "colour": "red"}, 400),
        (f"/claims/{NUMBER}", {"status": "clarification", "documents": [{"code": "Две", "title": "а"}]}, 400),
        (f"/claims/{NUMBER}", {"status": "inspection", "inspection": {"at": "tomorrow"}}, 400),
        (f"/claims/{NUMBER}", {"status": "clarification", "requiredBy": "soon"}, 400),
        (f"/claims/{NUMBER}", {"status": "repair", "form": "garage"}, 400),
        ("/claims/У-999999", {"status": "review"}, 404),
        ("/claims", {}, 400),
        ("/claims", {"auto": "yes"}, 400),
    ],
)
async def test_nonsense_is_explained(
    house: Insurer, marina: Accident, path: str, body: dict[str, Any], status: int
) -> None:
    told, answer = await house.tell_desk(path, **body)
    assert (told, answer.keys()) == (status, {"error", "hint"})
    assert answer["hint"]
    assert (await marina.seen())["version"] == 1


@pytest.mark.parametrize("day", range(21, 29))
def test_nobody_is_asked_to_come_at_a_weekend(day: int) -> None:
    moment = appointment(datetime(2026, 11, day, 22, 30, tzinfo=UTC)).at
    assert (moment.tzinfo, moment.hour) == (MOSCOW, 11)
    assert moment.weekday() < 5
    assert 2 <= moment.toordinal() - day - datetime(2026, 10, 31, tzinfo=UTC).toordinal() <= 5
