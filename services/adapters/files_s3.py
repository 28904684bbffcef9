"""Clients' files in a bucket of whatever speaks S3, under `ab/cd/<sha256>`: sealed here, so that the storage's owner reads nothing."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from pathlib import Path

from obstore.exceptions import BaseError
from obstore.store import S3Store

from services.adapters.sealing import key_of, opened, sealed
from services.ports.files import FileLost, FilesTrouble
from services.vault import Vault

SECONDS = timedelta(seconds=60)
"""For one attempt of one call."""
PATIENCE = timedelta(seconds=20)
"""How long a call is repeated in place; afterwards it is for the outbox to come again."""


class S3Files:
    """Implements `services.ports.files.Files`. `endpoint` is the storage's address; the bucket must be there."""

    def __init__(self, endpoint: str, bucket: str, region: str, key_id: str, key: str, vault: Vault) -> None:
        self._vault = vault
        self._store = S3Store(
            bucket,
            endpoint=endpoint,
            region=region,
            access_key_id=key_id,
            secret_access_key=key,
            client_options={
                "allow_http": endpoint.startswith("http://"),
                "connect_timeout": timedelta(seconds=5),
                "timeout": SECONDS,
            },
            retry_config={"max_retries": 2, "retry_timeout": PATIENCE},
        )

    async def put(self, path: Path, sha256: str) -> None:
        key = key_of(sha256)
        content = await asyncio.to_thread(sealed, self._vault, path, sha256)
        try:
            await self._store.put_async(key, content)
        except (BaseError, OSError) as trouble:
            raise FilesTrouble(type(trouble).__name__) from trouble

    async def open(self, sha256: str) -> bytes:
        try:
            kept = bytes(await (await self._store.get_async(key_of(sha256))).bytes_async())
        except FileNotFoundError as gone:
            raise FileLost(sha256) from gone
        except (BaseError, OSError) as trouble:
            raise FilesTrouble(type(trouble).__name__) from trouble
        return await asyncio.to_thread(opened, self._vault, sha256, kept)

    async def has(self, sha256: str) -> bool:
        try:
            await self._store.head_async(key_of(sha256))
        except FileNotFoundError:
            return False
        except (BaseError, OSError) as trouble:
            raise FilesTrouble(type(trouble).__name__) from trouble
        return True

    async def drop(self, sha256: str, idle: float = 0.0) -> None:
        key = key_of(sha256)
        try:
            if idle and (await self._store.head_async(key))["last_modified"].timestamp() > time.time() - idle:
                raise FilesTrouble("put a short while ago")
            await self._store.delete_async(key)
        except FileNotFoundError:
            return
        except (BaseError, OSError) as trouble:
            raise FilesTrouble(type(trouble).__name__) from trouble
