"""The core's REST interface as `docs/core-gateway.openapi.yaml` describes it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from pydantic import ValidationError

from playground.core.paging import page
from playground.core.press import Press
from playground.core.problem import Problem, not_found
from playground.core.register import Drawer, Register
from playground.core.resources import Customer, Document, Policy, Question


def guard(key: str) -> Middleware:
    """Whoever does not show the key gets 401, except for what anybody may have: the authority's certificate."""

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        offered = request.headers.get("Authorization", "")
        if request.path != "/authority.pem" and not hmac.compare_digest(offered.encode(), f"Bearer {key}".encode()):
            raise Problem(401, "unauthorized", "Unauthorized", "the bearer token is missing or wrong")
        return await handler(request)

    return check


async def _ready() -> None:
    """Nothing to prepare."""


class Api:
    """Handlers over the register and the press."""

    def __init__(self, register: Register, press: Press) -> None:
        self._register, self._press = register, press

    def routes(self) -> list[web.RouteDef]:
        """Everything the core answers to."""
        register = self._register
        return [
            *self._resource("customers", register.customers),
            *self._resource("policies", register.policies),
            *self._resource("documents", register.documents, self._press.catalogue),
            web.get("/documents/{id}/content", self._content),
            web.post("/questions", self._ask),
            web.get("/authority.pem", self._authority),
        ]

    def _resource(
        self,
        name: str,
        drawer: Drawer[Customer] | Drawer[Policy] | Drawer[Document],
        prepare: Callable[[], Awaitable[None]] = _ready,
    ) -> tuple[web.RouteDef, web.RouteDef]:
        async def many(request: web.Request) -> web.Response:
            await prepare()
            return web.json_response(page(request, drawer.wire()))

        async def one(request: web.Request) -> web.Response:
            key = request.match_info["id"]
            await prepare()
            resource = drawer.get(key)
            if resource is None:
                raise not_found(f"/{name}/", key)
            return web.json_response({"data": resource.wire(), "links": {"self": request.path}, "meta": {}})

        return web.get(f"/{name}", many), web.get(f"/{name}/{{id}}", one)

    async def _content(self, request: web.Request) -> web.Response:
        key = request.match_info["id"]
        found = await self._press.content(key)
        if found is None:
            raise not_found("/documents/", key)
        document, body = found
        tag = f'"{document.sha256}"'
        headers = {"ETag": tag, "Cache-Control": "private"}
        if tag in request.headers.get("If-None-Match", ""):
            return web.Response(status=304, headers=headers)
        headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(document.title)}.pdf"
        return web.Response(body=body, content_type=document.mime_type, headers=headers)

    async def _authority(self, request: web.Request) -> web.Response:
        return web.Response(body=self._press.authority.root_pem(), content_type="application/x-pem-file")

    async def _ask(self, request: web.Request) -> web.Response:
        """Take a question. The same key brings the stored answer, so a repeat after a lost answer does no harm."""
        key = request.headers.get("Idempotency-Key", "")
        if not 1 <= len(key) <= 100:
            raise Problem(400, "idempotency-key", "Bad Request", "Idempotency-Key of 1 to 100 characters is required")
        return web.json_response(self._once(key, await self._question(request)), status=201)

    def _once(self, key: str, question: Question) -> dict[str, Any]:
        """The answer to the first request under this key. Raises Problem (409) for another question under it."""
        store = self._register.world.store
        fingerprint = hashlib.sha256(question.model_dump_json().encode()).hexdigest()
        if known := store.get("core.idempotency", key):
            if known["fingerprint"] != fingerprint:
                raise Problem(409, "idempotency-key-reused", "Conflict", "this key came with another body before")
            answer: dict[str, Any] = known["answer"]
            return answer
        if store.get("core.question", question.number):
            raise Problem(409, "number-taken", "Conflict", f"question {question.number} is known under another key")
        answer = {"data": {"number": question.number, "status": "received"}}
        self._register.take(question)
        store.put("core.idempotency", key, {"fingerprint": fingerprint, "answer": answer})
        return answer

    async def _question(self, request: web.Request) -> Question:
        try:
            question = Question.model_validate_json(await request.read())
        except ValidationError as error:
            errors = [{"pointer": "/" + "/".join(map(str, it["loc"])), "detail": it["msg"]} for it in error.errors()]
            raise Problem(
                422, "invalid-body", "Unprocessable Content", "the body is not a question", errors=errors
            ) from error
        if question.customer_id and self._register.customers.get(question.customer_id) is None:
            errors = [{"pointer": "/customerId", "detail": "unknown customer"}]
            raise Problem(422, "unknown-customer", "Unprocessable Content", "there is no such customer", errors=errors)
        return question
