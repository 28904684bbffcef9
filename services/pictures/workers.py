"""Files made safe by processes of their own, a few at a time: started when the first file comes, kept, replaced when they fail.

A process has its own session and none of our environment, so none of our keys. What it is given is two paths.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from services.pictures.made import Made, Refused, Taken

log = structlog.get_logger("pictures")

AT_ONCE = 2
PATIENCE = 15.0
"""Seconds: a child ends itself before."""
_ROOT = Path(__file__).resolve().parents[2]
_ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1"}
_BY_THE_FILE = {-getattr(signal, f"SIG{name}") for name in ("XCPU", "SEGV", "BUS", "ABRT", "FPE", "ILL", "TRAP")}
"""What a file makes a decoder die of; anything else is done by others, or by a machine that is too busy."""


class WorkerTrouble(Exception):
    """The process died or did not answer, which need not be the file's fault: it may be tried again."""


@dataclass(frozen=True, slots=True)
class Used:
    """The most any file has cost so far: CPU seconds, and bytes of memory its process has held."""

    seconds: float = 0.0
    memory: int = 0


class Workers:
    """`aclose` ends them, whatever they do. Files of up to `most_pixels` are taken."""

    def __init__(self, most_pixels: int, count: int = AT_ONCE) -> None:
        self._most_pixels = most_pixels
        self._gate = asyncio.Semaphore(count)
        self._all: set[Process] = set()
        self._idle: list[Process] = []
        self.used = Used()

    async def remake(self, source: Path, target: Path, *, exif: bool) -> Made:
        """Make `target` of `source`; what the camera noted only if `exif`. Raises Refused, WorkerTrouble."""
        work = {"source": str(source), "target": str(target), "most_pixels": self._most_pixels, "exif": exif}
        async with self._gate:
            said = await self._ask(work)
        self.used = Used(max(self.used.seconds, said["seconds"]), max(self.used.memory, said["memory"]))
        match said:
            case {"made": dict(made)}:
                taken = Taken(**made.pop("taken")) if made["taken"] else None
                return Made(**{**made, "looks": tuple(made["looks"]), "taken": taken})
            case {"code": code}:
                log.info("file_refused", code=code, error=said["error"])
                raise Refused(code)
        log.warning("file_broke_its_process", died=said["died"], seconds=said["seconds"], memory=said["memory"])
        if said["died"] in _BY_THE_FILE:
            raise Refused("broken")
        raise WorkerTrouble(f"died: {said['died']}")

    async def aclose(self) -> None:
        """Kill them all."""
        await asyncio.gather(*(self._kill(worker) for worker in list(self._all)))

    async def _ask(self, work: dict[str, Any]) -> dict[str, Any]:
        worker = await self._one()
        try:
            async with asyncio.timeout(PATIENCE):
                said = await _answer(worker, json.dumps(work).encode() + b"\n")
        except (TimeoutError, OSError, ValueError) as trouble:
            await self._kill(worker)
            raise WorkerTrouble(type(trouble).__name__) from trouble
        except BaseException:
            await self._kill(worker)
            raise
        self._idle.append(worker)
        return said

    async def _one(self) -> Process:
        while self._idle:
            if (worker := self._idle.pop()).returncode is None:
                return worker
            self._all.discard(worker)
        try:
            worker = await asyncio.create_subprocess_exec(
                *(sys.executable, "-s", "-m", "services.pictures"),
                cwd=_ROOT,
                env=_ENVIRONMENT,
                stdin=PIPE,
                stdout=PIPE,
                start_new_session=True,  # Ctrl-C is not for it; and it dies with all its children
            )
        except OSError as trouble:
            raise WorkerTrouble(type(trouble).__name__) from trouble
        self._all.add(worker)
        return worker

    async def _kill(self, worker: Process) -> None:
        with suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        await worker.wait()
        self._all.discard(worker)


async def _answer(worker: Process, line: bytes) -> dict[str, Any]:
    """Raises OSError or ValueError when the process is no more."""
    if worker.stdin is None or worker.stdout is None:
        raise ValueError("no pipes")
    worker.stdin.write(line)
    await worker.stdin.drain()
    answer: dict[str, Any] = json.loads(await worker.stdout.readline())
    return answer
