"""Fluent files of one language: read at the start, each message compiled when it is first said.

To compile them all takes two seconds and 20 MB for each language, and to compile one takes a millisecond. To parse them is quick and finds
what is written badly: a process with such texts does not start.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor
from fluent_compiler.bundle import FluentBundle


class MissingText(Exception):
    """A key or a value is missing, or a text is written badly: a mistake of ours that a test has to find."""


class Messages:
    """The messages of one language by their keys. Raises MissingText for files that Fluent does not understand."""

    def __init__(self, language: str, folder: Path) -> None:
        self._language = language
        self._written: dict[str, str] = {}
        self._refers: dict[str, set[str]] = {}
        self._compiled: dict[str, FluentBundle] = {}
        for path in sorted((folder / language).glob("*.ftl")):
            self._read(path)
        for key, wanted in self._refers.items():
            if lost := wanted - self._written.keys():
                raise MissingText(f"{language}: {key} refers to {sorted(lost)}, which is not written")

    def __contains__(self, key: str) -> bool:
        return key in self._written

    def say(self, key: str, values: Mapping[str, Any]) -> str:
        """The message with its values. Raises MissingText."""
        bundle = self._compiled.get(key) or self._compile(key)
        text, errors = bundle.format(key, values)
        if errors:
            raise MissingText(f"{self._language}: {key}: {errors[0]}")
        return str(text)

    def _read(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        for entry in FluentParser().parse(text).body:
            match entry:
                case ftl.Message(id=ftl.Identifier(name=key), span=ftl.Span(start=start, end=end)):
                    if key in self._written:
                        raise MissingText(f"{self._language}/{path.name}: {key} is written twice")
                    self._written[key] = text[start:end]
                    self._refers[key] = _References(entry).found
                case ftl.Junk(content=written):
                    raise MissingText(f"{self._language}/{path.name}: not understood: {written}")
                case ftl.Term(id=ftl.Identifier(name=key)):
                    raise MissingText(f"{self._language}/{path.name}: -{key} is a term, and messages are all we use")

    def _compile(self, key: str) -> FluentBundle:
        if key not in self._written:
            raise MissingText(f"{self._language}: {key}")
        source = "\n".join(self._written[each] for each in self._needed(key))
        bundle = FluentBundle.from_string(self._language, source, use_isolating=False)
        if errors := bundle.check_messages():
            raise MissingText(f"{self._language}: {errors[0]}")
        self._compiled[key] = bundle
        return bundle

    def _needed(self, key: str) -> list[str]:
        """The message and whatever it refers to, directly or not."""
        needed = [key]
        for each in needed:
            needed += sorted(self._refers[each].difference(needed))
        return needed


class _References(Visitor):
    """The keys of the messages that a message says inside itself."""

    def __init__(self, message: ftl.Message) -> None:
        self.found: set[str] = set()
        self.visit(message)

    def visit_MessageReference(self, reference: ftl.MessageReference) -> None:  # noqa: N802 - the visitor looks for this name
        self.found.add(reference.id.name)
