"""Why the cabinet says no. A refusal is an expected answer, never a failure of the program.

    CabinetError
    ├── Refused                 the person can do something about it
    │   ├── Unreadable          not what was asked for: nothing is counted
    │   │   ├── ForeignContact  the card is not the sender's own
    │   │   ├── BadPhone        the contact's number is no phone number
    │   │   ├── BadCode         not six digits
    │   │   ├── BadFact         neither a date nor the number of a policy
    │   │   ├── CodeTooEarly    six digits where a date or number is asked
    │   │   └── EmptyText, LongText what was typed cannot be a question
    │   ├── CodeRefused
    │   │   ├── WrongCode       tries are left
    │   │   ├── OldCode         right once, but a newer one was sent
    │   │   ├── CodeSpent       no tries left: ask for a new one
    │   │   └── CodeExpired     older than its life, used, or never sent
    │   ├── TooSoon             a new code may be asked for later
    │   ├── NoMoreCodes         all codes of the day are sent: says from when there are new ones
    │   ├── TooMany             too many wrong facts today: says until when
    │   ├── LockedForStaff      a lifetime of failures: only a human helps
    │   ├── WrongFact           birth date or policy number does not match
    │   ├── TooEarly            the window of prolongation opens later: says from when
    │   ├── NotProlongable      this contract is not prolonged in the chat: says what helps
    │   ├── AlreadyProlonged    somebody was quicker
    │   ├── RequestOver         nothing is added to it, or changed about it, any more
    │   ├── TooManyRequests     so many wait for their answer already
    │   ├── TooManyNotes        so many reminders of one's own wait already
    │   ├── WindowGone          an agent has no time then (any more)
    │   ├── ReminderSettled     what was reminded of is done, or over
    │   └── FileRefused         a file is not taken: how many, how large, or of what kind it may be
    │       ├── TooManyFiles, TooLargeFile, TooMuchInAll
    │       └── WrongFile       neither a picture nor a PDF
    └── NotFound                there is no such thing, or it is somebody else's: the same answer to both

Each class has a stable `code`; its text is `error-<code>` in the locales. No text and no HTTP status lives here.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar


class CabinetError(Exception):
    """The root. `facts` are the values its text needs."""

    code: ClassVar[str] = "unexpected"

    @property
    def facts(self) -> dict[str, Any]:
        """Arguments of the text `error-<code>`."""
        return dict(self.__dict__)


class Refused(CabinetError):
    """The person can act: another input, later, or a human."""


class NotFound(CabinetError):
    """Unknown, or not of the one who asks: the two are never told apart."""

    code = "not-found"


class Unreadable(Refused):
    """Not what was asked for: the same again would be refused again, and nothing is counted."""


class ForeignContact(Unreadable):
    """A card that is not the sender's own logs nobody in (A1)."""

    code = "foreign-contact"


class BadPhone(Unreadable):
    """Only ASCII digits with an optional plus are a phone number (A1)."""

    code = "bad-phone"


class CodeRefused(Refused):
    """A one-time code was not accepted (A2)."""


class BadCode(Unreadable):
    """Not six digits: nothing is counted."""

    code = "bad-code"


class WrongCode(CodeRefused):
    """The digits differ; `left` tries remain."""

    code = "wrong-code"

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


class OldCode(CodeRefused):
    """An earlier code, but only the last one works, which went `to` (masked); `left` tries remain."""

    code = "old-code"

    def __init__(self, left: int, to: str) -> None:
        super().__init__(left)
        self.left, self.to = left, to


class CodeSpent(CodeRefused):
    """All tries of this code are used."""

    code = "code-spent"


class CodeExpired(CodeRefused):
    """There is no live code: too old, used already, or none was sent."""

    code = "code-expired"


class TooSoon(Refused):
    """A new code may be sent at `at`."""

    code = "too-soon"

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


class NoMoreCodes(Refused):
    """All codes of the day are sent; a new one may be asked for from `at` on."""

    code = "no-more-codes"

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


class TooMany(Refused):
    """Wrong facts: the login is paused `until` then (A3)."""

    code = "too-many"

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class LockedForStaff(Refused):
    """A hundred failures in a lifetime: only staff can help (A2)."""

    code = "locked-for-staff"


class BadFact(Unreadable):
    """Neither a date nor the number of a policy: no try is spent."""

    code = "bad-fact"


class CodeTooEarly(Unreadable):
    """Six digits where a birth date or a policy number is asked: no try is spent."""

    code = "code-too-early"


class WrongFact(Refused):
    """Neither the birth date nor a policy number on file; `left` tries remain today (A3)."""

    code = "wrong-fact"

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


class EmptyText(Unreadable):
    """Nothing but white space."""

    code = "empty-text"


class LongText(Unreadable):
    """Longer than `limit` characters."""

    code = "long-text"

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class TooEarly(Refused):
    """The contract may be prolonged from `opens` on (D1)."""

    code = "too-early"

    def __init__(self, opens: date) -> None:
        super().__init__(opens)
        self.opens = opens


class NotProlongable(Refused):
    """Ended, terminated, not paid, or of a kind that the chat does not prolong."""

    code = "not-prolongable"


class AlreadyProlonged(Refused):
    """Another chat of the client was quicker."""

    code = "already-prolonged"


class RequestOver(Refused):
    """A request that is done or cancelled."""

    code = "request-over"


class TooManyRequests(Refused):
    """`limit` requests, or calls of an agent, wait already."""

    code = "too-many-requests"

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class TooManyNotes(Refused):
    """`limit` reminders of the client's own wait already."""

    code = "too-many-notes"

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class WindowGone(Refused):
    """The time has come, or is none of those that are offered."""

    code = "window-gone"


class ReminderSettled(Refused):
    """What one was reminded of is done meanwhile, or over."""

    code = "reminder-settled"


class FileRefused(Refused):
    """A file is not taken; the others stay (G3)."""


class TooManyFiles(FileRefused):
    """`limit` files are sent already."""

    code = "too-many-files"

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class TooLargeFile(FileRefused):
    """One file is larger than `megabytes`."""

    code = "too-large-file"

    def __init__(self, megabytes: int) -> None:
        super().__init__(megabytes)
        self.megabytes = megabytes


class TooMuchInAll(FileRefused):
    """All files together would be larger than `megabytes`."""

    code = "too-much-in-all"

    def __init__(self, megabytes: int) -> None:
        super().__init__(megabytes)
        self.megabytes = megabytes


class WrongFile(FileRefused):
    """A video, a sound, an archive, a text: nothing the insurer takes as a photo or a paper."""

    code = "wrong-file"
