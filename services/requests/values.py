"""A request to the insurer, and a call of an agent, as values: what is asked, how it stands, what was said about it (I1, I2, I4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from services.uploads.statements import REQUEST


class Kind(StrEnum):
    """What is asked for. `AGENT` is a call of an agent, which has states and a number of its own."""

    CERTIFICATE = "certificate"
    DATA = "data"  # the insurer has something wrong about the client
    COMPENSATION = "compensation"
    WORKS = "works"  # done at a station, with their invoices
    PAYOUT = "payout"  # received, and there is something to say about it
    RECALCULATION = "recalculation"
    TERM = "term"  # a term was missed, and is asked to be extended
    COMPLAINT = "complaint"
    IDEA = "idea"
    PHONE = "phone"  # another number on file, or the cabinet blocked (A14)
    RECOVERY = "recovery"  # neither phone nor e-mail on file is theirs any more (A12)
    CHANGE = "policy-change"  # of a policy in force (C5)
    AGENT = "agent"


class State(StrEnum):
    """How it stands. `TAKEN` to `CALLED` are of an agent call, `WORK` and `CLARIFY` of the others."""

    WORK = "work"
    CLARIFY = "clarify"  # the client is asked something
    TAKEN = "taken"
    ASSIGNED = "assigned"
    CALLED = "called"
    DONE = "done"
    CANCELLED = "cancelled"  # by the client


OVER = (State.DONE, State.CANCELLED)
"""Nothing is waited for any more."""
OF_REQUEST = (State.WORK, State.CLARIFY, State.DONE)
OF_CALL = (State.TAKEN, State.ASSIGNED, State.CALLED, State.DONE)
"""The states staff give, in their order."""
MOVABLE = (State.TAKEN, State.ASSIGNED)
"""An agent has not called yet: the client may choose another time."""
WORKING_DAYS, OF_MISSED_TERM = 10, 5
"""Within so many working days a request is answered; a missed term is decided sooner."""
PREFIX = {True: "АГ", False: "ОБ"}
"""Of the number, by whether it is a call of an agent."""


def states_of(kind: Kind) -> tuple[State, ...]:
    """The states staff may give to one of this kind."""
    return OF_CALL if kind is Kind.AGENT else OF_REQUEST


def days_of(kind: Kind) -> int:
    """Working days within which it is answered."""
    return OF_MISSED_TERM if kind is Kind.TERM else WORKING_DAYS


@dataclass(frozen=True, slots=True)
class Request:
    """`entered` is what the client has told, by the names of the dialog's draft; `draft` is the key it was filed from.

    `client_id` is empty for somebody who is no client: the request is then their Telegram account's. `answer_by` is the end of the last
    day of the term, in an agent call the beginning of the time chosen; None beyond the production calendar's data.
    """

    id: int
    account_id: int
    client_id: str
    draft: str
    kind: Kind
    state: State
    employee_id: int | None
    policy_core_id: str
    filed_at: datetime
    answer_by: datetime | None
    changed_at: datetime
    ended_at: datetime | None
    entered: dict[str, Any]

    @property
    def number(self) -> str:
        """What people call it: `ОБ-000012`, an agent call `АГ-000012`."""
        return f"{PREFIX[self.kind is Kind.AGENT]}-{self.id:06d}"

    @property
    def over(self) -> bool:
        return self.state in OVER

    @property
    def files(self) -> str:
        """The key of the files sent with it."""
        return files_of(self.draft)


@dataclass(frozen=True, slots=True)
class Remark:
    """One line of the history: a new state, words, or both. `name` and `post` are of the employee, empty for the client's own."""

    id: int
    state: State | None
    text: str
    at: datetime
    name: str
    post: str


def files_of(draft: str) -> str:
    """The key of the files of a draft."""
    return f"{REQUEST}{draft}"


def draft_of(key: str) -> str:
    """The inverse of `files_of`."""
    return key.removeprefix(REQUEST)


def row_of(number: str) -> int:
    """The inverse of `Request.number`; 0 for anything else."""
    head, _, digits = number.strip().upper().partition("-")
    return int(digits) if head in PREFIX.values() and digits.isascii() and digits.isdigit() and len(digits) < 16 else 0
