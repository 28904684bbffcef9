"""What a person does in a chat becomes messages and updates."""

from __future__ import annotations

from typing import Any

from playground.person import said
from playground.person.asks import Contact
from playground.refusal import NoError
from playground.telegram import wire
from playground.telegram.hub import Telegram
from playground.telegram.model import Bot, Callback, Chat, Message, User
from playground.telegram.updates import CALLBACK_LIFE

Done = dict[str, Any]


class Hand:
    """One person at one bot's chat. Everything returns what happened: `message_id`, `update_id`."""

    def __init__(self, hub: Telegram, bot: Bot, user: User) -> None:
        self.hub = hub
        self.memory = hub.memory
        self.bot = bot
        self.user = user
        self.chat: Chat = self.memory.private(bot, user)

    def text(self, text: str, reply_to: int | None = None) -> Done:
        """Types a message or a command; Telegram's clients send a long one as several."""
        return several([self.say(body, reply_to=reply_to) for body in said.texts(text)])

    def shown(self) -> list[Message]:
        """What stands in the chat."""
        return list(self.memory.messages[self.chat.key].values())

    def say(self, body: dict[str, Any], reply_to: int | None = None) -> Done:
        """Any content as a message of the person."""
        if self.chat.blocked:
            raise NoError(409, "this person has blocked the bot", f"POST /client/{self.user.id}/unblock")
        if reply_to is not None and self.memory.living(self.chat, reply_to) is None:
            raise NoError(404, f"there is no message {reply_to} to answer")
        self.chat.started = True
        message = Message(
            id=self.memory.next_id(self.chat),
            chat=self.chat.key,
            date=self.memory.now(),
            sender=self.user.id,
            body=body,
            reply_to=reply_to,
        )
        self.memory.keep_message(self.chat, message)
        return {"message_id": message.id, "update_id": self._update("message", message)}

    def edit(self, message_id: int, text: str) -> Done:
        """Changes an own message: its text, or its caption."""
        message = self.memory.living(self.chat, message_id)
        if message is None or message.sender != self.user.id:
            raise NoError(404, f"there is no own message {message_id}", "a person edits only what they wrote")
        said.rewrite(message, text)
        message.edited = self.memory.now()
        self.memory.keep_message(self.chat, message)
        return {"message_id": message.id, "update_id": self._update("edited_message", message)}

    def contact(self, *, asked_by: int | None = None) -> Done:
        """Shares the own number; `asked_by` is the message whose button asked for it."""
        if not self.user.phone:
            raise NoError(409, "this person has no phone", 'POST /client/users {"id": ..., "phone": "+7..."}')
        card = {
            # Telegram's clients give the number without "+" as often as with it
            "phone_number": self.user.phone.removeprefix("+"),
            "first_name": self.user.first_name,
            "user_id": self.user.id,
        } | ({"last_name": self.user.last_name} if self.user.last_name else {})
        return self.say({"contact": card}, reply_to=asked_by)

    def card(self, asked: Contact) -> Done:
        """Sends somebody else's card, or (`forwarded`) one that went through other hands."""
        card = {"phone_number": asked.phone, "first_name": asked.first_name}
        card |= asked.model_dump(include={"last_name", "user_id", "vcard"}, exclude_none=True)
        origin = {"type": "hidden_user", "sender_user_name": asked.first_name, "date": self.memory.now()}
        return self.say({"contact": card} | ({"forward_origin": origin} if asked.forwarded else {}))

    def press(self, message_id: int, data: str) -> Done:
        """Presses an inline button with this data, whether or not the message has one."""
        if self.chat.blocked:
            raise NoError(409, "this person has blocked the bot", f"POST /client/{self.user.id}/unblock")
        query = Callback(
            id=str(self.memory.random.randrange(10**17, 10**18)),
            bot=self.bot.id,
            chat=self.chat.key,
            user=self.user.id,
            date=self.hub.world.clock.time(),
        )
        self.memory.keep_callback(query)
        update_id = self.hub.updates.add(
            self.bot,
            "callback_query",
            {
                "id": query.id,
                "from": wire.user(self.user),
                "message": wire.maybe_inaccessible(self.memory, self.chat, message_id, self.bot),
                "chat_instance": str(-(10**18) - self.user.id),
                "data": data,
            },
            lane=f"user {self.user.id}",
            life=CALLBACK_LIFE,
        )
        return {"message_id": message_id, "update_id": update_id, "callback_query_id": query.id, "data": data}

    def block(self, *, blocked: bool) -> Done:
        """Stops the bot, or lets it in again; the bot hears of it as my_chat_member."""
        if self.chat.blocked == blocked:
            raise NoError(409, "the bot is blocked already" if blocked else "the bot is not blocked")
        was, now = ("kicked", "member")[blocked], ("member", "kicked")[blocked]
        self.chat.blocked = blocked
        self.memory.keep_chat(self.chat)
        update_id = self.hub.updates.add(
            self.bot,
            "my_chat_member",
            {
                "chat": wire.chat(self.memory, self.chat),
                "from": wire.user(self.user),
                "date": self.memory.now(),
                "old_chat_member": _status(self.bot, was),
                "new_chat_member": _status(self.bot, now),
            },
            lane=f"membership {self.chat.id}",
        )
        return {"update_id": update_id}

    def _update(self, kind: str, message: Message) -> int | None:
        content = wire.message(self.memory, self.chat, message, self.bot)
        return self.hub.updates.add(self.bot, kind, content, lane=f"chat {self.chat.id}")


def several(done: list[Done]) -> Done:
    """The outcome of one deed that may have become several messages."""
    return done[0] | ({"message_ids": [one["message_id"] for one in done]} if len(done) > 1 else {})


def _status(bot: Bot, status: str) -> dict[str, Any]:
    until = {"until_date": 0} if status == "kicked" else {}
    return {"status": status, "user": wire.bot_user(bot)} | until
