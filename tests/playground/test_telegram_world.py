"""The world around the chats: memory over restarts, clock, faults, call log, feed, page, reset, the bot as a child."""

from __future__ import annotations

import json
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from playground.app import Running
from playground.world import Settings
from tests.playground.telegram_world import ANNA, Playground, eventually, free_ports, playground


async def test_everything_survives_a_restart(tmp_path: Path) -> None:
    port = free_ports()
    menu = {"inline_keyboard": [[{"text": "Меню", "callback_data": "m"}]]}
    async with playground(tmp_path, port) as tg:
        update_id = (await tg.does(ANNA, "text", text="/start"))["update_id"]
        await tg.bot("sendMessage", chat_id=ANNA, text="x", reply_markup=menu)
        query = (await tg.does(ANNA, "tap", label="Меню"))["callback_query_id"]
        sent = await tg.upload("sendDocument", {"document": ("a.txt", b"text")}, chat_id=str(ANNA))
        await tg.post("/clock", advance="PT30S")
        await tg.post("/client/users", id=7, first_name="Новый")
        await tg.post("/bots", token="1000000002:PROBE", username="probe_bot")
        await tg.bot("setMyCommands", commands=[{"command": "a", "description": "b"}])
        before = await tg.chat(ANNA)
    async with playground(tmp_path, port) as tg:
        assert await tg.chat(ANNA) == before
        assert [u["update_id"] for u in await tg.bot("getUpdates")] == [update_id, update_id + 1]
        assert await tg.bot("answerCallbackQuery", callback_query_id=query) is True
        file = await tg.bot("getFile", file_id=sent["result"]["document"]["file_id"])
        assert await tg.bytes_of(f"/file/bot{tg.token}/{file['file_path']}") == b"text"
        assert (await tg.get("/clock"))[1]["offset"] == pytest.approx(30)
        again = await tg.does(ANNA, "text", text="y")
        assert (again["message_id"], again["update_id"]) == (4, update_id + 2)
        assert await tg.bot("getMyCommands") == [{"command": "a", "description": "b"}]
        tg.token = "1000000002:PROBE"
        assert (await tg.bot("getMe"))["username"] == "probe_bot"


async def test_webhook_and_its_queue_survive_a_restart(tmp_path: Path) -> None:
    port = free_ports()
    async with playground(tmp_path, port) as tg:
        await tg.bot("setWebhook", url=f"http://127.0.0.1:{port + 9}/hook")
        await tg.does(ANNA, "text", text="/start")
    got: list[str] = []

    async def take(request: web.Request) -> web.Response:
        got.append((await request.json())["message"]["text"])
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port + 9).start()
    async with playground(tmp_path, port):
        await eventually(lambda: got == ["/start"])
    await runner.cleanup()


async def test_the_clock_jumps_both_ways(tg: Playground) -> None:
    _, start = await tg.get("/clock")
    assert start["offset"] == 0
    _, later = await tg.post("/clock", advance="P1DT2H3M")
    assert later["offset"] == 93780
    _, back = await tg.post("/clock", advance="-PT2H3M")
    assert back["offset"] == 86400
    _, moment = await tg.post("/clock", set="2020-12-01T09:00:00+03:00")
    assert moment["now"].startswith("2020-12-01T06:00:00")
    assert moment["offset"] < 0
    for wrong in ({"advance": "soon"}, {"advance": "P"}, {"set": "2026-12-01T09:00:00"}, {"set": "x"}, {}):
        status, answer = await tg.post("/clock", **wrong)
        assert (status, set(answer)) == (400, {"error", "hint"})


async def test_a_jump_is_pushed_to_the_bot_before_the_answer(tg: Playground) -> None:
    pushed: list[float] = []

    async def clock(request: web.Request) -> web.Response:
        pushed.append((await request.json())["offset"])
        return web.json_response({})

    app = web.Application()
    app.router.add_post("/clock", clock)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", tg.running.settings.port + 10).start()
    await tg.post("/clock", advance="P2D")
    assert pushed == [172800.0]
    await runner.cleanup()


async def test_faults_strike_and_are_used_up(tg: Playground) -> None:
    url = f"{tg.running.url}/bot{tg.token}/sendMessage"
    message = {"chat_id": ANNA, "text": "x"}
    await tg.post("/faults", on="telegram", error=502, times=2)
    for _ in range(2):
        async with tg.http.post(url, json=message) as answer:
            assert (answer.status, answer.content_type) == (502, "text/html")
    await tg.post("/faults", on="telegram", method="SENDMESSAGE", retry_after=3)
    assert (await tg.bot("getMe"))["is_bot"]
    async with tg.http.post(url, json=message) as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (429, "3")
        assert (await answer.json())["parameters"] == {"retry_after": 3}
    assert (await tg.bot("sendMessage", **message))["text"] == "x"
    await tg.post("/faults", on="telegram", error=403)
    async with tg.http.delete(f"{tg.running.url}/faults") as answer:
        assert await answer.json() == []
    assert (await tg.bot("sendMessage", **message))["text"] == "x"
    assert (await tg.post("/faults", on="moon", error=500))[0] == 400
    assert (await tg.post("/faults", on="telegram"))[0] == 400


async def test_an_answer_may_get_lost_after_the_work(tg: Playground) -> None:
    await tg.post("/faults", on="telegram", method="sendMessage", drop_answer=True)
    with pytest.raises(aiohttp.ClientError):
        await tg.raw("sendMessage", chat_id=ANNA, text="applied")
    assert (await tg.chat(ANNA))["messages"][-1]["text"] == "applied"


async def test_every_call_is_logged(tg: Playground) -> None:
    await tg.raw("sendMessage", chat_id=ANNA, text="")
    await tg.upload("sendDocument", {"document": ("a.txt", b"text")}, chat_id=str(ANNA))
    await tg.raw("sendPoll")
    _, log = await tg.get("/calls")
    refused, sent, missing = log["calls"]
    assert (refused["method"], refused["ok"], refused["description"]) == (
        "sendMessage",
        False,
        "Bad Request: message text is empty",
    )
    assert (sent["ok"], sent["params"]["document"]) == (True, "file a.txt")
    assert missing["error_code"] == 501
    _, rest = await tg.get(f"/calls?since={sent['seq']}")
    assert [call["seq"] for call in rest["calls"]] == [missing["seq"]] == [log["cursor"]]


async def test_open_pages_hear_of_changes(tg: Playground) -> None:
    async with tg.http.get(f"{tg.running.url}/live") as stream:
        assert stream.content_type == "text/event-stream"
        assert (await stream.content.readuntil(b"\n\n")).startswith(b":")
        await tg.does(ANNA, "text", text="x")
        event = (await stream.content.readuntil(b"\n\n")).decode()
        assert event.startswith("event: change\ndata: ")
        change = json.loads(event.partition("data: ")[2])
        assert (change["kind"], change["user"]) == ("chat", ANNA)


async def test_the_page_is_served_fresh_and_nothing_beside_it(tg: Playground) -> None:
    async with tg.http.get(f"{tg.running.url}/") as page:
        assert (page.status, page.content_type, page.headers["Cache-Control"]) == (200, "text/html", "no-store")
    assert (await tg.get("/page/%2e%2e/keys.py"))[0] == 404


async def test_reset_makes_the_same_world_new(tg: Playground) -> None:
    first = (await tg.bot("getUpdates"))[0]["update_id"]
    await tg.post("/clock", advance="P1D")
    await tg.post("/client/users", id=7, first_name="Новый")
    assert (await tg.post("/reset"))[0] == 200
    assert (await tg.chat(ANNA))["messages"] == []
    assert (await tg.get("/clock"))[1]["offset"] == 0
    assert 7 not in {user["id"] for user in (await tg.get("/client/users"))[1]}
    assert (await tg.does(ANNA, "text", text="/start"))["update_id"] == first


async def test_bots_have_tokens_and_names_of_their_own(tg: Playground) -> None:
    probe = {"token": "1000000002:PROBE", "username": "probe_bot"}
    _, made = await tg.post("/bots", **probe)
    assert (made["id"], made["username"]) == (1000000002, "probe_bot")
    assert (await tg.post("/bots", **probe))[0] == 200
    assert (await tg.post("/bots", token="1000000003:X", username="probe_bot"))[0] == 409
    assert (await tg.post("/bots", token="no-token", username="x_bot"))[0] == 400


def test_the_world_is_for_one_machine(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="for one machine"):
        Running(Settings(data=tmp_path, host="0.0.0.0"), bot=False)  # noqa: S104 -- what must be refused
