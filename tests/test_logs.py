"""No personal data in the log, whichever way it tries to get in."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.logs import hide, set_up
from services.db.unit import Unit
from tests.support.pipes import pipework, said, until
from tests.support.stores import opened

CANARIES = [
    "+79161234567",
    "89161234567",
    "8 (916) 123-45-67",
    "+7 916 123-45-67",
    "1000000001:PLAYGROUND",
    "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",
    "https://api.telegram.org/bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/getMe",
    "anna.petrova+bot@pochta.example",
    "481516",
    "XTA210990Y1234567",
    "9912 345678",
    "4508 123456",
    "4276 1234 5678 9012",
]
"""What must never be read in a log. Names are no pattern: they may not even be offered to it, see the exceptions."""


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], str]]:
    """The log as production writes it; afterwards the tests' own is back."""
    before, root, stream = structlog.get_config(), logging.getLogger(), io.StringIO()
    level = root.level
    configure = structlog.configure
    monkeypatch.setattr(structlog, "configure", lambda **how: configure(**how | {"cache_logger_on_first_use": False}))
    with monkeypatch.context() as patch:
        patch.setattr("sys.stderr", stream)
        set_up("INFO")
    [ours] = root.handlers
    yield stream.getvalue
    configure(**before)
    root.removeHandler(ours)
    root.setLevel(level)


def raised(words: str) -> None:
    try:
        try:
            raise KeyError(words)
        except KeyError as first:
            raise ValueError(f"не понял: {words}") from first
    except ValueError:
        structlog.get_logger("x").exception("failed")


WAYS: dict[str, Callable[[str], Any]] = {
    "a field": lambda c: structlog.get_logger("x").warning("said", words=f"это {c}, вот"),
    "the event": lambda c: structlog.get_logger("x").error(f"сказал {c}"),
    "deep inside": lambda c: structlog.get_logger("x").info("said", update={"message": {"text": c, "n": [c, (c,)]}}),
    "a name of a field": lambda c: structlog.get_logger("x").info("said", update={c: 1}),
    "bytes": lambda c: structlog.get_logger("x").info("said", body=c.encode()),
    "a library": lambda c: logging.getLogger("aiohttp.client").warning("cannot connect to %s", c),
    "a library's object": lambda c: logging.getLogger("lib").error("got %r", {"text": c}),
    "an exception": raised,
    "a library's exception": lambda c: logging.getLogger("lib").error("failed", exc_info=ValueError(c)),
    "the context": lambda c: _in_context(c),
}


def _in_context(words: str) -> None:
    with structlog.contextvars.bound_contextvars(who=words):
        structlog.get_logger("x").info("said")


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_no_canary_is_ever_written(written: Callable[[], str], way: Callable[[str], Any]) -> None:
    for canary in CANARIES:
        way(canary)
    lines = written().strip().splitlines()
    assert len(lines) == len(CANARIES)
    for line, canary in zip(lines, CANARIES, strict=True):
        assert json.loads(line)["event"]
        assert canary.rpartition("/bot")[2].removesuffix("/getMe") not in line, line


@given(before=st.text(" ,.:;=()«»абв"), canary=st.sampled_from(CANARIES), after=st.text(" ,.;)»абв"))
@settings(max_examples=200, deadline=None)
def test_a_canary_is_found_among_any_words(before: str, canary: str, after: str) -> None:
    assert canary not in hide(before + canary + after)


async def test_a_failing_step_writes_where_and_not_what(
    written: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.careful.BACKOFF", (0.0, 0.02, 0.04))

    async def step(unit: Unit) -> None:
        raise ValueError(f"Петрова Анна {' '.join(CANARIES)}")

    async with opened("", tmp_path) as store, pipework(store, step) as pipe:
        await pipe.lanes.submit(said("bad"))
        await until(lambda: pipe.sorry and pipe.handled, 20)
    lines = [json.loads(line) for line in written().splitlines()]
    text = json.dumps(lines, ensure_ascii=False)
    assert not [canary for canary in [*CANARIES, "Петрова"] if canary in text]
    dead = next(line for line in lines if line["event"] == "event_dead")
    assert dead["number"] == pipe.sorry[0][1]
    assert dead["error"] == "ValueError"
    assert dead["level"] == "error"
    failed = next(line for line in lines if line["event"] == "step_failed")
    assert any("test_logs.py" in place for place in failed["exception"]), "where it happened is what we need to know"


def test_our_own_counters_stay_readable(written: Callable[[], str]) -> None:
    structlog.get_logger("x").error("event_dead", number=123456, parcel=1234567890123, waiting=654321, port=8089)
    line = json.loads(written())
    assert (line["number"], line["parcel"], line["waiting"], line["port"]) == (123456, 1234567890123, 654321, 8089)
    assert line["timestamp"].startswith("20")
    assert (line["level"], line["logger"]) == ("error", "x")
