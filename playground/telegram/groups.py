"""Groups: who is in one and what they may, who hears what is said there, and how a group changes under a bot's feet.

Which updates a bot gets was read from telegram-bot-api's Client.cpp (`need_skip_update_message`, `add_update_chat_member`).
"""

from __future__ import annotations

from typing import Any

from playground.telegram import wire
from playground.telegram.memory import STAFF_CHAT, Memory
from playground.telegram.model import COLOURS, PRESENT, USUAL_RIGHTS, Bot, Chat, Message, Topic
from playground.telegram.updates import Updates

_UPGRADED = STAFF_CHAT - 1000  # ids of groups that got another one begin below it
_OF_ITS_OWN = {
    "pinned_message",
    "left_chat_member",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_closed",
    "forum_topic_reopened",
}
"""A bot hears nothing of what it writes itself, but it does of these notes that its deeds leave behind."""


def status(place: Chat, user_id: int) -> str:
    """`creator`, `administrator`, `member`, `left` or `kicked`."""
    return place.members.get(user_id, "left")


def is_present(place: Chat, user_id: int) -> bool:
    """Is somebody in the group?"""
    return status(place, user_id) in PRESENT


def leads(place: Chat, user_id: int) -> bool:
    """Is somebody an administrator, or whoever made the group?"""
    return status(place, user_id) in ("creator", "administrator")


def may(place: Chat, user_id: int, right: str) -> bool:
    """Has somebody this right of an administrator?"""
    if status(place, user_id) == "creator":
        return True
    return leads(place, user_id) and right in place.rights.get(user_id, USUAL_RIGHTS)


class Groups:
    """Everything about groups that bots hear of."""

    def __init__(self, memory: Memory, updates: Updates) -> None:
        self._memory = memory
        self._updates = updates

    def open(self, title: str, members: dict[int, str], anonymous: list[int]) -> Chat:
        """A new forum with these people; every bot is told that it was made an administrator of it."""
        rank = len({chat.rank for chat in self._memory.chats.values() if chat.kind == "supergroup"})
        number = STAFF_CHAT - rank
        place = Chat(key=str(number), id=number, kind="supergroup", title=title, rank=rank)
        place.members, place.anonymous = dict(members), list(anonymous)
        self._memory.keep_chat(place)
        creator = next((number for number, held in members.items() if held == "creator"), 0)
        for bot in list(self._memory.bots.values()):
            self.set_status(place, bot.id, "administrator", by=creator)
        return place

    def tell(self, place: Chat, kind: str, message: Message) -> dict[int, int]:
        """The bots that hear of a message get an update of `kind`: its number by the bot's id."""
        told = {}
        for bot in list(self._memory.bots.values()):
            if not self._hears(place, message, bot):
                continue
            content = wire.message(self._memory, place, message, bot)
            update_id = self._updates.add(bot, kind, content, lane=f"chat {place.id}")
            if update_id is not None:
                told[bot.id] = update_id
        return told

    def note(
        self, place: Chat, body: dict[str, Any], *, sender: int, thread: int | None = None, number: int | None = None
    ) -> None:
        """A service message of the chat: what `sender` did to it. `number` is its id, if that was given out already."""
        note = Message(
            id=self._memory.next_id(place) if number is None else number,
            chat=place.key,
            date=self._memory.now(),
            sender=sender,
            by_bot=sender in self._memory.bots,
            anonymous=sender in place.anonymous,
            thread=thread,
            body=body,
        )
        self._memory.keep_message(place, note)
        self.tell(place, "message", note)

    def open_topic(
        self, place: Chat, name: str, *, sender: int, colour: int = COLOURS[0], icon: str | None = None
    ) -> Topic:
        """A new topic; the note that opens it gives it its number."""
        topic = Topic(id=self._memory.next_id(place), name=name, icon_color=colour, icon_custom_emoji_id=icon)
        place.topics[topic.id] = topic
        self.note(place, {"forum_topic_created": topic.seen}, sender=sender, thread=topic.id, number=topic.id)
        return topic

    def set_closed(self, place: Chat, topic: Topic, *, closed: bool, sender: int) -> None:
        """Only administrators may write there, or everybody again."""
        topic.closed = closed
        self.note(
            place, {"forum_topic_closed" if closed else "forum_topic_reopened": {}}, sender=sender, thread=topic.id
        )

    def delete_topic(self, place: Chat, topic: Topic) -> None:
        """The topic goes with all its messages. No bot is told."""
        topic.deleted = True
        for message in list(self._memory.messages[place.key].values()):
            if message.thread == topic.id and not message.deleted:
                message.deleted = True
                if message.id in place.pinned:
                    place.pinned.remove(message.id)
                self._memory.keep_message(place, message)

    def set_status(self, place: Chat, user_id: int, now: str, *, by: int, rights: list[str] | None = None) -> None:
        """Somebody (a bot too) joins, leaves, is made an administrator (with these rights, or the usual ones) or is none any more."""
        memory = self._memory
        before = wire.member(memory, place, user_id)
        was_here = is_present(place, user_id)
        comes, goes = now in PRESENT and not was_here, was_here and now not in PRESENT
        who = wire.sender(memory, user_id)
        if goes:  # whoever goes still hears of that
            self.note(place, {"left_chat_member": who}, sender=user_id if now == "left" else by)
        place.members[user_id] = now
        place.rights.pop(user_id, None)
        if rights is not None:
            place.rights[user_id] = rights
        if now != "administrator" and user_id in place.anonymous:
            place.anonymous.remove(user_id)
        memory.keep_chat(place)
        self._announce(place, user_id, before, by)
        if comes:
            self.note(place, {"new_chat_members": [who]}, sender=by)

    def set_anonymous(self, place: Chat, user_id: int, *, anonymous: bool) -> None:
        """An administrator writes in the group's name from now on, or in their own."""
        kept = [number for number in place.anonymous if number != user_id]
        place.anonymous = [*kept, user_id] if anonymous else kept
        self._memory.keep_chat(place)

    def upgrade(self, place: Chat, *, by: int, keep: bool) -> Chat:
        """The group gets another id. With `keep` its topics move along under their numbers, else the new one is empty."""
        memory = self._memory
        taken = sum(chat.id <= _UPGRADED for chat in memory.chats.values() if chat.kind == "supergroup")
        number = _UPGRADED - taken
        fresh = place.model_copy(update={"key": str(number), "id": number}, deep=True)
        self.note(place, {"migrate_to_chat_id": number}, sender=by)
        memory.move(place, fresh)
        fresh.cursor = place.cursor
        if not keep:
            for message in memory.messages[fresh.key].values():
                message.deleted = True
            fresh.topics, fresh.pinned = {}, []
        place.migrated_to, place.topics, place.pinned = number, {}, []
        memory.keep_chat(place)
        memory.keep_chat(fresh)
        self.note(fresh, {"migrate_from_chat_id": place.id}, sender=by)
        return fresh

    def _announce(self, place: Chat, user_id: int, before: dict[str, Any], by: int) -> None:
        """`my_chat_member` to the bot it is about; `chat_member` to the administrators among the bots that asked for it."""
        memory = self._memory
        after = wire.member(memory, place, user_id)
        if before == after:
            return
        for bot in list(memory.bots.values()):
            mine = bot.id == user_id
            if not mine and not leads(place, bot.id):
                continue
            change = {
                "chat": wire.chat(memory, place),
                "from": wire.sender(memory, by),
                "date": memory.now(),
                "old_chat_member": before,
                "new_chat_member": after,
            }
            lane = f"membership {place.id if mine else user_id}"
            self._updates.add(bot, "my_chat_member" if mine else "chat_member", change, lane=lane)

    def _hears(self, place: Chat, message: Message, bot: Bot) -> bool:
        """Administrators hear all people; a mere member only what concerns it (privacy mode); no bot hears another one."""
        if place.kind == "private":
            return place.bot == bot.id and bool(_OF_ITS_OWN & message.body.keys())
        if not is_present(place, bot.id):
            return False
        if message.by_bot:
            return bool(_OF_ITS_OWN & message.body.keys()) if message.sender == bot.id else message.service
        if message.service or leads(place, bot.id):
            return True
        text = str(message.body.get("text", message.body.get("caption", "")))
        answered = self._memory.living(place, message.reply_to) if message.reply_to else None
        mine = answered is not None and answered.sender == bot.id
        return mine or text.startswith("/") or f"@{bot.username}" in text
