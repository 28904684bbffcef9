"""The pace Telegram allows a bot in one group: 20 messages in any minute, edits and topics included (`POST /faults` switches it on).

The figure is the documentation's (bots/faq); that edits and topics share it is levlam's word (tdlib/td#2592). A call counts once, an
album too. Refused calls do not count. Time is the monotonic clock's: pace has nothing to do with the world's clock.
"""

from __future__ import annotations

import math
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field

MESSAGES, SECONDS = 20, 60.0
_COUNTED = {
    *(
        "sendmessage",
        "sendphoto",
        "senddocument",
        "sendvoice",
        "sendaudio",
        "sendvideo",
        "sendvideonote",
        "sendanimation",
    ),
    *("sendsticker", "sendmediagroup", "sendlocation", "sendvenue", "sendcontact"),
    *("copymessage", "copymessages", "forwardmessage", "forwardmessages", "pinchatmessage"),
    *("editmessagetext", "editmessagecaption", "editmessagemedia", "editmessagereplymarkup"),
    *("createforumtopic", "editforumtopic", "closeforumtopic", "reopenforumtopic"),
}


@dataclass(slots=True)
class GroupPace:
    """At most `messages` in any `seconds` in each group; no limit at all while `messages` is zero."""

    messages: int = 0
    seconds: float = SECONDS
    _past: defaultdict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def order(self, messages: int, seconds: float = SECONDS) -> None:
        """Keep this pace from now on; what was sent before is forgotten. Zero messages: no limit."""
        self.messages, self.seconds = messages, seconds
        self._past.clear()

    def take(self, method: str, chat_id: str) -> int:
        """Count a call of a method. Zero if it may go, else the whole seconds to wait: it was not counted then."""
        if not self.messages or method.lower() not in _COUNTED or not chat_id.strip().startswith("-"):
            return 0
        past, now = self._past[chat_id.strip()], time.monotonic()
        while past and past[0] + self.seconds <= now:
            past.popleft()
        if len(past) >= self.messages:
            return max(1, math.ceil(past[0] + self.seconds - now))
        past.append(now)
        return 0

    def give_back(self, method: str, chat_id: str) -> None:
        """A counted call was refused: it does not count."""
        if self.messages and method.lower() in _COUNTED and (past := self._past.get(chat_id.strip())):
            past.pop()
