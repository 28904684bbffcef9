"""What Telegram refuses, with its own words: a bot that handles these here handles them there."""

from __future__ import annotations

from typing import Any

import pytest

from playground.telegram.memory import STAFF_CHAT
from tests.playground.telegram_world import ANNA, DMITRY, Playground, picture


def inline(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [[button] for button in buttons]}


BAD_REQUESTS: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"chat_id": ANNA}, "message text is empty"),
    ("sendMessage", {"chat_id": ANNA, "text": ""}, "message text is empty"),
    ("sendMessage", {"chat_id": ANNA, "text": " \n "}, "text must be non-empty"),
    ("sendMessage", {"chat_id": ANNA, "text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
    ("sendMessage", {"chat_id": ANNA, "text": "a" * 4097}, "message is too long"),
    ("sendMessage", {"chat_id": ANNA, "text": "x", "parse_mode": "XML"}, "unsupported parse_mode"),
    (
        "sendMessage",
        {"chat_id": ANNA, "text": "<b>x", "parse_mode": "HTML"},
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    ("sendMessage", {"text": "x"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": "", "text": "x"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": 5, "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": -5, "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": "@nobody", "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": STAFF_CHAT, "text": "x", "message_thread_id": 77}, "message thread not found"),
    (
        "sendMessage",
        {"chat_id": ANNA, "text": "x", "reply_parameters": {"message_id": 77}},
        "message to be replied not found",
    ),
    ("sendMessage", {"chat_id": ANNA, "text": "x", "reply_markup": "{"}, "can't parse reply markup JSON object"),
    (
        "sendMessage",
        {"chat_id": ANNA, "text": "x", "reply_markup": inline({"text": "a"})},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        "sendMessage",
        {"chat_id": ANNA, "text": "x", "reply_markup": inline({"text": "a", "callback_data": ""})},
        "BUTTON_DATA_INVALID",
    ),
    (
        "sendMessage",
        {"chat_id": ANNA, "text": "x", "reply_markup": inline({"text": "a", "callback_data": "я" * 33})},
        "BUTTON_DATA_INVALID",
    ),
    (
        "sendMessage",
        {"chat_id": ANNA, "text": "x", "reply_markup": inline({"text": "a", "url": "http://localhost/x"})},
        "inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL",
    ),
    (
        "sendMessage",
        {"chat_id": ANNA, "text": "x", "reply_markup": inline({"text": "a", "url": "ftp://a.ru"})},
        "inline keyboard button URL 'ftp://a.ru' is invalid: Unsupported URL protocol",
    ),
    (
        "sendMessage",
        {"chat_id": ANNA, "text": "x", "reply_markup": inline(*[{"text": "a", "callback_data": "b"}] * 101)},
        "reply markup is too long",
    ),
    (
        "sendMessage",
        {
            "chat_id": ANNA,
            "text": "x",
            "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b"}] * 9]},
        },
        "reply markup is too long",
    ),
    (
        "sendMessage",
        {"chat_id": ANNA, "text": "x", "reply_markup": inline(*[{"text": "a" * 30, "callback_data": "b" * 64}] * 100)},
        "reply markup is too long",
    ),
    (
        "sendMessage",
        {"chat_id": ANNA, "text": "x", "reply_markup": {"keyboard": [["a"] * 13]}},
        "reply markup is too long",
    ),
    ("sendPhoto", {"chat_id": ANNA}, "there is no photo in the request"),
    ("sendDocument", {"chat_id": ANNA, "document": "made-up"}, "wrong file identifier/HTTP URL specified"),
    (
        "sendMediaGroup",
        {"chat_id": ANNA, "media": [{"type": "photo", "media": "x"}]},
        "wrong number of messages to send in an album",
    ),
    (
        "sendMediaGroup",
        {"chat_id": ANNA, "media": [{"type": "photo", "media": "x"}, {"type": "document", "media": "x"}]},
        "can't use the media of the specified type in the album",
    ),
    ("sendChatAction", {"chat_id": ANNA, "action": "dancing"}, "wrong parameter action in request"),
    ("editMessageText", {"chat_id": ANNA, "message_id": 77, "text": "x"}, "message to edit not found"),
    ("editMessageText", {"chat_id": ANNA, "text": "x"}, "message identifier is not specified"),
    ("editMessageText", {"chat_id": ANNA, "message_id": 1, "text": "x"}, "message can't be edited"),
    ("deleteMessage", {"chat_id": ANNA, "message_id": 77}, "message to delete not found"),
    ("copyMessage", {"chat_id": ANNA, "from_chat_id": ANNA, "message_id": 77}, "message to copy not found"),
    ("forwardMessage", {"chat_id": ANNA, "from_chat_id": ANNA, "message_id": 77}, "message to forward not found"),
    (
        "answerCallbackQuery",
        {"callback_query_id": "1"},
        "query is too old and response timeout expired or query ID is invalid",
    ),
    ("getFile", {"file_id": "made-up"}, "invalid file_id"),
    ("setMyCommands", {"commands": [{"command": "Ы", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "a", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ("setWebhook", {"url": "https://exa[mple.com/"}, "bad webhook: Disallowed character in URL host"),
    ("setWebhook", {"url": "http://example.com/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
    (
        "setWebhook",
        {"url": "https://example.com:81/"},
        "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
    ),
    (
        "setWebhook",
        {"url": "https://example.com/", "secret_token": "a b"},
        "secret token contains unallowed characters",
    ),
    ("setWebhook", {"url": "https://example.com/", "secret_token": "a" * 257}, "secret token is too long"),
    ("createForumTopic", {"chat_id": STAFF_CHAT, "name": "a" * 129}, "TOPIC_TITLE_TOO_LONG"),
]


@pytest.mark.parametrize(("method", "params", "words"), BAD_REQUESTS)
async def test_a_bad_request_is_refused_in_telegrams_words(
    tg: Playground, method: str, params: dict[str, Any], words: str
) -> None:
    assert await tg.refused(method, **params) == f"400 Bad Request: {words}"


async def test_limits_count_characters_after_parsing(tg: Playground) -> None:
    assert await tg.bot("sendMessage", chat_id=ANNA, text=f"<b>{'😀' * 4096}</b>", parse_mode="HTML")
    refused = await tg.upload("sendPhoto", {"photo": ("a.jpg", picture(50, 50))}, chat_id=ANNA, caption="a" * 1025)
    assert refused["description"] == "Bad Request: message caption is too long"


async def test_a_name_that_is_no_method_and_a_method_that_is_not_built(tg: Playground) -> None:
    assert await tg.refused("sendNothing") == "404 Not Found: method not found"
    for method in ("sendInvoice", "answerPreCheckoutQuery", "sendPoll"):
        assert (
            await tg.refused(method) == f"501 Not Implemented: the playground does not have Telegram's method {method}"
        )


@pytest.mark.parametrize("token", ["nocolon", "0123:abc", "1" * 80 + ":a"])
async def test_a_token_that_cannot_be_one(tg: Playground, token: str) -> None:
    tg.token = token
    assert await tg.refused("getMe") == "401 Unauthorized: invalid token specified"


async def test_a_token_nobody_has(tg: Playground) -> None:
    tg.token = "123:unknown"
    assert await tg.refused("getMe") == "401 Unauthorized"


async def test_people_who_cannot_be_written_to(tg: Playground) -> None:
    assert await tg.refused("sendMessage", chat_id=DMITRY, text="x") == (
        "403 Forbidden: bot can't initiate conversation with a user"
    )
    await tg.does(ANNA, "block")
    assert await tg.refused("sendMessage", chat_id=ANNA, text="x") == "403 Forbidden: bot was blocked by the user"
    await tg.does(ANNA, "unblock")
    tg.running.hub.memory.users[ANNA].deactivated = True
    assert await tg.refused("sendMessage", chat_id=ANNA, text="x") == "403 Forbidden: user is deactivated"


async def test_a_group_the_bot_left_or_was_kicked_from_or_that_moved(tg: Playground) -> None:
    await tg.bot("leaveChat", chat_id=STAFF_CHAT)
    assert await tg.refused("sendMessage", chat_id=STAFF_CHAT, text="x") == (
        "403 Forbidden: bot is not a member of the supergroup chat"
    )
    staff = tg.running.hub.memory.chats[str(STAFF_CHAT)]
    staff.members[1000000001] = "kicked"
    assert await tg.refused("sendMessage", chat_id=STAFF_CHAT, text="x") == (
        "403 Forbidden: bot was kicked from the supergroup chat"
    )
    staff.migrated_to = -1009
    status, envelope = await tg.raw("sendMessage", chat_id=STAFF_CHAT, text="x")
    assert (status, envelope["description"]) == (400, "Bad Request: group chat was upgraded to a supergroup chat")
    assert envelope["parameters"] == {"migrate_to_chat_id": -1009}


async def test_the_same_content_and_markup_is_not_modified(tg: Playground) -> None:
    markup = inline({"text": "a", "callback_data": "b"})
    message = await tg.bot("sendMessage", chat_id=ANNA, text="<b>x</b>", parse_mode="HTML", reply_markup=markup)
    same = {"chat_id": ANNA, "message_id": message["message_id"], "text": "<b>x</b>", "parse_mode": "HTML"}
    assert await tg.refused("editMessageText", **same, reply_markup=markup) == (
        "400 Bad Request: message is not modified: specified new message content and reply markup are exactly "
        "the same as a current content and reply markup of the message"
    )
    assert "reply_markup" not in await tg.bot("editMessageText", **same)


async def test_a_text_has_no_caption_and_a_photo_no_text(tg: Playground) -> None:
    text = await tg.bot("sendMessage", chat_id=ANNA, text="x")
    photo = (await tg.upload("sendPhoto", {"photo": ("a.jpg", picture(50, 50))}, chat_id=str(ANNA)))["result"]
    assert await tg.refused("editMessageCaption", chat_id=ANNA, message_id=text["message_id"], caption="y") == (
        "400 Bad Request: there is no caption in the message to edit"
    )
    assert await tg.refused("editMessageText", chat_id=ANNA, message_id=photo["message_id"], text="y") == (
        "400 Bad Request: there is no text in the message to edit"
    )


async def test_after_48_hours_a_message_can_be_edited_but_not_deleted(tg: Playground) -> None:
    message = await tg.bot("sendMessage", chat_id=ANNA, text="x")
    await tg.post("/clock", advance="PT49H")
    place = {"chat_id": ANNA, "message_id": message["message_id"]}
    assert await tg.bot("editMessageText", **place, text="y")
    assert await tg.refused("deleteMessage", **place) == "400 Bad Request: message can't be deleted"


async def test_a_tap_is_answered_once_and_soon(tg: Playground) -> None:
    message = await tg.bot(
        "sendMessage", chat_id=ANNA, text="x", reply_markup=inline({"text": "a", "callback_data": "b"})
    )
    stale = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
    first = (await tg.does(ANNA, "tap", label="a"))["callback_query_id"]
    assert await tg.bot("answerCallbackQuery", callback_query_id=first) is True
    assert await tg.refused("answerCallbackQuery", callback_query_id=first) == stale
    late = (await tg.does(ANNA, "tap", message_id=message["message_id"], row=0, col=0))["callback_query_id"]
    await tg.post("/clock", advance="PT2M")
    assert await tg.refused("answerCallbackQuery", callback_query_id=late) == stale


async def test_uploads_have_limits(tg: Playground) -> None:
    too_big = await tg.upload("sendPhoto", {"photo": ("a.jpg", bytes((10 << 20) + 1))}, chat_id=str(ANNA))
    assert too_big["description"] == (
        "Bad Request: file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes"
    )
    for name, data, words in (
        ("a.txt", b"no picture", "IMAGE_PROCESS_FAILED"),
        ("a.jpg", picture(210, 10), "PHOTO_INVALID_DIMENSIONS"),
        ("a.jpg", b"", "file must be non-empty"),
    ):
        refused = await tg.upload("sendPhoto", {"photo": (name, data)}, chat_id=str(ANNA))
        assert refused["description"] == f"Bad Request: {words}"


async def test_a_file_over_20_mib_cannot_be_downloaded(tg: Playground) -> None:
    sent = await tg.upload("sendDocument", {"document": ("a.bin", bytes((20 << 20) + 1))}, chat_id=str(ANNA))
    file_id = sent["result"]["document"]["file_id"]
    assert await tg.refused("getFile", file_id=file_id) == "400 Bad Request: file is too big"


async def test_a_strangers_file_id_is_wrong(tg: Playground) -> None:
    sent = await tg.upload("sendDocument", {"document": ("a.txt", b"text")}, chat_id=str(ANNA))
    file_id = sent["result"]["document"]["file_id"]
    await tg.post("/bots", token="1000000002:PROBE", username="probe_bot")
    tg.token = "1000000002:PROBE"
    assert await tg.refused("getFile", file_id=file_id) == (
        "400 Bad Request: wrong file_id or the file is temporarily unavailable"
    )
