"""What a bot can do in a chat: send, edit, delete, copy, files, albums, topics, its own description."""

from __future__ import annotations

from typing import Any

from playground.telegram.memory import STAFF_CHAT
from tests.playground.telegram_world import ANNA, Playground, picture

MENU = {"inline_keyboard": [[{"text": "Меню", "callback_data": "menu"}]]}


async def shown(tg: Playground) -> dict[str, Any]:
    """The newest message, as the person sees it."""
    messages: list[dict[str, Any]] = (await tg.chat(ANNA))["messages"]
    return messages[-1]


async def test_formatting_reaches_both_the_bot_and_the_page(tg: Playground) -> None:
    sent = await tg.bot("sendMessage", chat_id=ANNA, text="Ваш <b>полис & КАСКО</b>", parse_mode="html")
    assert sent["text"] == "Ваш полис & КАСКО"
    assert sent["entities"] == [{"type": "bold", "offset": 4, "length": 13}]
    seen = await shown(tg)
    assert (seen["text"], seen["html"]) == ("Ваш полис & КАСКО", "Ваш <b>полис &amp; КАСКО</b>")


async def test_parameters_come_as_query_form_json_or_multipart(tg: Playground) -> None:
    url = f"{tg.running.url}/bot{tg.token}/SENDMESSAGE"
    query = {"chat_id": str(ANNA), "text": "query"}
    async with tg.http.get(url, params=query) as answer:
        assert (await answer.json())["result"]["text"] == "query"
    async with tg.http.post(
        url, data={"chat_id": ANNA, "text": "form", "reply_markup": '{"inline_keyboard": []}'}
    ) as answer:
        assert (await answer.json())["result"]["text"] == "form"
    assert (await tg.upload("sendMessage", {"unused": ("a", b"b")}, chat_id=str(ANNA), text="parts"))["result"][
        "text"
    ] == "parts"


async def test_an_edit_without_markup_takes_the_inline_keyboard_away(tg: Playground) -> None:
    sent = await tg.bot("sendMessage", chat_id=ANNA, text="x", reply_markup=MENU)
    place = {"chat_id": ANNA, "message_id": sent["message_id"]}
    edited = await tg.bot("editMessageText", **place, text="y")
    assert (edited["text"], edited["message_id"]) == ("y", sent["message_id"])
    assert edited["edit_date"] >= edited["date"]
    assert "reply_markup" not in edited
    assert (await tg.bot("editMessageReplyMarkup", **place, reply_markup=MENU))["reply_markup"] == MENU
    assert (await shown(tg))["edited"] is True


async def test_a_bot_deletes_its_own_and_the_persons_messages(tg: Playground) -> None:
    sent = await tg.bot("sendMessage", chat_id=ANNA, text="x")
    assert await tg.bot("deleteMessage", chat_id=ANNA, message_id=sent["message_id"]) is True
    assert await tg.bot("deleteMessages", chat_id=ANNA, message_ids=[1, 99]) is True
    assert [message["deleted"] for message in (await tg.chat(ANNA))["messages"]] == [True, True]


async def test_a_reply_keyboard_is_the_chats_until_removed(tg: Playground) -> None:
    keyboard = {"keyboard": [["Да", {"text": "Номер", "request_contact": True}]], "one_time_keyboard": True}
    sent = await tg.bot("sendMessage", chat_id=ANNA, text="x", reply_markup=keyboard)
    assert "reply_markup" not in sent
    rows = [[{"text": "Да", "kind": "text"}, {"text": "Номер", "kind": "contact"}]]
    assert (await tg.chat(ANNA))["reply_keyboard"] == rows
    await tg.bot("sendMessage", chat_id=ANNA, text="y")
    assert (await tg.chat(ANNA))["reply_keyboard"] == rows
    await tg.does(ANNA, "tap", label="Да")
    assert (await tg.chat(ANNA))["reply_keyboard"] is None
    await tg.bot("sendMessage", chat_id=ANNA, text="x", reply_markup=keyboard | {"one_time_keyboard": False})
    await tg.does(ANNA, "tap", label="Да")
    assert (await tg.chat(ANNA))["reply_keyboard"] == rows
    await tg.bot("sendMessage", chat_id=ANNA, text="y", reply_markup={"remove_keyboard": True})
    assert (await tg.chat(ANNA))["reply_keyboard"] is None


async def test_a_reply_keyboard_goes_with_the_message_that_brought_it(tg: Playground) -> None:
    sent = await tg.bot("sendMessage", chat_id=ANNA, text="x", reply_markup={"keyboard": [["Да"]]})
    await tg.bot("deleteMessage", chat_id=ANNA, message_id=sent["message_id"])
    assert (await tg.chat(ANNA))["reply_keyboard"] is None


async def test_a_document_comes_back_byte_for_byte(tg: Playground) -> None:
    data = bytes(range(256)) * 100
    answer = await tg.upload(
        "sendDocument", {"any": ("полис.pdf", data)}, chat_id=str(ANNA), document="attach://any", caption="вот"
    )
    document = answer["result"]["document"]
    assert (document["file_name"], document["file_size"]) == ("полис.pdf", len(data))
    file = await tg.bot("getFile", file_id=document["file_id"])
    assert await tg.bytes_of(f"/file/bot{tg.token}/{file['file_path']}") == data
    seen = await shown(tg)
    assert (seen["document"]["file_name"], seen["caption"], seen["html"]) == ("полис.pdf", "вот", "вот")
    assert await tg.bytes_of(seen["document"]["url"]) == data
    again = await tg.bot("sendDocument", chat_id=ANNA, document=document["file_id"])
    assert again["document"] == document


async def test_a_photo_has_up_to_four_sizes(tg: Playground) -> None:
    answer = await tg.upload("sendPhoto", {"photo": ("a.jpg", picture(2000, 1000))}, chat_id=str(ANNA))
    sizes = answer["result"]["photo"]
    assert [(size["width"], size["height"]) for size in sizes] == [(90, 45), (320, 160), (800, 400), (1280, 640)]
    assert len({size["file_id"] for size in sizes} | {size["file_unique_id"] for size in sizes}) == 8
    small = await tg.upload("sendPhoto", {"photo": ("a.jpg", picture(200, 100))}, chat_id=str(ANNA))
    assert [size["width"] for size in small["result"]["photo"]] == [90, 200]


async def test_an_album_is_several_messages_of_one_group(tg: Playground) -> None:
    media = [
        {"type": "photo", "media": "attach://a", "caption": "<i>два</i>", "parse_mode": "HTML"},
        {"type": "photo", "media": "attach://b"},
    ]
    files = {"a": ("a.jpg", picture(100, 100)), "b": ("b.jpg", picture(100, 100))}
    first, second = (await tg.upload("sendMediaGroup", files, chat_id=str(ANNA), media=media))["result"]
    assert first["media_group_id"] == second["media_group_id"]
    assert isinstance(first["media_group_id"], str)
    assert (first["caption"], "caption" in second) == ("два", False)
    assert (await shown(tg))["album"] == first["media_group_id"]


async def test_media_of_a_message_can_be_exchanged(tg: Playground) -> None:
    photo = (await tg.upload("sendPhoto", {"photo": ("a.jpg", picture(50, 50))}, chat_id=str(ANNA)))["result"]
    media = {"type": "document", "media": "attach://a", "caption": "новое"}
    place = {"chat_id": str(ANNA), "message_id": str(photo["message_id"])}
    edited = (await tg.upload("editMessageMedia", {"a": ("b.txt", b"text")}, **place, media=media))["result"]
    assert ("photo" in edited, edited["document"]["file_name"], edited["caption"]) == (False, "b.txt", "новое")


async def test_copies_have_no_origin_and_forwards_do(tg: Playground) -> None:
    copied = await tg.bot("copyMessage", chat_id=STAFF_CHAT, from_chat_id=ANNA, message_id=1)
    assert set(copied) == {"message_id"}
    forwarded = await tg.bot("forwardMessage", chat_id=STAFF_CHAT, from_chat_id=ANNA, message_id=1)
    assert forwarded["forward_origin"]["sender_user"]["id"] == ANNA
    album = await tg.sends(ANNA, picture(50, 50), picture(50, 50))
    copies = await tg.bot(
        "copyMessages", chat_id=STAFF_CHAT, from_chat_id=ANNA, message_ids=[*album["message_ids"], 999]
    )
    kept = tg.running.hub.memory.messages[str(STAFF_CHAT)]
    groups = {kept[copy["message_id"]].body["media_group_id"] for copy in copies}
    assert len(copies) == 2
    assert len(groups) == 1
    assert groups != {album["album"]}


async def test_replies_show_what_they_answer_one_level_deep(tg: Playground) -> None:
    one = await tg.bot("sendMessage", chat_id=ANNA, text="one", reply_parameters={"message_id": 1})
    two = await tg.bot("sendMessage", chat_id=ANNA, text="two", reply_to_message_id=one["message_id"])
    assert one["reply_to_message"]["text"] == "/start"
    assert "reply_to_message" not in two["reply_to_message"]
    lenient = {"message_id": 999, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await tg.bot("sendMessage", chat_id=ANNA, text="x", reply_parameters=lenient)


async def test_typing_lasts_five_seconds_or_until_the_message(tg: Playground) -> None:
    await tg.bot("sendChatAction", chat_id=ANNA, action="typing")
    assert (await tg.chat(ANNA))["action"]["kind"] == "typing"
    await tg.bot("sendMessage", chat_id=ANNA, text="x")
    assert (await tg.chat(ANNA))["action"] is None
    await tg.bot("sendChatAction", chat_id=ANNA, action="upload_document")
    await tg.post("/clock", advance="PT6S")
    assert (await tg.chat(ANNA))["action"] is None


async def test_topics_of_the_staff_group(tg: Playground) -> None:
    topic = await tg.bot("createForumTopic", chat_id=STAFF_CHAT, name="Анна К.")
    thread = {"chat_id": STAFF_CHAT, "message_thread_id": topic["message_thread_id"]}
    sent = await tg.bot("sendMessage", **thread, text="x")
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic["message_thread_id"], True)
    assert await tg.bot("editForumTopic", **thread, name="Анна К., закрыто") is True
    assert await tg.bot("closeForumTopic", **thread) is True
    assert await tg.refused("closeForumTopic", **thread) == "400 Bad Request: TOPIC_NOT_MODIFIED"
    assert await tg.bot("reopenForumTopic", **thread) is True
    assert await tg.bot("deleteForumTopic", **thread) is True
    assert await tg.refused("sendMessage", **thread, text="x") == "400 Bad Request: message thread not found"
    assert {icon["type"] for icon in await tg.bot("getForumTopicIconStickers")} == {"custom_emoji"}


async def test_commands_texts_and_menu_by_scope_and_language(tg: Playground) -> None:
    ru = [{"command": "menu", "description": "Меню"}]
    assert await tg.bot("setMyCommands", commands=ru, language_code="ru") is True
    assert await tg.bot("getMyCommands") == []
    assert await tg.bot("getMyCommands", language_code="ru", scope={"type": "default"}) == ru
    assert await tg.bot("deleteMyCommands", language_code="ru") is True
    assert await tg.bot("getMyCommands", language_code="ru") == []
    await tg.bot("setMyDescription", description="Кабинет")
    assert await tg.bot("getMyDescription", language_code="en") == {"description": "Кабинет"}
    await tg.bot("setMyName", name="Гавань")
    assert (await tg.bot("getMe"))["first_name"] == "Гавань"
    await tg.bot("setChatMenuButton", chat_id=ANNA, menu_button={"type": "default"})
    assert await tg.bot("getChatMenuButton", chat_id=ANNA) == {"type": "default"}
    assert await tg.bot("getChatMenuButton") == {"type": "commands"}


async def test_who_is_in_a_chat(tg: Playground) -> None:
    assert (await tg.bot("getChat", chat_id=ANNA))["first_name"] == "Анна"
    assert (await tg.bot("getChatMember", chat_id=ANNA, user_id=ANNA))["status"] == "member"
    me = (await tg.bot("getMe"))["id"]
    member = await tg.bot("getChatMember", chat_id=STAFF_CHAT, user_id=me)
    assert (member["status"], member["can_manage_topics"]) == ("administrator", True)
    leaders = await tg.bot("getChatAdministrators", chat_id=STAFF_CHAT)
    assert me in {one["user"]["id"] for one in leaders}


async def test_pins_and_reactions(tg: Playground) -> None:
    sent = await tg.bot("sendMessage", chat_id=ANNA, text="важно")
    place = {"chat_id": ANNA, "message_id": sent["message_id"]}
    await tg.bot("pinChatMessage", **place)
    assert (await tg.bot("getChat", chat_id=ANNA))["pinned_message"]["text"] == "важно"
    await tg.bot("setMessageReaction", chat_id=ANNA, message_id=1, reaction=[{"type": "emoji", "emoji": "👍"}])
    assert (await tg.chat(ANNA))["messages"][0]["reactions"] == ["👍"]
    await tg.bot("unpinChatMessage", **place)
    assert "pinned_message" not in await tg.bot("getChat", chat_id=ANNA)


async def test_locations_and_contacts_from_the_bot(tg: Playground) -> None:
    sent = await tg.bot("sendLocation", chat_id=ANNA, latitude=55.7, longitude=37.6)
    assert sent["location"] == {"latitude": 55.7, "longitude": 37.6}
    place = {"chat_id": ANNA, "latitude": 55.7, "longitude": 37.6, "title": "Офис", "address": "Москва, Причальная, 12"}
    sent = await tg.bot("sendVenue", **place)
    assert sent["venue"]["title"] == "Офис"
    assert sent["location"] == sent["venue"]["location"]
    assert (await shown(tg))["venue"]["address"] == "Москва, Причальная, 12"
    await tg.bot("sendContact", chat_id=ANNA, phone_number="+78000000000", first_name="Офис")
    assert (await shown(tg))["contact"]["first_name"] == "Офис"
