"""The staff groups as an employee's hand works in them: every endpoint, and what each refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.playground.staff_room import ANNA, IGOR, KIRILL, MARIA, OLGA, PAVEL, STAFF_CHAT, VIKTOR, Room
from tests.playground.telegram_world import ANNA as CLIENT
from tests.playground.telegram_world import free_ports, picture, playground

CARD = {
    "inline_keyboard": [[{"text": "Взять", "callback_data": "take"}, {"text": "Передать", "callback_data": "pass"}]]
}


async def test_the_staff_and_their_group_are_there(room: Room) -> None:
    _, staff = await room.tg.get("/staff")
    assert staff["chat_id"] == STAFF_CHAT
    assert [group["chat_id"] for group in staff["groups"]] == [STAFF_CHAT]
    by_id = {one["id"]: one for one in staff["operators"]}
    assert (by_id[ANNA]["name"], by_id[ANNA]["post"]) == ("Анна Соколова", "специалист поддержки")
    assert {number: one["status"] for number, one in by_id.items() if one["status"] != "member"} == {
        MARIA: "administrator",
        OLGA: "creator",
        VIKTOR: "administrator",
        KIRILL: "left",
    }
    assert [number for number, one in by_id.items() if one["anonymous"]] == [VIKTOR]
    assert by_id[KIRILL]["present"] is False


async def test_an_employee_is_a_telegram_user_too(room: Room) -> None:
    _, users = await room.tg.get("/client/users")
    posts = {user["id"]: user["post"] for user in users}
    assert posts[CLIENT] == ""
    assert posts[IGOR] == "отдел урегулирования"
    await room.tg.does(IGOR, "text", text="/start")
    assert (await room.heard())["chat"]["type"] == "private"
    _, made = await room.tg.post("/client/users", first_name="Новый")
    assert made["id"] not in (await room.tg.bot("getChatAdministrators", chat_id=STAFF_CHAT))


async def test_topics_are_listed_with_name_icon_and_client(room: Room) -> None:
    icons = {one["emoji"]: one["custom_emoji_id"] for one in await room.tg.bot("getForumTopicIconStickers")}
    topic = await room.topic("Анна Ковалёва · У-000012", icon_custom_emoji_id=icons["❗️"])
    await room.topic("Обед")
    first, second = await room.topics()
    assert (first["id"], first["name"], first["icon"]) == (topic, "Анна Ковалёва · У-000012", "❗️")
    assert (first["closed"], first["client"], first["messages"]) == (False, CLIENT, 0)
    assert (second["client"], second["icon"]) == (None, "")
    await room.writes(second["id"], "карточка", reply_markup={"inline_keyboard": [[link("x", "tg://user?id=100002")]]})
    await room.tg.bot("closeForumTopic", chat_id=STAFF_CHAT, message_thread_id=topic)
    first, second = await room.topics()
    assert (first["closed"], second["client"], second["last"]["text"]) == (True, 100002, "карточка")


def link(text: str, url: str) -> dict[str, str]:
    return {"text": text, "url": url}


async def test_a_topic_belongs_to_whom_its_copies_come_from(room: Room) -> None:
    topic = await room.topic("Вопрос")
    copy = {"chat_id": STAFF_CHAT, "message_thread_id": topic, "from_chat_id": CLIENT, "message_id": 1}
    await room.tg.bot("copyMessage", **copy)
    assert (await room.topics())[0]["client"] == CLIENT


async def test_an_employees_words_reach_the_bot_from_the_topic(room: Room) -> None:
    topic = await room.topic()
    await room.news()
    done = await room.does(topic, "text", text="Добрый день!")
    message = await room.heard()
    assert (message["message_id"], message["text"]) == (done["message_id"], "Добрый день!")
    assert message["from"]["id"] == ANNA
    assert (message["chat"]["id"], message["chat"]["is_forum"]) == (STAFF_CHAT, True)
    assert (message["message_thread_id"], message["is_topic_message"]) == (topic, True)
    assert message["reply_to_message"]["forum_topic_created"]["name"] == "Анна К."
    assert "sender_chat" not in message


async def test_operators_are_called_by_number_username_or_first_name(room: Room) -> None:
    topic = await room.topic()
    for name in (ANNA, str(ANNA), "sokolova_tg", "@sokolova_tg", "Анна", "Анна Соколова"):
        await room.does(topic, "text", name, text="x")
        assert (await room.heard())["from"]["id"] == ANNA, name
    assert (await room.tries(topic, "text", "Семён", text="x"))[0] == 404
    assert (await room.tries(topic, "text", None, text="x"))[0] == 400


async def test_edits_and_long_texts(room: Room) -> None:
    topic = await room.topic()
    done = await room.does(topic, "text", text="а" * 5000)
    assert len(done["message_ids"]) == 2
    await room.does(topic, "edit", message_id=done["message_ids"][1], text="иначе")
    assert [next(iter(update)) for update in await room.news()] == ["message", "message", "message", "edited_message"]
    assert [(m["text"][:5], m["edited"]) for m in await room.shown(topic)] == [("ааааа", False), ("иначе", True)]
    status, answer = await room.tries(topic, "edit", IGOR, message_id=done["message_id"], text="x")
    assert (status, answer["error"]) == (404, f"there is no own message {done['message_id']}")


async def test_replies_and_quotes_stay_in_their_topic(room: Room) -> None:
    topic, other = await room.topic(), await room.topic("Дмитрий")
    asked = await room.writes(topic, "Когда приедет эксперт?")
    await room.does(topic, "text", text="Завтра", reply_to=asked["message_id"], quote="эксперт")
    message = await room.heard()
    assert message["reply_to_message"]["text"] == "Когда приедет эксперт?"
    assert message["quote"] == {"text": "эксперт", "position": 14, "is_manual": True}
    assert (await room.shown(topic))[-1]["quote"] == "эксперт"
    assert (await room.tries(other, "text", text="x", reply_to=asked["message_id"]))[0] == 404
    assert (await room.tries("general", "text", text="x", reply_to=asked["message_id"]))[0] == 404
    wrong = await room.tries(topic, "text", text="x", reply_to=asked["message_id"], quote="оценщик")
    assert wrong[0] == 409


async def test_photos_albums_documents_and_voices_have_real_bytes(room: Room) -> None:
    topic = await room.topic()
    await room.sends(topic, "photo", ("a.jpg", picture(400, 300)), caption="Схема", operator=str(IGOR))
    photo = await room.heard()
    assert (photo["caption"], photo["from"]["id"], len(photo["photo"])) == ("Схема", IGOR, 3)
    album = await room.sends(topic, "album", ("a.jpg", picture(50, 50)), ("b.jpg", picture(60, 60)))
    parts = [update["message"] for update in await room.news()]
    assert {part["media_group_id"] for part in parts} == {album["album"]}
    assert [part["message_id"] for part in parts] == album["message_ids"]
    await room.sends(topic, "document", ("полис.pdf", b"%PDF-1.7"), reply_to=str(photo["message_id"]))
    document = await room.heard()
    assert document["reply_to_message"]["message_id"] == photo["message_id"]
    assert (document["document"]["file_name"], await bytes_of(room, document["document"])) == ("полис.pdf", b"%PDF-1.7")
    await room.does(topic, "voice")
    assert (await bytes_of(room, (await room.heard())["voice"])).startswith(b"OggS")
    await room.sends(topic, "voice", ("mine.ogg", b"my own voice"))
    assert await bytes_of(room, (await room.heard())["voice"]) == b"my own voice"
    await room.does(topic, "send", kind="video_note")
    assert (await room.heard())["video_note"]["length"] == 240
    await room.does(topic, "location", latitude=55.75, longitude=37.62)
    assert (await room.heard())["location"] == {"latitude": 55.75, "longitude": 37.62}
    assert [one["kind"] for one in await room.shown(topic)] == [
        *("photo", "photo", "photo", "document", "voice", "voice", "video_note", "location")
    ]


async def bytes_of(room: Room, content: dict[str, Any]) -> bytes:
    path = (await room.tg.bot("getFile", file_id=content["file_id"]))["file_path"]
    return await room.tg.bytes_of(f"/file/bot{room.tg.token}/{path}")


async def test_what_no_form_and_no_body_can_be(room: Room) -> None:
    topic = await room.topic()
    assert (await room.tries(topic, "photo"))[0] == 400
    assert (await room.tries(topic, "text", text=""))[0] == 400
    assert (await room.tries(topic, "location", latitude=999, longitude=0))[0] == 400
    assert (await room.tries(topic, "send", kind="hologram"))[0] == 400
    assert (await room.tries(topic, "forward", user=CLIENT))[0] == 400
    assert (await room.tries(99999, "text", text="x"))[0] == 404
    assert (await room.tries("ten", "text", text="x"))[0] == 404
    assert (await room.tg.get("/staff?group=-100500"))[0] == 404
    assert (await room.tg.post(f"/staff/topics/{topic}/sing", operator=ANNA))[0] == 404


async def test_a_tap_is_a_callback_and_its_toast_is_the_operators(room: Room) -> None:
    topic, other = await room.topic(), await room.topic("Дмитрий")
    card = await room.writes(topic, "Карточка", reply_markup=CARD)
    await room.writes(other, "Чужая", reply_markup=CARD)
    done = await room.does(topic, "tap", IGOR, label="Взять")
    query = await room.heard()
    assert (query["data"], query["from"]["id"], query["message"]["message_id"]) == ("take", IGOR, card["message_id"])
    assert query["message"]["message_thread_id"] == topic
    await room.tg.bot("answerCallbackQuery", callback_query_id=done["callback_query_id"], text="Вы взяли")
    (toast,) = (await room.chat(topic))["toasts"]
    assert (toast["text"], toast["operator"]) == ("Вы взяли", IGOR)
    assert (await room.does(topic, "tap", message_id=card["message_id"], row=0, col=1))["data"] == "pass"
    assert (await room.does(topic, "tap", message_id=card["message_id"], data="forged"))["data"] == "forged"
    assert (await room.tries(topic, "tap", label="Закрыть"))[0] == 404
    assert (await room.shown(topic))[0]["buttons"][0][0] == {"text": "Взять", "kind": "callback", "data": "take"}


async def test_a_chat_tells_only_what_changed_in_its_topic(room: Room) -> None:
    topic, other = await room.topic(), await room.topic("Дмитрий")
    cursor = (await room.chat(topic))["cursor"]
    await room.writes(other, "не сюда")
    sent = await room.writes(topic, "сюда")
    changed = await room.chat(topic, cursor)
    assert [message["text"] for message in changed["messages"]] == ["сюда"]
    await room.tg.bot("pinChatMessage", chat_id=STAFF_CHAT, message_id=sent["message_id"])
    seen = (await room.chat(topic))["messages"]
    assert [(one["kind"], one.get("pinned"), one["from"]) for one in seen[1:]] == [
        ("text", True, "bot"),
        ("service", None, "bot"),
    ]
    assert seen[0]["service"] == {"what": "forum_topic_created", "detail": "Анна К."}
    assert seen[2]["service"] == {"what": "pinned_message", "detail": "сюда"}
    assert (await room.topics())[0]["pinned"] == [sent["message_id"]]


async def test_general_has_no_thread_and_its_answers_have_no_topic(room: Room) -> None:
    _, done = await room.tg.post("/staff/general/text", operator=ANNA, text="Всем привет")
    message = await room.heard()
    assert "message_thread_id" not in message
    assert "is_topic_message" not in message
    assert "reply_to_message" not in message
    await room.does("general", "text", IGOR, text="Привет", reply_to=done["message_id"])
    answer = await room.heard()
    assert (answer["message_thread_id"], "is_topic_message" in answer) == (done["message_id"], False)
    refused = await room.tg.refused("sendMessage", chat_id=STAFF_CHAT, text="x", message_thread_id=done["message_id"])
    assert refused == "400 Bad Request: message thread not found"
    assert await room.tg.refused("sendMessage", chat_id=STAFF_CHAT, text="x", message_thread_id=1) == refused
    _, general = await room.tg.get("/staff/general/chat")
    assert [one["text"] for one in general["messages"]] == ["Всем привет", "Привет"]
    assert (await room.tries("general", "delete", None))[0] == 409


async def test_a_careless_administrator_deletes_a_topic(room: Room) -> None:
    topic = await room.topic()
    card = await room.writes(topic, "Карточка", reply_markup=CARD)
    await room.tg.bot("pinChatMessage", chat_id=STAFF_CHAT, message_id=card["message_id"])
    await room.news()
    assert (await room.tries(topic, "delete", ANNA))[0] == 403
    await room.does(topic, "delete", None)
    assert await room.news() == []
    assert await room.topics() == []
    there = {"chat_id": STAFF_CHAT, "message_thread_id": topic}
    for method, more in (
        ("sendMessage", {"text": "x"}),
        ("editForumTopic", {"name": "x"}),
        ("closeForumTopic", {}),
        ("copyMessage", {"from_chat_id": CLIENT, "message_id": 1}),
    ):
        assert await room.tg.refused(method, **there, **more) == "400 Bad Request: message thread not found"
    edit = {"chat_id": STAFF_CHAT, "message_id": card["message_id"], "text": "y"}
    assert await room.tg.refused("editMessageText", **edit) == "400 Bad Request: message to edit not found"
    assert "pinned_message" not in await room.tg.bot("getChat", chat_id=STAFF_CHAT)
    assert (await room.tries(topic, "text", text="x"))[0] == 404


async def test_into_a_closed_topic_only_administrators_write(room: Room) -> None:
    topic = await room.topic()
    await room.does(topic, "close", MARIA)
    assert "forum_topic_closed" in await room.heard()
    assert (await room.tries(topic, "close", MARIA))[0] == 409
    assert (await room.tries(topic, "text", ANNA, text="x"))[0] == 409
    await room.does(topic, "text", MARIA, text="я администратор")
    await room.writes(topic, "и бот тоже")
    await room.does(topic, "reopen", None)
    assert "forum_topic_reopened" in await room.heard()
    await room.does(topic, "text", ANNA, text="теперь можно")


async def test_an_anonymous_administrator_is_the_group(room: Room) -> None:
    topic = await room.topic()
    await room.writes(topic, "Карточка", reply_markup=CARD)
    await room.does(topic, "text", VIKTOR, text="решено")
    message = await room.heard()
    assert message["from"] == {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    assert message["sender_chat"]["id"] == STAFF_CHAT
    seen = (await room.shown(topic))[-1]
    assert (seen["from"], seen["operator"], seen["anonymous"]) == ("Тихая гавань: сотрудники", VIKTOR, True)
    await room.does(topic, "tap", VIKTOR, label="Взять")
    assert (await room.heard())["from"]["id"] == VIKTOR
    await room.tg.post("/staff/promote", operator=VIKTOR, anonymous=False)
    await room.does(topic, "text", VIKTOR, text="это я")
    assert (await room.heard())["from"]["id"] == VIKTOR


async def test_forwards_say_who_wrote_them(room: Room) -> None:
    topic = await room.topic()
    await room.does(topic, "forward", PAVEL, user=CLIENT, message_id=1)
    message = await room.heard()
    assert (message["text"], message["from"]["id"]) == ("/start", PAVEL)
    assert message["forward_origin"]["sender_user"]["id"] == CLIENT
    await room.does(topic, "forward", PAVEL, user=ANNA, text="Я беру")
    spoof = await room.heard()
    assert (spoof["from"]["id"], spoof["forward_origin"]["sender_user"]["id"]) == (PAVEL, ANNA)
    assert (await room.shown(topic))[-1]["forwarded"] is True
    assert (await room.tries(topic, "forward", user=CLIENT, message_id=77))[0] == 404


async def test_an_erased_message_is_gone_without_a_word(room: Room) -> None:
    topic = await room.topic()
    mine = (await room.does(topic, "text", text="ой"))["message_id"]
    await room.news()
    assert (await room.tries(topic, "erase", IGOR, message_id=mine))[0] == 404
    await room.does(topic, "erase", ANNA, message_id=mine)
    assert await room.news() == []
    assert await room.shown(topic) == []
    told = await room.tg.refused("copyMessage", chat_id=CLIENT, from_chat_id=STAFF_CHAT, message_id=mine)
    assert told == "400 Bad Request: message to copy not found"


async def test_who_left_does_nothing_more(room: Room) -> None:
    topic = await room.topic()
    status, answer = await room.tries(topic, "text", KIRILL, text="x")
    assert (status, answer["error"]) == (403, "Кирилл Дроздов is not in the group")
    assert (await room.tg.bot("getChatMember", chat_id=STAFF_CHAT, user_id=KIRILL))["status"] == "left"


async def test_a_topic_may_be_opened_by_hand(room: Room) -> None:
    _, made = await room.tg.post("/staff/topics", operator=MARIA, name="Обед")
    assert (await room.heard())["forum_topic_created"]["name"] == "Обед"
    assert [one["id"] for one in await room.topics()] == [made["id"]]
    assert (await room.tg.post("/staff/topics", operator=ANNA, name="x"))[0] == 403


async def test_the_groups_survive_a_restart(tmp_path: Path) -> None:
    port = free_ports()
    async with playground(tmp_path, port) as tg:
        room = Room(tg)
        topic = await room.topic()
        await room.does(topic, "text", text="было")
        await tg.post("/staff/groups", title="Вторая")
        await tg.post("/staff/demote", operator=PAVEL)
        before = await room.chat(topic), (await tg.get("/staff"))[1]
    async with playground(tmp_path, port) as tg:
        room = Room(tg)
        assert (await room.chat(topic), (await tg.get("/staff"))[1]) == before
        assert (await room.does(topic, "text", text="стало"))["message_id"] > topic + 1
