"""What the person's API may be asked: one model for each deed. Limits are Telegram's where Telegram has one."""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from playground.asked import Asked, Latitude, Longitude, MessageId, Name, OrNone, Trimmed, Username

LARGEST_ID = 2**52 - 1
"""Telegram promises that a user's id has at most 52 significant bits."""
_LONGEST = 100_000  # characters typed at once: a client would send 25 messages


def phone(text: str) -> str:
    """E.164 of a number as people write it; a Russian 8 in front is +7. Raises ValueError."""
    digits = re.sub(r"[ ()\u00a0-]", "", text).removeprefix("+")
    if not re.fullmatch(r"[1-9][0-9]{6,14}", digits):
        raise ValueError("a phone is 7 to 15 digits with the country's code")
    return f"+7{digits[1:]}" if len(digits) == 11 and digits[0] == "8" and not text.startswith("+") else f"+{digits}"


def _fits_a_button(data: str) -> str:
    if not 1 <= len(data.encode()) <= 64:
        raise ValueError("callback data is 1 to 64 bytes")
    return data


Phone = Annotated[str, AfterValidator(phone)]
Language = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]
Typed = Annotated[str, Trimmed, Field(min_length=1, max_length=_LONGEST)]
Edited = Annotated[str, Trimmed, Field(min_length=1, max_length=4096)]
Data = Annotated[str, AfterValidator(_fits_a_button)]


class NewUser(Asked):
    """A Telegram user to make, or what to change of one."""

    EXAMPLE = '{"first_name": "Анна", "phone": "+79070000101"}'

    id: Annotated[int, Field(ge=1, le=LARGEST_ID)] | None = None
    first_name: Name | None = None
    last_name: Annotated[Name | None, OrNone] = None
    username: Annotated[Username | None, OrNone] = None
    language_code: Annotated[Language | None, OrNone] = None
    phone: Annotated[Phone | None, OrNone] = None
    story: Annotated[str, Field(max_length=1000)] = ""


class Text(Asked):
    """Types a message."""

    EXAMPLE = '{"text": "/start"}'

    text: Typed
    reply_to: MessageId | None = None


class Edit(Asked):
    """Changes an own message."""

    EXAMPLE = '{"message_id": 7, "text": "иначе"}'

    message_id: MessageId
    text: Edited


class Tap(Asked):
    """Taps a button by its label, by its row and column, or presses any data; coordinates answer a request for a location."""

    EXAMPLE = '{"label": "Меню"}, {"message_id": 7, "row": 0, "col": 1} or {"message_id": 7, "data": "forged"}'

    label: Annotated[str, Field(min_length=1, max_length=256)] | None = None
    exact: bool = False
    message_id: MessageId | None = None
    row: Annotated[int, Field(ge=0)] | None = None
    col: Annotated[int, Field(ge=0)] | None = None
    data: Data | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None


class Contact(Asked):
    """The own contact, or somebody else's card."""

    EXAMPLE = '{"own": true} or {"own": false, "phone": "+7...", "first_name": "Мария"}'

    own: bool = True
    phone: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    first_name: Name | None = None
    last_name: Annotated[Name | None, OrNone] = None
    user_id: Annotated[int, Field(ge=1, le=LARGEST_ID)] | None = None
    vcard: Annotated[str, Field(max_length=2048)] | None = None
    forwarded: bool = False

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not self.own and (self.phone is None or self.first_name is None):
            raise ValueError("a card needs a phone and a first name")
        return self


class Place(Asked):
    """Where somebody is, in degrees."""

    EXAMPLE = '{"latitude": 55.75, "longitude": 37.62}'

    latitude: Latitude
    longitude: Longitude


class Send(Asked):
    """Anything else."""

    EXAMPLE = '{"kind": "sticker"}'

    kind: str
    caption: Annotated[str, Trimmed, Field(max_length=1024)] = ""


class Caption(Asked):
    """What stands beside files in a form."""

    EXAMPLE = "-F file=@scene.jpg -F caption=..."

    caption: Annotated[str, Trimmed, Field(max_length=1024)] = ""
    as_document: str = ""


class Settle(Asked):
    """How many seconds somebody waits for calm."""

    EXAMPLE = "?timeout=10"

    timeout: Annotated[float, Field(ge=0, le=3600)] = 10
