"""One process with everything in it: ports first, then the lanes and the ways out; on a signal the other way round.

A stop drains: readiness says no, no new updates are taken, what is in flight ends, marks are stored. What cannot end in time is in
the database and goes on at the next start.
"""

from __future__ import annotations

import asyncio
import gc
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import structlog
from aiohttp import web
from sqlalchemy import bindparam, delete, func, or_, select

from bot import migrate
from bot.adapters import make_store, make_vault
from bot.config import Settings
from bot.container import Parts, build
from bot.dispatcher import ALLOWED_UPDATES
from bot.insurer import first_staff
from bot.metrics import CALENDAR_MISSING
from bot.telegram import Verdict
from bot.web.internal import internal_app
from bot.web.public import public_app
from services.clock import MOSCOW, Clock
from services.db.pipe import Event, Sent, Store
from services.db.statement import Command, Query, upsert
from services.db.tables import inbox, meta, outbox, screen
from services.employees import Employees
from services.fill import LANE
from services.history import History
from services.knowledge import knowledge
from services.reminders.wakes import LANE as PLANNER

log = structlog.get_logger("process")

DRAIN_SECONDS = 20.0
RUNNING = "running"
COMMANDS = {
    "ru": {
        "menu": "Меню",
        "accident": "ДТП сейчас",
        "support": "Человек",
        "help": "Помощь",
        "language": "Язык",
        "cancel": "Отменить начатое",
    },
    "en": {
        "menu": "Menu",
        "accident": "Accident now",
        "support": "A human",
        "help": "Help",
        "language": "Language",
        "cancel": "Cancel",
    },
}

SET = upsert(meta, key=["key"])
GET = Query(select(meta.c.value).where(meta.c.key == bindparam("key")), str)
FORGET = Command(delete(meta).where(meta.c.key == bindparam("key")))
_clock, _now = bindparam("clock", type_=inbox.c.due_at.type), bindparam("now", type_=inbox.c.due_at.type)
LAG = Query(
    select(
        select(func.count())
        .select_from(inbox)
        .where(inbox.c.state == 0, inbox.c.due_at <= _clock, inbox.c.retry_at <= _now)
        .scalar_subquery(),
        select(func.count())
        .select_from(outbox)
        .where(or_(outbox.c.state == Sent.NEW, outbox.c.state == Sent.SENDING), outbox.c.due_at <= _now)
        .scalar_subquery(),
        select(func.count())
        .select_from(screen)
        .where(screen.c.version > screen.c.shown, screen.c.due_at <= _now)
        .scalar_subquery(),
        select(func.count())
        .select_from(inbox)
        .where(inbox.c.state == 0, inbox.c.due_at <= _clock, inbox.c.retry_at > _now)
        .scalar_subquery(),
        select(func.count())
        .select_from(outbox)
        .where(outbox.c.state == Sent.NEW, outbox.c.due_at > _now)
        .scalar_subquery(),
        select(func.count())
        .select_from(screen)
        .where(screen.c.version > screen.c.shown, screen.c.due_at > _now)
        .scalar_subquery(),
    ),
    lambda *row: row,
)


class Process:
    """A running cabinet. Made by `running`."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.draining = False
        self._tasks: list[asyncio.Task[Any]] = []
        self._runners: list[web.AppRunner] = []

    async def ready(self) -> str:
        """`bot.web.internal.Health`."""
        if self.draining:
            return "stopping"
        if any(task.done() for task in self._tasks):
            return "a loop has ended"
        try:
            async with self.parts.store.tx() as tx:
                await GET.first(tx, key=RUNNING)
        except self.parts.store.transient as away:
            return f"database: {type(away).__name__}"
        return ""

    @property
    def busy(self) -> int:
        """What is being done at this moment: steps, calls, downloads."""
        parts = self.parts
        return parts.lanes.working + parts.sender.busy + parts.courier.busy + parts.fetcher.busy

    async def lag(self) -> dict[str, int]:
        """What is due and not done; `parked` waits for a retry later than now."""
        parts = self.parts
        async with parts.store.tx() as tx:
            row = await LAG.first(tx, clock=parts.clock.time(), now=time.time()) or (0,) * 6
            wakes = await parts.rounds.waiting(tx)
        return {
            "inbox": row[0] + wakes,
            "outbox": row[1],
            "screens": row[2],
            "busy": self.busy,
            "parked": row[3] + row[4] + row[5],
        }

    async def start(self) -> None:
        """Open the ports, then let the work begin."""
        parts, settings = self.parts, self.parts.settings
        path = settings.webhook_path if settings.telegram.webhook_url else ""
        public = public_app(path, parts.webhook, parts.core_events, parts.notifications, parts.receipts)
        await self._listen(public, settings.web.host, settings.web.port)
        internal = internal_app(self, self.lag, parts.clock, self._look_again, development=settings.env == "dev")
        await self._listen(internal, settings.web.internal_host, settings.web.internal_port)
        loops = [parts.lanes.run(), parts.hub.run(), parts.rounds.run(), self._introduce()]
        if not settings.telegram.webhook_url:
            loops.append(parts.polling.run())
        self._tasks = [asyncio.get_running_loop().create_task(loop) for loop in loops]
        await self._first_fill()
        await self._first_plan()
        self._watch_calendar()
        log.info("ready", port=settings.web.port)

    async def stop(self) -> None:
        """Drain, then close."""
        self.draining = True
        for runner in self._runners[:1]:
            await runner.cleanup()
        for task in self._tasks[2:]:
            task.cancel()
        try:
            async with asyncio.timeout(DRAIN_SECONDS):
                parts = self.parts
                await asyncio.gather(parts.sender.aclose(), parts.courier.aclose(), parts.fetcher.aclose())
                await self.parts.lanes.drained()
        except TimeoutError:
            log.warning("drain_incomplete")
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for runner in self._runners[1:]:
            await runner.cleanup()

    def _look_again(self) -> None:
        """The clock has jumped: other things are due."""
        self.parts.lanes.poke()
        self.parts.rounds.poke()

    async def _listen(self, app: web.Application, host: str, port: int) -> None:
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=5)
        await runner.setup()
        self._runners.append(runner)
        await web.TCPSite(runner, host, port).start()

    async def _first_fill(self) -> None:
        """Once a day, at the start of a new database at the latest: read the core's lists."""
        run = f"{self.parts.clock.now().astimezone(MOSCOW):%Y-%m-%d}"
        body = f'{{"type": "fill.begin", "run": "{run}"}}'.encode()
        await self.parts.lanes.submit(Event("cabinet", f"fill:{run}", LANE, body))

    async def _first_plan(self) -> None:
        """Reminders are planned each hour; the first time now, for the mornings that began while the bot was away."""
        once = f"reminders:start:{self.parts.clock.time():.3f}"
        await self.parts.lanes.submit(Event("cabinet", once, PLANNER, b'{"type": "reminders.plan"}'))

    def _watch_calendar(self) -> None:
        """Loud at the start (and each night, `handlers.events`); the gauge is reckoned whenever it is read."""
        calendar, clock = self.parts.calendar, self.parts.clock
        calendar.watch(clock.today())
        CALENDAR_MISSING.set_function(lambda: calendar.gap(clock.today()) or 0)

    async def _introduce(self) -> None:
        """Tell Telegram where to post and which commands there are; again until it listens. Then rest: a loop never ends."""
        api, telegram = self.parts.api, self.parts.settings.telegram
        calls: list[tuple[str, dict[str, Any]]] = [
            ("setMyCommands", {"commands": _commands("ru")}),
            ("setMyCommands", {"commands": _commands("en"), "language_code": "en"}),
        ]
        if telegram.webhook_url:
            hook = {"url": telegram.webhook_url, "secret_token": telegram.secret.get_secret_value()}
            calls.insert(0, ("setWebhook", hook | {"allowed_updates": ALLOWED_UPDATES, "max_connections": 100}))
        for method, payload in calls:
            pause = 1.0
            while (answer := await api.call(method, payload)).verdict is not Verdict.OK:
                log.warning("telegram_away", method=method, words=answer.words)
                await asyncio.sleep(answer.retry_after or pause)
                pause = min(pause * 2, 60.0)
        await asyncio.Event().wait()


def _commands(language: str) -> list[dict[str, str]]:
    return [{"command": name, "description": words} for name, words in COMMANDS[language].items()]


@asynccontextmanager
async def running(
    settings: Settings, *, store: Store | None = None, clock: Clock | None = None
) -> AsyncIterator[Process]:
    """A cabinet for the length of a block: migrated, started, and stopped gracefully."""
    store = store or make_store(settings)
    await store.open()
    try:
        await migrate.upgrade(settings.database, vault=make_vault(settings))
        async with store.tx() as tx:
            unclean = await GET.first(tx, key=RUNNING) is not None
            await SET.run(tx, key=RUNNING, value="1")
            await knowledge().refresh(tx)
            await Employees(History(make_vault(settings))).begin(tx, first_staff(settings), (clock or Clock()).now())
        if unclean:
            log.warning("unclean_exit")
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=100)) as http:
            process = Process(build(settings, http, unclean=unclean, store=store, clock=clock))
            try:
                await process.start()
                yield process
            finally:
                await process.stop()
        async with store.tx() as tx:
            await FORGET.run(tx, key=RUNNING)
    finally:
        await store.close()


async def run(settings: Settings) -> None:
    """Until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with running(settings):
        gc.collect()
        gc.freeze()  # what is here now stays to the end: walking through it again and again would stop the loop for a fifth of a second
        await stop.wait()
        log.info("stopping")
