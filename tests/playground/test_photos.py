"""The playground's photos: the same for a seed, and each what its kind says."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from playground.photos import PHONE, SAMPLES, sample


@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_a_photo_is_the_same_for_its_seed(kind: str) -> None:
    first = sample(kind, 3)
    assert first == sample(kind, 3)
    assert first.content != sample(kind, 4).content
    assert len(first.content) < 10 << 20, "small enough to be sent as a photo"


@pytest.mark.parametrize(
    ("kind", "size"), [("sharp", PHONE), ("rotated", PHONE), ("huge", (8960, 6720)), ("tiny", (320, 240))]
)
def test_its_size(kind: str, size: tuple[int, int]) -> None:
    with Image.open(io.BytesIO(sample(kind).content)) as picture:
        assert picture.size == size
        assert (picture.getexif().get(0x0112, 1) == 6) == (kind == "rotated")


def test_time_and_place_are_noted_by_the_phone() -> None:
    with Image.open(io.BytesIO(sample("placed").content)) as picture:
        exif = picture.getexif()
        assert exif.get_ifd(0x8769) == {0x9003: "2026:11:20 18:42:10", 0x9011: "+03:00"}
        assert exif.get_ifd(0x8825) == {1: "N", 2: (55.0, 45.0, 7.92), 3: "E", 4: (37.0, 36.0, 56.16)}
    with Image.open(io.BytesIO(sample("sharp").content)) as picture:
        assert not picture.getexif()


@pytest.mark.parametrize(
    ("kind", "magic"), [("heic", b"ftypheic"), ("pdf", b"%PDF-"), ("png", b"PNG"), ("webp", b"WEBP")]
)
def test_other_formats(kind: str, magic: bytes) -> None:
    assert magic in sample(kind).content[:16]
