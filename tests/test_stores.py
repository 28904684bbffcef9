"""What a database must do for the pipe: the same contract for SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
import sqlite3
from argparse import Namespace
from collections.abc import AsyncIterator
from pathlib import Path
from unittest.mock import patch

import asyncpg
import pytest
from sqlalchemy import create_engine

from bot import commands
from bot.config import Settings
from playground.bot_process import environment
from playground.world import Settings as WorldSettings
from services.db import postgres as postgres_statements
from services.db import sqlite as sqlite_statements
from services.db.pipe import LaneRow, Ledger, Marks, Occupied, Parked, Sent, Settled, Shown, Store
from services.db.postgres import PostgresStore
from services.db.tables import metadata
from tests.support.stores import NOW, event, opened, parcel, rows, store_of, write


@pytest.fixture
async def store(database: str, tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(database, tmp_path) as made:
        yield made


async def dirty(store: Store, now: float = NOW) -> tuple[dict[str, tuple[int, bool]], list[str]]:
    """Screens that are due, by lane: version and whether they go to the bottom; and the keys of parcels, in their order."""
    async with store.tx() as tx:
        screens, parcels = await tx.dirty(now, 100)
    return {s.lane: (s.version, s.anew > s.shown) for s in screens}, [p.dedup for p in parcels]


async def mark(store: Store, **marks: object) -> None:
    async with store.tx() as tx:
        await tx.mark(Marks(**marks))  # type: ignore[arg-type] # the three lists by name


async def waiting(store: Store, lane: str = "tg:1", clock: float = NOW) -> list[str]:
    async with store.tx() as tx:
        await tx.lock([lane])
        return [found.event_id for found, _ in await tx.pending([lane], clock)]


async def ready(store: Store, now: float = NOW, clock: float = NOW, limit: int = 10) -> set[str]:
    async with store.tx() as tx:
        return set(await tx.claim(now, clock, limit))


# -- lanes ------------------------------------------------------------------------------------------------------------


async def test_a_lane_nobody_knew_is_locked_and_empty(store: Store) -> None:
    async with store.tx() as tx:
        assert await tx.lock(["tg:1", "tg:2"]) == {"tg:1": LaneRow(None, None, 0), "tg:2": LaneRow(None, None, 0)}
        assert await tx.lock([]) == {}


async def test_a_lane_keeps_its_state_and_knows_its_screen(store: Store) -> None:
    await write(store, states={"tg:1": b"one"}, screens={"tg:1": (1, b"screen", False)})
    await mark(store, shown=[Shown("tg:1", 1, 77, None)])
    await write(store, states={"tg:1": b"two"})
    async with store.tx() as tx:
        assert await tx.lock(["tg:1"]) == {"tg:1": LaneRow(b"two", 77, 0)}


async def test_a_wrong_statement_is_no_outage(store: Store) -> None:
    """Waiting mends an outage; a statement that can never run is a mistake of ours, and its event a dead letter."""
    with pytest.raises(Exception, match="nonsense") as caught:
        async with store.tx() as tx:
            await tx.execute("select nonsense from lane", ())
    assert not isinstance(caught.value, store.transient)


async def test_what_raises_leaves_nothing(store: Store) -> None:
    async def failing() -> None:
        async with store.tx() as tx:
            await tx.lock(["tg:1"])
            await tx.write(Ledger(states={"tg:1": b"one"}, done=[event("1")]), NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await failing()
    assert await rows(store, "select state from lane where state is not null") == []
    assert await rows(store, "select 1 from inbox") == []


async def test_a_cancelled_transaction_leaves_the_store_usable(store: Store) -> None:
    begun = asyncio.Event()

    async def slow() -> None:
        async with store.tx() as tx:
            await tx.write(Ledger(waiting=[(event("1"), b"x")]), NOW)
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.ensure_future(slow())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await waiting(store) == []
    await write(store, waiting=[(event("2"), b"x")])
    assert await waiting(store) == ["2"]


# -- inbox ------------------------------------------------------------------------------------------------------------


async def test_an_event_is_stored_once(store: Store) -> None:
    await write(store, waiting=[(event("1"), b"first"), (event("2"), b"x")])
    await write(store, waiting=[(event("1"), b"second")])
    assert await rows(store, "select event_id, body from inbox order by seq") == [("1", b"first"), ("2", b"x")]


async def test_known_are_those_stored_in_any_state(store: Store) -> None:
    await write(store, done=[event("born")], waiting=[(event("waits"), b"x")])
    other = event("waits")
    other.source = "elsewhere"
    async with store.tx() as tx:
        found = await tx.known([event("born"), event("waits"), event("new"), other])
    assert found == {("test", "born"), ("test", "waits")}
    async with store.tx() as tx:
        assert await tx.known([]) == set()


async def test_born_done_is_done_and_has_no_body(store: Store) -> None:
    await write(store, done=[event("1")])
    assert await rows(store, "select state, body from inbox") == [(1, None)]
    assert await waiting(store) == []


async def test_what_waits_comes_in_the_order_it_was_stored(store: Store) -> None:
    for number in ("b", "a", "c"):
        await write(store, waiting=[(event(number), number.encode())])
    async with store.tx() as tx:
        await tx.lock(["tg:1"])
        found = await tx.pending(["tg:1"], NOW)
    assert [(e.event_id, body, e.late, e.attempts) for e, body in found] == [
        ("b", b"b", True, 0),
        ("a", b"a", True, 0),
        ("c", b"c", True, 0),
    ]
    assert [e.seq for e, _ in found] == sorted(e.seq for e, _ in found)


async def test_done_now_is_wiped(store: Store) -> None:
    await write(store, waiting=[(event("1"), b"secret")])
    async with store.tx() as tx:
        await tx.lock(["tg:1"])
        [(found, _)] = await tx.pending(["tg:1"], NOW)
    await write(store, done=[found])
    assert await rows(store, "select state, body from inbox") == [(1, None)]


async def test_a_timer_waits_for_the_cabinets_clock(store: Store) -> None:
    await write(store, waiting=[(event("timer", due_at=NOW + 60), b"x"), (event("now", "tg:2"), b"x")])
    assert await ready(store) == {"tg:2"}
    assert await waiting(store) == []
    assert await ready(store, clock=NOW + 60) == {"tg:1", "tg:2"}
    assert await waiting(store, clock=NOW + 60) == ["timer"]


async def test_a_retry_waits_for_the_machines_clock_and_holds_its_lane(store: Store) -> None:
    await write(store, waiting=[(event("broken"), b"x"), (event("next"), b"x")])
    async with store.tx() as tx:
        await tx.attempt(event("broken"), NOW + 5, 0, "started", 1)
        await tx.attempt(event("next"), NOW + 5, 0, "started", 1)
    assert await ready(store, clock=NOW + 3600) == set(), "the cabinet's clock jumps, back-off does not"
    assert await ready(store, now=NOW + 5) == {"tg:1"}
    assert await waiting(store) == ["broken", "next"], "a retry is seen before it is due: it is first in its lane"
    assert await rows(store, "select attempts, error from inbox order by seq") == [(1, "started"), (1, "started")]


async def test_the_dead_are_kept_and_wait_no_more(store: Store) -> None:
    await write(store, waiting=[(event("1"), b"letter")])
    async with store.tx() as tx:
        await tx.attempt(event("1"), 0.0, 2, "KeyError", 0)
    assert await ready(store) == set()
    assert await waiting(store) == []
    assert await rows(store, "select state, body, error from inbox") == [(2, b"letter", "KeyError")]
    async with store.tx() as tx:
        assert await tx.known([event("1")]) == {("test", "1")}


async def test_a_claim_has_a_limit(store: Store) -> None:
    await write(store, waiting=[(event(str(n), f"tg:{n}"), b"x") for n in range(5)] + [(event("again", "tg:0"), b"x")])
    assert len(await ready(store, limit=3)) == 3
    assert await ready(store) == {f"tg:{n}" for n in range(5)}


async def test_a_waiting_event_of_a_new_lane_can_be_claimed(store: Store) -> None:
    """A timer or a follow-up is often the first thing a lane ever hears."""
    await write(store, done=[event("parent")], waiting=[(event("child", "tg:9"), b"x")])
    assert await ready(store) == {"tg:9"}


# -- screens ----------------------------------------------------------------------------------------------------------


async def test_the_first_screen_stands_at_the_bottom(store: Store) -> None:
    written = await write(store, screens={"tg:1": (1, b"hello", False)})
    row = written.screens["tg:1"]
    assert (row.chat_id, row.body, row.version, row.shown, row.message_id) == (1, b"hello", 1, 0, None)
    assert await dirty(store) == ({"tg:1": (1, True)}, [])


async def test_a_shown_screen_is_wiped_and_the_next_one_edits_it(store: Store) -> None:
    await write(store, screens={"tg:1": (1, b"one", True)})
    await mark(store, shown=[Shown("tg:1", 1, 70, 71)])
    assert await dirty(store) == ({}, [])
    assert await rows(store, "select body, message_id, keyboard_id from screen") == [(None, 70, 71)]
    written = await write(store, screens={"tg:1": (1, b"two", False)})
    assert written.screens["tg:1"][3:] == (2, 1, 1, 70, 71)
    assert await dirty(store) == ({"tg:1": (2, False)}, [])


async def test_the_wish_for_the_bottom_is_not_forgotten_by_a_later_edit(store: Store) -> None:
    await write(store, screens={"tg:1": (1, b"one", False)})
    await mark(store, shown=[Shown("tg:1", 1, 70, None)])
    await write(store, screens={"tg:1": (1, b"two", True)})
    await write(store, screens={"tg:1": (1, b"three", False)})
    assert await dirty(store) == ({"tg:1": (3, True)}, [])
    await mark(store, shown=[Shown("tg:1", 2, 72, None)])
    assert await dirty(store) == ({"tg:1": (3, False)}, [])
    assert await rows(store, "select body from screen") == [(b"three",)], "not shown yet: not wiped"


async def test_a_late_mark_of_an_older_screen_changes_nothing_that_matters(store: Store) -> None:
    for body in (b"one", b"two"):
        await write(store, screens={"tg:1": (1, body, False)})
    await mark(store, shown=[Shown("tg:1", 2, 70, None)])
    await mark(store, shown=[Shown("tg:1", 1, 70, None)])
    assert await rows(store, "select shown, body from screen") == [(2, None)]


async def test_a_parked_screen_waits_and_a_newer_one_does_not(store: Store) -> None:
    await write(store, screens={"tg:1": (1, b"one", False)})
    await mark(store, parked=[Parked("screen", "tg:1", NOW + 3, "slow down")])
    assert await dirty(store) == ({}, [])
    assert (await dirty(store, NOW + 3))[0] == {"tg:1": (1, True)}
    await write(store, screens={"tg:1": (1, b"two", False)})
    assert (await dirty(store))[0] == {"tg:1": (2, True)}


# -- parcels ----------------------------------------------------------------------------------------------------------


async def test_a_parcel_is_stored_once(store: Store) -> None:
    first = await write(store, parcels=[(parcel("a"), b"1"), (parcel("b"), b"2")])
    second = await write(store, parcels=[(parcel("a"), b"again"), (parcel("c"), b"3"), (parcel("c"), b"twin")])
    assert set(first.parcels) == {"a", "b"}
    assert set(second.parcels) == {"c"}
    assert await rows(store, "select dedup, body from outbox order by id") == [("a", b"1"), ("b", b"2"), ("c", b"3")]
    ids = await rows(store, "select id from outbox order by id")
    assert [*first.parcels.values(), *second.parcels.values()] == [row[0] for row in ids]


async def test_parcels_leave_in_the_order_they_were_written(store: Store) -> None:
    await write(store, parcels=[(parcel(name), b"x") for name in ("c", "a", "b")])
    assert (await dirty(store))[1] == ["c", "a", "b"]


async def test_a_parcel_may_be_for_later_and_may_expire(store: Store) -> None:
    await write(store, parcels=[(parcel("later", delay=60, lives=300, at_most_once=True, chat_id=7), b"x")])
    assert await dirty(store) == ({}, [])
    async with store.tx() as tx:
        _, [row] = await tx.dirty(NOW + 60, 10)
    assert (row.chat_id, row.at_most_once, row.expires_at, row.attempts) == (7, True, NOW + 300, 0)


@pytest.mark.parametrize(
    ("state", "kept"),
    [(Sent.SENT, False), (Sent.DEAD, True), (Sent.STOPPED, False), (Sent.SENDING, True), (Sent.UNKNOWN, False)],
)
async def test_a_settled_parcel_keeps_its_body_only_if_it_may_be_sent_again(
    store: Store, state: Sent, kept: bool
) -> None:
    written = await write(store, parcels=[(parcel("a"), b"secret"), (parcel("b"), b"other")])
    await mark(store, settled=[Settled(written.parcels["a"], state, "words")])
    assert (await dirty(store))[1] == ["b"]
    found = await rows(store, "select state, error, body from outbox order by id")
    assert found == [(int(state), "words", b"secret" if kept else None), (0, None, b"other")]


async def test_a_parked_parcel_counts_its_attempts(store: Store) -> None:
    written = await write(store, parcels=[(parcel("a"), b"x")])
    for _ in range(2):
        await mark(store, parked=[Parked("outbox", written.parcels["a"], NOW + 5, "503")])
    assert (await dirty(store))[1] == []
    async with store.tx() as tx:
        _, [row] = await tx.dirty(NOW + 5, 10)
    assert row.attempts == 2


async def test_a_ledger_is_written_in_one_go(store: Store) -> None:
    """Everything a busy batch leaves behind, in one call, and read again."""
    lanes = [f"tg:{n}" for n in range(5)]
    written = await write(
        store,
        states={lane: lane.encode() for lane in lanes},
        done=[event(lane, lane) for lane in lanes],
        waiting=[(event("follow-up", "tg:9"), b"x")],
        screens={lane: (n, b"s", n % 2 == 0) for n, lane in enumerate(lanes)},
        parcels=[(parcel(lane), b"p") for lane in lanes],
    )
    assert set(written.screens) == set(lanes)
    assert set(written.parcels) == set(lanes)
    assert await rows(store, "select count(*) from inbox where state = 1") == [(5,)]
    assert await ready(store) == {"tg:9"}


# -- what is special to one -------------------------------------------------------------------------------------------


async def test_postgres_leaves_out_a_lane_that_is_held(postgres_database: str, tmp_path: Path) -> None:
    async with opened(postgres_database, tmp_path) as store:
        await write(store, states={"tg:1": b"x", "tg:2": b"x"}, waiting=[(event("1"), b"x")])
        async with store.tx() as first:
            assert set(await first.lock(["tg:1"])) == {"tg:1"}
            async with store.tx() as second:
                assert set(await second.lock(["tg:1", "tg:2"])) == {"tg:2"}
                assert await second.claim(NOW, NOW, 10) == {}


async def test_sqlite_has_one_writer_at_a_time(tmp_path: Path) -> None:
    async with opened("", tmp_path) as store:
        inside = 0

        async def step(number: int) -> None:
            nonlocal inside
            async with store.tx() as tx:
                inside += 1
                assert inside == 1
                await tx.write(Ledger(waiting=[(event(str(number)), b"x")]), NOW)
                await asyncio.sleep(0)
                inside -= 1

        await asyncio.gather(*(step(number) for number in range(20)))
        assert await rows(store, "select count(*) from inbox") == [(20,)]


async def test_sqlite_keeps_its_word_after_a_power_cut(tmp_path: Path) -> None:
    async with opened("", tmp_path) as store:
        assert await rows(store, "pragma synchronous") == [(2,)]
        assert await rows(store, "pragma journal_mode") == [("wal",)]
        assert await rows(store, "pragma foreign_keys") == [(1,)]


async def test_a_second_store_is_refused_and_the_first_works_on(database: str, tmp_path: Path) -> None:
    async with opened(database, tmp_path) as store:
        with pytest.raises(Occupied, match=None if database else r"cabinet\.db"):
            await store_of(database, tmp_path).open()
        await write(store, done=[event("1")])
    async with opened(database, tmp_path) as store:
        assert await rows(store, "select event_id from inbox") == [("1",)]


async def test_a_store_that_is_not_open_is_away(tmp_path: Path) -> None:
    """Not a mistake of the program: the outer party is asked to come again."""
    store = PostgresStore("postgresql://nobody@127.0.0.1:9/none")
    with pytest.raises(store.transient):
        async with store.tx():
            pass


def statements(module: object) -> list[str]:
    words = ("select", "insert", "update", "with")
    found = [
        value
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, str) and value.strip().startswith(words)
    ]
    assert len(found) > 12
    return found


def test_sqlites_statements_fit_the_tables(tmp_path: Path) -> None:
    metadata.create_all(create_engine(f"sqlite:///{tmp_path / 'plain.db'}"))
    connection = sqlite3.connect(tmp_path / "plain.db")
    for sql in statements(sqlite_statements):
        if not sql.startswith("pragma"):
            numbered = any(f"?{n}" in sql for n in range(1, 6))
            count = 4 if numbered and "?4" in sql else 3 if "?3" in sql else 1 if "?1" in sql else sql.count("?")
            connection.execute(f"explain {sql}", [None] * count)
    connection.close()


async def test_postgress_statements_fit_the_tables(postgres_database: str, tmp_path: Path) -> None:
    async with opened(postgres_database, tmp_path):
        connection = await asyncpg.connect(postgres_database)
        for sql in statements(postgres_statements):
            await connection.prepare(sql)
        await connection.close()


async def test_a_second_bot_says_so_in_plain_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`flock` belongs to the open file, so a second opening within this process is refused as a second process is."""
    words = environment(WorldSettings(port=9, data=tmp_path / "world"))
    with patch.dict("os.environ", words | {"CABINET_DATABASE": f"sqlite:{tmp_path / 'cabinet.db'}"}):
        settings = Settings(_env_file=None)  # type: ignore[call-arg] # fields come from the environment
    async with opened("", tmp_path):
        assert await commands.do(Namespace(command="run"), settings) == 1
    said = capsys.readouterr().err
    assert "уже открыта другим процессом" in said
    assert str(tmp_path / "cabinet.db") in said
