"""The table of deadlines: by product, event and edition of the rules, with unit, start and source. Read from `data/`, once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

DATA = Path(__file__).parent / "data"
PRODUCTS = ("osago", "kasko")


class Unit(StrEnum):
    """How a term is counted."""

    AT_ONCE = "immediately"
    HOURS = "hours"
    CALENDAR = "calendar_days"
    WORKING = "working_days"
    NO_HOLIDAYS = "calendar_days_excl_holidays"


@dataclass(frozen=True, slots=True)
class Edition:
    """A text of the rules and the first day it is in force."""

    name: str
    since: date
    title: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One deadline: so many units from the day `starts` names. `source` is the law, or the rules of the insurer."""

    product: str
    event: str
    edition: str
    amount: int
    unit: Unit
    starts: str
    source: str


class NoSuchDeadline(LookupError):
    """The table has no such row. `code` says what is unknown, `hint` what there is."""

    def __init__(self, code: str, hint: str) -> None:
        super().__init__(f"{code}: {hint}")
        self.code, self.hint = code, hint


class Table:
    """All rules, in the order of the files. Of an edition the first row of an event is what the edition says; rows after it are
    what other sources say of the same edition.
    """

    def __init__(self, folder: Path = DATA) -> None:
        self.rules: list[Rule] = []
        self.editions: dict[str, tuple[Edition, ...]] = {}
        for product in PRODUCTS:
            raw = json.loads((folder / f"{product}.json").read_text(encoding="utf-8"))
            self.editions[product] = tuple(
                Edition(name, date.fromisoformat(edition["since"]), edition["name"])
                for name, edition in raw["editions"].items()
            )
            self.rules += [
                Rule(product, row["id"], row["edition"], row["amount"], Unit(row["unit"]), row["from"], row["source"])
                for row in raw["deadlines"]
            ]

    def edition_on(self, product: str, day: date) -> str:
        """The edition in force on this day; of days before the first one, the first. Raises NoSuchDeadline."""
        editions = self._editions(product)
        return next((e.name for e in reversed(editions) if e.since <= day), editions[0].name)

    def all_of(self, product: str, event: str) -> list[Rule]:
        """Every row of an event, of all editions and sources. Raises NoSuchDeadline."""
        self._editions(product)
        found = [rule for rule in self.rules if (rule.product, rule.event) == (product, event)]
        if not found:
            events = dict.fromkeys(rule.event for rule in self.rules if rule.product == product)
            raise NoSuchDeadline("unknown-event", f"{product} has: {', '.join(events)}")
        return found

    def rule(self, product: str, event: str, edition: str) -> Rule:
        """What an edition says. Raises NoSuchDeadline, also when this edition has no such term."""
        rows = self.all_of(product, event)
        names = [known.name for known in self._editions(product)]
        if edition not in names:
            raise NoSuchDeadline("unknown-edition", f"{product} has: {', '.join(names)}")
        if rule := next((row for row in rows if row.edition == edition), None):
            return rule
        having = dict.fromkeys(row.edition for row in rows)
        raise NoSuchDeadline("not-in-edition", f"{event} is a term of: {', '.join(having)}; name the edition")

    def has(self, product: str, event: str, day: date) -> bool:
        """Does the edition in force on this day know such a term?"""
        edition = self.edition_on(product, day)
        return any(rule.edition == edition for rule in self.all_of(product, event))

    def _editions(self, product: str) -> tuple[Edition, ...]:
        if product not in self.editions:
            raise NoSuchDeadline("unknown-product", f"there are: {', '.join(self.editions)}")
        return self.editions[product]


TABLE = Table()
