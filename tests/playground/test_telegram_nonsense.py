"""Nonsense is refused, never a crash: any JSON in any parameter of any method."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.seed import PEOPLE
from playground.store import Store
from playground.telegram import schema
from playground.telegram.api import METHODS
from playground.telegram.hub import CABINET, Telegram
from playground.telegram.memory import STAFF_CHAT
from playground.telegram.params import Params
from playground.telegram.refusals import Refusal
from playground.world import Settings, World
from tests.playground.telegram_world import ANNA

QUIET = sorted(name for name in METHODS if name not in ("getupdates", "setwebhook"))
NAMES = (
    "type",
    "text",
    "media",
    "message_id",
    "callback_data",
    "url",
    "inline_keyboard",
    "keyboard",
    "command",
    "offset",
    "length",
)
SCALARS = st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["", "x", "photo", "1", "[]", "{", "😀"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Telegram]:
    data: Path = tmp_path_factory.mktemp("nonsense")
    world = World(Settings(data=data), Store(data))
    telegram = Telegram(world, METHODS, PEOPLE)
    chat = telegram.memory.private(telegram.memory.bots[CABINET.id], telegram.memory.users[ANNA])
    chat.started = True
    yield telegram
    world.store.close()


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_nonsense_is_refused_in_the_envelope(hub: Telegram, data: st.DataObject) -> None:
    method = data.draw(st.sampled_from(QUIET))
    known = schema.parameters_of(method)
    values: dict[str, Any] = {name: data.draw(VALUES, label=name) for name in known if data.draw(st.booleans())}
    values["chat_id"] = data.draw(st.sampled_from([ANNA, STAFF_CHAT]))
    try:
        asyncio.run(hub.execute(hub.memory.bots[CABINET.id], method, Params(values)))
    except Refusal as refusal:
        assert 400 <= refusal.code < 500  # noqa: PT017 -- both outcomes are right, a crash is not
