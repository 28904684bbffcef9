"""Clients' files in a folder of this machine: `ab/cd/<sha256>`, readable by this user alone.

A file appears whole or not at all: it is written aside, flushed to the disk and renamed. What a killed process has left aside is swept
by the next one; anything younger than an hour may be another process' work.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import time
from contextlib import suppress
from pathlib import Path

from services.adapters.sealing import key_of, opened, sealed
from services.ports.files import FileLost, FilesTrouble
from services.vault import Vault

ASIDE = "aside"
STALE = 3600.0
"""Seconds after which an unfinished file is nobody's."""


class LocalFiles:
    """Implements `services.ports.files.Files`. The folder is made when there is none; raises OSError when it cannot be."""

    def __init__(self, folder: Path, vault: Vault) -> None:
        self._folder, self._vault = folder, vault
        folder.parent.mkdir(parents=True, exist_ok=True)
        _folder(folder)
        _folder(folder / ASIDE)
        for left in (folder / ASIDE).iterdir():
            with suppress(FileNotFoundError):
                if left.stat().st_mtime < time.time() - STALE:
                    left.unlink()

    async def put(self, path: Path, sha256: str) -> None:
        target = self._folder / key_of(sha256)
        try:
            await asyncio.to_thread(self._put, path, sha256, target)
        except OSError as full:
            raise FilesTrouble(type(full).__name__) from full

    async def open(self, sha256: str) -> bytes:
        target = self._folder / key_of(sha256)
        try:
            kept = await asyncio.to_thread(target.read_bytes)
        except FileNotFoundError as gone:
            raise FileLost(sha256) from gone
        except OSError as trouble:
            raise FilesTrouble(type(trouble).__name__) from trouble
        return await asyncio.to_thread(opened, self._vault, sha256, kept)

    async def has(self, sha256: str) -> bool:
        return await asyncio.to_thread((self._folder / key_of(sha256)).is_file)

    async def drop(self, sha256: str, idle: float = 0.0) -> None:
        target = self._folder / key_of(sha256)
        try:
            await asyncio.to_thread(_unlink, target, idle)
        except OSError as trouble:
            raise FilesTrouble(type(trouble).__name__) from trouble

    def _put(self, path: Path, sha256: str, target: Path) -> None:
        content = sealed(self._vault, path, sha256)
        with suppress(FileNotFoundError):
            os.utime(target)  # here already, and wanted again: see `drop`
            return
        for folder in (target.parent.parent, target.parent):
            _folder(folder)
        aside = self._folder / ASIDE / secrets.token_hex(16)
        try:
            with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            aside.replace(target)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
        for folder in (target.parent, target.parent.parent, self._folder):
            _flush(folder)


def _folder(folder: Path) -> None:
    """Make it, for this user alone."""
    folder.mkdir(mode=0o700, exist_ok=True)


def _unlink(target: Path, idle: float) -> None:
    with suppress(FileNotFoundError):
        if target.stat().st_mtime > time.time() - idle:
            raise FilesTrouble("put a short while ago")
        target.unlink()


def _flush(folder: Path) -> None:
    """A name is safe when the folder that holds it is on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
