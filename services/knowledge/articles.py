"""Articles as files: `articles/<language>/<slug>.md`, the same slugs in every language (I5).

    +++
    title = "…"                       what a person sees in a list
    questions = ["…", "…", "…"]       how people ask it, three to six wordings
    tags = ["…"]                      words that belong here and may stand nowhere else
    checked = 2026-11-22              when the facts were last compared with their source
    source = "40-ФЗ ст. 11.1"         the law, or whose rule it is
    +++

    The short answer.

    ## Подробнее                      ("In detail")
    ## Что сделать здесь              ("What to do here"), with links to rooms: [Мои полисы](room:policies)

The front matter is TOML, the text a Markdown of paragraphs, lists and such links.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent / "articles"
LANGUAGES = ("ru", "en")
HEADINGS = {"ru": ("Подробнее", "Что сделать здесь"), "en": ("In detail", "What to do here")}
DOOR = re.compile(r"\[([^\]]+)\]\(room:([a-z]+)\)")
SNIPPET = 120
"""Characters of the beginning that is shown in a list."""


class BadArticle(ValueError):
    """A file is no article; the text says which and what is wrong."""


@dataclass(frozen=True, slots=True)
class Article:
    """One question answered. `answer` is the short one, `details` more of it, `here` what the cabinet does about it.

    `rooms` are the rooms `here` leads to, in their order; in the text only the words of the links are left.
    """

    slug: str
    language: str
    title: str
    questions: tuple[str, ...]
    tags: tuple[str, ...]
    checked: date
    source: str
    answer: str
    details: str
    here: str
    rooms: tuple[str, ...]

    @property
    def snippet(self) -> str:
        """The beginning of the answer, ending with a whole sentence or word."""
        if len(self.answer) <= SNIPPET:
            return self.answer
        head = self.answer[:SNIPPET]
        whole = re.match(r".{40,}[.!?](?= )", head)
        return whole.group() if whole else head.rsplit(" ", 1)[0].rstrip(" ,;:—-") + "…"


def read(folder: Path = FOLDER) -> dict[str, dict[str, Article]]:
    """All articles: language → slug → article, by the alphabet of slugs. Raises BadArticle."""
    return {
        language: {path.stem: _parse(path, language) for path in sorted((folder / language).glob("*.md"))}
        for language in LANGUAGES
    }


def _parse(path: Path, language: str) -> Article:
    detail, here = (re.escape(heading) for heading in HEADINGS[language])
    shape = re.compile(rf"\+\+\+\n(.*?)\n\+\+\+\n\n(.+?)\n\n## {detail}\n\n(.+?)\n\n## {here}\n\n(.+?)\n", re.DOTALL)
    if not (parts := shape.fullmatch(path.read_text(encoding="utf-8"))):
        raise BadArticle(f"{path.name}: front matter, an answer and the headings {HEADINGS[language]} are wanted")
    front, answer, details, deeds = parts.groups()
    try:
        said = tomllib.loads(front)
        return Article(
            path.stem,
            language,
            said["title"],
            tuple(said["questions"]),
            tuple(said["tags"]),
            said["checked"],
            said["source"],
            answer,
            details,
            DOOR.sub(r"\1", deeds),
            tuple(dict.fromkeys(room for _, room in DOOR.findall(deeds))),
        )
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise BadArticle(f"{path.name}: {error}") from None
