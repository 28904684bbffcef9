"""How a client is spoken to: what is said now and when to look again. Pure: no database, no clock of its own (H5).

Of a series only the newest step is said, so nothing piles up over an outage. What is urgent comes when it is due, what is not comes once a
local day at most and together; nothing is said in the quiet hours: what would fall into them is said an hour before they begin.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.clock import MOSCOW
from services.reminders.values import STEPS, URGENT, Cause, Choices, Due, Hush, Kind, Said

MORNING = 10
"""The local hour at which a day's reminders are due."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TURNING = timedelta(hours=5)
SOON = timedelta(hours=36)
"""What is due within this time is given as the next moment to look; later ones are found by their terms."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`say`: now, in one message, the most urgent first. `again`: when to look at the client next, if it is soon."""

    say: tuple[Due, ...]
    again: datetime | None


@dataclass(frozen=True, slots=True)
class _Step:
    step: int
    moment: datetime
    repeat: bool = False


def decide(
    causes: Iterable[Cause],
    said: Sequence[Said],
    hushes: Iterable[Hush],
    choices: Choices,
    now: datetime,
    since: datetime | None = None,
) -> Verdict:
    """`said` is the client's journal as far back as the series of `causes` go. What was due before `since`, when the client came to us, is
    not made up for.
    """
    resting = {(hush.kind, hush.subject): hush for hush in hushes}
    due: list[Due] = []
    ahead: list[datetime] = []
    for cause in causes:
        stopped = resting.get(cause.family)
        if cause.family[0] in choices.off or (stopped and stopped.until is None):
            continue
        steps = _steps(cause, resting.get(cause.series), choices)
        ahead += [it.moment for it in steps if it.moment > now]
        last = max((it for it in steps if it.moment <= now), key=lambda it: it.moment, default=None)
        if last and (since is None or last.moment >= since) and not _known(cause, last, said):
            due.append(_due(cause, last))
    due = _superseded(due)
    if due and is_quiet(now, choices):
        ahead.append(quiet_ends(now, choices))
        due = []
    held = _held(due, said, choices, now)
    if len(held) != len(due):
        due = held
        ahead.append(next_morning(now, choices))
    nearest = min(ahead, default=None)
    order = sorted(due, key=lambda it: (not it.urgent, it.cause.until or _end(it.cause.day), it.key))
    return Verdict(tuple(order), nearest if nearest and nearest <= now + SOON else None)


def moment_of(cause: Cause, step: int, choices: Choices) -> datetime:
    """When a step of a cause is said: in the morning so many days before, or so many hours before its very moment. What tells that a day
    is over does not come the evening before, though that morning be quiet.
    """
    if cause.until is not None:
        return before_quiet(cause.until - step * HOUR, choices)
    morning = datetime.combine(cause.day - step * DAY, time(MORNING), ZoneInfo(choices.zone))
    if step < 0 and is_quiet(morning, choices):
        return quiet_ends(morning, choices)
    return before_quiet(morning, choices)


def urgent(cause: Cause, step: int) -> bool:
    """Can it not wait for tomorrow?"""
    return step <= URGENT.get(cause.kind, -1) and step >= 0


def is_quiet(moment: datetime, choices: Choices) -> bool:
    """Does it fall into the client's quiet hours?"""
    first, last, hour = choices.quiet_from, choices.quiet_to, _local(moment, choices).hour
    return first <= hour < last if first <= last else hour >= first or hour < last


def before_quiet(moment: datetime, choices: Choices) -> datetime:
    """The moment itself, or an hour before the quiet hours it falls into."""
    if not is_quiet(moment, choices):
        return moment.astimezone(UTC)
    local = _local(moment, choices)
    evening = datetime.combine(local.date(), time(choices.quiet_from), local.tzinfo)
    if evening > local:
        evening = datetime.combine(local.date() - DAY, time(choices.quiet_from), local.tzinfo)
    return (evening - HOUR).astimezone(UTC)


def quiet_ends(moment: datetime, choices: Choices) -> datetime:
    """The first moment after these quiet hours."""
    local = _local(moment, choices)
    ends = datetime.combine(local.date(), time(choices.quiet_to), local.tzinfo)
    if ends <= local:
        ends = datetime.combine(local.date() + DAY, time(choices.quiet_to), local.tzinfo)
    return ends.astimezone(UTC)


def quiet_begins(moment: datetime, choices: Choices) -> datetime:
    """When the next quiet hours begin; where there are none, as if they began at that hour."""
    local = _local(moment, choices)
    begins = datetime.combine(local.date(), time(choices.quiet_from), local.tzinfo)
    return (begins if begins > local else begins + DAY).astimezone(UTC)


def next_morning(now: datetime, choices: Choices) -> datetime:
    """When the next day's routine may be said; not before the quiet hours are over."""
    local = _local(now, choices)
    morning = datetime.combine(local.date() + DAY, time(MORNING), local.tzinfo)
    return quiet_ends(morning, choices) if is_quiet(morning, choices) else morning.astimezone(UTC)


def local_day(moment: datetime, choices: Choices) -> date:
    """The date on the client's wall."""
    return _local(moment, choices).date()


def common_day(moment: datetime, choices: Choices) -> date:
    """The date that days are counted from: the client's, but Moscow's while that is the earlier, for contracts are counted there."""
    return min(local_day(moment, choices), moment.astimezone(MOSCOW).date())


def day_turns(moment: datetime, choices: Choices, share: float) -> datetime:
    """When what says how many days are left has to say it anew: within `TURNING` after the next `common_day` has begun, and by that
    morning. `share`, from 0 to 1, tells clients apart, so that they do not all do it at midnight.
    """
    tomorrow, place = common_day(moment, choices) + DAY, ZoneInfo(choices.zone)
    begins = max(datetime.combine(tomorrow, time(), zone) for zone in (place, MOSCOW))
    morning = datetime.combine(tomorrow, time(MORNING), place)
    return (begins + share * min(TURNING, morning - begins)).astimezone(UTC)


def newest(cause: Cause, choices: Choices, now: datetime) -> datetime | None:
    """When the newest step of the series was due; None: none was yet."""
    return max((it.moment for it in _steps(cause, None, choices) if it.moment <= now), default=None)


def later(cause: Cause, days: int, choices: Choices, now: datetime) -> datetime | None:
    """When to come back to a cause that was put off for `days`: in the morning, but not past its next urgent step, its day, nor the last
    morning on which it may be told. None: there is no later.
    """
    morning = datetime.combine(local_day(now, choices) + days * DAY, time(MORNING), ZoneInfo(choices.zone))
    steps = [it for it in STEPS[cause.kind] if urgent(cause, it)]
    if cause.until is None:
        steps += [0, (cause.day - cause.told_until).days]
    ahead = [moment for it in steps if (moment := moment_of(cause, it, choices)) > now]
    back = min([before_quiet(morning, choices), *ahead])
    return back if ahead and back > now else None


def _steps(cause: Cause, hush: Hush | None, choices: Choices) -> list[_Step]:
    """Every step of the series, the earliest first; of one that rests only what comes after the rest."""
    steps = [_Step(step, moment_of(cause, step, choices)) for step in STEPS[cause.kind]]
    if cause.since:
        begins = datetime.combine(cause.since, time(), ZoneInfo(choices.zone))
        steps = [it for it in steps if it.moment >= begins]
    if hush is None or hush.until is None:
        return steps
    left = (cause.day - local_day(hush.until, choices)).days
    rest = _Step(left if cause.until is None else STEPS[cause.kind][-1], hush.until, repeat=True)
    return [rest, *(it for it in steps if it.moment > hush.until)]


def _known(cause: Cause, it: _Step, said: Sequence[Said]) -> bool:
    """Was this step, or a newer one, said already; or something urgent about the same thing since it was due?"""
    for row in said:
        same = row.series == cause.series and row.day == cause.day
        if same and row.moment >= it.moment:
            return True
        pressing = row.urgent and row.thing == cause.thing and row.series != cause.series and row.said_at >= it.moment
        if pressing and not urgent(cause, it.step):
            return True
    return False


def _due(cause: Cause, it: _Step) -> Due:
    key = f"{cause.kind}:{cause.subject}:{cause.day}:{it.step}"
    if cause.until is not None:
        key = f"{cause.kind}:{cause.subject}:{cause.until.timestamp():.0f}:{it.step}"
    if it.repeat:
        key += f":again:{it.moment.timestamp():.0f}"
    return Due(cause, it.step, it.moment, urgent(cause, it.step), key)


def _superseded(due: list[Due]) -> list[Due]:
    """What is urgent silences what is not about the same thing."""
    pressing = {it.cause.thing for it in due if it.urgent}
    return [it for it in due if it.urgent or it.cause.thing not in pressing]


def _held(due: list[Due], said: Sequence[Said], choices: Choices, now: datetime) -> list[Due]:
    """What need not wait for tomorrow: only what is urgent on a day that had its routine; advertising stands alone (38-ФЗ art. 18)."""
    if spoken_today(said, choices, now):
        due = [it for it in due if it.urgent]
    service = [it for it in due if it.cause.kind is not Kind.OFFER]
    return service or due


def spoken_today(said: Iterable[Said], choices: Choices, now: datetime) -> bool:
    """Has the client had what is not urgent on this day of theirs?"""
    today = local_day(now, choices)
    return any(not row.urgent and local_day(row.said_at, choices) == today for row in said)


def _local(moment: datetime, choices: Choices) -> datetime:
    return moment.astimezone(ZoneInfo(choices.zone))


def _end(day: date) -> datetime:
    return datetime.combine(day + DAY, time(), UTC)
