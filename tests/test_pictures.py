"""Strangers' files: refused or made anew, in a process that can do nothing else, whatever they are."""

from __future__ import annotations

import asyncio
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from playground.photos import jpeg as jpeg_of
from playground.photos import sample, taken
from services.pictures import workers
from services.pictures.made import Made, Refused
from services.pictures.workers import Used, Workers, WorkerTrouble
from tests.support.hostile import CANARY, CORPUS, SAFE
from tests.support.pipes import until

pytestmark = pytest.mark.lengthy

ROOT = Path(__file__).parent.parent
MOST_MEMORY = 300_000_000
MOST_SECONDS = 10.5


@pytest.fixture(scope="module")
async def pool() -> AsyncIterator[Workers]:
    own = Workers(50_000_000)
    yield own
    await own.aclose()


async def remade(pool: Workers, folder: Path, content: bytes, *, exif: bool = False) -> tuple[Made, bytes]:
    source, target = folder / "source", folder / "target"
    source.write_bytes(content)
    made = await pool.remake(source, target, exif=exif)
    return made, target.read_bytes()


async def patiently(pool: Workers, folder: Path, content: bytes) -> tuple[Made, bytes]:
    """Once more when the clock has run out: the machine of the tests is busy, as a client's may be."""
    for _ in range(4):
        try:
            return await remade(pool, folder, content, exif=True)
        except WorkerTrouble as busy:
            if str(busy) != f"died: {-signal.SIGALRM}":
                raise
    raise AssertionError("never in time")


def markers(content: bytes) -> set[int]:
    """The kinds of segments of a JPEG; fails where it does not end with its end."""
    found, at = set(), 2
    while content[at + 1] != 0xDA:
        found.add(content[at + 1])
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    assert content.index(b"\xff\xd9", at) == len(content) - 2, "nothing stands after the end"
    return found


def is_plain_jpeg(content: bytes) -> None:
    """Pixels and tables; no notes, no profile, no comment."""
    assert markers(content) <= {0xE0, 0xDB, 0xC0, 0xC4}
    with Image.open(io.BytesIO(content)) as picture:
        assert (picture.format, picture.mode) == ("JPEG", "RGB")
        assert max(picture.size) <= 4096
        picture.load()


def is_quiet_pdf(content: bytes) -> None:
    """Pages and what they draw with."""
    with pikepdf.open(io.BytesIO(content)) as paper:
        assert set(paper.Root.keys()) == {"/Type", "/Pages"}
        assert not paper.is_encrypted
        names = {
            name
            for thing in paper.objects
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)
            for name in thing.keys()  # noqa: SIM118 - it is no mapping
            if not isinstance(thing.get(name), pikepdf.Stream)
        }
        acting = {"/AA", "/OpenAction", "/JS", "/JavaScript", "/Launch", "/URI", "/A", "/Annots", "/AcroForm", "/EF"}
        assert not names & acting, names


@pytest.mark.parametrize("name", sorted(CORPUS))
async def test_a_hostile_file_is_refused_or_made_safe(pool: Workers, tmp_path: Path, name: str) -> None:
    one = CORPUS[name]
    pool.used = Used()
    try:
        made, content = await patiently(pool, tmp_path, one.content())
    except Refused as refused:
        outcome: str = refused.code
    else:
        outcome = SAFE
        assert CANARY not in content
        assert CANARY.decode().encode("utf-16-be") not in content
        assert made.mime in ("image/jpeg", "application/pdf")
        is_plain_jpeg(content) if made.mime == "image/jpeg" else is_quiet_pdf(content)
        assert made.taken is None
    assert outcome in one.outcomes
    assert pool.used.memory < MOST_MEMORY
    assert pool.used.seconds < MOST_SECONDS


def test_the_corpus_is_large_enough() -> None:
    assert len(CORPUS) >= 40


@pytest.mark.parametrize(
    ("kind", "looks"),
    [("sharp", ()), ("blurred", ("blurred",)), ("dark", ("dark",)), ("tiny", ("small",)), ("heic", ())],
)
@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_how_a_photo_looks(pool: Workers, tmp_path: Path, kind: str, looks: tuple[str, ...], seed: int) -> None:
    made, _ = await remade(pool, tmp_path, sample(kind, seed).content)
    assert made.looks == looks


async def test_every_kind_of_photo_becomes_a_plain_jpeg(pool: Workers, tmp_path: Path) -> None:
    for kind in ("sharp", "placed", "png", "webp", "heic", "camera"):
        made, content = await remade(pool, tmp_path, sample(kind).content, exif=True)
        assert made.mime == "image/jpeg"
        is_plain_jpeg(content)


async def test_more_pixels_than_we_take(pool: Workers, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="too-many-pixels"):
        await remade(pool, tmp_path, sample("huge").content)


async def test_likeness_is_of_the_scene_and_not_of_the_file(pool: Workers, tmp_path: Path) -> None:
    first, again, smaller, other = [
        int((await remade(pool, tmp_path, content))[0].likeness, 16)
        for content in (
            sample("sharp", 1).content,
            sample("png", 1).content,
            _smaller(sample("sharp", 1).content),
            sample("sharp", 2).content,
        )
    ]
    assert (first ^ again).bit_count() <= 3
    assert (first ^ smaller).bit_count() <= 6
    assert (first ^ other).bit_count() >= 10


def _smaller(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content)) as picture:
        return jpeg_of(picture.resize((1280, 960)), 70)


@pytest.mark.parametrize("orientation", range(1, 9))
async def test_a_photo_stands_upright(pool: Workers, tmp_path: Path, orientation: int) -> None:
    """Red above, blue below left: as the camera was held, so it is seen."""
    scene = Image.new("RGB", (400, 300), "white")
    scene.paste("red", (0, 0, 400, 60))
    scene.paste("blue", (0, 240, 60, 300))
    turned = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the transposition that undoes the one EXIF asks for
    lying = scene.transpose(Image.Transpose(turned[orientation])) if orientation > 1 else scene
    _, content = await remade(pool, tmp_path, jpeg_of(lying, exif=taken(orientation=orientation)))
    with Image.open(io.BytesIO(content)) as seen:
        assert seen.size == (400, 300)
        red, blue = seen.getpixel((200, 30)), seen.getpixel((30, 270))
        assert isinstance(red, tuple)
        assert isinstance(blue, tuple)
        assert red[0] > 200 > 100 > red[2]
        assert blue[2] > 200 > 100 > blue[0]


async def test_what_one_sees_through_is_white(pool: Workers, tmp_path: Path) -> None:
    _, content = await remade(pool, tmp_path, CORPUS["seen-through.png"].content())
    with Image.open(io.BytesIO(content)) as seen:
        assert seen.getpixel((320, 240)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("place", "said"), [((-33.8688, 151.2093), (-33.8688, 151.2093)), ((55.7522, -37.6156), (55.7522, -37.6156))]
)
async def test_south_and_west(
    pool: Workers, tmp_path: Path, place: tuple[float, float], said: tuple[float, float]
) -> None:
    photo = jpeg_of(Image.new("RGB", (64, 64)), exif=taken(place=place))
    made, _ = await remade(pool, tmp_path, photo, exif=True)
    assert made.taken is not None
    assert (made.taken.latitude, made.taken.longitude) == said
    made, _ = await remade(pool, tmp_path, photo)
    assert made.taken is None


async def test_a_paper_keeps_what_is_seen(pool: Workers, tmp_path: Path) -> None:
    made, content = await remade(pool, tmp_path, sample("pdf").content)
    assert (made.mime, made.looks, made.likeness, made.width) == ("application/pdf", (), "", 0)
    is_quiet_pdf(content)
    with pikepdf.open(io.BytesIO(content)) as paper:
        assert len(paper.pages) == 2
        assert [len(page.get_images()) for page in paper.pages] == [1, 1]


async def test_what_was_filled_into_a_form_is_still_seen(pool: Workers, tmp_path: Path) -> None:
    _, content = await remade(pool, tmp_path, CORPUS["form.pdf"].content())
    with pikepdf.open(io.BytesIO(content)) as paper:
        drawn = b"".join(thing.read_bytes() for thing in paper.objects if isinstance(thing, pikepdf.Stream))
    assert b"Ivan" in drawn


async def test_the_same_file_is_made_the_same(pool: Workers, tmp_path: Path) -> None:
    for kind in ("sharp", "pdf"):
        assert (await remade(pool, tmp_path, sample(kind).content))[1] == (
            await remade(pool, tmp_path, sample(kind).content)
        )[1]


async def test_a_process_that_is_killed_is_replaced(pool: Workers, tmp_path: Path) -> None:
    await remade(pool, tmp_path, sample("tiny").content)
    asking = asyncio.ensure_future(remade(pool, tmp_path, sample("camera").content))
    await until(lambda: pool._all - {*pool._idle})
    busy = pool._all - {*pool._idle}
    await asyncio.sleep(0.05)
    for worker in busy:
        os.killpg(worker.pid, signal.SIGKILL)
    with pytest.raises(WorkerTrouble):
        await asking
    assert (await remade(pool, tmp_path, sample("tiny").content))[0].looks == ("small",)


async def test_a_process_that_says_nothing_is_killed(
    pool: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "PATIENCE", 0.01)
    with pytest.raises(WorkerTrouble, match="Timeout"):
        await remade(pool, tmp_path, sample("camera").content)


def test_a_process_whose_asker_is_dead_ends_without_a_word(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(sample("tiny").content)
    work = {"source": f"{tmp_path}/source", "target": f"{tmp_path}/target", "most_pixels": 10**6, "exif": False}
    reading, writing = os.pipe()
    os.close(reading)
    asked = f"{json.dumps(work)}\n".encode()
    command = [sys.executable, "-s", "-m", "services.pictures"]
    ended = subprocess.run(command, cwd=ROOT, input=asked, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")


async def test_a_disk_that_is_full_is_no_fault_of_the_file(pool: Workers, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(sample("sharp").content)
    with pytest.raises(WorkerTrouble):
        await pool.remake(source, Path("/dev/full"), exif=False)


async def test_the_process_has_none_of_our_keys(pool: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CABINET_KEYS__DATA", "secret")
    own = Workers(50_000_000, 1)
    await remade(own, tmp_path, sample("tiny").content)
    [worker] = own._all
    environment = Path("/proc") / str(worker.pid) / "environ"
    assert b"CABINET" not in await asyncio.to_thread(environment.read_bytes)
    await own.aclose()


def in_a_child(deed: str) -> int:
    """Exit code of a process that is bound and then does it: 1 when it may not."""
    words = f"import os, resource, socket, time; from services.pictures import job; {deed}"
    return subprocess.run([sys.executable, "-c", words], cwd=ROOT, stderr=subprocess.DEVNULL, check=False).returncode


@pytest.mark.skipif(sys.platform != "linux", reason="the bounds are Linux's")
@pytest.mark.parametrize(
    "deed", ["open('/etc/passwd')", "open('/tmp/x', 'w')", "socket.socket()", "os.pipe()", "bytearray(400 << 20)"]
)
def test_a_decoder_gone_wild_can_do_nothing(deed: str) -> None:
    assert in_a_child(f"job.bound(); {deed}") == 1


def test_it_leaves_no_core() -> None:
    assert in_a_child("job.bound(); assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)") == 0


@pytest.mark.skipif(sys.platform != "linux", reason="the bounds are Linux's")
def test_time_is_bounded_by_the_work_and_by_the_clock() -> None:
    assert in_a_child("job.SECONDS = 1; job.bound(); any(iter(int, 1))") in workers._BY_THE_FILE
    assert in_a_child("job.PATIENCE = 0.1; job.bound(); time.sleep(20)") == -signal.SIGALRM


async def test_two_at_once_and_no_more(tmp_path: Path) -> None:
    own = Workers(50_000_000, 2)
    contents = [sample("sharp", seed).content for seed in range(6)]
    for number in range(6):
        (tmp_path / str(number)).mkdir()
    made: list[Any] = await asyncio.gather(
        *(remade(own, tmp_path / str(number), content) for number, content in enumerate(contents))
    )
    assert len(made) == 6
    assert len(own._all) == 2
    await own.aclose()
    assert not own._all
