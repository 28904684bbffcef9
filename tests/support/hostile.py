"""Files somebody might send who means no good: bombs, forgeries, programs, broken things. All are made here.

`CORPUS` says of each what may become of it: the code it is refused with, or `safe`, when it is made anew and nothing of its payload
is left. CANARY is in every payload.
"""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

from playground.photos import jpeg, sample

CANARY = b"alert('canary-7f3a')"
SAFE = "safe"
CORPUS: dict[str, Hostile] = {}


@dataclass(frozen=True, slots=True)
class Hostile:
    """`content()` makes the file; `outcomes` are those that are right."""

    content: Callable[[], bytes]
    outcomes: frozenset[str]


def hostile(name: str, *outcomes: str) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Into the corpus."""

    def add(content: Callable[[], bytes]) -> Callable[[], bytes]:
        CORPUS[name] = Hostile(content, frozenset(outcomes))
        return content

    return add


# -- pictures that are too large -----------------------------------------------------------------------------------------


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int, height: int, *chunks: bytes, data: bytes = b"", depth: int = 8, colour: int = 0) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    body = _chunk(b"IHDR", header) + b"".join(chunks) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def _zeros(size: int) -> bytes:
    """So many zeros, packed."""
    packing, piece = zlib.compressobj(9), bytes(1 << 20)
    packed = b"".join(packing.compress(piece[: min(len(piece), size - done)]) for done in range(0, size, 1 << 20))
    return packed + packing.flush()


@cache
def photo() -> bytes:
    return jpeg(Image.effect_mandelbrot((640, 480), (-2, -1.5, 1, 1.5), 60).convert("RGB"))


def _resized(width: int, height: int) -> bytes:
    """A JPEG that says it is larger than it is."""
    start = photo().index(b"\xff\xc0") + 5
    return photo()[:start] + struct.pack(">HH", height, width) + photo()[start + 4 :]


def _written(kind: str, picture: Image.Image, **how: object) -> bytes:
    written = io.BytesIO()
    picture.save(written, kind, **how)
    return written.getvalue()


@hostile("pixel-bomb.png", "too-many-pixels")
def _() -> bytes:
    return _png(50_000, 50_000, data=_zeros(50_000 * 6_251), depth=1)


@hostile("claims-much.png", "too-many-pixels")
def _() -> bytes:
    return _png(2**31 - 1, 2**31 - 1, data=zlib.compress(b""))


@hostile("just-below-the-limit.png", SAFE)
def _() -> bytes:
    return _png(7_000, 7_000, data=_zeros(7_000 * 28_001), colour=6)


@hostile("pixel-bomb.jpg", "too-many-pixels")
def _() -> bytes:
    return _resized(65_500, 65_500)


@hostile("larger-than-its-data.jpg", SAFE, "broken")
def _() -> bytes:
    return _resized(7_000, 7_000)


@hostile("no-height.jpg", "broken")
def _() -> bytes:
    return _resized(640, 0)


@hostile("scans-for-ever.jpg", "broken", "too-many-pixels")
def _() -> bytes:
    """Thirty million pixels, gone over a thousand times."""
    picture = _written("JPEG", Image.new("L", (6_400, 4_800)), progressive=True, quality=30)
    last = picture.rindex(b"\xff\xda")
    return picture[:last] + picture[last:-2] * 1_000 + b"\xff\xd9"


@hostile("full-colour-progressive.jpg", "too-many-pixels")
def _() -> bytes:
    return _written("JPEG", Image.new("RGB", (7_000, 7_000)), progressive=True, subsampling=0, quality=30)


@hostile("pixel-bomb.gif", "unknown-kind")
def _() -> bytes:
    return b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_535, 0x80, 0, 0) + bytes(6) + b";"


@hostile("pixel-bomb.tif", "unknown-kind")
def _() -> bytes:
    tags = struct.pack("<HHHII", 2, 256, 4, 1, 100_000) + struct.pack("<HHII", 257, 4, 1, 100_000)
    return b"II*\0" + struct.pack("<I", 8) + tags + bytes(4)


@hostile("pixel-bomb.webp", "too-many-pixels", "broken")
def _() -> bytes:
    frame = b"\x10\0\0\0" + (16_382).to_bytes(3, "little") * 2
    body = b"WEBPVP8X" + struct.pack("<I", len(frame)) + frame + _written("WEBP", Image.new("RGB", (8, 8)))[12:]
    return b"RIFF" + struct.pack("<I", len(body)) + body


@hostile("pixel-bomb.heic", "too-many-pixels", "broken")
def _() -> bytes:
    content = sample("heic").content
    at = content.index(b"ispe") + 8
    return content[:at] + struct.pack(">II", 60_000, 60_000) + content[at + 8 :]


# -- packed much too well ------------------------------------------------------------------------------------------------


@hostile("zip-bomb.jpg", "unknown-kind")
def _() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("zeros", bytes(50 << 20))
    return written.getvalue()


@hostile("gzip-bomb.png", "unknown-kind")
def _() -> bytes:
    return gzip.compress(bytes(50 << 20))


@hostile("text-bomb.png", "broken", SAFE)
def _() -> bytes:
    chunk = _chunk(b"zTXt", b"Comment\0\0" + _zeros(200 << 20))
    return _png(8, 8, chunk, data=zlib.compress(bytes(72)))


@hostile("hundred-texts.png", "broken", SAFE)
def _() -> bytes:
    chunk = _chunk(b"zTXt", b"Comment\0\0" + _zeros(1 << 20))
    return _png(8, 8, chunk * 300, data=zlib.compress(bytes(72)))


@hostile("profile-bomb.png", "broken", SAFE)
def _() -> bytes:
    return _png(8, 8, _chunk(b"iCCP", b"icc\0\0" + _zeros(200 << 20)), data=zlib.compress(bytes(72)))


# -- what is not what it says --------------------------------------------------------------------------------------------


@hostile("elf.jpg", "unknown-kind")
def _() -> bytes:
    return b"\x7fELF\x02\x01\x01" + bytes(64) + CANARY


@hostile("exe.jpg", "unknown-kind")
def _() -> bytes:
    return b"MZ\x90\0" + bytes(64) + CANARY


@hostile("script.jpg", "unknown-kind")
def _() -> bytes:
    return b"#!/bin/sh\nrm -rf / # " + CANARY


@hostile("page.jpg", "unknown-kind")
def _() -> bytes:
    return b"<!doctype html><script>" + CANARY + b"</script>"


@hostile("script.svg", "unknown-kind")
def _() -> bytes:
    return b'<svg xmlns="http://www.w3.org/2000/svg"><script>' + CANARY + b"</script></svg>"


@hostile("entities.xml.jpg", "unknown-kind")
def _() -> bytes:
    return b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'


@hostile("postscript.jpg", "unknown-kind")
def _() -> bytes:
    return b"%!PS-Adobe-3.0 EPSF-3.0\n(%pipe%id) (w) file\n"


@hostile("magick.jpg", "unknown-kind")
def _() -> bytes:
    return b"push graphic-context\nviewbox 0 0 640 480\nfill 'url(https://example.com/\"|id\")'\npop graphic-context"


@hostile("video.heic", "unknown-kind", "broken")
def _() -> bytes:
    return struct.pack(">I", 24) + b"ftypisom" + bytes(4) + b"isommp42" + CANARY


@hostile("photo.avif", "unknown-kind")
def _() -> bytes:
    return _written("AVIF", Image.new("RGB", (64, 64)))


@hostile("nothing.jpg", "broken")
def _() -> bytes:
    return b""


@hostile("one-byte.jpg", "unknown-kind")
def _() -> bytes:
    return b"\xff"


@hostile("all-ones.jpg", "broken", "unknown-kind")
def _() -> bytes:
    return b"\xff" * (1 << 20)


@hostile("noise.jpg", "broken")
def _() -> bytes:
    return b"\xff\xd8\xff\xe0" + random.Random(1).randbytes(1 << 20)


# -- two things at once --------------------------------------------------------------------------------------------------


@hostile("gifar.gif", "unknown-kind")
def _() -> bytes:
    return _written("GIF", Image.new("P", (8, 8))) + _archive()


@hostile("jpeg-and-archive.jpg", SAFE)
def _() -> bytes:
    return photo() + _archive()


@hostile("jpeg-and-page.jpg", SAFE)
def _() -> bytes:
    return photo() + b"<html><script>" + CANARY + b"</script>"


@hostile("script-in-a-comment.jpg", SAFE)
def _() -> bytes:
    words = b"*/=1;" + CANARY + b";/*"
    return photo()[:2] + b"\xff\xfe" + struct.pack(">H", len(words) + 2) + words + photo()[2:]


@hostile("php-in-a-text.png", SAFE)
def _() -> bytes:
    return _png(64, 64, _chunk(b"tEXt", b"Comment\0<?php " + CANARY), data=zlib.compress(bytes(64 * 65)))


@hostile("script-in-a-profile.jpg", SAFE)
def _() -> bytes:
    return _written("JPEG", Image.new("RGB", (64, 64)), icc_profile=bytes(128) + CANARY)


@hostile("paper-and-archive.pdf", SAFE)
def _() -> bytes:
    return _paper(lambda paper: None) + _archive()


def _archive() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("Main.class", CANARY)
    return written.getvalue()


# -- torn ----------------------------------------------------------------------------------------------------------------


def _torn(kind: str, percent: int) -> bytes:
    whole = photo() if kind == "jpg" else sample(kind).content
    return whole[: len(whole) * percent // 100]


for _kind in ("jpg", "png", "webp", "heic", "pdf"):
    for _percent in (1, 30, 95):
        _right = ("broken", SAFE) if _kind == "pdf" else ("broken",)  # readers of PDF mend what is torn
        hostile(f"torn-at-{_percent}.{_kind}", *_right)(partial(_torn, _kind, _percent))


@hostile("wrong-sums.png", "broken", SAFE)
def _() -> bytes:
    whole = bytearray(sample("png").content)
    for at in range(1_000, len(whole), 10_000):
        whole[at] ^= 0xFF
    return bytes(whole)


# -- what the camera is said to have noted -------------------------------------------------------------------------------


def _noted(exif: bytes) -> bytes:
    block = b"Exif\0\0" + exif
    return photo()[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + photo()[2:]


@hostile("notes-beyond-the-end.jpg", SAFE)
def _() -> bytes:
    return _noted(b"II*\0" + struct.pack("<IH", 8, 65_535) + struct.pack("<HHII", 0x9003, 2, 2**31, 2**31) * 40)


@hostile("notes-in-a-circle.jpg", SAFE)
def _() -> bytes:
    entry = struct.pack("<HHII", 0x8769, 4, 1, 8) + struct.pack("<HHII", 0x8825, 4, 1, 8)
    return _noted(b"II*\0" + struct.pack("<IH", 8, 2) + entry + struct.pack("<I", 8))


@hostile("nowhere-on-earth.jpg", SAFE)
def _() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 999
    exif.get_ifd(0x8825).update({1: "N", 2: (1e9, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)})
    exif.get_ifd(0x8769).update({0x9003: "9999:99:99 99:99:99", 0x9011: "+99:99"})
    return jpeg(Image.new("RGB", (64, 64)), exif=exif)


@hostile("divided-by-zero.jpg", SAFE)
def _() -> bytes:
    place = struct.pack("<HHII", 2, 5, 3, 64) + struct.pack("<HHII", 4, 5, 3, 64)
    return _noted(
        b"II*\0"
        + struct.pack("<IH", 8, 1)
        + struct.pack("<HHII", 0x8825, 4, 1, 26)
        + bytes(4)
        + struct.pack("<H", 2)
        + place
        + bytes(100)
    )


# -- moving, printed, deep -----------------------------------------------------------------------------------------------


@hostile("moving.png", SAFE)
def _() -> bytes:
    frames = [Image.new("RGB", (64, 64), (shade, 0, 0)) for shade in range(0, 250, 10)]
    return _written("PNG", frames[0], save_all=True, append_images=frames[1:])


@hostile("moving.webp", SAFE)
def _() -> bytes:
    frames = [Image.new("RGB", (64, 64), (shade, 0, 0)) for shade in range(0, 250, 10)]
    return _written("WEBP", frames[0], save_all=True, append_images=frames[1:])


@hostile("printed.jpg", SAFE)
def _() -> bytes:
    return _written("JPEG", Image.new("CMYK", (64, 64), (10, 20, 30, 40)))


@hostile("one-line.png", SAFE)
def _() -> bytes:
    return _written("PNG", Image.new("RGB", (100_000, 1)))


@hostile("seen-through.png", SAFE)
def _() -> bytes:
    return _written("PNG", Image.new("RGBA", (640, 480), (0, 0, 0, 0)))


# -- papers --------------------------------------------------------------------------------------------------------------


def _paper(change: Callable[[pikepdf.Pdf], None], **how: object) -> bytes:
    """A PDF of one page, with a change."""
    written = io.BytesIO()
    with pikepdf.new() as paper:
        paper.add_blank_page()
        change(paper)
        paper.save(written, **how)  # type: ignore[arg-type] # whatever `save` takes
    return written.getvalue()


def _script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(CANARY.decode()))


@hostile("script.pdf", SAFE)
def _() -> bytes:
    def change(paper: pikepdf.Pdf) -> None:
        paper.Root.OpenAction = _script()
        paper.Root.AA = Dictionary(WC=_script())
        paper.pages[0].obj.AA = Dictionary(O=_script())
        paper.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), _script()])))

    return _paper(change)


@hostile("launch.pdf", SAFE)
def _() -> bytes:
    def change(paper: pikepdf.Pdf) -> None:
        launch = Dictionary(S=Name.Launch, F=String("cmd.exe"), Win=Dictionary(F=String(CANARY.decode())))
        links = [launch, Dictionary(S=Name.URI, URI=String(CANARY.decode())), Dictionary(S=Name.SubmitForm, F=launch)]
        notes = [
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 99, 99], A=paper.make_indirect(link))
            for link in links
        ]
        paper.pages[0].obj.Annots = Array([paper.make_indirect(note) for note in notes])

    return _paper(change)


@hostile("attachment.pdf", SAFE)
def _() -> bytes:
    def change(paper: pikepdf.Pdf) -> None:
        paper.attachments["invoice.exe"] = b"MZ" + CANARY
        paper.pages[0].obj.AF = Array([Dictionary(Type=Name.Filespec, EF=Dictionary(F=Stream(paper, CANARY)))])

    return _paper(change)


@hostile("form.pdf", SAFE)
def _() -> bytes:
    def change(paper: pikepdf.Pdf) -> None:
        field = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String("name"),
            V=String("Ivan"),
            Rect=[0, 0, 99, 20],
            DA=String("/Helv 12 Tf 0 g"),
            AA=Dictionary(K=_script()),
        )
        paper.pages[0].obj.Annots = Array([paper.make_indirect(field)])
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
        paper.Root.AcroForm = Dictionary(
            Fields=paper.pages[0].obj.Annots,
            NeedAppearances=True,
            DA=String("/Helv 12 Tf 0 g"),
            DR=Dictionary(Font=Dictionary(Helv=font)),
            XFA=Stream(paper, CANARY),
        )

    return _paper(change)


@hostile("script-among-the-fonts.pdf", SAFE)
def _() -> bytes:
    def change(paper: pikepdf.Pdf) -> None:
        form = Stream(paper, b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
        form.AA, form.OPI, form.Ref, form.Metadata = _script(), _script(), _script(), Stream(paper, CANARY)
        paper.pages[0].obj.Resources = Dictionary(XObject=Dictionary(JS=form))
        paper.pages[0].obj.PieceInfo = Dictionary(A=Dictionary(Private=String(CANARY.decode())))

    return _paper(change)


@hostile("locked.pdf", "locked")
def _() -> bytes:
    return _paper(lambda paper: None, encryption=pikepdf.Encryption(owner="o", user="u"))


@hostile("locked-for-printing.pdf", SAFE)
def _() -> bytes:
    return _paper(lambda paper: None, encryption=pikepdf.Encryption(owner="o", user=""))


@hostile("flate-bomb.pdf", "broken")
def _() -> bytes:
    return _with_stream(_zeros(400 << 20), "/Filter /FlateDecode")


@hostile("flate-bomb-in-a-flate.pdf", "broken")
def _() -> bytes:
    return _with_stream(zlib.compress(_zeros(400 << 20)), "/Filter [/FlateDecode /FlateDecode]")


@hostile("run-bomb.pdf", "broken", "too-many-pixels")
def _() -> bytes:
    return _with_stream(b"\x81\0" * (4 << 20), "/Filter /RunLengthDecode")


@hostile("picture-bomb.pdf", "too-many-pixels")
def _() -> bytes:
    return _with_stream(photo(), "/Subtype /Image /Width 60000 /Height 60000 /Filter /DCTDecode")


@hostile("index-bomb.pdf", "broken", "too-many-pixels")
def _() -> bytes:
    """A cross-reference stream of a hundred million bytes."""
    packed = _zeros(400 << 20)
    head = b"%PDF-1.5\n"
    words = (
        f"1 0 obj <</Type /XRef /Size 9 /W [1 2 1] /Root 2 0 R /Length {len(packed)} /Filter /FlateDecode>> stream\n"
    )
    tail = f"\nendstream endobj\nstartxref\n{len(head)}\n%%EOF"
    return head + words.encode() + packed + tail.encode()


@hostile("a-thousand-pages.pdf", "too-large")
def _() -> bytes:
    def change(paper: pikepdf.Pdf) -> None:
        for _ in range(1_000):
            paper.pages.append(paper.pages[0])

    return _paper(change)


@hostile("no-page.pdf", "broken")
def _() -> bytes:
    return _raw("<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [] /Count 0>>")


@hostile("pages-in-a-circle.pdf", "broken", SAFE)
def _() -> bytes:
    return _raw("<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [2 0 R 2 0 R] /Count 2>>")


@hostile("deep.pdf", "broken", SAFE)
def _() -> bytes:
    page = "<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources " + "[" * 200_000 + "]" * 200_000 + ">>"
    return _raw("<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [3 0 R] /Count 1>>", page)


@hostile("nothing-but-its-name.pdf", "broken")
def _() -> bytes:
    return b"%PDF-1.7\n"


@hostile("late-name.pdf", "unknown-kind")
def _() -> bytes:
    return b"<script>" + CANARY + b"</script>" + sample("pdf").content


def _with_stream(packed: bytes, words: str) -> bytes:
    objects = ["<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [3 0 R] /Count 1>>"]
    page = "<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources <</XObject <</P 4 0 R>>>>>>"
    head = "".join(f"{number} 0 obj {body} endobj\n" for number, body in enumerate([*objects, page], 1))
    stream = f"4 0 obj <</Length {len(packed)} {words}>> stream\n".encode() + packed + b"\nendstream endobj\n"
    return b"%PDF-1.7\n" + head.encode() + stream + b"trailer <</Root 1 0 R /Size 5>>\n%%EOF"


def _raw(*objects: str) -> bytes:
    """A PDF without an index: readers look for the objects themselves."""
    body = "".join(f"{number} 0 obj {words} endobj\n" for number, words in enumerate(objects, 1))
    return f"%PDF-1.7\n{body}trailer <</Root 1 0 R /Size {len(objects) + 1}>>\n%%EOF".encode()
