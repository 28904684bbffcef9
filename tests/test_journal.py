"""The journal of a claim: whatever is changed in it afterwards is found; those who write at once write in turn."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import verify_journal
from services.claims.journal import Entry, Journal, canonical, chained, digest, fault, of_claim
from services.db.pipe import Store
from tests.support.claims import filed
from tests.support.stores import VAULT, address, opened, rows, unit

AT = datetime(2026, 11, 21, 12, 30, 15, 123456, tzinfo=UTC)
AT_ONCE = 8
journal = Journal(VAULT)


@pytest.fixture
async def store(database: str, tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(database, tmp_path) as made:
        yield made


def chain(kinds: list[str], claim: int = 12) -> list[Entry]:
    """A whole chain."""
    entries: list[Entry] = []
    for seq, kind in enumerate(kinds, 1):
        facts = canonical({"state": kind, "version": seq})
        previous = entries[-1].hash if entries else b""
        entries.append(Entry(claim, seq, AT, kind, facts, chained(claim, seq, AT, kind, facts, previous)))
    return entries


def again(entries: list[Entry]) -> list[Entry]:
    """The same chain with hashes that fit: what a forger with time makes of it."""
    made: list[Entry] = []
    for it in entries:
        previous = made[-1].hash if made else b""
        made.append(replace(it, hash=chained(it.claim, it.seq, it.at, it.kind, it.facts, previous)))
    return made


chains = st.lists(st.sampled_from(["filed", "registered", "review", "payout"]), min_size=1, max_size=8).map(chain)
TAMPERINGS: dict[str, Callable[[Entry, Any], Entry]] = {
    "claim": lambda it, _: replace(it, claim=it.claim + 1),
    "at": lambda it, _: replace(it, at=it.at.replace(microsecond=(it.at.microsecond + 1) % 1000000)),
    "kind": lambda it, _: replace(it, kind=it.kind + "x"),
    "facts": lambda it, _: replace(it, facts=it.facts.replace("{", "{ ", 1)),
    "hash": lambda it, bit: replace(it, hash=_flipped(it.hash, bit)),
}


def _flipped(mark: bytes, bit: int) -> bytes:
    return (int.from_bytes(mark, "big") ^ 1 << bit % 256).to_bytes(32, "big")


@given(chains)
def test_a_chain_nobody_has_touched_is_whole(entries: list[Entry]) -> None:
    assert fault(entries, len(entries), entries[-1].hash) == ""


@given(chains, st.integers(0), st.sampled_from(sorted(TAMPERINGS)), st.integers(0, 255))
def test_every_change_of_an_entry_is_found(entries: list[Entry], at: int, what: str, bit: int) -> None:
    head, at = entries[-1].hash, at % len(entries)
    entries[at] = TAMPERINGS[what](entries[at], bit)
    assert fault(entries, len(entries), head) == "changed"
    assert fault(again(entries), len(entries), head) == "head" or what == "hash"


@given(chains, st.integers(0))
def test_an_entry_taken_out_is_found(entries: list[Entry], at: int) -> None:
    head, count = entries[-1].hash, len(entries)
    del entries[at % count]
    assert fault(entries, count, head) == "missing"
    closed = again([replace(it, seq=seq) for seq, it in enumerate(entries, 1)])
    assert fault(closed, count, head) == "missing"
    assert fault(closed, count - 1, head) in ("head", "missing"), "even if the count is changed with it"


@given(chains, st.integers(0))
def test_an_end_cut_off_is_found_for_no_head_was_sealed_for_it(entries: list[Entry], at: int) -> None:
    at %= len(entries)
    sealed = VAULT.seal("claim.head", f"12:{len(entries)}", entries[-1].hash)
    assert not fault(entries, len(entries), journal.head(12, len(entries), sealed))
    shorter = entries[:at]
    for forged in (sealed, shorter[-1].hash if shorter else None, None):
        assert fault(shorter, at, journal.head(12, at, forged))


@given(chains, st.integers(0), st.integers(0))
def test_entries_that_change_places_are_found(entries: list[Entry], one: int, other: int) -> None:
    head, count = entries[-1].hash, len(entries)
    one, other = one % count, other % count
    mixed = list(entries)
    mixed[one], mixed[other] = replace(entries[other], seq=one + 1), replace(entries[one], seq=other + 1)
    assert fault(mixed, count, head) == ("" if one == other else "changed")


@given(chains)
def test_an_entry_put_in_is_found(entries: list[Entry]) -> None:
    head, count = entries[-1].hash, len(entries)
    more = again([*entries, replace(entries[0], seq=count + 1)])
    assert fault(more, count, head) == "head"
    assert fault(more, count + 1, head) == "head"


async def test_who_writes_at_once_writes_in_turn(store: Store) -> None:
    async with store.tx() as tx:
        it = await filed(tx)

    async def one(number: int) -> None:
        async with store.tx() as tx:
            await journal.append(unit(tx, event_id=str(number)), it.id, "word", number=number)

    await asyncio.gather(*(one(number) for number in range(AT_ONCE)))
    async with store.tx() as tx:
        entries = await of_claim(tx, it.id)
        assert await journal.intact(tx, it.id)
    assert [entry.seq for entry in entries] == list(range(1, AT_ONCE + 2))
    assert sorted(json.loads(entry.facts)["number"] for entry in entries[1:]) == list(range(AT_ONCE))


async def test_nothing_personal_is_written_down(store: Store) -> None:
    async with store.tx() as tx:
        it = await filed(tx)
    [(facts,)] = await rows(store, "select facts from journal")
    assert set(json.loads(facts)) == {"number", "digest", "files"}
    assert json.loads(facts)["digest"] == digest(it.entered)


@pytest.mark.parametrize(
    ("tampering", "words"),
    [
        ("update journal set kind = 'paid' where claim_id = 2 and seq = 1", "изменена"),
        ("update journal set facts = '{}' where claim_id = 2 and seq = 2", "изменена"),
        ("update journal set at = at + 1 where claim_id = 2 and seq = 2", "изменена"),
        ("delete from journal where claim_id = 2 and seq = 1", "не хватает"),
        ("delete from journal where claim_id = 2 and seq = 2", "не хватает"),
        ("delete from journal where claim_id = 2", "не хватает"),
        ("update claim set entries = 1 where id = 2", "не та"),
        ("update claim set head = null where id = 2", "не та"),
        ("update claim set head = (select head from claim where id = 1) where id = 2", "не та"),
        (
            "delete from journal where claim_id = 2 and seq = 2; "
            "update claim set entries = 1, head = (select hash from journal where claim_id = 2) where id = 2",
            "не та",
        ),
        (
            "delete from journal where claim_id = 2; update claim set entries = 0, head = null where id = 2",
            "не хватает",
        ),
    ],
)
async def test_the_command_names_the_claim_whose_journal_is_broken(
    store: Store,
    database: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tampering: str,
    words: str,
) -> None:
    settings: Any = SimpleNamespace(database=address(database, tmp_path))
    monkeypatch.setattr("bot.commands.make_vault", lambda _: VAULT)
    async with store.tx() as tx:
        for draft in ("a", "b", "c"):
            await journal.append(unit(tx), (await filed(tx, draft)).id, "registered", state="received")
    assert await verify_journal(settings) == 0
    assert "журналов: 3, нарушено: 0" in capsys.readouterr().out
    async with store.tx() as tx:
        for order in tampering.split("; "):
            await tx.execute(order, ())
    assert await verify_journal(settings) == 1
    said = capsys.readouterr().err
    assert "У-000002" in said
    assert words in said
    assert "У-000001" not in said
    assert "У-000003" not in said


@pytest.mark.parametrize("left", [1, 0])
async def test_a_claim_whose_journal_was_cut_goes_on_and_is_found_still(store: Store, left: int) -> None:
    head = "(select hash from journal where claim_id = 1)" if left else "null"
    async with store.tx() as tx:
        await journal.append(unit(tx), (await filed(tx)).id, "registered", state="received")
        await tx.execute(f"delete from journal where seq > {left}", ())  # noqa: S608 - our own words
        await tx.execute(f"update claim set entries = {left}, head = {head}", ())  # noqa: S608
        for kind in ("review", "payout"):
            await journal.append(unit(tx), 1, kind)
        assert len(await of_claim(tx, 1)) == left + 2
        assert not await journal.intact(tx, 1)
