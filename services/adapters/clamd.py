"""ClamAV's daemon over TCP or a Unix socket: the command INSTREAM of its protocol (`man clamd`)."""

from __future__ import annotations

import asyncio
from pathlib import Path

from services.ports.antivirus import AntivirusTrouble

PIECE = 64 * 1024
SECONDS = 30.0
ANSWER = 4096
"""Bytes of an answer: it ends with a zero."""


class Clamd:
    """`address` is `host:port`, or the path of a socket."""

    def __init__(self, address: str) -> None:
        self._address = address

    async def scan(self, path: Path) -> str | None:
        try:
            async with asyncio.timeout(SECONDS):
                said = await self._ask(path)
        except (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError) as away:
            raise AntivirusTrouble(type(away).__name__) from away
        if said == "stream: OK":
            return None
        if said.startswith("stream: ") and said.endswith(" FOUND"):
            return said.removeprefix("stream: ").removesuffix(" FOUND")
        raise AntivirusTrouble(said)

    async def _ask(self, path: Path) -> str:
        reader, writer = await self._connect()
        try:
            writer.write(b"zINSTREAM\0")
            with path.open("rb") as file:
                while piece := file.read(PIECE):
                    writer.write(len(piece).to_bytes(4, "big") + piece)
                    await writer.drain()
            writer.write(bytes(4))
            return (await reader.readuntil(b"\0"))[:-1].decode(errors="replace")
        finally:
            writer.close()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._address.startswith("/"):
            return await asyncio.open_unix_connection(self._address, limit=ANSWER)
        host, _, port = self._address.rpartition(":")
        return await asyncio.open_connection(host, int(port), limit=ANSWER)
