"""Updates that wait for a bot: numbered, kept on disk, dropped when confirmed or too old by the world's clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from playground.telegram.memory import Memory
from playground.telegram.model import Bot

DAY = 86_400.0
CALLBACK_LIFE = 150.0
_ONLY_ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}


class Pending(BaseModel):
    """One update not yet confirmed. `lane` orders webhook deliveries: one at a time within a lane."""

    update_id: int
    lane: str
    expires: float
    body: dict[str, Any]


class Updates:
    """The queue of every bot. Listeners hear of each new update: the webhook or the long poll takes it from there."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._queues: dict[int, dict[int, Pending]] = defaultdict(dict)
        self._listeners: list[Callable[[Bot, Pending], None]] = []

    def load(self) -> None:
        """Read back what an earlier run left undelivered."""
        self._queues.clear()
        for bot_id in self._memory.bots:
            stored = map(Pending.model_validate, self._memory.world.store.all(_kind(bot_id)).values())
            self._queues[bot_id] = {pending.update_id: pending for pending in stored}

    def subscribe(self, listener: Callable[[Bot, Pending], None]) -> None:
        """`listener` is called for every new update, in the event loop."""
        self._listeners.append(listener)

    def add(self, bot: Bot, kind: str, content: dict[str, Any], *, lane: str, life: float = DAY) -> int | None:
        """Queue an update of `kind` (`message`, `callback_query`, ...); None if the bot did not ask for such."""
        wanted = kind in bot.allowed_updates if bot.allowed_updates else kind not in _ONLY_ON_REQUEST
        if not wanted:
            return None
        update_id = bot.next_update
        bot.next_update += 1
        self._memory.keep_bot(bot)
        pending = Pending(
            update_id=update_id,
            lane=lane,
            expires=self._memory.world.clock.time() + life,
            body={"update_id": update_id, kind: content},
        )
        self._queues[bot.id][update_id] = pending
        self._memory.world.store.put(_kind(bot.id), update_id, pending.model_dump())
        for listener in self._listeners:
            listener(bot, pending)
        return update_id

    def waiting(self, bot: Bot) -> list[Pending]:
        """What is not confirmed, oldest first; what has expired is forgotten here."""
        now = self._memory.world.clock.time()
        for pending in list(self._queues[bot.id].values()):
            if pending.expires <= now:
                self.confirm(bot, pending.update_id)
        return list(self._queues[bot.id].values())

    def holds(self, bot: Bot, update_id: int) -> bool:
        """Is it still waiting?"""
        return update_id in self._queues[bot.id]

    def confirm(self, bot: Bot, update_id: int) -> None:
        """The bot has it (or never will)."""
        if self._queues[bot.id].pop(update_id, None) is not None:
            self._memory.world.store.drop(_kind(bot.id), update_id)

    def drop_all(self, bot: Bot) -> None:
        """`drop_pending_updates`."""
        for update_id in list(self._queues[bot.id]):
            self.confirm(bot, update_id)


def _kind(bot_id: int) -> str:
    return f"tg.update/{bot_id}"
