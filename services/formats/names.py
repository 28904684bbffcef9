"""Names as people write them, into surname, first name and patronymic."""

from __future__ import annotations

import re
import unicodedata

from services.formats.letters import CYRILLIC, LATIN, dashed
from services.model import Name

CYR = "А-Яа-яЁёІіЇїЄєҐґЎўӘәҒғҚқҢңӨөҰұҮүҺһ"
LAT = "A-Za-zÀ-ÖØ-öø-ķĹ-ľŁ-ňŊ-žȘșȚțƏəẠ-ỹ"
CYR_WORD, LAT_WORD = re.compile(rf"[{CYR}]+(?:['-][{CYR}]+)*"), re.compile(rf"[{LAT}]+(?:['-][{LAT}]+)*")
NONE = re.compile(r"(?:[\s(]+(?:без отчества|отчества нет|нет отчества|нет|-)[\s).]*)+$", re.IGNORECASE)
APOSTROPHES = str.maketrans("’‘ʼʹ`´′", "'" * 7)
LOOK_CYRILLIC = str.maketrans(LATIN + LATIN.lower(), CYRILLIC + CYRILLIC.lower())
LOOK_LATIN = str.maketrans(CYRILLIC + CYRILLIC.lower(), LATIN + LATIN.lower())
ONLY_CYRILLIC = re.compile(rf"[{CYR}](?<![{CYRILLIC}{CYRILLIC.lower()}])")
ONLY_LATIN = re.compile(rf"[{LAT}](?<![{LATIN}{LATIN.lower()}])")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


SONS = _set("оглы оглу углы угли улы ogly oglu ogli oglou uly")
DAUGHTERS = _set("кызы гызы кизи кзы kyzy gyzy qizi kizi")
PARTICLES = _set("де ди да дос дель дер ден фон тер цу аль эль ибн бен бин") | _set(
    "de di da dos del della der den von ter zu al el ibn ben bin"
)
"""Words before a surname that belong to it."""
BEFORE_PARTICLES = _set("ван van")
"""A particle before another one (`ван дер Берг`), else a Chinese surname."""
PATRONYMIC = re.compile(
    r".+(?:ович|евич|[ьо]вна|евна|овна|ична|нишна)|ильич|кузьмич|лукич|фомич|никитич|саввич|силич"
    r"|.+(?:ovich|evich|ovna|evna|ichna)|ilich|ilyich"
)
LONGEST, LONGEST_PART, MOST_WORDS = 100, 60, 7


def person_name(raw: str) -> Name | None:
    """`ИВАНОВ-петров иван сергеевич` → Иванов-Петров Иван Сергеевич, or None when it is no name.

    Surname first, then the first name (or several, when a patronymic ends the line), then the patronymic if there is one;
    `Иван Сергеевич Иванов` is put in order. One alphabet: a look-alike letter of the other is replaced.
    """
    if len(raw) > 2 * LONGEST:
        return None
    text = dashed(unicodedata.normalize("NFC", raw).replace(",", " ")).translate(APOSTROPHES).strip(" .")
    text = NONE.sub("", _one_alphabet(NONE.sub("", text))).strip(" .")
    text = re.sub(r"\s*-\s*", "-", text)
    words = [_capitals(word) for word in text.split()]
    if not 2 <= len(words) <= MOST_WORDS or len(text) > LONGEST:
        return None
    if not (all(CYR_WORD.fullmatch(word) for word in words) or all(LAT_WORD.fullmatch(word) for word in words)):
        return None
    last, rest = _surname(words)
    name = _ordered(last, rest)
    if name is None or len(name.first) < 2 or max(map(len, (name.last, name.first, name.middle))) > LONGEST_PART:
        return None
    return name


def sex_of(patronymic: str) -> str | None:
    """`male`, `female`, or None when the patronymic does not tell or there is none."""
    word = patronymic.strip().lower()
    end = re.split(r"[\s-]", word)[-1]
    if end in SONS or re.fullmatch(r".+(?:[иы]ч|[iy]ch)", word):
        return "male"
    if end in DAUGHTERS or re.fullmatch(r".+(?:вна|чна|шна|vna|chna|shna)", word):
        return "female"
    return None


def _surname(words: list[str]) -> tuple[str, list[str]]:
    """The surname with its particles in small letters, and the words after it."""
    small = [word.lower() for word in words]
    size = 1
    if small[0] in BEFORE_PARTICLES and small[1] in PARTICLES and len(words) > 3:
        size = 2
    while size < len(words) - 1 and small[size - 1] in PARTICLES:
        size += 1
    return " ".join([*small[: size - 1], words[size - 1]]), words[size:]


def _ordered(last: str, rest: list[str]) -> Name | None:
    """The parts in their places; None when the surname is missing."""
    *first, end = rest
    if first and end.lower() in SONS | DAUGHTERS:
        *first, father = first
        return Name(last, " ".join(first), f"{father} {end.lower()}") if first else None
    if _is_patronymic(rest[0]):
        turned = len(rest) == 2 and " " not in last and not any(map(_is_patronymic, (last, end)))
        return Name(end, last, rest[0]) if turned and end.lower() not in PARTICLES | BEFORE_PARTICLES else None
    if len(rest) == 2 or (first and _is_patronymic(end)):
        return Name(last, " ".join(first), end)
    return Name(last, " ".join(rest))


def _is_patronymic(word: str) -> bool:
    return PATRONYMIC.fullmatch(word.lower()) is not None


def _one_alphabet(text: str) -> str:
    """With look-alikes replaced when both alphabets occur; text in truly two alphabets stays, and is no name of one."""
    if not re.search(f"[{CYR}]", text) or not re.search(f"[{LAT}]", text):
        return text
    if not ONLY_LATIN.search(text):
        return text.translate(LOOK_CYRILLIC)
    return text if ONLY_CYRILLIC.search(text) else text.translate(LOOK_LATIN)


def _capitals(word: str) -> str:
    """A capital at the beginning and after a hyphen, but `Гасан-оглы`."""
    head, *tail = word.split("-")
    return "-".join([_capital(head), *(it.lower() if it.lower() in SONS | DAUGHTERS else _capital(it) for it in tail)])


def _capital(part: str) -> str:
    """After an apostrophe too when one letter is before it: `О'Коннор`, but `Лук'янов`."""
    before, mark, after = part.partition("'")
    if mark and len(before) == 1:
        return f"{_capital(before)}'{_capital(after)}"
    lower = part.replace("İ", "i").lower()
    if lower.startswith("mc") and len(lower) > 3:
        return f"Mc{lower[2].upper()}{lower[3:]}"
    start = part[:1].upper()
    return (start if len(start) == 1 else part[:1]) + lower[1:]
