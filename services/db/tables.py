"""Every table, once: names and types for the statements, the migrations and the pipe.

Columns named `*_sealed` hold values of `services.vault`. Instants are seconds since the epoch; dates are Moscow dates.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Serial = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite numbers rows by itself only in an INTEGER primary key."""


class Instant(TypeDecorator[datetime]):
    """An aware datetime, stored as seconds since the epoch on both databases."""

    impl = Double
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> float | None:
        return None if value is None else value.timestamp()

    def process_result_value(self, value: float | None, dialect: Any) -> datetime | None:
        return None if value is None else datetime.fromtimestamp(value, UTC)


# -- the pipe ---------------------------------------------------------------------------------------------------------

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
    Index("ix_inbox_waiting", "lane", "seq", sqlite_where=text("state = 0"), postgresql_where=text("state = 0")),
    Index("ix_inbox_due", "due_at", sqlite_where=text("state = 0"), postgresql_where=text("state = 0")),
    Index("ix_inbox_dead", "seq", sqlite_where=text("state = 2"), postgresql_where=text("state = 2")),
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
    Column("message_id", BigInteger),
    Column("keyboard_id", BigInteger),  # the message that carries the contact button
    Column("due_at", Double, nullable=False, server_default="0"),  # machine time
    Index("ix_screen_dirty", "due_at", sqlite_where=text("version > shown"), postgresql_where=text("version > shown")),
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
    Index("ix_outbox_new", "due_at", "id", sqlite_where=text("state = 0"), postgresql_where=text("state = 0")),
    Index("ix_outbox_dead", "id", sqlite_where=text("state = 2"), postgresql_where=text("state = 2")),
)

meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

# -- who talks to us --------------------------------------------------------------------------------------------------

account = Table(  # a Telegram account
    "account",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", Text, nullable=False),
    Column("epoch", Integer, nullable=False, server_default="0"),  # grows with login and logout: old buttons die
    Column("unreachable_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
)

consent = Table(  # one row per answer, never edited but for the withdrawal (152-ФЗ, art. 9)
    "consent",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("account_id", BigInteger, ForeignKey("account.id"), nullable=False, index=True),
    Column("purpose", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("given", Boolean, nullable=False),
    Column("update_id", Text, nullable=False),  # the tap that said it
    Column("at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
)

binding = Table(  # Telegram account ↔ client (A4)
    "binding",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("account_id", BigInteger, ForeignKey("account.id"), nullable=False),
    Column("client_id", Text, nullable=False, index=True),
    Column("bound_at", Instant, nullable=False),
    Column("unlocked_at", Instant),  # empty: a code is needed for more than masked lists
    Column("fresh_at", Instant),  # empty: a new code is needed for personal data in full
    Column("active_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("ended_by", Text),
    Column("name_sealed", LargeBinary),  # what the person is called in Telegram
    Index(
        "uq_binding_live",
        "account_id",
        unique=True,
        sqlite_where=text("ended_at is null"),
        postgresql_where=text("ended_at is null"),
    ),
)

code = Table(  # a one-time code sent, or the wish for it
    "code",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("account_id", BigInteger, nullable=False),
    Column("client_id", Text, nullable=False),
    Column("phone_index", LargeBinary, nullable=False),
    Column("channel", Text, nullable=False),  # sms, mail
    Column("salt", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("tries", SmallInteger, nullable=False, server_default="0"),
    Column("state", Text, nullable=False, server_default="live"),  # live, used, spent, replaced
    Index("ix_code_account", "account_id", "sent_at"),
    Index("ix_code_phone", "phone_index", "sent_at"),
)

strike = Table(  # failures that are counted for a lifetime or a day: by phone (codes) or by account and client (facts)
    "strike",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("scope", Text, nullable=False),
    Column("subject", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_strike_subject", "scope", "subject", "at"),
)

guard = Table(  # one row per phone: locked first, so that parallel logins count one after another
    "guard",
    metadata,
    Column("subject", LargeBinary, primary_key=True),
    Column("touched_at", Instant, nullable=False),
)

# -- what the insurer told us -----------------------------------------------------------------------------------------

client = Table(
    "client",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("phone_index", LargeBinary, index=True),
    Column("phone_status", Text, nullable=False),
    Column("name_sealed", LargeBinary, nullable=False),
    Column("birth_sealed", LargeBinary, nullable=False),
    Column("phone_sealed", LargeBinary),
    Column("email_sealed", LargeBinary),
)

policy = Table(
    "policy",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),  # short enough for a button
    Column("core_id", Text, nullable=False, unique=True),
    Column("client_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("product", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("starts", Date, nullable=False),
    Column("ends", Date, nullable=False),
    Column("part_paid", Boolean, nullable=False),
    Column("number_index", LargeBinary, nullable=False, index=True),
    Column("line_sealed", LargeBinary, nullable=False),  # what a list shows of it, as JSON
    Column("card_sealed", LargeBinary, nullable=False),  # the whole resource as JSON
    Index("ix_policy_client", "client_id", "ends"),
)

document = Table(
    "document",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("core_id", Text, nullable=False, unique=True),
    Column("client_id", Text, nullable=False),
    Column("policy_core_id", Text),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("mime_type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("issued_at", Instant, nullable=False),
    Index("ix_document_client", "client_id", "policy_core_id"),
)

question = Table(  # a question to the human, under our own number
    "question",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("account_id", BigInteger, nullable=False),
    Column("client_id", Text),
    Column("screen", Text),
    Column("text_sealed", LargeBinary),
    Column("answer_sealed", LargeBinary),
    Column("version", Integer, nullable=False, server_default="0"),  # of the answer
    Column("asked_at", Instant, nullable=False),
    Column("answered_at", Instant),
    Index("ix_question_account", "account_id", "id"),
)

# -- what the client asks the insurer for, and pays -------------------------------------------------------------------

application = Table(  # a prolongation on its way: from the check to the new policy (D8–D10)
    "application",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("client_id", Text, nullable=False),
    Column("account_id", BigInteger, nullable=False),  # who began it
    Column("policy_core_id", Text, nullable=False),
    Column("revision", Integer, nullable=False, server_default="1"),  # of what the client entered
    Column("state", Text, nullable=False),  # see services.model.Stage
    Column("core_version", Integer, nullable=False, server_default="0"),
    Column("core_number", Text),  # the insurer's own number, once it has one
    Column("starts", Date, nullable=False),
    Column("ends", Date, nullable=False),
    Column("price", BigInteger),  # kopecks
    Column("entered_sealed", LargeBinary, nullable=False),  # drivers, periods, diagnostic card as JSON
    Column("said_sealed", LargeBinary),  # the insurer's words: wrong fields, comment, reason
    Column("issued_policy", Text),
    Column("handed_at", Instant),  # the new policy was sent to the chat
    Column("asked_at", Instant, nullable=False),  # when this revision went to the check
    Column("expires_at", Instant),  # from the saving on: 24 hours
    Column("ended_at", Instant),
    Index("ix_application_client", "client_id", "id"),
    Index("ix_application_issued", "issued_policy"),
    Index(
        "uq_application_live",
        "policy_core_id",
        unique=True,
        sqlite_where=text("ended_at is null"),
        postgresql_where=text("ended_at is null"),
    ),
)

payment = Table(  # one attempt to pay; a link lives an hour, then a new attempt has a new key (F1)
    "payment",
    metadata,
    Column("id", Serial, primary_key=True, autoincrement=True),
    Column("application_id", BigInteger, ForeignKey("application.id"), nullable=False, index=True),
    Column("client_id", Text, nullable=False),
    Column("key", Text, nullable=False, unique=True),  # Idempotence-Key and reference: known before the first call
    Column("amount", BigInteger, nullable=False),  # kopecks
    Column("state", Text, nullable=False),  # see services.payments.State
    Column("charge_id", Text, unique=True),  # the provider's
    Column("link_sealed", LargeBinary),
    Column("reason", Text),
    Column("refund_id", Text),
    Column("looks", Integer, nullable=False, server_default="0"),  # how often we have asked the provider
    Column("created_at", Instant, nullable=False),
    Column("closed_at", Instant),  # it is not the live attempt any more
    Index(
        "uq_payment_live",
        "application_id",
        unique=True,
        sqlite_where=text("closed_at is null"),
        postgresql_where=text("closed_at is null"),
    ),
)
