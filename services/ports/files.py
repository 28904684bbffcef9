"""What the cabinet asks of the place where clients' files are kept.

A file is known by the SHA-256 of its content, 64 hexadecimal digits: the same content is one file, whoever sent it. Who may see it is
not decided here: rows of the database say whose it is. What it is (a JPEG, a PDF) those rows say as well.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class FilesTrouble(Exception):
    """Not now: the store is away, busy or full. The same may be asked again later."""


class FileLost(Exception):
    """There is no such file, or what is there is not what was put: altered, or sealed with a key that is gone."""


class Files(Protocol):
    """Content is sealed at rest. Every method raises FilesTrouble."""

    async def put(self, path: Path, sha256: str) -> None:
        """Keep the content of `path`; when it returns, the file is safe. Repeating it changes nothing.

        Raises ValueError when the content is not that of `sha256`.
        """
        ...

    async def open(self, sha256: str) -> bytes:
        """The content. Raises FileLost."""
        ...

    async def has(self, sha256: str) -> bool:
        """Is it kept here?"""
        ...

    async def drop(self, sha256: str, idle: float = 0.0) -> None:
        """Destroy it; one that is not there is no mistake.

        `idle`: only if nobody has put it for so many seconds; until then it is FilesTrouble. Whoever puts the same content again just
        before it goes has an hour, say, to write down that it is needed.
        """
        ...
