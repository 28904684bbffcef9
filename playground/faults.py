"""What goes wrong outside, on request: refusals, HTML of a balancer, slowness, an answer lost after the work or cut in its middle."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

SERVICES = ("telegram", "provider", "core", "sms", "mail")
_DELIVERIES = {"telegram": "webhook", "provider": "notification"}
_PIECES = 20
_WORDS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One stroke: wait `delay` real seconds, then refuse with HTTP status `error`, or work and drop the answer.

    `after` does the work first and refuses then, so that whoever asked does not know that it was done. A word instead of a
    status (`"duplicate"`) is understood by the part it is meant for; `retry_after` is in seconds.
    """

    error: int | str | None = None
    retry_after: float | None = None
    delay: float = 0.0
    drop_answer: bool = False
    after: bool = False


@dataclass(slots=True)
class _Order:
    on: str
    method: str | None
    left: int
    fault: Fault


class Faults:
    """The faults somebody ordered and nobody suffered yet. They are not remembered over a restart."""

    def __init__(self) -> None:
        self._orders: list[_Order] = []

    def order(self, on: str, fault: Fault, *, method: str | None = None, times: int = 1) -> None:
        """The next `times` calls of `method` (any, if None) of the service `on` meet `fault`."""
        self._orders.append(_Order(on, method.lower() if method else None, times, fault))

    def take(self, on: str, method: str) -> Fault | None:
        """Use up one ordered fault, if there is one.

        `method` may be a path: any of its segments then matches, with or without its extension (`send.php` is `send`).
        """
        parts = method.lower().strip("/").split("/")
        names = {*parts, *(part.partition(".")[0] for part in parts)}
        for order in self._orders:
            if order.on == on and (order.method in names or (order.method is None and _general(on, names))):
                order.left -= 1
                if order.left <= 0:
                    self._orders.remove(order)
                return order.fault
        return None

    def clear(self) -> None:
        """All is well again."""
        self._orders.clear()

    def waiting(self) -> list[dict[str, Any]]:
        """What is still ordered, for the page."""
        return [
            {
                "on": order.on,
                "method": order.method,
                "times": order.left,
                "error": order.fault.error,
                "retry_after": order.fault.retry_after,
                "delay": order.fault.delay,
                "drop_answer": order.fault.drop_answer,
                "after": order.fault.after,
            }
            for order in self._orders
        ]

    def middleware(self, on: str, prefix: str = "/") -> Middleware:
        """Suffer the faults of service `on` in every request whose path begins with `prefix`."""

        @web.middleware
        async def suffer(request: web.Request, handler: Handler) -> web.StreamResponse:
            if not request.path.startswith(prefix):
                return await handler(request)
            fault = self.take(on, request.path)
            if fault is None:
                return await handler(request)
            await asyncio.sleep(fault.delay)
            if isinstance(fault.error, int) and not fault.after:
                return refusal(on, fault)
            answer = await handler(request)
            if fault.drop_answer and request.transport is not None:
                request.transport.abort()
            return refusal(on, fault) if isinstance(fault.error, int) else answer

        return suffer


def _general(on: str, names: set[str]) -> bool:
    """A fault without a method means the calls to a service; what it delivers to the bot must be named."""
    return _DELIVERIES.get(on) not in names


async def dribbled(
    request: web.Request, answer: web.StreamResponse, seconds: float, share: float = 1.0
) -> web.StreamResponse:
    """The headers at once, the body in small pieces over `seconds`; cut after a `share` of it."""
    body = answer.body if isinstance(answer, web.Response) and isinstance(answer.body, bytes) else b""
    slow = web.StreamResponse(status=answer.status, headers={"Content-Type": answer.content_type})
    slow.content_length = len(body)
    size = max(1, -(-len(body) // _PIECES))
    try:
        await slow.prepare(request)
        for start in range(0, int(len(body) * share), size):
            await slow.write(body[start : start + size])
            await asyncio.sleep(seconds / _PIECES)
    except ConnectionError:
        pass  # whoever asked has had enough
    if share < 1 and request.transport is not None:
        request.transport.abort()
    return slow


def refusal(on: str, fault: Fault) -> web.Response:
    """The answer with the status `fault.error`: HTML where a balancer speaks (5xx), else in the service's own form."""
    status = int(fault.error or 500)
    words = _WORDS.get(status, "Bad Request" if status < 500 else "Internal Server Error")
    headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else {}
    if status >= 500:
        title = f"{status} {words}"
        page = f"<html>\r\n<head><title>{title}</title></head>\r\n<body><h1>{title}</h1></body>\r\n</html>\r\n"
        return web.Response(status=status, text=page, content_type="text/html", headers=headers)
    if on != "telegram":
        body: dict[str, Any] = {"type": "about:blank", "title": words, "status": status}
        return web.json_response(body, status=status, headers=headers, content_type="application/problem+json")
    return telegram_refusal(status, words, fault.retry_after)


def telegram_refusal(status: int, words: str, retry_after: float | None) -> web.Response:
    """Telegram's envelope of a refusal; a 429 carries its pause both in the body and in the header."""
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": words}
    headers = {}
    if status == 429:
        pause = 1 if retry_after is None else retry_after
        body |= {"description": f"Too Many Requests: retry after {pause}", "parameters": {"retry_after": pause}}
        headers["Retry-After"] = str(pause)
    return web.json_response(body, status=status, headers=headers)
