"""`python -m playground`: the outside world and the bot on this machine."""

from __future__ import annotations

import argparse
import asyncio
import errno
import signal
import socket
import sys
import webbrowser
from contextlib import closing
from pathlib import Path

from playground.app import Running, serve
from playground.world import Settings

_PATIENCE = 60.0


def main() -> int:
    """0 after a stop by signal, 1 when a port is taken, 2 for arguments that make no sense."""
    arguments = _arguments()
    if arguments.cluster:
        print("--cluster comes later: PostgreSQL, Redis and several processes are not built yet", file=sys.stderr)
        return 2
    settings = Settings(port=arguments.port, data=arguments.data, seed=arguments.seed)
    taken = _taken(settings, bot=not arguments.no_bot)
    if taken is not None:
        print(f"Port {taken} is in use: stop what runs there, or choose another with --port.", file=sys.stderr)
        return 1
    return asyncio.run(_run(settings, bot=not arguments.no_bot, browser=not arguments.no_browser))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m playground", description=__doc__)
    parser.add_argument("--port", type=int, default=8080, help="Telegram and the chat page; the others follow it")
    parser.add_argument("--data", type=Path, default=Path(".data/play"), help="what is remembered between two starts")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same world")
    parser.add_argument("--no-browser", action="store_true", help="do not open the chat page")
    parser.add_argument("--no-bot", action="store_true", help="only the world: start the bot yourself")
    parser.add_argument("--cluster", action="store_true", help="several processes over PostgreSQL and Redis (later)")
    return parser.parse_args()


def _taken(settings: Settings, *, bot: bool) -> int | None:
    """The first port of ours that somebody else has."""
    for step in (0, 1, 2, 9, 10) if bot else (0, 1, 2):
        with closing(socket.socket()) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.host, settings.port + step))
            except OSError as error:
                if error.errno == errno.EADDRINUSE:
                    return settings.port + step
                raise
    return None


async def _run(settings: Settings, *, bot: bool, browser: bool) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    running = await serve(settings, bot=bot)
    try:
        if await _ready(running, stop):
            print(f"ready {running.url}", flush=True)
            if browser:
                await asyncio.to_thread(webbrowser.open, running.url)
            await stop.wait()
    finally:
        await running.close()
    return 0


async def _ready(running: Running, stop: asyncio.Event) -> bool:
    """True when the bot answers too; False when somebody stopped us before."""
    if running.bot is None:
        return True
    waits = [asyncio.ensure_future(running.bot.is_ready.wait()), asyncio.ensure_future(stop.wait())]
    while not (done := (await asyncio.wait(waits, timeout=_PATIENCE, return_when=asyncio.FIRST_COMPLETED))[0]):
        log = running.settings.data / "bot.log"
        news = running.bot.news()
        print(f"playground: the bot is not ready after {_PATIENCE:g} s: {news}; its log: {log}", file=sys.stderr)
    for wait in waits:
        wait.cancel()
    return waits[0] in done


if __name__ == "__main__":
    sys.exit(main())
