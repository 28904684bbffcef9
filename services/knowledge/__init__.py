"""The knowledge base: questions of a policyholder answered at once, offline, forms of words and slips of the finger forgiven (I5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from math import log

from services.db.statement import Connection
from services.knowledge import index
from services.knowledge.articles import LANGUAGES, Article, read
from services.knowledge.words import Lexicon

ENOUGH = 0.1
"""Of the weight of a question's words this part has to be in an article, or it is about something else."""
TITLE, QUESTION, TAGS, ANSWER, REST = 1.0, 1.0, 0.8, 0.6, 0.4
"""How much a word counts where it stands."""

__all__ = ["Article", "Found", "Knowledge", "knowledge"]


@dataclass(frozen=True, slots=True)
class Found:
    """An article of a search: enough to offer it."""

    slug: str
    title: str
    snippet: str


class Knowledge:
    """All articles, read once. What is searched is kept in the database: `refresh` before the first search."""

    def __init__(self, articles: Mapping[str, Mapping[str, Article]]) -> None:
        self._articles = articles
        self._lexicons = {
            language: Lexicon(language, (text for it in articles[language].values() for text, _ in _parts(it)))
            for language in LANGUAGES
        }

    async def refresh(self, db: Connection) -> bool:
        """Bring the index to the articles of this release. Was there anything to do?"""
        return await index.refresh(db, self.passages)

    async def search(self, db: Connection, language: str, words: str, limit: int = 3) -> list[Found]:
        """The articles that answer, best first, in this language; empty when nothing is like it.

        The articles of the alphabet that was typed are searched: they are the same ones.
        """
        typed = "ru" if re.search("[а-яё]", words.casefold()) else "en"
        question = self._lexicons[typed].understand(words)
        hits = await index.find(db, typed, question.asked, limit) if question.asked else []
        return [
            Found(it.slug, it.title, it.snippet)
            for hit in hits
            if hit.covered >= ENOUGH * question.whole and (it := self.article(hit.slug, language))
        ]

    def article(self, slug: str, language: str) -> Article | None:
        """The article; None for one this release does not have."""
        return self._articles[language].get(slug)

    def all(self, language: str) -> list[Article]:
        """Every article, by its slug."""
        return list(self._articles[language].values())

    @cached_property
    def passages(self) -> tuple[index.Passage, ...]:
        """What is searched. To stem it takes most of a start, so a process does it once."""
        return tuple(self._stemmed())

    def _stemmed(self) -> Iterator[index.Passage]:
        for language in LANGUAGES:
            stems = self._lexicons[language].stems
            for article in self._articles[language].values():
                for text, weight in _parts(article):
                    said = tuple(stems(text))
                    yield index.Passage(language, article.slug, weight / (1 + log(1 + len(said))), said)


def _parts(article: Article) -> Iterator[tuple[str, float]]:
    """What of an article is searched, each with what it counts."""
    yield article.title, TITLE
    for question in article.questions:
        yield question, QUESTION
    yield " ".join(article.tags), TAGS
    yield article.answer, ANSWER
    yield f"{article.details}\n{article.here}", REST


@cache
def knowledge() -> Knowledge:
    """The articles of this release: reading them takes half a second."""
    return Knowledge(read())
