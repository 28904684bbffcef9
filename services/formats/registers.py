"""Numbers of the state's registers: their check digits catch a slip of the finger."""

from __future__ import annotations

import re

import stdnum.ru.inn
import stdnum.ru.ogrn

from services.formats.letters import digits, matched

OGRN = re.compile(r"[1-9][0-9]{12}")
OGRNIP = re.compile(r"[34][0-9]{14}")
INN = re.compile(r"[0-9]{10}|[0-9]{12}")
SNILS = re.compile(r"[0-9]{11}")
UNCHECKED = 1_001_998
"""SNILS up to 001-001-998 were given before the check digits."""


def inn(raw: str) -> str | None:
    """ИНН: 12 digits of a person, 10 of a company."""
    text = matched(INN, digits(raw))
    return text if text and text.strip("0") and stdnum.ru.inn.is_valid(text) else None


def ogrn(raw: str) -> str | None:
    """ОГРН of a company: 13 digits."""
    text = matched(OGRN, digits(raw))
    return text if text and stdnum.ru.ogrn.is_valid(text) else None


def ogrnip(raw: str) -> str | None:
    """ОГРНИП of a sole trader: 15 digits.

    The check digit is the remainder by 13, then by 10; python-stdnum 2.2 leaves the second out and refuses three of thirteen.
    """
    text = matched(OGRNIP, digits(raw))
    return text if text and int(text[:14]) % 13 % 10 == int(text[14]) else None


def snils(raw: str) -> str | None:
    """СНИЛС: nine digits and two that check them; python-stdnum does not know it."""
    text = matched(SNILS, digits(raw))
    if not text or not text.strip("0"):
        return None
    if int(text[:9]) <= UNCHECKED:
        return text
    control = sum(int(digit) * weight for digit, weight in zip(text, range(9, 0, -1), strict=False)) % 101 % 100
    return text if control == int(text[9:]) else None
