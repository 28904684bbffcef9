"""The benchmarks: `python -m bench [--rounds N] [--seconds S] [--connections 16,1] [--people N] [--no-postgres] [--write]`.

Everything runs in one go and interleaved, because only ratios within one run mean something; see `docs/performance.md`.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from unittest.mock import patch

import aiohttp

from bench import report
from bench.anatomy import dissect
from bench.load import Crowd, Load
from bench.measure import Contender, rounds, yardsticks
from bench.people import FIRST, settle_in
from bench.postgres import postgres
from bench.servers import cabinet_environment, free_ports, started
from bot.config import Settings
from bot.logs import set_up

DELAYS = {5: 50, 100: 1000}
"""Taps of each latency run, by taps a second: ten seconds each."""
PEOPLE_OF_ANATOMY = 200


def main() -> int:
    options = read_options()
    with tempfile.TemporaryDirectory(prefix="cabinet-bench-") as folder:
        figures = asyncio.run(run(options, Path(folder)))
    print(report.page_of(figures))
    if options.write:
        report.write(report.page_of(figures))
        say(f"written to {report.PAGE.name}")
    return 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/bench", description="CPU of a step as multiples of a bare aiogram echo"
    )
    parser.add_argument("--rounds", type=int, default=7, help="how often each burst is repeated")
    parser.add_argument("--seconds", type=float, default=1.0, help="length of a burst")
    parser.add_argument("--connections", default="16,1", help="requests at once, e.g. 16,1")
    parser.add_argument("--people", type=int, default=5000, help="clients in each database, three contracts each")
    parser.add_argument("--no-postgres", action="store_true", help="SQLite alone")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/performance.md")
    return parser.parse_args()


async def run(options: argparse.Namespace, folder: Path) -> report.Figures:
    """One whole run."""
    set_up("WARNING")
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)))
        load, port = Load(http), free_ports(1)[0]
        api = f"http://127.0.0.1:{port}"
        await stack.enter_async_context(started("outside", "bench.outside", str(port), port=port, folder=folder))
        say("a step under the glass")
        settings, _ = cabinet(port, "anatomy", f"sqlite:{folder}/anatomy.db", folder)
        figures = report.Figures(await dissect(settings, load, api, await settle_in(settings, PEOPLE_OF_ANATOMY)))
        say("starting everything")
        bots = [
            await stack.enter_async_context(
                cabinet_on("SQLite", f"sqlite:{folder}/cabinet.db", load, port, folder, options.people)
            )
        ]
        if not options.no_postgres:
            url, pids = await stack.enter_async_context(postgres())
            bots.append(
                await stack.enter_async_context(cabinet_on("PostgreSQL", url, load, port, folder, options.people, pids))
            )
        bare = await stack.enter_async_context(yardsticks(load, port, folder, range(FIRST, FIRST + options.people)))
        say(f"{options.rounds} rounds")
        connections = [int(number) for number in options.connections.split(",")]
        await rounds(figures.results, [*bare, *bots], options.rounds, options.seconds, connections)
        for bot in bots:
            say(f"latency on {bot.name}")
            for rate, taps in DELAYS.items():
                figures.delays[bot.name, rate] = await bot.crowd.delays(rate, min(taps, options.people))
            figures.grown[bot.name] = bot.server.memory()
        figures.births = {it.name: it.server.birth for it in [*bare, *bots]}
        return figures


@asynccontextmanager
async def cabinet_on(
    name: str, database: str, load: Load, outside: int, folder: Path, count: int, pids: Callable[[], list[int]] = list
) -> AsyncIterator[Contender]:
    """A cabinet in a process of its own whose people are settled in and have come to the menu once."""
    settings, environment = cabinet(outside, name, database, folder)
    people, web, token = await settle_in(settings, count), settings.web, settings.telegram.token.get_secret_value()
    bot = started(
        name,
        "bot",
        "run",
        port=web.port,
        internal=web.internal_port,
        folder=folder,
        environment=environment,
        token=token,
    )
    async with bot as server:
        await load.until_ready(server)
        server.born()
        crowd = Crowd(load, server, f"http://127.0.0.1:{outside}", people)
        await crowd.come(count, first=True)
        yield Contender(server, crowd, pids)


def cabinet(outside: int, name: str, database: str, folder: Path) -> tuple[Settings, dict[str, str]]:
    """The settings of a cabinet, and the environment that says them."""
    environment = cabinet_environment(outside, free_ports(2), database, f"1:{name}", folder)
    with patch.dict("os.environ", environment):
        return Settings(_env_file=None), environment  # type: ignore[call-arg] # fields come from the environment


def say(words: str) -> None:
    """Progress, for the person at the terminal."""
    print(f"{time.strftime('%H:%M:%S')} {words} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
