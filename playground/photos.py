"""Made-up photos of an accident, drawn here: nobody's car, nobody's face, the same bytes for the same seed.

`sample("blurred", 7)` is a photo as a phone would send it; SAMPLES names the kinds. None shows anything real, so they may be used, kept
and published anywhere.
"""

from __future__ import annotations

import io
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

FONT = Path(__file__).parent / "assets" / "PTSans-Bold.ttf"
PHONE = (1600, 1200)
"""Width and height of a sample, unless its kind is about its size."""
TAKEN = datetime(2026, 11, 20, 18, 42, 10, tzinfo=timezone(timedelta(hours=3)))
PLACE = (55.7522, 37.6156)
"""When and where the photo with EXIF was taken: latitude and longitude in degrees."""
_PAINTS = ("#8c2f39", "#2f5d8c", "#c9c9c4", "#30343a", "#3f6b4f", "#d9a441")
_LETTERS = "АВЕКМНОРСТУХ"
_ORIENTATION, _IFD, _GPS, _OFFSET, _ORIGINAL, _MOMENT = 0x0112, 0x8769, 0x8825, 0x9011, 0x9003, "%Y:%m:%d %H:%M:%S"


@dataclass(frozen=True, slots=True)
class Photo:
    """A file as a person would send it."""

    name: str
    mime: str
    content: bytes


def sample(kind: str, seed: int = 1) -> Photo:
    """One of SAMPLES. Raises KeyError for another kind."""
    return SAMPLES[kind](seed)


def draw(seed: int, size: tuple[int, int] = PHONE) -> Image.Image:
    """A car with a dent on a street, with the grain of a camera."""
    chance = random.Random(seed)
    width, height = size
    unit = width / 160
    picture = Image.new("RGB", size, "#b9c7d6")
    pen = ImageDraw.Draw(picture)
    _houses(pen, chance, width, height, unit)
    pen.rectangle((0, height * 0.62, width, height), fill="#5b5d61")
    for left in range(-10, 170, 24):
        mark = [(left * unit + x * unit, height * 0.9 + y * unit) for x, y in ((0, 0), (12, 0), (9, 3), (-3, 3))]
        pen.polygon(mark, fill="#d6d6cf")
    _car(pen, chance, width * 0.14, height * 0.78, unit)
    grain = Image.frombytes("L", size, chance.randbytes(width * height))
    return Image.blend(picture, Image.merge("RGB", (grain, grain, grain)), 0.05)


def _houses(pen: ImageDraw.ImageDraw, chance: random.Random, width: int, height: int, unit: float) -> None:
    left = 0.0
    while left < width:
        wide, top = chance.uniform(22, 40) * unit, height * chance.uniform(0.08, 0.3)
        shade = chance.randint(110, 190)
        pen.rectangle((left, top, left + wide, height * 0.62), fill=(shade, shade - 12, shade - 25))
        for x in range(2, int(wide / unit) - 4, 6):
            for y in range(3, int((height * 0.62 - top) / unit) - 5, 8):
                glass = "#ffe9a8" if chance.random() < 0.2 else "#3d4a57"
                corner = (left + x * unit, top + y * unit)
                pen.rectangle((*corner, corner[0] + 3 * unit, corner[1] + 5 * unit), fill=glass)
        left += wide


def _car(pen: ImageDraw.ImageDraw, chance: random.Random, left: float, bottom: float, unit: float) -> None:
    """`left` and `bottom` in pixels; the body is 112 units long."""

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(left + x * unit, bottom - y * unit) for x, y in points]

    paint = chance.choice(_PAINTS)
    pen.polygon(at((0, 4), (2, 18), (22, 21), (38, 34), (76, 34), (92, 20), (110, 17), (112, 4)), fill=paint)
    pen.polygon(at((27, 21), (40, 31), (56, 31), (56, 21)), fill="#22303c")
    pen.polygon(at((59, 31), (74, 31), (86, 21), (59, 21)), fill="#22303c")
    pen.line(at((57, 33), (57, 5)), fill="#15181c", width=max(1, round(unit / 2)))
    for wheel in (22, 90):
        for radius, colour in ((9, "#111111"), (5, "#9aa0a6")):
            pen.ellipse([*at((wheel - radius, radius + 4))[0], *at((wheel + radius, 4 - radius))[0]], fill=colour)
    for _ in range(14):  # the dent
        x, y = chance.uniform(62, 82), chance.uniform(8, 19)
        line = at((x, y), (x + chance.uniform(-6, 6), y + chance.uniform(-4, 4)))
        pen.line(line, fill=chance.choice(("#1b1b1b", "#e8e4da", "#6a6f75")), width=max(1, round(unit * 0.7)))
    plate = f"{chance.choice(_LETTERS)}{chance.randint(1, 999):03d}{''.join(chance.choices(_LETTERS, k=2))} 00"
    pen.rectangle([*at((98, 13))[0], *at((112, 9))[0]], fill="white", outline="black")
    pen.text(at((98.5, 12.8))[0], plate, font=ImageFont.truetype(str(FONT), max(6, round(unit * 2.6))), fill="black")


def jpeg(picture: Image.Image, quality: int = 88, exif: Image.Exif | None = None) -> bytes:
    """As a camera writes it."""
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=quality, exif=exif or Image.Exif())
    return written.getvalue()


def taken(at: datetime = TAKEN, place: tuple[float, float] = PLACE, orientation: int = 1) -> Image.Exif:
    """What a phone notes: when with its offset from UTC, where in degrees, and how it was held (EXIF 2.32)."""
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    offset = at.strftime("%z")
    exif.get_ifd(_IFD).update({_ORIGINAL: at.strftime(_MOMENT), _OFFSET: f"{offset[:3]}:{offset[3:]}"})
    (south, latitude), (west, longitude) = ((value < 0, _sexagesimal(abs(value))) for value in place)
    exif.get_ifd(_GPS).update({1: "S" if south else "N", 2: latitude, 3: "W" if west else "E", 4: longitude})
    return exif


def _sexagesimal(degrees: float) -> tuple[Fraction, Fraction, Fraction]:
    whole = Fraction(round(degrees * 3_600_000), 3_600_000)
    minutes = (whole % 1) * 60
    return Fraction(whole // 1), Fraction(minutes // 1), (minutes % 1) * 60


def _sharp(seed: int) -> Photo:
    return Photo("IMG_0001.jpg", "image/jpeg", jpeg(draw(seed)))


def _blurred(seed: int) -> Photo:
    return Photo("IMG_0002.jpg", "image/jpeg", jpeg(draw(seed).filter(ImageFilter.GaussianBlur(6))))


def _dark(seed: int) -> Photo:
    return Photo("IMG_0003.jpg", "image/jpeg", jpeg(ImageEnhance.Brightness(draw(seed)).enhance(0.08)))


def _rotated(seed: int) -> Photo:
    """The phone was held upright: the pixels lie on their side, EXIF says so."""
    lying = draw(seed, PHONE[::-1]).transpose(Image.Transpose.ROTATE_90)
    return Photo("IMG_0004.jpg", "image/jpeg", jpeg(lying, exif=taken(orientation=6)))


def _placed(seed: int) -> Photo:
    return Photo("IMG_0005.jpg", "image/jpeg", jpeg(draw(seed), exif=taken()))


def _huge(seed: int) -> Photo:
    """Sixty million pixels, and still a small file."""
    small = draw(seed, (896, 672))
    return Photo("IMG_0006.jpg", "image/jpeg", jpeg(small.resize((8960, 6720), Image.Resampling.NEAREST), 30))


def _tiny(seed: int) -> Photo:
    return Photo("IMG_0007.jpg", "image/jpeg", jpeg(draw(seed, (320, 240))))


def _camera(seed: int) -> Photo:
    """Twelve million pixels in full quality, with time and place: what a phone sends as a file, about 5 MB."""
    return Photo("IMG_0008.jpg", "image/jpeg", jpeg(draw(seed, (4000, 3000)), 96, taken()))


def _png(seed: int) -> Photo:
    written = io.BytesIO()
    draw(seed).save(written, "PNG", compress_level=1)
    return Photo("screenshot.png", "image/png", written.getvalue())


def _webp(seed: int) -> Photo:
    written = io.BytesIO()
    draw(seed).save(written, "WEBP", quality=85)
    return Photo("photo.webp", "image/webp", written.getvalue())


def _heic(seed: int) -> Photo:
    from pillow_heif import register_heif_opener  # only this kind pays for the encoder

    register_heif_opener()
    written = io.BytesIO()
    picture = draw(seed, (1024, 768))
    picture.save(written, "HEIF", quality=60, exif=taken().tobytes(), enc_params={"preset": "ultrafast"})
    return Photo("IMG_0009.heic", "image/heic", written.getvalue())


def _pdf(seed: int) -> Photo:
    written = io.BytesIO()
    pages = [draw(seed + page, (1240, 1754)) for page in range(2)]
    moment = time.struct_time(TAKEN.timetuple())
    pages[0].save(
        written, "PDF", save_all=True, append_images=pages[1:], resolution=150, creationDate=moment, modDate=moment
    )
    return Photo("notice.pdf", "application/pdf", written.getvalue())


SAMPLES: dict[str, Callable[[int], Photo]] = {
    "sharp": _sharp,
    "blurred": _blurred,
    "dark": _dark,
    "rotated": _rotated,
    "placed": _placed,
    "huge": _huge,
    "tiny": _tiny,
    "camera": _camera,
    "png": _png,
    "webp": _webp,
    "heic": _heic,
    "pdf": _pdf,
}
"""What a person may send, by kind."""
