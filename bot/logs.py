"""Structured logs: one JSON object a line, only fields we name, nothing that identifies a person.

Whatever slips in (an exception's words, a library's message) passes a filter that hides tokens, phones, long numbers and e-mails.
"""

from __future__ import annotations

import logging
import re
import sys
from typing import Any

import structlog

HIDDEN = (
    (re.compile(r"\b\d{6,12}:[A-Za-z0-9_-]{8,}"), "<token>"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"), "<email>"),
    (re.compile(r"\+?\d[\d\s()\-]{8,}\d"), "<number>"),
)
"""What must not be read in a log, and what is written instead."""
COUNTS = {"timestamp", "number", "parcel", "events", "parcels", "waiting", "attempt", "port", "level", "logger"}


def hide(text: str) -> str:
    """The text without secrets and personal numbers."""
    for pattern, instead in HIDDEN:
        text = pattern.sub(instead, text)
    return text


def redact(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """A structlog processor: every string value that is not one of our own counters is looked through."""
    return {k: hide(v) if isinstance(v, str) and k not in COUNTS else v for k, v in event.items()}


def set_up(level: str) -> None:
    """Send structlog's and the standard library's records to stderr as JSON."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
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
