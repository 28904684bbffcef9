"""What is to be photographed, and which file fills which slot, in whatever order the files arrive."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.claims.checklist import BY_EVENT, SLOTS, assign, checklist
from services.uploads import Upload

AT = datetime(2026, 11, 21, tzinfo=UTC)
LIST = checklist("osago", "injured", "none")


def photo(message: int, slot: str = "", state: str = "stored") -> Upload:
    return Upload(message, message, slot, state, "", "", "", "image/jpeg", 1, "", "", "", (), False, AT, False)


photos = st.lists(
    st.builds(
        photo,
        st.integers(1, 99),
        st.sampled_from(["", "", "vin", "other", *LIST]),
        st.sampled_from(["waiting", "stored", "stored", "removed", "refused"]),
    ),
    unique_by=lambda it: it.id,
    max_size=20,
)


@pytest.mark.parametrize("event", [("osago", "injured"), ("osago", "guilty"), ("kasko", "damage")])
def test_an_ordinary_accident_has_eight(event: tuple[str, str]) -> None:
    assert len(checklist(*event, "none")) == 8


def test_how_it_was_registered_adds_its_papers() -> None:
    assert checklist("osago", "injured", "europrotocol")[-2:] == ("notice-front", "notice-back")
    assert checklist("kasko", "theft", "police")[-1] == "police-paper"
    assert checklist("osago", "unheard-of", "none") == ()


def test_every_list_asks_for_each_thing_once() -> None:
    for product, event in BY_EVENT:
        for registration in ("police", "europrotocol", "none"):
            slots = checklist(product, event, registration)
            assert len(slots) == len(set(slots))
            assert set(slots) <= set(SLOTS)


def test_what_the_client_has_said_comes_first() -> None:
    board = assign(LIST, [photo(1), photo(2, "scene"), photo(3)])
    assert [(slot, it and it.id) for slot, it in board.slots][:4] == [
        ("scene", 2),
        ("damage-wide", 1),
        ("damage-close", 3),
        ("other-car", None),
    ]
    assert (board.filled, board.next, board.extras) == (3, "other-car", ())


def test_a_second_one_of_the_same_is_an_extra() -> None:
    board = assign(LIST, [photo(5, "scene"), photo(1, "scene"), photo(7, "other")])
    assert board.slots[0][1] == photo(1, "scene")
    assert [it.id for it in board.extras] == [5, 7]
    assert board.shown == [("scene", photo(1, "scene")), ("scene", photo(5, "scene")), ("other", photo(7, "other"))]


@given(photos, st.randoms())
def test_the_order_of_arrival_changes_nothing(album: list[Upload], chance: object) -> None:
    shuffled = list(album)
    chance.shuffle(shuffled)  # type: ignore[attr-defined] # Hypothesis hands over a random.Random
    assert assign(LIST, shuffled) == assign(LIST, album)


@given(photos)
def test_every_live_file_has_exactly_one_place(album: list[Upload]) -> None:
    board = assign(LIST, album)
    placed = [it.id for _, it in board.slots if it] + [it.id for it in board.extras]
    assert sorted(placed) == sorted(it.id for it in album if it.live)
    assert [slot for slot, _ in board.slots] == list(LIST)
    assert all(not it.slot or it.slot == slot for slot, it in board.slots if it)
    assert board.next == "" or all(it.slot for it in board.extras), "nothing lies beside an open slot"
