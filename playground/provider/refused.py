"""How the provider says no: `{"type": "error", "id", "code", "description", "parameter"?}` in its published words."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler
from pydantic import ValidationError

CODES = {
    400: "invalid_request",
    401: "invalid_credentials",
    403: "forbidden",
    404: "not_found",
    429: "too_many_requests",
    500: "internal_server_error",
}
_WORDS = {
    403: "Operation forbidden",
    404: "Not found",
    429: "Too many requests",
    500: "Internal server error",
}


class Refused(Exception):
    """A request that is not done. `parameter` names the field at fault, as `receipt.items[0].vat_code`."""

    def __init__(self, status: int, description: str = "", parameter: str | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description or _WORDS.get(status, "Invalid request parameter")
        self.parameter = parameter

    def answer(self, headers: Mapping[str, str] | None = None) -> web.Response:
        """The HTTP answer; 405 and 415 have no code."""
        body: dict[str, Any] = {"type": "error", "id": str(uuid.uuid4())}
        if code := CODES.get(self.status):
            body["code"] = code
        body["description"] = self.description
        if self.parameter is not None:
            body["parameter"] = self.parameter
        return web.json_response(body, status=self.status, headers=headers)


def invalid(parameter: str | None, description: str = "Invalid request parameter") -> Refused:
    """A 400 about one field."""
    return Refused(400, description, parameter)


def of_schema(error: ValidationError) -> Refused:
    """The first thing a schema has against a body. A rule about several fields names its parameter itself."""
    first = error.errors(include_url=False)[0]
    context = first.get("ctx", {})
    parameter = str(context.get("parameter") or spelt(first["loc"])) or None
    if first["type"] == "missing":
        return invalid(parameter, f"{str(first['loc'][-1]).replace('_', ' ').capitalize()} is missing")
    return invalid(parameter, first["msg"] if first["type"] == "shop" else "Invalid request parameter")


def spelt(place: Sequence[int | str]) -> str:
    """`("receipt", "items", 0, "amount")` as `receipt.items[0].amount`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place).removeprefix(".")


@web.middleware
async def refuse_well(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every refusal in the provider's own form, those of the router too."""
    try:
        return await handler(request)
    except Refused as no:
        return no.answer()
    except web.HTTPException as no:
        if no.status < 400:
            raise
        return Refused(no.status, "" if no.status in _WORDS else no.reason).answer()
