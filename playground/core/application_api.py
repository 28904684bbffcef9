"""Applications in the core's REST interface, as `docs/core-gateway.openapi.yaml` describes them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import quote

from aiohttp import web
from pydantic import ValidationError

from playground.core.applications import (
    PREFIX,
    Acceptance,
    Application,
    ApplicationPayment,
    ApplicationRequest,
    Cancellation,
)
from playground.core.checks import Checks
from playground.core.paging import page
from playground.core.problem import Problem, not_found
from playground.core.register import Register
from playground.core.resources import Part
from playground.core.underwriting import Conflict, Unacceptable, Underwriting, Unknown

P = TypeVar("P", bound=Part)
T = TypeVar("T")
_NUMBER = re.compile(rf"{PREFIX}\d{{6,12}}", re.ASCII)


class ApplicationApi:
    """HTTP over the underwriting. Every PUT may be repeated."""

    def __init__(self, register: Register, underwriting: Underwriting, checks: Checks) -> None:
        self._register, self._underwriting, self._checks = register, underwriting, checks

    def routes(self) -> list[web.RouteDef]:
        """Everything about applications."""
        return [
            web.get("/applications", self._many),
            web.get("/applications/{number}", self._one),
            web.put("/applications/{number}", self._submit),
            web.put("/applications/{number}/acceptance", self._accept),
            web.put("/applications/{number}/cancellation", self._cancel),
            web.put("/applications/{number}/payment", self._pay),
        ]

    async def _many(self, request: web.Request) -> web.Response:
        return web.json_response(page(request, self._register.applications.wire()))

    async def _one(self, request: web.Request) -> web.Response:
        return _answer(_refusing(request, lambda: self._underwriting.known(_number(request))))

    async def _submit(self, request: web.Request) -> web.Response:
        number = _number(request)
        if not _NUMBER.fullmatch(number):
            raise Problem(422, "number", "Unprocessable Content", f"a number is {PREFIX} and six to twelve digits")
        wish = await _body(request, ApplicationRequest)
        before = self._register.applications.get(number)
        application, new = _refusing(request, lambda: self._underwriting.submit(number, wish))
        if application != before:
            self._checks.begin(application)
        return _answer(application, status=201 if new else 200)

    async def _accept(self, request: web.Request) -> web.Response:
        acceptance = await _body(request, Acceptance)
        return _answer(_refusing(request, lambda: self._underwriting.accept(_number(request), acceptance)))

    async def _cancel(self, request: web.Request) -> web.Response:
        body = await _body(request, Cancellation)
        return _answer(_refusing(request, lambda: self._underwriting.cancel(_number(request), body.reason)))

    async def _pay(self, request: web.Request) -> web.Response:
        payment = await _body(request, ApplicationPayment)
        return _answer(_refusing(request, lambda: self._underwriting.pay(_number(request), payment)))


def _refusing(request: web.Request, deed: Callable[[], T]) -> T:
    """What the deed brings; its refusals become problems."""
    try:
        return deed()
    except Unknown as error:
        raise not_found("/applications/", _number(request)) from error
    except Conflict as error:
        raise Problem(409, error.code, "Conflict", str(error)) from error
    except Unacceptable as error:
        errors = [{"pointer": fault.pointer, "detail": fault.detail} for fault in error.faults]
        raise Problem(422, "unacceptable", "Unprocessable Content", str(error), errors=errors) from error


def _answer(application: Application, status: int = 200) -> web.Response:
    links = {"self": f"/applications/{quote(application.number)}"}
    body: dict[str, Any] = {"data": application.wire(), "links": links, "meta": {}}
    return web.json_response(body, status=status)


def _number(request: web.Request) -> str:
    return request.match_info["number"]


async def _body(request: web.Request, model: type[P]) -> P:
    """The body as a value. Raises Problem (422)."""
    try:
        return model.model_validate_json(await request.read())
    except ValidationError as error:
        errors = [{"pointer": "/" + "/".join(map(str, it["loc"])), "detail": it["msg"]} for it in error.errors()]
        detail = f"the body is no {model.__name__}"
        raise Problem(422, "invalid-body", "Unprocessable Content", detail, errors=errors) from error
