"""The process that forks victims: it has imported everything once, so that a restart takes milliseconds.

A victim is the real bot. Its fuse burns at every commit that has written something and at every call of a partner; at zero the
process kills itself there, between its own lines. Run as `python -m tests.support.victim`; `tests.support.scene` talks to it.
"""

from __future__ import annotations

import asyncio
import gc
import json
import mmap
import os
import select
import signal
import sqlite3
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

_WORD = 8
_NAME = 64


class Fuse:
    """Shared by two processes through a file: how many points may still be passed, and the name of the last one."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(bytes(_WORD + _NAME))
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), _WORD + _NAME)

    def set(self, points: int) -> None:
        """Die at the so many-th point from now; 0: live."""
        self._memory[:_WORD] = points.to_bytes(_WORD, "little")

    @property
    def left(self) -> int:
        return int.from_bytes(self._memory[:_WORD], "little")

    @property
    def name(self) -> str:
        """Where the last death was."""
        return self._memory[_WORD:].rstrip(b"\0").decode(errors="replace")

    def burn(self, point: str) -> None:
        """In the victim: a point is passed."""
        if left := self.left:
            self.set(left - 1)
            if left == 1:
                self._memory[_WORD:] = point.encode()[:_NAME].ljust(_NAME, b"\0")
                os.kill(os.getpid(), signal.SIGKILL)

    def close(self) -> None:
        self._memory.close()


def nurse() -> None:
    """Import and read once for all victims; for every line on stdin fork one, say its pid, then how it ended."""
    from bot import process  # noqa: F401 - imported for the victims
    from handlers.menu import LANGUAGES
    from handlers.texts import Texts
    from services.knowledge import knowledge

    for language in LANGUAGES:
        Texts(language, {}, {})
    assert knowledge().passages
    gc.freeze()  # a victim's collector need not look at what all of them share
    for line in sys.stdin:
        wish = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _live(wish)
        _say({"pid": pid})
        _say({"status": os.waitstatus_to_exitcode(_end_of(pid))})


def _end_of(pid: int) -> int:
    """Wait for its end. If the tests are gone (nothing is asked while a victim lives: their pipe has closed), it goes too."""
    while True:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return status
        if select.select([sys.stdin], [], [], 0.003)[0]:
            os.kill(pid, signal.SIGKILL)


def _say(words: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def _live(wish: dict[str, Any]) -> None:
    """A victim's life, up to its end by itself."""
    from bot import marks
    from bot.config import Settings
    from bot.logs import set_up
    from bot.process import run

    with open(wish["log"], "ab") as log:
        os.dup2(log.fileno(), 2)
    code = 1
    try:
        os.environ.update(wish["environment"])
        tempfile.tempdir = None
        set_up("WARNING")
        _lay_fuse(Fuse(Path(wish["fuse"])), bold=wish["bold"], before=wish["before"])
        marks.LINGER = wish["linger"]
        asyncio.run(run(Settings(_env_file=None)))  # type: ignore[call-arg] # fields come from the environment
        code = 0
    finally:
        sys.stderr.flush()
        os._exit(code)


def _lay_fuse(fuse: Fuse, *, bold: bool, before: bool) -> None:
    """Every commit that has written something, every call of a partner, every stage of a file on its way, and every flush of one to
    the disk is a point; `before`: the moment before it, too."""
    from bot import careful
    from bot.fetcher import Fetcher
    from bot.telegram import TelegramApi
    from services.adapters import files_local
    from services.adapters.core_http import HttpCore
    from services.adapters.smsc import SmscGateway
    from services.adapters.smtp import SmtpMailer
    from services.adapters.yookassa import YooKassa
    from services.db.sqlite import SqliteStore
    from services.pictures.workers import Workers

    careful.BACKOFF = (0.0, 0.02, 0.05)
    files_local.STALE = 0.0  # what is left aside is nobody's: there is one victim at a time
    if bold:
        careful.CAREFUL_SECONDS = 0.0
    plain, written, flush = SqliteStore._commit, Counter[str](), os.fsync

    async def commit(self: SqliteStore, connection: sqlite3.Connection) -> None:
        idle = connection.total_changes == written["changes"]
        written["changes"] = connection.total_changes
        if before and not idle:
            fuse.burn("before commit")
        await plain(self, connection)
        if not idle:
            fuse.burn("after commit")

    def fsync(handle: int) -> None:
        flush(handle)
        fuse.burn("after fsync")

    def watched(owner: type, method: str) -> None:
        real = getattr(owner, method)

        async def call(self: Any, *args: Any, **how: Any) -> Any:
            name = args[0] if (owner, method) == (TelegramApi, "call") else f"{owner.__name__}.{method}"
            if before:
                fuse.burn(f"before {name}")
            answer = await real(self, *args, **how)
            fuse.burn(f"after {name}")
            return answer

        setattr(owner, method, call)

    os.fsync = fsync  # type: ignore[assignment] # of handles only
    SqliteStore._commit = commit  # type: ignore[method-assign] # the very point: a victim dies between its own lines
    for owner, method in (
        (TelegramApi, "call"),
        (HttpCore, "ask"),
        (HttpCore, "page"),
        (HttpCore, "document"),
        (HttpCore, "put"),
        (HttpCore, "hand_over"),
        (Fetcher, "_download"),
        (Workers, "remake"),
        (files_local.LocalFiles, "put"),
        (files_local.LocalFiles, "open"),
        (YooKassa, "create"),
        (YooKassa, "charge"),
        (YooKassa, "find"),
        (YooKassa, "refund"),
        (YooKassa, "refund_by"),
        (SmscGateway, "send"),
        (SmtpMailer, "send"),
    ):
        watched(owner, method)


if __name__ == "__main__":
    nurse()
