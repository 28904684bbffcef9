"""Telegram's limits, kept exactly: every trailing period is looked at, on a clock that jumps instead of waiting."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Awaitable, Callable
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pace import GUARD, Bucket, Pace, Pacer, Place, Window


class Leap(selectors.SelectSelector):
    """Instead of waiting it says how long it would have."""

    skipped = 0.0

    def select(self, timeout: float | None = None) -> Any:
        self.skipped += timeout or 0.0
        return super().select(0)


class LeapingLoop(asyncio.SelectorEventLoop):
    """A loop whose time passes only by being waited for: an hour takes no time, and every moment is exact."""

    def __init__(self) -> None:
        self._leap = Leap()
        super().__init__(self._leap)

    def time(self) -> float:
        return self._leap.skipped


def timed(scene: Callable[[Callable[[], float]], Awaitable[None]]) -> None:
    with asyncio.Runner(loop_factory=LeapingLoop) as runner:
        runner.run(_play(scene))


async def _play(scene: Callable[[Callable[[], float]], Awaitable[None]]) -> None:
    await scene(asyncio.get_running_loop().time)


def most_within(moments: list[float], period: float) -> int:
    """The most calls in any trailing period; a call exactly a period later is not within it."""
    return max(sum(first <= other < first + period - 1e-9 for other in moments) for first in moments)


async def leave(turn: Callable[[], Awaitable[Any]], arrivals: list[float], now: Callable[[], float]) -> list[float]:
    """Calls that arrive at these moments; returns when each left."""
    left = [0.0] * len(arrivals)

    async def call(number: int) -> None:
        await asyncio.sleep(arrivals[number] - now())
        await turn()
        left[number] = now()

    await asyncio.gather(*(call(number) for number in range(len(arrivals))))
    return left


ARRIVALS = st.lists(st.integers(0, 20_000), min_size=1, max_size=80, unique=True).map(
    lambda found: sorted(moment / 1000 for moment in found)
)


@given(arrivals=ARRIVALS, rate=st.integers(1, 10))
@settings(max_examples=60, deadline=None)
def test_no_trailing_period_holds_more_than_the_rate(arrivals: list[float], rate: int) -> None:
    async def scene(now: Callable[[], float]) -> None:
        left = await leave(Window(rate).turn, arrivals, now)
        assert most_within(left, 1.0 * GUARD) <= rate
        assert all(earlier <= later + 1e-9 for earlier, later in pairwise(left)), "first come, first served"
        for number, (came, went) in enumerate(zip(arrivals, left, strict=True)):
            due = left[number - rate] + GUARD if number >= rate else 0.0
            assert abs(went - max(came, due)) < 1e-6, "never later than it has to"

    timed(scene)


def test_thirty_a_second_is_thirty_a_second() -> None:
    async def scene(now: Callable[[], float]) -> None:
        pacer = Pacer(Pace())
        calls = [pacer.turn(chat) for chat in range(300)]
        left: list[float] = []

        async def note(call: Awaitable[Any]) -> None:
            await call
            left.append(now())

        await asyncio.gather(*map(note, calls))
        assert most_within(left, 1.0) == 30
        assert abs(max(left) - 9 * GUARD) < 1e-6

    timed(scene)


@given(arrivals=ARRIVALS, burst=st.integers(1, 6), rate=st.sampled_from([0.5, 1.0, 4.0]))
@settings(max_examples=60, deadline=None)
def test_a_chat_may_burst_and_then_keeps_its_rate(arrivals: list[float], burst: int, rate: float) -> None:
    async def scene(now: Callable[[], float]) -> None:
        left = await leave(Bucket(rate, burst).turn, arrivals, now)
        for seconds in (1.0, 5.0, 20.0):
            assert most_within(left, seconds) <= burst + seconds * rate + 1e-6
        assert all(abs(went - came) < 1e-6 for came, went in list(zip(arrivals, left, strict=True))[:burst])

    timed(scene)


CROWDS = st.lists(
    st.tuples(st.integers(0, 8_000), st.booleans()), min_size=1, max_size=80, unique_by=lambda it: it[0]
).map(sorted)


@given(crowd=CROWDS, rate=st.integers(1, 10))
@settings(max_examples=60, deadline=None)
def test_what_nobody_asked_for_gets_what_is_left(crowd: list[tuple[int, bool]], rate: int) -> None:
    """Nobody goes before who is waited for; those who are not come in their turn as soon as there is room."""
    arrivals, unasked = [moment / 1000 for moment, _ in crowd], [it for _, it in crowd]

    async def scene(now: Callable[[], float]) -> None:
        window, left = Window(rate), [0.0] * len(crowd)

        async def call(number: int) -> None:
            await asyncio.sleep(arrivals[number] - now())
            assert await window.turn(Place(unasked=unasked[number]))
            left[number] = now()

        await asyncio.gather(*(call(number) for number in range(len(crowd))))
        assert most_within(left, GUARD) <= rate
        for kind in (False, True):
            in_order = [went for went, it in zip(left, unasked, strict=True) if it is kind]
            assert all(earlier <= later + 1e-9 for earlier, later in pairwise(in_order)), "first come, first served"
        for came, gone, it in zip(arrivals, left, unasked, strict=True):
            before = sorted(other for other in left if other < gone)
            free = before[-rate] + GUARD if len(before) >= rate else 0.0
            assert it or gone <= max([came, free, *(o for o in before if o >= came)]) + 1e-6, "no moment is wasted"
        for came, gone, it in zip(arrivals, left, unasked, strict=True):
            for others_gone, others in zip(left, unasked, strict=True):
                if others and not it:
                    assert not (came < others_gone < gone - 1e-9), "nobody unasked goes while a person waits"

    timed(scene)


def test_in_a_broadcast_an_answer_waits_no_longer_than_two_messages_take() -> None:
    """And the broadcast itself loses nothing by it: whatever is left of thirty a second."""

    async def scene(now: Callable[[], float]) -> None:
        window, gap = Window(30), GUARD / 30
        left: list[float] = []

        async def message() -> None:
            await window.turn(Place(unasked=True))
            left.append(now())

        broadcast = [asyncio.ensure_future(message()) for _ in range(600)]
        waited = []
        for number in range(40):
            await asyncio.sleep(0.2 + number / 1000)
            came = now()
            await window.turn()
            waited.append(now() - came)
            left.append(now())
        await asyncio.gather(*broadcast)
        assert max(waited) <= 2 * gap + 1e-6
        assert most_within(left, 1.0) <= 30
        assert max(left) <= (600 + 40) * gap + 1e-6

    timed(scene)


def test_a_place_that_hurries_is_the_last_of_those_who_are_waited_for() -> None:
    async def scene(now: Callable[[], float]) -> None:
        window, order = Window(1), list[str]()

        async def call(name: str, place: Place) -> None:
            if await window.turn(place):
                order.append(name)

        places = {
            name: Place(unasked=name.startswith("unasked")) for name in ("first", "unasked 1", "unasked 2", "asked")
        }
        calls = [asyncio.ensure_future(call(*it)) for it in places.items()]
        await asyncio.sleep(0)
        places["unasked 2"].hurry()
        await asyncio.gather(*calls)
        assert order == ["first", "asked", "unasked 2", "unasked 1"]
        assert abs(now() - 3 * GUARD) < 1e-6, "each has gone once"

    timed(scene)


def test_a_place_that_is_left_holds_nobody() -> None:
    async def scene(now: Callable[[], float]) -> None:
        window = Window(1)
        await window.turn()
        place = Place()
        waiting, after = (asyncio.ensure_future(window.turn(it)) for it in (place, Place()))
        await asyncio.sleep(0)
        place.leave()
        assert await waiting is False
        assert await window.turn(place) is False, "nor does it ever come back"
        assert await after is True
        assert abs(now() - GUARD) < 1e-6

    timed(scene)


def test_a_call_that_leaves_late_counts_from_then_on() -> None:
    """The loop was busy between the turn and the call: what Telegram sees is the call."""

    async def scene(now: Callable[[], float]) -> None:
        window = Window(1)
        await window.turn()
        second, third = asyncio.ensure_future(window.turn()), asyncio.ensure_future(window.turn())
        loop = asyncio.get_running_loop()
        loop.call_at(GUARD, lambda: setattr(loop._leap, "skipped", now() + 0.5))  # type: ignore[attr-defined] # it was set up so
        await second
        went = now()
        await third
        assert abs(went - (GUARD + 0.5)) < 1e-6
        assert abs(now() - went - GUARD) < 1e-6

    timed(scene)


def test_a_group_hears_eighteen_a_minute() -> None:
    async def scene(now: Callable[[], float]) -> None:
        pacer = Pacer(Pace())
        left = await leave(lambda: pacer.turn(-100500), [0.0] * 40, now)
        assert most_within(left, 60.0) == 18
        assert left[18] >= 60.0

    timed(scene)


def test_a_busy_chat_does_not_hold_another() -> None:
    async def scene(now: Callable[[], float]) -> None:
        pacer = Pacer(Pace())
        busy = [asyncio.ensure_future(pacer.turn(1)) for _ in range(20)]
        await asyncio.sleep(0)
        await pacer.turn(2)
        assert now() < 2 * GUARD
        assert not all(task.done() for task in busy)
        await asyncio.gather(*busy)

    timed(scene)


def test_windows_of_quiet_chats_are_forgotten() -> None:
    async def scene(now: Callable[[], float]) -> None:
        pacer = Pacer(Pace(overall=100_000))
        for chat in range(1, 1500):
            await pacer.turn(chat)
        await asyncio.sleep(600)
        await pacer.turn(1501)
        assert len(pacer._chats) < 10

    timed(scene)
