"""What the core's addresses have in common: a body becomes a value, a refused deed a problem, a resource an envelope."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from aiohttp import web
from pydantic import ValidationError

from playground.core.deeds import Conflict, Unacceptable, Unknown
from playground.core.problem import Problem, not_found
from playground.core.resources import Part

P = TypeVar("P", bound=Part)
T = TypeVar("T")


async def body_of(request: web.Request, model: type[P]) -> P:
    """The body as a value. Raises Problem (422)."""
    try:
        return model.model_validate_json(await request.read())
    except ValidationError as error:
        errors = [{"pointer": "/" + "/".join(map(str, it["loc"])), "detail": it["msg"]} for it in error.errors()]
        detail = f"the body is no {model.__name__}"
        raise Problem(422, "invalid-body", "Unprocessable Content", detail, errors=errors) from error


def refusing(path: str, key: str, deed: Callable[[], T]) -> T:
    """What the deed upon `path` and `key` brings; its refusals become problems."""
    try:
        return deed()
    except Unknown as error:
        raise not_found(path, key) from error
    except Conflict as error:
        raise Problem(409, error.code, "Conflict", str(error)) from error
    except Unacceptable as error:
        errors = [{"pointer": fault.pointer, "detail": fault.detail} for fault in error.faults]
        raise Problem(422, "unacceptable", "Unprocessable Content", str(error), errors=errors) from error


def envelope(data: dict[str, Any], at: str, status: int = 200) -> web.Response:
    """`{"data", "links", "meta"}`; `at` is the address of what is in it."""
    return web.json_response({"data": data, "links": {"self": at}, "meta": {}}, status=status)
