"""The cabinet's time. Everything that has a deadline asks here; pace limits, retries and timeouts use the machine's clock."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

MOSCOW = ZoneInfo("Europe/Moscow")


def next_minute(moment: datetime) -> datetime:
    """The moment itself if it is a whole minute, else the next one: what is said to the minute is true to the second."""
    whole = moment.replace(second=0, microsecond=0)
    return whole if whole == moment else whole + timedelta(minutes=1)


class Clock:
    """The machine's time plus `offset` seconds; the offset is zero but in development, where the playground moves it."""

    def __init__(self) -> None:
        self.offset = 0.0

    def time(self) -> float:
        """Seconds since the epoch."""
        return time.time() + self.offset

    def now(self) -> datetime:
        """The same moment, aware, in UTC."""
        return datetime.fromtimestamp(self.time(), UTC)

    def today(self) -> date:
        """The date in Moscow: contracts, windows and lead days are counted there (rule 12 of the conversation)."""
        return self.now().astimezone(MOSCOW).date()
