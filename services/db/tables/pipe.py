"""The pipe: what comes in, who stands where, what is shown, what leaves."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from services.db.tables.base import Serial, metadata, only

inbox = Table(
    "inbox",
    metadata,
    Column("seq", Serial, primary_key=True, autoincrement=True),
    Column("source", Text, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("lane", Text, nullable=False),
    Column("body", LargeBinary),  # sealed; only while the event waits or is dead
    Column("due_at", Double, nullable=False, server_default="0"),  # cabinet time: timers
    Column("retry_at", Double, nullable=False, server_default="0"),  # machine time: back-off
    Column("state", SmallInteger, nullable=False, server_default="0"),  # 0 waiting, 1 done, 2 dead
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("error", Text),
    Column("at", Double, nullable=False, server_default="0"),
    UniqueConstraint("source", "event_id"),
    Index("ix_inbox_waiting", "lane", "seq", **only("state = 0")),
    Index("ix_inbox_due", "due_at", **only("state = 0")),
    Index("ix_inbox_dead", "seq", **only("state = 2")),
)

lane = Table(  # one row per lane: the lock, and the dialog's state beside it
    "lane",
    metadata,
    Column("lane", Text, primary_key=True),
    Column("state", LargeBinary),  # sealed JSON of `fsm.storage`
)

screen = Table(  # the outbox of screens: dirty while version > shown
    "screen",
    metadata,
    Column("lane", Text, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("body", LargeBinary),  # sealed; empty as soon as it is shown
    Column("version", Integer, nullable=False, server_default="1"),
    Column("shown", Integer, nullable=False, server_default="0"),
    Column("anew", Integer, nullable=False, server_default="0"),  # the newest version that has to stand at the bottom
    Column("sending", Integer, nullable=False, server_default="0"),  # at-most-once only: committed before the call
    Column("message_id", BigInteger),
    Column("keyboard_id", BigInteger),  # the message that carries the contact button
    Column("due_at", Double, nullable=False, server_default="0"),  # machine time
    Index("ix_screen_dirty", "due_at", **only("version > shown")),
)

outbox = Table(  # everything else that leaves
    "outbox",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("dedup", Text, nullable=False, unique=True),
    Column("channel", Text, nullable=False),  # telegram, core, sms, mail
    Column("lane", Text, nullable=False),
    Column("chat_id", BigInteger, nullable=False, server_default="0"),
    Column("body", LargeBinary),  # sealed; wiped when sent
    Column("at_most_once", Boolean, nullable=False, server_default=text("false")),
    Column("due_at", Double, nullable=False, server_default="0"),  # machine time
    Column("expires_at", Double),  # machine time
    Column("state", SmallInteger, nullable=False, server_default="0"),  # see services.db.pipe.Sent
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("error", Text),
    Column("at", Double, nullable=False, server_default="0"),
    Index("ix_outbox_new", "due_at", "id", **only("state = 0")),
    Index("ix_outbox_dead", "id", **only("state = 2")),
)

meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))
