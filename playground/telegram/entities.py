"""A text as it will stand in the message: parsed, checked, trimmed, with the entities Telegram finds by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from playground.telegram import entities_html, entities_markdown, links
from playground.telegram.refusals import bad
from playground.telegram.spans import Entity, clip, tidy, to_html, units

MAX_TEXT = 4096
MAX_CAPTION = 1024
_PLAIN = {"bold", "italic", "underline", "strikethrough", "spoiler", "code", "blockquote", "expandable_blockquote"}
_SELF_FOUND = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
_CONTROL = {code: " " for code in range(32) if chr(code) not in "\t\n\r"} | {ord("\r"): None, ord("\t"): " "}
_FINDERS = (
    ("url", re.compile(r"https?://[^\s<>«»\"]*[^\s<>«»\".,;:!?)\]']", re.IGNORECASE)),
    ("email", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("url", re.compile(r"(?<![\w@.-])(?:[\w-]+\.)+(?:ru|com|org|net|info|me|io|рф|example)\b(?:/[^\s<>«»\",]*)?")),
    ("bot_command", re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z]\w{3,31}")),
    ("hashtag", re.compile(r"(?<![\w#/])#\w*[^\W\d]\w*")),
)


@dataclass(frozen=True, slots=True)
class Formatted:
    """Text and entities, ready for a Message."""

    text: str = ""
    entities: list[Entity] = field(default_factory=list)

    @property
    def html(self) -> str:
        """The same as safe HTML, for the page."""
        return to_html(self.text, self.entities)


def read(text: str, mode: str, given: Any) -> Formatted:
    """Parse what a bot sent as `text`/`caption` with its `parse_mode` or `entities`; detection included."""
    source = text.translate(_CONTROL)
    match mode.lower():
        case "html":
            plain, found = entities_html.parse(source)
        case "markdownv2":
            plain, found = entities_markdown.parse(source)
        case "markdown":
            raise bad("the old Markdown mode is not built into the playground: use HTML or MarkdownV2")
        case "" | "none":
            plain, found = source, [] if given is None else _given(given, source)
        case _:
            raise bad("unsupported parse_mode")
    return typed(*clip(plain, tidy(found)))


def typed(text: str, entities: list[Entity] | None = None) -> Formatted:
    """What a person types: only the entities that Telegram finds by itself are added."""
    marked = list(entities or [])
    taken = [(e["offset"], e["offset"] + e["length"]) for e in marked if e["type"] in ("code", "pre", "text_link")]
    for kind, finder in _FINDERS:
        for hit in finder.finditer(text):
            begin = units(text[: hit.start()])
            end = begin + units(hit[0])
            if all(end <= other or begin >= stop for other, stop in taken):
                taken.append((begin, end))
                marked.append({"type": kind, "offset": begin, "length": end - begin})
    return Formatted(text, tidy(marked))


def message_text(text: str, mode: str, given: Any) -> Formatted:
    """The text of a message: 1..4096 characters after parsing, else Telegram's refusal."""
    if not text:
        raise bad("Message text is empty")
    formatted = read(text, mode, given)
    if not formatted.text:
        raise bad("Text must be non-empty")
    if len(formatted.text) > MAX_TEXT:
        raise bad("Message is too long")
    return formatted


def caption(text: str, mode: str, given: Any) -> Formatted:
    """A caption: up to 1024 characters after parsing, may be empty."""
    formatted = read(text, mode, given)
    if len(formatted.text) > MAX_CAPTION:
        raise bad("Message caption is too long")
    return formatted


def _given(given: Any, text: str) -> list[Entity]:
    """Entities made by the bot itself; those Telegram finds by itself are ignored, wrong ones refused."""
    if not isinstance(given, list):
        raise bad("Expected an Array of MessageEntity")
    size, found = units(text), []
    for item in given:
        if not isinstance(item, dict) or not isinstance(item.get("type"), str):
            raise bad("can't parse MessageEntity: Object expected")
        offset, length = item.get("offset"), item.get("length")
        if not isinstance(offset, int) or not isinstance(length, int):
            raise bad('can\'t parse MessageEntity: Field "offset" must be of type Number')
        if item["type"] in _SELF_FOUND or length <= 0:
            continue
        if offset < 0 or offset + length > size:
            raise bad(
                f"entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 offset {offset + length}"
            )
        found.append({"type": item["type"], "offset": offset, "length": length} | _detail(item))
    return found


def _detail(item: dict[str, Any]) -> dict[str, Any]:
    match item["type"]:
        case "text_link":
            url = str(item.get("url", ""))
            try:
                return {"url": links.check(url)}
            except links.BadLinkError as error:
                raise bad(f"Entity URL '{url}' is invalid: {error}") from error
        case "text_mention":
            user = item.get("user")
            if isinstance(user, dict) and isinstance(user.get("id"), int):
                return {"user": {"id": user["id"]}}
        case "custom_emoji":
            return {"custom_emoji_id": str(item.get("custom_emoji_id"))}
        case "pre":
            return {"language": str(item["language"])} if item.get("language") else {}
        case kind if kind in _PLAIN:
            return {}
    raise bad("can't parse MessageEntity: Unsupported type specified")
