"""Claims in the core's REST interface, as `docs/core-gateway.openapi.yaml` describes them."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from aiohttp import web
from pydantic import ValidationError

from playground.core.adjusting import Adjusting
from playground.core.answering import body_of, envelope, refusing
from playground.core.claim_files import LARGEST, ClaimFiles, SentFile, TooLarge, WrongHash
from playground.core.claims import PREFIX, Claim, ClaimRequest, FileName, Hash, MimeType, Slot
from playground.core.paging import page
from playground.core.problem import Problem
from playground.core.register import Register
from playground.core.resources import Part
from playground.core.triage import Triage

_NUMBER = re.compile(rf"{PREFIX}\d{{6,12}}", re.ASCII)


class Announced(Part):
    """The headers of a file."""

    sha256: Hash
    slot: Slot
    name: FileName
    mime_type: MimeType


class ClaimApi:
    """HTTP over the adjusting. Every PUT may be repeated."""

    def __init__(self, register: Register, adjusting: Adjusting, files: ClaimFiles, triage: Triage) -> None:
        self._register, self._adjusting, self._files, self._triage = register, adjusting, files, triage

    def routes(self) -> list[web.RouteDef]:
        """Everything about claims."""
        return [
            web.get("/claims", self._many),
            web.get("/claims/{key}", self._one),
            web.put("/claims/{key}", self._submit),
            web.put("/claims/{key}/files/{sha256}", self._file),
        ]

    async def _many(self, request: web.Request) -> web.Response:
        return web.json_response(page(request, self._register.claims.wire()))

    async def _one(self, request: web.Request) -> web.Response:
        return _answer(self._known(request))

    async def _submit(self, request: web.Request) -> web.Response:
        number = _key(request)
        if not _NUMBER.fullmatch(number):
            raise Problem(422, "number", "Unprocessable Content", f"a number is {PREFIX} and six to twelve digits")
        notice = await body_of(request, ClaimRequest)
        claim, new = refusing("/claims/", number, lambda: self._adjusting.submit(number, notice))
        if new:
            self._triage.begin(claim.claim_id)
        return _answer(claim, status=201 if new else 200)

    async def _file(self, request: web.Request) -> web.Response:
        """Bytes of a file, counted and hashed while they come."""
        claim, told = self._known(request), _announced(request)
        try:
            size = await self._files.receive(told.sha256, request.content.iter_chunked(1 << 16))
        except TooLarge as error:
            raise Problem(413, "too-large", "Content Too Large", f"at most {LARGEST} bytes") from error
        except WrongHash as error:
            detail = f"the SHA-256 of what came is {error}"
            raise Problem(422, "hash", "Unprocessable Content", detail) from error
        file = SentFile(told.sha256, told.name, told.mime_type, size, told.slot)
        _, new = refusing("/claims/", _key(request), lambda: self._adjusting.received(claim.claim_id, file))
        at = f"/claims/{quote(_key(request))}/files/{told.sha256}"
        return envelope({"sha256": told.sha256, "size": size}, at, status=201 if new else 200)

    def _known(self, request: web.Request) -> Claim:
        return refusing("/claims/", _key(request), lambda: self._adjusting.known(_key(request)))


def _answer(claim: Claim, status: int = 200) -> web.Response:
    return envelope(claim.wire(), f"/claims/{quote(claim.number or claim.claim_id)}", status)


def _key(request: web.Request) -> str:
    return request.match_info["key"]


def _announced(request: web.Request) -> Announced:
    """Raises Problem (400)."""
    try:
        return Announced(
            sha256=request.match_info["sha256"],
            slot=request.headers.get("X-File-Slot", ""),
            name=unquote(request.headers.get("X-File-Name", ""), errors="strict"),
            mime_type=request.content_type,
        )
    except (ValidationError, UnicodeDecodeError) as error:
        detail = "a SHA-256 in the path, X-File-Name (percent-encoded UTF-8), X-File-Slot and Content-Type are wanted"
        raise Problem(400, "file", "Bad Request", detail) from error
