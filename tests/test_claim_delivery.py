"""A claim on its way to the insurer over HTTP: the notice and every file arrive once, whatever the core does, and its word comes back."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

import bot.delivery
from bot.container import make_dialogs, make_files, make_vault
from bot.pipe import Pipe
from services.cabinet import Cabinet
from services.claims import Claim, State
from services.db.pipe import Event
from services.db.unit import Unit
from services.model import Actor
from services.uploads import Sent, Upload
from tests.support.claims import AT, REPORT
from tests.support.insured import Insured, insured
from tests.support.ops import fault, unparked
from tests.support.second import rows
from tests.support.town import Town, town

T = TypeVar("T")
Deed = Callable[[Unit, Cabinet, Actor], Awaitable[T]]


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


class Office:
    """What a person does in the cabinet, without the chat: each deed is a step of its own, stored and delivered as any other."""

    def __init__(self, town: Town, person: Insured, folder: Path) -> None:
        self.town, self.person, self.folder = town, person, folder
        self._vault, self._number = make_vault(town.settings), 0
        parts = town.process.parts
        self._conversation, _ = make_dialogs(town.settings, self._vault, parts.clock, parts.calendar)
        self.files = make_files(town.settings, self._vault)
        self.actor = Actor(person.id, "ru", 0, AT, consented=True, client_id=person.client_id)

    async def do(self, deed: Deed[T]) -> T:
        parts = self.town.process.parts
        self._number += 1
        event = Event("test", f"{self.person.id}:{self._number}", f"tg:{self.person.id}", b"{}")
        async with parts.store.tx() as tx:
            await tx.lock([event.lane])
            unit = Unit(tx, event, parts.clock.now())
            found = await deed(unit, self._conversation.turn(unit, self.actor).cabinet, self.actor)
            pipe = Pipe(parts.store, self._vault, parts.clock, _nothing)
            unit.parcels = [parcel for parcel in unit.parcels if parcel.channel != "file"]
            await tx.write(pipe.ledger([unit]), time.time())
        parts.hub.poke()
        return found

    async def photo(self, message: int, content: bytes, draft: str = "d") -> str:
        """A file that has gone all the way into the store; its hash."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self.folder / sha256
        path.write_bytes(content)
        await self.files.put(path, sha256)
        sent = Sent("f", message, f"Фото {message}, бампер.jpg", "image/jpeg", len(content), "", AT)
        kept = {"sha256": sha256, "size": len(content), "mime": "image/jpeg", "width": 8, "height": 8}

        async def taken(unit: Unit, cabinet: Cabinet, actor: Actor) -> None:
            await cabinet.uploads.take(unit, actor, draft, sent)
            row = unit.parcels[-1].body["upload"]
            found = {"upload": row, "sha256": sha256[::-1], "kept": kept, "looks": [], "likeness": "", "taken": None}
            await cabinet.uploads.stored(unit, actor, found)

        await self.do(taken)
        return sha256

    async def file(self, draft: str = "d") -> Claim:
        async def filed(unit: Unit, cabinet: Cabinet, actor: Actor) -> Claim:
            policy = await cabinet.policies.by_core_id(unit, actor, self.person.policies[0].policy_id)
            return await cabinet.claims.file(unit, actor, policy, REPORT, draft)

        return await self.do(filed)

    async def now(self, claim: Claim) -> tuple[Claim, list[Upload]]:
        async def looked(unit: Unit, cabinet: Cabinet, actor: Actor) -> tuple[Claim, list[Upload]]:
            one = await cabinet.claims.one(unit, actor, claim.id)
            return one, await cabinet.uploads.of_claim(unit, actor, claim.id)

        return await self.do(looked)


async def _nothing(_: Unit) -> None:
    return None


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
