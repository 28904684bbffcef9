"""Ready answers: a file of the settings, a name and a text each, with fields that are filled in when one is sent (K2).

TOML, `services/data/canned.toml` is an example: `[answers]`, then `name = "text with {name} and {post}"`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from services.employees import Employee

DEMO = Path(__file__).parent.parent / "data" / "canned.toml"
FIELD = re.compile(r"\{(\w+)\}")
FIELDS = frozenset(("name", "post", "client", "number"))


class Canned:
    """`answers` by name. Raises ValueError for a field nobody can fill in."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        for name, text in answers.items():
            if unknown := set(FIELD.findall(text)) - FIELDS:
                raise ValueError(f"{name}: {', '.join(sorted(unknown))}; fields are {', '.join(sorted(FIELDS))}")
        self._answers = dict(answers)

    @classmethod
    def read(cls, path: Path) -> Canned:
        """From a file. Raises ValueError, OSError."""
        return cls(tomllib.loads(path.read_text())["answers"])

    @property
    def names(self) -> list[str]:
        """What there is, by name."""
        return sorted(self._answers)

    def text(self, name: str, who: Employee, *, client: str, number: str) -> str | None:
        """The answer with its fields filled in; None if there is none of this name."""
        text = self._answers.get(name)
        values = {"name": who.name, "post": who.post, "client": client, "number": number}
        return None if text is None else FIELD.sub(lambda field: values[field[1]], text)
