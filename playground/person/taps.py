"""Which button a person means, and what tapping it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from playground.person.asks import Tap
from playground.person.deeds import Done
from playground.refusal import NoError
from playground.telegram.model import Chat, Message

_MOSCOW = {"latitude": 55.751244, "longitude": 37.618423}


class Fingers(Protocol):
    """Whoever taps: a person in a bot's chat, an employee in a topic."""

    @property
    def chat(self) -> Chat: ...
    def shown(self) -> list[Message]: ...
    def press(self, message_id: int, data: str) -> Done: ...
    def text(self, text: str) -> Done: ...
    def contact(self, *, asked_by: int | None = None) -> Done: ...
    def say(self, body: dict[str, Any], reply_to: int | None = None) -> Done: ...


@dataclass(frozen=True, slots=True)
class Target:
    """A live button: an inline one of the message, or one of the reply keyboard the message brought."""

    message: int
    button: dict[str, Any]
    inline: bool

    @property
    def label(self) -> str:
        """What is written on it."""
        return str(self.button["text"])


def tap(hand: Fingers, asked: Tap) -> Done:
    """`{"label", "exact"?}`, `{"message_id", "row", "col"}` or `{"message_id", "data"}`. Raises NoError."""
    if asked.data is not None and asked.message_id is not None:
        return hand.press(asked.message_id, asked.data)
    if asked.label is not None:
        return act(hand, _labelled(hand, asked.label, exact=asked.exact), asked)
    if asked.message_id is None or asked.row is None or asked.col is None:
        raise NoError(400, "which button?", f"for example {Tap.EXAMPLE}")
    return act(hand, _placed(hand, asked.message_id, asked.row, asked.col), asked)


def live(hand: Fingers) -> list[list[Target]]:
    """The buttons of every message that has some, the newest message first."""
    found = []
    for message in sorted(hand.shown(), key=lambda m: -m.id):
        rows = message.markup["inline_keyboard"] if message.markup and not message.deleted else []
        targets = [Target(message.id, button, inline=True) for row in rows for button in row]
        keyboard = hand.chat.keyboard
        if keyboard is not None and keyboard.message == message.id:
            targets += [Target(message.id, button, inline=False) for row in keyboard.rows for button in row]
        if targets:
            found.append(targets)
    return found


def act(hand: Fingers, target: Target, asked: Tap | None = None) -> Done:
    """Do what this button does; a button for a place shares the one that was asked for, or the middle of Moscow."""
    button = target.button
    if target.inline:
        if "callback_data" in button:
            return hand.press(target.message, button["callback_data"])
        if "url" in button:
            return {"message_id": target.message, "url": button["url"]}
        if "copy_text" in button:
            return {"message_id": target.message, "copied": button["copy_text"]["text"]}
        raise NoError(501, f"the button «{target.label}» is of a kind the playground does not press")
    keyboard = hand.chat.keyboard
    if keyboard is not None and keyboard.one_time:
        hand.chat.keyboard = None
    if button.get("request_contact"):
        return hand.contact(asked_by=target.message)
    if button.get("request_location"):
        place = asked.model_dump(include={*_MOSCOW}, exclude_none=True) if asked else {}
        return hand.say({"location": _MOSCOW | place}, reply_to=target.message)
    return hand.text(target.label)


def _labelled(hand: Fingers, label: str, *, exact: bool) -> Target:
    groups = live(hand)
    for matches in _ways(label, exact=exact):
        for targets in groups:
            hits = [target for target in targets if matches(target.label)]
            if len(hits) > 1 and not exact:
                raise NoError(
                    409,
                    f"{len(hits)} buttons of one message contain «{label}»",
                    'say more of the label, or add "exact": true',
                    labels=[target.label for target in hits],
                )
            if hits:
                return hits[0]
    labels = [target.label for targets in groups for target in targets]
    raise NoError(404, f"no live button says «{label}»", "the live ones are in labels", labels=labels)


def _ways(label: str, *, exact: bool) -> list[Callable[[str], bool]]:
    """How labels are compared: as written, and if none fits, in any case."""
    if exact:
        return [lambda shown: shown.strip() == label.strip()]
    return [lambda shown: label in shown, lambda shown: label.casefold() in shown.casefold()]


def _placed(hand: Fingers, message_id: int, row: int, col: int) -> Target:
    message = next((m for m in hand.shown() if m.id == message_id and not m.deleted), None)
    if message is None:
        raise NoError(404, f"there is no message {message_id}")
    keyboard = hand.chat.keyboard
    inline = message.markup is not None
    rows = message.markup["inline_keyboard"] if message.markup else []
    if not inline and keyboard is not None and keyboard.message == message_id:
        rows = keyboard.rows
    if not (row < len(rows) and col < len(rows[row])):
        raise NoError(
            404, f"message {message_id} has no button at row {row}, column {col}", "rows and columns begin at 0"
        )
    return Target(message_id, rows[row][col], inline)
