"""What a person has written, whatever the room: without what nobody sees, the words that are commands, a code, an answer replied to."""

from __future__ import annotations

import re
import unicodedata

from handlers.updates import Message

SPOKEN = {
    "меню": "/menu",
    "menu": "/menu",
    "помощь": "/help",
    "help": "/help",
    "человек": "/support",
    "живой человек": "/support",
    "оператор": "/support",
    "operator": "/support",
    "human": "/support",
    "дтп сейчас": "/accident",
    "accident now": "/accident",
}
"""Words that mean a command when they are all that was written."""
LONE_CODE = re.compile(r"[0-9]{3}[\s\-]*[0-9]{3}")
QUESTION = re.compile(r"В-[0-9]{6,}")
QUOTE = 300
"""Characters of a person's own words that are shown to them when it is asked what to do with them."""


def typed(message: Message) -> str | None:
    """The words of a message, a caption too, without characters that nobody sees; None when it has none."""
    words = message.text if message.text is not None else message.caption
    return None if words is None else seen(words)


def seen(text: str) -> str:
    """Without control characters of writing (Unicode's Cf: zero width, direction): they make an empty text look like words."""
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def command_of(text: str) -> str:
    """The command a word stands for; empty if it stands for none."""
    return SPOKEN.get(" ".join(text.casefold().strip(" \t\n.!?«»\"'").split()), "")


def is_code(text: str) -> bool:
    """Is this a one-time code and nothing else?"""
    return LONE_CODE.fullmatch(text.strip()) is not None


def answer_replied_to(message: Message) -> str:
    """The number of the question whose answer was replied to; empty if it was anything else. Whose it is has to be looked up."""
    before = message.reply_to_message
    if before is None or before.from_user is None or not before.from_user.is_bot:
        return ""
    found = QUESTION.search(before.text or "")
    return found[0] if found else ""


def quoted(text: str) -> str:
    """As much of it as is shown again."""
    text = text.strip()
    return text if len(text) <= QUOTE else f"{text[:QUOTE].rstrip()}…"
