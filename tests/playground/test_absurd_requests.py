"""What nobody should ask of the playground's own endpoints: a 400 that says why, nothing changed, never a crash in plain text."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from playground.telegram.hub import CABINET
from tests.playground.telegram_world import ANNA, Playground, playground

INFINITE = float("inf")


@pytest.fixture(scope="module")
async def tg(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Playground]:
    async with playground(tmp_path_factory.mktemp("absurd")) as running:
        await running.does(ANNA, "text", text="/start")
        yield running


async def sent(tg: Playground, path: str, body: bytes) -> tuple[int, dict[str, Any]]:
    """A POST of these very bytes; the answer must be JSON."""
    async with tg.http.post(tg.running.url + path, data=body) as answer:
        return answer.status, await answer.json()


@pytest.mark.parametrize(
    "body",
    [
        rb'{"text": "\ud800"}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"text": "x", "reply_to": ' + b"9" * 5000 + b"}",
        b'{"text": NaN}',
        b'{"text": "\xff"}',
        "{}".encode("utf-16"),
        b"[]",
        b"{",
    ],
)
@pytest.mark.parametrize("path", [f"/client/{ANNA}/text", "/client/users", "/faults", "/desk/questions/1", "/clock"])
async def test_what_is_no_json(tg: Playground, path: str, body: bytes) -> None:
    status, answer = await sent(tg, path, body)
    assert (status, set(answer)) == (400, {"error", "hint"})


async def test_what_is_no_json_to_telegram(tg: Playground) -> None:
    for body in (rb'{"text": "\ud800"}', b"[" * 100_000):
        async with tg.http.post(
            f"{tg.running.url}/bot{tg.token}/sendMessage", data=body, headers={"Content-Type": "application/json"}
        ) as answer:
            assert (answer.status, (await answer.json())["ok"]) == (400, False)
    refused = await tg.refused("sendMessage", chat_id=ANNA, text="x", reply_markup="[" * 100_000)
    assert refused.startswith("400 Bad Request")


async def test_a_crash_is_said_in_json_and_logged(
    tg: Playground, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("what nobody expected")

    monkeypatch.setattr("playground.person.view.person", broken)
    status, answer = await tg.get("/client/users")
    assert (status, answer["error"]) == (500, "the playground failed: ZeroDivisionError")
    assert answer["hint"]
    assert "what nobody expected" in caplog.text
    monkeypatch.setattr("playground.telegram.schema.name_of", broken)
    status, envelope = await tg.raw("getMe")
    assert (status, envelope["ok"], envelope["error_code"]) == (500, False, 500)


@pytest.mark.parametrize(
    "user",
    [
        {"id": -5},
        {"id": 0},
        {"id": True},
        {"id": "7"},
        {"id": 7.5},
        {"id": 10**30},
        {"id": 2**52},
        {"first_name": ""},
        {"first_name": "  "},
        {"first_name": "а" * 10_000},
        {"first_name": None},
        {"first_name": 5},
        {"last_name": "а" * 65},
        {"username": "no spaces"},
        {"username": "5"},
        {"phone": "abc"},
        {"phone": "12"},
        {"phone": 79070000101},
        {"language_code": "zz-???"},
        {"language_code": "x" * 400},
        {"story": 1},
    ],
)
async def test_nobody_is_like_that(tg: Playground, user: dict[str, Any]) -> None:
    _, before = await tg.get("/client/users")
    status, answer = await tg.post("/client/users", **({"first_name": "Пётр"} | user))
    assert (status, set(answer)) == (400, {"error", "hint"})
    assert next(iter(user)) in answer["error"]
    assert (await tg.get("/client/users"))[1] == before


async def test_a_bot_is_nobody(tg: Playground) -> None:
    assert (await tg.post("/client/users", id=CABINET.id, first_name="Бот"))[0] == 409
    assert (await tg.post("/bots", token=f"{ANNA}:X", username="anna_bot"))[0] == 409


async def test_large_numbers_do_not_carry_the_next_ones_along(tg: Playground) -> None:
    _, large = await tg.post("/client/users", id=2**52 - 1, first_name="Далёкий")
    assert large["id"] == 2**52 - 1
    _, made = await tg.post("/client/users", first_name="Пётр")
    assert made["id"] < CABINET.id


async def test_a_phone_is_kept_as_telegram_writes_it(tg: Playground) -> None:
    for written in ("8 (907) 000-01-90", "79070000190", "+7 907 000 01 90"):
        assert (await tg.post("/client/users", first_name="Пётр", phone=written))[1]["phone"] == "+79070000190"
    _, made = await tg.post("/client/users", first_name="Пётр", phone="", last_name="", language_code="")
    assert (made["phone"], made["last_name"], made["language_code"]) == (None, None, None)


@pytest.mark.parametrize(
    ("deed", "body"),
    [
        ("text", {"text": ""}),
        ("text", {"text": " \n "}),
        ("text", {"text": 5}),
        ("text", {"text": "x", "reply_to": True}),
        ("text", {"text": "x", "reply_to": "1"}),
        ("text", {"text": "а" * 100_001}),
        ("edit", {"message_id": 1, "text": ""}),
        ("edit", {"message_id": 1, "text": "  "}),
        ("edit", {"message_id": 1, "text": "а" * 4097}),
        ("edit", {"message_id": True, "text": "иначе"}),
        ("tap", {}),
        ("tap", {"label": ""}),
        ("tap", {"label": 5}),
        ("tap", {"message_id": True, "row": 0, "col": 0}),
        ("tap", {"message_id": 1, "row": -1, "col": 0}),
        ("tap", {"message_id": 1, "row": 0}),
        ("tap", {"message_id": 1, "data": ""}),
        ("tap", {"message_id": 1, "data": "x" * 500}),
        ("tap", {"message_id": 1, "data": "ж" * 33}),
        ("tap", {"message_id": True, "data": "x"}),
        ("tap", {"data": "x"}),
        ("contact", {"own": "no"}),
        ("contact", {"own": 0}),
        ("contact", {"own": False, "first_name": "Мария"}),
        ("contact", {"own": False, "phone": "", "first_name": "Мария"}),
        ("contact", {"own": False, "phone": "+79070000102", "first_name": "Мария", "user_id": -1}),
        ("location", {"latitude": 999, "longitude": 0}),
        ("location", {"latitude": 0, "longitude": -181}),
        ("location", {"latitude": "55.7", "longitude": 0}),
        ("location", {"latitude": True, "longitude": 0}),
        ("location", {"latitude": INFINITE, "longitude": 0}),
        ("location", {"latitude": float("nan"), "longitude": 0}),
        ("location", {}),
        ("send", {}),
        ("send", {"kind": 5}),
    ],
)
async def test_nobody_does_that(tg: Playground, deed: str, body: dict[str, Any]) -> None:
    before = await tg.chat(ANNA)
    status, answer = await tg.tries(ANNA, deed, **body)
    assert (status, set(answer)) == (400, {"error", "hint"})
    assert "for example" in answer["hint"] or "JSON" in answer["error"]
    assert await tg.chat(ANNA) == before


async def test_a_number_that_overflows_is_no_place(tg: Playground) -> None:
    assert (await sent(tg, f"/client/{ANNA}/location", b'{"latitude": 1e999, "longitude": 0}'))[0] == 400


@pytest.mark.parametrize("name", ["²", "٣", "9" * 5000, "-1", "nobody"])
async def test_nobody_has_such_a_name(tg: Playground, name: str) -> None:
    assert (await tg.get(f"/client/{name}/chat"))[0] == 404


async def test_a_bot_has_a_name(tg: Playground) -> None:
    assert (await tg.tries(ANNA, "text", text="x", bot=5))[0] == 404
    assert (await tg.tries(ANNA, "text", text="x", bot={"a": 1}))[0] == 404


@pytest.mark.parametrize(
    "fault",
    [
        {"error": 999},
        {"error": 200},
        {"error": True},
        {"error": "<b>"},
        {"error": 500, "times": -1},
        {"error": 500, "times": 0},
        {"error": 500, "times": "2"},
        {"error": 500, "method": ""},
        {"retry_after": -1},
        {"delay": -1},
        {"delay": 10**9},
        {"delay": "soon"},
        {"drop_answer": "no"},
        {"on": "moon", "error": 500},
    ],
)
async def test_nothing_breaks_like_that(tg: Playground, fault: dict[str, Any]) -> None:
    status, answer = await tg.post("/faults", **({"on": "telegram"} | fault))
    assert (status, set(answer)) == (400, {"error", "hint"})
    assert (await tg.get("/faults"))[1] == []


@pytest.mark.parametrize(
    "query",
    [
        f"/client/{ANNA}/settled?timeout=nan",
        f"/client/{ANNA}/settled?timeout=inf",
        f"/client/{ANNA}/settled?timeout=-1",
        f"/client/{ANNA}/settled?timeout=soon",
        f"/client/{ANNA}/chat?since=nan",
        f"/client/{ANNA}/chat?since=inf",
        "/calls?since=nan",
        "/sms?phone=abc",
        "/sms?phone=1",
    ],
)
async def test_nobody_asks_that(tg: Playground, query: str) -> None:
    status, answer = await tg.get(query)
    assert (status, set(answer)) == (400, {"error", "hint"})


@pytest.mark.parametrize(
    "move",
    [
        {"advance": "P99999999999999D"},
        {"advance": "P9999999D"},
        {"advance": "-P9999999D"},
        {"advance": 5},
        {"set": "9999-12-31T23:59:59-03:00"},
        {"set": "0001-01-01T00:00:00+14:00"},
    ],
)
async def test_no_clock_goes_so_far(tg: Playground, move: dict[str, Any]) -> None:
    status, answer = await tg.post("/clock", **move)
    assert (status, set(answer)) == (400, {"error", "hint"})
    assert (await tg.get("/clock"))[1]["offset"] == 0


async def test_a_form_that_is_none(tg: Playground) -> None:
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "text/plain"):
        async with tg.http.post(
            f"{tg.running.url}/client/{ANNA}/photo", data=b"--y\r\nnonsense", headers={"Content-Type": kind}
        ) as answer:
            assert (answer.status, set(await answer.json())) == (400, {"error", "hint"}), kind


async def test_a_message_is_somebodys(tg: Playground) -> None:
    """SMS of one phone only; the last ten digits say whose."""
    keep = tg.running.world.store.put
    for key, phone in enumerate(("+79070000101", "+79070000102")):
        keep("sms", key, {"id": key, "phone": phone, "text": f"for {phone}", "date": "2026-01-01T00:00:00Z"})
    for asked in ("%2B79070000101", "+79070000101", "79070000101", "9070000101"):
        assert [one["phone"] for one in (await tg.get(f"/sms?phone={asked}"))[1]] == ["+79070000101"]
    assert len((await tg.get("/sms"))[1]) == 2
