"""A PDF made anew: its pages and what they draw with, nothing that acts.

Only what a page needs to be seen is taken over; scripts, actions, forms, attached files, links and notes about the document stay
behind (ISO 32000-2, 12.6 actions, 7.11.4 embedded files). What a form or a note shows is drawn onto its page first.
"""

from __future__ import annotations

import io
import zlib
from contextlib import suppress
from typing import Any, BinaryIO

import pikepdf

from services.pictures.made import Made, Refused

PAGES = 60
DECODED = 300 << 20
"""Bytes all streams may have when they are unpacked: beyond that it is a bomb for whoever opens it."""
PIECE = 1 << 20
PAGE = {"/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/Group", "/UserUnit", "/Parent"}
ACTS = (
    "/AA",
    "/OpenAction",
    "/JS",
    "/JavaScript",
    "/A",
    "/AF",
    "/EF",
    "/EmbeddedFiles",
    "/Launch",
    "/RichMedia",
    "/XFA",
)
REFERS = ("/Metadata", "/PieceInfo", "/OPI", "/Ref", "/Alternates", "/StructParents", "/StructParent")
ELSEWHERE = ("/F", "/FFilter", "/FDecodeParms")
"""What makes a stream's content that of another file."""
PICTURES = ("/DCTDecode", "/DCT", "/JPXDecode", "/CCITTFaxDecode", "/CCF", "/JBIG2Decode")
"""Formats of pictures, which are as large as they say."""
PACKED = ("/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL")

# qpdf opens its source of randomness once, and needs it to read what is locked for printing alone: later it could not
pikepdf.new().save(io.BytesIO(), encryption=pikepdf.Encryption(owner="owner", user=""))


def remake(source: BinaryIO, target: BinaryIO, most_pixels: int) -> Made:
    """Write the pages of `source` into `target`. Raises Refused, and whatever a reader raises at a broken one."""
    try:
        sent = pikepdf.open(source)
    except pikepdf.PasswordError as locked:
        raise Refused("locked") from locked
    with sent, pikepdf.new() as made:
        if len(sent.pages) > PAGES:
            raise Refused("too-large")
        _weigh(sent, most_pixels)
        with suppress(pikepdf.PdfError):  # a form that cannot be drawn is left out
            sent.generate_appearance_streams()
            sent.flatten_annotations("screen")
        for page in sent.pages:
            for name in set(page.obj.keys()) - PAGE:
                del page.obj[name]
            made.pages.append(page)
        if not len(made.pages):
            raise Refused("broken")
        for thing in made.objects:
            _disarm(thing)
        made.save(target, deterministic_id=True)
    return Made("application/pdf")


def _disarm(thing: pikepdf.Object) -> None:
    """Take away what acts and what points elsewhere."""
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return
    for name in ACTS + REFERS + (ELSEWHERE if isinstance(thing, pikepdf.Stream) else ()):
        if name in thing and not _is_resource(thing[name]):
            del thing[name]
    if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/PS":
        thing.write(b"")


def _is_resource(value: Any) -> bool:
    """A font or a picture may be called `/A` or `/JS`: it stays, disarmed like everything else."""
    return isinstance(value, pikepdf.Dictionary | pikepdf.Stream) and value.get("/Type") in (
        "/Font",
        "/XObject",
        "/ExtGState",
    )


def _weigh(sent: pikepdf.Pdf, most_pixels: int) -> None:
    """Would it burst whoever opens it?"""
    total = 0
    for thing in sent.objects:
        if not isinstance(thing, pikepdf.Stream):
            continue
        if (
            thing.get("/Subtype") == "/Image"
            and int(thing.get("/Width", 0)) * int(thing.get("/Height", 0)) > most_pixels
        ):
            raise Refused("too-many-pixels")
        total += _unpacked(thing, DECODED - total)
        if total > DECODED:
            raise Refused("broken")


def _unpacked(stream: pikepdf.Stream, most: int) -> int:
    """Bytes of it when unpacked, or a little more than `most`."""
    filters: Any = stream.get("/Filter", [])
    names = [str(name) for name in (filters if isinstance(filters, pikepdf.Array | list) else [filters])]
    if sum(name in PACKED for name in names) > 1:
        raise Refused("broken")  # packed twice: nobody does that but to hide how large it is
    if names in (["/FlateDecode"], ["/Fl"]):
        return _inflated(stream.read_raw_bytes(), most)
    if names and names[-1] in PICTURES:
        return len(stream.read_raw_bytes())
    return len(stream.read_bytes(pikepdf.StreamDecodeLevel.specialized))


def _inflated(packed: bytes, most: int) -> int:
    unpacking, size = zlib.decompressobj(), 0
    with suppress(zlib.error):  # what is broken has no more bytes
        while packed and size <= most:
            size += len(unpacking.decompress(packed, PIECE))
            packed = unpacking.unconsumed_tail
    return size
