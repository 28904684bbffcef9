"""In which time zone a client probably lives: by the region of their car's plate, else Moscow's; or by the city they have typed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from zoneinfo import ZoneInfo

from services.formats.cities import in_latin, plain, unlike

DATA = Path(__file__).parents[1] / "data"
MOSCOW = "Europe/Moscow"
CODES: dict[str, list[str]] = tomllib.loads((DATA / "zones.toml").read_text(encoding="utf-8"))
ZONES = tuple(CODES)
"""All that can be chosen, from west to east."""
_READ = [ZoneInfo(zone) for zone in ZONES]
"""Held here, for `zoneinfo` keeps only the eight asked for last: a turn through all would read each file again."""
_BY_CODE = {code: zone for zone, codes in CODES.items() for code in codes}
_CITIES = [
    ({form for name in names.split("|") for form in (plain(name), in_latin(name))}, zone)
    for zone, cities in tomllib.loads((DATA / "cities.toml").read_text(encoding="utf-8")).items()
    for names in cities
]
_DIFFERENCE = re.compile(r"(?:мск|msk|москва)\s*([+−-]\s*[0-9]{1,2})")
_WEST = 1
"""Hours that the first of `ZONES` is behind Moscow; each of the others is an hour ahead of the one before."""


def zone_of(plate: str) -> str:
    """The zone of a canonical plate's region."""
    return _BY_CODE.get(_region(plate), MOSCOW)


def zone_of_city(typed: str) -> str | None:
    """The zone of the city that was meant, or of `МСК+4`; None: nothing like it, or it could be several with different times."""
    if found := _DIFFERENCE.fullmatch(" ".join(typed.casefold().split())):
        place = int(re.sub(r"\s", "", found[1]).replace("−", "-")) + _WEST
        return ZONES[place] if 0 <= place < len(ZONES) else None
    wanted = plain(typed)
    if len(wanted) < 2:
        return None
    scored = [(score, zone) for names, zone in _CITIES if (score := unlike(wanted, names)) is not None]
    best = min((score for score, _ in scored), default=None)
    zones = {zone for score, zone in scored if score == best}
    return zones.pop() if len(zones) == 1 else None


def _region(plate: str) -> str:
    """Whatever follows the six letters and digits of a car, a trailer or a motorcycle, or the five of a taxi."""
    taxi = plate[:2].isalpha() and len(plate) == len("АА12377")
    return plate[5:] if taxi else plate[6:]
