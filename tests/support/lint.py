"""The lint of X10: what is wrong with a screen, in whatever language it speaks.

Unbalanced HTML needs no rule here: Telegram refuses it, so such a screen never stands in a chat.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from handlers.texts import LOCALES

Message = dict[str, Any]

LONGEST_TEXT, LONGEST_LABEL, LONGEST_DATA = 4096, 40, 64
ROW, CALENDAR_ROW = 3, 7
BLANK = "·"
"""A place of a calendar without a day: allowed in a row of seven only, as often as it takes."""
KEYS = frozenset(
    key
    for file in LOCALES.glob("*/*.ftl")
    for key in re.findall(r"^([a-z][a-z0-9-]*) =", file.read_text(), re.MULTILINE)
    if "-" in key
)
MARKUP = re.compile(r"</?(?:b|i|u|s|a|code|pre|blockquote|tg-\w+)\b[^>]*>|&(?:lt|gt|amp|quot|#\d+);")
LEFTOVERS = re.compile(r"[{}]|\bNone\b|\bnull\b|\bnan\b|\bDecimal\b|\bdatetime\b|\bFalse\b|\bTrue\b")


def faults(screen: Message, typed: Iterable[str] = ()) -> list[str]:
    """What is wrong with this message as a screen; nothing if it is fine. `typed` is quoted on it and may look as it likes."""
    text = str(screen["text"])
    for words in typed:
        text = text.replace(words.strip(), "…")
    rows = screen["buttons"]
    blank = [BLANK if len(row) == CALENDAR_ROW else "" for row in rows]
    labels = [
        button["text"] for row, empty in zip(rows, blank, strict=True) for button in row if button["text"] != empty
    ]
    return [*_words(text), *_grid(rows), *_labels(labels), *_ways_out(rows)]


def not_one_screen(chat: Iterable[Message]) -> list[str]:
    """Rule 6: exactly one message of the bot has buttons, and it is the last one."""
    standing = [message for message in chat if not message["deleted"]]
    with_buttons = [message["message_id"] for message in standing if message["buttons"]]
    if with_buttons == [standing[-1]["message_id"]] and standing[-1]["from"] == "bot":
        return []
    return [f"screens {with_buttons}, last message {standing[-1]['message_id']} from {standing[-1]['from']}"]


def _words(text: str) -> list[str]:
    found = []
    if not text.strip():
        found.append("no text")
    if len(text) > LONGEST_TEXT:
        found.append(f"text of {len(text)} characters")
    if text != text.strip():
        found.append("white space at an end")
    if bad := re.search(r"[^\n]*(?: {2}|\n{3}| \n| ,| \.(?=\s|$))[^\n]*", text):
        found.append(f"stray white space: {bad[0]!r}")
    if bad := MARKUP.search(text):
        found.append(f"markup in sight: {bad[0]!r}")
    if bad := LEFTOVERS.search(text):
        found.append(f"left over from a program: {bad[0]!r}")
    if keys := KEYS.intersection(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", text)):
        found.append(f"untranslated: {sorted(keys)}")
    return found


def _grid(rows: list[list[Message]]) -> list[str]:
    found = []
    for row in rows:
        calendar = all(len(button["text"].strip()) <= 2 for button in row)
        if not 1 <= len(row) <= (CALENDAR_ROW if calendar else ROW):
            found.append(f"{len(row)} buttons in a row: {[button['text'] for button in row]}")
        found += [
            f"callback data of {len(data.encode())} bytes: {data!r}"
            for button in row
            if len((data := button.get("data", "")).encode()) > LONGEST_DATA
        ]
    return found


def _labels(labels: list[str]) -> list[str]:
    found = [f"label of {len(label)} characters: {label!r}" for label in labels if len(label) > LONGEST_LABEL]
    found += [f"label without words: {label!r}" for label in labels if not re.search(r"\w", label)]
    found += [f"label is a key: {label!r}" for label in labels if label in KEYS]
    found += [
        f"label with leftovers: {label!r}" for label in labels if LEFTOVERS.search(label) or label != label.strip()
    ]
    return found + [f"two buttons say {label!r}" for label in sorted({it for it in labels if labels.count(it) > 1})]


def _ways_out(rows: list[list[Message]]) -> list[str]:
    """Rule 1. A button's data begins with its place and action; links carry none. A talk is with the human already."""
    data = [button["data"].split(":") for row in rows for button in row if button.get("data")]
    if not data:
        return ["no way out"]
    place, actions = data[0][0].partition(".")[0], {parts[1] for parts in data}
    found = []
    if "human" not in actions and place not in ("human", "talk"):
        found.append("no way to a human")
    if "menu" not in actions and place not in ("menu", "welcome"):
        found.append("no way to the menu")
    return found
