"""What the staff's API may be asked beside what a person's may: whose hand it is, and what it does to a group."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from playground.asked import Asked, MessageId
from playground.person.asks import LARGEST_ID, Typed
from playground.telegram.model import USUAL_RIGHTS

Who = Annotated[int, Field(ge=1, le=LARGEST_ID)] | Annotated[str, Field(min_length=1, max_length=64)]
"""A user's number, username or first name."""


class Written(Asked):
    """A message to answer, and the part of it that is quoted."""

    EXAMPLE = '{"operator": 200001, "text": "Добрый день!", "reply_to": 7, "quote": "когда"}'

    reply_to: MessageId | None = None
    quote: Annotated[str, Field(min_length=1, max_length=1024)] | None = None


class Answered(Asked):
    """The message that files of a form answer: forms know no numbers."""

    EXAMPLE = "-F operator=200001 -F reply_to=7 -F file=@policy.pdf"

    reply_to: Annotated[str, Field(pattern=r"^[1-9][0-9]{0,9}$")] | None = None


class Said(Asked):
    """A text alone."""

    EXAMPLE = '{"operator": 200001, "text": "Добрый день!"}'

    text: Typed


class Forward(Asked):
    """Forwards what `user` wrote to the bot (`message_id`), or wrote to the operator somewhere else (`text`)."""

    EXAMPLE = (
        '{"operator": 200001, "user": 100001, "message_id": 3} or {"operator": 200001, "user": 100001, "text": "…"}'
    )

    user: Who
    message_id: MessageId | None = None
    text: Typed | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.message_id is None) == (self.text is None):
            raise ValueError("either message_id or text")
        return self


class One(Asked):
    """One message."""

    EXAMPLE = '{"operator": 200001, "message_id": 7}'

    message_id: MessageId


class Title(Asked):
    """The title of a new group."""

    EXAMPLE = '{"title": "Тихая гавань: вечерняя смена"}'

    title: Annotated[str, Field(min_length=1, max_length=128, pattern=r"\S")]


class NewTopic(Asked):
    """A topic that an employee opens by hand."""

    EXAMPLE = '{"operator": 200003, "name": "Обед"}'

    name: Annotated[str, Field(min_length=1, max_length=128, pattern=r"\S")]


class Upgrade(Asked):
    """What becomes of a group's topics when it gets another id: they move along, or the new group begins empty."""

    EXAMPLE = '{"empty": true}'

    empty: bool = False


class Standing(Asked):
    """What somebody (a user, or a `bot` by its username) becomes in a group, and who does that."""

    EXAMPLE = '{"operator": 200006, "status": "administrator", "anonymous": false} or {"bot": "tihaya_gavan_bot"}'

    operator: Who | None = None
    bot: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    by: Who | None = None
    status: Literal["administrator", "member", "left", "kicked"] | None = None
    anonymous: bool | None = None
    rights: list[Literal[USUAL_RIGHTS]] | None = None  # type: ignore[valid-type]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.operator is None) == (self.bot is None):
            raise ValueError("either operator or bot")
        return self
