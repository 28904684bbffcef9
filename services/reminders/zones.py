"""In which time zone a client probably lives: by the region of their car's plate, else Moscow's."""

from __future__ import annotations

import tomllib
from pathlib import Path

FILE = Path(__file__).parents[1] / "data" / "zones.toml"
MOSCOW = "Europe/Moscow"
CODES: dict[str, list[str]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
ZONES = tuple(CODES)
"""All that can be chosen, from west to east."""
_BY_CODE = {code: zone for zone, codes in CODES.items() for code in codes}


def zone_of(plate: str) -> str:
    """The zone of a canonical plate's region."""
    return _BY_CODE.get(_region(plate), MOSCOW)


def _region(plate: str) -> str:
    """Whatever follows the six letters and digits of a car, a trailer or a motorcycle, or the five of a taxi."""
    taxi = plate[:2].isalpha() and len(plate) == len("АА12377")
    return plate[5:] if taxi else plate[6:]
