"""Claims in the core's REST interface, as `docs/core-gateway.openapi.yaml` describes them."""

from __future__ import annotations

import re
from urllib.parse import quote

from aiohttp import web

from playground.core.adjusting import Adjusting
from playground.core.answering import body_of, envelope, refusing
from playground.core.claims import PREFIX, Claim, ClaimRequest, StatusOrder
from playground.core.file_api import receipt, taken
from playground.core.files import Files
from playground.core.paging import page
from playground.core.problem import Problem
from playground.core.register import Register
from playground.core.triage import Triage

_NUMBER = re.compile(rf"{PREFIX}\d{{6,12}}", re.ASCII)


class ClaimApi:
    """HTTP over the adjusting. Every PUT may be repeated."""

    def __init__(self, register: Register, adjusting: Adjusting, files: Files, triage: Triage) -> None:
        self._register, self._adjusting, self._files, self._triage = register, adjusting, files, triage

    def routes(self) -> list[web.RouteDef]:
        """Everything about claims."""
        return [
            web.get("/claims", self._many),
            web.get("/claims/{key}", self._one),
            web.put("/claims/{key}", self._submit),
            web.put("/claims/{key}/status", self._order),
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

    async def _order(self, request: web.Request) -> web.Response:
        order = await body_of(request, StatusOrder)
        return _answer(refusing("/claims/", _key(request), lambda: self._adjusting.order(_key(request), order)))

    async def _file(self, request: web.Request) -> web.Response:
        claim = self._known(request)
        file = await taken(request, self._files)
        _, new = refusing("/claims/", _key(request), lambda: self._adjusting.received(claim.claim_id, file))
        return receipt(request, file, new=new)

    def _known(self, request: web.Request) -> Claim:
        return refusing("/claims/", _key(request), lambda: self._adjusting.known(_key(request)))


def _answer(claim: Claim, status: int = 200) -> web.Response:
    return envelope(claim.wire(), f"/claims/{quote(claim.number or claim.claim_id)}", status)


def _key(request: web.Request) -> str:
    return request.match_info["key"]
