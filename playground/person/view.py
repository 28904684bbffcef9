"""A chat as a person sees it: messages, toasts, the reply keyboard, "typing…"."""

from __future__ import annotations

from typing import Any

from playground.telegram.files import MEDIA
from playground.telegram.hub import Telegram
from playground.telegram.model import SERVICE_FIELDS, Chat, Message, User
from playground.telegram.spans import to_html

_KINDS = ("url", "web_app", "login_url", "copy_text", "pay", "callback_game")
_AS_IS = ("venue", "location", "contact", "poll", "dice")


def person(user: User, chat: Chat | None) -> dict[str, Any]:
    """A Telegram user for whoever plays them."""
    return user.model_dump(exclude={"deactivated"}) | {
        "started": bool(chat and chat.started),
        "blocked": bool(chat and chat.blocked),
    }


def chat(hub: Telegram, place: Chat, since: int = 0) -> dict[str, Any]:
    """What changed after the cursor `since`; deleted messages stay, marked as such."""
    messages = [m for m in hub.memory.messages[place.key].values() if m.changed > since]
    return {
        "cursor": place.cursor,
        "messages": [message(hub, place, m) for m in sorted(messages, key=lambda m: m.id)],
        "toasts": [t.model_dump(exclude={"changed", "user"}) for t in place.toasts if t.changed > since],
        "reply_keyboard": _reply_keyboard(place),
        "action": _action(hub, place),
        "blocked": place.blocked,
    }


def message(hub: Telegram, place: Chat, written: Message) -> dict[str, Any]:
    """One message. `html` is safe to show: text or caption with Telegram's formatting only."""
    body = written.body
    text, entities = body.get("text", ""), body.get("entities", [])
    caption, marks = body.get("caption", ""), body.get("caption_entities", [])
    seen: dict[str, Any] = {
        "message_id": written.id,
        "from": _author(hub, place, written),
        "kind": _kind(written),
        "text": text,
        "caption": caption,
        "html": to_html(text, entities) if text else to_html(caption, marks),
        "buttons": [[_button(button) for button in row] for row in (written.markup or {}).get("inline_keyboard", [])],
        "date": written.date,
        "edited": written.edited is not None,
        "deleted": written.deleted,
    }
    if "photo" in body:
        seen["photo"] = _file(hub, body["photo"][-1]) | {"sizes": len(body["photo"])}
    for name in MEDIA:
        if name in body:
            seen[name] = _file(hub, body[name])
    seen |= {name: body[name] for name in _AS_IS if name in body}
    if "media_group_id" in body:
        seen["album"] = body["media_group_id"]
    if "forward_origin" in body:
        seen["forwarded"] = True
    if written.reply_to is not None:
        seen["reply_to"] = written.reply_to
    if written.reactions:
        seen["reactions"] = [reaction.get("emoji", "") for reaction in written.reactions]
    if written.id in place.pinned:
        seen["pinned"] = True
    if written.service:
        what = next(name for name in written.body if name in SERVICE_FIELDS)
        seen["service"] = {"what": what, "detail": _detail(written.body[what])}
    return seen


def _detail(content: Any) -> str:
    """What a note of Telegram names: a topic, people, the beginning of a text."""
    if isinstance(content, list):
        return ", ".join(_detail(item) for item in content)
    if not isinstance(content, dict):
        return ""
    return str(content.get("name") or content.get("first_name") or content.get("text") or content.get("caption") or "")


def _author(hub: Telegram, place: Chat, written: Message) -> str:
    if place.kind == "private":
        return "bot" if written.by_bot else "user"
    author = hub.memory.users.get(written.sender)
    return author.name if author else "bot"


def _kind(written: Message) -> str:
    names = ("text", "photo", *MEDIA, *_AS_IS)  # what comes with something else stands after it
    return next((name for name in names if name in written.body), "service")


def _button(button: dict[str, Any]) -> dict[str, Any]:
    kind = next((kind for kind in _KINDS if kind in button), "callback" if "callback_data" in button else "switch")
    shown = {"text": button["text"], "kind": kind}
    if kind == "callback":
        shown["data"] = button["callback_data"]
    elif kind in ("url", "login_url", "web_app"):
        target = button[kind]
        shown["url"] = target if isinstance(target, str) else target.get("url", "")
    return shown


def _reply_keyboard(place: Chat) -> list[list[dict[str, Any]]] | None:
    if place.keyboard is None:
        return None
    return [[{"text": b["text"], "kind": _reply_kind(b)} for b in row] for row in place.keyboard.rows]


def _reply_kind(button: dict[str, Any]) -> str:
    return next((name.removeprefix("request_") for name in button if name.startswith("request_")), "text")


def _action(hub: Telegram, place: Chat) -> dict[str, Any] | None:
    action = place.action
    return action.model_dump() if action and action.until > hub.world.clock.time() else None


def _file(hub: Telegram, content: dict[str, Any]) -> dict[str, Any]:
    file = hub.files.get(content["file_unique_id"])
    return {
        "file_name": content.get("file_name") or (file.name if file else ""),
        "mime_type": content.get("mime_type") or (file.mime if file else "application/octet-stream"),
        "size": content.get("file_size", file.size if file else 0),
        "url": f"/client/files/{content['file_unique_id']}",
    }
