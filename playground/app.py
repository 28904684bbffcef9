"""The world put together: one server on the port, the core and the post beside it, the bot as a child if wanted."""

from __future__ import annotations

import asyncio
import mimetypes
import sys
from pathlib import Path

from aiohttp import web

from playground import desk, samples, sms
from playground.bot_process import BotLink, BotProcess
from playground.control import Control
from playground.core import Core
from playground.mail import Post
from playground.person.routes import People
from playground.person.settled import Calm
from playground.provider import Provider
from playground.provider.server import PREFIX
from playground.refusal import NoError, say_no
from playground.seed import PEOPLE
from playground.seed_staff import STAFF
from playground.staff.routes import Staff
from playground.store import Store
from playground.telegram.api import METHODS, BotApi
from playground.telegram.hub import Telegram
from playground.world import Settings, World

LOOPBACK = ("127.0.0.1", "::1", "localhost")
_PAGE = Path(__file__).parent / "page"
_READY_PATIENCE = 60.0
_MAX_BODY = 56 << 20  # a 50 MiB upload and its form
_TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}


class Running:
    """A world that runs. `hub` is Telegram, `core` the insurer; `bot` is the child process, if one was asked for."""

    def __init__(self, settings: Settings, *, bot: bool) -> None:
        if settings.host not in LOOPBACK:
            raise ValueError(f"the playground is for one machine: it listens on {', '.join(LOOPBACK)} and nowhere else")
        self.settings = settings
        self.world = World(settings, Store(settings.data))
        self._begin_time()
        self.hub = Telegram(self.world, METHODS, PEOPLE, STAFF)
        self.core = Core(self.world)
        self.post = Post(self.world)
        self.provider = Provider(self.world)
        self.link = BotLink(self.world)
        self.bot = BotProcess(self.world, self.link, self._retry_webhook, _say) if bot else None
        self._calm = Calm(self.hub, self.bot.news if self.bot else str)
        self._people = People(self.hub, self._calm)
        self._staff = Staff(self.hub, self._calm)
        self._control = Control(self.hub, self._told_bot, self.reset)
        self._push: asyncio.Task[bool] | None = None
        self._resetting = asyncio.Lock()
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=5)

    @property
    def url(self) -> str:
        """Where the page, Telegram and the person's API are."""
        return f"http://{self.settings.host}:{self.settings.port}"

    async def start(self) -> None:
        """Bind the ports and begin. Raises OSError for a port that is taken."""
        await self._runner.setup()
        await web.TCPSite(self._runner, self.settings.host, self.settings.port).start()
        await self.core.start()
        await self.post.start()
        await self.provider.start()
        await self.hub.start()
        if self.bot is not None:
            self.bot.start()

    async def wait_for_bot(self) -> None:
        """Until the child bot is ready; at once when there is none."""
        if self.bot is not None:
            await self.bot.is_ready.wait()

    async def close(self) -> None:
        """Stop the bot first, while the world it talks to is still there; then everything else."""
        if self.bot is not None:
            await self.bot.stop()
        await self.hub.close()
        await self._runner.cleanup()
        await self.core.close()
        await self.post.close()
        await self.provider.close()
        await self._calm.close()
        await self.link.close()
        await self.world.tasks.close()
        self.world.store.close()

    async def reset(self) -> None:
        """A fresh world with the same seed; the bot begins anew too, with an empty database."""
        async with self._resetting:
            if self.bot is None:
                self.world.reset()
                return
            await self.bot.stop()
            self.bot.forget_data()
            self.world.reset()
            self.bot.start()
            try:
                async with asyncio.timeout(_READY_PATIENCE):
                    await self.bot.is_ready.wait()
            except TimeoutError as error:
                log = self.settings.data / "bot.log"
                raise NoError(504, "the world is new, but the bot does not get ready", f"its log: {log}") from error

    def _begin_time(self) -> None:
        """The clock goes on where an earlier run left it; each jump is kept, shown and pushed to the bot."""
        world = self.world
        world.clock.offset = float((world.store.get("clock", "offset") or {"offset": 0.0})["offset"])
        world.on_reset.append(world.clock.reset)
        world.clock.subscribe(self._clock_moved)

    def _clock_moved(self) -> None:
        offset = self.world.clock.offset
        self.world.store.put("clock", "offset", {"offset": offset})
        self.world.live.publish("clock", offset=offset)
        self._push = self.world.tasks.spawn(self.link.push_clock())

    async def _told_bot(self) -> None:
        if self._push is not None:
            await self._push

    def _retry_webhook(self) -> None:
        for bot in self.hub.memory.bots.values():
            self.hub.deliveries.hurry(bot)
        self.core.hurry()
        self.provider.hurry()

    def _application(self) -> web.Application:
        app = web.Application(
            middlewares=[say_no, self.world.faults.middleware("sms", "/smsc/")],
            client_max_size=_MAX_BODY,
        )
        app.add_routes(BotApi(self.hub).routes())
        app.add_routes(self._people.routes())
        app.add_routes(self._staff.routes())
        app.add_routes(self._control.routes())
        app.add_routes(sms.routes(self.world))
        app.add_routes(self.post.routes())
        app.add_routes(desk.routes(self.world, self.core))
        app.add_routes(self.provider.routes())
        app.add_routes(samples.routes())
        app.add_subapp(PREFIX, self.provider.api())
        app.add_routes([web.get("/", _page), web.get("/page/{path:.+}", _page)])
        app.on_shutdown.append(self._control.close_streams)
        return app


async def serve(settings: Settings, *, bot: bool) -> Running:
    """Start a world; close it with `await running.close()`. Raises OSError if a port is taken."""
    running = Running(settings, bot=bot)
    try:
        await running.start()
    except BaseException:
        await running.close()
        raise
    return running


async def _page(request: web.Request) -> web.StreamResponse:
    """The chat page: always fresh, so that an edit shows after a reload."""
    file = (_PAGE / request.match_info.get("path", "index.html")).resolve()
    if not file.is_relative_to(_PAGE) or not file.is_file():
        raise NoError(404, "the page has no such file")
    kind = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    return web.Response(body=file.read_bytes(), headers={"Content-Type": kind + charset, "Cache-Control": "no-store"})


def _say(line: str) -> None:
    sys.stderr.write(f"playground: {line}\n")
    sys.stderr.flush()
