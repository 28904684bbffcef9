"""The hands of operations: faults, the log of calls, the database through a connection of its own, the command line."""

from __future__ import annotations

import asyncio
from argparse import Namespace
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from bot import commands
from services.db.engine import engine_of
from services.db.unit import Unit

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import pytest

    from tests.support.town import Town

MOMENT = 0.02


async def rows(town: Town, sql: str, **values: Any) -> list[tuple[Any, ...]]:
    """What a second connection sees."""
    engine = engine_of(town.settings.database)
    try:
        async with engine.connect() as db:
            return [tuple(row) for row in await db.execute(text(sql), values)]
    finally:
        await engine.dispose()


async def change(town: Town, sql: str, **values: Any) -> None:
    """An intrusion by a second connection."""
    engine = engine_of(town.settings.database)
    async with engine.begin() as db:
        await db.execute(text(sql), values)
    await engine.dispose()


async def fault(town: Town, on: str = "telegram", **what: Any) -> None:
    """Order a fault of the outside: `method`, `error`, `retry_after`, `delay`, `drop_answer`, `times`."""
    await town.call("POST", "/faults", {"on": on, **what})


async def calls(town: Town, since: int) -> list[str]:
    """The calls of the Bot API since then, one word each: the method, with `!` and the code if it was refused."""
    seen = await town.call("GET", f"/calls?since={since}")
    return [c["method"] + ("" if c["ok"] else f"!{c['error_code']}") for c in seen["calls"]]


async def cursor(town: Town) -> int:
    """Where the log of calls stands."""
    return int((await town.call("GET", "/calls"))["cursor"])


async def eventually(look: Callable[[], Awaitable[Any]], seconds: float = 10.0) -> Any:
    """Look until there is something to see, and return it; fails if there never is."""
    async with asyncio.timeout(seconds):
        while not (seen := await look()):  # noqa: ASYNC110 - what is looked at is on the other side of HTTP
            await asyncio.sleep(MOMENT)
        return seen


async def unparked(town: Town) -> None:
    """Until nothing is under way and nothing waits for a retry any more."""
    quiet = 0

    async def calm() -> bool:
        nonlocal quiet
        quiet = 0 if any((await town.process.lag()).values()) else quiet + 1
        return quiet > 2

    await eventually(calm, 20)
    await town.settle()


async def command(town: Town, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """`python -m bot dead …` beside the running bot: exit code and output."""
    chosen = Namespace(command="dead", what=words[0], number=words[1] if len(words) > 1 else "")
    capsys.readouterr()
    code = await commands.do(chosen, town.settings)
    said = capsys.readouterr()
    return code, said.out + said.err


@asynccontextmanager
async def stepping(town: Town, step: Callable[[Unit], Awaitable[bool]]) -> AsyncIterator[None]:
    """Run `step` before every event's own step; if it returns True, instead of it."""
    pipe = town.process.parts.lanes.pipe
    real = pipe._handle

    async def both(unit: Unit) -> None:
        if not await step(unit):
            await real(unit)

    pipe._handle = both
    try:
        yield
    finally:
        pipe._handle = real
