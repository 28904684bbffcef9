"""The outside of the bench, in a process of its own: a Bot API that answers at once and remembers, and a core with nothing to tell.

    python -m bench.outside PORT

Every bot has its own token. `GET /seen` tells how often each method of a token was called; `GET /screens` what each chat shows, by
the last message sent or edited there; `GET /arrivals` when each screen came (monotonic seconds, the same for all processes of a
machine) since the last look. `GET /weather?refused=0.005&slow=0.3`: from now on every two hundredth screen is refused by 429 for a second,
and an answer takes 50 to 300 ms. `/file` gives out photos of a camera, one for each path.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections import Counter, defaultdict
from functools import cache
from itertools import count
from typing import Any

from aiohttp import web

from playground.photos import draw, jpeg, taken

JSON = "application/json"
MESSAGES = {"sendMessage", "editMessageText"}
ANSWER = (
    '{"ok": true, "result": {"message_id": %d, "date": 1790000000, "chat": {"id": 100001, "type": "private", '
    '"first_name": "Анна"}, "from": {"id": 42, "is_bot": true, "first_name": "Кабинет", "username": "cabinet_bot"}, '
    '"text": "Ваш полис ОСАГО ХХХ 0123456789 действует до 20.11.2026"}}'
)
REFUSAL = {
    "ok": False,
    "error_code": 429,
    "description": "Too Many Requests: retry after 1",
    "parameters": {"retry_after": 1},
}


class Outside:
    """What the bots have told their chats."""

    def __init__(self) -> None:
        self._calls: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._screens: defaultdict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
        self._arrivals: list[tuple[int, float]] = []
        self._ids = count(1000)
        self._refused, self._slow, self._luck = 0.0, 0.0, random.Random(1)

    async def method(self, request: web.Request) -> web.Response:
        """One call of a bot."""
        token, name = request.match_info["token"], request.match_info["method"]
        raw = await request.read()
        self._calls[token][name] += 1
        if name == "getFile":
            path = json.loads(raw)["file_id"]
            return web.json_response({"ok": True, "result": {"file_path": path}})
        if name not in MESSAGES:
            return web.Response(body=b'{"ok": true, "result": true}', content_type=JSON)
        number = next(self._ids)
        if request.content_type == JSON:  # the yardstick sends forms, and nobody asks what its chats show
            body = json.loads(raw)
            if self._refused and number % round(1 / self._refused) == 0:
                return web.json_response(REFUSAL, status=429)
            self._arrivals.append((body["chat_id"], time.monotonic()))
            number = body.setdefault("message_id", number)
            self._screens[token][body["chat_id"]] = body
        if self._slow:
            await asyncio.sleep(self._luck.uniform(0.05, self._slow))
        return web.Response(body=(ANSWER % number).encode(), content_type=JSON)

    async def seen(self, request: web.Request) -> web.Response:
        return web.json_response(self._calls[request.query["token"]])

    async def screens(self, request: web.Request) -> web.Response:
        return web.json_response(self._screens[request.query["token"]])

    async def weather(self, request: web.Request) -> web.Response:
        self._refused, self._slow = float(request.query["refused"]), float(request.query["slow"])
        return web.json_response({})

    async def arrivals(self, _: web.Request) -> web.Response:
        arrived, self._arrivals = self._arrivals, []
        return web.json_response(arrived)


async def photo(request: web.Request) -> web.Response:
    """Five megabytes as a phone takes them; the name is the seed."""
    return web.Response(body=await asyncio.to_thread(camera, int(request.match_info["seed"])))


@cache
def camera(seed: int) -> bytes:
    """Twelve million pixels."""
    return jpeg(draw(seed, (4000, 3000)), 97, taken())


async def nothing(_: web.Request) -> web.Response:
    """Any list of the core: the bench files its people itself."""
    return web.json_response({"data": [], "links": {"next": None}, "meta": {"totalRecords": 0}})


def outside_app() -> web.Application:
    """All of it on one port."""
    outside = Outside()
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", outside.method)
    app.router.add_get("/file/bot{token}/{seed}", photo)
    app.router.add_get("/seen", outside.seen)
    app.router.add_get("/screens", outside.screens)
    app.router.add_get("/arrivals", outside.arrivals)
    app.router.add_get("/weather", outside.weather)
    app.router.add_get("/core/{listing}", nothing)
    return app


if __name__ == "__main__":
    web.run_app(outside_app(), host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None)
