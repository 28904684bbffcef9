"""Names as people write them (rule 8)."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.formats import person_name, sex_of
from services.model import Name


@pytest.mark.parametrize(
    ("typed", "last", "first", "middle"),
    [
        ("Иванов Иван Сергеевич", "Иванов", "Иван", "Сергеевич"),
        ("ИВАНОВ-петров  иван СЕРГЕЕВИЧ", "Иванов-Петров", "Иван", "Сергеевич"),
        ("Иванов – Петров Иван", "Иванов-Петров", "Иван", ""),
        ("Иванов, Иван Сергеевич.", "Иванов", "Иван", "Сергеевич"),
        ("Иванов\u00a0Иван\nСергеевич", "Иванов", "Иван", "Сергеевич"),
        ("Иванов Иван нет", "Иванов", "Иван", ""),
        ("Иванов Иван (без отчества)", "Иванов", "Иван", ""),
        ("Иванов Иван, отчества нет", "Иванов", "Иван", ""),
        ("Иванов Иван -", "Иванов", "Иван", ""),
        ("иван сергеевич иванов", "Иванов", "Иван", "Сергеевич"),
        ("Абрамович Роман Аркадьевич", "Абрамович", "Роман", "Аркадьевич"),
        ("Рабинович Лев", "Рабинович", "Лев", ""),
        ("Мамедов Али ГАСАН ОГЛЫ", "Мамедов", "Али", "Гасан оглы"),
        ("Мамедова Лейла Гасан-Кызы", "Мамедова", "Лейла", "Гасан-кызы"),
        ("Сидорова анна мария Петровна", "Сидорова", "Анна Мария", "Петровна"),
        ("Сидорова Анна-Мария Петровна", "Сидорова", "Анна-Мария", "Петровна"),
        ("о’коннор джон", "О'Коннор", "Джон", ""),
        ("Лук`янов Олександр", "Лук'янов", "Олександр", ""),
        ("ВАН ДЕР БЕРГ Ян", "ван дер Берг", "Ян", ""),
        ("Ван Сяо", "Ван", "Сяо", ""),
        ("Нгуен Ван Чи", "Нгуен", "Ван", "Чи"),
        ("Аль-Фарук Омар", "Аль-Фарук", "Омар", ""),
        ("SMITH john", "Smith", "John", ""),
        ("mcdonald ronald", "McDonald", "Ronald", ""),
        ("Müller Jürgen", "Müller", "Jürgen", ""),
        ("Garcia Lopez Maria Jose", "Garcia", "Lopez Maria Jose", ""),
        ("Ли Ён Хи", "Ли", "Ён", "Хи"),
        ("Ивaнoв Пeтр", "Иванов", "Петр", ""),
        ("Smith Jоhn", "Smith", "John", ""),
        ("Семёнов Пётр", "Семёнов", "Пётр", ""),
    ],
)
def test_a_name_in_its_parts(typed: str, last: str, first: str, middle: str) -> None:
    assert person_name(typed) == Name(last, first, middle)


@pytest.mark.parametrize(
    "typed",
    [
        "", "Иванов", "Иван Сергеевич", "Иванов И. И.", "Иванов И", "Иванов1 Иван", "Иванов John", "Иванов Иван 1990",
        "Иванов Иван 😀", "--- ---", "' '", "Иванов- -Иван", "Иванов <b>Иван</b>", "ы" * 61 + " Иван", "Ли " * 8,
        "伊万 伊万诺夫", "Иванов & Иван", "/start Иван",
    ],
)  # fmt: skip
def test_what_is_no_name(typed: str) -> None:
    assert person_name(typed) is None


PIECES = "Иванов сергеевич Рабинович оглы КЫЗЫ ван дер де О'Коннор d'arc mcdonald Мария İlham ılham ßa Müller - нет Ильич Ю Aнна al"
TYPED = st.one_of(
    st.text(),
    st.lists(st.sampled_from(PIECES.split()), max_size=6).map(" ".join),
    st.text("ИвановАа'-  eoİıßŉǅ", max_size=30),
)


@given(raw=TYPED)
@example(raw="H НEТ - -")
def test_a_name_read_twice_is_the_same_and_its_parts_hold_letters_only(raw: str) -> None:
    name = person_name(raw)
    if name is not None:
        assert person_name(name.full) == name
        assert name.last
        assert len(name.first) > 1
        assert not re.search(r"[\d_\s]{2}|[^\w '-]|\d", name.full)
        assert Name.of_parts(name.full_parts) == name


@pytest.mark.parametrize(
    ("patronymic", "sex"),
    [
        ("Сергеевич", "male"), ("Ильич", "male"), ("Гасан оглы", "male"), ("Гасан-оглы", "male"), ("Petrovich", "male"),
        ("Сергеевна", "female"), ("ИЛЬИНИЧНА", "female"), ("Кузьминишна", "female"), ("Гасан кызы", "female"),
        ("Sergeevna", "female"), ("", None), ("Майкл", None), ("-", None),
    ],
)  # fmt: skip
def test_a_patronymic_tells_the_sex(patronymic: str, sex: str | None) -> None:
    assert sex_of(patronymic) == sex


@given(raw=st.text())
def test_no_text_is_too_strange_for_a_patronymic(raw: str) -> None:
    assert sex_of(raw) in ("male", "female", None)
