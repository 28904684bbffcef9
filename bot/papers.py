"""The content of a paper that a parcel carries: fetched from the core by its id, printed here, off the loop, or a client's file.

`{"id": …}`, `{"print": a press, "words": {…}}` or `{"stored": its SHA-256}`, with `file_name` and `mime_type`.
"""

from __future__ import annotations

import asyncio
from typing import Any

from services.ports.core import InsurerCore
from services.ports.files import Files
from services.press import PRESSES


class Papers:
    """One of them is printed at a time: it takes half a second of a core."""

    def __init__(self, core: InsurerCore, files: Files) -> None:
        self._core, self._files, self._turn = core, files, asyncio.Lock()

    async def content(self, document: dict[str, Any]) -> bytes:
        """Raises CoreTrouble or FilesTrouble (later), CoreRefused or FileLost (never)."""
        if press := document.get("print"):
            async with self._turn:
                return await asyncio.to_thread(PRESSES[press], document["words"])
        if sha256 := document.get("stored"):
            return await self._files.open(sha256)
        return await self._core.document(document["id"])
