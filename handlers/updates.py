"""What Telegram sends: aiogram's types, of which only those that arrive are built.

At its import aiogram builds its four hundred models one by one, each with everything it may hold: that took a third of the cabinet's
start, and a hundred megabytes. Here a model is built when it is first needed, and those of an update at once, so that nobody waits for
them. Take the types from here: whoever imports aiogram first decides how it is built.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

_build = BaseModel.__dict__["model_rebuild"].__func__


def _not_yet(model: type[BaseModel], /, **_: Any) -> bool | None:
    """Stands in for `model_rebuild` while aiogram is imported."""
    return None


BaseModel.model_rebuild = classmethod(_not_yet)  # type: ignore[method-assign, assignment] # there is no setting for it
try:
    from aiogram import types  # noqa: TID251 - the one place
    from aiogram.client.default import Default
    from aiogram.methods import Response, TelegramMethod
    from aiogram.types import CallbackQuery, ChatMemberUpdated, Contact, Message, TelegramObject  # noqa: TID251
finally:
    BaseModel.model_rebuild = classmethod(_build)  # type: ignore[method-assign, assignment]

__all__ = ["CallbackQuery", "ChatMemberUpdated", "Contact", "Message"]

_NAMES = {**vars(types), "List": list, "Default": Default}


def _built(model: type[BaseModel], /, *, force: bool = False, raise_errors: bool = True, **_: Any) -> bool | None:
    """`model_rebuild` of aiogram's models: they name each other without importing."""
    done: bool | None = _build(model, force=force, raise_errors=raise_errors, _types_namespace=_NAMES)
    return done


for _base in (TelegramObject, TelegramMethod, Response):
    _base.model_rebuild = classmethod(_built)  # type: ignore[method-assign, assignment]
for _type in (CallbackQuery, ChatMemberUpdated, Message):
    _type.model_rebuild()
