"""Applications and quotes in the core's REST interface, as `docs/core-gateway.openapi.yaml` describes them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import quote

from aiohttp import web

from playground.core.answering import body_of, envelope, refusing
from playground.core.applications import (
    PREFIX,
    QUOTE_PREFIX,
    Acceptance,
    Application,
    ApplicationPayment,
    ApplicationRequest,
    Cancellation,
    QuoteRequest,
)
from playground.core.checks import Checks
from playground.core.file_api import receipt, taken
from playground.core.files import Files
from playground.core.paging import page
from playground.core.problem import Problem
from playground.core.quotes import Quotes
from playground.core.register import Register
from playground.core.underwriting import Underwriting

T = TypeVar("T")
_NUMBER = re.compile(rf"{PREFIX}\d{{6,12}}", re.ASCII)
_QUOTE = re.compile(rf"{QUOTE_PREFIX}\d{{6,12}}", re.ASCII)


class ApplicationApi:
    """HTTP over the underwriting. Every PUT may be repeated."""

    def __init__(self, register: Register, underwriting: Underwriting, checks: Checks, files: Files) -> None:
        self._register, self._underwriting, self._checks, self._files = register, underwriting, checks, files
        self._quotes = Quotes(register)

    def routes(self) -> list[web.RouteDef]:
        """Everything about applications, and what one would cost."""
        return [
            web.get("/applications", self._many),
            web.get("/applications/{number}", self._one),
            web.put("/applications/{number}", self._submit),
            web.put("/applications/{number}/acceptance", self._accept),
            web.put("/applications/{number}/cancellation", self._cancel),
            web.put("/applications/{number}/payment", self._pay),
            web.put("/applications/{number}/files/{sha256}", self._file),
            web.put("/quotes/{number}", self._quote),
        ]

    async def _many(self, request: web.Request) -> web.Response:
        return web.json_response(page(request, self._register.applications.wire()))

    async def _one(self, request: web.Request) -> web.Response:
        return _answer(_refusing(request, lambda: self._underwriting.known(_number(request))))

    async def _submit(self, request: web.Request) -> web.Response:
        number = _number(request)
        if not _NUMBER.fullmatch(number):
            raise Problem(422, "number", "Unprocessable Content", f"a number is {PREFIX} and six to twelve digits")
        wish = await body_of(request, ApplicationRequest)
        before = self._register.applications.get(number)
        application, new = _refusing(request, lambda: self._underwriting.submit(number, wish))
        if application != before:
            self._checks.begin(application.number)
        return _answer(application, status=201 if new else 200)

    async def _accept(self, request: web.Request) -> web.Response:
        acceptance = await body_of(request, Acceptance)
        return _answer(_refusing(request, lambda: self._underwriting.accept(_number(request), acceptance)))

    async def _cancel(self, request: web.Request) -> web.Response:
        body = await body_of(request, Cancellation)
        return _answer(_refusing(request, lambda: self._underwriting.cancel(_number(request), body.reason)))

    async def _pay(self, request: web.Request) -> web.Response:
        payment = await body_of(request, ApplicationPayment)
        return _answer(_refusing(request, lambda: self._underwriting.pay(_number(request), payment)))

    async def _quote(self, request: web.Request) -> web.Response:
        number = _number(request)
        if not _QUOTE.fullmatch(number):
            raise Problem(
                422, "number", "Unprocessable Content", f"a number is {QUOTE_PREFIX} and six to twelve digits"
            )
        wish = await body_of(request, QuoteRequest)
        given = refusing("/quotes/", number, lambda: self._quotes.give(number, wish))
        return envelope(given.wire(), f"/quotes/{quote(number)}")

    async def _file(self, request: web.Request) -> web.Response:
        """A copy of a document, for an employee who looks at data in doubt."""
        number = _refusing(request, lambda: self._underwriting.known(_number(request))).number
        file = await taken(request, self._files)
        new = _refusing(request, lambda: self._underwriting.received(number, file))
        return receipt(request, file, new=new)


def _refusing(request: web.Request, deed: Callable[[], T]) -> T:
    return refusing("/applications/", _number(request), deed)


def _answer(application: Application, status: int = 200) -> web.Response:
    return envelope(application.wire(), f"/applications/{quote(application.number)}", status)


def _number(request: web.Request) -> str:
    return request.match_info["number"]
