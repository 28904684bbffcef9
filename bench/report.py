"""From figures to a page: tables of ratios, and what they were measured on, between two marks of `docs/performance.md`."""

from __future__ import annotations

import os
import platform
import re
import shlex
import sqlite3
import statistics
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from bench.anatomy import Anatomy
from bench.measure import Results
from bench.servers import Birth

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- figures: written by scripts/bench --write -->", "<!-- end of figures -->"
LIBRARIES = ("aiohttp", "aiogram", "pydantic", "cryptography", "fluent-compiler", "asyncpg")
ORDER = ["send", "bare", "SQLite", "PostgreSQL"]
WORDS = {
    "echo": "aiogram echo, `send`",
    "nothing": "bare aiohttp handler",
    "start": "`/start` of a known client",
    "list": "**policy list**",
    "repeat": "duplicate update",
}


@dataclass(slots=True)
class Figures:
    """Everything a run has found.

    `births` are starts by process; `grown` the resident megabytes after the load; `delays` milliseconds from tap to edit by
    (server, taps a second).
    """

    anatomy: Anatomy
    results: Results = field(default_factory=Results)
    births: dict[str, Birth] = field(default_factory=dict)
    grown: dict[str, float] = field(default_factory=dict)
    delays: dict[tuple[str, float], list[float]] = field(default_factory=dict)


def page_of(figures: Figures) -> str:
    """All tables as Markdown."""
    results = figures.results
    connections = sorted({conns for _, _, conns in results.samples}, reverse=True)
    parts = [where(), *(f"{_title(conns)}\n\n{_ratios(results, conns)}" for conns in connections)]
    parts += [_delays(figures), _anatomy(figures.anatomy), _births(figures)]
    return "\n\n".join(part for part in parts if part)


def write(tables: str, begin: str = BEGIN, end: str = END) -> None:
    """Put tables into the page, between its marks."""
    before, _, rest = PAGE.read_text().partition(begin)
    _, _, after = rest.partition(end)
    PAGE.write_text(f"{before}{begin}\n\n{tables}\n\n{end}{after}")


def where(command: str = "scripts/bench") -> str:
    """When and on what it was measured, and by which command."""
    model = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1024**3
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{time.strftime('%d.%m.%Y')}, {model[1] if model else platform.machine()}, {os.cpu_count()} cores shared by all processes "
        f"of the run, {memory:.0f} GiB, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {libraries}. "
        f"Command: `{shlex.join([*command.split(), *sys.argv[1:]])}`."
    )


def _title(connections: int) -> str:
    return f"### {connections} requests at once" if connections > 1 else "### One request at a time"


def _ratios(results: Results, connections: int) -> str:
    rows = []
    yardstick, floor = ("send", "echo", connections), ("bare", "nothing", connections)
    median, least = results.median(*yardstick).cpu, results.least(*yardstick).cpu
    bare_median, bare_least = results.median(*floor).cpu, results.least(*floor).cpu
    for server, deed, conns in sorted(
        results.samples, key=lambda key: (ORDER.index(key[0]), list(WORDS).index(key[1]))
    ):
        if conns != connections:
            continue
        mid, low = results.median(server, deed, conns), results.least(server, deed, conns)
        rows.append(
            (
                WORDS[deed] + ("" if deed in ("echo", "nothing") else f", {server}"),
                f"{mid.cpu:.2f} / {low.cpu:.2f}",
                f"{mid.cpu / median:.2f} / {low.cpu / least:.2f}",
                f"{mid.cpu / bare_median:.1f} / {low.cpu / bare_least:.1f}",
                f"{mid.rate:.0f}",
                f"{mid.database:.2f}" if mid.database else "",
            )
        )
    head = ("what", "CPU ms: median / least", "× `send`", "× bare", "a second", "database server, CPU ms")
    return _table(head, rows)


def _delays(figures: Figures) -> str:
    rows = []
    for (server, rate), delays in figures.delays.items():
        parts = statistics.quantiles(delays, n=100)
        rows.append((server, f"{rate:g}", str(len(delays)), *(f"{parts[part - 1]:.1f}" for part in (50, 95, 99))))
    head = ("database", "taps a second", "taps", "p50 ms", "p95 ms", "p99 ms")
    return f"### From the tap to the edited screen\n\n{_table(head, rows)}" if rows else ""


def _anatomy(anatomy: Anatomy) -> str:
    deeds = ("start", "list", "repeat")
    rows = [
        (
            WORDS[deed],
            f"{anatomy.statements[deed, 1]:.1f}",
            f"{anatomy.commits[deed, 1]:.2f}",
            f"{anatomy.statements[deed, 16]:.1f}",
            f"{anatomy.commits[deed, 16]:.2f}",
        )
        for deed in deeds
    ]
    texts = ", ".join(f"{name} {cost:.3f} ms" for name, cost in anatomy.texts.items())
    head = ("what", "statements, one at a time", "commits", "statements, 16 at once", "commits")
    return (
        f"### Inside a step (SQLite)\n\n{_table(head, rows)}\n\n"
        f"All texts of a screen: {texts}. Hops to a thread by routing, filters or handlers: {anatomy.hops}; pydantic classes built "
        f"while steps ran: {anatomy.builds}."
    )


def _births(figures: Figures) -> str:
    rows = [
        (
            PROCESSES[name],
            f"{birth.seconds:.1f}",
            f"{birth.cpu:.1f}",
            f"{birth.memory:.0f}",
            f"{figures.grown[name]:.0f}" if name in figures.grown else "",
        )
        for name, birth in figures.births.items()
    ]
    head = ("process", "seconds to ready", "CPU seconds", "resident MB", "after the load")
    return f"### Start and memory\n\n{_table(head, rows)}"


PROCESSES = {
    "send": "aiogram echo",
    "bare": "bare aiohttp",
    "SQLite": "cabinet, SQLite",
    "PostgreSQL": "cabinet, PostgreSQL",
}


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
