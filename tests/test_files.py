"""Where clients' files are kept: whole or not at all, sealed, known by content; in a folder and in a bucket alike."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.adapters.files_local import ASIDE, STALE, LocalFiles
from services.adapters.files_s3 import S3Files
from services.ports.files import FileLost, Files, FilesTrouble
from services.vault import Vault
from tests.support.bucket import Bucket
from tests.support.stores import VAULT

CONTENT = b"a dent in the left front door " * 1000
NAME = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "sent"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture(params=["folder", "bucket"])
async def files(request: pytest.FixtureRequest, folder: Path) -> AsyncIterator[Files]:
    """Each kind of store in turn."""
    if request.param == "folder":
        yield LocalFiles(folder, VAULT)
    else:
        bucket: Bucket = request.getfixturevalue("bucket")
        yield bucket.files(VAULT)


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_a_file_comes_back_as_it_was(files: Files, file: Path) -> None:
    assert not await files.has(NAME)
    await files.put(file, NAME)
    assert await files.has(NAME)
    assert await files.open(NAME) == CONTENT
    await files.put(file, NAME)
    assert await files.open(NAME) == CONTENT


async def test_a_file_that_is_dropped_is_gone(files: Files, file: Path) -> None:
    await files.put(file, NAME)
    await files.drop(NAME)
    await files.drop(NAME)
    assert not await files.has(NAME)
    with pytest.raises(FileLost):
        await files.open(NAME)


async def test_a_file_that_was_just_put_again_is_not_dropped(files: Files, file: Path) -> None:
    await files.put(file, NAME)
    with pytest.raises(FilesTrouble):
        await files.drop(NAME, idle=3600)
    assert await files.open(NAME) == CONTENT
    await files.drop("0" * 64, idle=3600)


async def test_putting_again_keeps_a_file_in_the_folder(folder: Path, file: Path) -> None:
    files = LocalFiles(folder, VAULT)
    await files.put(file, NAME)
    [there] = kept(folder)
    os.utime(there, (0, 0))
    await files.put(file, NAME)
    with pytest.raises(FilesTrouble):
        await files.drop(NAME, idle=3600)
    os.utime(there, (0, 0))
    await files.drop(NAME, idle=3600)
    assert not await files.has(NAME)


async def test_a_file_under_a_name_that_is_not_its_own_is_not_kept(files: Files, file: Path) -> None:
    other = hashlib.sha256(b"another").hexdigest()
    with pytest.raises(ValueError, match="is not"):
        await files.put(file, other)
    assert not await files.has(other)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", NAME.upper(), NAME[:-1], NAME + "0", f"../{NAME[3:]}"])
async def test_only_a_hash_is_a_name(files: Files, file: Path, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        await files.open(name)
    with pytest.raises(ValueError, match="SHA-256"):
        await files.put(file, name)


async def test_nobody_reads_the_folder_but_its_owner(folder: Path, file: Path) -> None:
    await LocalFiles(folder, VAULT).put(file, NAME)
    [path] = kept(folder)
    assert path == folder / NAME[:2] / NAME[2:4] / NAME
    assert path.stat().st_mode & 0o777 == 0o600
    assert {place.stat().st_mode & 0o777 for place in (folder, *path.parents[:2], folder / ASIDE)} == {0o700}
    assert b"dent" not in path.read_bytes()


async def test_the_bucket_holds_nothing_one_can_read(bucket: Bucket, file: Path) -> None:
    await bucket.files(VAULT).put(file, NAME)
    raw = await bucket.raw(f"{NAME[:2]}/{NAME[2:4]}/{NAME}")
    assert b"dent" not in raw
    assert len(raw) == len(CONTENT) + 29


async def test_a_file_that_was_altered_or_moved_does_not_open(folder: Path, file: Path) -> None:
    files = LocalFiles(folder, VAULT)
    await files.put(file, NAME)
    [path] = kept(folder)
    sealed = path.read_bytes()
    path.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    with pytest.raises(FileLost):
        await files.open(NAME)
    moved = hashlib.sha256(b"another").hexdigest()
    (folder / moved[:2] / moved[2:4]).mkdir(parents=True)
    (folder / moved[:2] / moved[2:4] / moved).write_bytes(sealed)
    with pytest.raises(FileLost):
        await files.open(moved)


async def test_a_key_that_is_being_changed_still_opens(folder: Path, file: Path) -> None:
    index, codes = b"i" * 32, b"c" * 32
    await LocalFiles(folder, Vault({1: b"1" * 32}, index, codes)).put(file, NAME)
    both = LocalFiles(folder, Vault({1: b"1" * 32, 2: b"2" * 32}, index, codes))
    assert await both.open(NAME) == CONTENT
    with pytest.raises(FileLost):
        await LocalFiles(folder, Vault({2: b"2" * 32}, index, codes)).open(NAME)


async def test_a_full_disk_leaves_nothing_behind(folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = LocalFiles(folder, VAULT)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FilesTrouble):
        await files.put(file, NAME)
    assert kept(folder) == []
    monkeypatch.undo()
    await files.put(file, NAME)
    assert await files.open(NAME) == CONTENT


async def test_what_a_killed_process_left_aside_is_swept_and_anothers_work_is_not(folder: Path) -> None:
    LocalFiles(folder, VAULT)
    old, young = folder / ASIDE / "old", folder / ASIDE / "young"
    old.write_bytes(b"")
    young.write_bytes(b"")
    os.utime(old, (time.time() - STALE - 1,) * 2)
    LocalFiles(folder, VAULT)
    assert kept(folder) == [young]


async def test_a_folder_that_cannot_be_is_told_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match=re.escape(str(tmp_path / "file"))):
        LocalFiles(tmp_path / "file", VAULT)


async def test_a_storage_that_is_away_or_does_not_know_us_is_for_later(
    bucket: Bucket, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(FilesTrouble, match="PermissionDenied"):
        await bucket.files(VAULT, key="wrong").put(file, NAME)
    away = S3Files("http://127.0.0.1:9", "files", "us-east-1", "cabinet", "key", VAULT)
    with pytest.raises(FilesTrouble):
        await away.has(NAME)
