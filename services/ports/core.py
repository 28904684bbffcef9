"""What the cabinet asks of the insurer's core system. `docs/core-gateway.openapi.yaml` is the contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

Listing = Literal["customers", "policies", "documents"]


class CoreTrouble(Exception):
    """The core is away, busy or broken: the same request may be made again later."""


class CoreRefused(Exception):
    """The core will never accept this request. The words are its own."""


class DocumentGone(CoreRefused):
    """There is no such document any more."""


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
