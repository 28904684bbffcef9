"""The insurer's employee and the applications: decides checks, changes prices, refuses."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from aiohttp import web
from pydantic import ValidationError

from playground.core import Core
from playground.core.applications import Application, Check
from playground.core.deeds import Conflict, Unknown
from playground.core.drafts import rub
from playground.core.resources import Customer, Money
from playground.desk_files import row, show
from playground.refusal import NoError, body_of, wanted

REFUSED = "Страховщик отказал в оформлении полиса."
CANCELLED = "Страховщик отменил заявку."
OUTCOMES = '{"outcome": "passed"}, or "mismatch" or "unreliable" with "fields" such as ["drivers/0/licence"]'


class ApplicationDesk:
    """Addresses under `/desk`, and its part of the table."""

    def __init__(self, core: Core) -> None:
        self._register, self._underwriting, self._checks = core.register, core.underwriting, core.checks
        self._files = core.files

    def routes(self) -> list[web.RouteDef]:
        """For the playground's application."""
        return [
            web.post("/desk/checks", self._switch),
            web.post("/desk/checks/{number}", self._decide),
            web.get("/desk/applications/{number}", self._one),
            web.post("/desk/applications/{number}", self._change),
            web.get("/desk/applications/{number}/files/{sha256}", self._file),
        ]

    def table(self, customers: dict[str, Customer]) -> dict[str, Any]:
        """`applications`, newest last; `checks`: those that wait for an outcome; `auto`: whether it comes by itself."""
        numbers = {policy.policy_id: policy.full_number for policy in self._register.policies.all()}
        return {
            "applications": [self._row(it, customers, numbers) for it in self._register.applications.all()],
            "checks": [self._row(it, customers, numbers) | {"id": it.number} for it in self._checks.waiting()],
            "auto": self._checks.auto,
        }

    def _row(self, it: Application, customers: dict[str, Customer], numbers: dict[str, str]) -> dict[str, Any]:
        return _brief(it, customers, numbers) | {"files": [row(file) for file in self._files.of(it.number)]}

    async def _switch(self, request: web.Request) -> web.Response:
        """Whether checks pass by themselves."""
        self._checks.switch(on=wanted(await body_of(request), "auto", bool, '{"auto": false}'))
        return web.json_response({"auto": self._checks.auto})

    async def _decide(self, request: web.Request) -> web.Response:
        """The outcome of a check."""
        number, body = self._number(request), await body_of(request)
        try:
            check = Check.model_validate(body)
        except ValidationError as error:
            raise NoError(400, "this is no outcome", OUTCOMES) from error
        return _answer(lambda: self._underwriting.decide(number, check))

    async def _one(self, request: web.Request) -> web.Response:
        """The whole resource."""
        number = self._number(request)
        return _answer(lambda: self._underwriting.known(number))

    async def _change(self, request: web.Request) -> web.Response:
        """Another price, or the end of it."""
        number, body = self._number(request), await body_of(request)
        reason = str(body.get("reason") or "").strip()
        match body:
            case {"status": "refused"}:
                return _answer(lambda: self._underwriting.refuse(number, reason or REFUSED))
            case {"status": "cancelled"}:
                return _answer(lambda: self._underwriting.cancel(number, reason or CANCELLED))
            case {"price": str(price)} if "status" not in body:
                return _answer(lambda: self._underwriting.reprice(number, _money(price)))
        raise NoError(400, "nothing to change", '{"price": "12345.67"} or {"status": "refused", "reason": "…"}')

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """A copy the client has sent."""
        return show(self._files, self._number(request), request.match_info["sha256"])

    def _number(self, request: web.Request) -> str:
        """By the cabinet's number or the core's, in Cyrillic or Latin, with or without the letter."""
        given = request.match_info["number"].strip().upper()
        plain = re.sub(r"^[ЗZ]-?", "", given)
        for application in self._register.applications.all():
            if given == application.application_id or application.number.endswith(f"-{plain}"):
                return application.number
        raise NoError(404, f"no application {given}", "GET /desk lists them")


def _answer(deed: Callable[[], Application]) -> web.Response:
    try:
        return web.json_response(deed().wire())
    except Unknown as error:
        raise NoError(404, f"no application {error}", "GET /desk lists them") from error
    except Conflict as error:
        raise NoError(409, str(error), "GET /desk says in what state it is") from error


def _money(text: str) -> Money:
    """Raises NoError."""
    try:
        return rub(Decimal(text.replace(",", ".")))
    except (InvalidOperation, ValidationError) as error:
        raise NoError(400, f"«{text}» is no price", "for example 12345.67") from error


def _brief(application: Application, customers: dict[str, Customer], numbers: dict[str, str]) -> dict[str, Any]:
    whole = application.wire()
    names = ("number", "applicationId", "customerId", "policyId", "version", "revision", "status", "check", "reason")
    return {
        **{name: whole[name] for name in names},
        "customer": str(customers[application.customer_id].name),
        "policy": numbers[application.policy_id],
        "start": whole["termStartDate"],
        "end": whole["termEndDate"],
        "drivers": [str(driver.name) for driver in application.drivers],
        "price": application.price.amount if application.price else None,
        "paid": application.payment is not None,
        "issuedPolicy": numbers.get(application.issued_policy_id or ""),
    }
