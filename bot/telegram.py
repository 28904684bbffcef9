"""The Bot API as the ways out need it: JSON out, JSON in, what a refusal means, files by pieces.

aiogram's own client builds forms and validates every answer; that costs more than all our SQL (`docs/performance.md`). The routers,
types and filters are aiogram's; only the way out is this page.
"""

from __future__ import annotations

import json
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from enum import Enum
from typing import Any
from urllib.parse import quote

import aiohttp

from bot.metrics import API_CALLS, API_SECONDS


class Verdict(Enum):
    """What to do about an answer."""

    OK = "ok"
    SAME = "same"  # the message, or the topic, "is not modified": what we wanted is there
    GONE = "gone"  # the message is deleted or cannot be touched any more
    MOVED = "moved"  # the group has become a supergroup: `result` is its new id
    STOP = "stop"  # the person blocked the bot, deleted the account or never started it
    LATER = "later"  # 429: not our turn
    LOST = "lost"  # no answer, or an answer of a server in trouble: it may have been done
    DEAD = "dead"  # refused for good: our mistake
    LEFT = "left"  # never sent: while it waited for its turn it went out of date


@dataclass(frozen=True, slots=True)
class Answer:
    """`result` of a call that was done, or the words of its refusal; `retry_after` in seconds."""

    verdict: Verdict
    result: Any = None
    words: str = ""
    retry_after: float = 0.0


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to be sent as a part of its own."""

    field: str
    file_name: str
    mime_type: str
    content: bytes


class Lost(Exception):
    """A file did not come, or not whole; the words say nothing of its address."""


DOWNLOAD = aiohttp.ClientTimeout(total=120, sock_connect=10, sock_read=20)
PIECE = 64 * 1024
"""Bytes of a file that are in memory."""

_SAME = ("message is not modified", "topic_not_modified")
_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
    "message can't be deleted",
    "message_id_invalid",
)


def classify(status: int, answer: dict[str, Any]) -> Answer:
    """Telegram's words are compared without case: they have changed it before."""
    if answer.get("ok"):
        return Answer(Verdict.OK, answer.get("result"))
    code, words = int(answer.get("error_code", status)), str(answer.get("description", ""))
    said = words.lower()
    if moved := answer.get("parameters", {}).get("migrate_to_chat_id"):
        return Answer(Verdict.MOVED, int(moved), words)
    if code == 429:
        return Answer(Verdict.LATER, None, words, float(answer.get("parameters", {}).get("retry_after", 1)))
    if code == 403:
        return Answer(Verdict.STOP, None, words)
    if code == 400 and any(known in said for known in _SAME):
        return Answer(Verdict.SAME)
    if code == 400 and any(known in said for known in _GONE):
        return Answer(Verdict.GONE, None, words)
    if code == 400 and "chat not found" in said:
        return Answer(Verdict.STOP, None, words)
    if code in (400, 404, 413):
        return Answer(Verdict.DEAD, None, words)
    return Answer(Verdict.LOST, None, words)  # 401, 409, 5xx and the unknown: the next try may do


class TelegramApi:
    """`api` is the base address, so that a self-hosted server or the playground serves as well. The token stays in here."""

    def __init__(self, api: str, token: str, http: aiohttp.ClientSession) -> None:
        self._base = f"{api.rstrip('/')}/bot{token}/"
        self._files = f"{api.rstrip('/')}/file/bot{token}/"
        self._http = http

    async def call(
        self, method: str, payload: dict[str, Any], upload: Upload | None = None, seconds: float = 20
    ) -> Answer:
        """One call. Never raises for what the other side does: trouble on the way is LOST."""
        started = time.perf_counter()
        data: bytes | aiohttp.FormData
        headers = {}
        if upload:
            data = _form(payload, upload)
        else:
            data = json.dumps(payload, ensure_ascii=False).encode()
            headers = {"Content-Type": "application/json"}
        try:
            timeout = aiohttp.ClientTimeout(total=seconds)
            async with self._http.post(self._base + method, data=data, headers=headers, timeout=timeout) as response:
                body = json.loads(await response.read())
                answer = classify(response.status, body) if isinstance(body, dict) else Answer(Verdict.LOST)
        except (aiohttp.ClientError, TimeoutError, ValueError, OSError) as trouble:
            answer = Answer(Verdict.LOST, None, type(trouble).__name__)
        API_SECONDS.labels(method).observe(time.perf_counter() - started)
        API_CALLS.labels(method, answer.verdict.value).inc()
        return answer

    async def download(self, file_path: str) -> AsyncGenerator[bytes]:
        """The file of a `file_path` that getFile gave, in pieces. Raises Lost: it may be asked for again, with getFile."""
        started, outcome = time.perf_counter(), "lost"
        try:
            async with self._http.get(self._files + quote(file_path), timeout=DOWNLOAD) as response:
                if response.status != 200:
                    raise Lost(f"HTTP {response.status}")
                async for piece in response.content.iter_chunked(PIECE):
                    yield piece
            outcome = "ok"
        except (aiohttp.ClientError, TimeoutError, OSError) as trouble:
            raise Lost(type(trouble).__name__) from trouble
        finally:
            API_SECONDS.labels("file").observe(time.perf_counter() - started)
            API_CALLS.labels("file", outcome).inc()


def _form(payload: dict[str, Any], upload: Upload) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)  # Telegram reads names as UTF-8, not percent-encoded
    for name, value in payload.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    form.add_field(upload.field, f"attach://{upload.field}_file")
    form.add_field(f"{upload.field}_file", upload.content, filename=upload.file_name, content_type=upload.mime_type)
    return form
