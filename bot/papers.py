"""The content of a paper that a parcel carries: fetched from the core by its id, or printed here, off the loop.

`{"id": …}` or `{"print": a press, "words": {…}}`, with `file_name` and `mime_type`.
"""

from __future__ import annotations

import asyncio
from typing import Any

from services.ports.core import InsurerCore
from services.press import PRESSES


class Papers:
    """One of them is printed at a time: it takes half a second of a core."""

    def __init__(self, core: InsurerCore) -> None:
        self._core, self._turn = core, asyncio.Lock()

    async def content(self, document: dict[str, Any]) -> bytes:
        """Raises CoreTrouble (later) or CoreRefused (never)."""
        if press := document.get("print"):
            async with self._turn:
                return await asyncio.to_thread(PRESSES[press], document["words"])
        return await self._core.document(document["id"])
