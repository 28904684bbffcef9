"""The sender's marks on their way to the database: collected until a commit takes them, and given back if it fails."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from services.db.pipe import Marks

LINGER = 0.05


class MarkBook:
    """`wake`: there are marks to be stored. `settled` hears of every bundle after its commit."""

    def __init__(self, wake: Callable[[], None], settled: Callable[[Marks], None]) -> None:
        self._wake, self._settled = wake, settled
        self._marks, self._lazy = Marks(), Marks()
        self._waiters: list[asyncio.Future[None]] = []

    def __bool__(self) -> bool:
        return bool(self._marks)

    def add(self, marks: Marks, *, lazy: bool = False) -> None:
        """Store these with the next commit. Lazy ones (a repeated edit is harmless) wait a moment for company."""
        if not lazy:
            self._marks.add(marks)
            self._wake()
            return
        if not self._lazy:
            asyncio.get_running_loop().call_later(LINGER, self.flush)
        self._lazy.add(marks)

    def flush(self) -> None:
        """Lazy marks wait no longer."""
        lazy, self._lazy = self._lazy, Marks()
        self.add(lazy)

    async def store(self, marks: Marks) -> None:
        """Store these and wait until they are."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.append(future)
        self.add(marks)
        await future

    @contextmanager
    def taken(self) -> Iterator[Marks]:
        """The marks of one commit, which ends within the block. Marks, and waiters, that come meanwhile are the next commit's."""
        marks, waiters = self._marks, self._waiters
        self._marks, self._waiters = Marks(), []
        try:
            yield marks
        except BaseException:
            marks.add(self._marks)
            self._marks, self._waiters = marks, waiters + self._waiters
            raise
        if marks:
            self._settled(marks)
        for future in waiters:
            if not future.done():
                future.set_result(None)
