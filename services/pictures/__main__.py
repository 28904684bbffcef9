"""`python -m services.pictures`: has everything loaded, and a child for every file, which dies with it.

A line in is a job, `{"source", "target", "most_pixels", "exif"}`; the line out is what `job.do` says, or `{"died": signal or exit
code}`, with `{"seconds", "memory"}`: CPU seconds and bytes the child has used. One job at a time; the end of the input is the end.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import Any

from services.pictures import job

SAID = 4096
"""Bytes of an answer: a pipe takes them whole, whether somebody reads or not."""


NICE = 10
"""A photo may wait a little; whoever taps a button should not."""


def main() -> None:
    os.nice(NICE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for line in sys.stdin.buffer:
        said = json.dumps(_in_a_child(json.loads(line))) + "\n"
        try:
            os.write(sys.stdout.fileno(), said.encode())
        except BrokenPipeError:  # whoever has asked is dead, and needs no traceback of ours in its log
            return


def _in_a_child(work: dict[str, Any]) -> dict[str, Any]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _child(work, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        answer = said.read(SAID)
    _, status, used = os.wait4(child, 0)
    code = os.waitstatus_to_exitcode(status)
    known = json.loads(answer) if code == 0 else {"died": code}
    return {**known, "seconds": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss * 1024}


def _child(work: dict[str, Any], writing: int) -> None:
    """Never returns."""
    code = 1
    try:
        os.write(writing, json.dumps(job.do(**work)).encode())
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
