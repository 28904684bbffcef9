"""A folder of this process for files that are on their way; what a killed process has left is swept by the next one.

Whose folder it is, a lock of the kernel says, which ends with its holder.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import tempfile
from pathlib import Path

NAME = "cabinet-files-"


class Scratch:
    """`path` is readable by this user alone. `close` removes it with everything in it."""

    def __init__(self, parent: Path | None = None) -> None:
        parent = parent or Path(tempfile.gettempdir())
        for left in parent.glob(f"{NAME}*"):
            _sweep(left)
        new = Path(tempfile.mkdtemp(prefix=".new-", dir=parent))  # nobody sweeps it before it is locked
        self._lock = _locked(new)
        self.path = parent / f"{NAME}{secrets.token_hex(8)}"
        new.rename(self.path)

    def close(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)


def _sweep(left: Path) -> None:
    try:
        lock = _locked(left)
    except OSError:  # it is in use, another user's, or gone
        return
    shutil.rmtree(left, ignore_errors=True)
    os.close(lock)


def _locked(folder: Path) -> int:
    """Raises OSError when somebody else holds it."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle
