"""Papers of claims: each appears with its state, says what the register knows, and stays when the claim goes on."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import zxingcpp

from tests.playground.accident import Accident, accident
from tests.playground.insurer import Cabinet, Insurer, insurer
from tests.playground.test_core_papers import fetch, picture, text_of, verdict


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Insurer]:
    async with insurer(tmp_path) as running:
        yield running


@pytest.fixture
async def marina(house: Insurer) -> Accident:
    """A claim of which the list of papers knows."""
    made = await accident(house, "cus-0017", "kasko", "damage")
    await made.submit()
    await papers(house, made)
    return made


async def papers(house: Insurer, made: Accident) -> dict[str, Any]:
    claim = (await made.seen())["claimId"]
    return {row["kind"]: row for row in (await house.get("/documents?limit=500"))["data"] if row["claimId"] == claim}


async def test_each_comes_with_its_state_and_is_told(house: Insurer, marina: Accident) -> None:
    assert (await papers(house, marina)).keys() == {"claim-application"}
    claim = await marina.seen()
    told: list[tuple[str, str]] = []
    async with Cabinet().at(house.port + 9) as cabinet:
        await cabinet.next()
        for status in ("review", "inspection", "repair", "payout", "closed"):
            await marina.order(status)
        while ("document.changed", "claim-history") not in told:
            event = await cabinet.next()
            resource = event["resource"]
            told.append((event["type"], resource.get("kind") or resource["status"]))
            if event["type"] == "document.changed":
                assert (resource["claimId"], resource["policyId"]) == (claim["claimId"], claim["policyId"])
    assert [kind for type_, kind in told if type_ == "document.changed"] == [
        "inspection-act",
        "repair-direction",
        "claim-history",
    ]
    assert (await marina.seen())["direction"]["documentId"] == (await papers(house, marina))["repair-direction"][
        "documentId"
    ]


async def test_the_direction_leads_to_the_station(house: Insurer, marina: Accident, tmp_path: Path) -> None:
    _, claim = await marina.order(
        "repair", station={"address": "Химки, Портовая, 2", "latitude": 55.9, "longitude": 37.4}
    )
    _, pdf, _ = await fetch(house, claim["direction"]["documentId"])
    text = text_of(pdf)
    for words in (
        claim["claimNumber"],
        "Кузовной цех",
        "Химки, Портовая, 2",
        "Франшизу 10",
        "+7 907",
        "Exeed LX",
        "ДЕМО",
    ):
        assert words in text
    assert (await verdict(house, pdf)).bottom_line
    point = "geo:55.90000,37.40000"
    (code,) = zxingcpp.read_barcodes(await picture(pdf, point, tmp_path))
    assert code.text == point


async def test_the_refusal_says_why_and_what_can_be_done(house: Insurer, marina: Accident) -> None:
    _, claim = await marina.order("refused", reason="Водитель не вписан в полис.", clause="Правила, пункт 5.2")
    document = (await papers(house, marina))["refusal"]
    assert document["title"] == f"Отказ в выплате {claim['claimNumber']}"
    text = text_of((await fetch(house, document["documentId"]))[1])
    for words in ("Водитель не вписан в полис.", "Правила, пункт 5.2", "финансовому уполномоченному"):
        assert words in text


async def test_the_application_repeats_what_was_told(house: Insurer) -> None:
    made = await accident(house)
    note = {
        "name": "Бампер.jpg",
        "mimeType": "image/jpeg",
        "size": 5,
        "slot": "scene",
        "receivedAt": "2026-11-21T12:00:00Z",
    }
    protocol = {"dispute": False, "fixation": True, "limit": {"amount": "400000.00", "unit": "RUB"}}
    files = [note | {"sha256": "ab" * 32}]
    await made.submit(files=files, registration="europrotocol", europrotocol=protocol)
    document = (await papers(house, made))["claim-application"]
    text = text_of((await fetch(house, document["documentId"]))[1])
    for words in (
        made.body["story"],
        "М412ОР750",
        "Северный берег",
        "Якорный проезд, 3",
        "европротокол",
        "Бампер.jpg",
        "abab",
    ):
        assert words in text
    assert "400 000,00" in text.replace("\N{NO-BREAK SPACE}", " ")


async def test_what_comes_later_changes_no_earlier_paper(house: Insurer, marina: Accident) -> None:
    for status in ("inspection", "repair"):
        await marina.order(status)
    before = await papers(house, marina)
    await marina.send(b"one more photo")
    await marina.order("payout")
    await house.tell_desk(f"/policies/{(await marina.seen())['policyId']}", paid=True)
    after = await papers(house, marina)
    assert after == before
    assert before.keys() == {"claim-application", "inspection-act", "repair-direction"}


async def test_another_station_is_printed_anew(house: Insurer, marina: Accident) -> None:
    await marina.order("repair")
    before = (await papers(house, marina))["repair-direction"]
    await marina.order("repair", form="dealer")
    after = (await papers(house, marina))["repair-direction"]
    assert (after["documentId"], after["version"]) == (before["documentId"], before["version"] + 1)
    assert after["sha256"] != before["sha256"]
