"""The HTTP face of the Bot API: tokens, methods, the envelope of answers, files for download."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from playground import faults
from playground.faults import Fault, telegram_refusal
from playground.telegram import (
    methods_about,
    methods_chat,
    methods_copy,
    methods_edit,
    methods_forum,
    methods_send,
    methods_updates,
    schema,
)
from playground.telegram.hub import Answer, Method, Telegram
from playground.telegram.model import Bot
from playground.telegram.params import Params, read
from playground.telegram.refusals import Refusal

METHODS: dict[str, Method] = {
    name.lower(): method
    for module in (
        methods_updates,
        methods_about,
        methods_send,
        methods_edit,
        methods_copy,
        methods_chat,
        methods_forum,
    )
    for name, method in module.METHODS.items()
}
_MAX_TOKEN = 80
_PARTLY = {"slow": 1.0, "cut": 0.5}
"""Faults of a download, and what share of the file comes."""


class BotApi:
    """`/bot<token>/<method>` and `/file/bot<token>/<path>`."""

    def __init__(self, hub: Telegram) -> None:
        self._hub = hub
        self._world = hub.world

    def routes(self) -> list[web.RouteDef]:
        """For the playground's application."""
        return [
            web.route("*", "/bot{token:[^/]*}/{method:.*}", self._call),
            web.get("/file/bot{token:[^/]+}/{path:.+}", self._download),
        ]

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        fault = self._world.faults.take("telegram", method)
        if fault is not None and (suffered := await self._suffer(request, method, fault)):
            return suffered
        answer = await self._answer(request, method)
        if fault is not None and fault.drop_answer and request.transport is not None:
            request.transport.abort()
        return answer

    async def _suffer(self, request: web.Request, method: str, fault: Fault) -> web.Response | None:
        await asyncio.sleep(fault.delay)
        if not isinstance(fault.error, int):
            return None
        if bot := self._hub.memory.by_token(request.match_info["token"]):
            params = await read(request)
            self._hub.log(bot, method, params, Refusal(fault.error, "a fault that was asked for"))
        return faults.refusal("telegram", fault)

    async def _answer(self, request: web.Request, method: str) -> web.Response:
        try:
            bot = self._bot(request.match_info["token"])
            name = schema.name_of(method)
            if name is None:
                raise Refusal(404, "method not found")
            params = await read(request)
            if not self._hub.is_built(name):
                missing = Refusal(501, f"Not Implemented: the playground does not have Telegram's method {name}")
                self._hub.log(bot, name, params, missing)
                raise missing
            result = await self._run(bot, name, params)
        except Refusal as refusal:
            return _refused(refusal.code, refusal.description, refusal.parameters)
        except web.HTTPRequestEntityTooLarge:
            return _refused(413, "Request Entity Too Large")
        if isinstance(result, Answer):
            return web.json_response({"ok": True, "result": result.result, "description": result.description})
        return web.json_response({"ok": True, "result": result})

    async def _run(self, bot: Bot, name: str, params: Params) -> Any:
        try:
            schema.require(name, params)
        except Refusal as refusal:
            self._hub.log(bot, name, params, refusal)
            raise
        return await self._hub.execute(bot, name, params)

    def _bot(self, token: str) -> Bot:
        if ":" not in token or token.startswith("0") or len(token) > _MAX_TOKEN:
            raise Refusal(401, "invalid token specified")
        bot = self._hub.memory.by_token(token)
        if bot is None:
            raise Refusal(401, "")
        return bot

    async def _download(self, request: web.Request) -> web.StreamResponse:
        fault = self._world.faults.take("telegram", "file")
        if fault is not None and fault.error not in _PARTLY:
            await asyncio.sleep(fault.delay)
            if isinstance(fault.error, int):
                return faults.refusal("telegram", fault)
        try:
            self._bot(request.match_info["token"])
        except Refusal as refusal:
            return _refused(refusal.code, refusal.description)
        file = self._hub.files.at(request.match_info["path"])
        if file is None:
            return _refused(404, "Not Found")
        answer = web.Response(body=self._hub.files.data(file), content_type="application/octet-stream")
        if fault is not None and fault.error in _PARTLY:
            return await faults.dribbled(request, answer, fault.delay, _PARTLY[str(fault.error)])
        return answer


def _refused(code: int, description: str, parameters: dict[str, Any] | None = None) -> web.Response:
    if code == 429:
        return telegram_refusal(code, description, (parameters or {}).get("retry_after"))
    body = {"ok": False, "error_code": code, "description": description}
    return web.json_response(body | ({"parameters": parameters} if parameters else {}), status=code)
