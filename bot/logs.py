"""Structured logs: one JSON object a line, only fields we name, nothing that identifies a person.

Of an exception only its kind and its places in the code are written: its words may hold what a person typed. Whatever else slips in
(a library's message) passes a filter that hides tokens, phones, long numbers, codes, VINs and e-mails.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Mapping
from typing import Any

import structlog

HIDDEN = (
    (re.compile(r"(?<!\d)\d{6,12}:[A-Za-z0-9_-]{8,}"), "<token>"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"), "<email>"),
    (re.compile(r"\b[A-HJ-NPR-Z0-9]{17}\b"), "<vin>"),
    (re.compile(r"\+?\d[\d\s()\-]{8,}\d"), "<number>"),
    (re.compile(r"(?<!\d)\d{6}(?!\d)"), "<code>"),
)
"""What must not be read in a log, and what is written instead."""
COUNTS = {"timestamp", "number", "parcel", "events", "parcels", "waiting", "attempt", "port", "level", "logger"}


def hide(text: str) -> str:
    """The text without secrets and personal numbers."""
    for pattern, instead in HIDDEN:
        text = pattern.sub(instead, text)
    return text


def redact(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """A structlog processor: every text that is not one of our own counters is looked through."""
    return {k: v if k in COUNTS or k.startswith("_") else _hidden(v) for k, v in event.items()}


def _hidden(value: Any) -> Any:
    """Numbers are counts of our own; anything else is looked through as it would be written."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, Mapping):
        return {hide(str(k)): _hidden(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [_hidden(v) for v in value]
    return hide(str(value))


def places(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """A structlog processor: instead of a traceback the kinds of its exceptions and where in the code they passed."""
    found = event.pop("exc_info", None)
    error = found if isinstance(found, BaseException) else found[1] if isinstance(found, tuple) else None
    if found is True:
        error = sys.exc_info()[1]
    if error is not None:
        event["exception"] = _chain(error)
    return event


def _chain(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    lines = [type(error).__name__, *(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)]
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return lines + (_chain(before) if before else [])


def set_up(level: str) -> None:
    """Send structlog's and the standard library's records to stderr as JSON."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        places,
        redact,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("aiogram", "aiohttp.access", "asyncio", "alembic"):
        logging.getLogger(noisy).setLevel("WARNING")
