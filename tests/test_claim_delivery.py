"""A claim on its way to the insurer over HTTP: the notice and every file arrive once, whatever the core does, and its word comes back."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

import bot.delivery
from services.claims import Claim, State
from tests.support.insured import insured
from tests.support.office import Office
from tests.support.ops import fault, unparked
from tests.support.second import rows
from tests.support.town import Town, town


@pytest.fixture(scope="module")
async def port(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A town whose core is often ill."""
    async with town(tmp_path_factory.mktemp("port")) as own:
        yield own


@pytest.fixture(autouse=True)
async def calm(port: Town, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    monkeypatch.setattr(bot.delivery, "BACKOFF", (0.05,) * 5)
    yield
    async with port.http.delete(f"{port.url}/faults"):
        pass
    await unparked(port)


@pytest.fixture
async def office(port: Town, tmp_path: Path) -> Office:
    return Office(port, await insured(port), tmp_path)


async def at_the_desk(port: Town, claim: Claim) -> dict[str, Any]:
    shown: dict[str, Any] = await port.call("GET", f"/desk/claims/{claim.number}")
    return shown


@pytest.mark.parametrize(
    "trouble",
    [
        {},
        {"error": 503, "times": 4},
        {"drop_answer": True, "times": 3},
        {"error": 401, "times": 2},
        {"delay": 0.1, "times": 3},
    ],
    ids=str,
)
async def test_a_notice_and_its_files_arrive_once(port: Town, office: Office, trouble: dict[str, Any]) -> None:
    contents = [f"снимок {number}".encode() * 5000 for number in range(3)]
    hashes = [await office.photo(number, content) for number, content in enumerate(contents)]
    if trouble:
        await fault(port, on="core", **trouble)
    claim = await office.file()
    await unparked(port)
    await port.settle()
    there = await at_the_desk(port, claim)
    assert (there["status"], there["number"], sorted(there["filesReceived"])) == (
        "received",
        claim.number,
        sorted(hashes),
    )
    assert [it["name"] for it in there["files"] if it["slots"] == ["scene"]] == ["Фото 0, бампер.jpg"]
    for sha256, content in zip(hashes, contents, strict=True):
        async with port.http.get(f"{port.url}/desk/claims/{claim.number}/files/{sha256}") as response:
            assert await response.read() == content
    now, files = await office.now(claim)
    assert (now.state, now.core_number) == (State.RECEIVED, there["claimNumber"])
    assert all(it.handed for it in files)


async def test_the_insurers_word_comes_back(port: Town, office: Office) -> None:
    claim = await office.file()
    await port.settle()
    for status, more in (("review", {}), ("clarification", {"documents": ["Фото VIN"]})):
        await port.call("POST", f"/desk/claims/{claim.number}", {"status": status, "comment": "Так надо", **more})
    await port.settle()
    now, _ = await office.now(claim)
    assert (now.state, now.said.comment, [it.title for it in now.said.wanted]) == (
        State.CLARIFICATION,
        "Так надо",
        ["Фото VIN"],
    )
    assert [it.state for it in now.said.history][-2:] == [State.REVIEW, State.CLARIFICATION]


async def test_a_file_that_is_lost_is_told_and_holds_no_other(port: Town, office: Office) -> None:
    lost, kept = [await office.photo(number, bytes([number]) * 100) for number in (1, 2)]
    await office.files.drop(lost)
    claim = await office.file()
    await port.settle()
    assert (await at_the_desk(port, claim))["filesReceived"] == [kept]
    _, files = await office.now(claim)
    assert [(it.handed, it.why) for it in files] == [(False, "gone"), (True, "")]


async def test_a_notice_the_core_refuses_is_written_down(port: Town, office: Office) -> None:
    await fault(port, on="core", error=422)
    claim = await office.file()
    await port.settle()
    now, _ = await office.now(claim)
    assert now.state is State.SENT
    assert rows(port, "select kind from journal where claim_id = ? order by seq", claim.id) == [
        ("filed",),
        ("undelivered",),
    ]


async def test_claims_of_the_insurers_list_are_known_from_the_start(port: Town) -> None:
    desk = await port.call("GET", "/desk")
    numbers = {row["claimNumber"] for row in desk["claims"] if row["number"] is None}
    known = {number for (number,) in rows(port, "select core_number from claim where account_id = 0")}
    assert known == numbers
    assert numbers


async def test_nothing_of_a_claim_is_readable_in_the_database(port: Town, office: Office) -> None:
    await office.photo(1, b"x")
    claim = await office.file()
    await port.settle()
    stored = json.dumps([str(row) for row in rows(port, "select * from claim where id = ?", claim.id)])
    stored += str(rows(port, "select * from upload")) + str(rows(port, "select * from journal"))
    for word in ("Тверская", "светофоре", "О777", "бампер", "79070000001"):
        assert word not in stored
