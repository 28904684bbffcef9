"""Texts: Fluent files of `locales/`, one per dialog and language; values are escaped for HTML unless they are `Html` already."""

from __future__ import annotations

import html
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from fluent_compiler.types import FluentInt

from handlers.fluent import Messages

LOCALES = Path(__file__).parent.parent / "locales"
REMEMBERED = 4096
"""Texts with values, and numbers, that are kept ready."""


class Html(str):
    """Text that is HTML already: made by Texts, or checked by hand."""

    __slots__ = ()


class Number(FluentInt):  # type: ignore[misc] # the library ships no types
    """A whole number in a text. To format one costs Fluent more than the rest of its text, and the same few come again and again."""

    def format(self, locale: Any) -> str:
        return _digits(int(self), locale)


@lru_cache(REMEMBERED)
def _digits(number: int, locale: Any) -> str:
    return str(FluentInt(number).format(locale))


@cache
def _messages(language: str, folder: Path) -> Messages:
    """The messages of one language, the same for every brand. Raises MissingText."""
    return Messages(language, folder)


class Texts:
    """The texts of one language. `always` are values every text may use: the insurer's brand, phone, hours."""

    def __init__(
        self, language: str, always: Mapping[str, str], siblings: dict[str, Texts], folder: Path = LOCALES
    ) -> None:
        self.language = language
        self._siblings = siblings
        siblings[language] = self
        self._messages = _messages(language, folder)
        self._always = dict(always)
        self._escaped = {name: html.escape(value, quote=False) for name, value in always.items()}
        self._ready: dict[str, Html] = {}
        self._labels: dict[str, str] = {}
        self._common: dict[tuple[Any, ...], Html] = {}

    def __call__(self, key: str, **values: Any) -> Html:
        """The text of `key` as HTML. Raises MissingText."""
        if not values and (ready := self._ready.get(key)) is not None:
            return ready
        escaped = {name: _escape(value) for name, value in values.items()}
        text = Html(self._messages.say(key, self._escaped | escaped))
        if not values:
            self._ready[key] = text
        return text

    def common(self, key: str, **values: Any) -> Html:
        """The same, remembered: for words that many people are told (a date, a count), never for what names somebody."""
        asked = (key, *values.values())
        text = self._common.get(asked)
        if text is None:
            if len(self._common) >= REMEMBERED:
                self._common.clear()
            text = self._common[asked] = self(key, **values)
        return text

    def plain(self, key: str, **values: Any) -> str:
        """The text of `key` where no HTML is understood: labels, toasts, SMS, letters. Raises MissingText."""
        if not values and (ready := self._labels.get(key)) is not None:
            return ready
        text = self._messages.say(key, self._always | {name: _number(value) for name, value in values.items()})
        if not values:
            self._labels[key] = text
        return text

    def other(self, language: str) -> Texts:
        """The same texts in another language; in this one if there is no such."""
        return self._siblings.get(language, self)

    @staticmethod
    def escape(text: str) -> Html:
        """Plain text as HTML."""
        return Html(html.escape(text, quote=False))

    def has(self, key: str) -> bool:
        """Is there such a text?"""
        return key in self._messages

    def knows(self, name: str) -> bool:
        """Has the insurer such a thing, of those that every text may use?"""
        return bool(self._always.get(name))


def _escape(value: Any) -> Any:
    if isinstance(value, str):
        return value if isinstance(value, Html) else html.escape(value, quote=False)
    return _number(value)


def _number(value: Any) -> Any:
    return Number(value) if isinstance(value, int) else value
