"""What goes wrong at the provider on request: a cut connection, a balancer's HTML, an answer lost, refused or dribbled."""

from __future__ import annotations

import asyncio

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from playground import faults
from playground.faults import Fault
from playground.provider.refused import Refused
from playground.world import World

ORDER = web.RequestKey("order", str)
"""A word the provider itself understands, e.g. how the refund that is asked for shall end."""


def middleware(world: World) -> Middleware:
    """Suffer the faults ordered for the provider. `method` names what is called: `payments`, `create`, `payments.create`, `post`."""

    @web.middleware
    async def suffer(request: web.Request, handler: Handler) -> web.StreamResponse:
        fault = world.faults.take("provider", _names(request))
        if fault is None:
            return await handler(request)
        if fault.error == "slow":
            return await faults.dribbled(request, await handler(request), fault.delay)
        await asyncio.sleep(fault.delay)
        if fault.error == "reset":
            return _cut(request, web.Response())
        if isinstance(fault.error, int) and not fault.after:
            return _refusal(fault)
        if isinstance(fault.error, str):
            request[ORDER] = fault.error
        answer = await handler(request)
        if fault.drop_answer:
            return _cut(request, answer)
        return _refusal(fault) if isinstance(fault.error, int) else answer

    return suffer


def _names(request: web.Request) -> str:
    """The call as a path of all its names: `payments/payments.create/create/post`."""
    parts = request.path.rstrip("/").split("/")[3:]
    resource = parts[0] if parts else ""
    reading = "get" if len(parts) > 1 or resource == "me" else "list"
    deed = reading if request.method == "GET" else parts[2] if len(parts) > 2 else "create"
    return f"{resource}/{resource}.{deed}/{deed}/{request.method}"


def _refusal(fault: Fault) -> web.Response:
    """HTML where a balancer speaks (above 500), else the provider's own body."""
    status = int(fault.error or 500)
    if status > 500:
        return faults.refusal("provider", fault)
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    return Refused(status).answer(headers)


def _cut(request: web.Request, answer: web.StreamResponse) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return answer
