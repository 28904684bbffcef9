"""Made-up photos over HTTP, for the page's attach menu and for scripts: `GET /samples` names them, `GET /samples/{kind}` draws one."""

from __future__ import annotations

import asyncio
from typing import Annotated
from urllib.parse import quote

from aiohttp import web
from pydantic import Field

from playground.asked import Asked
from playground.photos import SAMPLES, sample
from playground.refusal import NoError


class Wanted(Asked):
    """Which of the endlessly many pictures of a kind."""

    EXAMPLE = "?seed=7"

    seed: Annotated[int, Field(ge=0, lt=2**31)] = 1


def routes() -> list[web.RouteDef]:
    """For the playground's application."""
    return [web.get("/samples", _names), web.get("/samples/{kind}", _one)]


async def _names(request: web.Request) -> web.Response:
    return web.json_response({"samples": list(SAMPLES)})


async def _one(request: web.Request) -> web.Response:
    kind = request.match_info["kind"]
    if kind not in SAMPLES:
        raise NoError(404, f"no sample {kind}", f"there are {', '.join(SAMPLES)}")
    photo = await asyncio.to_thread(sample, kind, Wanted.of_query(request).seed)
    headers = {"Content-Disposition": f"inline; filename*=UTF-8''{quote(photo.name)}", "Cache-Control": "no-store"}
    return web.Response(body=photo.content, content_type=photo.mime, headers=headers)
