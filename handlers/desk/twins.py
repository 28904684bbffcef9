"""Empty copies of topics: Telegram makes a topic anew for every call, and a process that dies right after the call makes it again.

Nobody knows the number of the first one then, and no method of Telegram's finds it. But Telegram tells the bot of every topic that it
opens: if nothing of ours stands there a while later, it goes. Clients never see it, and nothing is ever said in it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from handlers.desk.posting import Hear
from handlers.updates import Message
from services.cabinet import Cabinet
from services.db.pipe import Parcel
from services.db.unit import Unit

WHILE = timedelta(seconds=30)
"""More than an answer of Telegram's takes into the database, a death and a restart included."""


class Twins:
    """`events` of the lane of the staff. `bot` is our own id in Telegram: topics of others are theirs."""

    def __init__(self, cabinet: Cabinet, bot: int) -> None:
        self._cabinet, self._bot = cabinet, bot
        self.events: dict[str, Hear] = {"topic.opened": self._opened}

    def note(self, unit: Unit, said: Message) -> None:
        """Remember to look again at a topic that we have opened."""
        if said.forum_topic_created and said.from_user and said.from_user.id == self._bot:
            group, thread = said.chat.id, said.message_thread_id
            once = f"opened:{group}:{thread}"
            unit.submit("staff", once, "topic.opened", due=unit.now + WHILE, group=group, thread=thread)

    async def _opened(self, unit: Unit, facts: dict[str, Any]) -> None:
        """It goes unless it is somebody's. In a group that has another id by now nothing is touched: its topics have the new one."""
        group, thread = facts["group"], facts["thread"]
        if group not in await self._cabinet.groups.now(unit) or await self._cabinet.desk.of_thread(unit, group, thread):
            return
        body = {"method": "deleteForumTopic", "payload": {"message_thread_id": thread}}
        unit.send(Parcel(f"twin:{group}:{thread}", "telegram", body, chat_id=group))
