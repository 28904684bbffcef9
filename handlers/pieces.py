"""A long text as several messages, in order: cut between paragraphs, lines or words, with no tag left open.

Telegram counts what is seen, in UTF-16 units: a tag counts nothing, an escaped sign one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from handlers.texts import Html

LIMIT = 4096
"""Units of one message."""
TOKEN = re.compile(r"</?[a-z][^<>]*>|&(?:[a-z]+|#[0-9]+);|.", re.DOTALL)
EMPTY = re.compile(r"<([a-z]+)[^<>]*></\1>")
BREAKS = ("\n\n", "\n", " ")
"""Where a text is cut, best first."""


def pieces(text: str, limit: int = LIMIT) -> list[Html]:
    """The text as messages of at most `limit` units each; one that fits stays as it is."""
    tokens = TOKEN.findall(text)
    if sum(map(units, tokens)) <= limit:
        return [Html(text)]
    found, opened = [], list[str]()
    while tokens:
        end = _cut(tokens, limit)
        inside = _open_after(opened, tokens[:end])
        closing = "".join(f"</{_name(tag)}>" for tag in reversed(inside))
        found.append(EMPTY.sub("", "".join([*opened, "".join(tokens[:end]).strip(), closing])).strip())
        tokens, opened = tokens[end:], inside
        while tokens and tokens[0].isspace():
            tokens = tokens[1:]
    return [Html(piece) for piece in found if piece]


def units(token: str) -> int:
    """How much of a message this takes."""
    return 0 if token.startswith("<") and len(token) > 1 else len(html.unescape(token).encode("utf-16-le")) // 2


def _cut(tokens: list[str], limit: int) -> int:
    """How many tokens the next message takes: up to the best break in its last two thirds, or as many as fit."""
    room, most = limit, 0
    for token in tokens:
        if (room := room - units(token)) < 0:
            break
        most += 1
    else:
        return most
    for mark in BREAKS:
        for end in range(most, most // 3, -1):
            if "".join(tokens[end : end + len(mark)]) == mark:
                return end
    return most


def _open_after(opened: list[str], tokens: list[str]) -> list[str]:
    """The tags that are open after these tokens."""
    stack = list(opened)
    for tag in _tags(tokens):
        if tag.startswith("</"):
            stack.pop()
        else:
            stack.append(tag)
    return stack


def _tags(tokens: list[str]) -> Iterator[str]:
    return (token for token in tokens if len(token) > 1 and token.startswith("<"))


def _name(tag: str) -> str:
    return tag.strip("<>").split()[0]
