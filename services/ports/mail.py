"""What the cabinet asks of a mail server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class MailTrouble(Exception):
    """Not now: the server is away or said 4xx."""


class MailRefused(Exception):
    """Not ever: the server said 5xx to this address or letter."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a letter."""

    file_name: str
    mime_type: str
    content: bytes


class Mailer(Protocol):
    async def send(self, to: str, subject: str, text: str, attachment: Attachment | None, message_id: str) -> None:
        """Send one letter. Raises MailTrouble, MailRefused."""
        ...
