"""Refusals of the core in the form of RFC 9457, whatever went wrong and wherever it was noticed."""

from __future__ import annotations

import logging
import re
import uuid
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

INTERACTION = "X-Interaction-Id"
_SAFE = re.compile(r"[\w.:-]{1,100}", re.ASCII)

log = logging.getLogger(__name__)


class Problem(Exception):
    """A refusal; `code` is stable and for machines, `detail` is for the partner's developer."""

    def __init__(self, status: int, code: str, title: str, detail: str, **extra: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.body = {"type": f"urn:core:problem:{code}", "title": title, "status": status, "detail": detail, **extra}


def not_found(path: str, key: str) -> Problem:
    """404 for one resource."""
    return Problem(404, "not-found", "Not Found", f"nothing is at {path}{key}")


def _answer(status: int, body: dict[str, Any]) -> web.Response:
    headers = {"WWW-Authenticate": 'Bearer realm="core"'} if status == 401 else {}
    return web.json_response(body, status=status, headers=headers, content_type="application/problem+json")


@web.middleware
async def refuse_well(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every answer carries the interaction id; every refusal, a wrong address or a crash included, is a problem."""
    offered = request.headers.get(INTERACTION, "")
    interaction = offered if _SAFE.fullmatch(offered) else str(uuid.uuid4())
    answer = await _guarded(request, handler, interaction)
    answer.headers[INTERACTION] = interaction
    return answer


async def _guarded(request: web.Request, handler: Handler, interaction: str) -> web.StreamResponse:
    try:
        return await handler(request)
    except Problem as problem:
        return _answer(problem.status, problem.body | {"instance": f"urn:core:interaction:{interaction}"})
    except web.HTTPException as error:
        return _answer(error.status, {"type": "about:blank", "title": error.reason, "status": error.status})
    except ConnectionResetError:  # the caller has died in the middle of a file: nobody hears the answer
        return _answer(400, {"type": "about:blank", "title": "Bad Request", "status": 400, "detail": interaction})
    except Exception:
        log.exception("interaction %s failed", interaction)
        body = {"type": "about:blank", "title": "Internal Server Error", "status": 500, "detail": interaction}
        return _answer(500, body)
