"""Runs a module as `python -m` does, on a leash: when the other end of its stdin is closed, it gets a SIGTERM.

A playground that is killed outright can stop nobody, but the system closes its end of the pipe, on Linux as on macOS. Without this the
bot would live on and keep its ports and its database from the next one. `python -m playground.leash bot run`.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading


def watch() -> None:
    """Until the end of the pipe, into which nobody writes."""
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    threading.Thread(target=watch, daemon=True).start()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
