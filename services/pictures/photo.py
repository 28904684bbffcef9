"""A photo made anew: its pixels, upright and opaque, as a plain JPEG; of what the camera noted, what was asked for.

A decoded picture is large (fifty million pixels are 200 MB), so it is never copied whole: it is turned into the result strip by strip.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any, BinaryIO

from PIL import ExifTags, Image

from services.pictures.kinds import Kind
from services.pictures.looks import likeness_of, looks_of
from services.pictures.made import Made, Refused, Taken
from services.pictures.opening import Box, Opened, opened

LONGEST, MOST = 4096, 4096 * 3072
"""Pixels of the long side, and in all, that are kept: what most phones take, and more than a screen shows."""
QUALITY = 88
STRIP = 64
"""Rows that are turned at once."""
WEIGHT = 160 << 20
"""Bytes a decoder may hold beside the pixels."""
PASSES = 100
"""How often a decoder may go over a photo: a camera's takes one, a program's a dozen, and a few small ones may lie inside."""
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What undoes an orientation (EXIF 2.32, tag 0x0112)."""
_DAY, _HERE = "%Y:%m:%d %H:%M:%S", "%Y:%m:%d %H:%M:%S%z"
datetime.strptime("2026:11:22 12:00:00+03:00", _HERE)  # noqa: DTZ007 - loads what it needs, while it can


def remake(source: BinaryIO, written: BinaryIO, kind: Kind, most_pixels: int, *, exif: bool) -> Made:
    """Write the photo of `source`. Raises Refused, and whatever a decoder raises at a broken one."""
    picture, taken = _seen(source, kind, most_pixels)
    picture.save(written, "JPEG", quality=QUALITY)
    return Made("image/jpeg", *picture.size, looks_of(picture), likeness_of(picture), taken if exif else None)


def _seen(source: BinaryIO, kind: Kind, most_pixels: int) -> tuple[Image.Image, Taken | None]:
    """What a person would see, and what the camera noted."""
    with opened(source, kind) as photo:
        if photo.size[0] * photo.size[1] > most_pixels or photo.weight > WEIGHT:
            raise Refused("too-many-pixels")
        if photo.passes > PASSES:
            raise Refused("broken")
        turn, taken = None, None
        with suppress(Exception):  # whatever a stranger's bytes do to the reader of EXIF: then nothing was noted
            noted = photo.noted()
            turn = None if photo.upright else UPRIGHT.get(noted.get(ExifTags.Base.Orientation, 1))
            taken = _taken(noted)
        width, height = _fitting(photo.size)
        photo.decode((width * 3 // 4, height * 3 // 4))
        picture = _plain(photo)
    return (picture if turn is None else picture.transpose(turn)), taken


def _fitting(size: tuple[int, int]) -> tuple[int, int]:
    scale = min(1.0, LONGEST / max(size), math.sqrt(MOST / (size[0] * size[1])))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _plain(photo: Opened) -> Image.Image:
    """Its first frame: reduced to what fits, opaque, in RGB, with nothing else of it."""
    size = _fitting(photo.size)
    plain = Image.new("RGB", size)
    for box, top, rows in _strips(photo.size, size):
        strip = _opaque(photo.strip(box))
        plain.paste(strip.resize((size[0], rows), Image.Resampling.HAMMING), (0, top))
    return plain


def _strips(source: tuple[int, int], target: tuple[int, int]) -> Iterator[tuple[Box, int, int]]:
    """Boxes of the source, and where each goes in the target: its top and how many rows."""
    for top in range(0, target[1], STRIP):
        bottom = min(top + STRIP, target[1])
        upper, lower = top * source[1] // target[1], bottom * source[1] // target[1]
        yield (0, upper, source[0], max(lower, upper + 1)), top, bottom - top


def _opaque(strip: Image.Image) -> Image.Image:
    """In RGB, on white where one could see through."""
    if strip.has_transparency_data:
        strip = strip.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", strip.size, "white"), strip).convert("RGB")
    if strip.mode.startswith("I"):  # sixteen bits of grey
        strip = strip.convert("I").point(lambda value: value / 256).convert("L")
    return strip.convert("RGB")


def _taken(noted: Image.Exif) -> Taken | None:
    at = place = None
    with suppress(Exception):
        at = _moment(noted.get_ifd(ExifTags.IFD.Exif))
    with suppress(Exception):
        place = _place(noted.get_ifd(ExifTags.IFD.GPSInfo))
    return Taken(at, *(place or (None, None))) if at or place else None


def _moment(noted: dict[int, Any]) -> str | None:
    """Raises anything for nonsense."""
    if not (said := noted.get(ExifTags.Base.DateTimeOriginal)):
        return None
    offset = str(noted.get(ExifTags.Base.OffsetTimeOriginal, "")).strip("\0 ")
    at = datetime.strptime(str(said).strip("\0 ") + offset, _HERE if offset else _DAY)  # noqa: DTZ007 - a camera need not know its zone
    return at.isoformat()


def _place(noted: dict[int, Any]) -> tuple[float, float] | None:
    """Raises anything for nonsense."""
    degrees = []
    for tag, reference, negative, most in ((2, 1, "S", 90), (4, 3, "W", 180)):
        whole, minutes, seconds = (float(part) for part in noted[tag])
        value = round(whole + minutes / 60 + seconds / 3600, 6)
        if not (math.isfinite(value) and 0 <= value <= most):
            return None
        degrees.append(-value if str(noted[reference]).startswith(negative) else value)
    return degrees[0], degrees[1]
