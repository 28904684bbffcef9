"""How a client whose chats are all shut is reached about what is urgent: by mail, else by SMS, else staff call (H6).

It is decided in the client's lane, where what the chats report comes one after another: two chats that are shut at the same moment are
found shut by the second of them, whatever else runs beside.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.model import Client
from services.reminders.values import Choices, Reminder


class Way(StrEnum):
    """The ways there are, in the order they are tried."""

    MAIL = "mail"
    SMS = "sms"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Reach:
    """What has to be said, and by which way. `to` is an address or a number, empty for staff. `wait`: not now, ask again then."""

    reminders: list[Reminder]
    way: Way
    to: str = ""
    wait: datetime | None = None


def way_after(failed: Way | None, client: Client | None, choices: Choices) -> tuple[Way, str]:
    """The first way, after the one that has failed, that the client has left open and the insurer knows."""
    mail = client.email if client and choices.mail and failed is None else ""
    phone = client.phone if client and choices.sms and failed is not Way.SMS else ""
    if mail:
        return Way.MAIL, mail
    return (Way.SMS, phone) if phone else (Way.STAFF, "")
