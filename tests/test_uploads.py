"""Files of clients, on both databases: noted once, limited, the same content known again, nobody else's touched."""

from __future__ import annotations

import hashlib
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.shelf import Shelf
from services.adapters.files_local import LocalFiles
from services.db.pipe import Store, Tx
from services.errors import CabinetError, NotFound, TooLargeFile, TooManyFiles, TooMuchInAll, WrongFile
from services.model import Actor
from services.uploads import Limits, Sent, Upload, Uploads
from tests.support.stores import NOW, VAULT, opened, rows, unit

uploads = Uploads(VAULT, Limits(files=3, total=1000, each=600))
AT = datetime.fromtimestamp(NOW, UTC)


@pytest.fixture
async def store(database: str, tmp_path: Path) -> AsyncIterator[Store]:
    async with opened(database, tmp_path) as made:
        yield made


def actor(client: str | None = "cus-x", account: int = 1) -> Actor:
    return Actor(account, "ru", 0, AT, consented=True, client_id=client)


def sent(message: int, **more: Any) -> Sent:
    return replace(Sent("file-id", message, "photo.jpg", "image/jpeg", 100, "", AT), **more)


def arrived(upload: int, content: str = "a", likeness: str = "", **more: Any) -> dict[str, Any]:
    """What the way out reports of a file that is safe."""
    kept = {"sha256": content * 64, "size": 90, "mime": "image/jpeg", "width": 800, "height": 600}
    found = {"upload": upload, "sha256": content.upper() * 64, "kept": kept, "looks": [], "likeness": likeness}
    return found | {"taken": None} | more


async def take(tx: Tx, message: int, draft: str = "d", who: Actor | None = None, **more: Any) -> int:
    """A file is noted; its id."""
    step = unit(tx)
    await uploads.take(step, who or actor(), draft, sent(message, **more))
    [parcel] = step.parcels
    assert parcel.channel == "file"
    return int(parcel.body["upload"])


async def names(tx: Tx, draft: str = "d", who: Actor | None = None) -> list[tuple[int, str]]:
    return [(it.message_id, it.state) for it in await uploads.of_draft(unit(tx), who or actor(), draft)]


async def test_a_message_is_one_file_however_often_it_is_handled(store: Store) -> None:
    async with store.tx() as tx:
        await take(tx, 7, words="Передний бампер", name="Фото 1.jpg")
        again = unit(tx)
        await uploads.take(again, actor(), "d", sent(7))
        assert again.parcels == []
        [it] = await uploads.of_draft(unit(tx), actor(), "d")
    assert (it.state, it.name, it.words, it.live) == ("waiting", "Фото 1.jpg", "Передний бампер", True)
    stored = str(await rows(store, "select * from upload"))
    assert "Передний" not in stored
    assert "Фото" not in stored


async def test_the_way_out_is_told_what_it_needs(store: Store) -> None:
    async with store.tx() as tx:
        step = unit(tx)
        await uploads.take(step, actor(), "d", sent(7), exif=True)
    [parcel] = step.parcels
    row = parcel.body["upload"]
    assert parcel.dedup == f"file:{row}"
    body = {"upload": row, "file_id": "file-id", "exif": True, "name": "photo.jpg", "mime": "image/jpeg"}
    assert parcel.body == body


@pytest.mark.parametrize(
    ("before", "more", "refusal"),
    [
        (3, {}, TooManyFiles),
        (0, {"size": 601}, TooLargeFile),
        (2, {"size": 501}, TooMuchInAll),
        *((0, {"mime": mime}, WrongFile) for mime in ("video/mp4", "audio/ogg", "application/zip", "image/svg+xml")),
        (0, {"mime": "application/msword"}, WrongFile),
        (0, {"mime": "application/x-msdownload"}, WrongFile),
    ],
)
async def test_what_cannot_be_taken_is_refused_with_its_reason(
    store: Store, before: int, more: dict[str, Any], refusal: type[CabinetError]
) -> None:
    async with store.tx() as tx:
        for message in range(before):
            await take(tx, message, size=250)
        step = unit(tx)
        with pytest.raises(refusal):
            await uploads.take(step, actor(), "d", sent(99, **more))
        assert step.parcels == []
        assert len(await names(tx)) == before


@pytest.mark.parametrize(
    "mime", ["image/heic", "image/png", "application/pdf", "application/octet-stream", "", "IMAGE/JPEG"]
)
async def test_pictures_and_pdfs_are_taken_whatever_they_are_called(store: Store, mime: str) -> None:
    async with store.tx() as tx:
        await take(tx, 1, mime=mime)


async def test_what_was_removed_or_refused_makes_room(store: Store) -> None:
    async with store.tx() as tx:
        first, second, _ = [await take(tx, message, size=300) for message in (1, 2, 3)]
        assert await uploads.remove(unit(tx), actor(), first)
        assert not await uploads.remove(unit(tx), actor(), first)
        assert await uploads.refused(unit(tx), actor(), {"upload": second, "code": "broken"})
        await take(tx, 4, size=300)
        assert await names(tx) == [(2, "refused"), (3, "waiting"), (4, "waiting")]


async def test_who_is_not_logged_in_sends_nothing(store: Store) -> None:
    async with store.tx() as tx:
        with pytest.raises(NotFound):
            await uploads.take(unit(tx), actor(None), "d", sent(1))
        assert await uploads.of_draft(unit(tx), actor(None), "d") == []


async def test_a_stored_file_says_what_it_is(store: Store) -> None:
    async with store.tx() as tx:
        row = await take(tx, 1)
        taken = {"at": "2026-11-21T14:30:00", "latitude": 55.75, "longitude": 37.62}
        found = arrived(row, likeness="f0f0f0f0f0f0f0f0", looks=["dark"], taken=taken)
        it = await uploads.stored(unit(tx), actor(), found)
        assert await uploads.stored(unit(tx), actor(), found) is None, "known"
    assert it
    assert (it.state, it.size, it.sha256, it.source, it.looks) == ("stored", 90, "a" * 64, "A" * 64, ("dark",))
    assert it.doubtful
    ((sealed,),) = await rows(store, "select taken_sealed from upload")
    assert VAULT.text("upload.taken", "1:1", bytes(sealed)) == (
        '{"at": "2026-11-21T14:30:00", "latitude": 55.75, "longitude": 37.62}'
    )


async def test_time_and_place_are_not_kept_unless_they_come(store: Store) -> None:
    async with store.tx() as tx:
        await uploads.stored(unit(tx), actor(), arrived(await take(tx, 1)))
    assert await rows(store, "select taken_sealed from upload") == [(None,)]


async def test_the_same_content_twice_is_one_file(store: Store) -> None:
    async with store.tx() as tx:
        first, second, third = [await take(tx, message) for message in (1, 2, 3)]
        await uploads.stored(unit(tx), actor(), arrived(second))
        again = await uploads.stored(unit(tx), actor(), arrived(first, likeness="0" * 16))
        other = await uploads.stored(unit(tx), actor(), arrived(third, "b"))
        assert again
        assert again.duplicate
        assert other
        assert not other.duplicate
        assert await names(tx) == [(2, "stored"), (3, "stored")]
        elsewhere = await take(tx, 4, "another draft")
        assert (await uploads.stored(unit(tx), actor(), arrived(elsewhere)) or again).state == "stored"


@pytest.mark.parametrize(("other", "twin"), [("0" * 15 + "f", True), ("0" * 14 + "1f", False), ("", False)])
async def test_a_picture_like_another_one_is_said_so(store: Store, other: str, twin: bool) -> None:
    async with store.tx() as tx:
        first, second = await take(tx, 1), await take(tx, 2)
        await uploads.stored(unit(tx), actor(), arrived(first, "a", "0" * 16))
        it = await uploads.stored(unit(tx), actor(), arrived(second, "b", other, looks=["small"]))
        assert it
        assert it.looks == (("small", "twin") if twin else ("small",))
        await uploads.insist(unit(tx), actor(), "d")
        assert not any(it.doubtful for it in await uploads.of_draft(unit(tx), actor(), "d"))


async def test_a_file_removed_on_its_way_is_not_shown_but_found_by_the_sweep(store: Store) -> None:
    async with store.tx() as tx:
        row = await take(tx, 1)
        await uploads.remove(unit(tx), actor(), row)
        assert await uploads.stored(unit(tx), actor(), arrived(row)) is None
        assert await names(tx) == []
    assert await rows(store, "select state, sha256 from upload") == [("removed", "a" * 64)]


async def test_nobody_touches_anybody_elses_files(store: Store) -> None:
    thief = actor("cus-y", 2)
    async with store.tx() as tx:
        row = await take(tx, 1)
        assert await names(tx, who=thief) == []
        assert not await uploads.remove(unit(tx), thief, row)
        assert not await uploads.show_as(unit(tx), thief, row, "vin")
        await uploads.insist(unit(tx), thief, "d")
        assert await uploads.stored(unit(tx), thief, arrived(row)) is None
        assert await uploads.refused(unit(tx), thief, {"upload": row, "code": "broken"}) is None
        [it] = await uploads.of_draft(unit(tx), actor(), "d")
        assert await uploads.link(unit(tx), "cus-y", 1, [("scene", it)]) == []
    assert (it.state, it.slot, it.insisted) == ("waiting", "", False)


async def test_what_a_file_shows_can_be_said_until_it_is_filed(store: Store) -> None:
    async with store.tx() as tx:
        row = await take(tx, 1)
        assert await uploads.show_as(unit(tx), actor(), row, "vin")
        [it] = await uploads.of_draft(unit(tx), actor(), "d")
        assert it.slot == "vin"
        assert await uploads.show_as(unit(tx), actor(), row, "")
        await tx.execute(
            "insert into claim(id, client_id, account_id, policy_core_id, state, product, event, happened_on, filed_at) "
            "values(5, 'cus-x', 1, 'p', 'sent', 'osago', 'guilty', '2026-11-21', 0)"
            if tx.kind == "sqlite"
            else "insert into claim(id, client_id, account_id, policy_core_id, state, product, event, happened_on, filed_at) "
            "values(5, 'cus-x', 1, 'p', 'sent', 'osago', 'guilty', date '2026-11-21', 0)",
            (),
        )
        [linked] = await uploads.link(unit(tx), "cus-x", 5, [("scene", it)])
        assert await uploads.link(unit(tx), "cus-x", 5, [("vin", it)]) == []
        assert not await uploads.show_as(unit(tx), actor(), linked.id, "vin")
        assert not await uploads.remove(unit(tx), actor(), linked.id)
        step = unit(tx)
        assert await uploads.stored(step, actor(), arrived(row))
        [event] = step.events
        assert (event.lane, b"claim.file-ready" in event.body) == ("client:cus-x", True)
        [filed] = await uploads.of_claim(unit(tx), actor(), 5)
        assert (filed.claim, filed.slot, filed.state) == (5, "scene", "stored")


async def test_what_nobody_needs_leaves_the_store(store: Store, tmp_path: Path) -> None:
    """A content that two have sent goes when the second one does not need it either."""
    files, gone = LocalFiles(tmp_path / "files", VAULT), tmp_path / "gone"
    gone.write_bytes(b"content")
    name = hashlib.sha256(b"content").hexdigest()
    await files.put(gone, name)
    shelf = Shelf(store, files)
    os.utime(next(path for path in (tmp_path / "files").rglob(name)), (0, 0))
    swept = []
    async with store.tx() as tx:
        for message, draft in ((1, "d"), (2, "e")):
            row = await take(tx, message, draft)
            found = arrived(row)
            found["kept"]["sha256"] = name
            await uploads.stored(unit(tx), actor(), found)
            swept.append(row)
    for row in swept:
        async with store.tx() as tx:
            await uploads.remove(unit(tx), actor(), row)
            night = unit(tx, "core:fill", event_id=f"night-{row}")
            await uploads.sweep(night)
        assert [parcel.body for parcel in night.parcels] == ([{"sha256": name}] if row == swept[-1] else [])
        await shelf.drop(name)
        assert await files.has(name) is (row == swept[0])
    assert await rows(store, "select count(*) from upload where sha256 is not null") == [(0,)]


async def test_a_draft_nobody_files_is_given_up_after_a_month(store: Store) -> None:
    month = 30 * 86400.0
    async with store.tx() as tx:
        await uploads.stored(unit(tx), actor(), arrived(await take(tx, 1)))
        await take(tx, 2)
        for late, parcels in ((month - 60, 0), (month + 60, 1), (month + 120, 0)):
            night = unit(tx, "core:fill", NOW + late, event_id=f"night-{late}")
            await uploads.sweep(night)
            assert len(night.parcels) == parcels
            assert len(await names(tx)) == (2 if late < month else 0)
    assert await rows(store, "select * from upload") == []


@pytest.mark.parametrize(("draft", "left"), [("request:tg-1", 1), ("d", 0)])
async def test_what_staff_have_with_a_request_stays(store: Store, draft: str, left: int) -> None:
    """What was given with a request stays for good; a copy that the insurer has with an application goes."""
    async with store.tx() as tx:
        row = await take(tx, 1, draft)
        await uploads.stored(unit(tx), actor(), arrived(row))
        await uploads.give(unit(tx), "cus-x", draft)
        await take(tx, 2, draft)
        night = unit(tx, "core:fill", NOW + 31 * 86400.0, event_id="night")
        await uploads.sweep(night)
        assert len(await names(tx, draft)) == left
        assert len(night.parcels) == 1 - left


def test_an_upload_needs_no_more_than_it_is() -> None:
    it = Upload(1, 1, "", "stored", "", "n", "", "image/jpeg", 1, "", "", "", ("dark",), True, AT, False)
    assert not it.doubtful
