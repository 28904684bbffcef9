"""What is kept of claims, on both databases: one draft is one claim, older words change nothing, every file arrives once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from services.accounts import Accounts
from services.claims import State
from services.claims.values import row_of
from services.claims.word import opened as opened_by_insurer
from services.db.pipe import Store, Tx
from services.db.unit import Unit
from services.errors import NotFound
from services.uploads import later
from tests.support.claims import (
    AT,
    LANE,
    POLICY,
    PUBLIC,
    REPORT,
    actor,
    adjusting,
    claims,
    content,
    filed,
    here,
    history,
    resource,
    uploads,
)
from tests.support.claims import sent as photo
from tests.support.stores import opened, rows, unit

AT_ONCE = 8


@pytest.fixture
async def store(database: str, tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(database, tmp_path) as made:
        yield made


async def bind(tx: Tx, *accounts: int) -> None:
    """Chats of the client."""
    for account in accounts:
        await Accounts("1", ("ru",), history).enter(unit(tx), account, None)
        await tx.execute(
            f"insert into binding(account_id, client_id, bound_at, active_at) values({account}, 'cus-x', 0, 0)", ()
        )


async def hear(tx: Tx, number: str | None, version: int, status: str = "received", **more: Any) -> Unit:
    step = unit(tx, LANE, event_id=f"v{version}")
    await adjusting.heard(step, resource(number, version, status, **more))
    return step


def news(step: Unit) -> list[tuple[str, str]]:
    """Who hears what."""
    told = [(event.lane, json.loads(event.body)) for event in step.events]
    return [(lane, facts["news"]) for lane, facts in told if facts["type"] == "claim.news"]


def files_of(step: Unit) -> list[str]:
    return [parcel.body["file"]["sha256"] for parcel in step.parcels if parcel.body["op"] == "claim-file"]


# -- filing -----------------------------------------------------------------------------------------------------------


async def test_a_draft_is_one_claim(store: Store) -> None:
    async with store.tx() as tx:
        await here(tx, await photo(tx, 1, slot="vin"), "a")
        await here(tx, await photo(tx, 2), "b")
        await photo(tx, 3)
        step, again = unit(tx), unit(tx)
        it = await filed(tx, step=step)
        assert await filed(tx, step=again) == it
        assert again.parcels == []
    assert (it.number, it.shown, it.key, it.state, it.over) == ("У-000001", "У-000001", "У-000001", "sent", False)
    [parcel] = step.parcels
    assert (parcel.channel, parcel.lane, parcel.dedup) == ("core", LANE, "claim:У-000001")
    body = parcel.body["body"]
    assert {"op": "claim", "number": it.number, "answer": "claim.answered"}.items() <= parcel.body.items()
    assert (body["customerId"], body["policyId"], body["happenedAt"]) == ("cus-x", "pol-x", "08:15")
    assert body["europrotocol"] == {
        "dispute": False,
        "fixation": True,
        "limit": {"amount": "400000.00", "unit": "RUB"},
    }
    assert [(file["sha256"], file["slot"]) for file in body["files"]] == [
        (content("b"), "scene"),
        (content("a"), "vin"),
    ]
    assert it.entered == body
    assert "Тверская" not in str(await rows(store, "select * from claim"))


async def test_of_many_who_file_one_draft_at_once_one_does(store: Store) -> None:
    async def one() -> tuple[int, int]:
        async with store.tx() as tx:
            step = unit(tx)
            return (await filed(tx, step=step)).id, len(step.parcels)

    found = await asyncio.gather(*(one() for _ in range(AT_ONCE)))
    assert len({number for number, _ in found}) == 1
    assert sum(parcels for _, parcels in found) == 1
    assert await rows(store, "select count(*) from claim") == [(1,)]
    assert await rows(store, "select count(*) from journal") == [(1,)]


async def test_nobody_files_or_sees_anybody_elses(store: Store) -> None:
    async with store.tx() as tx:
        it = await filed(tx)
        thief = actor("cus-y", 2)
        with pytest.raises(NotFound):
            await claims.file(unit(tx), thief, POLICY, REPORT, "e")
        with pytest.raises(NotFound):
            await claims.file(unit(tx), actor("cus-y"), replace(POLICY, client_id="cus-y"), REPORT, "d")
        for nobody in (thief, actor(None, 3)):
            with pytest.raises(NotFound):
                await claims.one(unit(tx), nobody, it.id)
            with pytest.raises(NotFound):
                await adjusting.more(unit(tx), nobody, it.id)
            assert await claims.of_client(unit(tx), nobody) == []
            assert await claims.open_count(unit(tx), nobody) == 0
            assert await uploads.of_claim(unit(tx), nobody, it.id) == []
        assert await claims.one(unit(tx), actor(), it.id) == it


async def test_open_ones_stand_first_and_the_newest_first(store: Store) -> None:
    async with store.tx() as tx:
        old, over, new = [await filed(tx, draft) for draft in ("a", "b", "c")]
        await hear(tx, over.number, 1, "refused")
        assert [it.id for it in await claims.of_client(unit(tx), actor())] == [new.id, old.id, over.id]
        assert await claims.open_count(unit(tx), actor()) == 2


def test_a_number_is_read_back() -> None:
    assert [row_of(number) for number in ("У-000012", "З-000012", "У-", "У-0x1", "", "Y-000012")] == [12, 0, 0, 0, 0, 0]


# -- the insurer's word -----------------------------------------------------------------------------------------------


async def test_the_first_word_registers_the_claim_and_sends_its_files(store: Store) -> None:
    async with store.tx() as tx:
        await bind(tx, 1, 2)
        await here(tx, await photo(tx, 1), "a")
        on_its_way = await photo(tx, 2)
        it = await filed(tx)
        step = unit(tx, LANE)
        await adjusting.answered(step, {"resource": resource(it.number, 1)})
        assert news(step) == [("tg:1", "registered"), ("tg:2", "registered")]
        assert files_of(step) == [content("a")]
        now = await claims.one(unit(tx), actor(), it.id)
        assert (now.shown, now.state, now.core_id) == ("АТ-15004021", State.RECEIVED, "clm-У-000001")
        assert now.registered_at
        later_step = await here(tx, on_its_way, "b")
        [event] = later_step.events
        ready = unit(tx, event.lane)
        await adjusting.ready(ready, json.loads(event.body))
        assert set(files_of(ready)) == {content("a"), content("b")}, "a parcel of the same name is the same parcel"
        assert {p.dedup for p in ready.parcels} > {p.dedup for p in step.parcels}


async def test_a_file_that_comes_before_the_answer_waits_for_it(store: Store) -> None:
    async with store.tx() as tx:
        row = await photo(tx, 1)
        it = await filed(tx)
        [event] = (await here(tx, row, "a")).events
        ready = unit(tx, LANE)
        await adjusting.ready(ready, json.loads(event.body))
        assert files_of(ready) == []
        assert files_of(await hear(tx, it.number, 1)) == [content("a")]


@pytest.mark.parametrize(
    ("version", "more"),
    [(2, {}), (1, {}), (9, {"customerId": "cus-y"}), (9, {"number": "У-999999", "customerId": "cus-y"})],
)
async def test_a_word_that_is_older_or_about_another_changes_nothing(
    store: Store, version: int, more: dict[str, Any]
) -> None:
    async with store.tx() as tx:
        it = await filed(tx)
        await hear(tx, it.number, 2, "review")
        before = await claims.by_id(unit(tx), it.id)
        assert before
        step = unit(tx, LANE)
        await adjusting.heard(step, resource(it.number, version, "closed", claimId=before.core_id) | more)
        assert news(step) == []
        assert await claims.by_id(unit(tx), it.id) == before
    assert await rows(store, "select count(*) from journal") == [(2,)]


async def test_the_newest_word_wins_however_many_come_at_once(store: Store) -> None:
    async with store.tx() as tx:
        it = await filed(tx)

    async def one(version: int) -> None:
        async with store.tx() as tx:
            await hear(tx, it.number, version, "payout", payout={"amount": {"amount": f"{version}.00", "unit": "RUB"}})

    await asyncio.gather(*(one(version) for version in (5, 3, 9, 4, 8, 6, 7)))
    async with store.tx() as tx:
        now = await claims.by_id(unit(tx), it.id)
    assert now
    assert now.said.payout
    assert (now.core_version, now.said.payout.amount) == (9, Decimal("9.00"))


async def test_each_state_is_told_once_and_a_new_demand_as_well(store: Store) -> None:
    wanted = [{"code": "vin", "title": "Фото VIN"}]
    async with store.tx() as tx:
        await bind(tx, 1)
        it = await filed(tx)
        words: list[tuple[str, dict[str, Any]]] = [
            ("received", {}),
            ("review", {}),
            ("review", {"filesReceived": [content("a")]}),
            ("clarification", {"requiredDocuments": wanted}),
            ("clarification", {"requiredDocuments": [*wanted, {"code": "bill", "title": "Счёт"}]}),
            ("a word of a newer release", {"requiredDocuments": []}),
            ("refused", {"refusal": {"reason": "Срок пропущен", "clause": "п. 4"}}),
            ("review", {}),
        ]
        told = []
        for version, (status, more) in enumerate(words, 1):
            told += news(await hear(tx, it.number, version, status, **more)) or [("", "")]
            now = await claims.by_id(unit(tx), it.id)
            assert now
            assert (now.ended_at is not None) is (now.state is State.REFUSED)
    assert [word for _, word in told] == [
        "registered",
        "review",
        "",
        "clarification",
        "changed",
        "changed",
        "refused",
        "review",
    ]


async def test_a_claim_the_insurer_has_opened_is_the_clients_too(store: Store) -> None:
    async with store.tx() as tx:
        await bind(tx, 1)
        step = await hear(tx, None, 3, "review", claimId="clm-7", claimNumber="АТ-7")
        assert news(step) == [("tg:1", "opened")]
        assert news(await hear(tx, None, 3, "review", claimId="clm-7")) == []
        assert news(await hear(tx, None, 4, "inspection", claimId="clm-7")) == [("tg:1", "inspection")]
        assert news(await hear(tx, None, 4, "closed", claimId="clm-8")) == [], "an old story is no news"
        over, it = sorted(await claims.of_client(unit(tx), actor()), key=lambda it: not it.over)
        assert (it.key, it.shown, it.account_id, it.state) == ("clm-7", "АТ-15004021", 0, State.INSPECTION)
        assert claims.verification(it) == ""
        assert over.over


async def test_one_claim_of_the_insurers_is_made_however_many_hear_of_it(store: Store) -> None:
    async def one(version: int) -> None:
        async with store.tx() as tx:
            await hear(tx, None, version, "review", claimId="clm-7")

    await asyncio.gather(*(one(version) for version in range(1, 7)))
    assert await rows(store, "select core_version from claim") == [(6,)]


async def test_a_notice_the_insurer_does_not_take_is_told(store: Store) -> None:
    async with store.tx() as tx:
        await bind(tx, 1)
        it = await filed(tx)
        step = unit(tx, LANE)
        await adjusting.undelivered(step, {"claim": it.id, "code": "validation"})
        assert news(step) == [("tg:1", "stuck")]


# -- files ------------------------------------------------------------------------------------------------------------


async def test_when_the_insurer_has_every_file_it_is_told_once(store: Store) -> None:
    async with store.tx() as tx:
        await bind(tx, 1)
        for message, letter in ((1, "a"), (2, "b"), (3, "c")):
            await here(tx, await photo(tx, message), letter)
        it = await filed(tx)
        step = await hear(tx, it.number, 1)
        first, second, third = [parcel.body for parcel in step.parcels]
        assert first["file"] == {
            "sha256": content("a"),
            "name": "Фото 1.jpg",
            "mimeType": "image/jpeg",
            "slot": "scene",
        }
        told = []
        for facts in (first["on_sent"], first["on_sent"], {**second["on_dead"], "code": "hash"}, third["on_sent"]):
            after = unit(tx, LANE, event_id=json.dumps(facts))
            await (adjusting.file_lost if "code" in facts else adjusting.file_sent)(after, facts)
            told.append(news(after))
        assert told == [[], [], [("tg:1", "file-lost")], [("tg:1", "files")]]
        states = [(file.handed, file.why) for file in await uploads.of_claim(unit(tx), actor(), it.id)]
        assert states == [(True, ""), (False, "hash"), (True, "")]
        kinds = await tx.fetch("select kind from journal order by seq", ())
        assert [kind for (kind,) in kinds] == ["filed", "registered", "handed", "lost", "handed"]


async def test_documents_asked_for_later_go_when_the_client_says_so(store: Store) -> None:
    async with store.tx() as tx:
        it = await filed(tx)
        wanted = [{"code": "bill", "title": "Счёт"}, {"code": "vin", "title": "VIN"}]
        await hear(tx, it.number, 1, "clarification", requiredDocuments=wanted)
        assert await adjusting.more(unit(tx), actor(), it.id) == 0
        await here(tx, await photo(tx, 11, later(it.id)), "a")
        late = await photo(tx, 12, later(it.id))
        step = unit(tx)
        assert await adjusting.more(step, actor(), it.id) == 2
        [parcel] = step.parcels
        assert (parcel.body["number"], parcel.body["file"]["slot"], parcel.lane) == (it.number, "bill", LANE)
        assert await adjusting.more(unit(tx), actor(), it.id) == 0
        [event] = (await here(tx, late, "b")).events
        after = unit(tx, LANE)
        await adjusting.ready(after, json.loads(event.body))
        assert [p.body["file"]["slot"] for p in after.parcels] == ["bill", "vin"]


async def test_the_limit_is_the_claims_whenever_its_files_came(store: Store) -> None:
    async with store.tx() as tx:
        for message in range(29):
            await photo(tx, message)
        it = await filed(tx)
        await photo(tx, 30, later(it.id))
        with pytest.raises(Exception, match="30"):
            await photo(tx, 31, later(it.id))


def test_the_receipt_is_verified_at_the_public_address() -> None:
    it = replace(opened_by_insurer(resource(None, 1), AT), token="abc")
    assert claims.verification(it) == f"{PUBLIC}/verify/abc"
