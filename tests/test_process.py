"""One process: what it does before it is ready, while it works, and when it is told to stop."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.ops import change, command, eventually, fault, rows
from tests.support.town import Town, town

pytestmark = pytest.mark.lengthy

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
async def works(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A town whose bot is stopped and started."""
    async with town(tmp_path_factory.mktemp("works")) as own:
        yield own


async def internal(works: Town, path: str, method: str = "GET", body: Any = None) -> tuple[int, str]:
    port = works.settings.web.internal_port
    async with works.http.request(method, f"http://127.0.0.1:{port}{path}", json=body) as response:
        return response.status, await response.text()


# -- the first minute -------------------------------------------------------------------------------------------------


async def test_no_thread_and_no_new_class_once_it_is_ready(tmp_path: Path) -> None:
    """A fresh process, for in this one everything was built long ago."""
    command = (sys.executable, "-m", "tests.support.first_minute", str(tmp_path))
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, cwd=ROOT)
    out, _ = await process.communicate()
    assert process.returncode == 0
    seen = json.loads(out.splitlines()[-1])
    assert "made Probe" in seen["proof"], "the recorder is blind"
    assert any("int" in call for call in seen["proof"]), "the recorder is blind"
    assert seen["built"] == []
    assert seen["threads"] == []
    assert seen["updates"] > 25


# -- health -----------------------------------------------------------------------------------------------------------


async def test_health_and_readiness(works: Town) -> None:
    assert (await internal(works, "/live"))[0] == 200
    assert await internal(works, "/ready") == (200, '{"ready": true, "why": ""}')


async def test_an_outage_of_the_neighbours_is_not_ours(works: Town) -> None:
    await fault(works, error=502, times=50)
    await fault(works, on="core", error=502, times=50)
    assert (await internal(works, "/ready"))[0] == 200
    async with works.http.delete(f"{works.url}/faults"):
        pass


async def test_not_ready_while_the_database_is_away(works: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    store = works.process.parts.store

    def away() -> Any:
        raise store.transient[0]("disk I/O error")

    with monkeypatch.context() as patch:
        patch.setattr(store, "tx", away)
        status, said = await internal(works, "/ready")
    assert (status, "database" in said) == (503, True)


async def test_metrics_name_no_person(works: Town) -> None:
    anna = works.seeded(100001)
    await anna.log_in()
    status, said = await internal(works, "/metrics")
    assert status == 200
    assert "cabinet_steps_total" in said
    assert 'cabinet_waiting{queue="inbox"} 0.0' in said
    assert not [secret for secret in (str(anna.id), "Анна", "PLAYGROUND", "cus-") if secret in said]


@pytest.mark.parametrize("body", [None, {}, [], {"offset": "soon"}, {"offset": None}, {"offset": 1e999}])
async def test_the_clock_takes_numbers_only(works: Town, body: Any) -> None:
    assert (await internal(works, "/clock", "POST", body))[0] == 400
    assert works.process.parts.clock.offset == works.world.world.clock.offset


# -- a stop and a start -----------------------------------------------------------------------------------------------


async def test_a_graceful_stop_leaves_no_trace_of_running(works: Town) -> None:
    person = await works.person()
    await person.say("/start")
    assert await rows(works, "select value from meta where key = 'running'") == [("1",)]
    await works.stop_bot()
    assert await rows(works, "select value from meta where key = 'running'") == []
    assert await rows(works, "select count(*) from screen where version > shown") == [(0,)]
    await works.start_bot()
    assert not works.process.parts.lanes._careful.on
    await person.say("/help")
    await person.screen()


async def test_after_an_unclean_exit_it_is_careful_and_works(works: Town) -> None:
    await works.stop_bot()
    await change(works, "insert into meta(key, value) values('running', '1')")
    await works.start_bot()
    assert works.process.parts.lanes._careful.on
    person = await works.person()
    await person.say("/start")
    await person.tap("Помощь")
    await person.press((await person.screen())["message_id"], "forged")
    await person.sees("Это кнопка прежнего экрана")
    await works.restart_bot()
    assert not works.process.parts.lanes._careful.on


async def test_what_came_while_it_was_away_is_done_at_the_start(works: Town) -> None:
    person = await works.person()
    await person.say("/start")
    await works.stop_bot()
    await works.call("POST", f"/client/{person.id}/text", {"text": "/help"})
    await works.start_bot()
    await works.settle()
    await person.screen()


async def test_a_message_parked_before_a_stop_leaves_after_the_start(works: Town) -> None:
    person = await works.person()
    await person.say("/start")
    await fault(works, method="sendMessage", error=429, retry_after=1.2)
    await person.say("/help")
    assert (await person.chat())[-1]["from"] == "user"
    await works.restart_bot()

    async def shown() -> bool:
        return bool((await person.chat())[-1]["from"] == "bot")

    await eventually(shown)


async def test_readiness_says_no_while_it_stops(works: Town) -> None:
    process = works.process
    assert await process.ready() == ""
    await works.stop_bot()
    assert await process.ready() == "stopping"
    await works.start_bot()


async def test_a_second_reading_of_the_lists_the_same_day_is_not_made(works: Town) -> None:
    before = await rows(works, "select count(*) from outbox where dedup like 'list:%'")
    await works.restart_bot()
    await works.settle()
    assert await rows(works, "select count(*) from outbox where dedup like 'list:%'") == before


# -- dead letters are in tests/test_dead.py; here only that the command line does not disturb ------------------------


async def test_the_command_line_works_beside_the_running_bot(works: Town, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = await command(works, capsys, "list")
    assert (code, said) == (0, "")
    async with asyncio.timeout(10):
        person = await works.person()
        await person.say("/start")
        await person.screen()
