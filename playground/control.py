"""The world's own levers: clock, faults, bots, call log, reset, and the feed of changes for open pages."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from playground.faults import SERVICES, Fault
from playground.refusal import NoError, body_of, number_of, wanted
from playground.telegram.hub import Telegram
from playground.telegram.model import Bot

_DURATION = re.compile(
    r"(?P<sign>[+-]?)P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
_TOKEN = re.compile(r"[1-9]\d{0,15}:[A-Za-z0-9_-]{1,60}")
_BEAT = 15.0


class Control:
    """`told_bot` waits until the bot knows the last change of the clock; `reset` makes the world new."""

    def __init__(
        self, hub: Telegram, told_bot: Callable[[], Awaitable[None]], reset: Callable[[], Awaitable[None]]
    ) -> None:
        self._hub = hub
        self._world = hub.world
        self._told_bot = told_bot
        self._reset = reset
        self._streams: set[asyncio.Task[Any]] = set()

    def routes(self) -> list[web.RouteDef]:
        """For the playground's application."""
        return [
            web.get("/clock", self._clock),
            web.post("/clock", self._move_clock),
            web.get("/faults", self._faults),
            web.post("/faults", self._order_fault),
            web.delete("/faults", self._no_faults),
            web.get("/calls", self._calls),
            web.get("/bots", self._bots),
            web.post("/bots", self._new_bot),
            web.post("/reset", self._renew),
            web.get("/live", self._live),
        ]

    async def close_streams(self, app: web.Application) -> None:
        """Let the open pages go, so that the server can stop."""
        for stream in self._streams:
            stream.cancel()

    async def _clock(self, request: web.Request) -> web.Response:
        clock = self._world.clock
        return web.json_response({"now": clock.now().isoformat(), "offset": clock.offset})

    async def _move_clock(self, request: web.Request) -> web.Response:
        body = await body_of(request)
        if "advance" in body:
            self._world.clock.advance(duration(body["advance"]))
        elif "set" in body:
            self._world.clock.set(moment(body["set"]))
        else:
            raise NoError(
                400, "advance by what, or set to when?", '{"advance": "P1D"} or {"set": "2026-12-01T09:00:00+03:00"}'
            )
        await self._told_bot()
        return await self._clock(request)

    async def _faults(self, request: web.Request) -> web.Response:
        return web.json_response(self._world.faults.waiting())

    async def _order_fault(self, request: web.Request) -> web.Response:
        body = await body_of(request)
        on = wanted(body, "on", str, '{"on": "telegram", "method": "sendMessage", "error": 429, "retry_after": 2}')
        if on not in SERVICES:
            raise NoError(400, f"there is no service {on}", f"one of {', '.join(SERVICES)}")
        retry_after = body.get("retry_after")
        fault = Fault(
            error=body.get("error", 429 if retry_after is not None else None),
            retry_after=retry_after,
            delay=float(body.get("delay") or 0),
            drop_answer=bool(body.get("drop_answer")),
            after=bool(body.get("after")),
        )
        if fault in (Fault(), Fault(after=True)):
            raise NoError(
                400, "this fault does nothing", "error, retry_after, delay or drop_answer; after goes with error"
            )
        self._world.faults.order(on, fault, method=body.get("method"), times=int(body.get("times") or 1))
        return web.json_response(self._world.faults.waiting())

    async def _no_faults(self, request: web.Request) -> web.Response:
        self._world.faults.clear()
        return web.json_response([])

    async def _calls(self, request: web.Request) -> web.Response:
        since = number_of(request, "since", 0)
        calls = [call for call in self._hub.calls if call["seq"] > since]
        return web.json_response({"cursor": self._hub.calls_made, "calls": calls})

    async def _bots(self, request: web.Request) -> web.Response:
        return web.json_response([_seen(bot) for bot in self._hub.memory.bots.values()])

    async def _new_bot(self, request: web.Request) -> web.Response:
        example = '{"token": "1000000002:PROBE", "username": "probe_bot"}'
        body = await body_of(request)
        token, username = wanted(body, "token", str, example), wanted(body, "username", str, example)
        if not _TOKEN.fullmatch(token):
            raise NoError(400, "a token is the bot's number, a colon and letters", example)
        number = int(token.partition(":")[0])
        known = self._hub.memory.bots.get(number)
        if known is not None and (known.token, known.username) != (token, username):
            raise NoError(409, f"there is a bot {number} already: @{known.username}", "take another number")
        if any(bot.username == username and bot.id != number for bot in self._hub.memory.bots.values()):
            raise NoError(409, f"there is a bot @{username} already", "take another username")
        name = str(body.get("first_name") or username)
        bot = known or self._hub.add_bot(Bot(id=number, token=token, username=username, first_name=name, next_update=0))
        return web.json_response(_seen(bot))

    async def _renew(self, request: web.Request) -> web.Response:
        await self._reset()
        return web.json_response({"reset": True})

    async def _live(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: `event: change`, data as `world.live` publishes it; a comment now and then as a heartbeat."""
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await stream.prepare(request)
        task = asyncio.current_task()
        if task is not None:
            self._streams.add(task)
        try:
            await self._feed(stream)
        except (ConnectionError, asyncio.CancelledError):
            pass  # the page was closed, or the playground stops
        finally:
            if task is not None:
                self._streams.discard(task)
        return stream

    async def _feed(self, stream: web.StreamResponse) -> None:
        with self._world.live.subscribe() as changes:
            await stream.write(b": welcome\n\n")
            while True:
                try:
                    async with asyncio.timeout(_BEAT):
                        change = await changes.get()
                except TimeoutError:
                    await stream.write(b": beat\n\n")
                    continue
                await stream.write(f"event: change\ndata: {json.dumps(change, ensure_ascii=False)}\n\n".encode())


def duration(text: Any) -> timedelta:
    """An ISO-8601 duration of weeks, days, hours, minutes, seconds; a minus goes back. Raises NoError."""
    found = _DURATION.fullmatch(str(text))
    parts = (
        {name: float(value) for name, value in found.groupdict().items() if value and name != "sign"} if found else {}
    )
    if found is None or not parts:
        raise NoError(
            400, f"«{text}» is no duration", "for example P1D, PT5M, P1W, -PT2H; months and years have no length"
        )
    span = timedelta(**parts)
    return -span if found["sign"] == "-" else span


def moment(text: Any) -> datetime:
    """An ISO-8601 moment with its offset from UTC. Raises NoError."""
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError as error:
        raise NoError(400, f"«{text}» is no moment", "for example 2026-12-01T09:00:00+03:00") from error
    if found.tzinfo is None:
        raise NoError(400, "in whose time zone?", f"for example {text}+03:00")
    return found


def _seen(bot: Bot) -> dict[str, Any]:
    return {"id": bot.id, "token": bot.token, "username": bot.username, "first_name": bot.first_name}
