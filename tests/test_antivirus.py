"""ClamAV: clean, infected, or not said; its protocol, by a stand-in and, where Debian's package is installed, by the daemon itself."""

from __future__ import annotations

import asyncio
import hashlib
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.adapters.clamd import Clamd
from services.ports.antivirus import AntivirusTrouble
from tests.support.clamav import EICAR, Scanner

CLAMD = shutil.which("clamd", path="/usr/sbin:/usr/bin:/usr/local/sbin")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_bytes(bytes(1_000_000))
    return path


async def test_clean_and_infected(file: Path, tmp_path: Path) -> None:
    infected = tmp_path / "infected"
    infected.write_bytes(EICAR)
    async with Scanner() as scanner:
        clamd = Clamd(scanner.address)
        assert await clamd.scan(file) is None
        assert await clamd.scan(infected) == "Eicar-Signature"
    assert scanner.seen == [bytes(1_000_000), EICAR]


async def test_what_was_not_said_is_not_clean(file: Path) -> None:
    async with Scanner(most=1_000) as scanner:
        with pytest.raises(AntivirusTrouble):
            await Clamd(scanner.address).scan(file)
        scanner.away = 1
        with pytest.raises(AntivirusTrouble):
            await Clamd(scanner.address).scan(file)
        address = scanner.address
    with pytest.raises(AntivirusTrouble):
        await Clamd(address).scan(file)
    with pytest.raises(AntivirusTrouble):
        await Clamd("/nowhere/clamd.sock").scan(file)


@pytest.fixture
async def daemon(tmp_path: Path) -> AsyncIterator[str]:
    """Debian's clamd with one signature of our own: the path of its socket."""
    assert CLAMD
    folder = tmp_path / "clamav"
    folder.mkdir()
    (folder / "own.hdb").write_text(f"{hashlib.md5(EICAR).hexdigest()}:{len(EICAR)}:Eicar-Test\n")  # noqa: S324 - as ClamAV asks
    socket = folder / "socket"
    (folder / "conf").write_text(f"DatabaseDirectory {folder}\nLocalSocket {socket}\nForeground yes\n")
    running = await asyncio.create_subprocess_exec(
        CLAMD, "-c", str(folder / "conf"), stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    async with asyncio.timeout(30):
        while not await asyncio.to_thread(socket.exists):  # noqa: ASYNC110 - another process' file
            await asyncio.sleep(0.05)
    yield str(socket)
    running.kill()
    await running.wait()


@pytest.mark.skipif(CLAMD is None, reason="Debian's clamav-daemon is not installed")
async def test_the_daemon_itself(daemon: str, file: Path, tmp_path: Path) -> None:
    infected = tmp_path / "infected"
    infected.write_bytes(EICAR)
    assert await Clamd(daemon).scan(file) is None
    assert await Clamd(daemon).scan(infected) == "Eicar-Test.UNOFFICIAL"
