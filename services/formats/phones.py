"""Phones in any usual spelling, as E.164."""

from __future__ import annotations

import re

import phonenumbers

from services.formats.letters import DASHES

CONTACT = re.compile(r"\+?[0-9]{11,15}")
TYPED = re.compile(rf"\+?[0-9()\s./{re.escape(DASHES)}]+")
MOBILE_RU = re.compile(r"\+79[0-9]{9}")


def contact_phone(raw: str) -> str | None:
    """The E.164 form of a number from Telegram's contact, or None.

    Only ASCII digits with an optional plus: `str.isdigit` is true of Arabic digits too, and Telegram normalises a shared number
    for its own match only (A1).
    """
    return to_e164(raw) if CONTACT.fullmatch(raw) else None


def to_e164(raw: str) -> str | None:
    """The E.164 form of a phone in any usual spelling, or None. Without a plus, 8 and a bare 9XX are Russian."""
    text = raw.strip()
    if not TYPED.fullmatch(text):
        return None
    number = re.sub(r"[^0-9]", "", text)
    if not text.startswith("+"):
        if len(number) == 11 and number.startswith("8"):  # the Russian trunk prefix
            number = "7" + number[1:]
        elif len(number) == 10 and number.startswith("9"):
            number = "7" + number
    try:
        parsed = phonenumbers.parse("+" + number, None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def mobile_ru(raw: str) -> str | None:
    """A Russian mobile number, where SMS can go."""
    found = to_e164(raw)
    return found if found and MOBILE_RU.fullmatch(found) else None
