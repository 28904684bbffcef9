"""Which methods the Bot API has and what each requires: read from `methods.json` beside this file."""

from __future__ import annotations

import json
from importlib import resources

from playground.telegram.params import Params
from playground.telegram.refusals import bad

_DOCUMENT = json.loads(resources.files("playground.telegram").joinpath("methods.json").read_text())
_METHODS: dict[str, tuple[str, dict[str, bool]]] = {
    name.lower(): (name, parameters) for name, parameters in _DOCUMENT["methods"].items()
}
_MISSING = {
    "chat_id": "chat_id is empty",
    "from_chat_id": "chat_id is empty",
    "text": "Message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "file_id": "file_id not specified",
    "user_id": "invalid user_id specified",
}


def name_of(method: str) -> str | None:
    """The method's proper spelling, or None if Telegram has no such method (names are case-insensitive)."""
    found = _METHODS.get(method.lower())
    return found[0] if found else None


def require(method: str, params: Params) -> None:
    """Raises Refusal 400 when a required parameter was not sent."""
    for parameter, required in _METHODS[method.lower()][1].items():
        if required and not params.has(parameter):
            raise bad(_MISSING.get(parameter, f'parameter "{parameter}" is required'))


def parameters_of(method: str) -> list[str]:
    """The names of everything a method may be sent."""
    return list(_METHODS[method.lower()][1])
