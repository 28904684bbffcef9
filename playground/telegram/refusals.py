"""Telegram's refusals, word for word (td and telegram-bot-api sources as of 2026-05)."""

from __future__ import annotations

from typing import Any

_PREFIX = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict"}


class Refusal(Exception):
    """A method was refused: `code` is both the HTTP status and `error_code`, `description` is what a bot reads."""

    def __init__(self, code: int, words: str, **parameters: Any) -> None:
        self.code = code
        prefix = _PREFIX.get(code)
        self.description = ": ".join(part for part in (prefix, _lowered(words) if prefix else words) if part)
        self.parameters = parameters
        super().__init__(self.description)


def bad(words: str, **parameters: Any) -> Refusal:
    """400: the request makes no sense to Telegram."""
    return Refusal(400, words, **parameters)


def forbidden(words: str) -> Refusal:
    """403: the request makes sense, but this bot may not."""
    return Refusal(403, words)


def _lowered(words: str) -> str:
    """Telegram lowers the first letter of td's message unless it is a constant such as BUTTON_DATA_INVALID."""
    if len(words) > 1 and (words[1] == "_" or words[1].isupper()):
        return words
    return words[:1].lower() + words[1:]


NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
STALE_QUERY = "query is too old and response timeout expired or query ID is invalid"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
NEW_WEBHOOK = "terminated by setWebhook request"
