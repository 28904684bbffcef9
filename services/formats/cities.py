"""Names of cities however they are typed: in another case, with a slip of the finger, by a nickname, in English letters."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from services.formats.letters import CYRILLIC, LATIN

NICKNAMES = {
    "спб": "санкт петербург",
    "питер": "санкт петербург",
    "мск": "москва",
    "екб": "екатеринбург",
    "нск": "новосибирск",
    "нн": "нижний новгород",
    "нижний": "нижний новгород",
}
NOT_A_CITY = frozenset(
    ("г", "гор", "город", "городе", "в", "во", "по", "как", "я", "живу", "время", "времени", "офис", "офисы", "ваш", "адрес",
     "city", "office", "in", "i", "live", "time")
)  # fmt: skip
LONGEST = 100
"""Characters that are looked at."""
_TO_CYRILLIC = str.maketrans(LATIN.lower(), CYRILLIC.lower())
_IN_LATIN = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziyklmnoprstufye", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ъ": "", "ь": ""}
)


def plain(text: str) -> str:
    """Small letters of one alphabet, words apart by one space, without words that say only that it is a city; of a nickname the name."""
    small = text[:LONGEST].casefold().replace("ё", "е")
    if re.search("[а-я]", small):
        small = small.translate(_TO_CYRILLIC)
    words = " ".join(word for word in re.findall(r"[^\W_]+", small) if word not in NOT_A_CITY)
    return NICKNAMES.get(words, words)


def in_latin(name: str) -> str:
    """A Russian name as it is usually spelt in English."""
    return plain(name).translate(_IN_LATIN)


def unlike(wanted: str, names: Iterable[str]) -> int | None:
    """How unlike the names of a city it is (all `plain`): 0 the same, 1 a part of one, then the slips of the finger; None: another city."""
    found: list[int] = []
    for name in names:
        if wanted == name:
            return 0
        if len(wanted) > 3 and any(part.startswith(wanted) for part in (name, *name.split())):
            found.append(1)
        for part in {name, *(word for word in name.split() if len(word) > 5)}:
            if (slips := OSA.distance(wanted, part)) <= _forgiven(part):
                found.append(slips + 1)
    return min(found, default=None)


def _forgiven(name: str) -> int:
    """Slips that are forgiven: the ending of a case is one or two of them, and Kazan must not become Ryazan."""
    return 1 if len(name) < 8 else 2 if len(name) < 14 else 3
