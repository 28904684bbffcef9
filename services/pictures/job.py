"""One file, in a process of its own that can do nothing else: what the kernel allows it, and what it says in the end.

Before the first byte is looked at the process gives up the right to open anything: no file, no connection. Its memory, its time and
the size of what it writes are bounded. A file that breaks a bound breaks this process and no other.
"""

from __future__ import annotations

import errno
import io
import resource
import signal
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from services.pictures import paper, photo
from services.pictures.kinds import ENOUGH, kind_of
from services.pictures.made import Code, Made, Refused

MEMORY = 256 << 20
"""Bytes a file may take beyond what the process has before it is opened: so it stays below 300 MB."""
SECONDS, PATIENCE = 5, 10
"""Of CPU, and of the clock: a machine may be busy."""
WRITTEN = 40 << 20
"""Bytes of the file made."""


def do(source: str, target: str, most_pixels: int, exif: bool) -> dict[str, Any]:
    """Make `target` of `source`: `{"made": …}`, or `{"code", "error"}`, the name of what a decoder raised.

    The bounds last until the process ends. Raises OSError when the result cannot be written.
    """
    with open(source, "rb") as sent, open(target, "wb") as kept:
        bound()
        written = io.BytesIO()
        try:
            made = _make(sent, written, most_pixels, exif)
        except Refused as refused:
            return _refused(refused.code)
        except MemoryError as large:
            return _refused("too-many-pixels", large)
        except Exception as broken:  # whatever a decoder does with a stranger's bytes, the bytes are to blame
            if isinstance(broken, OSError) and broken.errno == errno.EMFILE:
                raise  # unless something of ours was to be loaded so late
            return _refused("broken", broken)
        kept.write(written.getbuffer())
    return {"made": asdict(made)}


def bound() -> None:
    """From here on."""
    for what, most in (
        (resource.RLIMIT_AS, _size() + MEMORY),
        (resource.RLIMIT_FSIZE, WRITTEN),
        (resource.RLIMIT_NOFILE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    resource.setrlimit(
        resource.RLIMIT_CPU, (SECONDS, SECONDS + 1)
    )  # SIGXCPU comes before SIGKILL, which others send too
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)


def _size() -> int:
    """Bytes of addresses the process has."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except FileNotFoundError:  # not Linux, where this bound is not kept anyway
        return 1 << 30


def _make(sent: BinaryIO, written: BinaryIO, most_pixels: int, exif: bool) -> Made:
    head = sent.read(ENOUGH)
    sent.seek(0)
    kind = kind_of(head)
    if kind is None:
        raise Refused("unknown-kind" if head else "broken")
    if kind == "PDF":
        return paper.remake(sent, written, most_pixels)
    return photo.remake(sent, written, kind, most_pixels, exif=exif)


def _refused(code: Code, error: Exception | None = None) -> dict[str, Any]:
    return {"code": code, "error": type(error).__name__ if error else ""}
