"""The bench: its pieces run, and it notices when what it measures is not what it should be. No figure is asserted: machines differ."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import islice
from pathlib import Path

import aiohttp
import pytest

from bench import broadcast, report, uploads
from bench import load as loads
from bench.__main__ import cabinet
from bench.anatomy import dissect
from bench.load import Crowd, Load, Wrong
from bench.measure import Results, Sample
from bench.people import settle_in
from bench.servers import Server, free_ports, started


@pytest.fixture(scope="module")
async def load() -> AsyncIterator[Load]:
    async with aiohttp.ClientSession() as http:
        yield Load(http)


@pytest.fixture(scope="module")
async def outside(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    folder, port = tmp_path_factory.mktemp("outside"), free_ports(1)[0]
    async with started("outside", "bench.outside", str(port), port=port, folder=folder) as server:
        yield server


async def test_a_step_is_dissected_and_the_page_is_made_of_it(load: Load, outside: Server, tmp_path: Path) -> None:
    settings, _ = cabinet(outside.port, "test", f"sqlite:{tmp_path / 'bench.db'}", tmp_path)
    people = await settle_in(settings, 20)
    anatomy = await dissect(settings, load, f"http://127.0.0.1:{outside.port}", people, steps=10)

    assert (anatomy.hops, anatomy.builds) == (0, 0), "no thread and no class is made by a step"
    assert 5 <= anatomy.statements["list", 1] < 15
    assert 1 <= anatomy.commits["list", 1] < 3
    assert anatomy.commits["list", 16] < 1, "events that come together share a commit"
    assert anatomy.statements["repeat", 1] < 1, "a quick repeat costs no transaction"
    assert set(anatomy.texts) == {"list", "card"}

    results = Results({("send", "echo", 1): [Sample(1, 1, 0)], ("bare", "nothing", 1): [Sample(0.1, 1, 0)]})
    results.samples["SQLite", "list", 1] = [Sample(0.5, 2, 0), Sample(0.7, 2, 0), Sample(0.8, 2, 0)]
    page = report.page_of(report.Figures(anatomy, results, {"send": outside.birth}))
    assert "| **policy list**, SQLite | 0.70 / 0.50 | 0.70 / 0.50 | 7.0 / 5.0 | 2 |" in page


async def test_a_request_without_its_effect_is_no_measurement(
    load: Load, outside: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loads, "PATIENCE", 0.2)
    port = free_ports(1)[0]
    async with started("bare", "bench.yardstick", "bare", str(port), "", port=port, folder=tmp_path) as server:
        crowd = Crowd(load, server, f"http://127.0.0.1:{outside.port}", range(1, 6))

        burst = await crowd.burst("nothing", islice(await crowd.bodies("nothing"), 5), connections=2)
        assert burst.count == 5
        assert server.cpu() > 0

        with pytest.raises(Wrong, match="sendMessage"):
            await crowd.burst("echo", islice(await crowd.bodies("echo"), 5), connections=2)


async def test_photos_are_kept_while_the_loop_is_watched(tmp_path: Path) -> None:
    lags = await uploads.run(tmp_path, 1)
    assert len(lags.busy) > 50
    assert lags.memory < 300_000_000
    assert "| 4 photos at once |" in uploads.page_of(lags, 1)


async def test_a_broadcast_keeps_the_pace_and_its_order_while_people_are_answered(tmp_path: Path) -> None:
    """Though a share of it is refused: only those chats wait."""
    case = broadcast.Case("short", refused=0.05, people=True)
    found = await broadcast.run(tmp_path, case, seconds=1.0)
    assert broadcast.over(found.left, found.pace) == 0
    told = [chat for chat in found.chats if chat < broadcast.PEOPLE]
    first = list(dict.fromkeys(told))
    assert first == sorted(first), "first come, first served"
    assert found.waited
    assert "| short | " in broadcast.page_of([found])


def test_a_window_is_over_its_pace_when_it_holds_more() -> None:
    assert broadcast.over([0.0, 0.5, 1.0, 1.5, 2.0], 2) == 0
    assert broadcast.over([0.0, 0.5, 0.9, 1.5], 2) == 1
