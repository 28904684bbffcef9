"""What a client is reminded of: when to look at whom, what was said, and what each client wants of it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, LargeBinary, SmallInteger, Table, Text, text

from services.db.tables.base import NEVER_AGAIN, Instant, Serial, metadata, only

term = Table(  # an index of days: on which of them somebody has to be looked at, and who; the truth is where `owner` is
    "term",
    metadata,
    Column("owner", Text, primary_key=True),  # what the day was read from: policy:<core id>, claim:<id>, note:<id>
    Column("kind", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("day", Date, nullable=False),
    Column("client_id", Text, nullable=False, index=True),
    Column("slot", Text, nullable=False),  # the client's zone, so that one statement finds all of one morning
    Index("ix_term_due", "kind", "slot", "day", "client_id"),
)

wake = Table(  # a moment at which a client is looked at
    "wake",
    metadata,
    Column("client_id", Text, primary_key=True),
    Column("at", Instant, primary_key=True),
    Column("claimed_at", Instant),
    Index("ix_wake_due", "at", "client_id", **only("claimed_at is null")),
    Index("ix_wake_claimed", "claimed_at", **only("claimed_at is not null")),
)

reminder = Table(  # the journal: what was said, each key once
    "reminder",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False, unique=True),
    Column("client_id", Text, nullable=False),
    Column("kind", Text, nullable=False),  # see services.reminders.values.Kind
    Column("subject", Text, nullable=False),
    Column("thing", Text, nullable=False),  # what it is about: an urgent word on it makes a routine one needless
    Column("day", Date, nullable=False),
    Column("step", Integer, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("moment", Instant, nullable=False),  # when it was due
    Column("said_at", Instant, nullable=False),
    Column("fallen_at", Instant),  # it went by mail or SMS, for the chat was shut
    Index("ix_reminder_client", "client_id", "said_at"),
)

choice = Table(  # what a client wants of reminders; no row: everything as it is by default
    "choice",
    metadata,
    Column("client_id", Text, primary_key=True),
    Column("zone", Text, nullable=False),
    Column("chosen", Boolean, nullable=False),  # by the client; else it is guessed by the plates of their cars
    Column("quiet_from", SmallInteger, nullable=False, server_default="21"),
    Column("quiet_to", SmallInteger, nullable=False, server_default="9"),
    Column("off", Text, nullable=False, server_default="[]"),  # JSON: kinds that are not wanted
    Column("mail", Boolean, nullable=False, server_default=text("true")),
    Column("sms", Boolean, nullable=False, server_default=text("true")),
)

note = Table(  # a reminder of the client's own
    "note",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("client_id", Text, nullable=False),
    Column("account_id", BigInteger, nullable=False),
    Column("draft", Text, nullable=False, unique=True),  # the event that made it: a step that runs twice makes one
    Column("subject", Text, nullable=False),  # policy:<id>, claim:<id>, or nothing
    Column("day", Date, nullable=False),
    Column("text_sealed", LargeBinary, nullable=False),
    Index("ix_note_client", "client_id", "day"),
    **NEVER_AGAIN,
)

hush = Table(  # a cause that is not to be spoken of: for a while, or no more
    "hush",
    metadata,
    Column("client_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("until", Instant),  # empty: no more
    Column("since", Instant, nullable=False),
)
