"""What a question says, as stems the index knows: forms of a word, slips of the finger, other words for the same (I5).

A word the articles have in any form is taken as it is. One they do not have is taken for the nearest ones they have, if they are no
further than a slip or two. Then the words that mean the same are added. All of it is read from files once and never changes.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from pathlib import Path

import snowballstemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA

from services.formats.letters import CYRILLIC, LATIN

FOLDER = Path(__file__).parent / "vocabulary"
STEMMERS = {"ru": "russian", "en": "english"}
SLIP = 0.75
"""What a word that had to be guessed is worth for each slip, beside one that is known."""
ALIKE = 0.6
"""The same of a word that was not said but means what was."""
NEAREST = 12
"""Guesses that are looked at for one word."""
MOST = 24
"""Words of a question that are looked at."""
_TO_CYRILLIC = str.maketrans(LATIN.lower(), CYRILLIC.lower())


@dataclass(frozen=True, slots=True)
class Asked:
    """A stem to look for. `place` is the word of the question it stands for, `weight` how sure and how telling it is, from 0."""

    place: int
    stem: str
    weight: float


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as stems; `whole` is the weight of all its words, those that nothing is known of included."""

    asked: tuple[Asked, ...]
    whole: float


def words_of(text: str) -> list[str]:
    """Small letters and digits, one alphabet within a word, `ё` as `е`."""
    return [_one_alphabet(word) for word in re.findall(r"[^\W_]+", text.casefold().replace("ё", "е"))]


def _one_alphabet(word: str) -> str:
    return word.translate(_TO_CYRILLIC) if re.search("[а-я]", word) else word


class Lexicon:
    """All words of the articles of one language."""

    def __init__(self, language: str, passages: Iterable[str], folder: Path = FOLDER) -> None:
        """`passages` are all texts that are indexed; a word is the more telling the fewer of them have it."""
        self._stemmer = snowballstemmer.stemmer(STEMMERS[language])
        self._stems: dict[str, str] = {}
        said = tomllib.loads((folder / f"{language}.toml").read_text(encoding="utf-8"))
        self._idle = set(words_of(said["idle"]))
        counted: Counter[str] = Counter()
        number = 0
        for text in passages:
            counted.update(set(self.stems(text)))
            number += 1
        self._telling = {stem: _telling(number / count) for stem, count in counted.items()}
        self._most = _telling(number)
        self._alike = self._groups(said["alike"])
        self._forms = [*self._stems, *self._idle]
        self._known = list(self._telling)

    def stems(self, text: str) -> list[str]:
        """The stems of a text, without idle words, in their order."""
        return [self._stem(word) for word in words_of(text) if word not in self._idle]

    def understand(self, question: str) -> Understood:
        """What to look for."""
        found: list[Asked] = []
        whole = 0.0
        for place, word in enumerate(words_of(question[:1000])[:MOST]):
            if word in self._idle:
                continue
            meant = self._meant(word)
            most = self._telling.get(self._stemmer.stemWord(word), self._most)
            whole += max((self._telling[stem] for stem in meant), default=self._most)
            found += [Asked(place, stem, sure * min(most, self._telling[stem])) for stem, sure in meant.items()]
        return Understood(tuple(found), whole)

    def _stem(self, word: str) -> str:
        if word not in self._stems:
            self._stems[word] = self._stemmer.stemWord(word)
        return self._stems[word]

    def _groups(self, lines: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """Stem → the stems that mean the same, itself included."""
        groups: dict[str, frozenset[str]] = {}
        for line in lines:
            group = frozenset(map(self._stem, words_of(line)))
            for stem in group:
                groups[stem] = groups.get(stem, frozenset()) | group
        return groups

    def _meant(self, word: str) -> dict[str, float]:
        """Stems the word may stand for, with how sure that is; empty when it is idle or like nothing."""
        stem = self._stemmer.stemWord(word)
        sure = {stem: 1.0} if stem in self._telling or stem in self._alike else self._guessed(word, stem)
        meant = {stem: weight for stem, weight in sure.items() if stem in self._telling}
        for stem, weight in sure.items():
            for other in self._alike.get(stem, ()):
                if other in self._telling:
                    meant[other] = max(meant.get(other, 0.0), weight * ALIKE)
        return meant

    def _guessed(self, word: str, stem: str) -> dict[str, float]:
        """The nearest of the known stems, by whole forms and by stems: an ending may be unlike, or hold the slip."""
        forgiven = _forgiven(word)
        if not forgiven:
            return {}
        near: dict[str, int] = {}
        for form, slips, _ in _nearest(word, self._forms, forgiven):
            known = "" if form in self._idle else self._stems[form]
            near[known] = min(near.get(known, forgiven), int(slips))
        for known, slips, _ in _nearest(stem, self._known, min(forgiven, len(stem) // 3)):
            near[known] = min(near.get(known, forgiven), int(slips))
        least = min(near.values(), default=0)
        return {known: SLIP**slips for known, slips in near.items() if slips == least and known}


def _telling(rarity: float) -> float:
    """How much a word says that stands in one of so many passages. Damped: a rare word that means little must not decide."""
    return sqrt(log(1 + rarity))


def _nearest(word: str, known: Sequence[str], forgiven: int) -> list[tuple[str, float, int]]:
    """Of the known words those within so many slips, nearest first."""
    found: list[tuple[str, float, int]] = process.extract(  # type: ignore[call-overload] # typed for similarities only
        word, known, scorer=OSA.distance, score_cutoff=forgiven, limit=NEAREST
    )
    return found


def _forgiven(word: str) -> int:
    """Slips that are forgiven: none in a short word or a number, or everything would be like everything."""
    if len(word) < 4 or word.isdigit():
        return 0
    return 1 if len(word) < 8 else 2
