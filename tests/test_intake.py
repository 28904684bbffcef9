"""The way in: who may knock, what is answered to whom, and that 200 means stored."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, cast

import aiohttp
import pytest

import bot.intake
from bot.telegram import Answer, TelegramApi, Verdict
from bot.web.internal import internal_app
from bot.web.payments import NOTIFICATIONS
from bot.web.public import CORE_EVENTS, public_app
from bot.web.receipts import VERIFY
from playground.telegram.memory import STAFF_CHAT
from services.clock import Clock
from services.db.pipe import Event, Tx
from services.db.unit import Unit
from tests.support.ops import calls, cursor, eventually, rows, stepping
from tests.support.person import Person
from tests.support.town import Town, town

HOOK = "/telegram/playground"
_numbers = count(900_000_001)


@pytest.fixture(scope="module")
async def gate(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A town whose door is tried."""
    async with town(tmp_path_factory.mktemp("gate")) as own:
        yield own


async def knock(gate: Town, body: bytes, secret: str | None = None) -> tuple[int, Any]:
    """What the webhook answers."""
    given = gate.settings.telegram.secret.get_secret_value() if secret is None else secret
    headers = {"X-Telegram-Bot-Api-Secret-Token": given} if given else {}
    async with gate.http.post(gate.bot_url + HOOK, data=io.BytesIO(body), headers=headers) as response:
        raw = await response.read()
        return response.status, json.loads(raw) if raw else None


def typed(person: Person, text: str, number: int | None = None) -> bytes:
    """An update: this person types."""
    chat = {"id": person.id, "type": "private", "first_name": "Ирина"}
    sender = {"id": person.id, "is_bot": False, "first_name": "Ирина", "language_code": "ru"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": sender, "text": text}
    return json.dumps({"update_id": number or next(_numbers), "message": message}).encode()


def tapped(person: Person, data: str) -> bytes:
    """An update: this person taps."""
    sender = {"id": person.id, "is_bot": False, "first_name": "Ирина"}
    message = {"message_id": 1, "date": 0, "chat": {"id": person.id, "type": "private"}}
    tap = {"id": "77", "from": sender, "message": message, "chat_instance": "1", "data": data}
    return json.dumps({"update_id": next(_numbers), "callback_query": tap}).encode()


# -- who may knock ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("secret", ["", "wrong", "секрет", "\u00ff", " "])
async def test_without_the_secret_nobody_comes_in(gate: Town, secret: str) -> None:
    person = await gate.person()
    assert await knock(gate, typed(person, "/start"), secret) == (401, None)
    assert await rows(gate, "select 1 from inbox where lane = :lane", lane=f"tg:{person.id}") == []


BAD = {
    "nothing": b"",
    "no object": b"[]",
    "no update": b"{}",
    "no number": b'{"update_id": "1"}',
    "a truth": b'{"update_id": true}',
    "not a number": b'{"update_id": NaN}',
    "no JSON": b"<html>",
    "no text": b"\xff\xfe\x00",
    "very deep": b"[" * 100_000,
    "very deep objects": b'{"a":' * 50_000,
    "very large": b'{"update_id": 1, "message": "' + b"x" * (3 << 20) + b'"}',
    "nobody's": b'{"update_id": 900000901, "message": {"from": {"id": "abc"}}}',
    "no id": b'{"update_id": 900000902, "message": {"from": {}}}',
    "endless id": b'{"update_id": 900000903, "message": {"from": {"id": 1e999}}}',
    "a giant": b'{"update_id": 900000905, "message": {"from": {"id": 9223372036854775808}}}',
    "below zero": b'{"update_id": 900000906, "message": {"from": {"id": -1}}}',
    "no kind": b'{"update_id": 900000907}',
    "a kind nobody asked for": b'{"update_id": 900000908, "message_reaction": {"user": {"id": 100001}}}',
    "a kind from the future": b'{"update_id": 900000909, "thought": {"from": {"id": 100001}}}',
    "odd chat": b'{"update_id": 900000904, "message": {"chat": [], "from": {"id": 5}}}',
}


@pytest.mark.parametrize("body", BAD.values(), ids=BAD.keys())
async def test_what_no_repeat_could_mend_is_taken_and_forgotten(gate: Town, body: bytes) -> None:
    before = await rows(gate, "select count(*) from inbox")
    assert await knock(gate, body) == (200, None)
    assert await rows(gate, "select count(*) from inbox") == before


async def test_a_message_of_nobody_is_done(gate: Town) -> None:
    """A channel's post has no sender."""
    number = next(_numbers)
    message = {"message_id": 1, "date": 1, "chat": {"id": -5, "type": "channel"}, "text": "x"}
    assert await knock(gate, json.dumps({"update_id": number, "message": message}).encode()) == (200, None)
    assert await rows(gate, "select state from inbox where event_id = :id", id=str(number)) == [(1,)]


async def test_an_update_of_another_shape_is_a_dead_letter_at_once_and_told(gate: Town) -> None:
    person = await gate.person()
    await person.say("/start")
    body = {"update_id": next(_numbers), "message": {"from": {"id": person.id}, "text": {"what": "is this"}}}
    assert await knock(gate, json.dumps(body).encode()) == (200, None)
    await gate.settle()
    [(number, attempts)] = await rows(
        gate, "select seq, attempts from inbox where state = 2 and lane = :lane", lane=f"tg:{person.id}"
    )
    assert attempts == 1
    assert str(number) in (await person.chat())[-2]["text"]
    await person.screen()


# -- what is answered -------------------------------------------------------------------------------------------------


async def test_200_comes_after_the_commit_only(gate: Town) -> None:
    person, open_gate = await gate.person(), asyncio.Event()

    async def wait(unit: Unit) -> bool:
        if unit.event.lane == f"tg:{person.id}":
            await open_gate.wait()
        return False

    async with stepping(gate, wait):
        number = next(_numbers)
        delivery = asyncio.ensure_future(knock(gate, typed(person, "/start", number)))
        await asyncio.sleep(0.1)
        assert not delivery.done()
        assert await rows(gate, "select 1 from inbox where event_id = :id", id=str(number)) == []
        open_gate.set()
        assert await delivery == (200, None)
        assert await rows(gate, "select state from inbox where event_id = :id", id=str(number)) == [(1,)]


async def test_while_the_database_is_away_telegram_is_asked_to_come_again(
    gate: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, store = await gate.person(), gate.process.parts.store
    await person.say("/start")
    update = typed(person, "/help")

    def away() -> AbstractAsyncContextManager[Tx]:
        raise store.transient[0]("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(store, "tx", away)
        headers = {"X-Telegram-Bot-Api-Secret-Token": gate.settings.telegram.secret.get_secret_value()}
        async with gate.http.post(gate.bot_url + HOOK, data=update, headers=headers) as response:
            assert (response.status, response.headers["Retry-After"]) == (503, "1")
    assert await knock(gate, update) == (200, None)
    await gate.settle()
    assert (
        await rows(gate, "select state, attempts from inbox where lane = :lane", lane=f"tg:{person.id}") == [(1, 0)] * 2
    )
    await person.screen()


async def test_a_repeat_is_taken_and_does_nothing(gate: Town) -> None:
    person = await gate.person()
    await person.say("/start")
    update = typed(person, "/help")
    assert await knock(gate, update) == (200, None)
    await gate.settle()
    since = await cursor(gate)
    assert [await knock(gate, update) for _ in range(3)] == [(200, None)] * 3
    await gate.settle()
    assert await calls(gate, since) == []


async def test_a_tap_is_answered_in_the_webhooks_own_answer(gate: Town) -> None:
    person = await gate.person()
    await person.say("/start")
    status, answer = await knock(gate, tapped(person, "forged"))
    assert status == 200
    assert answer == {
        "method": "answerCallbackQuery",
        "callback_query_id": "77",
        "text": "Это кнопка прежнего экрана. Вот что сейчас.",
    }
    await gate.settle()


async def test_a_tap_without_a_notice_is_answered_too(gate: Town) -> None:
    person = await gate.person()
    await person.say("/start")
    since = await cursor(gate)
    await person.tap("Помощь")
    assert await person.toasts() == []
    assert (await calls(gate, since))[0] == "answerCallbackQuery"


async def test_a_late_tap_is_answered_empty_at_once_and_its_notice_is_on_the_screen(
    gate: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bot.intake.TAP_PATIENCE <= 1.0
    monkeypatch.setattr(bot.intake, "TAP_PATIENCE", 0.05)
    person, open_gate = await gate.person(), asyncio.Event()
    await person.say("/start")
    screen = await person.screen()
    await person.toasts()
    since = await cursor(gate)

    async def wait(unit: Unit) -> bool:
        if unit.event.lane == f"tg:{person.id}":
            await open_gate.wait()
        return False

    async def answered() -> bool:
        return "answerCallbackQuery" in await calls(gate, since)

    async with stepping(gate, wait):
        tap = {"message_id": screen["message_id"], "data": "forged"}
        await gate.call("POST", f"/client/{person.id}/tap", tap)
        await eventually(answered)
        open_gate.set()
        await gate.settle()
    await person.sees("Это кнопка прежнего экрана")
    assert await person.toasts() == []


async def test_a_notice_of_a_step_is_known_before_its_commit(gate: Town) -> None:
    person = await gate.person()
    seen: list[Event] = []

    async def note(unit: Unit) -> bool:
        seen.append(unit.event)
        return False

    await person.say("/start")
    async with stepping(gate, note):
        await knock(gate, tapped(person, "forged"))
        await knock(gate, typed(person, "/help"))
    assert [event.noticed for event in seen if event.lane == f"tg:{person.id}"] == [True, False]
    await gate.settle()


class SlowCommit:
    """An inbox whose step runs at once and whose commit takes its time."""

    def __init__(self, seconds: float, *, noticed: bool) -> None:
        self._seconds, self._noticed = seconds, noticed

    async def submit(self, event: Event) -> Unit | None:
        event.noticed = self._noticed
        committed = asyncio.Event()
        asyncio.get_running_loop().call_later(self._seconds, committed.set)
        await committed.wait()
        toast = "Записали." if self._noticed else None
        return Unit(cast("Tx", None), event, datetime.fromtimestamp(0, UTC), toast=toast)


class Calls(TelegramApi):
    """Telegram, as a list of what it was told."""

    def __init__(self) -> None:
        self.made: list[tuple[str, dict[str, Any]]] = []

    async def call(self, method: str, payload: dict[str, Any], upload: Any = None, seconds: float = 20) -> Answer:
        self.made.append((method, payload))
        return Answer(Verdict.OK, True)


@pytest.mark.parametrize(
    ("noticed", "patience", "answer", "called"),
    [
        (True, 10.0, {"callback_query_id": "77", "text": "Записали."}, []),
        (True, 0.02, None, [("answerCallbackQuery", {"callback_query_id": "77"})]),
        (False, 10.0, None, [("answerCallbackQuery", {"callback_query_id": "77"})]),
    ],
    ids=["a notice is late", "not for ever", "nothing to say"],
)
async def test_while_a_commit_takes_its_time(
    monkeypatch: pytest.MonkeyPatch, noticed: bool, patience: float, answer: Any, called: list[Any]
) -> None:
    assert bot.intake.TAP_PATIENCE + bot.intake.COMMIT_PATIENCE <= 10.0
    monkeypatch.setattr(bot.intake, "TAP_PATIENCE", 0.01)
    monkeypatch.setattr(bot.intake, "COMMIT_PATIENCE", patience)
    api, event = Calls(), Event("tg", "1", "tg:1", b"")
    inbox = SlowCommit(0.1, noticed=noticed)
    assert await bot.intake.take(inbox, api, event, {"callback_query": {"id": "77"}}) == answer
    assert api.made == called
    assert event.late is bool(called)


# -- groups -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("group", "made"), [(-100500, ["leaveChat"]), (STAFF_CHAT, [])], ids=["another", "staff"])
async def test_added_to_a_group_that_is_not_the_staffs_the_bot_leaves(gate: Town, group: int, made: list[str]) -> None:
    chat = {"id": group, "type": "supergroup", "title": "Двор"}
    me = {"id": 1000000001, "is_bot": True, "first_name": "Кабинет"}
    change = {
        "chat": chat,
        "from": {"id": 5, "is_bot": False, "first_name": "x"},
        "date": 1,
        "old_chat_member": {"status": "left", "user": me},
        "new_chat_member": {"status": "member", "user": me},
    }
    since = await cursor(gate)
    status, _ = await knock(gate, json.dumps({"update_id": next(_numbers), "my_chat_member": change}).encode())
    await gate.settle()
    assert (status, [call.partition("!")[0] for call in await calls(gate, since)]) == (200, made)


@pytest.mark.parametrize("text", ["/start", "привет"])
async def test_in_a_group_the_bot_is_silent(gate: Town, text: str) -> None:
    message = {
        "message_id": 1,
        "date": 1,
        "chat": {"id": -100500, "type": "supergroup", "title": "Двор"},
        "from": {"id": 100001, "is_bot": False, "first_name": "Анна"},
        "text": text,
    }
    since = await cursor(gate)
    status, _ = await knock(gate, json.dumps({"update_id": next(_numbers), "message": message}).encode())
    await gate.settle()
    assert (status, await calls(gate, since)) == (200, [])


# -- what is open -----------------------------------------------------------------------------------------------------


def paths(app: aiohttp.web.Application) -> set[tuple[str, str]]:
    return {(route.method, route.resource.canonical) for route in app.router.routes() if route.resource}


def test_the_public_listener_has_these_paths_and_no_other(gate: Town) -> None:
    parts = gate.process.parts
    others = {("POST", CORE_EVENTS), ("POST", NOTIFICATIONS), ("GET", VERIFY), ("HEAD", VERIFY)}
    rest = (parts.webhook, parts.core_events, parts.notifications, parts.receipts)
    assert paths(public_app(HOOK, *rest)) == {("POST", HOOK)} | others
    assert paths(public_app("", *rest)) == others


@pytest.mark.parametrize("path", ["/", "/live", "/ready", "/metrics", "/lag", "/clock", "/telegram", HOOK + "/"])
async def test_everything_else_is_not_there(gate: Town, path: str) -> None:
    for method in ("GET", "POST"):
        async with gate.http.request(method, gate.bot_url + path) as response:
            assert response.status == 404
            assert "aiohttp" not in (await response.text()).lower()


def test_the_clock_can_be_moved_in_development_only(gate: Town) -> None:
    process, clock = gate.process, Clock()
    opened = {("GET", path) for path in ("/live", "/ready", "/metrics", "/lag")}
    opened |= {("HEAD", path) for _, path in opened}
    assert paths(internal_app(process, process.lag, clock, lambda: None, development=False)) == opened
    assert paths(internal_app(process, process.lag, clock, lambda: None, development=True)) == opened | {
        ("POST", "/clock")
    }


# -- polling ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
async def polled(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A town whose bot has no public address."""
    async with town(tmp_path_factory.mktemp("polled"), CABINET_TELEGRAM__WEBHOOK_URL="") as own:
        yield own


async def test_polling_brings_everything_the_webhook_does(polled: Town) -> None:
    anna = polled.seeded(100001)
    await anna.log_in()
    screen = await anna.screen()
    await anna.toasts()
    await anna.press(screen["message_id"], "forged")
    assert await anna.toasts() == ["Это кнопка прежнего экрана. Вот что сейчас."]
    await anna.say("/help")
    await anna.screen()


async def test_there_is_no_webhook_path_while_polling(polled: Town) -> None:
    for path in (HOOK, "/"):
        async with polled.http.post(polled.bot_url + path, data=b"{}") as response:
            assert response.status == 404


async def test_the_offset_moves_after_the_commit(polled: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Updates that could not be stored are asked for again, and done once."""
    person, store = await polled.person(), polled.process.parts.store
    real, failures = store.tx, 0

    @asynccontextmanager
    async def shaky() -> AsyncIterator[Tx]:
        nonlocal failures
        if failures < 2 and polled.process.parts.lanes.working:
            failures += 1
            raise store.transient[0]("database is locked")
        async with real() as tx:
            yield tx

    monkeypatch.setattr(store, "tx", shaky)
    await person.say("/start")
    await person.say("/help")
    assert failures == 2
    assert await rows(polled, "select count(*) from inbox where lane = :lane", lane=f"tg:{person.id}") == [(2,)]
    await person.screen()


async def test_a_stop_and_a_start_lose_nothing_and_repeat_nothing(polled: Town, tmp_path: Path) -> None:
    person = await polled.person()
    await person.say("/start")
    await polled.stop_bot()
    await polled.call("POST", f"/client/{person.id}/text", {"text": "/help"})
    await polled.start_bot()
    await polled.settle()
    assert await rows(polled, "select count(*) from inbox where lane = :lane", lane=f"tg:{person.id}") == [(2,)]
    await person.screen()
