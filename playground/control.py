"""The world's own levers: clock, faults, bots, call log, reset, and the feed of changes for open pages."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import Annotated, Any, Literal

from aiohttp import web
from pydantic import Field

from playground.asked import Asked, Name, Since, Username
from playground.faults import Fault
from playground.refusal import NoError
from playground.telegram import pace
from playground.telegram.hub import Telegram
from playground.telegram.model import Bot

_DURATION = re.compile(
    r"(?P<sign>[+-]?)P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
_BEAT = 15.0
_EARLIEST, _LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


class ClockMove(Asked):
    """How far the clock goes, or where to."""

    EXAMPLE = '{"advance": "P1D"} or {"set": "2026-12-01T09:00:00+03:00"}'

    advance: str | None = None
    set: str | None = None


class NewBot(Asked):
    """A further bot; its number is the beginning of its token."""

    EXAMPLE = '{"token": "1000000002:PROBE", "username": "probe_bot"}'

    token: Annotated[str, Field(pattern=r"^[1-9][0-9]{0,14}:[A-Za-z0-9_-]{1,60}$")]
    username: Username
    first_name: Name | None = None


class FaultOrder(Asked):
    """A fault for the next `times` calls; what the words among `error` mean is known to the part they are meant for.

    `group_pace` is none: from now on Telegram takes so many messages in `seconds` in a group (see `telegram.pace`), zero any number.
    """

    EXAMPLE = '{"on": "telegram", "method": "sendMessage", "error": 429, "retry_after": 2}'

    on: Literal["telegram", "provider", "core", "sms", "mail"]
    method: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    times: Annotated[int, Field(ge=1, le=10_000)] = 1
    error: Annotated[int, Field(ge=400, le=599)] | Annotated[str, Field(pattern=r"^[a-z_]{1,64}$")] | None = None
    retry_after: Annotated[int | float, Field(ge=0, le=86_400)] | None = None
    delay: Annotated[float, Field(ge=0, le=600)] = 0.0
    drop_answer: bool = False
    after: bool = False
    group_pace: Annotated[int, Field(ge=0, le=10_000)] | None = None
    seconds: Annotated[float, Field(gt=0, le=3600)] = pace.SECONDS

    def fault(self) -> Fault:
        """What it does once."""
        return Fault(
            error=429 if self.error is None and self.retry_after is not None else self.error,
            retry_after=self.retry_after,
            delay=self.delay,
            drop_answer=self.drop_answer,
            after=self.after,
        )


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
        move = await ClockMove.of_body(request)
        clock = self._world.clock
        if move.advance is not None:
            span = duration(move.advance)
            _in_reach(lambda: clock.now() + span)
            clock.advance(span)
        elif move.set is not None:
            target = moment(move.set)
            _in_reach(lambda: target.astimezone(UTC))
            clock.set(target)
        else:
            raise NoError(400, "advance by what, or set to when?", ClockMove.EXAMPLE)
        await self._told_bot()
        return await self._clock(request)

    async def _faults(self, request: web.Request) -> web.Response:
        return web.json_response(self._waiting())

    async def _order_fault(self, request: web.Request) -> web.Response:
        order = await FaultOrder.of_body(request)
        if order.group_pace is not None:
            self._hub.pace.order(order.group_pace, order.seconds)
            return web.json_response(self._waiting())
        fault = order.fault()
        if fault in (Fault(), Fault(after=True)):
            raise NoError(
                400, "this fault does nothing", "error, retry_after, delay or drop_answer; after goes with error"
            )
        self._world.faults.order(order.on, fault, method=order.method, times=order.times)
        return web.json_response(self._waiting())

    def _waiting(self) -> list[dict[str, Any]]:
        limit = self._hub.pace
        kept = [{"on": "telegram", "group_pace": limit.messages, "seconds": limit.seconds}] if limit.messages else []
        return kept + self._world.faults.waiting()

    async def _no_faults(self, request: web.Request) -> web.Response:
        self._world.faults.clear()
        self._hub.pace.order(0)
        return web.json_response([])

    async def _calls(self, request: web.Request) -> web.Response:
        since = Since.of_query(request).since
        newest = takewhile(lambda call: call["seq"] > since, reversed(self._hub.calls))
        return web.json_response({"cursor": self._hub.calls_made, "calls": [*newest][::-1]})

    async def _bots(self, request: web.Request) -> web.Response:
        return web.json_response([_seen(bot) for bot in self._hub.memory.bots.values()])

    async def _new_bot(self, request: web.Request) -> web.Response:
        asked = await NewBot.of_body(request)
        token, username = asked.token, asked.username
        number = int(token.partition(":")[0])
        known = self._hub.memory.bots.get(number)
        if known is not None and (known.token, known.username) != (token, username):
            raise NoError(409, f"there is a bot {number} already: @{known.username}", "take another number")
        if any(bot.username == username and bot.id != number for bot in self._hub.memory.bots.values()):
            raise NoError(409, f"there is a bot @{username} already", "take another username")
        if number in self._hub.memory.users:
            raise NoError(409, f"{number} is a person", "take another number")
        name = asked.first_name or username
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


def _in_reach(when: Callable[[], datetime]) -> None:
    """Is it a moment that everything can live in? Raises NoError."""
    try:
        target = when()
    except OverflowError:
        target = _LATEST
    if not _EARLIEST <= target < _LATEST:
        raise NoError(400, "that is too far", f"from {_EARLIEST.year} on and before {_LATEST.year}")


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
    try:
        span = timedelta(**parts)
    except OverflowError as error:
        raise NoError(400, f"«{text}» is too long", "a clock that goes so far has no date") from error
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
