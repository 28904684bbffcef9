"""What steps ask of an answer again and again: that it can be read at all, is one of a few, or points at something that is there."""

from __future__ import annotations

from collections.abc import Container, Sized
from typing import Any, TypeVar

from fsm.flow import Rejected

T = TypeVar("T")


def known(read: T | None, refusal: Rejected) -> T:
    """What was read, or the refusal if nothing could be. Raises Rejected."""
    if read is None:
        raise refusal
    return read


def chosen(said: Any, words: Container[str]) -> str:
    """The word of a button. Raises Rejected for anything else."""
    word: str = said.text
    if word not in words:
        raise Rejected("choose-one")
    return word


def index_of(key: str, items: Sized) -> int:
    """The place of an item by its key, which is that place in digits. Raises Rejected when there is none."""
    if not (key.isascii() and key.isdecimal() and int(key) < len(items)):
        raise Rejected("choose-one")
    return int(key)
