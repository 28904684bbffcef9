"""What the cabinet asks of an antivirus."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class AntivirusTrouble(Exception):
    """It did not say: the file is neither clean nor infected, and is asked about again later."""


class Antivirus(Protocol):
    async def scan(self, path: Path) -> str | None:
        """The name of what was found, None for a clean file. Raises AntivirusTrouble."""
        ...
