"""How the playground's own endpoints say no: `{"error": ..., "hint": ...}` with a 4xx or 5xx status."""

from __future__ import annotations

import logging
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler
from pydantic_core import from_json

log = logging.getLogger(__name__)
_ADDRESSES = (
    "addresses begin with /bot, /client, /staff, /clock, /faults, /calls, /bots, /reset, /sms, /mail, /payments, /refunds, "
    "/samples or /desk"
)


class NoError(Exception):
    """A person's request cannot be done: `error` says what is wrong, `hint` what to do; `more` is added to the body."""

    def __init__(self, status: int, error: str, hint: str = "", **more: Any) -> None:
        super().__init__(error)
        self.status = status
        self.body = {"error": error, "hint": hint} | more


@web.middleware
async def say_no(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every refusal outside Telegram's own addresses becomes the playground's JSON; a crash does too, and is logged."""
    try:
        return await handler(request)
    except NoError as no:
        return web.json_response(no.body, status=no.status)
    except web.HTTPException as no:
        if no.status < 400:
            raise
        hint = _ADDRESSES if no.status == 404 else ""
        return web.json_response({"error": f"{no.status} {no.reason}", "hint": hint}, status=no.status)
    except ConnectionError:
        raise  # nobody is there to be told
    except Exception as error:
        log.exception("%s %s failed", request.method, request.path)
        return web.json_response(_crash(request, error), status=500)


def _crash(request: web.Request, error: Exception) -> dict[str, Any]:
    """Our own mistake, in the form that whoever asked can read: Telegram's envelope under Telegram's addresses."""
    if request.path.startswith(("/bot", "/file/bot")) and request.path != "/bots":
        return {"ok": False, "error_code": 500, "description": f"Internal Server Error: {type(error).__name__}"}
    hint = "a mistake of the playground, not of the request: its log on stderr says where"
    return {"error": f"the playground failed: {type(error).__name__}", "hint": hint}


async def body_of(request: web.Request) -> dict[str, Any]:
    """The JSON object a person sent; none is an empty one. Raises NoError."""
    raw = await request.read()
    if not raw.strip():
        return {}
    try:
        body = from_json(raw, allow_inf_nan=False)  # lone surrogates and bottomless nesting are no JSON to it either
    except ValueError as error:
        raise NoError(400, "the body is no JSON", f"in UTF-8: {error}") from error
    if not isinstance(body, dict):
        raise NoError(400, "the body must be a JSON object")
    return body


def wanted(body: dict[str, Any], name: str, kind: type, example: str) -> Any:
    """A field that must be there and of that type. Raises NoError."""
    value = body.get(name)
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise NoError(400, f'"{name}" is missing or of another type', f"for example {example}")
    return value
