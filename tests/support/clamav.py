"""A stand-in for ClamAV's daemon that speaks its protocol: INSTREAM over TCP (`man clamd`), and knows one signature."""

from __future__ import annotations

import asyncio
from typing import Self

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The harmless file every antivirus calls infected."""


class Scanner:
    """`away` connections are cut before an answer; `seen` are the files that were scanned; `most` bytes are taken."""

    def __init__(self, most: int = 25 << 20) -> None:
        self.away = 0
        self.most = most
        self.seen: list[bytes] = []
        self._server: asyncio.Server

    @property
    def address(self) -> str:
        host, port = self._server.sockets[0].getsockname()
        return f"{host}:{port}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *error: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if self.away:
                self.away -= 1
                return
            assert await reader.readuntil(b"\0") == b"zINSTREAM\0"
            content = b""
            while size := int.from_bytes(await reader.readexactly(4), "big"):
                content += await reader.readexactly(size)
                if len(content) > self.most:
                    writer.write(b"INSTREAM size limit exceeded. ERROR\0")
                    return
            self.seen.append(content)
            writer.write(b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0")
            await writer.drain()
        finally:
            writer.close()
