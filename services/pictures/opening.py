"""Photos opened: what is known before the pixels are, and the pixels strip by strip.

Pillow holds a decoded picture whole, four bytes for a pixel. A HEIC is read past it, for its decoder holds it once already.
"""

from __future__ import annotations

import io
from types import TracebackType
from typing import Any, BinaryIO, Protocol, Self

import pi_heif
from PIL import Image, JpegImagePlugin, TiffImagePlugin  # noqa: F401 - the last reads EXIF, which Pillow notices too late

from services.pictures.kinds import Kind

Box = tuple[int, int, int, int]
"""Left, upper, right, lower; in pixels."""

Image.MAX_IMAGE_PIXELS = None  # our own limit is asked before anything is decoded
Image.init()
pi_heif.options.DECODE_THREADS = 1


class Opened(Protocol):
    """Raises whatever its decoder raises at a broken one."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, as they are said to be."""
        ...

    @property
    def weight(self) -> int:
        """Bytes its decoder holds beside the pixels."""
        ...

    @property
    def passes(self) -> int:
        """How often its decoder goes over it."""
        ...

    @property
    def upright(self) -> bool:
        """Has the decoder undone the orientation already?"""
        ...

    def noted(self) -> Image.Exif: ...

    def decode(self, size: tuple[int, int]) -> None:
        """All of it; smaller, if that is less work, but not smaller than `size`."""
        ...

    def strip(self, box: Box) -> Image.Image:
        """A part of what was decoded, in any mode."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: Any) -> None: ...


def opened(source: BinaryIO, kind: Kind) -> Opened:
    """By the decoder of this kind and no other."""
    return _Heif(source) if kind == "HEIF" else _Pillow(source, kind)


class _Pillow:
    upright = False

    def __init__(self, source: BinaryIO, kind: Kind) -> None:
        self._content = source.read()
        self._image: Image.Image = Image.open(io.BytesIO(self._content), formats=[kind])

    @property
    def size(self) -> tuple[int, int]:
        return self._image.size

    @property
    def weight(self) -> int:
        """A WebP's canvases; a progressive JPEG's coefficients: two bytes for each sample, of as many colours as are not thinned."""
        image = self._image
        if image.format == "WEBP":
            return 12 * image.width * image.height
        if not isinstance(image, JpegImagePlugin.JpegImageFile) or "progressive" not in image.info:
            return 0
        most = max(across * down for _, across, down, _ in image.layer) or 1
        return sum(2 * image.width * image.height * across * down // most for _, across, down, _ in image.layer)

    @property
    def passes(self) -> int:
        """Scans of a JPEG (ITU-T T.81, B.1.1.3): in what is coded, 0xFF is followed by zero, so that this is no accident."""
        return self._content.count(b"\xff\xda") if self._image.format in ("JPEG", "MPO") else 1

    def noted(self) -> Image.Exif:
        return self._image.getexif()

    def decode(self, size: tuple[int, int]) -> None:
        self._image.draft("RGB", size)
        self._image.load()

    def strip(self, box: Box) -> Image.Image:
        return self._image.crop(box)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._image.close()


class _Heif:
    upright = True
    weight = 0
    passes = 1

    def __init__(self, source: BinaryIO) -> None:
        images = pi_heif.open_heif(source)
        self._image = images[images.primary_index]

    @property
    def size(self) -> tuple[int, int]:
        width, height = self._image.size
        return width, height

    def noted(self) -> Image.Exif:
        exif = Image.Exif()
        if block := self._image.info.get("exif"):
            exif.load(block)
        return exif

    def decode(self, size: tuple[int, int]) -> None:
        self._image.load()

    def strip(self, box: Box) -> Image.Image:
        left, upper, right, lower = box
        image = self._image
        rows = bytes(image.data[upper * image.stride : lower * image.stride])
        whole = Image.frombuffer(image.mode, (image.size[0], lower - upper), rows, "raw", image.mode, image.stride, 1)
        return whole.crop((left, 0, right, lower - upper))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        del self._image
