"""What a caller of a method sent: query, form, JSON and multipart become one set of named values and files."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web
from pydantic_core import from_json

from playground.telegram.refusals import Refusal, bad


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in a multipart part."""

    name: str
    mime: str
    data: bytes


@dataclass(slots=True)
class Params:
    """Values are strings (forms, query) or JSON values; every reader below takes both, as Telegram does."""

    values: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Was it sent, and not as null?"""
        return self.values.get(name) is not None or name in self.files

    def text(self, name: str, default: str = "") -> str:
        """A string; numbers and booleans of a JSON body are taken as their text."""
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(value, str):
            return value
        return json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        """An integer; what cannot be read is the default (as telegram-bot-api's `get_integer_arg`)."""
        try:
            return int(self.text(name) or default)
        except ValueError:
            return default

    def number(self, name: str) -> float:
        """A real number; nonsense is zero."""
        try:
            return float(self.text(name) or 0)
        except ValueError:
            return 0.0

    def flag(self, name: str) -> bool:
        """True for `true`, `yes`, `1` in any case."""
        return self.text(name).lower() in ("true", "yes", "1")

    def json(self, name: str, called: str) -> Any:
        """A nested object, sent as JSON text or as a value of a JSON body; None if absent. `called` is for the refusal."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return from_json(value, allow_inf_nan=False)
        except ValueError as error:
            raise bad(f"Can't parse {called} JSON object") from error

    def objects(self, name: str, called: str) -> list[dict[str, Any]]:
        """An array of objects; none is an empty one. `called` is the type of an item, for the refusal."""
        value = self.json(name, called) or []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise bad(f"Expected an Array of {called}")
        return value

    def message_ids(self) -> list[int]:
        """The `message_ids` of a method for many messages: 1 to 100."""
        value = self.json("message_ids", "message identifiers")
        if not isinstance(value, list) or not value:
            raise bad("message identifiers are not specified")
        if len(value) > 100:
            raise bad("too many message identifiers specified")
        if not all(str(item).lstrip("-").isdigit() for item in value):
            raise bad("invalid message identifier specified")
        return [int(item) for item in value]

    def names(self) -> dict[str, Any]:
        """The values for the call log, files by their names."""
        return self.values | {name: f"file {upload.name}" for name, upload in self.files.items()}


async def read(request: web.Request) -> Params:
    """Everything the request carries. The body wins over the query."""
    params = Params(dict(request.query))
    kind = request.content_type.lower()
    if kind == "application/json":
        params.values |= _json_body(await request.read())
    elif kind == "application/x-www-form-urlencoded":
        params.values |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    elif kind.startswith("multipart/"):
        await _read_parts(request, params)
    return params


def _json_body(raw: bytes) -> dict[str, Any]:
    if not raw.strip():
        return {}
    try:
        body = from_json(raw, allow_inf_nan=False)
    except ValueError as error:
        raise bad("Can't parse request JSON object") from error
    if not isinstance(body, dict):
        raise bad("Object expected as request")
    return body


async def _read_parts(request: web.Request, params: Params) -> None:
    limit = request.client_max_size
    size = 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        data = bytearray()
        while chunk := await part.read_chunk(1 << 16):
            size += len(chunk)
            if size > limit:
                raise Refusal(413, "Request Entity Too Large")
            data += chunk
        if part.filename is None:
            params.values[part.name] = data.decode(errors="replace")
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            params.files[part.name] = Upload(part.filename, mime, bytes(data))
