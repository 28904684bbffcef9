"""The processes of the bench: started on free ports, asked for their CPU time and memory by the kernel's own accounts, stopped."""

from __future__ import annotations

import asyncio
import base64
import os
import socket
import sys
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from bench.yardstick import PATH, SECRET

PATIENCE = 60.0
"""Seconds a process may take to open its port."""
ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Target:
    """Where requests go. `internal` is the port of the cabinet's metrics, 0 for a yardstick."""

    name: str
    port: int
    token: str = ""
    internal: int = 0

    @property
    def webhook(self) -> str:
        return f"http://127.0.0.1:{self.port}{PATH}"

    def complaints(self) -> list[str]:
        """What has gone wrong in there, as far as it tells."""
        return []


class Birth(NamedTuple):
    """From the command to readiness: seconds, CPU seconds, and resident megabytes then."""

    seconds: float
    cpu: float
    memory: float


@dataclass(kw_only=True)
class Server(Target):
    """A process of its own. `began` is when it was started, `log` holds what it wrote, `birth` what the start took."""

    process: asyncio.subprocess.Process
    log: Path
    began: float = field(default_factory=time.monotonic)
    birth: Birth = field(init=False)

    def born(self) -> None:
        """It is ready at this moment."""
        self.birth = Birth(time.monotonic() - self.began, self.cpu() / 1000, self.memory())

    def cpu(self) -> float:
        """CPU milliseconds since the start, of all threads."""
        return cpu_of([self.process.pid])

    def memory(self) -> float:
        """Resident megabytes."""
        pages = Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1024**2

    def complaints(self) -> list[str]:
        """Lines of the log that should not be there: a step that fails costs something else than a step."""
        return [line for line in self.log.read_text().splitlines() if '"level": "info"' not in line]


def cpu_of(pids: Iterable[int]) -> float:
    """CPU milliseconds of all threads of these processes, as the scheduler counts them."""
    spent = 0
    for pid in pids:
        for thread in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            with suppress(OSError):  # a thread that ends while we look
                spent += int(thread.read_text().split()[0])
    return spent / 1e6


def children(pid: int) -> list[int]:
    """The process and those it has started."""
    found = [pid]
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in tasks.read_text().split():
            found += children(int(child))
    return found


def free_ports(count: int) -> list[int]:
    """Ports nobody uses at this moment."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()


@asynccontextmanager
async def started(
    name: str,
    *command: str,
    port: int,
    folder: Path,
    environment: dict[str, str] | None = None,
    token: str = "",
    internal: int = 0,
) -> AsyncIterator[Server]:
    """`python -m …` for the length of a block, once its (internal) port is open."""
    log = folder / f"{name}.log"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CABINET_")}
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", *command), cwd=ROOT, env=kept | (environment or {}), stdout=output, stderr=output
        )
    server = Server(name, port, token, internal, process=process, log=log)
    try:
        await _answers(server, internal or port)
        server.born()
        yield server
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _answers(server: Server, port: int) -> None:
    while time.monotonic() - server.began < PATIENCE and server.process.returncode is None:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.01)
        else:
            writer.close()
            return
    raise RuntimeError(f"{server.name} does not answer: {server.log.read_text()[-2000:]}")


def cabinet_environment(outside: int, ports: list[int], database: str, token: str, folder: Path) -> dict[str, str]:
    """A cabinet as in production, but for the addresses and for Telegram's pace, which would be all that is measured."""
    api = f"http://127.0.0.1:{outside}"
    data, index, buttons, codes = (base64.b64encode(bytes([number]) * 32).decode() for number in range(4))
    return {
        "CABINET_ENV": "dev",
        "CABINET_TELEGRAM__TOKEN": token,
        "CABINET_TELEGRAM__API": api,
        "CABINET_TELEGRAM__WEBHOOK_URL": f"http://127.0.0.1:{ports[0]}{PATH}",
        "CABINET_TELEGRAM__SECRET": SECRET,
        "CABINET_DATABASE": database,
        "CABINET_FILES__FOLDER": str(folder / "files"),
        "CABINET_CORE__URL": f"{api}/core",
        "CABINET_CORE__KEY": "bench",
        "CABINET_SMS__URL": api,
        "CABINET_SMS__LOGIN": "bench",
        "CABINET_SMS__PASSWORD": "bench",
        "CABINET_PAYMENTS__URL": api,
        "CABINET_PAYMENTS__SHOP": "bench",
        "CABINET_PAYMENTS__KEY": "bench",
        "CABINET_PAYMENTS__SECRET": SECRET,
        "CABINET_WEB__PORT": str(ports[0]),
        "CABINET_WEB__INTERNAL_PORT": str(ports[1]),
        "CABINET_KEYS__DATA": data,
        "CABINET_KEYS__INDEX": index,
        "CABINET_KEYS__BUTTONS": buttons,
        "CABINET_KEYS__CODES": codes,
        "CABINET_PACE__OVERALL": "100000",
        "CABINET_PACE__CHAT": "1000",
    }
