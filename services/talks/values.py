"""What passes between a client and staff, as values (I3, K1–K3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

ALBUM = timedelta(seconds=1)
"""The parts of an album are separate messages: so long is waited for the last one."""


class Face(StrEnum):
    """What a topic's icon and title say."""

    NEW = "new"  # nobody has taken it
    WORK = "work"  # an employee has it, and the client waits
    WAITING = "waiting"  # the client was answered
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Topic:
    """`whose` is `client:<id>`, or `account:<id>` of somebody who is no client. `thread_id` is empty until Telegram has made it."""

    id: int
    whose: str
    group_id: int
    thread_id: int | None
    generation: int
    face: Face
    full_until: datetime | None

    @property
    def lane(self) -> str:
        """The lane of everything that goes to this topic: one thing at a time, in order."""
        return f"desk:{self.id}"

    @property
    def client_id(self) -> str | None:
        kind, _, key = self.whose.partition(":")
        return key if kind == "client" else None


@dataclass(frozen=True, slots=True)
class Talk:
    """`number` is what the client and staff call it by. `waits_since`: the oldest message of the client's that is not answered."""

    id: int
    topic_id: int
    account_id: int
    client_id: str | None
    question_id: int | None
    screen: str
    department: str
    employee_id: int | None
    promised_to: int | None
    opened_at: datetime
    taken_at: datetime | None
    first_answer_at: datetime | None
    waits_since: datetime | None
    closed_at: datetime | None
    closed_by: str
    rating: int | None

    @property
    def number(self) -> str:
        return f"О-{self.id:06d}"

    @property
    def face(self) -> Face:
        """What the topic shows of it."""
        if self.closed_at:
            return Face.CLOSED
        if self.employee_id is None:
            return Face.NEW
        return Face.WORK if self.waits_since else Face.WAITING


@dataclass(frozen=True, slots=True)
class Line:
    """One message. `way`: `up` from the client, `down` to the client; `kind`: `text`, `copy`, `bare`: a copy
    without a caption, `file`: up, what our store holds of the message, or `note`: up, words of the cabinet's own, ready HTML; down, what
    staff keep to themselves."""

    id: int
    talk_id: int | None
    way: str
    kind: str
    account_id: int
    chat_message_id: int | None
    topic_message_id: int | None
    reply_to: int | None
    album: str
    text: str
    employee_id: int | None
    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Word:
    """What a person has sent to the other side: text, or something that is copied as it is, with a caption perhaps.

    `reply_to` is the id of the message replied to, on the sender's own side. `kept`: a file that was looked into and made anew; staff
    get that and not the message, for a picture sent as a file may tell where its owner lives.
    """

    message_id: int
    text: str
    copied: bool
    album: str = ""
    reply_to: int | None = None
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Queue:
    """Where a client stands: `place` from 1, `answer_by` by working hours; `open`: somebody is at work now."""

    place: int
    answer_by: datetime
    open: bool
