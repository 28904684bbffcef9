"""aiogram as the judge: everything the server says must fit its models."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import (  # noqa: TID251 - the judge knows more types than we do
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from playground.telegram.memory import STAFF_CHAT
from tests.playground.telegram_world import ANNA, DMITRY, picture, playground

MENU = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Меню", callback_data="menu")]])


async def test_aiogram_understands_everything(tmp_path: Path) -> None:
    async with playground(tmp_path) as tg:
        session = AiohttpSession(api=TelegramAPIServer.from_base(tg.running.url))
        async with Bot(tg.token, session=session) as bot:
            assert (await bot.get_me()).username == "tihaya_gavan_bot"
            await tg.does(ANNA, "text", text="/start код")
            await tg.sends(ANNA, picture(100, 100), picture(100, 100))
            for kind in ("sticker", "voice", "video_note", "video", "animation", "poll", "dice", "venue", "forward"):
                await tg.does(ANNA, "send", kind=kind)
            await tg.does(ANNA, "contact", own=True)
            await tg.does(ANNA, "edit", message_id=1, text="/menu")

            sent = await bot.send_message(ANNA, "<b>Привет</b>", parse_mode="HTML", reply_markup=MENU)
            assert sent.html_text == "<b>Привет</b>"
            assert sent.reply_markup is not None
            assert sent.reply_markup.model_dump(exclude_none=True) == MENU.model_dump(exclude_none=True)
            edited = await bot.edit_message_text("иначе", chat_id=ANNA, message_id=sent.message_id)
            assert not isinstance(edited, bool)
            assert (edited.text, edited.reply_markup) == ("иначе", None)
            contact = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Номер", request_contact=True)]])
            await bot.send_message(ANNA, "Номер?", reply_markup=contact)
            await bot.send_message(ANNA, "Спасибо", reply_markup=ReplyKeyboardRemove())
            document = await bot.send_document(ANNA, BufferedInputFile(b"%PDF", "полис.pdf"), caption="Полис")
            assert document.document is not None
            assert document.document.file_name == "полис.pdf"
            loaded = await bot.download(document.document)
            assert loaded is not None
            assert loaded.read() == b"%PDF"
            media = [InputMediaPhoto(media=BufferedInputFile(picture(90, 90), f"{n}.jpg")) for n in range(2)]
            album = await bot.send_media_group(ANNA, [*media])
            assert album[0].media_group_id == album[1].media_group_id

            await bot.edit_message_reply_markup(chat_id=ANNA, message_id=sent.message_id, reply_markup=MENU)
            await tg.does(ANNA, "tap", label="Меню")
            await tg.does(ANNA, "tap", message_id=999, data="stale")
            await tg.does(DMITRY, "text", text="hi")
            await tg.does(DMITRY, "block")
            updates = await bot.get_updates()
            assert [update.event_type for update in updates][-5:] == [
                "edited_message",
                "callback_query",
                "callback_query",
                "message",
                "my_chat_member",
            ]
            query = next(update.callback_query for update in updates if update.callback_query)
            assert await bot.answer_callback_query(query.id, text="ок")

            topic = await bot.create_forum_topic(STAFF_CHAT, "Анна")
            copied = await bot.copy_message(STAFF_CHAT, ANNA, 1, message_thread_id=topic.message_thread_id)
            assert copied.message_id > topic.message_thread_id
            assert (await bot.get_chat(STAFF_CHAT)).is_forum
            assert (await bot.get_chat_member(STAFF_CHAT, bot.id)).status == "administrator"
            assert await bot.get_forum_topic_icon_stickers()
            assert await bot.set_my_commands([BotCommand(command="menu", description="Меню")])
            assert [command.command for command in await bot.get_my_commands()] == ["menu"]
            assert (await bot.get_webhook_info()).url == ""


async def test_aiogram_raises_what_it_should(tmp_path: Path) -> None:
    async with playground(tmp_path) as tg:
        session = AiohttpSession(api=TelegramAPIServer.from_base(tg.running.url))
        async with Bot(tg.token, session=session) as bot:
            with pytest.raises(TelegramForbiddenError, match="bot can't initiate conversation with a user"):
                await bot.send_message(ANNA, "x")
            await tg.does(ANNA, "text", text="/start")
            with pytest.raises(TelegramBadRequest, match="message text is empty"):
                await bot.send_message(ANNA, "")
            await tg.post("/faults", on="telegram", method="sendMessage", error=429, retry_after=17)
            with pytest.raises(TelegramRetryAfter) as flood:
                await bot.send_message(ANNA, "x")
            assert flood.value.retry_after == 17
