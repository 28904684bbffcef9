"""Methods about the bot itself (who it is, its commands, its menu button) and about files."""

from __future__ import annotations

import json
import re
from typing import Any

from playground.telegram import wire
from playground.telegram.files import MAX_DOWNLOAD
from playground.telegram.hub import Call, Method
from playground.telegram.refusals import bad

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_MAX_COMMANDS = 100
_DEFAULT_MENU = {"type": "commands"}


async def get_me(call: Call) -> Any:
    """The bot as a User, with what it may do."""
    return wire.bot_user(call.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def log_out(call: Call) -> Any:
    """Leaving for a local server: there is none here, so it only says yes."""
    return True


async def get_file(call: Call) -> Any:
    """Where to download a file from; not more than 20 MiB."""
    file_id = call.params.text("file_id")
    file = call.hub.files.find(call.bot.id, file_id)
    if file is None:
        known = call.hub.files.get(file_id[-16:]) if len(file_id) > 16 else None
        raise bad("wrong file_id or the file is temporarily unavailable" if known else "invalid file_id")
    if file.size > MAX_DOWNLOAD:
        raise bad("file is too big")
    return {
        "file_id": file_id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }


async def set_my_commands(call: Call) -> Any:
    """The list of commands for a scope and a language."""
    commands = call.params.objects("commands", "BotCommand")
    if len(commands) > _MAX_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    kept = []
    for command in commands:
        name = str(command.get("command", "")).removeprefix("/").lower()
        description = str(command.get("description", "")).strip()
        if not _COMMAND.fullmatch(name):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(description) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        kept.append({"command": name, "description": description})
    call.bot.commands[_scope(call)] = kept
    call.memory.keep_bot(call.bot)
    return True


async def get_my_commands(call: Call) -> Any:
    """The list for exactly this scope and language."""
    return call.bot.commands.get(_scope(call), [])


async def delete_my_commands(call: Call) -> Any:
    """No list for this scope and language."""
    call.bot.commands.pop(_scope(call), None)
    call.memory.keep_bot(call.bot)
    return True


def _scope(call: Call) -> str:
    """Scope and language as one key."""
    scope = call.params.json("scope", "bot command scope") or {"type": "default"}
    return json.dumps(scope, sort_keys=True) + "/" + call.params.text("language_code")


def _setter(name: str, limit: int) -> Method:
    async def set_text(call: Call) -> Any:
        text = call.params.text(name).strip()
        if len(text) > limit:
            raise bad(f"{name.upper()}_TOO_LONG")
        call.bot.texts[f"{name}/{call.params.text('language_code')}"] = text
        call.bot.texts = {key: value for key, value in call.bot.texts.items() if value}
        call.memory.keep_bot(call.bot)
        return True

    return set_text


def _getter(name: str) -> Method:
    async def get_text(call: Call) -> Any:
        default = call.bot.first_name if name == "name" else ""
        texts = call.bot.texts
        return {name: texts.get(f"{name}/{call.params.text('language_code')}", texts.get(f"{name}/", default))}

    return get_text


async def set_chat_menu_button(call: Call) -> Any:
    """The button beside the input field, for one chat or for all."""
    button = call.params.json("menu_button", "menu button") or _DEFAULT_MENU
    if not isinstance(button, dict):
        raise bad("Object expected as menu button")
    call.bot.menus[call.params.text("chat_id")] = button
    call.memory.keep_bot(call.bot)
    return True


async def get_chat_menu_button(call: Call) -> Any:
    """The chat's own menu button, else that of all chats."""
    menus = call.bot.menus
    return menus.get(call.params.text("chat_id"), menus.get("", _DEFAULT_MENU))


METHODS = {
    "getMe": get_me,
    "logOut": log_out,
    "close": log_out,
    "getFile": get_file,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _setter("name", 64),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description", 512),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description", 120),
    "getMyShortDescription": _getter("short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
