"""The pipe's promises: one commit a batch, nothing twice, order in a lane, and a failing step that holds nobody for ever."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

import bot.careful
import bot.lanes
import bot.pipe
from bot.dead import dead_letters
from bot.lanes import NotStored
from handlers.events import Hopeless
from services.db.engine import engine_of
from services.db.pipe import Event, Ledger, Marks, Parcel, ScreenBody, Sent, Settled, Shown
from services.db.unit import Unit
from tests.support.pipes import Pipework, Trying, pipework, said, until
from tests.support.stores import VAULT, address, opened, rows
from tests.support.town import Town

FAST = (0.0, 0.02, 0.04)
"""Attempts without the pauses of `bot.careful.BACKOFF`, as many of them."""


@pytest.fixture
async def store(database: str, tmp_path: Path) -> AsyncIterator[Trying]:
    async with opened(database, tmp_path) as made:
        yield Trying(made)


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[Trying]:
    """Where the database makes no difference."""
    async with opened("", tmp_path) as made:
        yield Trying(made)


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(bot.careful.BACKOFF) == len(FAST) == 3
    monkeypatch.setattr(bot.careful, "BACKOFF", FAST)


async def broken(unit: Unit) -> None:
    """A step that fails for some events, always."""
    if unit.event.event_id.startswith("bad"):
        raise KeyError("Иванов Иван")
    if unit.event.event_id.startswith("hopeless"):
        raise Hopeless("refused")


async def idle(pipe: Pipework) -> None:
    """The look for what waited before the start is over."""
    await until(lambda: not pipe.lanes._backlog and not pipe.lanes.working)


async def submitted(pipe: Pipework, *events: Event) -> list[Unit | None]:
    return list(await asyncio.gather(*(pipe.lanes.submit(event) for event in events)))


# -- one commit -------------------------------------------------------------------------------------------------------


async def test_a_batch_is_one_transaction_and_its_events_are_born_done(store: Trying) -> None:
    async def step(unit: Unit) -> None:
        unit.state = unit.event.body
        unit.screen = ScreenBody({"text": unit.event.event_id})
        unit.send(Parcel(f"parcel:{unit.event.event_id}", "telegram", {}))

    async with pipework(store, step) as pipe:
        await idle(pipe)
        begun = store.begun
        units = await submitted(pipe, *(said(str(n), f"tg:{n}") for n in range(20)))
        assert store.begun == begun + 1
    assert [unit.event.event_id for unit in units if unit] == [str(n) for n in range(20)]
    assert await rows(store, "select state, count(body), count(*) from inbox group by state") == [(1, 0, 20)]
    assert await rows(store, "select count(*) from screen") == [(20,)]
    assert await rows(store, "select count(*) from outbox") == [(20,)]


async def test_what_queued_during_a_commit_shares_the_next_one(sqlite: Trying) -> None:
    async with pipework(sqlite) as pipe:
        await idle(pipe)
        begun = sqlite.begun
        sqlite.before_commit = asyncio.Event()
        first = asyncio.ensure_future(pipe.lanes.submit(said("first")))
        await until(lambda: sqlite.begun == begun + 1)
        others = [asyncio.ensure_future(pipe.lanes.submit(said(str(n), f"tg:{n}"))) for n in range(10)]
        await asyncio.sleep(0)
        assert not first.done(), "no answer before the commit"
        sqlite.before_commit.set()
        await asyncio.gather(first, *others)
        assert sqlite.begun == begun + 2


async def test_no_batch_is_larger_than_its_limit(sqlite: Trying) -> None:
    async with pipework(sqlite) as pipe:
        await idle(pipe)
        begun = sqlite.begun
        await submitted(pipe, *(said(str(n)) for n in range(2 * bot.lanes.BATCH + 1)))
        assert sqlite.begun == begun + 3


async def test_screens_and_parcels_are_handed_over_after_the_commit_only(sqlite: Trying) -> None:
    async def step(unit: Unit) -> None:
        unit.screen = ScreenBody({"text": "hello"})

    async with pipework(sqlite, step) as pipe:
        await idle(pipe)
        sqlite.before_commit = asyncio.Event()
        task = asyncio.ensure_future(pipe.lanes.submit(said("1")))
        await until(lambda: pipe.runs)
        assert not any(written.screens for written in pipe.notes.written)
        sqlite.before_commit.set()
        await task
        assert [set(written.screens) for written in pipe.notes.written if written.screens] == [{"tg:1"}]


# -- nothing twice ----------------------------------------------------------------------------------------------------


async def test_a_repeat_in_the_same_batch_runs_once(store: Trying) -> None:
    async with pipework(store) as pipe:
        await submitted(pipe, said("1"), said("1"), said("1"))
        assert pipe.runs == ["1"]


async def test_a_repeat_later_or_after_a_restart_runs_once(store: Trying) -> None:
    async with pipework(store) as pipe:
        assert await pipe.lanes.submit(said("1"))
        assert await pipe.lanes.submit(said("1")) is None
    async with pipework(store) as again:
        assert await again.lanes.submit(said("1")) is None
        assert again.runs == []
        assert pipe.runs == ["1"]


async def test_a_parcel_of_one_key_leaves_once(store: Trying) -> None:
    async def step(unit: Unit) -> None:
        unit.send(Parcel("the one", "telegram", {"text": unit.event.event_id}))

    async with pipework(store, step) as pipe:
        await submitted(pipe, said("1"), said("2", "tg:2"))
        await submitted(pipe, said("3"))
        assert [list(written.parcels) for written in pipe.notes.written if written.parcels] == [["the one"]]


# -- order ------------------------------------------------------------------------------------------------------------


async def test_one_lane_in_order_with_the_state_passed_on(store: Trying) -> None:
    async def step(unit: Unit) -> None:
        unit.state = (unit.state or b"") + unit.event.body
        await asyncio.sleep(0)

    events = [said(letter) for letter in "abcdefgh"]
    async with pipework(store, step) as pipe:
        await submitted(pipe, *events[:5])
        await submitted(pipe, *events[5:])
        assert pipe.notes.units[-1].state == b"abcdefgh"


async def test_a_follow_up_runs_in_its_own_lane_even_if_nobody_knew_it(store: Trying) -> None:
    async def step(unit: Unit) -> None:
        if unit.event.event_id == "parent":
            unit.submit("tg:777", "child", "greeting")

    async with pipework(store, step) as pipe:
        await submitted(pipe, said("parent", "client:1"))
        await until(lambda: "child" in pipe.handled)
        assert pipe.notes.units[-1].event.lane == "tg:777"
        assert pipe.notes.units[-1].event.late, "nobody waits for its answer"


async def test_a_timer_waits_for_the_cabinets_clock_and_holds_nobody(store: Trying) -> None:
    async with pipework(store) as pipe:
        timer = Event("cabinet", "timer", "tg:1", b"{}", due_at=time.time() + 3600)
        assert await pipe.lanes.submit(timer) is None
        await submitted(pipe, said("now"))
        assert pipe.handled == ["now"]
        pipe.clock.offset = 3601
        pipe.lanes.poke()
        await until(lambda: pipe.handled == ["now", "timer"])


async def test_what_waited_before_the_start_is_done_first(store: Trying) -> None:
    sealed = VAULT.seal("inbox.body", "cabinet:old", b"x")
    async with store.tx() as tx:
        await tx.write(Ledger(waiting=[(Event("cabinet", "old", "tg:1", b""), sealed)]), time.time())
    async with pipework(store) as pipe:
        await submitted(pipe, said("new"))
        assert pipe.handled == ["old", "new"]


# -- a step that fails ------------------------------------------------------------------------------------------------


async def test_a_failing_step_is_tried_three_times_then_dead_and_told_once(store: Trying) -> None:
    async with pipework(store, broken) as pipe:
        await submitted(pipe, said("bad"))
        await until(lambda: pipe.sorry and pipe.handled)
        await submitted(pipe, said("after"))
        await until(lambda: "after" in pipe.handled)
        [(number,)] = await rows(store, "select seq from inbox where event_id = 'bad'")
        assert pipe.sorry == [("tg:1", number)]
        assert Counter(pipe.runs)["bad"] == 1 + 3, "once in the common batch, not counted; then alone, three times"
    assert await rows(store, "select state, attempts, error from inbox where event_id = 'bad'") == [(2, 3, "KeyError")]


async def test_back_off_grows_between_the_attempts(sqlite: Trying) -> None:
    at: list[float] = []

    async def step(unit: Unit) -> None:
        at.append(time.monotonic())
        raise KeyError

    async with pipework(sqlite, step) as pipe:
        await submitted(pipe, said("bad"))
        await until(lambda: pipe.sorry and pipe.handled)
    _, first, second, third = at
    assert second - first >= FAST[1]
    assert third - second >= FAST[2]


async def test_a_failing_step_holds_its_own_lane_in_order_and_no_other(store: Trying) -> None:
    async with pipework(store, broken) as pipe:
        await submitted(pipe, said("1"), said("bad"), said("2"), said("x", "tg:2"), said("3"), said("y", "tg:2"))
        await until(lambda: len(pipe.handled) == 6)
        mine = [event for event in pipe.handled if event not in "xy"]
        assert mine == ["1", "bad", "2", "3"], "`bad` is the telling of its death"
        assert [event for event in pipe.handled if event in "xy"] == ["x", "y"]
        assert pipe.handled.index("y") < pipe.handled.index("2"), "the other lane did not wait"


async def test_what_comes_while_a_lane_waits_for_its_retry_comes_after_it(store: Trying) -> None:
    healed = False

    async def step(unit: Unit) -> None:
        if unit.event.event_id == "bad" and not healed:
            raise KeyError

    async with pipework(store, step) as pipe:
        await submitted(pipe, said("bad"))
        assert await pipe.lanes.submit(said("after")) is None, "stored, and it waits its turn"
        healed = True
        await until(lambda: pipe.handled == ["bad", "after"])
        assert pipe.sorry == []
    assert await rows(store, "select state, body from inbox order by seq") == [(1, None), (1, None)]


async def test_hopeless_is_buried_at_once(store: Trying) -> None:
    async with pipework(store, broken) as pipe:
        await submitted(pipe, said("hopeless"))
        await until(lambda: pipe.sorry and pipe.handled)
        assert Counter(pipe.runs)["hopeless"] == 1 + 1
    assert await rows(store, "select state, attempts from inbox") == [(2, 1)]


async def test_a_step_that_hangs_is_a_failing_step(sqlite: Trying, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.pipe, "STEP_SECONDS", 0.01)

    async def step(unit: Unit) -> None:
        if unit.event.event_id == "hangs":
            await asyncio.Event().wait()

    async with pipework(sqlite, step) as pipe:
        await submitted(pipe, said("hangs"), said("x", "tg:2"))
        await until(lambda: {"hangs", "x"} <= set(pipe.handled))
    assert await rows(sqlite, "select error from inbox where state = 2") == [("StepTimeout",)]


async def test_effects_of_a_failed_attempt_are_not_kept(store: Trying) -> None:
    async def step(unit: Unit) -> None:
        await unit.execute("insert into meta(key, value) values('half', 'done')", ())
        unit.send(Parcel("half", "telegram", {}))
        raise KeyError

    async with pipework(store, step) as pipe:
        await submitted(pipe, said("bad"))
        await until(lambda: pipe.sorry and pipe.handled)
    assert await rows(store, "select 1 from meta") == []
    assert await rows(store, "select 1 from outbox") == []


async def test_even_if_the_telling_fails_the_letter_is_dead_and_the_lane_goes_on(store: Trying) -> None:
    async def mute(unit: Unit) -> None:
        raise LookupError("no text for it")

    async with pipework(store, broken, sorry=mute) as pipe:
        await submitted(pipe, said("bad"), said("after"))
        await until(lambda: "after" in pipe.handled)
    assert await rows(store, "select state from inbox where event_id = 'bad'") == [(2,)]


async def test_a_state_that_no_key_opens_harms_its_own_lane_only(sqlite: Trying) -> None:
    async def step(unit: Unit) -> None:
        unit.state = b"{}"

    async with pipework(sqlite, step) as pipe:
        await submitted(pipe, said("1"))
        async with sqlite.tx() as tx:
            await tx.execute("update lane set state = ?", (b"garbage" * 5,))
        await submitted(pipe, said("2"), said("other", "tg:2"))
        await until(lambda: "other" in pipe.handled)
        await submitted(pipe, said("another", "tg:3"))
        await until(lambda: "another" in pipe.handled)


async def test_what_no_key_opens_is_a_dead_letter_at_once_and_its_lane_goes_on(
    store: Trying, database: str, tmp_path: Path
) -> None:
    lost = [(Event("tg", "lost", "tg:1", b""), b"garbage" * 9), (Event("core", "lost", "client:1", b""), b"")]
    async with store.tx() as tx:
        await tx.write(Ledger(waiting=lost), time.time())
    with capture_logs() as lines:
        async with pipework(store) as pipe:
            await submitted(pipe, said("after"), said("of the client", "client:1"), said("other", "tg:2"))
            await until(lambda: {"after", "of the client", "other"} <= set(pipe.handled))
            await idle(pipe)
    numbers = [number for (number,) in await rows(store, "select seq from inbox where state = 2 order by seq")]
    assert sorted(number for _, number in pipe.sorry) == numbers
    assert "lost" not in pipe.runs
    assert sorted(line["number"] for line in lines if line["event"] == "event_dead") == numbers
    assert not [line for line in lines if line["event"] == "lane_stuck"]
    engine = engine_of(address(database, tmp_path))
    letters = await dead_letters(engine)
    await engine.dispose()
    assert [(letter.number, letter.error) for letter in letters] == [(str(n), "no key opens it") for n in numbers]


# -- the database is away ---------------------------------------------------------------------------------------------


async def test_nothing_is_counted_while_the_database_is_away(store: Trying) -> None:
    async with pipework(store) as pipe:
        await idle(pipe)
        store.away = 2
        for _ in range(2):
            with pytest.raises(NotStored):
                await pipe.lanes.submit(said("1"))
        assert await pipe.lanes.submit(said("1"))
        assert pipe.sorry == []
    assert await rows(store, "select state, attempts from inbox") == [(1, 0)]


async def test_a_commit_that_is_lost_leaves_nothing_and_the_event_comes_again(store: Trying) -> None:
    async def step(unit: Unit) -> None:
        unit.send(Parcel(f"to {unit.event.event_id}", "telegram", {}))

    async with pipework(store, step) as pipe:
        await idle(pipe)
        store.failing_commits = 1
        with pytest.raises(NotStored):
            await pipe.lanes.submit(said("1"))
        assert await rows(store, "select 1 from outbox") == []
        assert await pipe.lanes.submit(said("1"))
    assert await rows(store, "select count(*) from outbox") == [(1,)]


# -- after an unclean exit --------------------------------------------------------------------------------------------


async def test_after_an_unclean_exit_every_event_is_stored_and_counted_before_it_runs(store: Trying) -> None:
    counted: list[Any] = []

    async def step(unit: Unit) -> None:
        found = await unit.fetch("select attempts, state from inbox", ())
        counted.append(tuple(found[0]))

    async with pipework(store, step, unclean=True) as pipe:
        await submitted(pipe, said("1"))
        await until(lambda: pipe.handled == ["1"])
    assert counted == [(1, 0)]


async def test_an_event_that_kills_the_process_is_counted_to_death(store: Trying) -> None:
    """Three processes died in it: the fourth does not even begin."""

    async def killer(unit: Unit) -> None:
        await asyncio.Event().wait()

    submitting = None
    for _ in range(3):
        async with pipework(store, killer, unclean=True) as pipe:
            submitting = submitting or asyncio.ensure_future(pipe.lanes.submit(said("killer")))
            await until(lambda: pipe.runs)
    async with pipework(store, killer, unclean=True) as pipe:
        await until(lambda: pipe.sorry and pipe.handled)
        assert pipe.runs == []
    await asyncio.gather(submitting or asyncio.sleep(0), return_exceptions=True)
    assert await rows(store, "select state, error from inbox") == [(2, "the process died in it")]


# -- marks ------------------------------------------------------------------------------------------------------------


async def showing(unit: Unit) -> None:
    unit.screen = ScreenBody({"text": "hello"})
    unit.send(Parcel(f"p:{unit.event.event_id}", "telegram", {}))


async def test_marks_are_stored_with_or_without_a_batch(store: Trying) -> None:
    async with pipework(store, showing) as pipe:
        await submitted(pipe, said("1"))
        pipe.lanes.marks.add(Marks(shown=[Shown("tg:1", 1, 70, None)]))
        await submitted(pipe, said("2", "tg:2"))
        await pipe.lanes.marks.store(Marks(shown=[Shown("tg:2", 1, 71, None)]))
        found = await rows(store, "select lane, shown, message_id from screen order by lane")
        assert found == [("tg:1", 1, 70), ("tg:2", 1, 71)]


async def test_lazy_marks_wait_for_company_but_not_for_ever(store: Trying) -> None:
    async with pipework(store, showing) as pipe:
        await submitted(pipe, said("1"))
        pipe.lanes.marks.add(Marks(shown=[Shown("tg:1", 1, 70, None)]), lazy=True)
        await until(lambda: pipe.notes.marks)
        assert await rows(store, "select shown from screen") == [(1,)]


async def test_draining_stores_lazy_marks_too(store: Trying) -> None:
    async with pipework(store, showing) as pipe:
        await submitted(pipe, said("1"))
        pipe.lanes.marks.add(Marks(shown=[Shown("tg:1", 1, 70, None)]), lazy=True)
        await pipe.lanes.drained()
        assert await rows(store, "select shown from screen") == [(1,)]


async def test_marks_of_a_lost_commit_are_stored_by_the_next(store: Trying) -> None:
    async with pipework(store, showing) as pipe:
        await submitted(pipe, said("1"))
        store.failing_commits = 1
        waiter = asyncio.ensure_future(pipe.lanes.marks.store(Marks(settled=[Settled(1, Sent.SENT, None)])))
        await asyncio.wait_for(waiter, 5)
        assert await rows(store, "select state from outbox") == [(int(Sent.SENT),)]


async def test_who_waits_for_a_mark_waits_for_its_own_commit(sqlite: Trying) -> None:
    """A message that must never leave twice is marked before the call: another commit in flight is not that mark."""
    async with pipework(sqlite, showing) as pipe:
        await submitted(pipe, said("1"))
        await idle(pipe)
        sqlite.before_commit = asyncio.Event()
        begun = sqlite.begun
        first = asyncio.ensure_future(pipe.lanes.submit(said("2", "tg:2")))
        await until(lambda: sqlite.begun == begun + 1 and "2" in pipe.runs)
        waiter = asyncio.ensure_future(pipe.lanes.marks.store(Marks(settled=[Settled(1, Sent.SENDING, None)])))
        await asyncio.sleep(0)
        gate, sqlite.before_commit = sqlite.before_commit, asyncio.Event()
        gate.set()
        await first
        assert not waiter.done()
        sqlite.before_commit.set()
        await waiter
        assert await rows(sqlite, "select state from outbox where id = 1") == [(int(Sent.SENDING),)]


# -- no side effects in memory ----------------------------------------------------------------------------------------


async def test_a_step_that_is_rolled_back_and_run_again_changes_nothing(village: Town) -> None:
    """Every step of a login, a list, a paper and a question runs twice, the first time in vain."""
    pipe = village.process.parts.lanes.pipe
    once = pipe._handle
    steps = 0

    def left_behind(unit: Unit) -> tuple[Any, ...]:
        return (
            unit.state,
            unit.screen,
            unit.toast,
            [parcel.dedup for parcel in unit.parcels],
            [event.key for event in unit.events],
        )

    async def twice(unit: Unit) -> None:
        nonlocal steps
        steps += 1
        rehearsal = Unit(unit.tx, unit.event, unit.now, unit.state, unit.message_id)
        await unit.execute("savepoint rehearsal", ())
        await once(rehearsal)
        await unit.execute("rollback to rehearsal", ())
        await once(unit)
        assert left_behind(rehearsal) == left_behind(unit)

    pipe._handle = twice
    anna = village.seeded(100001)
    await anna.log_in()
    await anna.tap("Полисы")
    await anna.tap((await anna.labels())[0])
    await anna.tap("Документы")
    await anna.say("/support")
    await anna.say("Можно ли вписать брата?")
    await anna.tap("Отправить")
    assert steps > 9
