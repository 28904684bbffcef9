"""Numbers of a car: plate, VIN, body."""

from __future__ import annotations

import re

from services.formats.letters import CYRILLIC, TO_LATIN, cyrillic, dashed, latin, matched

REGION = r"(?!00)(?:[0-9]{2}|[1-9][0-9]{2})"
L = f"[{CYRILLIC}]"
PLATE = re.compile(
    rf"(?:{L}(?!000)[0-9]{{3}}{L}{{2}}"  # a car
    rf"|{L}{{2}}(?!000)[0-9]{{3}}"  # a taxi
    rf"|{L}{{2}}(?!0000)[0-9]{{4}}"  # a trailer
    rf"|(?!0000)[0-9]{{4}}{L}{{2}})"  # a motorcycle or a tractor
    rf"{REGION}"
)
VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
BODY = re.compile(r"[A-Z0-9][A-Z0-9-]{3,24}")
ABSENT = "ОТСУТСТВУЕТ"


def plate(raw: str) -> str | None:
    """`a 123 bc 77 RUS` → `А123ВС77`: plates of cars, taxis, trailers, motorcycles (ГОСТ Р 50577-2018)."""
    return matched(PLATE, cyrillic(re.sub(r"RUS\s*$", "", raw.upper())))


def vin(raw: str) -> str | None:
    """Seventeen characters without I, O and Q. The check digit is not mandatory in Russia: real cars fail it."""
    return matched(VIN, latin(raw).removeprefix("VIN"))


def vin_absent(raw: str) -> str | None:
    """`отсутствует`: the car has a body number instead of a VIN."""
    return ABSENT if cyrillic(raw) == ABSENT or latin(raw) == "MISSING" else None


def body_number(raw: str) -> str | None:
    """The number of a body or a frame, as on Japanese cars: its dashes belong to it."""
    return matched(BODY, dashed(raw).upper().replace(" ", "").removeprefix("№").translate(TO_LATIN))
