"""What the cabinet asks of an SMS gateway."""

from __future__ import annotations

from typing import Protocol


class SmsTrouble(Exception):
    """The gateway did not answer, or asks to come again: the message may be sent again under the same number."""


class SmsRefused(Exception):
    """This message will not be sent: bad number, no money, forbidden text. The words are the gateway's."""


class SmsGateway(Protocol):
    async def send(self, phone: str, text: str, number: int) -> None:
        """Send `text` to `phone` (E.164). `number` is ours, so that a repeat is known. Raises SmsTrouble, SmsRefused."""
        ...
