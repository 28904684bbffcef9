"""How a photo looks to a person who has to judge a dent by it: light enough, sharp enough, large enough.

Measured on drawn scenes of 1600 × 1200, as they are and as Telegram makes them smaller: the variance is 240 to 450 for sharp ones, 90 to
160 for ones that were moved or taken at dusk, 40 to 50 for a blur of 1.5 pixels, 12 to 20 for one of 3 and more; the mean brightness is
120 to 140 by day, 60 to 70 at dusk, 10 to 20 at night. Whoever is told may insist.
"""

from __future__ import annotations

from PIL import Image, ImageFilter, ImageStat

from services.pictures.made import Look

SIDE = 1000
"""Pixels of the long side at which sharpness is measured: it depends on the size."""
DARK = 40.0
"""Mean brightness, of 255, below which details drown."""
BLURRED = 60.0
"""Variance of the Laplacian below which edges are washed out."""
SMALL = (640, 360)
"""Pixels of the long and of the short side below which a dent is a few dots."""
_LAPLACIAN = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)


def looks_of(picture: Image.Image) -> tuple[Look, ...]:
    """What is to be said of it."""
    looks: list[Look] = []
    grey = picture.convert("L")
    grey.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
    if ImageStat.Stat(grey).mean[0] < DARK:
        looks.append("dark")  # where nothing is seen, nothing can be said of edges
    elif ImageStat.Stat(grey.filter(_LAPLACIAN)).var[0] < BLURRED:
        looks.append("blurred")
    if max(picture.size) < SMALL[0] or min(picture.size) < SMALL[1]:
        looks.append("small")
    return tuple(looks)


def likeness_of(picture: Image.Image) -> str:
    """Is a dot lighter than its right neighbour: 64 answers, row by row, as 16 hexadecimal digits."""
    grey = picture.convert("L").resize((9, 8), Image.Resampling.BOX).tobytes()
    bits = "".join("1" if grey[y * 9 + x] > grey[y * 9 + x + 1] else "0" for y in range(8) for x in range(8))
    return f"{int(bits, 2):016x}"
