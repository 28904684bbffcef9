"""A mail server that takes everything but what a fault refuses, and shows it: SMTP on `port + 2`, `GET /mail?to=` for a person."""

from __future__ import annotations

import asyncio
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from email.utils import parseaddr
from typing import Any
from urllib.parse import quote

from aiohttp import web
from aiosmtpd.smtp import SMTP, Envelope, Session

from playground.core.courier import utc
from playground.world import World

LARGEST = 30 * 2**20
"""Bytes; what large providers take."""


class Post:
    """Letters are kept one by one, attachments as files beside them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._server: asyncio.Server | None = None

    def routes(self) -> list[web.RouteDef]:
        """For the playground's main port."""
        return [web.get("/mail", self._received), web.get("/mail/{letter}/{number:\\d+}", self._attachment)]

    async def start(self) -> None:
        """Listen. In the same loop, since the store belongs to its thread."""
        loop, settings = asyncio.get_running_loop(), self._world.settings
        self._server = await loop.create_server(self._protocol, settings.host, settings.port + 2)

    async def close(self) -> None:
        """Stop listening; letters stay."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    def _protocol(self) -> SMTP:
        return SMTP(
            self,
            enable_SMTPUTF8=True,
            data_size_limit=LARGEST,
            ident="mail.playground",
            loop=asyncio.get_running_loop(),
        )

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """aiosmtpd's hook: the address of a letter. A fault ordered for `mail` refuses it: `error` is SMTP's code, 550 no such mailbox."""
        fault = self._world.faults.take("mail", "rcpt")
        if fault and isinstance(fault.error, int):
            return f"{fault.error} refused on request"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """aiosmtpd's hook: one letter has arrived."""
        letter = message_from_bytes(envelope.original_content or b"", policy=modern)
        number = len(self._world.store.all("mail")) + 1
        self._world.store.put("mail", number, self._row(number, letter, envelope))
        self._world.live.publish("mail", to=list(envelope.rcpt_tos))
        return f"250 OK: kept as {number}"

    def _row(self, number: int, letter: EmailMessage, envelope: Envelope) -> dict[str, Any]:
        return {
            "id": number,
            "message_id": str(letter["Message-ID"] or ""),
            "from": str(letter["From"] or envelope.mail_from),
            "to": ", ".join(envelope.rcpt_tos),
            "subject": str(letter["Subject"] or ""),
            "text": _body(letter, "plain"),
            "html": _body(letter, "html"),
            "attachments": [self._attach(number, turn, part) for turn, part in enumerate(letter.iter_attachments())],
            "date": utc(self._world.clock.now()),
        }

    def _attach(self, number: int, turn: int, part: EmailMessage) -> dict[str, Any]:
        content = part.get_payload(decode=True)
        body = content if isinstance(content, bytes) else b""
        (self._world.store.files / f"mail-{number}-{turn}").write_bytes(body)
        return {
            "file_name": part.get_filename() or f"attachment-{turn}",
            "mime_type": part.get_content_type(),
            "size": len(body),
            "url": f"/mail/{number}/{turn}",
        }

    async def _received(self, request: web.Request) -> web.Response:
        wanted = parseaddr(request.query.get("to", ""))[1].lower()
        rows = self._world.store.all("mail").values()
        return web.json_response([row for row in rows if not wanted or wanted in row["to"].lower().split(", ")])

    async def _attachment(self, request: web.Request) -> web.StreamResponse:
        letter, number = request.match_info["letter"], int(request.match_info["number"])
        row = self._world.store.get("mail", letter)
        if row is None or number >= len(row["attachments"]):
            return web.json_response({"error": "no such attachment", "hint": "GET /mail names them"}, status=404)
        about = row["attachments"][number]
        headers = {"Content-Disposition": f"inline; filename*=UTF-8''{quote(about['file_name'])}"}
        body = (self._world.store.files / f"mail-{letter}-{number}").read_bytes()
        return web.Response(body=body, content_type=about["mime_type"], headers=headers)


def _body(letter: EmailMessage, kind: str) -> str | None:
    part = letter.get_body((kind,))
    return None if part is None else str(part.get_content()).replace("\r\n", "\n").rstrip("\n")
