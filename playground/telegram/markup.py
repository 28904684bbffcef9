"""Keyboards: what Telegram takes, what it refuses (telegram-bot-api: Client.cpp `get_reply_markup`; td: ReplyMarkup.cpp)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from playground.telegram import links
from playground.telegram.params import Params
from playground.telegram.refusals import bad

_MAX_JSON = 10_000
_INLINE_BUTTONS, _INLINE_ROW = 100, 8
_REPLY_BUTTONS, _REPLY_ROW = 300, 12
_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_REQUESTS = ("request_contact", "request_location", "request_poll", "request_users", "request_chat", "web_app")


@dataclass(frozen=True, slots=True)
class Markup:
    """`inline` belongs to the message; `reply` is shown under the chat; `remove` takes the shown one away."""

    inline: dict[str, Any] | None = None
    reply: dict[str, Any] | None = None
    remove: bool = False


def read(params: Params) -> Markup:
    """The `reply_markup` of a call. Raises Refusal."""
    value = params.json("reply_markup", "reply markup")
    if value is None or value == {}:
        return Markup()
    if not isinstance(value, dict):
        raise bad("Object expected as reply markup")
    if "inline_keyboard" in value:
        return Markup(inline=_inline(value["inline_keyboard"]))
    if "keyboard" in value:
        return Markup(reply=_reply(value))
    return Markup(remove=bool(value.get("remove_keyboard")))


def read_inline(params: Params) -> dict[str, Any] | None:
    """The `reply_markup` of an edit: only an inline keyboard makes sense there."""
    markup = read(params)
    if markup.reply or markup.remove:
        raise bad("Inline keyboard expected")
    return markup.inline


def _inline(value: Any) -> dict[str, Any] | None:
    called = "inline keyboard"
    rows = [[_inline_button(button) for button in row] for row in _rows(value, called)]
    rows = [row for row in rows if row]
    _measure(rows, _INLINE_BUTTONS, _INLINE_ROW)
    return {"inline_keyboard": rows} if rows else None


def _rows(value: Any, called: str) -> list[list[Any]]:
    if not isinstance(value, list):
        raise bad(f'Field "{called.replace(" ", "_")}" must be of type Array')
    for row in value:
        if not isinstance(row, list):
            raise bad(f"can't parse {called} button row: Expected an Array of button rows")
    return value


def _measure(rows: list[list[dict[str, Any]]], buttons: int, wide: int) -> None:
    """Measured by others, not documented: how many buttons, how many in a row, how much JSON in all."""
    size = len(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode())
    if sum(map(len, rows)) > buttons or any(len(row) > wide for row in rows) or size > _MAX_JSON:
        raise bad("Reply markup is too long")


def _inline_button(button: Any) -> dict[str, Any]:
    called = "can't parse inline keyboard button"
    if not isinstance(button, dict):
        raise bad(f"{called}: Expected an Object as InlineKeyboardButton")
    text = _text(button, called)
    if not any(button.get(action) not in (None, False) for action in _ACTIONS):
        raise bad(f"{called}: Text buttons are unallowed in the inline keyboard")
    kept = {"text": text} | {name: button[name] for name in ("icon_custom_emoji_id", "style") if button.get(name)}
    if (url := button.get("url")) is not None:
        if (user := links.user_of(str(url))) is not None:
            return kept | {"url": f"tg://user?id={user}"}
        try:
            return kept | {"url": links.check(str(url))}
        except links.BadLinkError as error:
            raise bad(f"Inline keyboard button URL '{url}' is invalid: {error}") from error
    if (data := button.get("callback_data")) is not None:
        if not isinstance(data, str):
            raise bad(f'{called}: Field "callback_data" must be of type String')
        if not 1 <= len(data.encode()) <= 64:
            raise bad("BUTTON_DATA_INVALID")
        return kept | {"callback_data": data}
    copied = button.get("copy_text")
    if copied is not None and not (isinstance(copied, dict) and 1 <= len(str(copied.get("text") or "")) <= 256):
        raise bad("BUTTON_COPY_TEXT_INVALID")
    return kept | {action: button[action] for action in _ACTIONS if button.get(action) is not None}


def _reply(value: dict[str, Any]) -> dict[str, Any]:
    rows = [[_reply_button(button) for button in row] for row in _rows(value["keyboard"], "keyboard")]
    rows = [row for row in rows if row]
    if not rows:
        raise bad("Reply keyboard must be non-empty")
    _measure(rows, _REPLY_BUTTONS, _REPLY_ROW)
    return {
        "rows": rows,
        "one_time": bool(value.get("one_time_keyboard")),
        "placeholder": str(value.get("input_field_placeholder") or ""),
    }


def _reply_button(button: Any) -> dict[str, Any]:
    called = "can't parse keyboard button"
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict):
        raise bad(f"{called}: KeyboardButton must be an Object or a String")
    return {"text": _text(button, called)} | {name: button[name] for name in _REQUESTS if button.get(name)}


def _text(button: dict[str, Any], called: str) -> str:
    text = button.get("text")
    if text is None:
        raise bad(f'{called}: Can\'t find field "text"')
    if not isinstance(text, str):
        raise bad(f'{called}: Field "text" must be of type String')
    if not text.strip():
        raise bad(f"{called}: Text must be non-empty")
    return text
