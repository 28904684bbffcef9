"""A claim at the reference core: registered under the cabinet's number, repeated without harm, documented file by file."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from playground.core.automatic import Automatic
from playground.core.files import LARGEST
from playground.faults import Fault
from tests.playground.accident import NUMBER, Accident, accident
from tests.playground.insurer import Cabinet, Insurer, insurer
from tests.playground.renewal import at_fault

PHOTO = b"\xff\xd8 a photo of a bumper"
SHA = hashlib.sha256(PHOTO).hexdigest()


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Insurer]:
    async with insurer(tmp_path) as running:
        yield running


@pytest.fixture
async def anna(house: Insurer) -> Accident:
    return await accident(house)


def kept(house: Insurer) -> list[str]:
    return [path.name for path in (house.world.settings.data / "files").rglob("*") if path.is_file()]


async def test_a_claim_has_a_number_at_once(house: Insurer, anna: Accident) -> None:
    async with Cabinet().at(house.port + 9) as cabinet:
        status, answer = await anna.submit()
        event = await cabinet.next()
    claim = answer["data"]
    assert status == 201
    assert (claim["number"], claim["status"], claim["version"]) == (NUMBER, "received", 1)
    assert claim["claimNumber"].startswith("АТ-150040")
    assert [step["status"] for step in claim["history"]] == ["received"]
    assert (event["type"], event["resource"]) == ("claim.changed", claim)
    assert await anna.seen() == claim
    assert (await house.get(f"/claims/{claim['claimId']}"))["data"] == claim
    assert (await house.get("/claims?limit=500"))["data"][-1] == claim


async def test_the_same_notice_again_changes_nothing(house: Insurer, anna: Accident) -> None:
    first = await anna.submit()
    assert await anna.submit() == (200, first[1])
    await anna.order("review")
    status, again = await anna.submit()
    assert (status, again["data"]["status"]) == (200, "review")
    status, problem = await anna.submit(story="Нет, это я въехала.")
    assert (status, problem["type"]) == (409, "urn:core:problem:number-taken")


async def test_repeats_side_by_side_are_one_claim(house: Insurer, anna: Accident) -> None:
    answers = await asyncio.gather(*(anna.submit() for _ in range(5)))
    assert sorted(status for status, _ in answers) == [200] * 4 + [201]
    numbers = [row["number"] for row in (await house.get("/claims?limit=500"))["data"]]
    assert numbers.count(NUMBER) == 1


@pytest.mark.parametrize(
    ("change", "pointers"),
    [
        ({"customerId": "cus-9999"}, {"/customerId"}),
        ({"customerId": "cus-0002"}, {"/policyId"}),
        ({"policyId": "pol-9999"}, {"/policyId"}),
        ({"product": "kasko", "event": "theft"}, {"/product"}),
        ({"event": "theft"}, {"/event"}),
        ({"registration": "europrotocol"}, {"/europrotocol"}),
        ({"happenedAt": "25:00"}, {"/happenedAt"}),
        ({"place": {"words": None, "latitude": 55.1, "longitude": None}}, {"/place"}),
        ({"place": {"words": None, "latitude": 155.1, "longitude": 37.0}}, {"/place/latitude"}),
        ({"contactPhone": "8 907"}, {"/contactPhone"}),
        ({"files": [{"sha256": SHA}]}, {f"/files/0/{it}" for it in ("name", "mimeType", "size", "slot", "receivedAt")}),
        ({"colour": "red"}, {"/colour"}),
    ],
)
async def test_what_cannot_be_used_is_refused(
    house: Insurer, anna: Accident, change: dict[str, Any], pointers: set[str]
) -> None:
    status, problem = await anna.submit(**change)
    assert (status, at_fault(problem)) == (422, pointers)
    assert not house.world.store.all("core.event")


async def test_a_number_is_one_of_the_cabinets(anna: Accident) -> None:
    anna.number = "clm-0001"
    status, problem = await anna.submit()
    assert (status, problem["type"]) == (422, "urn:core:problem:number")


async def test_tomorrow_is_possible_in_the_east_and_no_later(house: Insurer, anna: Accident) -> None:
    today = house.core.register.today()
    assert (await anna.submit(happenedOn=str(today + timedelta(days=2))))[0] == 422
    assert (await anna.submit(happenedOn=str(today + timedelta(days=1))))[0] == 201


async def test_an_ended_policy_is_no_reason_not_to_listen(house: Insurer) -> None:
    assert (await (await accident(house, "cus-0006")).submit())[0] == 201


async def test_a_file_is_kept_by_its_hash(house: Insurer, anna: Accident) -> None:
    await anna.submit()
    async with Cabinet().at(house.port + 9) as cabinet:
        await cabinet.next()
        status, answer = await anna.send(PHOTO)
        event = await cabinet.next()
    assert (status, answer["data"]) == (201, {"sha256": SHA, "size": len(PHOTO)})
    assert (event["resource"]["version"], event["resource"]["filesReceived"]) == (2, [SHA])
    assert await anna.send(PHOTO) == (200, answer)
    assert (await anna.seen())["version"] == 2
    assert kept(house) == [SHA]


async def test_a_file_may_be_addressed_by_the_cores_id(house: Insurer, anna: Accident) -> None:
    claim = (await anna.submit())[1]["data"]
    assert (await anna.send(PHOTO, key=claim["claimId"]))[0] == 201
    assert (await anna.seen())["filesReceived"] == [SHA]


async def test_the_same_photo_in_two_claims_is_two_files_and_kept_once(house: Insurer, anna: Accident) -> None:
    dmitry = await accident(house, "cus-0002")
    dmitry.number = "У-000002"
    for one in (anna, dmitry):
        await one.submit()
        assert (await one.send(PHOTO))[0] == 201
        assert (await one.seen())["filesReceived"] == [SHA]
    assert kept(house) == [SHA]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"sha256": "0" * 64}, 422, "hash"),
        ({"sha256": "nonsense"}, 400, "file"),
        ({"slot": "Damage close"}, 400, "file"),
        ({"name": ""}, 400, "file"),
        ({"key": "У-000099"}, 404, "not-found"),
    ],
)
async def test_a_file_that_is_not_what_was_said(
    house: Insurer, anna: Accident, change: dict[str, str], status: int, code: str
) -> None:
    await anna.submit()
    told, problem = await anna.send(PHOTO, **change)
    assert (told, problem["type"]) == (status, f"urn:core:problem:{code}")
    assert (await anna.seen())["version"] == 1
    assert kept(house) == []


async def test_a_file_too_large_is_not_read_to_its_end(house: Insurer, anna: Accident) -> None:
    await anna.submit()
    status, problem = await anna.send(b"0" * (LARGEST + 1))
    assert (status, problem["type"]) == (413, "urn:core:problem:too-large")
    assert kept(house) == []


async def test_an_answer_lost_on_the_way_may_be_fetched_again(house: Insurer, anna: Accident) -> None:
    await anna.submit()
    house.world.faults.order("core", Fault(error=503, after=True))
    assert (await anna.send(PHOTO))[0] == 503
    assert (await anna.send(PHOTO))[0] == 200


async def test_missing_documents_bring_the_claim_back_to_review(house: Insurer, anna: Accident) -> None:
    await anna.submit()
    await anna.send(PHOTO, slot="sts-front")
    wanted = [{"code": "sts-front", "title": "СТС"}, {"code": "notice-back", "title": "Извещение о ДТП"}]
    await anna.order("clarification", documents=wanted, comment="СТС не читается")
    claim = await anna.seen()
    assert (claim["status"], claim["requiredDocuments"], claim["comment"]) == (
        "clarification",
        wanted,
        "СТС не читается",
    )
    await anna.send(b"a notice", slot="notice-back")
    assert (await anna.seen())["status"] == "clarification", "the STS came before it was asked for"
    await anna.send(b"something else", slot="other")
    assert (await anna.seen())["requiredDocuments"] == wanted
    await anna.send(b"the STS, sharp", slot="sts-front")
    claim = await anna.seen()
    assert (claim["status"], claim["requiredDocuments"], claim["comment"]) == ("review", [], None)
    assert [step["status"] for step in claim["history"]] == ["received", "clarification", "review"]
    assert len(claim["filesReceived"]) == 4


async def test_the_very_same_file_may_answer_a_request(anna: Accident) -> None:
    """A client who insists that the photo is good."""
    await anna.submit()
    await anna.send(PHOTO, slot="sts-front")
    await anna.order("clarification", documents=[{"code": "sts-front", "title": "СТС"}])
    assert (await anna.send(PHOTO, slot="sts-front"))[0] == 200
    assert (await anna.seen())["status"] == "review"


async def test_nothing_moves_by_itself_unless_it_is_told_to(
    house: Insurer, anna: Accident, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Automatic, "pause", 0.05)
    async with Cabinet().at(house.port + 9) as cabinet:
        await anna.submit()
        assert (await cabinet.next())["resource"]["status"] == "received"
        assert await house.tell_desk("/claims", auto=True) == (200, {"auto": True})
        moved = [(await cabinet.next())["resource"] for _ in range(2)]
    assert {row["status"] for row in moved} == {"review"}
    assert {row["number"] for row in moved} == {None, NUMBER}, "the seeded one that waits, too"


async def test_everything_outlives_a_restart(tmp_path: Path) -> None:
    async with insurer(tmp_path) as house:
        made = await accident(house)
        await made.submit()
        await made.send(PHOTO)
        before = await made.seen()
    async with insurer(tmp_path) as house:
        made.house = house
        assert await made.seen() == before
        assert (await made.submit())[0] == 200
        assert (await made.send(PHOTO))[0] == 200


async def test_a_reset_forgets_the_files(house: Insurer, anna: Accident) -> None:
    await anna.submit()
    await anna.send(PHOTO)
    house.world.reset()
    assert kept(house) == []
    assert (await anna.send(PHOTO))[0] == 404
    assert (await anna.submit())[0] == 201
