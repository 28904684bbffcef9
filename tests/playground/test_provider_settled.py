"""`settled` waits for the notifications that are due, and a folder of an older playground learns the provider's secret."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from aiohttp import web

from playground import keys
from tests.playground.insurer import serving
from tests.playground.provider_world import Shop, shop
from tests.playground.telegram_world import ANNA


async def lag(request: web.Request) -> web.Response:
    """A bot with nothing to do."""
    return web.json_response({"inbox": 0, "outbox": 0, "screens": 0, "busy": 0})


async def settled(till: Shop, seconds: float) -> tuple[int, dict[str, object]]:
    status, answer = await till.world.get(f"/client/{ANNA}/settled?timeout={seconds}")
    return status, dict(answer)


async def test_what_is_due_is_waited_for_and_what_is_later_is_not(tmp_path: Path) -> None:
    internal = web.Application()
    internal.add_routes([web.get("/lag", lag)])
    async with shop(tmp_path) as till, serving(internal, till.world.running.settings.port + 10):
        paid = await till.paid()
        assert (await settled(till, 10))[0] == 200
        assert len(till.cabinet.got) == 1
        gate = till.cabinet.hold()
        await till.hand(f"/payments/{paid['id']}/notify")
        await till.cabinet.until(2)
        status, answer = await settled(till, 0.3)
        assert (status, answer["pending"]) == (504, {"events": 1})
        gate.set()
        assert (await settled(till, 10))[0] == 200
        await till.hand(f"/payments/{paid['id']}/notify", delay=60)
        assert (await settled(till, 10))[0] == 200
        assert len(till.cabinet.got) == 2


async def test_an_older_folder_gets_the_secret_and_keeps_its_keys(tmp_path: Path) -> None:
    known = {name: value for name, value in keys.load(tmp_path).items() if name != "provider"}
    (tmp_path / "keys.json").write_text(json.dumps(known))
    grown = await asyncio.to_thread(keys.load, tmp_path)
    assert len(grown.pop("provider")) == 32
    assert grown == known
    assert keys.load(tmp_path)["provider"] == keys.load(tmp_path)["provider"]
