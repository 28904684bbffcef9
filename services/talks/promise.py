"""What a client is promised, and when it is about to break: in working time (K3, X2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from services.hours import Hours
from services.talks.values import Talk


@dataclass(frozen=True, slots=True)
class Promise:
    """`answer` is for the first words of a talk, `next_answer` for those that follow; `warn`: so long before, staff are told."""

    hours: Hours
    answer: timedelta
    next_answer: timedelta
    warn: timedelta

    def due(self, talk: Talk, since: datetime) -> datetime:
        """By when somebody who waits since then is to be answered."""
        return self.hours.add(since, self.next_answer if talk.first_answer_at else self.answer)

    def warn_at(self, talk: Talk, since: datetime) -> datetime:
        """When staff are told that it is about to break."""
        work = self.next_answer if talk.first_answer_at else self.answer
        return self.hours.add(since, max(timedelta(), work - self.warn))

    def report(self, talks: Sequence[Talk], since: datetime, until: datetime) -> Report:
        """What a day was like; who waits waits still."""
        opened = [talk for talk in talks if since <= talk.opened_at < until]
        first = [self.hours.between(it.opened_at, it.first_answer_at) for it in opened if it.first_answer_at]
        solved = [self.hours.between(it.opened_at, it.closed_at) for it in opened if it.closed_at]
        waiting = [talk for talk in talks if talk.waits_since and not talk.closed_at]
        late = [wait for wait in first if wait > self.answer]
        ratings = [talk.rating for talk in opened if talk.rating]
        return Report(
            len(opened),
            len(solved),
            len(waiting),
            len(late) + sum(self.due(talk, talk.waits_since) < until for talk in waiting if talk.waits_since),
            middle(first),
            middle(solved),
            sum(ratings) / len(ratings) if ratings else None,
        )


@dataclass(frozen=True, slots=True)
class Report:
    """`late`: first answers after the promise, and waits that are over it; the medians are in working time."""

    opened: int
    solved: int
    waiting: int
    late: int
    first_answer: timedelta | None
    resolved: timedelta | None
    rating: float | None


def middle(spans: Sequence[timedelta]) -> timedelta | None:
    """The median; None of nothing."""
    return timedelta(seconds=median(span.total_seconds() for span in spans)) if spans else None
