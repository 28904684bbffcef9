"""Where a world may listen: a base port whose neighbours are free too."""

from __future__ import annotations

import random
import socket
from contextlib import ExitStack

STEPS = (0, 1, 2, 9, 10)
"""Telegram and the page, the core, the post, and the bot's two listeners."""


def free_ports() -> int:
    """A base port for a whole world on 127.0.0.1. Raises OSError when there is none."""
    for base in random.SystemRandom().sample(range(20_000, 32_000), 200):
        with ExitStack() as stack:
            try:
                for step in STEPS:
                    stack.enter_context(socket.socket()).bind(("127.0.0.1", base + step))
            except OSError:
                continue
            return base
    raise OSError("no free ports between 20000 and 32000")
