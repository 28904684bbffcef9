"""How the playground's own endpoints say no: `{"error": ..., "hint": ...}` with a 4xx or 5xx status."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

_ADDRESSES = "addresses begin with /bot, /client, /clock, /faults, /calls, /bots, /reset, /sms, /mail, /payments, /refunds or /desk"


class NoError(Exception):
    """A person's request cannot be done: `error` says what is wrong, `hint` what to do; `more` is added to the body."""

    def __init__(self, status: int, error: str, hint: str = "", **more: Any) -> None:
        super().__init__(error)
        self.status = status
        self.body = {"error": error, "hint": hint} | more


@web.middleware
async def say_no(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every refusal outside Telegram's own addresses becomes the playground's JSON."""
    try:
        return await handler(request)
    except NoError as no:
        return web.json_response(no.body, status=no.status)
    except web.HTTPException as no:
        if no.status < 400:
            raise
        hint = _ADDRESSES if no.status == 404 else ""
        return web.json_response({"error": f"{no.status} {no.reason}", "hint": hint}, status=no.status)


async def body_of(request: web.Request) -> dict[str, Any]:
    """The JSON object a person sent; none is an empty one. Raises NoError."""
    raw = await request.read()
    if not raw.strip():
        return {}
    try:
        body = json.loads(raw)
    except ValueError as error:
        raise NoError(400, "the body is no JSON", f"near character {getattr(error, 'pos', 0)}") from error
    if not isinstance(body, dict):
        raise NoError(400, "the body must be a JSON object")
    return body


def number_of(request: web.Request, name: str, default: float) -> float:
    """A number of the query. Raises NoError."""
    text = request.query.get(name) or str(default)
    try:
        return float(text)
    except ValueError as error:
        raise NoError(400, f'"{name}" is a number', f"for example ?{name}={default:g}") from error


def wanted(body: dict[str, Any], name: str, kind: type, example: str) -> Any:
    """A field that must be there and of that type. Raises NoError."""
    value = body.get(name)
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise NoError(400, f'"{name}" is missing or of another type', f"for example {example}")
    return value
