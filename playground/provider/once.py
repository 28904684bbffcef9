"""Idempotence: within a day of the world's clock the same key gives the same answer; after that it is forgotten."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from playground.provider.refused import invalid
from playground.world import World

HEADER = "Idempotence-Key"
LONGEST = 64
REMEMBERED = 24 * 3600.0
_KIND = "provider.key"


class Once:
    """Answers by key, in the world's store. A refused request leaves its key free: only what was done is remembered."""

    def __init__(self, world: World) -> None:
        self._world = world

    def do(self, key: str | None, request: str, body: Any, work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """The answer of the first `work` under this key. `request` is method and path. Raises Refused."""
        if not key:
            raise invalid(HEADER, "Idempotence key is empty")
        if len(key) > LONGEST:
            raise invalid(HEADER, f"Idempotence key is too long. Max. length is {LONGEST}")
        words = json.dumps([request, body], sort_keys=True, ensure_ascii=False)
        mark = hashlib.sha256(words.encode()).hexdigest()
        now = self._world.clock.time()
        known = self._world.store.get(_KIND, key)
        if known is not None and now - known["at"] < REMEMBERED:
            if known["mark"] != mark:
                raise invalid(HEADER, "Duplicate idempotence key")
            answer: dict[str, Any] = known["answer"]
            return answer
        answer = work()
        self._world.store.put(_KIND, key, {"mark": mark, "at": now, "answer": answer})
        return answer
