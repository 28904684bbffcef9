"""Numbers of documents, without spaces: licences, passports, papers of a car, contracts."""

from __future__ import annotations

import re

from services.formats.letters import (
    CYRILLIC,
    LATIN,
    TO_CYRILLIC,
    TO_LATIN,
    cyrillic,
    dashed,
    digits,
    matched,
)

SERIES_AND_NUMBER = re.compile(rf"[0-9]{{2}}(?:[0-9]{{2}}|[{CYRILLIC}]{{2}})[0-9]{{6}}")
WORDS = re.compile(r"^\s*(?:В/?У|ПТС|СТС)\b|СЕРИЯ|НОМЕР", re.IGNORECASE)
"""What is written on the form itself, before the series and between it and the number."""
FOREIGN = re.compile(r"(?=.*[0-9])(?=.{5,20}$)(?:[A-Z0-9]+(?:[ /-][A-Z0-9]+)*|[А-ЯЁ0-9]+(?:[ /-][А-ЯЁ0-9]+)*)")
PTS = re.compile(r"[0-9]{2}[А-Я]{2}[0-9]{6}")
EPTS = re.compile(r"[1-3][0-9]{3}0[1-4][0-9]{9}")
PASSPORT = re.compile(r"[0-9]{2}(?:[0-3][0-9]|9[7-9])[0-9]{6}")
SUBDIVISION = re.compile(r"[0-9]{6}")
CARD = re.compile(r"[0-9]{15}|[0-9]{21}")
SERIES = re.compile(r"[А-Я]{3}")
NUMBER = re.compile(r"[0-9]{10}")
POLICY = re.compile(r"(?=.*[0-9])[А-ЯA-Z0-9/]{5,30}")


def licence_ru(raw: str) -> str | None:
    """A Russian driver's licence: `99 12 № 345678` → `9912345678`; two letters in those issued before 2011."""
    return matched(SERIES_AND_NUMBER, cyrillic(WORDS.sub("", raw)))


def licence_foreign(raw: str) -> str | None:
    """A licence of another country: 5 to 20 letters of one alphabet, digits, dashes, slashes and spaces, at least one digit.

    In capitals. Letters that could be of either alphabet become Latin, so that one licence has one spelling.
    """
    text = re.sub(r" *([/-]) *", r"\1", dashed(raw).upper().removeprefix("№").strip())
    if re.search(rf"[^\W\d_A-Z{CYRILLIC}]", text) and not re.search(rf"[A-Z](?<![{LATIN}])", text):
        return matched(FOREIGN, text.translate(TO_CYRILLIC))
    return matched(FOREIGN, text.translate(TO_LATIN))


def sts(raw: str) -> str | None:
    """The registration certificate of a car, СТС: `77 УТ 123456`, `77 12 345678`."""
    return matched(SERIES_AND_NUMBER, cyrillic(WORDS.sub("", raw)))


def pts(raw: str) -> str | None:
    """The paper passport of a car, ПТС: `77 ТК 123456`."""
    return matched(PTS, cyrillic(WORDS.sub("", raw)))


def epts(raw: str) -> str | None:
    """The electronic passport of a car: fifteen digits, the fifth and sixth between 01 and 04 (EEC R.019)."""
    return matched(EPTS, digits(raw))


def passport_ru(raw: str) -> str | None:
    """`45 10 123456`: digits three and four are the year of the form, from 1997 on."""
    return matched(PASSPORT, digits(WORDS.sub("", raw)))


def passport_subdivision(raw: str) -> str | None:
    """Who issued the passport: `770-001`."""
    found = matched(SUBDIVISION, digits(raw))
    return f"{found[:3]}-{found[3:]}" if found else None


def diagnostic_card(raw: str) -> str | None:
    """A diagnostic card (D4): 15 digits, 21 in older ones."""
    return matched(CARD, digits(raw))


def osago_series(raw: str) -> str | None:
    """`ХХХ` of an electronic OSAGO contract, `ТТТ` of a paper one."""
    return matched(SERIES, cyrillic(raw))


def osago_number(raw: str) -> str | None:
    """The ten digits after the series of an OSAGO contract."""
    return matched(NUMBER, digits(raw))


def policy_number(raw: str) -> str | None:
    """A contract's number without spaces, in capitals, Latin look-alikes as Cyrillic letters: `XXX 016 617 1796` → `ХХХ0166171796`."""
    return matched(POLICY, re.sub(r"[\s№Nn\-–—]", "", raw).upper().translate(TO_CYRILLIC))
