"""Codes and card numbers typed into a talk never reach staff (X9): they are masked on the way."""

from __future__ import annotations

import re

from stdnum import luhn

CARD = re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)", re.ASCII)
CODE = re.compile(r"(?<![\d-])\d{3}[ -]?\d{3}(?![\d-])", re.ASCII)
ABOUT_CODE = re.compile(r"код|смс|sms|парол|code|otp", re.IGNORECASE)


def masked(text: str, *, code_sent: bool) -> str:
    """The text with card numbers and one-time codes covered.

    A card is 13 to 19 digits that pass Luhn's check. Six digits are a code when one was sent lately (`code_sent`) or the text
    speaks of one: other six digits (a mileage, a sum) stay.
    """
    covered = CARD.sub(lambda found: _card(found[0]), text)
    if code_sent or ABOUT_CODE.search(covered):
        covered = CODE.sub("••••••", covered)
    return covered


def _card(written: str) -> str:
    digits = re.sub(r"[ -]", "", written)
    return f"•••• {digits[-4:]}" if luhn.is_valid(digits) else written
