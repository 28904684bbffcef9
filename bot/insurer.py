"""What an insurer brings of its own: words, consents, calendar, offices, staff, ready answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.config import Brand, Settings
from handlers import format as show
from handlers.menu import LANGUAGES
from handlers.texts import LOCALES, Texts
from services.consent import MARKETING, PROCESSING, ConsentText
from services.deadlines.calendar import Calendar
from services.employees import DEMO as FIRST
from services.employees import Employee
from services.employees import read as read_employees
from services.offices import DEMO, Offices
from services.offices import read as read_offices
from services.talks.canned import DEMO as CANNED
from services.talks.canned import Canned


def make_texts(settings: Settings) -> dict[str, Texts]:
    """The texts of every language, the first one for those who want neither."""
    languages: dict[str, Texts] = {}
    for language in LANGUAGES:
        Texts(language, brand_words(settings.brand, language), languages)
    return languages


def brand_words(brand: Brand, language: str) -> Mapping[str, str]:
    """What every text may say of the insurer."""
    russian = language == "ru"
    return {
        "brand": brand.name if russian else brand.name_en,
        "phone": show.phone(brand.phone),
        "tow": show.phone(brand.tow) if brand.tow else "",
        "commissioner": show.phone(brand.commissioner) if brand.commissioner else "",
        "hours": brand.hours if russian else brand.hours_en,
    }


def consent_texts(brand: Brand, folder: Path = LOCALES) -> dict[tuple[str, str], ConsentText]:
    """The consent documents: the first line of a file is its version."""
    texts = {}
    for language in LANGUAGES:
        for purpose in (PROCESSING, MARKETING):
            version, _, text = (folder / language / "consent" / f"{purpose}.txt").read_text().partition("\n")
            said = text.strip().format_map(brand_words(brand, language))
            texts[purpose, language] = ConsentText(purpose, language, version, said)
    return texts


def make_calendar(settings: Settings) -> Calendar:
    """The production calendar, with the years of the insurer's own file over the published ones."""
    return Calendar.known(Path(settings.calendar) if settings.calendar else None)


def make_offices(settings: Settings) -> Offices:
    """The insurer's offices; the demo brand's in development, for clients must not be sent to invented addresses."""
    path = Path(settings.offices) if settings.offices else DEMO if settings.env == "dev" else None
    return Offices(read_offices(path) if path else ())


def first_staff(settings: Settings) -> list[Employee]:
    """Who may act in the staff groups of a new cabinet; the playground's employees in development."""
    path = Path(settings.staff.first) if settings.staff.first else FIRST if settings.env == "dev" else None
    return read_employees(path) if path else []


def make_canned(settings: Settings) -> Canned:
    """Ready answers of the staff; the demo brand's in development."""
    path = Path(settings.staff.canned) if settings.staff.canned else CANNED if settings.env == "dev" else None
    return Canned.read(path) if path else Canned({})
