"""Offices of the insurer: a file of the settings, found by city however it is typed, or by the nearest point (I6).

The file is TOML (tables `[[office]]`) or JSON (a list); `services/data/offices.toml` is an example and the demo brand's.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, hypot, radians, sin, sqrt
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from services.formats import to_e164
from services.formats.cities import plain, unlike

DEMO = Path(__file__).parent / "data" / "offices.toml"
EARTH = 6371.0
"""Radius in kilometres."""


def _phone(value: str) -> str:
    if to_e164(value) != value:
        raise ValueError("+74950000000")
    return value


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Office(BaseModel):
    """One office. `phone` is E.164; the words in English are optional; degrees are WGS 84."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    city: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=38)]
    address: Words
    hours: Words
    phone: Annotated[str, AfterValidator(_phone)]
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    city_en: Annotated[str, StringConstraints(strip_whitespace=True, max_length=38)] = ""
    address_en: str = ""
    hours_en: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """An office and how far it is, in kilometres."""

    office: Office
    distance: float


MEND = {
    "city": 'city = "Казань", не длиннее 38 знаков',
    "address": 'address = "ул. Парусная, 5"',
    "hours": 'hours = "пн–пт 9:00–19:00"',
    "phone": 'phone = "+74950000000"',
    "latitude": "latitude = 55.7963, от -90 до 90",
    "longitude": "longitude = 49.1088, от -180 до 180",
}


class BadOffices(ValueError):
    """The file cannot be used; the text says which place of it and what to write."""


def read(path: Path) -> list[Office]:
    """The offices of a file. Raises BadOffices with every fault in it."""
    try:
        text = path.read_text(encoding="utf-8")
        raw = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except OSError as error:
        raise BadOffices(f"файл {path} не читается ({error.strerror}). Напишите путь к файлу TOML или JSON") from None
    except ValueError as error:  # of both parsers, and of bytes that are no UTF-8: they name the line
        raise BadOffices(f"{path.name}: {error}. Образец: services/data/offices.toml") from None
    tables = raw.get("office") if isinstance(raw, dict) else raw
    if not isinstance(tables, list) or not tables:
        raise BadOffices(f"{path.name}: нет ни одного офиса. Начните каждый со строки [[office]]")
    try:
        return TypeAdapter(list[Office]).validate_python(tables)
    except ValidationError as wrong:
        raise BadOffices("; ".join(f"{path.name}: {_said(error['loc'], tables)}" for error in wrong.errors())) from None


def _said(place: tuple[int | str, ...], tables: list[Any]) -> str:
    """One fault: which office by its number and city, which field, what to write."""
    number, field = int(place[0]), str(place[1]) if len(place) > 1 else ""
    table = tables[number]
    city = f" ({table['city']})" if isinstance(table, dict) and isinstance(table.get("city"), str) else ""
    mend = MEND.get(field) or (f"уберите {field}" if field not in Office.model_fields else "текст в кавычках")
    return f"офис {number + 1}{city}, поле {field or '?'}. Напишите: {mend}"


class Offices:
    """All offices, in the order of their cities. An office is known by its place in that order."""

    def __init__(self, offices: Iterable[Office]) -> None:
        self.all = sorted(offices, key=lambda office: plain(office.city))

    def cities(self) -> list[str]:
        """Cities that have an office, by the alphabet."""
        return list(dict.fromkeys(office.city for office in self.all))

    def number(self, office: Office) -> int:
        """Its place in the order."""
        return self.all.index(office)

    def at(self, number: int) -> Office | None:
        """The office at this place, if the file (still) has one."""
        return self.all[number] if 0 <= number < len(self.all) else None

    def of(self, city: str) -> list[Office]:
        """The offices of one of `cities()`."""
        return [office for office in self.all if office.city == city]

    def find(self, typed: str) -> list[Office]:
        """The offices of the city that was meant: typos, cases (`в Казани`), nicknames, a part of the name, English names.

        Offices of several cities when it could be any of them; empty when there is nothing like it.
        """
        wanted = plain(typed)
        if len(wanted) < 2:
            return []
        scored = [(unlike(wanted, filter(None, map(plain, (it.city, it.city_en)))), it) for it in self.all]
        best = min((score for score, _ in scored if score is not None), default=None)
        return [office for score, office in scored if score is not None and score == best]

    def nearest(self, latitude: float, longitude: float, count: int = 5) -> list[Near]:
        """The nearest offices first."""
        near = [
            Near(office, _kilometres(latitude, longitude, office.latitude, office.longitude)) for office in self.all
        ]
        return sorted(near, key=lambda it: it.distance)[:count]


def _kilometres(latitude: float, longitude: float, latitude2: float, longitude2: float) -> float:
    """The great circle between two points."""
    a, b = radians(latitude), radians(latitude2)
    half = hypot(sin((b - a) / 2), sqrt(cos(a) * cos(b)) * sin(radians(longitude2 - longitude) / 2))
    return 2 * EARTH * asin(min(1.0, half))
