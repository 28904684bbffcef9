"""What an audit has found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields


@dataclass(slots=True)
class Tally:
    """What is wrong (must be nothing), and what may happen: copies of what was in flight when the process died."""

    kills: int = 0
    lost: int = 0
    doubled: int = 0
    order: int = 0
    wrong_edits: int = 0
    loud: int = 0
    doubled_notices: int = 0
    doubled_screens: int = 0
    doubled_topics: int = 0
    repeated_deeds: int = 0
    points: Counter[str] = field(default_factory=Counter)
    why: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))

    def check(self, name: str, count: int, why: object) -> None:
        """So many things of that name are wrong."""
        if count:
            setattr(self, name, getattr(self, name) + count)
            self.why.append(f"{name}: {why}")

    def count(self, what: str, found: int, wanted: int) -> None:
        """There must be so many of something."""
        self.check("doubled", max(0, found - wanted), f"{found} {what}, not {wanted}")
        self.check("lost", max(0, wanted - found), f"{found} {what}, not {wanted}")

    @property
    def wrong(self) -> int:
        return self.lost + self.doubled + self.order + self.wrong_edits + self.loud
