"""Personal data at rest: opens only where it was sealed, and says when it was touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.vault import Unsealable, Vault

OLD, NEW = b"1" * 32, b"2" * 32
VAULT = Vault({1: OLD}, b"i" * 32, b"c" * 32)
ROTATED = Vault({1: OLD, 2: NEW}, b"i" * 32, b"c" * 32)


@given(value=st.binary(), place=st.text(), row=st.text() | st.integers())
def test_what_was_sealed_opens_in_its_place(value: bytes, place: str, row: str | int) -> None:
    assert VAULT.open(place, row, VAULT.seal(place, row, value)) == value


@given(value=st.text(st.characters(exclude_categories=["Cs"])))
def test_text_comes_back_as_text(value: str) -> None:
    assert VAULT.text("client.name", "cus-1", VAULT.seal("client.name", "cus-1", value)) == value


@given(value=st.binary(min_size=1), position=st.integers(min_value=0), bit=st.integers(0, 7))
def test_a_flipped_bit_is_noticed(value: bytes, position: int, bit: int) -> None:
    sealed = bytearray(VAULT.seal("t.c", 1, value))
    sealed[position % len(sealed)] ^= 1 << bit
    with pytest.raises(Unsealable):
        VAULT.open("t.c", 1, bytes(sealed))


@pytest.mark.parametrize(("place", "row"), [("client.name", "cus-2"), ("client.phone", "cus-1"), ("client.name", "")])
def test_a_value_moved_elsewhere_does_not_open(place: str, row: str) -> None:
    sealed = VAULT.seal("client.name", "cus-1", "Анна")
    with pytest.raises(Unsealable, match=place):
        VAULT.open(place, row, sealed)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + b"0" * 12, b"\x07" + b"0" * 40])
def test_what_was_never_sealed_does_not_open(sealed: bytes) -> None:
    with pytest.raises(Unsealable):
        VAULT.open("t.c", 1, sealed)


def test_equal_values_look_different_and_say_nothing() -> None:
    first, second = (VAULT.seal("t.c", 1, "Анна") for _ in range(2))
    assert first != second
    assert "Анна".encode() not in first


def test_after_a_change_of_keys_old_values_open_and_new_ones_use_the_new_key() -> None:
    assert ROTATED.text("t.c", 1, VAULT.seal("t.c", 1, "Анна")) == "Анна"
    sealed = ROTATED.seal("t.c", 1, "Анна")
    assert sealed[0] == 2
    with pytest.raises(Unsealable):
        VAULT.open("t.c", 1, sealed)


def test_an_index_finds_equal_values_of_its_kind_only() -> None:
    phone = "+79070000101"
    assert VAULT.index("phone:v1", phone) == VAULT.index("phone:v1", phone)
    others = {
        VAULT.index("phone:v1", phone),
        VAULT.index("phone:v1", "+79070000102"),
        VAULT.index("policy:v1", phone),
        Vault({1: OLD}, b"j" * 32, b"c" * 32).index("phone:v1", phone),
        VAULT.code_hash(b"", "phone:v1", phone),
    }
    assert len(others) == 5
    assert all(len(index) == 32 for index in others)


def test_a_codes_hash_depends_on_salt_and_on_whom_it_was_sent_for() -> None:
    hashes = {
        VAULT.code_hash(b"salt", "1:cus-1", "123456"),
        VAULT.code_hash(b"tlas", "1:cus-1", "123456"),
        VAULT.code_hash(b"salt", "2:cus-1", "123456"),
        VAULT.code_hash(b"salt", "1:cus-1", "123457"),
    }
    assert len(hashes) == 4
