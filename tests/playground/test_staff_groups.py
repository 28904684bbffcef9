"""Groups as they change under a bot: further ones, another id, who joins and leaves, rights, privacy, the pace Telegram allows."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp import web

from playground.telegram.hub import CABINET
from tests.playground.staff_room import ANNA, IGOR, KIRILL, MARIA, OLGA, PAVEL, STAFF_CHAT, VIKTOR, Room
from tests.playground.telegram_world import ANNA as CLIENT
from tests.playground.telegram_world import eventually, picture


async def second(room: Room, title: str = "Вечерняя смена") -> Room:
    _, made = await room.tg.post("/staff/groups", title=title)
    return Room(room.tg, made["chat_id"])


async def test_there_may_be_several_groups(room: Room) -> None:
    other = await second(room)
    joined, added = await room.news()
    assert joined["my_chat_member"]["chat"]["id"] == other.chat_id
    assert joined["my_chat_member"]["old_chat_member"]["status"] == "left"
    assert joined["my_chat_member"]["new_chat_member"]["can_manage_topics"] is True
    assert added["message"]["new_chat_members"][0]["id"] == CABINET.id
    here, there = await room.topic("Здесь"), await other.topic("Там")
    await room.does(here, "text", text="в первой")
    await other.does(there, "text", VIKTOR, text="во второй")
    messages = [update["message"] for update in await room.news() if "text" in update["message"]]
    assert [(one["chat"]["id"], one["text"]) for one in messages] == [
        (STAFF_CHAT, "в первой"),
        (other.chat_id, "во второй"),
    ]
    assert messages[1]["sender_chat"]["id"] == other.chat_id
    assert [topic["name"] for topic in await other.topics()] == ["Там"]
    _, staff = await room.tg.get(f"/staff?group={other.chat_id}")
    assert (staff["chat_id"], staff["title"]) == (other.chat_id, "Вечерняя смена")
    assert [group["chat_id"] for group in staff["groups"]] == [STAFF_CHAT, other.chat_id]
    assert (await room.tg.post("/staff/groups", title=" "))[0] == 400


async def test_an_upgraded_group_has_another_id(room: Room) -> None:
    topic = await room.topic()
    card = await room.writes(topic, "Карточка")
    await room.tg.bot("pinChatMessage", chat_id=STAFF_CHAT, message_id=card["message_id"])
    await room.news()
    _, fresh = await room.tg.post("/staff/upgrade")
    old, new = [update["message"] for update in await room.news()]
    assert (old["chat"]["id"], old["migrate_to_chat_id"]) == (STAFF_CHAT, fresh["chat_id"])
    assert (new["chat"]["id"], new["migrate_from_chat_id"]) == (fresh["chat_id"], STAFF_CHAT)
    status, envelope = await room.tg.raw("sendMessage", chat_id=STAFF_CHAT, message_thread_id=topic, text="x")
    assert (status, envelope["description"]) == (400, "Bad Request: group chat was upgraded to a supergroup chat")
    assert envelope["parameters"] == {"migrate_to_chat_id": fresh["chat_id"]}
    moved = Room(room.tg, fresh["chat_id"])
    await moved.writes(topic, "и снова здесь")
    assert [one["text"] for one in await moved.shown(topic)] == ["Карточка", "и снова здесь"]
    pinned = await room.tg.bot("getChat", chat_id=fresh["chat_id"])
    assert pinned["pinned_message"]["text"] == "Карточка"
    assert [one["text"] for one in await room.shown(topic)] == ["Карточка", "и снова здесь"], "the old id is understood"
    await room.does(topic, "text", text="и сотрудник тоже")
    assert (await room.heard())["chat"]["id"] == fresh["chat_id"]


async def test_an_upgrade_may_leave_everything_behind(room: Room) -> None:
    topic = await room.topic()
    await room.tg.post("/staff/upgrade", empty=True)
    _, again = await room.tg.post("/staff/upgrade", empty=True)
    _, staff = await room.tg.get("/staff")
    assert (staff["chat_id"], await room.topics()) == (again["chat_id"], [])
    assert len({STAFF_CHAT, again["was"], again["chat_id"]}) == 3
    refused = await room.tg.refused("sendMessage", chat_id=again["chat_id"], message_thread_id=topic, text="x")
    assert refused == "400 Bad Request: message thread not found"
    assert (await room.tg.post("/staff/upgrade", operator=ANNA))[0] == 403


async def test_a_tap_before_an_upgrade_is_answered_after_it(room: Room) -> None:
    topic = await room.topic()
    keyboard = {"inline_keyboard": [[{"text": "Взять", "callback_data": "take"}]]}
    await room.writes(topic, "Карточка", reply_markup=keyboard)
    query = (await room.does(topic, "tap", label="Взять"))["callback_query_id"]
    await room.tg.post("/staff/upgrade")
    await room.tg.bot("answerCallbackQuery", callback_query_id=query, text="Взято")
    assert [toast["text"] for toast in (await room.chat(topic))["toasts"]] == ["Взято"]


async def test_people_are_promoted_and_demoted(room: Room) -> None:
    _, member = await room.tg.post("/staff/promote", operator=PAVEL)
    assert (member["status"], member["can_manage_topics"]) == ("administrator", True)
    _, member = await room.tg.post("/staff/promote", operator=PAVEL, anonymous=True)
    assert member["is_anonymous"] is True
    leaders = await room.tg.bot("getChatAdministrators", chat_id=STAFF_CHAT)
    assert {one["user"]["id"] for one in leaders} == {MARIA, OLGA, VIKTOR, PAVEL, CABINET.id}
    _, member = await room.tg.post("/staff/demote", operator=PAVEL)
    assert member["status"] == "member"
    assert await room.news() == [], "chat_member was not asked for"
    _, member = await room.tg.post("/staff/demote", operator=PAVEL)
    assert member["status"] == "left"
    (left,) = await room.news()
    assert (left["message"]["left_chat_member"]["id"], left["message"]["from"]["id"]) == (PAVEL, PAVEL)
    await room.tg.post("/staff/promote", operator=KIRILL)
    assert (await room.heard())["new_chat_members"][0]["id"] == KIRILL
    _, member = await room.tg.post("/staff/promote", operator=CLIENT, status="member")
    assert (member["status"], member["user"]["id"]) == ("member", CLIENT)
    assert (await room.tg.post("/staff/demote", operator=OLGA))[0] == 409
    assert (await room.tg.post("/staff/demote", operator=IGOR, by=ANNA))[0] == 403
    assert (await room.tg.post("/staff/demote"))[0] == 400


async def test_chat_member_comes_to_whoever_asked_for_it(room: Room) -> None:
    await room.tg.bot("getUpdates", offset=-1, allowed_updates=["message", "chat_member"])
    await room.tg.post("/staff/demote", operator=PAVEL, status="kicked")
    gone, change = await room.news()
    assert (gone["message"]["left_chat_member"]["id"], gone["message"]["from"]["id"]) == (PAVEL, OLGA)
    old, new = change["chat_member"]["old_chat_member"], change["chat_member"]["new_chat_member"]
    assert (old["status"], new["status"], change["chat_member"]["from"]["id"]) == ("member", "kicked", OLGA)


async def test_the_bot_itself_may_lose_its_rights(room: Room) -> None:
    topic = await room.topic()
    thread = {"chat_id": STAFF_CHAT, "message_thread_id": topic}
    mine = await room.writes(topic, "x")
    theirs = await room.does(topic, "text", text="y")
    await room.does(topic, "close", None)
    await room.news()
    await room.tg.post("/staff/promote", bot=CABINET.username, rights=["can_delete_messages"])
    (update,) = await room.news()
    assert update["my_chat_member"]["new_chat_member"]["can_manage_topics"] is False
    refusals = {
        ("createForumTopic", "name"): "not enough rights to create a topic",
        ("editForumTopic", "name"): "not enough rights to edit the topic",
        ("reopenForumTopic", ""): "not enough rights to edit the topic",
        ("deleteForumTopic", ""): "not enough rights to delete the topic",
        ("sendMessage", "text"): "TOPIC_CLOSED",
    }
    for (method, field), words in refusals.items():
        assert await room.tg.refused(method, **thread, **({field: "z"} if field else {})) == f"400 Bad Request: {words}"
    pin = {"chat_id": STAFF_CHAT, "message_id": mine["message_id"]}
    assert await room.tg.refused("pinChatMessage", **pin) == (
        "400 Bad Request: not enough rights to manage pinned messages in the chat"
    )
    assert await room.tg.bot("deleteMessage", chat_id=STAFF_CHAT, message_id=theirs["message_id"])
    await room.tg.post("/staff/demote", bot=CABINET.username)
    again = await room.does(topic, "text", MARIA, text="y")
    assert await room.tg.refused("deleteMessage", chat_id=STAFF_CHAT, message_id=again["message_id"]) == (
        "400 Bad Request: message can't be deleted"
    )
    await room.tg.post("/staff/demote", bot=CABINET.username, status="kicked", by=MARIA)
    assert await room.tg.refused("getChat", chat_id=STAFF_CHAT) == (
        "403 Forbidden: bot was kicked from the supergroup chat"
    )


async def test_a_mere_member_hears_only_what_concerns_it(room: Room) -> None:
    topic = await room.topic()
    mine = await room.writes(topic, "x")
    await room.tg.post("/staff/demote", bot=CABINET.username)
    await room.news()
    await room.does(topic, "text", text="между собой")
    await room.does(topic, "text", text="/help")
    await room.does(topic, "text", text=f"@{CABINET.username}, сюда")
    await room.does(topic, "text", text="да", reply_to=mine["message_id"])
    heard = [update["message"]["text"] for update in await room.news()]
    assert heard == ["/help", f"@{CABINET.username}, сюда", "да"]


async def test_a_bot_hears_of_its_own_notes_and_not_of_its_own_words(room: Room) -> None:
    topic = await room.topic()
    sent = await room.writes(topic, "x")
    await room.tg.bot("pinChatMessage", chat_id=STAFF_CHAT, message_id=sent["message_id"])
    thread = {"chat_id": STAFF_CHAT, "message_thread_id": topic}
    await room.tg.bot("editForumTopic", **thread, name="Анна К., закрыто")
    await room.tg.bot("closeForumTopic", **thread)
    notes = [update["message"] for update in await room.news()]
    whats = ("forum_topic_created", "pinned_message", "forum_topic_edited", "forum_topic_closed")
    assert [next(what for what in whats if what in note) for note in notes] == list(whats)
    assert {note["from"]["id"] for note in notes} == {CABINET.id}
    assert {note["message_thread_id"] for note in notes} == {topic}


async def test_a_further_bot_hears_people_but_no_other_bot(room: Room) -> None:
    probe = "1000000002:PROBE"
    await room.tg.post("/bots", token=probe, username="probe_bot")
    topic = await room.topic()
    await room.writes(topic, "от кабинета")
    await room.does(topic, "text", text="от человека")
    room.tg.token = probe
    assert [update["message"].get("text") for update in await room.news()] == [None, "от человека"]


async def test_answers_of_the_bot_find_their_topic(room: Room) -> None:
    topic, other = await room.topic(), await room.topic("Дмитрий")
    asked = await room.does(topic, "text", text="Где полис?")
    general = await room.does("general", "text", text="Кто здесь?")
    reply = {"message_id": asked["message_id"]}
    answer = await room.writes(None, "Вот", reply_parameters=reply | {"quote": "полис"})
    assert (answer["message_thread_id"], answer["reply_to_message"]["text"]) == (topic, "Где полис?")
    assert answer["quote"] == {"text": "полис", "position": 4, "is_manual": True}
    away = await room.writes(other, "Вот", reply_parameters=reply)
    assert away["external_reply"]["message_id"] == asked["message_id"]
    assert away["external_reply"]["origin"]["sender_user"]["id"] == ANNA
    assert away["reply_to_message"]["forum_topic_created"]["name"] == "Дмитрий"
    private = await room.tg.bot(
        "sendMessage", chat_id=CLIENT, text="Вот", reply_parameters=reply | {"chat_id": STAFF_CHAT}
    )
    assert private["external_reply"]["chat"]["id"] == STAFF_CHAT
    wrong = {"chat_id": STAFF_CHAT, "text": "x", "reply_parameters": reply | {"quote": "паспорт"}}
    assert await room.tg.refused("sendMessage", **wrong) == "400 Bad Request: QUOTE_TEXT_INVALID"
    below = await room.writes(None, "Бот", reply_parameters={"message_id": general["message_id"]})
    assert "is_topic_message" not in below


async def test_copies_go_both_ways_and_albums_stay_albums(room: Room) -> None:
    topic = await room.topic()
    album = await room.tg.sends(CLIENT, picture(50, 50), picture(60, 60), caption="Вмятина")
    for kind in ("voice", "video_note", "video", "audio", "animation", "sticker"):
        await room.tg.does(CLIENT, "send", kind=kind)
    numbers = sorted([*album["message_ids"], *range(4, 10)])
    there = {"chat_id": STAFF_CHAT, "message_thread_id": topic, "from_chat_id": CLIENT}
    copies = await room.tg.bot("copyMessages", **there, message_ids=numbers)
    assert len(copies) == 8
    shown = await room.shown(topic)
    kinds = ["photo", "photo", "voice", "video_note", "video", "audio", "animation", "sticker"]
    assert [one["kind"] for one in shown] == kinds
    assert [one["message_id"] for one in shown] == [copy["message_id"] for copy in copies]
    assert (shown[0]["album"], shown[0]["caption"]) == (shown[1]["album"], "Вмятина")
    assert shown[0]["album"] != album["album"]
    assert await room.tg.refused("copyMessages", **there, message_ids=numbers[::-1]) == (
        "400 Bad Request: message identifiers must be in a strictly increasing order"
    )
    back = await room.sends(topic, "album", ("a.jpg", picture(50, 50)), ("b.jpg", picture(60, 60)))
    home = {"chat_id": CLIENT, "from_chat_id": STAFF_CHAT}
    await room.tg.bot("copyMessages", **home, message_ids=back["message_ids"])
    voice = await room.does(topic, "voice")
    await room.tg.bot("copyMessage", **home, message_id=voice["message_id"], caption="Анна, специалист поддержки")
    text = await room.does(topic, "text", text="Добрый день")
    await room.tg.bot("copyMessage", **home, message_id=text["message_id"], caption="не для текста")
    received = (await room.tg.chat(CLIENT))["messages"][-4:]
    assert [(one["kind"], one["caption"]) for one in received] == [
        ("photo", ""),
        ("photo", ""),
        ("voice", "Анна, специалист поддержки"),
        ("text", ""),
    ]
    service = {"chat_id": CLIENT, "from_chat_id": STAFF_CHAT, "message_id": topic}
    assert await room.tg.refused("copyMessage", **service) == "400 Bad Request: message can't be copied"


@pytest.mark.parametrize("kind", ["voice", "audio", "video", "video_note", "animation", "sticker"])
async def test_a_bot_sends_files_of_every_kind(room: Room, kind: str) -> None:
    method = "send" + "".join(part.capitalize() for part in kind.split("_"))
    answer = await room.tg.upload(method, {kind: ("x.bin", b"bytes")}, chat_id=str(CLIENT), duration="7")
    content = answer["result"][kind]
    path = (await room.tg.bot("getFile", file_id=content["file_id"]))["file_path"]
    assert await room.tg.bytes_of(f"/file/bot{room.tg.token}/{path}") == b"bytes"
    again = await room.tg.bot(method, chat_id=CLIENT, **{kind: content["file_id"]})
    assert again[kind] == content
    assert "duration" not in content or content["duration"] == 7


async def test_reactions_edits_and_deletions_of_the_bot_in_a_topic(room: Room) -> None:
    topic = await room.topic()
    asked = await room.does(topic, "text", text="x")
    place = {"chat_id": STAFF_CHAT, "message_id": asked["message_id"]}
    await room.tg.bot("setMessageReaction", **place, reaction=[{"type": "emoji", "emoji": "👀"}])
    assert (await room.shown(topic))[0]["reactions"] == ["👀"]
    assert await room.tg.refused("editMessageText", **place, text="y") == "400 Bad Request: message can't be edited"
    sent = await room.writes(topic, "было")
    await room.tg.bot("editMessageText", chat_id=STAFF_CHAT, message_id=sent["message_id"], text="стало")
    assert (await room.shown(topic))[-1]["text"] == "стало"
    await room.tg.bot("deleteMessages", chat_id=STAFF_CHAT, message_ids=[asked["message_id"], sent["message_id"]])
    assert await room.shown(topic) == []
    opened = {"chat_id": STAFF_CHAT, "message_id": topic}
    assert await room.tg.refused("deleteMessage", **opened) == "400 Bad Request: message can't be deleted"


async def test_names_and_icons_of_topics_have_limits(room: Room) -> None:
    make = {"chat_id": STAFF_CHAT}
    assert await room.topic("я" * 128)
    assert await room.tg.refused("createForumTopic", **make, name="я" * 129) == "400 Bad Request: TOPIC_TITLE_TOO_LONG"
    assert await room.tg.refused("createForumTopic", **make, name=" ") == "400 Bad Request: TOPIC_TITLE_EMPTY"
    icon = {"name": "x", "icon_custom_emoji_id": "1"}
    assert await room.tg.refused("createForumTopic", **make, **icon) == "400 Bad Request: DOCUMENT_INVALID"
    topic = await room.topic("Пины")
    for text in ("a", "b"):
        sent = await room.writes(topic, text)
        await room.tg.bot("pinChatMessage", chat_id=STAFF_CHAT, message_id=sent["message_id"])
    await room.tg.bot("unpinAllForumTopicMessages", chat_id=STAFF_CHAT, message_thread_id=topic)
    assert (await room.topics())[-1]["pinned"] == []


async def test_a_group_takes_twenty_messages_a_minute(room: Room) -> None:
    await room.tg.post("/faults", on="telegram", group_pace=20)
    topic, other = await room.topic(), await second(room)
    sent = await room.writes(topic, "0")
    place = {"chat_id": STAFF_CHAT, "message_id": sent["message_id"]}
    for number in range(1, 18):
        await room.tg.bot("editMessageText", **place, text=str(number))
    assert "not modified" in await room.tg.refused("editMessageText", **place, text="17")
    status, envelope = await room.tg.raw("sendMessage", chat_id=STAFF_CHAT, message_thread_id=topic, text="x")
    assert status == 200, "what was refused does not count"
    status, envelope = await room.tg.raw("sendMessage", chat_id=STAFF_CHAT, text="x")
    pause = envelope["parameters"]["retry_after"]
    assert (status, envelope["description"]) == (429, f"Too Many Requests: retry after {pause}")
    assert 50 <= pause <= 60
    assert (await room.tg.raw("createForumTopic", chat_id=STAFF_CHAT, name="x"))[0] == 429
    assert await room.tg.bot("sendChatAction", chat_id=STAFF_CHAT, action="typing")
    assert await other.writes(None, "другая группа")
    assert await room.tg.bot("sendMessage", chat_id=CLIENT, text="и личный чат")
    _, calls = await room.tg.get("/calls")
    assert [call["method"] for call in calls["calls"] if call["error_code"] == 429] == [
        "sendMessage",
        "createForumTopic",
    ]
    _, faults = await room.tg.get("/faults")
    assert faults == [{"on": "telegram", "group_pace": 20, "seconds": 60.0}]
    async with room.tg.http.delete(f"{room.tg.running.url}/faults"):
        assert await room.writes(topic, "можно")


async def test_the_pace_is_of_the_monotonic_clock_and_may_be_quicker(room: Room) -> None:
    await room.tg.post("/faults", on="telegram", group_pace=2, seconds=0.4)
    for text in ("a", "b"):
        await room.writes(None, text)
    assert (await room.tg.raw("sendMessage", chat_id=STAFF_CHAT, text="c"))[0] == 429
    await room.tg.post("/clock", advance="PT10M")
    assert (await room.tg.raw("sendMessage", chat_id=STAFF_CHAT, text="c"))[0] == 429
    tries: list[int] = []
    while 200 not in tries:
        tries.append((await room.tg.raw("sendMessage", chat_id=STAFF_CHAT, text="c"))[0])
    await room.tg.post("/faults", on="telegram", group_pace=0)
    for _ in range(5):
        await room.writes(None, "d")


async def test_a_whole_group_is_one_queue_and_taps_are_not_in_it(room: Room) -> None:
    """A webhook that does not take one message of a topic holds every topic, but no tap and no other group."""
    topic, other = await room.topic(), await second(room)
    keyboard = {"inline_keyboard": [[{"text": "Взять", "callback_data": "take"}]]}
    await room.writes(topic, "Карточка", reply_markup=keyboard)
    await room.news()
    got: list[str] = []

    async def take(request: web.Request) -> web.Response:
        update: dict[str, Any] = await request.json()
        if "callback_query" in update:
            got.append("tap")
            return web.Response()
        text = update["message"]["text"]
        got.append(text)
        return web.Response(status=500 if text == "застряло" else 200, headers={"Retry-After": "3600"})

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app)
    await runner.setup()
    port = room.tg.running.settings.port + 9
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await room.tg.bot("setWebhook", url=f"http://127.0.0.1:{port}/hook")
    await room.does(topic, "text", text="застряло")
    await room.does("general", "text", text="за ним")
    await room.does(topic, "tap", label="Взять")
    await other.does("general", "text", text="другая группа")
    await eventually(lambda: len(got) == 3)
    assert sorted(got) == sorted(["застряло", "tap", "другая группа"])
    await runner.cleanup()


async def test_settled_is_answered_for_the_staff_too(room: Room) -> None:
    await room.does("general", "text", text="x")
    status, answer = await room.tg.get("/staff/settled?timeout=0.1")
    assert (status, answer["pending"]) == (504, {"updates": 1})
