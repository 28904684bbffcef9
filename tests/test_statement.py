"""Statements written once: the same values go in and come out on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import bindparam, insert, select

from services.db.pipe import Store
from services.db.statement import Command, Query, among, upsert
from services.db.tables import document, meta, policy
from tests.support.stores import opened

MOMENT = datetime(2026, 11, 21, 9, 30, 15, 250_000, tzinfo=UTC)
SET = upsert(meta, key=["key"])
KEEP = upsert(document, key=["core_id"], keep=["title"], newer=True)
ALL = Query(select(meta.c.key, meta.c.value).order_by(meta.c.key), lambda key, value: (key, value))
ONE = Query(select(meta.c.value).where(meta.c.key == bindparam("key")), str)
PAPERS = Query(select(document.c.title, document.c.version, document.c.issued_at), lambda *row: row)
POLICY = upsert(policy, key=["core_id"], newer=True)
POLICIES = Query(select(policy.c.starts, policy.c.part_paid, policy.c.card_sealed), lambda *row: row)
PLAIN = Command(insert(meta).values(key=bindparam("key"), value=bindparam("value")))


@pytest.fixture
async def store(database: str, tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(database, tmp_path) as made:
        yield made


async def test_a_row_is_inserted_or_replaced(store: Store) -> None:
    async with store.tx() as tx:
        assert await SET.run(tx, key="a", value="1") == 1
        assert await SET.run(tx, key="a", value="2") == 1
        await SET.run(tx, key="b", value="3")
        assert await ALL.all(tx) == [("a", "2"), ("b", "3")]
        assert await ONE.first(tx, key="b") == "3"
        assert await ONE.first(tx, key="c") is None


def paper(**more: object) -> dict[str, object]:
    row: dict[str, object] = {
        "core_id": "doc", "client_id": "cus", "policy_core_id": None, "version": 5, "kind": "policy", "title": "Полис",
        "mime_type": "application/pdf", "size": 1, "sha256": "", "issued_at": MOMENT,
    }  # fmt: skip
    return row | more


async def test_only_a_newer_version_replaces_and_kept_columns_stay(store: Store) -> None:
    async with store.tx() as tx:
        assert await KEEP.run(tx, **paper()) == 1
        assert await KEEP.run(tx, **paper(version=5, title="другой")) == 0
        assert await KEEP.run(tx, **paper(version=4)) == 0
        assert await KEEP.run(tx, **paper(version=6, title="другой")) == 1
        assert await PAPERS.all(tx) == [("Полис", 6, MOMENT)]


async def test_dates_truths_and_bytes_keep_their_types(store: Store) -> None:
    async with store.tx() as tx:
        await POLICY.run(
            tx, core_id="p", client_id="c", version=1, product="osago", status="active", starts=date(2026, 1, 2),
            ends=date(2027, 1, 1), part_paid=True, number_index=b"\x00\xff", line_sealed=b"", card_sealed=b"\x00sealed",
        )  # fmt: skip
        [(starts, paid, sealed)] = await POLICIES.all(tx)
    assert (starts, paid, bytes(sealed)) == (date(2026, 1, 2), True, b"\x00sealed")
    assert isinstance(paid, bool)


@pytest.mark.parametrize("value", ["", "'; drop table meta; --", "Ы%s?:x $1", "\N{SNOWMAN}\N{GRINNING FACE}", "a\nb"])
async def test_values_are_bound_and_never_read_as_sql(store: Store, value: str) -> None:
    async with store.tx() as tx:
        await PLAIN.run(tx, key="k", value=value)
        assert await ONE.first(tx, key="k") == value


async def test_among_is_one_of_the_values(store: Store) -> None:
    among_them = Query(select(meta.c.key).where(among(meta.c.key, ("a", "c"))).order_by(meta.c.key), str)
    async with store.tx() as tx:
        for key in "abc":
            await PLAIN.run(tx, key=key, value="")
        assert await among_them.all(tx) == ["a", "c"]


def test_what_sqlalchemy_would_write_anew_at_every_execution_is_refused() -> None:
    with pytest.raises(ValueError, match="among"):
        Query(select(meta.c.key).where(meta.c.key.in_(("a", "c"))), str)
