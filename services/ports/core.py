"""What the cabinet asks of the insurer's core system. `docs/core-gateway.openapi.yaml` is the contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

Listing = Literal["customers", "policies", "documents", "applications", "claims"]
Deed = Literal[
    "application", "acceptance", "cancellation", "payment", "claim", "status", "quote", "instalment", "deductible"
]
"""What is done to an application: its data are handed over, its price is accepted, it is withdrawn, it is paid; to a claim: it is
notified of, staff give it another status; a quote is asked for; money has come for an instalment or a deductible."""
Owner = Literal["claim", "application"]
"""What a client's file may belong to."""


class CoreTrouble(Exception):
    """The core is away, busy or broken: the same request may be made again later."""


class CoreRefused(Exception):
    """The core will never accept this request. The words are its own.

    `code` is the last part of its problem's type (`price-changed`), empty when it named none; `errors` are its remarks on fields,
    each `{"pointer", "detail"}`.
    """

    def __init__(self, words: str, code: str = "", errors: Sequence[Any] = ()) -> None:
        super().__init__(words)
        self.code, self.errors = code, list(errors)


class DocumentGone(CoreRefused):
    """There is no such document any more."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A client's file on its way to the core. `slot`: what it shows, or the code of the document it is."""

    sha256: str
    name: str
    mime_type: str
    slot: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list. `following` is the cursor of the next one, None at the end."""

    items: list[dict[str, Any]]
    following: str | None


class InsurerCore(Protocol):
    """Every method raises CoreTrouble or CoreRefused."""

    async def page(self, listing: Listing, cursor: str | None) -> Page:
        """A page of a whole list: the first fill and the nightly check."""
        ...

    async def document(self, document_id: str) -> bytes:
        """The content of a document. Raises DocumentGone."""
        ...

    async def ask(self, number: str, client_id: str | None, screen: str | None, text: str, asked_at: datetime) -> None:
        """Hand over a question under our own number; repeating it changes nothing."""
        ...

    async def put(self, deed: Deed, number: str, body: dict[str, Any]) -> dict[str, Any]:
        """Do something to the application, claim or quote of our own number; repeating it changes nothing. Returns it as it is now.

        An instalment is named by the insurer's id of its contract and its place in the schedule, `pol-0042:2`; the contract comes back.
        """
        ...

    async def hand_over(self, owner: Owner, number: str, file: Handed) -> None:
        """Give a file to the claim or application of this number; repeating it changes nothing."""
        ...
