"""The playground as a process, and the bot as its child."""

from __future__ import annotations

import asyncio
import functools
import os
import signal
import socket
import sys
from pathlib import Path

import aiohttp
import pytest

from playground import app, bot_process
from playground.bot_process import BOT as BOT_COMMAND
from playground.bot_process import BotLink, BotProcess, environment
from playground.world import Settings
from tests.playground.telegram_world import ANNA, Playground, eventually, free_ports, playground

# A bot that knows only its internal listener; it dies once for every line of the file it was told of.
BOT = """
import http.server, json, os, pathlib, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def do_POST(self):
        print("clock", self.rfile.read(int(self.headers["Content-Length"])).decode(), flush=True)
        self.send_response(200); self.end_headers()
    def log_message(self, *args): pass
deaths = pathlib.Path(sys.argv[1])
if deaths.exists() and (lines := deaths.read_text().split()):
    deaths.write_text(" ".join(lines[1:]))
    sys.exit(3) if lines[0] == "exit" else os.kill(os.getpid(), 9)
pathlib.Path(os.environ["CABINET_DATABASE"].removeprefix("sqlite:")).touch()
http.server.HTTPServer(("127.0.0.1", int(os.environ["CABINET_WEB__INTERNAL_PORT"])), Handler).serve_forever()
"""


# A bot that stops in order, and somebody who keeps it on a leash.
LEASHED = """
import signal, sys
def stop(*_):
    print("stopped", flush=True); sys.exit(0)
signal.signal(signal.SIGTERM, stop)
print(*sys.argv[1:], flush=True)
while True:
    signal.pause()
"""
KEEPER = """
import subprocess, sys
subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE).wait()
"""


def command(flag: Path) -> tuple[str, ...]:
    return (sys.executable, "-c", BOT, str(flag))


async def test_a_dead_bot_is_started_again_and_told_the_time(tmp_path: Path) -> None:
    async with playground(tmp_path) as tg:
        await tg.post("/clock", advance="PT1H")
        flag = tmp_path / "die-once"
        flag.write_text("exit")
        said: list[str] = []
        tried = asyncio.Event()
        link = BotLink(tg.running.world)
        bot = BotProcess(tg.running.world, link, tried.set, said.append, command(flag))
        bot.start()
        async with asyncio.timeout(20):
            await bot.is_ready.wait()
        await bot.stop()
        await link.close()
        assert said[0].startswith("the bot ended with exit code 3; again in 1 s")
        assert tried.is_set()
        assert 'clock {"offset": 3600.0}' in (tmp_path / "bot.log").read_text()


async def test_the_bot_of_a_playground_that_is_killed_stops_in_order(tmp_path: Path) -> None:
    (tmp_path / "leashed.py").write_text(LEASHED)
    words = (sys.executable, "-c", KEEPER, *BOT_COMMAND[:3], "leashed", "run")
    pipe = asyncio.subprocess.PIPE
    keeper = await asyncio.create_subprocess_exec(
        *words, env=os.environ | {"PYTHONPATH": str(tmp_path)}, stdin=pipe, stdout=pipe, stderr=pipe
    )
    assert keeper.stdout is not None
    async with asyncio.timeout(30):
        assert await keeper.stdout.readline() == b"run\n"
        keeper.kill()
        rest, errors = await keeper.communicate()
    assert (rest, errors) == (b"stopped\n", b"")


async def test_only_a_bot_that_fails_by_itself_is_waited_for_longer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot_process, "_PAUSE", 0.01)
    monkeypatch.setattr(bot_process, "_MAX_PAUSE", 0.03)
    async with playground(tmp_path) as tg:
        deaths = tmp_path / "deaths"
        deaths.write_text("kill kill kill exit exit exit kill")
        said: list[str] = []
        link = BotLink(tg.running.world)
        bot = BotProcess(tg.running.world, link, lambda: None, said.append, command(deaths))
        bot.start()
        async with asyncio.timeout(30):
            await bot.is_ready.wait()
        assert bot.news() == ""
        await bot.stop()
        await link.close()
    pauses = [line.partition("again in ")[2].partition(" s")[0] for line in said]
    assert pauses == ["0.01", "0.01", "0.01", "0.01", "0.02", "0.03", "0.01"]


async def test_whoever_waits_for_calm_hears_when_the_bot_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot_process, "_PAUSE", 60.0)
    monkeypatch.setattr(bot_process, "_MAX_PAUSE", 60.0)
    deaths = tmp_path / "deaths"
    deaths.write_text("exit")
    monkeypatch.setattr(app, "BotProcess", functools.partial(BotProcess, command=command(deaths)))
    running = await app.serve(Settings(port=free_ports(), data=tmp_path), bot=True)
    try:
        async with aiohttp.ClientSession() as http:
            tg = Playground(running, http)
            assert (await tg.get(f"/client/{ANNA}/settled?timeout=0"))[1]["hint"].endswith("/lag: it is starting")
            assert running.bot is not None
            news = running.bot.news
            await eventually(lambda: "again" in news())
            status, answer = await tg.get(f"/client/{ANNA}/settled?timeout=0")
        assert (status, answer["hint"].partition("/lag: ")[2]) == (
            504,
            "it ended with exit code 3 and starts again in 60 s",
        )
    finally:
        await running.close()


async def test_reset_gives_the_bot_an_empty_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = functools.partial(BotProcess, command=command(tmp_path / "no"))
    monkeypatch.setattr(app, "BotProcess", made)
    settings = Settings(port=free_ports(), data=tmp_path)
    running = await app.serve(settings, bot=True)
    try:
        assert running.bot is not None
        async with asyncio.timeout(20):
            await running.bot.is_ready.wait()
        async with aiohttp.ClientSession() as http:
            tg = Playground(running, http)
            (tmp_path / "cabinet.db").write_text("what the bot remembers")
            await tg.does(ANNA, "text", text="/start")
            assert (await tg.post("/reset"))[0] == 200
            assert (tmp_path / "cabinet.db").read_text() == ""
            assert (await tg.chat(ANNA))["messages"] == []
    finally:
        await running.close()


def test_the_bots_environment_is_whole_and_stays_the_same(tmp_path: Path) -> None:
    settings = Settings(port=9000, data=tmp_path)
    first = environment(settings)
    assert first == environment(settings)
    assert first["CABINET_TELEGRAM__WEBHOOK_URL"] == "http://127.0.0.1:9009/telegram/playground"
    assert first["CABINET_DATABASE"] == f"sqlite:{tmp_path}/cabinet.db"
    assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600


async def started(*arguments: str) -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "playground", "--no-bot", "--no-browser", *arguments, stdout=pipe, stderr=pipe
    )


async def test_it_says_ready_once_and_stops_on_a_signal(tmp_path: Path) -> None:
    port = free_ports()
    process = await started("--port", str(port), "--data", str(tmp_path))
    assert process.stdout is not None
    async with asyncio.timeout(30):
        assert await process.stdout.readline() == f"ready http://127.0.0.1:{port}\n".encode()
        process.send_signal(signal.SIGTERM)
        rest, errors = await process.communicate()
    assert (process.returncode, rest, errors) == (0, b"", b"")


async def test_a_port_in_use_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        port = free_ports()
        taken.bind(("127.0.0.1", port))
        taken.listen()
        process = await started("--port", str(port), "--data", str(tmp_path))
        _, errors = await process.communicate()
    assert process.returncode == 1
    assert errors.decode() == f"Port {port} is in use: stop what runs there, or choose another with --port.\n"


async def test_the_cluster_comes_later() -> None:
    process = await started("--cluster")
    _, errors = await process.communicate()
    assert (process.returncode, errors.count(b"\n")) == (2, 1)
