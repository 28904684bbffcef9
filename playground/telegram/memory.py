"""Telegram's memory: the documents of `model` at hand in dictionaries, every change written to the store at once."""

from __future__ import annotations

import random
from collections import defaultdict

from playground.telegram.model import Bot, Callback, Chat, Message, Toast, User
from playground.world import World

STAFF_CHAT = -1002000000001
"""The first staff group before any upgrade; later ones are numbered downwards from it."""
_FIRST_IN_GROUP = 2  # message 1 of a forum is its General topic
_TOASTS_KEPT = 50
_CALLBACKS_KEPT = 1000


class Memory:
    """Who and what there is. Reading is plain dictionary access; writing goes through the methods."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.bots: dict[int, Bot] = {}
        self.users: dict[int, User] = {}
        self.chats: dict[str, Chat] = {}
        self.messages: dict[str, dict[int, Message]] = defaultdict(dict)
        self.callbacks: dict[str, Callback] = {}
        self._last_id: dict[str, int] = defaultdict(int)
        self.random = random.Random(world.settings.seed)

    def load(self) -> None:
        """Read back what an earlier run wrote."""
        store = self.world.store
        self.random = random.Random(self.world.settings.seed)
        self.bots = {bot.id: bot for bot in map(Bot.model_validate, store.all("tg.bot").values())}
        self.users = {user.id: user for user in map(User.model_validate, store.all("tg.user").values())}
        self.chats = {chat.key: chat for chat in map(Chat.model_validate, store.all("tg.chat").values())}
        self.callbacks = {call.id: call for call in map(Callback.model_validate, store.all("tg.callback").values())}
        self.messages.clear()
        self._last_id.clear()
        for chat in self.chats.values():
            for message in map(Message.model_validate, store.all(f"tg.message/{chat.key}").values()):
                self.messages[chat.key][message.id] = message
                self._last_id[_series(chat)] = max(self._last_id[_series(chat)], message.id)

    def now(self) -> int:
        """The world's time as Telegram writes it: whole seconds."""
        return int(self.world.clock.time())

    def keep_bot(self, bot: Bot) -> Bot:
        """Remember a bot, new or changed."""
        self.bots[bot.id] = bot
        self.world.store.put("tg.bot", bot.id, bot.model_dump())
        return bot

    def keep_user(self, user: User) -> User:
        """Remember a user, new or changed."""
        self.users[user.id] = user
        self.world.store.put("tg.user", user.id, user.model_dump())
        return user

    def keep_chat(self, chat: Chat) -> Chat:
        """Remember a chat whose state changed, and tell the open pages."""
        chat.cursor += 1
        self.chats[chat.key] = chat
        self.world.store.put("tg.chat", chat.key, chat.model_dump(mode="json"))
        if chat.kind == "private":
            self.world.live.publish("chat", user=chat.id, bot=chat.bot)
        else:
            self.world.live.publish("staff", chat=chat.id)
        return chat

    def keep_message(self, chat: Chat, message: Message) -> Message:
        """Remember a message, new or changed; the chat's cursor moves."""
        message.changed = chat.cursor + 1
        self.messages[chat.key][message.id] = message
        self.world.store.put(f"tg.message/{chat.key}", message.id, message.model_dump(mode="json"))
        self.keep_chat(chat)
        return message

    def keep_callback(self, callback: Callback) -> None:
        """Remember a tap until it is answered."""
        self.callbacks[callback.id] = callback
        if len(self.callbacks) > _CALLBACKS_KEPT:
            self.drop_callback(next(iter(self.callbacks)))
        self.world.store.put("tg.callback", callback.id, callback.model_dump())

    def drop_callback(self, callback_id: str) -> None:
        """A tap is answered, or too old."""
        self.callbacks.pop(callback_id, None)
        self.world.store.drop("tg.callback", callback_id)

    def toast(self, chat: Chat, user: int, text: str, *, alert: bool) -> None:
        """Show somebody a short notice over the chat."""
        last = chat.toasts[-1].id if chat.toasts else 0
        shown = Toast(id=last + 1, user=user, text=text, alert=alert, date=self.now(), changed=chat.cursor + 1)
        chat.toasts.append(shown)
        del chat.toasts[:-_TOASTS_KEPT]
        self.keep_chat(chat)

    def next_id(self, chat: Chat) -> int:
        """The next message_id. All private chats of a bot share one numbering, as they do in Telegram."""
        series = _series(chat)
        first = 1 if chat.kind == "private" else _FIRST_IN_GROUP
        self._last_id[series] = max(self._last_id[series] + 1, first)
        return self._last_id[series]

    def private(self, bot: Bot, user: User) -> Chat:
        """The chat of a bot and a user; made on first use."""
        key = f"{bot.id}:{user.id}"
        return self.chats.get(key) or self.keep_chat(Chat(key=key, id=user.id, kind="private", bot=bot.id))

    def group(self, chat_id: int) -> Chat | None:
        """A group by its id."""
        return self.chats.get(str(chat_id))

    def groups(self) -> list[Chat]:
        """The groups there are, in the order they were made; those that got another id count once, as what they became."""
        found = (chat for chat in self.chats.values() if chat.kind == "supergroup" and chat.migrated_to is None)
        return sorted(found, key=lambda chat: chat.rank)

    def today(self, group: Chat) -> Chat:
        """What a group has become."""
        while group.migrated_to is not None:
            group = self.chats[str(group.migrated_to)]
        return group

    def move(self, old: Chat, new: Chat) -> None:
        """Every message of one group becomes the other's, under its old number."""
        kept = self.messages.pop(old.key, {})
        with self.world.store.together():
            for number, message in kept.items():
                message.chat = new.key
                self.world.store.drop(f"tg.message/{old.key}", number)
                self.world.store.put(f"tg.message/{new.key}", number, message.model_dump(mode="json"))
        self.messages[new.key] = kept
        self._last_id[_series(new)] = self._last_id[_series(old)]

    def living(self, chat: Chat, message_id: int) -> Message | None:
        """A message that was not deleted."""
        message = self.messages[chat.key].get(message_id)
        return None if message is None or message.deleted else message

    def by_token(self, token: str) -> Bot | None:
        """The bot that has this token."""
        return next((bot for bot in self.bots.values() if bot.token == token), None)


def _series(chat: Chat) -> str:
    return f"bot {chat.bot}" if chat.kind == "private" else chat.key
