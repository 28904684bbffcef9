"""A person's hand: what scripts outside the project rely on."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.playground.telegram_world import ANNA, DMITRY, Playground, picture


async def news(tg: Playground) -> dict[str, Any]:
    """The newest update's content; older ones are forgotten."""
    (update,) = await tg.bot("getUpdates", offset=-1)
    del update["update_id"]
    return dict(next(iter(update.values())))


async def says(tg: Playground, text: str, *rows: list[Any]) -> int:
    """The bot says something with inline buttons (`text: data`, or `text: url`); its message_id."""
    keyboard = [[{"text": t, ("url" if "://" in d else "callback_data"): d} for t, d in row] for row in rows]
    sent = await tg.bot("sendMessage", chat_id=ANNA, text=text, reply_markup={"inline_keyboard": keyboard})
    return int(sent["message_id"])


async def test_everybody_is_there_with_a_story(tg: Playground) -> None:
    _, users = await tg.get("/client/users")
    anna = next(user for user in users if user["id"] == ANNA)
    assert (anna["first_name"], anna["started"], anna["blocked"]) == ("Анна", True, False)
    assert anna["story"]
    assert anna["phone"].startswith("+7907")


async def test_a_new_person_is_made_and_changed(tg: Playground) -> None:
    _, made = await tg.post("/client/users", first_name="Пётр", phone="+79070000190")
    _, changed = await tg.post("/client/users", id=made["id"], language_code="en")
    assert (changed["first_name"], changed["language_code"], changed["phone"]) == ("Пётр", "en", "+79070000190")
    assert (await tg.post("/client/users", last_name="Никто"))[0] == 400
    await tg.does(made["id"], "text", text="hi")
    assert (await news(tg))["from"] == {"id": made["id"], "is_bot": False, "first_name": "Пётр", "language_code": "en"}


async def test_a_stranger_and_an_unknown_address(tg: Playground) -> None:
    assert await tg.tries(5, "text", text="x") == (
        404,
        {"error": "there is no user 5", "hint": "GET /client/users, or POST one there"},
    )
    assert (await tg.get("/nothing/here"))[0] == 404


async def test_a_chat_tells_only_what_changed(tg: Playground) -> None:
    first = await tg.chat(ANNA)
    message_id = await says(tg, "one")
    await says(tg, "two")
    second = await tg.chat(ANNA, since=first["cursor"])
    assert [message["text"] for message in second["messages"]] == ["one", "two"]
    await tg.bot("editMessageText", chat_id=ANNA, message_id=message_id, text="edited")
    third = await tg.chat(ANNA, since=second["cursor"])
    assert [(m["text"], m["edited"], m["from"]) for m in third["messages"]] == [("edited", True, "bot")]
    assert (await tg.chat(ANNA, since=third["cursor"]))["messages"] == []


async def test_a_tap_looks_from_the_newest_message_up(tg: Playground) -> None:
    old = await says(tg, "old", [("Меню", "old")])
    new = await says(tg, "new", [("Меню", "new"), ("Полисы", "p")])
    assert (await tg.does(ANNA, "tap", label="Меню"))["data"] == "new"
    assert (await tg.does(ANNA, "tap", message_id=old, row=0, col=0))["data"] == "old"
    await tg.bot("deleteMessage", chat_id=ANNA, message_id=new)
    assert (await tg.does(ANNA, "tap", label="меню"))["data"] == "old"
    query = await news(tg)
    assert (query["data"], query["message"]["message_id"], query["from"]["id"]) == ("old", old, ANNA)


async def test_a_label_nobody_shows_and_one_that_several_show(tg: Playground) -> None:
    await says(tg, "x", [("Да", "1"), ("Да, продлить", "2")], [("Сайт", "https://tihaya-gavan.example")])
    status, answer = await tg.tries(ANNA, "tap", label="Оплатить")
    assert (status, answer["labels"]) == (404, ["Да", "Да, продлить", "Сайт"])
    assert set(answer) == {"error", "hint", "labels"}
    assert (await tg.tries(ANNA, "tap", label="Да"))[0] == 409
    assert (await tg.does(ANNA, "tap", label="Да", exact=True))["data"] == "1"
    assert (await tg.does(ANNA, "tap", label="продлить"))["data"] == "2"
    assert (await tg.does(ANNA, "tap", label="Сайт"))["url"] == "https://tihaya-gavan.example/"
    assert (await tg.tries(ANNA, "tap", message_id=2, row=5, col=0))[0] == 404


async def test_a_forged_and_a_stale_tap(tg: Playground) -> None:
    await tg.does(ANNA, "tap", message_id=999, data="forged")
    query = await news(tg)
    assert (query["data"], query["message"]["date"], query["message"]["message_id"]) == ("forged", 0, 999)


async def test_toasts_and_alerts(tg: Playground) -> None:
    await says(tg, "x", [("Да", "1")])
    for text, alert in (("Готово", False), ("Внимание", True), ("", False)):
        query = (await tg.does(ANNA, "tap", label="Да"))["callback_query_id"]
        await tg.bot("answerCallbackQuery", callback_query_id=query, text=text, show_alert=alert)
    toasts = (await tg.chat(ANNA))["toasts"]
    assert [(toast["text"], toast["alert"]) for toast in toasts] == [("Готово", False), ("Внимание", True)]
    assert set(toasts[0]) == {"id", "text", "alert", "date"}


async def test_the_own_contact_comes_from_the_button(tg: Playground) -> None:
    keyboard = {"keyboard": [[{"text": "Мой номер", "request_contact": True}]], "one_time_keyboard": True}
    asked = await tg.bot("sendMessage", chat_id=ANNA, text="Номер?", reply_markup=keyboard)
    await tg.does(ANNA, "tap", label="Мой номер")
    message = await news(tg)
    assert message["contact"] == {
        "phone_number": "79070000101",
        "first_name": "Анна",
        "last_name": "Ковалёва",
        "user_id": ANNA,
    }
    assert message["reply_to_message"]["message_id"] == asked["message_id"]
    await tg.bot("sendMessage", chat_id=ANNA, text="Номер?", reply_markup=keyboard)
    await tg.does(ANNA, "contact", own=True)
    assert (await news(tg))["reply_to_message"]["text"] == "Номер?"
    assert (await tg.chat(ANNA))["reply_keyboard"] is None


async def test_somebody_elses_card_says_whose_it_is(tg: Playground) -> None:
    await tg.does(ANNA, "contact", own=False, phone="+79070000102", first_name="Дмитрий", user_id=DMITRY)
    message = await news(tg)
    assert (message["contact"]["user_id"], message["from"]["id"]) == (DMITRY, ANNA)
    assert "reply_to_message" not in message
    await tg.does(ANNA, "contact", own=False, phone="8", first_name="?", forwarded=True)
    forwarded = await news(tg)
    assert "user_id" not in forwarded["contact"]
    assert "forward_origin" in forwarded
    assert (await tg.tries(ANNA, "contact", own=False))[0] == 400


async def test_a_photo_an_album_and_a_file(tg: Playground) -> None:
    await tg.sends(ANNA, picture(), caption="Вмятина")
    photo = await news(tg)
    assert (photo["caption"], [size["width"] for size in photo["photo"]]) == ("Вмятина", [90, 320, 800, 1280])
    path = (await tg.bot("getFile", file_id=photo["photo"][-1]["file_id"]))["file_path"]
    assert (await tg.bytes_of(f"/file/bot{tg.token}/{path}")).startswith(b"\xff\xd8")
    album = await tg.sends(ANNA, picture(50, 50), picture(60, 60))
    assert len(album["message_ids"]) == 2
    assert (await news(tg))["media_group_id"] == album["album"]
    data = picture()
    await tg.sends(ANNA, data, as_document="1", name="STS.jpg")
    document = (await news(tg))["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"]) == ("STS.jpg", "image/jpeg", len(data))


@pytest.mark.parametrize(
    "kind", ["sticker", "voice", "audio", "video_note", "video", "animation", "poll", "dice", "venue", "forward"]
)
async def test_anything_else_may_come(tg: Playground, kind: str) -> None:
    await tg.does(ANNA, "send", kind=kind)
    message = await news(tg)
    assert "forward_origin" in message if kind == "forward" else kind in message
    assert (await tg.chat(ANNA))["messages"][-1]["kind"] == ("text" if kind == "forward" else kind)


@pytest.mark.parametrize(
    ("kind", "begins"),
    [("voice", b"OggS"), ("audio", b"ID3"), ("video", b"\0\0\0"), ("video_note", b"\0\0\0"), ("sticker", b"RIFF")],
)
async def test_files_of_every_kind_have_bytes(tg: Playground, kind: str, begins: bytes) -> None:
    await tg.does(ANNA, "send", kind=kind)
    file = await tg.bot("getFile", file_id=(await news(tg))[kind]["file_id"])
    data = await tg.bytes_of(f"/file/bot{tg.token}/{file['file_path']}")
    assert data.startswith(begins)
    assert len(data) == file["file_size"]


async def test_a_kind_may_be_sent_with_bytes_of_ones_own(tg: Playground) -> None:
    form = aiohttp.FormData({"kind": "voice", "caption": "Слышно?"})
    form.add_field("file", io.BytesIO(b"my voice"), filename="v.oga", content_type="audio/ogg")
    async with tg.http.post(f"{tg.running.url}/client/{ANNA}/send", data=form) as answer:
        assert answer.status == 200
    message = await news(tg)
    assert (message["caption"], message["voice"]["file_size"]) == ("Слышно?", 8)
    await tg.does(ANNA, "edit", message_id=message["message_id"], text="Слышно ли?")
    assert (await news(tg))["caption"] == "Слышно ли?"


async def test_places_replies_and_edits(tg: Playground) -> None:
    await tg.does(ANNA, "location", latitude=59.94, longitude=30.31)
    assert (await news(tg))["location"] == {"latitude": 59.94, "longitude": 30.31}
    await tg.does(ANNA, "text", text="ответ", reply_to=1)
    assert (await news(tg))["reply_to_message"]["text"] == "/start"
    await tg.does(ANNA, "edit", message_id=1, text="/menu")
    assert (await tg.chat(ANNA))["messages"][0]["text"] == "/menu"
    mine = await says(tg, "bot's")
    assert (await tg.tries(ANNA, "edit", message_id=mine, text="x"))[0] == 404


async def test_a_very_long_text_comes_in_parts(tg: Playground) -> None:
    done = await tg.does(ANNA, "text", text="а" * 5000)
    updates = await tg.bot("getUpdates", offset=-2)
    assert [len(update["message"]["text"]) for update in updates] == [4096, 904]
    assert [update["message"]["message_id"] for update in updates] == done["message_ids"]


async def test_who_blocked_the_bot_must_unblock_it_first(tg: Playground) -> None:
    await tg.does(ANNA, "block")
    status, answer = await tg.tries(ANNA, "text", text="x")
    assert (status, answer["hint"]) == (409, f"POST /client/{ANNA}/unblock")
    assert (await tg.chat(ANNA))["blocked"] is True
    assert (await tg.tries(ANNA, "block"))[0] == 409
    await tg.does(ANNA, "unblock")
    assert (await tg.does(ANNA, "text", text="x"))["message_id"] == 2


async def test_another_bot_has_chats_of_its_own(tg: Playground) -> None:
    await tg.post("/bots", token="1000000002:PROBE", username="probe_bot")
    await tg.does(ANNA, "text", text="to the probe", bot="probe_bot")
    assert [m["text"] for m in (await tg.chat(ANNA))["messages"]] == ["/start"]
    _, other = await tg.get(f"/client/{ANNA}/chat?bot=probe_bot")
    assert [m["text"] for m in other["messages"]] == ["to the probe"]
    tg.token = "1000000002:PROBE"
    assert (await news(tg))["text"] == "to the probe"
    assert (await tg.tries(ANNA, "text", text="x", bot="nobody_bot"))[0] == 404


@pytest.fixture
async def lag(tg: Playground) -> AsyncIterator[dict[str, int]]:
    """A bot's internal listener that says what the test puts there."""
    figures = {"inbox": 0, "outbox": 0, "screens": 0, "busy": 0, "parked": 3}

    async def answer(request: web.Request) -> web.Response:
        return web.json_response(figures)

    app = web.Application()
    app.router.add_get("/lag", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", tg.running.settings.port + 10).start()
    yield figures
    await runner.cleanup()


async def settled(tg: Playground, seconds: str = "0.2") -> tuple[int, Any]:
    return await tg.get(f"/client/{ANNA}/settled?timeout={seconds}")


async def test_settled_means_everything_was_taken_and_done(tg: Playground, lag: dict[str, int]) -> None:
    status, answer = await settled(tg)
    assert (status, answer["pending"]) == (504, {"updates": 1})
    (update,) = await tg.bot("getUpdates")
    await tg.bot("getUpdates", offset=update["update_id"] + 1)
    assert (await settled(tg))[0] == 200
    lag["outbox"] = 2
    assert (await settled(tg))[1]["pending"] == {"outbox": 2}
    lag["outbox"] = 0
    tg.running.world.pending.append(lambda: 1)
    status, answer = await settled(tg)
    assert (status, answer["hint"]) == (504, "pending: events 1")


async def test_settled_says_when_there_is_no_bot(tg: Playground) -> None:
    (update,) = await tg.bot("getUpdates")
    await tg.bot("getUpdates", offset=update["update_id"] + 1)
    status, answer = await settled(tg)
    assert status == 504
    assert "no answer from" in answer["hint"]
