"""Clients' photos while others tap: how long the loop stands still. `python -m bench.uploads [--rounds N] [--write]`.

The cabinet runs in this process, so that its loop can be asked; Telegram is a process of its own. A round is four photos of a phone
(twelve million pixels, five megabytes) at once, from the parcel to the event that tells they are kept. All the while a probe sleeps for a
millisecond and notes how much later it wakes. The database and the store are on the disk.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from bench import report
from bench.__main__ import cabinet, say
from bench.load import Wrong
from bench.outside import camera
from bench.servers import free_ports, started
from bot.logs import set_up
from bot.process import Process, running
from services.db.pipe import ParcelRow

AT_ONCE = 4
BEGIN, END = "<!-- uploads: written by python -m bench.uploads --write -->", "<!-- end of uploads -->"
TICK = 0.001


@dataclass(slots=True)
class Lags:
    """Seconds by which the probe woke late, with photos on their way and without; `seconds` of a round."""

    idle: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    cpu: float = 0.0
    memory: int = 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.uploads", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="rounds of four photos")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/performance.md")
    options = parser.parse_args()
    set_up("WARNING")
    with tempfile.TemporaryDirectory(prefix="cabinet-bench-") as folder:
        lags = asyncio.run(run(Path(folder), options.rounds))
    tables = page_of(lags, options.rounds)
    print(tables)
    if options.write:
        report.write(tables, BEGIN, END)
    return 0


async def run(folder: Path, rounds: int) -> Lags:
    """One round more, which only warms up."""
    port, lags = free_ports(1)[0], Lags()
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(started("outside", "bench.outside", str(port), port=port, folder=folder))
        http = await stack.enter_async_context(aiohttp.ClientSession())
        say("drawing the photos")
        for seed in range(AT_ONCE):
            async with http.get(f"http://127.0.0.1:{port}/file/bot1:uploads/{seed}") as answer:
                await answer.read()
        settings, _ = cabinet(port, "uploads", f"sqlite:{folder}/cabinet.db", folder)
        process = await stack.enter_async_context(running(settings))
        await upload(process, 0, [])
        _forget(folder / "files")
        for _ in range(3):
            await probe(asyncio.sleep(1), lags.idle)
        began = time.process_time()
        for number in range(1, rounds + 1):
            start = time.perf_counter()
            await upload(process, number, lags.busy)
            lags.seconds.append(time.perf_counter() - start)
            _forget(folder / "files")
        lags.cpu = time.process_time() - began
        lags.memory = process.parts.fetcher.used.memory
    return lags


async def upload(process: Process, number: int, lags: list[float]) -> None:
    """Four at once; each has a parcel, and its lane hears of it."""
    fetcher = process.parts.fetcher
    for seed in range(AT_ONCE):
        parcel = number * AT_ONCE + seed
        row = ParcelRow(10**9 + parcel, f"file:{parcel}", "file", f"tg:{seed + 1}", 0, b"", False, None, 0)
        fetcher.give_parcel(row, {"upload": parcel, "file_id": str(seed), "exif": True})

    async def done() -> None:
        while fetcher.busy:  # noqa: ASYNC110 - it has no event for a bench
            await asyncio.sleep(0.02)

    await probe(done(), lags)


def _forget(store: Path) -> None:
    """The next round keeps its photos anew. Raises Wrong when this one has not: a refusal is quicker than a photo."""
    kept = [*store.glob("??/??/*")]
    for file in kept:
        file.unlink()
    if len(kept) != AT_ONCE:
        raise Wrong(f"{len(kept)} photos were kept, of {AT_ONCE}")


async def probe(work: Coroutine[Any, Any, None], lags: list[float]) -> None:
    """How late a sleep of a millisecond ends, until the work is done."""
    doing = asyncio.ensure_future(work)
    while not doing.done():
        began = time.perf_counter()
        await asyncio.sleep(TICK)
        lags.append(time.perf_counter() - began - TICK)


def page_of(lags: Lags, rounds: int) -> str:
    """The table, in milliseconds."""
    rows = [
        f"| {what} | {_share(of, 50)} | {_share(of, 99)} | {max(of) * 1000:.1f} | {len(of)} |"
        for what, of in (("nothing to do", lags.idle), (f"{AT_ONCE} photos at once", lags.busy))
    ]
    count, size = rounds * AT_ONCE, len(camera(0)) / 1e6
    return "\n".join(
        [
            report.where("python -m bench.uploads"),
            "",
            "| the loop wakes late by, ms | median | p99 | most | looks |",
            "| --- | --- | --- | --- | --- |",
            *rows,
            "",
            f"{count} photos of {size:.1f} MB, {count / sum(lags.seconds):.1f} a second; CPU of the cabinet's own process "
            f"{lags.cpu / count * 1000:.0f} ms a photo; a photo's own process held {lags.memory / 1e6:.0f} MB at most.",
        ]
    )


def _share(lags: list[float], percent: int) -> str:
    return f"{sorted(lags)[min(len(lags) - 1, len(lags) * percent // 100)] * 1000:.1f}"


if __name__ == "__main__":
    sys.exit(main())
