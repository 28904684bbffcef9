"""What the cabinet is measured against, each in a process of its own.

    python -m bench.yardstick send PORT API     a bare aiogram bot that answers every message by a request, before its 200
    python -m bench.yardstick bare PORT API     aiohttp alone: reads the JSON, answers 200

No state, no database, no buttons, nothing that survives a crash.
"""

from __future__ import annotations

import logging
import sys

from aiohttp import web

SECRET = "bench-secret-bench-secret"  # noqa: S105 - of loopback servers that live for a minute
TOKEN = "42:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"  # noqa: S105 - nobody's
PATH = "/webhook"
TEXT = "Ваш полис ОСАГО ХХХ 0123456789 действует до 20.11.2026"


def bare_app() -> web.Application:
    """The floor of every Python webhook."""

    async def handle(request: web.Request) -> web.Response:
        await request.json()
        return web.json_response({"ok": True})

    app = web.Application()
    app.router.add_post(PATH, handle)
    return app


def send_app(api: str) -> web.Application:
    """An echo bot as aiogram's documentation writes it."""
    from aiogram import Bot, Dispatcher, Router
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import Message
    from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application

    router = Router()

    @router.message()
    async def echo(message: Message) -> None:
        await message.answer(TEXT)

    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(api)))
    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token=SECRET).register(app, PATH)
    setup_application(app, dispatcher, bot=bot)
    return app


if __name__ == "__main__":
    logging.disable(logging.INFO)
    made = send_app(sys.argv[3]) if sys.argv[1] == "send" else bare_app()
    web.run_app(made, host="127.0.0.1", port=int(sys.argv[2]), access_log=None, print=None)
