"""The way out of the store of clients' files: a content that nobody needs any more is destroyed (152-ФЗ art. 5 part 7)."""

from __future__ import annotations

from services.db.pipe import Store
from services.ports.files import Files
from services.uploads import AN_HOUR, is_needed


class Shelf:
    """Looks once more before it destroys: meanwhile somebody may have sent the same."""

    def __init__(self, store: Store, files: Files) -> None:
        self._store, self._files = store, files

    async def drop(self, sha256: str) -> None:
        """Raises FilesTrouble (later)."""
        async with self._store.tx() as tx:
            needed = await is_needed(tx, sha256)
        if not needed:
            await self._files.drop(sha256, idle=AN_HOUR)
