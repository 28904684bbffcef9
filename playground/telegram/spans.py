"""Entities of a text: measured in UTF-16 code units, kept in Telegram's order, drawn as HTML for the chat page."""

from __future__ import annotations

import html
from typing import Any

from playground.telegram import links

Entity = dict[str, Any]

# td's get_type_priority: of two entities over the same text the lower one is outside.
_PRIORITY = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
_VERBATIM = ("code", "pre")
_TAGS = {"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code", "blockquote": "blockquote"}


def units(text: str) -> int:
    """Length in UTF-16 code units: what offsets of entities count."""
    return len(text) + sum(character > "\uffff" for character in text)


def byte_offset(text: str, at: int) -> int:
    """Where the character `at` begins in UTF-8 bytes: what refusals of the parser count."""
    return len(text[:at].encode("utf-8", "surrogatepass"))


def cut(text: str, begin: int, end: int) -> str:
    """The part between two UTF-16 offsets."""
    return text.encode("utf-16-le", "surrogatepass")[2 * begin : 2 * end].decode("utf-16-le", "replace")


def ordered(entities: list[Entity]) -> list[Entity]:
    """Telegram's order: by offset, the longer first, of equals by kind."""
    return sorted(entities, key=lambda e: (e["offset"], -e["length"], _PRIORITY.get(e["type"], 50)))


def tidy(entities: list[Entity]) -> list[Entity]:
    """Nothing inside code, nothing twice over the same text, no blockquote in a blockquote; in Telegram's order."""
    kept: list[Entity] = []
    for entity in ordered(entities):
        begin, end = entity["offset"], entity["offset"] + entity["length"]
        if entity["length"] <= 0:
            continue
        over = [k for k in kept if k["offset"] < end and begin < k["offset"] + k["length"]]
        if any(k["type"] in _VERBATIM or _family(k) == _family(entity) for k in over):
            continue
        if entity["type"] in _VERBATIM:
            kept = [k for k in kept if k not in over or k["offset"] + k["length"] >= end]
        kept.append(entity)
    return ordered(kept)


def clip(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Trim the text as Telegram does: all space at the end; at the beginning only before the first entity."""
    right = text.rstrip()
    first = min((e["offset"] for e in entities), default=units(right))
    skip = 0
    while skip < len(right) and skip < first and right[skip] in " \n":
        skip += 1
    trimmed, length = right[skip:], units(right)
    moved = [e | {"length": min(e["offset"] + e["length"], length) - e["offset"]} for e in entities]
    return trimmed, [e | {"offset": e["offset"] - skip} for e in moved if e["length"] > 0]


def to_html(text: str, entities: list[Entity]) -> str:
    """Safe HTML of a formatted text for the page: every character escaped, only Telegram's formatting as tags."""
    coded = text.encode("utf-16-le", "surrogatepass")
    marks = sorted(
        {0, len(coded) // 2, *(e["offset"] for e in entities), *(e["offset"] + e["length"] for e in entities)}
    )
    drawn: list[str] = []
    opened: list[Entity] = []
    for begin, end in zip(marks, [*marks[1:], marks[-1]], strict=True):
        while any(e["offset"] + e["length"] <= begin for e in opened):
            drawn.append(_tag(opened.pop(), text)[1])
        for entity in entities:
            if entity["offset"] <= begin < entity["offset"] + entity["length"] and entity not in opened:
                opened.append(entity)
                drawn.append(_tag(entity, text)[0])
        drawn.append(html.escape(coded[2 * begin : 2 * end].decode("utf-16-le", "replace")))
    return "".join(drawn)


def _family(entity: Entity) -> str:
    return "blockquote" if entity["type"].endswith("blockquote") else str(entity["type"])


def _tag(entity: Entity, text: str) -> tuple[str, str]:
    kind = entity["type"]
    if kind in _TAGS:
        return f"<{_TAGS[kind]}>", f"</{_TAGS[kind]}>"
    match kind:
        case "pre":
            language = html.escape(entity.get("language", ""))
            return (f'<pre><code class="language-{language}">' if language else "<pre><code>"), "</code></pre>"
        case "url":
            shown = cut(text, entity["offset"], entity["offset"] + entity["length"])
            return _tag({"type": "text_link", "url": links.checked(shown) or ""}, text)
        case "text_link":
            return f'<a href="{html.escape(entity["url"])}" target="_blank" rel="noopener">', "</a>"
        case "expandable_blockquote":
            return '<blockquote class="expandable">', "</blockquote>"
        case "spoiler":
            return '<span class="spoiler">', "</span>"
        case _:
            return f'<span class="{html.escape(kind)}">', "</span>"
