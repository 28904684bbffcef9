"""What operations watch. No label ever names a person."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

STEPS = Counter("cabinet_steps", "Steps committed")
DUPLICATES = Counter("cabinet_duplicates", "Events that were known already")
DEFERRED = Counter("cabinet_deferred", "Events stored to run later")
DEAD_EVENTS = Counter("cabinet_dead_events", "Events buried after their last attempt")
REFUSED_WEBHOOKS = Counter("cabinet_refused_webhooks", "Requests to a webhook that were not accepted", ["reason"])
REFUSED_BUTTONS = Counter("cabinet_refused_buttons", "Taps whose button was stale, forged or another's", ["reason"])
API_CALLS = Counter("cabinet_api_calls", "Calls of the Bot API", ["method", "outcome"])
API_SECONDS = Histogram("cabinet_api_seconds", "Time a call of the Bot API takes", ["method"])
PARCELS = Counter("cabinet_parcels", "What left the outbox", ["channel", "outcome"])
SCREENS_UNKNOWN = Counter("cabinet_screens_unknown", "Screens shown at most once whose outcome nobody knows")
WAITING = Gauge("cabinet_waiting", "Rows that are due and not done", ["queue"])
CALENDAR_MISSING = Gauge(
    "cabinet_calendar_missing", "The year whose production calendar must be added now; 0 when all is well"
)


class _Lanes:
    """Counts of the lanes, in the words of `bot.lanes`."""

    def batch(self, steps: int, duplicates: int, deferred: int) -> None:
        STEPS.inc(steps)
        DUPLICATES.inc(max(0, duplicates))
        DEFERRED.inc(deferred)

    def dead(self) -> None:
        DEAD_EVENTS.inc()


LANES = _Lanes()
