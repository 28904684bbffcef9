"""From a message to the store: fetched in pieces, made safe, kept, told; later by itself when something is away."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image

import bot.delivery
import bot.telegram
from playground.photos import sample
from playground.telegram.files import file_id_of
from playground.telegram.hub import CABINET
from services.adapters.clamd import Clamd
from services.db.pipe import Event, Parcel
from services.db.unit import Unit
from services.pictures.workers import WorkerTrouble
from services.ports.files import FilesTrouble
from tests.support.clamav import EICAR, Scanner
from tests.support.ops import eventually, fault, rows, stepping, unparked
from tests.support.person import Person
from tests.support.town import Town, town


class Harbour:
    """A town, somebody in it, and what came back about the files that were ordered."""

    def __init__(self, own: Town, person: Person) -> None:
        self.town, self.person = own, person
        self.told: list[dict[str, Any]] = []
        self._ordered = 0

    async def step(self, unit: Unit) -> bool:
        """Orders files, hears of them, and lets nobody answer the photo itself."""
        said = json.loads(unit.event.body) if unit.event.source in ("order", "outbox") else {}
        if unit.event.source == "order":
            body = {"upload": said["upload"], "file_id": said["file_id"], "exif": said["exif"]}
            unit.send(Parcel(f"file:{said['upload']}", "file", body))
        elif str(said.get("type")).startswith("file."):
            self.told.append(said)
        return unit.event.source == "tg" or bool(said)

    async def send(self, content: bytes, *, name: str = "photo.jpg", as_document: bool = True) -> str:
        """The person sends a file: its `file_id` for the bot."""
        form = aiohttp.FormData({"as_document": "true"} if as_document else {})
        form.add_field("file", io.BytesIO(content), filename=name, content_type="image/jpeg")
        async with self.town.http.post(f"{self.town.url}/client/{self.person.id}/photo", data=form) as response:
            assert response.status == 200, await response.text()
        hub = self.town.world.hub
        newest = max(hub.files._files.values(), key=lambda file: file.number)
        return file_id_of(CABINET.id, newest.unique_id)

    async def order(self, file_id: str, *, exif: bool = False) -> int:
        """The parcel; its upload's number."""
        self._ordered += 1
        upload = self._ordered
        body = json.dumps({"upload": upload, "file_id": file_id, "exif": exif}).encode()
        await self.town.process.parts.lanes.submit(Event("order", str(upload), f"tg:{self.person.id}", body))
        return upload

    async def heard(self, upload: int) -> dict[str, Any]:
        """What came back of it, once."""

        async def look() -> list[dict[str, Any]]:
            return [facts for facts in self.told if facts["upload"] == upload]

        found: list[dict[str, Any]] = await eventually(look, 30)
        assert len(found) == 1
        return found[0]

    async def fetched(self, content: bytes, **how: Any) -> dict[str, Any]:
        exif = how.pop("exif", False)
        return await self.heard(await self.order(await self.send(content, **how), exif=exif))

    async def kept(self, facts: dict[str, Any]) -> bytes:
        """The file of the store, which is what the facts say."""
        content = await self.town.process.parts.files.open(facts["kept"]["sha256"])
        assert hashlib.sha256(content).hexdigest() == facts["kept"]["sha256"]
        assert len(content) == facts["kept"]["size"]
        return content


@pytest.fixture(scope="module")
async def bay(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    async with town(tmp_path_factory.mktemp("bay")) as own:
        yield own


@pytest.fixture
async def harbour(bay: Town, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Harbour]:
    monkeypatch.setattr(bot.delivery, "BACKOFF", (0.05,) * 5)
    made = Harbour(bay, await bay.person())
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(stepping(bay, made.step))
        made._ordered = 1000 * made.person.id
        yield made
        async with bay.http.delete(f"{bay.url}/faults"):
            pass
        await unparked(bay)


def scratch(harbour: Harbour) -> list[Path]:
    return list(harbour.town.process.parts.fetcher._scratch.path.iterdir())


async def test_a_photo_is_kept_and_told(harbour: Harbour) -> None:
    photo = sample("sharp").content
    facts = await harbour.fetched(photo, exif=True)
    assert facts["type"] == "file.stored"
    assert facts["sha256"] == hashlib.sha256(photo).hexdigest()
    assert (facts["kept"]["mime"], facts["kept"]["width"], facts["kept"]["height"]) == ("image/jpeg", 1600, 1200)
    assert (facts["looks"], facts["taken"]) == ([], None)
    assert len(facts["likeness"]) == 16
    with Image.open(io.BytesIO(await harbour.kept(facts))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1600, 1200))
    assert scratch(harbour) == [], "nothing is left on the way"


async def test_a_photo_sent_as_a_photo(harbour: Harbour) -> None:
    facts = await harbour.fetched(sample("sharp").content, as_document=False)
    assert facts["kept"]["width"] == 1280, "Telegram has made it smaller"


async def test_time_and_place_are_kept_only_when_asked_for(harbour: Harbour) -> None:
    photo = sample("placed").content
    asked = await harbour.fetched(photo, exif=True)
    assert asked["taken"] == {"at": "2026-11-20T18:42:10+03:00", "latitude": 55.7522, "longitude": 37.6156}
    unasked = await harbour.fetched(photo)
    assert unasked["taken"] is None
    assert unasked["kept"] == asked["kept"], "the same photo is the same file"
    with Image.open(io.BytesIO(await harbour.kept(unasked))) as picture:
        assert not picture.getexif()


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"\x7fELF" + bytes(100), "unknown-kind"), (b"", "broken"), (b"\xff\xd8\xff\xe0 no photo", "broken")],
)
async def test_what_is_refused_is_told_why(harbour: Harbour, content: bytes, code: str) -> None:
    facts = await harbour.fetched(content or b"\0")
    assert (facts["type"], facts["code"]) == ("file.refused", code if content else "unknown-kind")
    assert scratch(harbour) == []


async def test_what_is_too_large_is_told_from_its_size_or_from_its_bytes(
    harbour: Harbour, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = harbour.town.settings.files.each << 20
    facts = await harbour.fetched(sample("sharp").content + bytes(limit))
    assert facts["code"] == "too-large"
    facts = await harbour.fetched(bytes((20 << 20) + 1))  # Telegram refuses getFile
    assert facts["code"] == "too-large"
    monkeypatch.setattr(harbour.town.process.parts.fetcher, "_largest", 100_000)
    answer = await harbour.town.process.parts.api.call("getFile", {"file_id": "x"})
    assert answer.words
    real = bot.telegram.TelegramApi.call

    async def silent(self: Any, method: str, payload: dict[str, Any], *more: Any) -> Any:
        answer = await real(self, method, payload, *more)
        if method == "getFile":
            answer.result.pop("file_size")
        return answer

    monkeypatch.setattr(bot.telegram.TelegramApi, "call", silent)
    assert (await harbour.fetched(sample("sharp").content))["code"] == "too-large"


async def test_a_file_telegram_does_not_know_is_gone(harbour: Harbour) -> None:
    facts = await harbour.heard(await harbour.order("AgACAgIAAxkQQQQ"))
    assert facts["code"] == "gone"


@pytest.mark.parametrize(
    "trouble",
    [
        {"method": "getFile", "error": 502, "times": 2},
        {"method": "getFile", "error": 429, "retry_after": 0.1},
        {"method": "getFile", "drop_answer": True},
        {"method": "file", "error": 500, "times": 2},
        {"method": "file", "error": 404},
        {"method": "file", "error": "cut"},
        {"method": "file", "error": "cut", "times": 3},
        {"method": "file", "delay": 0.3},
        {"method": "file", "error": "slow", "delay": 0.5},
    ],
)
async def test_a_file_is_whole_after_trouble_on_the_way(harbour: Harbour, trouble: dict[str, Any]) -> None:
    photo = sample("sharp", 2).content
    file_id = await harbour.send(photo, name="shot.jpg")
    await fault(harbour.town, **trouble)
    facts = await harbour.heard(await harbour.order(file_id))
    assert facts["sha256"] == hashlib.sha256(photo).hexdigest()
    await harbour.kept(facts)
    await unparked(harbour.town)
    sent = "select state, error, body from outbox where dedup = :key"
    assert await rows(harbour.town, sent, key=f"file:{facts['upload']}") == [(1, "stored", None)]


async def test_a_slow_file_holds_no_other(harbour: Harbour) -> None:
    slow_id = await harbour.send(sample("camera").content)
    await fault(harbour.town, method="file", error="slow", delay=1.5)
    slow = await harbour.order(slow_id)
    facts = await harbour.fetched(sample("tiny").content)
    assert facts["looks"] == ["small"]
    assert not [one for one in harbour.told if one["upload"] == slow], "it is still on its way"
    assert (await harbour.heard(slow))["type"] == "file.stored"


async def test_an_album_comes_whole(harbour: Harbour) -> None:
    photos = [sample("sharp", seed).content for seed in range(10)]
    uploads = [await harbour.order(await harbour.send(photo)) for photo in photos]
    facts = [await harbour.heard(upload) for upload in uploads]
    assert [one["sha256"] for one in facts] == [hashlib.sha256(photo).hexdigest() for photo in photos]
    assert len({one["kept"]["sha256"] for one in facts}) == 10
    assert max(facts, key=lambda one: one["kept"]["size"])
    used = harbour.town.process.parts.fetcher.used
    assert used.memory < 300 << 20
    assert used.seconds < 10


async def test_a_worker_that_dies_is_replaced_and_the_file_goes_again(
    harbour: Harbour, monkeypatch: pytest.MonkeyPatch
) -> None:
    workers = harbour.town.process.parts.fetcher._workers
    await harbour.fetched(sample("tiny").content)
    real = workers._ask
    killed: list[int] = []

    async def dying(work: dict[str, Any]) -> Any:
        if len(killed) < 2:
            asking = asyncio.ensure_future(real(work))
            await asyncio.sleep(0)
            for worker in workers._all:
                worker.kill()
                killed.append(worker.pid)
            return await asking
        return await real(work)

    monkeypatch.setattr(workers, "_ask", dying)
    facts = await harbour.fetched(sample("camera").content)
    assert facts["type"] == "file.stored"
    assert killed


async def test_a_file_that_always_kills_its_worker_is_given_up(
    harbour: Harbour, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    async def dies(*args: Any, **how: Any) -> Any:
        tries.append(args)
        raise WorkerTrouble("died: -9")

    monkeypatch.setattr(harbour.town.process.parts.fetcher._workers, "remake", dies)
    assert (await harbour.fetched(sample("tiny").content))["code"] == "broken"
    assert len(tries) == 6


async def test_a_store_that_is_full_keeps_the_file_waiting(harbour: Harbour, monkeypatch: pytest.MonkeyPatch) -> None:
    files, full = harbour.town.process.parts.files, [True, True]
    real = files.put

    async def put(path: Path, sha256: str) -> None:
        if full:
            full.pop()
            raise FilesTrouble("OSError")
        await real(path, sha256)

    monkeypatch.setattr(files, "put", put)
    facts = await harbour.fetched(sample("tiny", 7).content)
    assert facts["type"] == "file.stored"
    await harbour.kept(facts)
    assert not full


async def test_a_disk_that_is_full_keeps_the_file_waiting(harbour: Harbour, monkeypatch: pytest.MonkeyPatch) -> None:
    real, full = Path.open, [True, True]

    def opened(self: Path, mode: str = "r", *more: Any, **how: Any) -> Any:
        if full and mode == "wb" and self.name.endswith(".sent"):
            full.pop()
            raise OSError(28, "No space left on device")
        return real(self, mode, *more, **how)

    monkeypatch.setattr(Path, "open", opened)
    assert (await harbour.fetched(sample("tiny", 8).content))["type"] == "file.stored"
    assert not full


async def test_nothing_is_kept_that_the_antivirus_has_not_seen(
    harbour: Harbour, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetcher = harbour.town.process.parts.fetcher
    async with Scanner() as scanner:
        monkeypatch.setattr(fetcher, "_antivirus", Clamd(scanner.address))
        infected = sample("tiny", 9).content + EICAR
        facts = await harbour.fetched(infected)
        assert facts["code"] == "infected"
        assert (await harbour.fetched(sample("tiny", 10).content))["type"] == "file.stored"
        scanner.away = 2
        upload = await harbour.order(await harbour.send(sample("tiny", 11).content))
        assert (await harbour.heard(upload))["type"] == "file.stored"
        assert scanner.away == 0
        assert len(scanner.seen) == 3


async def test_a_stop_in_the_middle_loses_nothing(village: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.fetcher.GRACE", 0.1)
    harbour = Harbour(village, await village.person())
    photo = sample("camera").content
    async with stepping(village, harbour.step):
        file_id = await harbour.send(photo)
        await fault(village, method="file", error="slow", delay=30)
        upload = await harbour.order(file_id)
        fetcher = village.process.parts.fetcher
        await eventually(lambda: asyncio.to_thread(lambda: [*fetcher._scratch.path.iterdir()]))
        folder = fetcher._scratch.path
    await village.restart_bot()
    assert not folder.exists()
    async with stepping(village, harbour.step):
        facts = await harbour.heard(upload)
        assert facts["sha256"] == hashlib.sha256(photo).hexdigest()
