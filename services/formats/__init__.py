"""Lenient input, strict data: what a person types, normalised once into its canonical form, or None (rule 8).

Every function takes raw text, never raises, and gives the same for its own output. Digits are ASCII digits: Arabic and full-width
ones are refused. Spaces of any kind, dashes, `№`, letter case and look-alike letters of the other alphabet do not matter.
"""

from services.formats.ahead import apart_from_day, to_day_ahead
from services.formats.cars import body_number, plate, vin, vin_absent
from services.formats.dates import to_date, year_or_date
from services.formats.moments import to_moment, to_time
from services.formats.names import person_name, sex_of
from services.formats.papers import (
    diagnostic_card,
    epts,
    licence_foreign,
    licence_ru,
    osago_number,
    osago_series,
    passport_ru,
    passport_subdivision,
    policy_number,
    pts,
    sts,
)
from services.formats.phones import contact_phone, mobile_ru, to_e164
from services.formats.registers import inn, ogrn, ogrnip, snils

__all__ = [
    "apart_from_day",
    "body_number",
    "contact_phone",
    "diagnostic_card",
    "epts",
    "inn",
    "licence_foreign",
    "licence_ru",
    "mobile_ru",
    "ogrn",
    "ogrnip",
    "osago_number",
    "osago_series",
    "passport_ru",
    "passport_subdivision",
    "person_name",
    "plate",
    "policy_number",
    "pts",
    "sex_of",
    "snils",
    "sts",
    "to_date",
    "to_day_ahead",
    "to_e164",
    "to_moment",
    "to_time",
    "vin",
    "vin_absent",
    "year_or_date",
]
