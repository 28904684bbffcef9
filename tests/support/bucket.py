"""A real S3 server on this machine (SeaweedFS, from a wheel), with a bucket."""

from __future__ import annotations

import json
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

from obstore.store import S3Store

from services.adapters.files_s3 import S3Files
from services.vault import Vault

WEED = Path(sys.executable).parent / "weed"
NAME, KEY_ID, KEY = "files", "cabinet", "a-key-of-the-tests"
PATIENCE = 90.0


class Bucket:
    """`url` is the server's address."""

    def __init__(self, url: str) -> None:
        self.url = url

    def files(self, vault: Vault, key: str = KEY) -> S3Files:
        """The cabinet's files in this bucket."""
        return S3Files(self.url, NAME, "us-east-1", KEY_ID, key, vault)

    def store(self) -> S3Store:
        """The bucket itself."""
        return S3Store(
            NAME,
            endpoint=self.url,
            region="us-east-1",
            access_key_id=KEY_ID,
            secret_access_key=KEY,
            client_options={"allow_http": True},
            retry_config={"max_retries": 0, "retry_timeout": timedelta(seconds=5)},
        )

    async def raw(self, key: str) -> bytes:
        """What its owner would read."""
        return bytes(await (await self.store().get_async(key)).bytes_async())


@contextmanager
def serving(folder: Path) -> Iterator[Bucket]:
    """The server for the length of a block, its data in `folder`."""
    users = [{"name": KEY_ID, "credentials": [{"accessKey": KEY_ID, "secretKey": KEY}], "actions": ["Admin"]}]
    (folder / "s3.json").write_text(json.dumps({"identities": users}))
    master, volume, filer, s3 = _ports(4)
    command = [str(WEED), "-logtostderr", "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1"]
    command += [f"-master.port={master}", f"-volume.port={volume}", f"-filer.port={filer}", "-master.telemetry=false"]
    command += ["-s3", f"-s3.port={s3}", f"-s3.config={folder}/s3.json", "-volume.max=4"]
    command += ["-master.volumeSizeLimitMB=64"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
    try:
        bucket = Bucket(f"http://127.0.0.1:{s3}")
        _wait(bucket, folder / "log")
        yield bucket
    finally:
        server.send_signal(signal.SIGKILL)  # it does not hear SIGTERM, and nothing of it is kept
        server.wait()


def _wait(bucket: Bucket, log: Path) -> None:
    """Until it keeps something: the first write makes the bucket."""
    store, until = bucket.store(), time.monotonic() + PATIENCE
    while True:
        try:
            store.put("ready", b"yes")
            return
        except Exception as early:
            if time.monotonic() > until:
                raise RuntimeError(log.read_text()[-2000:]) from early
            time.sleep(0.1)


def _ports(count: int) -> list[int]:
    """Free ports whose neighbours 10,000 above, where it speaks gRPC, are free too."""
    with ExitStack() as stack:
        return [_free(stack) for _ in range(count)]


def _free(stack: ExitStack) -> int:
    for port in random.SystemRandom().sample(range(20_000, 32_000), 200):
        try:
            for each in (port, port + 10_000):
                stack.enter_context(socket.socket()).bind(("127.0.0.1", each))
        except OSError:
            continue
        return port
    raise OSError("no free ports")
