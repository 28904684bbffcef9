"""What an employee does in a topic becomes messages, and updates for the bots of the group."""

from __future__ import annotations

from typing import Any

from playground.person import said
from playground.person.deeds import Done, several
from playground.refusal import NoError
from playground.telegram import wire
from playground.telegram.groups import is_present, leads
from playground.telegram.hub import CABINET, Telegram
from playground.telegram.model import Bot, Callback, Chat, Message, Topic, User
from playground.telegram.spans import units
from playground.telegram.updates import CALLBACK_LIFE


class Operator:
    """One employee in one topic of a group; no topic is General. Everything returns what happened, as `person.deeds.Hand` does."""

    def __init__(self, hub: Telegram, group: Chat, user: User, topic: Topic | None) -> None:
        if not is_present(group, user.id):
            raise NoError(403, f"{user.name} is not in the group", "POST /staff/promote lets somebody in")
        self.hub = hub
        self.memory = hub.memory
        self.chat = group
        self.user = user
        self.topic = topic

    @property
    def thread(self) -> int | None:
        """The topic's number."""
        return self.topic.id if self.topic else None

    def shown(self) -> list[Message]:
        """What stands in the topic."""
        return [message for message in self.memory.messages[self.chat.key].values() if message.thread == self.thread]

    def text(self, text: str, reply_to: int | None = None, quote: str | None = None) -> Done:
        """Types a message; a long one becomes several."""
        return several([self.say(body, reply_to, quote) for body in said.texts(text)])

    def say(self, body: dict[str, Any], reply_to: int | None = None, quote: str | None = None) -> Done:
        """Any content as a message of the employee."""
        if self.topic is not None and self.topic.closed and not leads(self.chat, self.user.id):
            raise NoError(409, f"the topic «{self.topic.name}» is closed", "only administrators write there")
        answered = self._living(reply_to) if reply_to is not None else None
        message = Message(
            id=self.memory.next_id(self.chat),
            chat=self.chat.key,
            date=self.memory.now(),
            sender=self.user.id,
            anonymous=self.user.id in self.chat.anonymous,
            body=body,
            reply_to=reply_to,
            quote=_quoted(answered, quote),
            thread=self.thread,
        )
        self.memory.keep_message(self.chat, message)
        return self._told("message", message)

    def edit(self, message_id: int, text: str) -> Done:
        """Changes an own message: its text, or its caption."""
        message = self._own(message_id)
        said.rewrite(message, text)
        message.edited = self.memory.now()
        self.memory.keep_message(self.chat, message)
        return self._told("edited_message", message)

    def erase(self, message_id: int) -> Done:
        """Deletes an own message, or (an administrator) anybody's. No bot is told."""
        message = self._living(message_id) if leads(self.chat, self.user.id) else self._own(message_id)
        message.deleted = True
        if message.id in self.chat.pinned:
            self.chat.pinned.remove(message.id)
        self.memory.keep_message(self.chat, message)
        return {"message_id": message_id}

    def forward(self, author: User, bot: Bot, message_id: int | None, text: str | None) -> Done:
        """Forwards what `author` wrote to the bot, or (`text`) wrote elsewhere."""
        place = self.memory.private(bot, author)
        if message_id is None:
            (body,) = said.texts(text or "")[:1]
            source = {"type": "user", "sender_user": wire.user(author), "date": self.memory.now()}
            return self.say(body | {"forward_origin": source})
        message = self.memory.living(place, message_id)
        if message is None or message.service:
            raise NoError(404, f"there is no message {message_id} in {author.name}'s chat")
        dropped = ("media_group_id", "forward_origin")
        body = {name: value for name, value in message.body.items() if name not in dropped}
        return self.say(body | {"forward_origin": wire.origin(self.memory, place, message)})

    def press(self, message_id: int, data: str) -> Done:
        """Presses an inline button with this data, whether or not the message has one. Even an anonymous employee is named."""
        message = self.memory.living(self.chat, message_id)
        bot = self.memory.bots.get(message.sender if message else 0, self.memory.bots[CABINET.id])
        query = Callback(
            id=str(self.memory.random.randrange(10**17, 10**18)),
            bot=bot.id,
            chat=self.chat.key,
            user=self.user.id,
            date=self.hub.world.clock.time(),
        )
        self.memory.keep_callback(query)
        content = {
            "id": query.id,
            "from": wire.user(self.user),
            "message": wire.maybe_inaccessible(self.memory, self.chat, message_id, bot),
            "chat_instance": str(-(10**18) + self.chat.id),
            "data": data,
        }
        lane = f"user {self.user.id}"
        update_id = self.hub.updates.add(bot, "callback_query", content, lane=lane, life=CALLBACK_LIFE)
        return {"message_id": message_id, "update_id": update_id, "callback_query_id": query.id, "data": data}

    def contact(self, *, asked_by: int | None = None) -> Done:
        """Nobody shares an own number in a group."""
        raise NoError(409, "a contact is not shared in a group")

    def _living(self, message_id: int) -> Message:
        message = self.memory.living(self.chat, message_id)
        if message is None or message.thread != self.thread:
            raise NoError(404, f"there is no message {message_id} in this topic")
        return message

    def _own(self, message_id: int) -> Message:
        message = self._living(message_id)
        if message.sender != self.user.id:
            raise NoError(404, f"there is no own message {message_id}", "an employee changes only what they wrote")
        return message

    def _told(self, kind: str, message: Message) -> Done:
        told = self.hub.groups.tell(self.chat, kind, message)
        return {"message_id": message.id, "update_id": told.get(CABINET.id), "updates": told}


def _quoted(answered: Message | None, quote: str | None) -> dict[str, Any] | None:
    """A part of the answered text, as a TextQuote. Raises NoError when it is not there."""
    if quote is None:
        return None
    text = str((answered.body.get("text") or answered.body.get("caption") or "") if answered else "")
    if quote not in text:
        raise NoError(409, "the answered message does not say that", "quote a part of it word for word")
    return {"text": quote, "position": units(text[: text.find(quote)]), "is_manual": True}
