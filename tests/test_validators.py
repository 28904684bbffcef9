"""Every value of the collected formats, valid and invalid, in the ways people type it (rule 8). `data/validators.json` has the sources."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import formats

FIELDS = json.loads((Path(__file__).parent / "data" / "validators.json").read_text())["fields"]
LATIN, CYRILLIC = "ABEKMHOPCTYX", "АВЕКМНОРСТУХ"
TO_CYRILLIC, TO_LATIN = str.maketrans(LATIN, CYRILLIC), str.maketrans(CYRILLIC, LATIN)
Reader = Callable[[str], str | None]


def _long(size: int, read: Reader) -> Reader:
    """A reader of several lengths, held to one."""
    return lambda raw: found if (found := read(raw)) and len(found) == size else None


READERS: dict[str, Reader] = {
    "vin": formats.vin,
    "vin_absent": formats.vin_absent,
    "body_number": formats.body_number,
    "plate_car": formats.plate,
    "plate_taxi": formats.plate,
    "plate_trailer": formats.plate,
    "plate_moto_tractor": formats.plate,
    "sts": formats.sts,
    "pts": formats.pts,
    "epts": formats.epts,
    "driver_licence_ru": formats.licence_ru,
    "passport_ru": formats.passport_ru,
    "passport_subdivision": formats.passport_subdivision,
    "diagnostic_card": formats.diagnostic_card,
    "osago_policy_series": formats.osago_series,
    "osago_policy_number": formats.osago_number,
    "phone_ru_mobile": formats.mobile_ru,
    "inn_person": _long(12, formats.inn),
    "inn_company": _long(10, formats.inn),
    "ogrn": formats.ogrn,
    "ogrnip": formats.ogrnip,
    "snils": formats.snils,
}
DASH_BELONGS = ("body_number", "passport_subdivision")


def spellings(field: str, value: str) -> set[str]:
    """One value as many hands would type it."""
    found = {value, value.lower(), f"  {value}\n", "\u00a0".join(value), f"{value[:3]} {value[3:]}"}
    found |= {value.translate(TO_CYRILLIC), value.translate(TO_LATIN), value.translate(TO_LATIN).lower()}
    if field not in ("vin_absent", "phone_ru_mobile"):
        found |= {f"№ {value}", f"№{value[:2]} {value[2:]}"}
    if field not in DASH_BELONGS:
        found |= {f"{value[:2]}-{value[2:]}", f"{value[:4]} – {value[4:]}"}
    return found


def values(kind: str) -> list[tuple[str, str]]:
    return [(field, value) for field, facts in FIELDS.items() for value in facts[kind]]


def test_every_field_has_a_reader() -> None:
    assert set(READERS) == set(FIELDS)


@pytest.mark.parametrize(("field", "value"), values("valid"))
def test_what_is_valid_is_read_in_any_spelling(field: str, value: str) -> None:
    for typed in spellings(field, value):
        assert READERS[field](typed) == value, typed


@pytest.mark.parametrize(("field", "value"), values("invalid"))
def test_what_is_invalid_stays_so_in_any_spelling(field: str, value: str) -> None:
    for typed in spellings(field, value):
        assert READERS[field](typed) is None, typed


@pytest.mark.parametrize(("field", "value"), values("valid"))
def test_only_ascii_digits_are_digits(field: str, value: str) -> None:
    if any(char.isdigit() for char in value):
        for strange in ("٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"):
            assert READERS[field](value.translate(str.maketrans("0123456789", strange))) is None


PARTS = st.sampled_from(
    [*LATIN, *CYRILLIC, *"ЩЁNIQZabсё", *"0123456789", *" -–№/.\u00a0\n", "RUS", "VIN", "серия", "ı", "ß", "٣"]
)
TYPED = st.one_of(
    st.text(),
    st.lists(PARTS, max_size=24).map("".join),
    st.sampled_from([value for _, value in values("valid") + values("invalid")]),
    *(st.from_regex(facts["regex"]) for facts in FIELDS.values()),
)
ALL: list[Reader] = [
    *(
        getattr(formats, name)
        for name in formats.__all__
        if name
        not in ("to_date", "to_moment", "year_or_date", "person_name", "sex_of", "to_day_ahead", "apart_from_day")
    ),
]


@given(raw=TYPED)
def test_nothing_raises_and_what_is_read_reads_the_same(raw: str) -> None:
    for read in ALL:
        found = read(raw)
        assert found is None or read(found) == found, (read, found)


@given(raw=TYPED)
def test_what_is_read_is_canonical(raw: str) -> None:
    for field, read in READERS.items():
        if (found := read(raw)) is not None:
            patterns = [facts["regex"] for name, facts in FIELDS.items() if READERS[name] is read]
            assert any(re.fullmatch(pattern, found, re.ASCII) for pattern in patterns), (field, found)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("а 123 вс 77 RUS", "А123ВС77"), ("A123BC77rus", "А123ВС77"), ("о001оо|102", "О001ОО102"),
        ("1234 oo 78", "1234ОО78"), ("", None), ("RUS", None), ("А123ВС", None),
    ],
)  # fmt: skip
def test_plates(typed: str, read: str | None) -> None:
    assert formats.plate(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("99 12 № 345678", "9912345678"), ("серия 9912 номер 345678", "9912345678"), ("ВУ 99 12 345678", "9912345678"),
        ("77 ВУ 123456", "77ВУ123456"), ("77by123456", "77ВУ123456"), ("99 12 N345678", "9912345678"),
        ("99 12 No 345678", "9912345678"), ("AB 123456", None), ("99 12 3456789", None),
    ],
)  # fmt: skip
def test_russian_licences(typed: str, read: str | None) -> None:
    assert formats.licence_ru(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("j430a1rri52", "J430A1RRI52"), ("3аа 123456", "3AA 123456"), ("АБ 123 456", "АБ 123 456"), ("aб123456", "АБ123456"),
        ("12345 / 06 / 1234", "12345/06/1234"), ("№ ab–12 345", "AB-12 345"), ("1234", None), ("A" * 20, None),
        ("1" * 21, None), ("нет", None), ("Д1 и Z2345", None), ("AB@12345", None), ("AB--12345", None),
    ],
)  # fmt: skip
def test_foreign_licences(typed: str, read: str | None) -> None:
    assert formats.licence_foreign(typed) == read


@pytest.mark.parametrize("read", [formats.inn, formats.ogrn, formats.ogrnip, formats.snils])
def test_noughts_are_no_number(read: Reader) -> None:
    assert not any(read("0" * size) for size in range(9, 16))


def test_an_early_snils_is_not_checked() -> None:
    assert formats.snils("001-001-998 00") == "00100199800"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2010", date(2010, 12, 31)), ("2010 г.", date(2010, 12, 31)), ("2010 год", date(2010, 12, 31)),
        ("15.03.2010", date(2010, 3, 15)), ("15 марта 2010", date(2010, 3, 15)), ("15/3/10", date(2010, 3, 15)),
        ("март 2010", None), ("10", None), ("3010", None), ("٢٠١٠", None), ("", None), ("2010-03", None),
    ],
)  # fmt: skip
def test_the_first_licence_by_year_or_date(typed: str, read: date | None) -> None:
    assert formats.year_or_date(typed, date(2026, 11, 21)) == read
