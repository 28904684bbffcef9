"""Lists of the core, page by page, in the order of first appearance."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from aiohttp import web

from playground.core.problem import Problem

LARGEST_PAGE = 500


def page(request: web.Request, resources: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """A resource that appears during the reading comes at the end, none is skipped. Raises Problem (400)."""
    limit, after = _limit(request), _after(request)
    keys = list(resources)
    if after is not None and after not in resources:
        raise Problem(400, "cursor", "Bad Request", "the cursor is not one of ours")
    start = 0 if after is None else keys.index(after) + 1
    chosen = keys[start : start + limit]
    more = start + limit < len(keys)
    return {
        "data": [resources[key] for key in chosen],
        "links": {"self": request.path_qs, "next": _cursor(chosen[-1]) if more else None},
        "meta": {"totalRecords": len(keys)},
    }


def _limit(request: web.Request) -> int:
    text = request.query.get("limit", "100")
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= LARGEST_PAGE):
        raise Problem(400, "limit", "Bad Request", f"limit is a number from 1 to {LARGEST_PAGE}")
    return int(text)


def _cursor(key: str) -> str:
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def _after(request: web.Request) -> str | None:
    cursor = request.query.get("cursor")
    if not cursor:
        return None
    try:
        return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError) as error:
        raise Problem(400, "cursor", "Bad Request", "the cursor is not one of ours") from error
