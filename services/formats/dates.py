"""Lenient input, strict data: what a person types, normalised once into its canonical form (rule 8)."""

from __future__ import annotations

import re
from datetime import date

import phonenumbers

DIGITS = re.compile(r"\+?[0-9]{11,15}", re.ASCII)
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "янв january jan",
            "фев february feb",
            "мар march mar",
            "апр april apr",
            "мая май may",
            "июн june jun",
            "июл july jul",
            "авг august aug",
            "сен september sep",
            "окт october oct",
            "ноя november nov",
            "дек december dec",
        ),
        start=1,
    )
    for name in names.split()
}
NUMERIC = re.compile(r"(\d{1,2})[.\-/ ]+(\d{1,2})[.\-/ ]+(\d{4}|\d{2})")
WORDED = re.compile(r"(\d{1,2})\s+([а-яёa-z]+)\.?\s+(\d{4}|\d{2})")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
COMPACT = re.compile(r"(\d{2})(\d{2})(\d{4})")
LATIN, CYRILLIC = "ABEKMHOPCTYX", "АВЕКМНОРСТУХ"
TO_CYRILLIC = str.maketrans(LATIN, CYRILLIC)


def contact_phone(raw: str) -> str | None:
    """The E.164 form of a number from Telegram's contact, or None.

    Only ASCII digits with an optional plus: `str.isdigit` is true of Arabic digits too, and Telegram normalises a shared number
    for its own match only (A1).
    """
    return to_e164(raw) if DIGITS.fullmatch(raw) else None


def to_e164(raw: str) -> str | None:
    """The E.164 form of a phone in any usual spelling, or None."""
    text = raw.strip()
    if re.fullmatch(r"8[\s(\-]*\d{3}.*", text):  # the Russian trunk prefix
        text = "+7" + text[1:]
    elif not text.startswith("+"):
        text = "+" + text
    try:
        number = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def to_date(raw: str, today: date) -> date | None:
    """`15.03.1990`, `15/3/90`, `15 марта 1990`, `1990-03-15`, `15031990`, or None.

    A two-digit year is the latest one that is not in the future (D5).
    """
    text = raw.strip().lower().replace("ё", "е").removesuffix("г.").removesuffix("г").strip()
    if found := ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := (NUMERIC.fullmatch(text) or COMPACT.fullmatch(text)):
        day, month, year = int(found[1]), int(found[2]), _year(found[3], today)
    elif found := WORDED.fullmatch(text):
        word = found[2]
        month = MONTHS.get(word) or MONTHS.get(word[:3]) or 0
        day, year = int(found[1]), _year(found[3], today)
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(digits: str, today: date) -> int:
    if len(digits) == 4:
        return int(digits)
    year = today.year // 100 * 100 + int(digits)
    return year if year <= today.year else year - 100


def policy_number(raw: str) -> str | None:
    """A contract's number without spaces, in capitals, Latin look-alikes as Cyrillic letters: `XXX 016 617 1796` → `ХХХ0166171796`."""
    text = re.sub(r"[\s№Nn\-–—]", "", raw).upper().translate(TO_CYRILLIC)
    return text if re.fullmatch(r"[А-ЯA-Z0-9/]{5,30}", text) and any(c.isdigit() for c in text) else None
