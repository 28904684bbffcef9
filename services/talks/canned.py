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

    def filled(self, who: Employee, *, client: str, number: str) -> dict[str, str]:
        """All answers by name, with their fields filled in."""
        values = {"name": who.name, "post": who.post, "client": client, "number": number}
        return {name: FIELD.sub(lambda field: values[field[1]], text) for name, text in sorted(self._answers.items())}
