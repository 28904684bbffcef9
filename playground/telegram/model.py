"""What Telegram remembers: bots, users, chats, messages. Each is one document of the store."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field


class Webhook(BaseModel):
    """Settings of setWebhook, and what getWebhookInfo tells about the deliveries."""

    url: str
    secret: str = ""
    max_connections: int = 40
    last_error_date: int | None = None
    last_error_message: str | None = None


class Bot(BaseModel):
    """A bot with its token; `texts`, `commands` and `menus` are what it told about itself, by scope and language."""

    id: int
    token: str
    username: str
    first_name: str
    webhook: Webhook | None = None
    allowed_updates: list[str] | None = None
    next_update: int
    texts: dict[str, str] = Field(default_factory=dict)
    commands: dict[str, list[dict[str, str]]] = Field(default_factory=dict)
    menus: dict[str, dict[str, Any]] = Field(default_factory=dict)


class User(BaseModel):
    """A person of this world. `phone` (E.164) is what the contact button shares; `story` is for whoever plays them.

    `post` is what an employee does at the insurer's (Russian); nobody else has one.
    """

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    phone: str | None = None
    story: str = ""
    post: str = ""
    deactivated: bool = False

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name


class Topic(BaseModel):
    """A topic of the staff forum; its id is that of the service message which opened it."""

    id: int
    name: str
    icon_color: int = 0x6FB9F0
    icon_custom_emoji_id: str | None = None
    closed: bool = False
    deleted: bool = False

    @property
    def seen(self) -> dict[str, Any]:
        """Name and icon as the Bot API shows them."""
        icon = {"icon_custom_emoji_id": self.icon_custom_emoji_id} if self.icon_custom_emoji_id else {}
        return {"name": self.name, "icon_color": self.icon_color} | icon


class Keyboard(BaseModel):
    """The reply keyboard a client shows under the chat, and the message that brought it."""

    message: int
    rows: list[list[dict[str, Any]]]
    one_time: bool = False
    placeholder: str = ""


class Toast(BaseModel):
    """What answerCallbackQuery showed `user` for a moment (or as an alert). `changed` is the chat's cursor then."""

    id: int
    user: int = 0
    text: str
    alert: bool
    date: int
    changed: int


class Action(BaseModel):
    """ "typing…" and its like: shown until `until`, seconds of the world's clock."""

    kind: str
    until: float


class Chat(BaseModel):
    """A private chat of one bot and one user, or a staff group. `cursor` grows with every change in it.

    Of a group: `members` are statuses by user (bots too), `anonymous` the administrators who write as the group, `rights` what an
    administrator may, where it is not what is usual; `rank` is its place among the groups, which an upgrade does not change.
    """

    key: str
    id: int
    kind: Literal["private", "supergroup"]
    bot: int = 0
    title: str = ""
    started: bool = False
    blocked: bool = False
    cursor: int = 0
    keyboard: Keyboard | None = None
    toasts: list[Toast] = Field(default_factory=list)
    action: Action | None = None
    pinned: list[int] = Field(default_factory=list)
    members: dict[int, str] = Field(default_factory=dict)
    anonymous: list[int] = Field(default_factory=list)
    rights: dict[int, list[str]] = Field(default_factory=dict)
    rank: int = 0
    topics: dict[int, Topic] = Field(default_factory=dict)
    migrated_to: int | None = None


class Message(BaseModel):
    """One message. `body` holds its content in the Bot API's fields; `markup` its inline keyboard, if it has one.

    `anonymous`: written in the group's own name. `quote` is the part of the answered message that was quoted (a TextQuote);
    `external` answers a message of another chat or topic: (its chat's key, its number). `copied_from` is the chat it came from.
    """

    id: int
    chat: str
    date: int
    sender: int
    body: dict[str, Any]
    by_bot: bool = False
    anonymous: bool = False
    reply_to: int | None = None
    quote: dict[str, Any] | None = None
    external: tuple[str, int] | None = None
    copied_from: str = ""
    thread: int | None = None
    markup: dict[str, Any] | None = None
    edited: int | None = None
    deleted: bool = False
    reactions: list[dict[str, Any]] = Field(default_factory=list)
    changed: int = 0

    @property
    def service(self) -> bool:
        """Is it a note of Telegram about the chat (a topic was opened, a message was pinned)?"""
        return bool(SERVICE_FIELDS & self.body.keys())


class Callback(BaseModel):
    """A tap on an inline button that waits for answerCallbackQuery."""

    id: str
    bot: int
    chat: str
    user: int
    date: float


SERVICE_FIELDS = {
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_closed",
    "forum_topic_reopened",
    "pinned_message",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "new_chat_members",
    "left_chat_member",
}

PRESENT = ("creator", "administrator", "member")
"""Statuses of whoever is in a group."""
USUAL_RIGHTS = ("can_manage_chat", "can_delete_messages", "can_pin_messages", "can_manage_topics", "can_invite_users")
"""What an administrator may, unless the group says otherwise."""

COLOURS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)
"""Colours of a topic's icon."""
ICONS = {
    "5312536423851630001": "💡",
    "5312016608254762256": "💬",
    "5377316857231450742": "❓",
    "5379748062124056162": "❗️",
    "5357121491508928442": "👀",
    "5237699328843200968": "✅",
    "5309832892262654231": "🤖",
}
"""Emoji a topic may have as its icon, by the number of the sticker."""
