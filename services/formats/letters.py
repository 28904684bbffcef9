"""What all numbers have in common: marks between characters that mean nothing, and letters of two alphabets that look alike."""

from __future__ import annotations

import re

LATIN, CYRILLIC = "ABEKMHOPCTYX", "АВЕКМНОРСТУХ"
"""Capitals that look alike, in the same order: the twelve that a Russian number plate may have (ГОСТ Р 50577-2018)."""
TO_CYRILLIC = str.maketrans(LATIN, CYRILLIC)
TO_LATIN = str.maketrans(CYRILLIC, LATIN)
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"
NOISE = re.compile(rf"[\s#№.,:;|{UNSEEN}{re.escape(DASHES)}]+")
NUMBER_SIGN = re.compile(r"№|N[OО°º]?")


def digits(raw: str) -> str:
    """What is typed without marks. Whether only digits are left is for the caller's pattern to say."""
    return NOISE.sub("", NUMBER_SIGN.sub("", raw.upper()))


def cyrillic(raw: str) -> str:
    """In capitals without marks, Latin look-alikes as Cyrillic letters. Such numbers have no Latin N: it is the sign of a number."""
    return digits(raw).translate(TO_CYRILLIC)


def latin(raw: str) -> str:
    """In capitals without marks, Cyrillic look-alikes as Latin letters."""
    return NOISE.sub("", raw.upper()).translate(TO_LATIN)


def dashed(raw: str) -> str:
    """Every dash as a hyphen, unseen characters gone, runs of white space as one space."""
    return " ".join(re.sub(f"[{UNSEEN}]", "", re.sub(f"[{re.escape(DASHES)}]", "-", raw)).split())


def matched(pattern: re.Pattern[str], text: str) -> str | None:
    """The text if all of it is as the pattern says."""
    return text if pattern.fullmatch(text) else None
