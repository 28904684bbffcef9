"""The cabinet's bot as a child process: given its environment, restarted when it dies, told the time when it lives."""

from __future__ import annotations

import asyncio
import math
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import aiohttp

from playground import keys
from playground.telegram.memory import STAFF_CHAT
from playground.world import Settings, World

BOT = (sys.executable, "-m", "playground.leash", "bot", "run")
_PROJECT = Path(__file__).resolve().parent.parent
_READY_PAUSE = 0.1
_GRACE = 25.0
_HEALTHY = 30.0
_PAUSE, _MAX_PAUSE = 1.0, 5.0  # seconds before the next start: the first time, and after many deaths of the bot's own


def environment(settings: Settings) -> dict[str, str]:
    """What the bot reads to live in this world; everything else it takes from its own defaults."""
    secret = keys.load(settings.data)
    host, port, data = settings.host, settings.port, settings.data.resolve()
    return {
        "CABINET_ENV": "dev",
        "CABINET_TELEGRAM__TOKEN": "1000000001:PLAYGROUND",
        "CABINET_TELEGRAM__API": f"http://{host}:{port}",
        "CABINET_TELEGRAM__WEBHOOK_URL": f"http://{host}:{port + 9}/telegram/playground",
        "CABINET_TELEGRAM__SECRET": secret["telegram_secret"],
        "CABINET_DATABASE": f"sqlite:{data / 'cabinet.db'}",
        "CABINET_CORE__URL": f"http://{host}:{port + 1}",
        "CABINET_CORE__KEY": secret["core"],
        "CABINET_SMS__URL": f"http://{host}:{port}/smsc/",
        "CABINET_SMS__LOGIN": "playground",
        "CABINET_SMS__PASSWORD": "playground",
        "CABINET_MAIL__HOST": host,
        "CABINET_MAIL__PORT": str(port + 2),
        "CABINET_MAIL__SENDER": "kabinet@tihaya-gavan.example",
        "CABINET_MAIL__SECURITY": "none",
        "CABINET_PAYMENTS__URL": f"http://{host}:{port}/provider/v3",
        "CABINET_PAYMENTS__SHOP": "100500",
        "CABINET_PAYMENTS__KEY": "test_PLAYGROUND",
        "CABINET_PAYMENTS__SECRET": secret["provider"],
        "CABINET_PAYMENTS__RETURN_URL": f"http://{host}:{port}/",
        "CABINET_PAYMENTS__NETWORKS": "[]",
        "CABINET_PAYMENTS__HOSTS": '["127.0.0.1", "localhost"]',
        "CABINET_FILES__FOLDER": str(data / "cabinet-files"),
        "CABINET_BRAND__TOW": "+78000000001",
        "CABINET_BRAND__COMMISSIONER": "+78000000002",
        "CABINET_WEB__PORT": str(port + 9),
        "CABINET_WEB__INTERNAL_PORT": str(port + 10),
        "CABINET_STAFF__GROUPS": f"[{STAFF_CHAT}]",
        "CABINET_KEYS__DATA": secret["data"],
        "CABINET_KEYS__INDEX": secret["index"],
        "CABINET_KEYS__BUTTONS": secret["buttons"],
        "CABINET_KEYS__CODES": secret["codes"],
    }


class BotLink:
    """The internal listener of a bot, wherever it runs: is it ready, and what time it should live in."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._url = f"http://{world.settings.host}:{world.settings.port + 10}"
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Drop the connections."""
        if self._session is not None:
            await self._session.close()

    async def ready(self) -> bool:
        """Does it say that it works?"""
        try:
            async with self._client().get(f"{self._url}/ready") as answer:
                return answer.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def push_clock(self) -> bool:
        """Tell it the offset of this world; False if nobody is there."""
        try:
            async with self._client().post(f"{self._url}/clock", json={"offset": self._world.clock.offset}) as answer:
                return answer.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5), trust_env=False)
        return self._session


class BotProcess:
    """`python -m bot run`, watched. `say` gets one line for a person whenever the bot ends by itself."""

    def __init__(
        self,
        world: World,
        link: BotLink,
        on_ready: Callable[[], None],
        say: Callable[[str], None],
        command: Sequence[str] = BOT,
    ) -> None:
        self._command = command
        self._world = world
        self._link = link
        self._on_ready = on_ready
        self._say = say
        self._child: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None
        self._ended: tuple[str, float] | None = None  # how, and when (monotonic) the next one starts
        self.is_ready = asyncio.Event()

    def start(self) -> None:
        """Begin to keep a bot running; `is_ready` tells when it works."""
        self._ended = None
        self._watch = self._world.tasks.spawn(self._keep_running())

    async def stop(self) -> None:
        """SIGTERM, up to 25 seconds to finish, then SIGKILL."""
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        self.is_ready.clear()
        child = self._child
        if child is None or child.returncode is not None:
            return
        child.terminate()
        try:
            async with asyncio.timeout(_GRACE):
                await child.wait()
        except TimeoutError:
            self._say(f"the bot did not stop in {_GRACE:g} s and was killed")
            child.kill()
            await child.wait()

    def news(self) -> str:
        """Why it may not answer, and when it will; nothing if it should."""
        if self.is_ready.is_set():
            return ""
        if self._ended is None:
            return "it is starting"
        how, again = self._ended
        return f"it ended with {how} and starts again in {max(0, math.ceil(again - time.monotonic()))} s"

    def forget_data(self) -> None:
        """Remove the stopped bot's database and its files."""
        for file in self._world.settings.data.glob("cabinet.db*"):
            file.unlink()
        shutil.rmtree(self._world.settings.data / "cabinet-files", ignore_errors=True)

    async def _keep_running(self) -> None:
        """Pauses grow only while the bot ends by itself soon after its start: one that was killed has nothing to mend."""
        failures = 0
        while True:
            began = time.monotonic()
            code = await self._run_once()
            self.is_ready.clear()
            failures = 0 if code < 0 or time.monotonic() - began > _HEALTHY else failures + 1
            pause = min(_PAUSE * max(1, failures), _MAX_PAUSE)
            log = self._world.settings.data / "bot.log"
            self._say(f"the bot ended with {_how(code)}; again in {pause:g} s (its log: {log})")
            self._ended = _how(code), time.monotonic() + pause
            await asyncio.sleep(pause)
            self._ended = None

    async def _run_once(self) -> int:
        settings = self._world.settings
        with (settings.data / "bot.log").open("ab") as log:
            self._child = await asyncio.create_subprocess_exec(
                *self._command,
                cwd=_PROJECT,
                env={name: value for name, value in os.environ.items() if not name.startswith("CABINET_")}
                | environment(settings),
                stdin=subprocess.PIPE,  # the leash: closed by the system if we are killed
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the playground, which then stops the bot in order
            )
        greeting = self._world.tasks.spawn(self._greet())
        try:
            return await self._child.wait()
        finally:
            greeting.cancel()

    async def _greet(self) -> None:
        """As soon as it works it is told the time, and Telegram tries again what it could not deliver."""
        while not await self._link.ready():  # noqa: ASYNC110 -- another process: nobody can set an event for us
            await asyncio.sleep(_READY_PAUSE)
        await self._link.push_clock()
        self._on_ready()
        self.is_ready.set()


def _how(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    with suppress(ValueError):
        return f"signal {signal.Signals(-code).name}"
    return f"signal {-code}"
