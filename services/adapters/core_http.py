"""The insurer's core over HTTP, as `docs/core-gateway.openapi.yaml` says."""

from __future__ import annotations

import json
import re
import uuid
from datetime import datetime
from typing import Any
from urllib.parse import quote

import aiohttp

from services.ports.core import CoreRefused, CoreTrouble, Deed, DocumentGone, Handed, Listing, Owner, Page

TIMEOUT = aiohttp.ClientTimeout(total=30, connect=5)
PAGE = 200
LARGEST = 50 * 1024 * 1024
"""Bytes of a document: what Telegram lets a bot send."""
PROBLEM = 64 * 1024
"""Bytes of a refusal that are read; one that is longer has no code for us."""
CODE = re.compile(r"(?!about:)\S*[:/]([\w-]{1,64})", re.ASCII)


class HttpCore:
    """`url` is the base address, `key` the bearer token agreed with the insurer."""

    def __init__(self, url: str, key: str, http: aiohttp.ClientSession) -> None:
        self._url, self._http = url.rstrip("/"), http
        self._headers = {"Authorization": f"Bearer {key}"}

    async def page(self, listing: Listing, cursor: str | None) -> Page:
        params = {"limit": str(PAGE)} | ({"cursor": cursor} if cursor else {})
        answer = await self._json("GET", f"/{listing}", params=params)
        return Page(answer["data"], (answer.get("links") or {}).get("next"))

    async def document(self, document_id: str) -> bytes:
        async with self._call("GET", f"/documents/{document_id}/content") as response:
            if response.status in (404, 410):
                raise DocumentGone(document_id)
            await _check(response)
            try:
                content = await response.content.read(LARGEST + 1)
                while len(content) <= LARGEST and (more := await response.content.read(LARGEST + 1 - len(content))):
                    content += more
            except (aiohttp.ClientError, TimeoutError, OSError) as trouble:
                raise CoreTrouble(type(trouble).__name__) from trouble
            if len(content) > LARGEST:
                raise CoreRefused("the document is larger than Telegram lets a bot send")
            return content

    async def ask(self, number: str, client_id: str | None, screen: str | None, text: str, asked_at: datetime) -> None:
        body = {
            "number": number,
            "customerId": client_id,
            "screen": screen,
            "text": text,
            "askedAt": asked_at.isoformat(),
        }
        await self._json("POST", "/questions", json=body, headers={"Idempotency-Key": number})

    async def put(self, deed: Deed, number: str, body: dict[str, Any]) -> dict[str, Any]:
        answer: Any = await self._json("PUT", _path(deed, number), json=body)
        match answer:
            case {"data": dict(resource)}:
                return resource
        raise CoreTrouble("unreadable answer")

    async def hand_over(self, owner: Owner, number: str, file: Handed) -> None:
        headers = {
            "Content-Type": file.mime_type,
            "X-File-Name": quote(file.name, safe=""),
            "X-File-Slot": file.slot,
        }
        await self._json("PUT", f"{_at(owner, number)}/files/{file.sha256}", data=file.content, headers=headers)

    async def _json(self, method: str, path: str, **how: Any) -> dict[str, Any]:
        async with self._call(method, path, **how) as response:
            await _check(response)
            try:
                answer: dict[str, Any] = await response.json()
            except (aiohttp.ClientError, TimeoutError, ValueError, OSError) as trouble:
                raise CoreTrouble(type(trouble).__name__) from trouble
            return answer

    def _call(self, method: str, path: str, *, headers: dict[str, str] | None = None, **how: Any) -> _Call:
        every = {**self._headers, "X-Interaction-Id": str(uuid.uuid4()), **(headers or {})}
        return _Call(self._http, method, self._url + path, headers=every, timeout=TIMEOUT, **how)


def _at(thing: Deed | Owner, number: str) -> str:
    return f"/{thing}s/{quote(number, safe='')}"


def _path(deed: Deed, number: str) -> str:
    """Where a deed is done."""
    match deed:
        case "application" | "claim" | "quote":
            return _at(deed, number)
        case "status":
            return f"{_at('claim', number)}/status"
        case "deductible":
            return f"{_at('claim', number)}/deductible/payment"
        case "instalment":
            policy, _, part = number.rpartition(":")
            return f"/policies/{quote(policy, safe='')}/instalments/{part}/payment"
    return f"{_at('application', number)}/{deed}"


class _Call:
    """A request whose trouble on the way is CoreTrouble."""

    def __init__(self, http: aiohttp.ClientSession, method: str, url: str, **how: Any) -> None:
        self._request = http.request(method, url, **how)

    async def __aenter__(self) -> aiohttp.ClientResponse:
        try:
            return await self._request.__aenter__()
        except (aiohttp.ClientError, TimeoutError, OSError) as trouble:
            raise CoreTrouble(type(trouble).__name__) from trouble

    async def __aexit__(self, *error: Any) -> None:
        await self._request.__aexit__(*error)


async def _check(response: aiohttp.ClientResponse) -> None:
    """2xx passes; 408, 425, 429 and 5xx are for later; the rest is refused for good."""
    if response.status < 300:
        return
    if response.status >= 500 or response.status in (401, 403, 408, 425, 429):  # 401/403: a key is being changed
        raise CoreTrouble(f"HTTP {response.status}")
    raise await _refusal(response)


async def _refusal(response: aiohttp.ClientResponse) -> CoreRefused:
    """With the code and the errors of its RFC 9457 problem, if it is one."""
    words = f"HTTP {response.status}"
    try:
        raw = b""
        while len(raw) <= PROBLEM and (more := await response.content.read(PROBLEM + 1 - len(raw))):
            raw += more
        problem = json.loads(raw)
        found = CODE.fullmatch(problem["type"])
        errors = problem.get("errors", [])
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError, KeyError, TypeError, RecursionError):
        return CoreRefused(words)
    code = found[1] if found else ""
    return CoreRefused(f"{words} {code}".strip(), code, errors if isinstance(errors, list) else [])
